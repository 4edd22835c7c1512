//! App client secrets that are wrong, missing or superfluous.

use poolkey::domain::ProblemKind;

use crate::support::bench;

#[tokio::test]
async fn client_secrets_that_do_not_fit() {
    let mut wrong = bench("ana").await;
    wrong
        .confidential(Some("wrongwrongwrongwrongwrongwrong"))
        .await;
    let problem = wrong
        .begin("ana", &wrong.password("ana"))
        .await
        .unwrap_err();
    assert_eq!(problem.sentence, "The app client secret is wrong");

    wrong.profile.user_pool.as_mut().unwrap().has_client_secret = false;
    let problem = wrong
        .begin("ana", &wrong.password("ana"))
        .await
        .unwrap_err();
    assert_eq!(
        problem.sentence,
        "This app client has a secret, but the profile has none"
    );

    let mut superfluous = bench("ana").await;
    superfluous.confidential(None).await;
    superfluous.profile.user_pool.as_mut().unwrap().client_id =
        superfluous.sandbox.description().clients[0]
            .client_id
            .parse()
            .unwrap();
    let problem = superfluous
        .begin("ana", &superfluous.password("ana"))
        .await
        .unwrap_err();
    assert_eq!(
        problem.sentence,
        "This app client has no secret, but the profile has one"
    );
}

#[tokio::test]
async fn a_client_secret_that_is_gone_is_the_stores_problem() {
    let mut bench = bench("ana").await;
    bench.profile.user_pool.as_mut().unwrap().has_client_secret = true;
    let problem = bench
        .begin("ana", &bench.password("ana"))
        .await
        .unwrap_err();
    assert_eq!(problem.kind, ProblemKind::SecretStore);
    assert_eq!(bench.sandbox.calls("InitiateAuth"), 0);
}
