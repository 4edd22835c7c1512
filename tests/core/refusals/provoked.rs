//! What the sandbox's user pool refuses, through the use-cases and the real SDK.

use poolkey::domain::{KeptSignIn, Problem, ProblemKind, SignInMethod, SignOutScope};
use poolkey::ops::{password, sign_out};
use poolkey::sandbox::{Fault, Flow};

use super::server::refusing;
use super::shown::{hold_against, text};
use crate::support::{Bench, bench, secret};

async fn refused(bench: &Bench, password: &str) -> Problem {
    bench.begin("ana", &secret(password)).await.unwrap_err()
}

#[tokio::test]
async fn by_the_user_pool() {
    let mut answers = Vec::new();
    let mut tell = |bench: &Bench, problem: &Problem| answers.push(text(problem, &bench.profile));

    let mut one = bench("ana").await;
    tell(&one, &refused(&one, "wrong").await);
    assert!(one.sandbox.set_flows("public", &[Flow::Password]));
    tell(&one, &refused(&one, "wrong").await);
    one.profile.sign_in = SignInMethod::Password;
    assert!(one.sandbox.set_flows("public", &[Flow::Srp]));
    tell(&one, &refused(&one, "wrong").await);
    assert!(one.sandbox.set_flows("public", &[Flow::Password]));
    assert!(one.sandbox.set_enabled("ana", false));
    tell(&one, &refused(&one, "wrong").await);
    assert!(one.sandbox.set_enabled("ana", true));
    let mut locked = refused(&one, "wrong").await;
    for _ in 0..6 {
        locked = refused(&one, "wrong").await;
    }
    assert!(locked.sentence.contains("Too many"), "{locked:?}");
    tell(&one, &locked);
    one.sandbox.next_answer("InitiateAuth", Fault::Throttle);
    tell(&one, &refused(&one, "wrong").await);
    let pool = one.profile.user_pool.as_mut().unwrap();
    pool.client_id = "0another0client0".parse().unwrap();
    tell(&one, &refused(&one, "wrong").await);
    let pool = one.profile.user_pool.as_mut().unwrap();
    pool.has_client_secret = true;
    pool.client_id = one.sandbox.description().clients[0]
        .client_id
        .parse()
        .unwrap();
    let (vault, stored) = (&one.deps.vault, secret("x"));
    let kept = vault.keep_client_secret(&one.profile, &stored);
    kept.await.unwrap();
    tell(&one, &refused(&one, "wrong").await);

    let mut two = bench("ana").await;
    two.use_client("confidential");
    tell(&two, &refused(&two, "wrong").await);
    two.confidential(Some("not-the-clients-secret-at-all"))
        .await;
    tell(&two, &refused(&two, "wrong").await);
    hold_against("provoked_user_pool.txt", &answers);
}

#[tokio::test]
async fn of_a_kept_sign_in() {
    let mut answers = Vec::new();
    let one = bench("ana").await;
    one.sign_in().await;
    let (wrong, new) = (secret("wrong"), secret("New-7-Words"));
    let changed = password::change(&one.deps, &one.profile, (&wrong, &new), &|| true);
    answers.push(text(&changed.await.unwrap_err(), &one.profile));
    let kept = one.deps.vault.sign_in(&one.profile).await.unwrap().unwrap();
    let client = one.deps.app_client(&one.profile).await.unwrap();
    let revoked = one.deps.user_pool.revoke(&client, &kept.refresh_token);
    revoked.await.unwrap();
    let ended = one.renew().await.unwrap_err();
    assert_eq!(ended.kind, ProblemKind::SignInNeeded);
    answers.push(text(&ended, &one.profile));

    let two = bench("ana").await;
    two.sign_in().await;
    two.sandbox.delete_user("ana");
    let ended = two.renew().await.unwrap_err();
    answers.push(text(&ended, &two.profile));

    // What is done, and what is not, goes with the title.
    let mut three = bench("ana").await;
    let refusing = refusing("UnsupportedOperationException", "Not enabled.").await;
    three.profile.endpoints.url = Some(refusing.parse().unwrap());
    let kept = KeptSignIn {
        refresh_token: secret("a-token"),
        username: "ana".to_owned(),
        device_key: None,
    };
    let stored = three.deps.vault.keep_sign_in(&three.profile, &kept);
    stored.await.unwrap();
    let scope = SignOutScope::Revoke;
    let told = sign_out::sign_out(&three.deps, &three.profile, scope).await;
    answers.push(text(&told.unwrap().unwrap(), &three.profile));
    hold_against("provoked_sign_in.txt", &answers);
}
