//! Developer-authenticated people: a command's words, or a call that an AWS profile signs.

use poolkey::domain::{
    AwsProfileIdentity, DeveloperSource, DurationSeconds, ProblemKind, Profile, SignInMethod,
};
use poolkey::ops::session::Tried;
use poolkey::ops::{identity, session};

use super::{credentials, open_bench, renewed, without_pool};
use crate::support::{Bench, Quiet};

const CALL: &str = "GetOpenIdTokenForDeveloperIdentity";

fn by_aws_profile(bench: &Bench, aws_profile: &str) -> Profile {
    let developer = &bench.sandbox.description().developer;
    let keys = format!(
        "[backend]\naws_access_key_id = {}\naws_secret_access_key = {}\n\n[machine]\n\
         role_arn = arn:aws:iam::123456789012:role/authenticated\n\
         credential_source = Ec2InstanceMetadata\n",
        developer.access_key_id, developer.secret_access_key
    );
    std::fs::write(bench.home.path().join("credentials"), keys).unwrap();
    let person = AwsProfileIdentity {
        aws_profile: aws_profile.to_owned(),
        provider_name: developer.provider_name.to_owned(),
        user_id: "user-7".to_owned(),
        token_seconds: Some(DurationSeconds::of_token(3600).unwrap()),
    };
    Profile {
        developer: Some(DeveloperSource::AwsProfile(person)),
        ..without_pool(bench, "app", SignInMethod::Developer)
    }
}

#[tokio::test]
async fn an_aws_profile_vouches() {
    let bench = open_bench().await;
    let profile = by_aws_profile(&bench, "backend");
    let session = credentials(&bench, &profile).await;
    assert_eq!(session.username, "user-7");
    assert_eq!(session.logins, ["cognito-identity.amazonaws.com"]);
    assert_eq!(
        session.caller.unwrap().role(),
        "poolkey-sandbox-authenticated"
    );
    assert_eq!(
        renewed(&bench, &profile).await.identity_id,
        session.identity_id
    );
    assert_eq!(
        (bench.sandbox.calls(CALL), bench.sandbox.calls("GetId")),
        (2, 0)
    );
    let cached = identity::cached(&bench.deps, &profile).await.unwrap();
    assert_eq!(cached, Some(session.identity_id));
}

/// Neither another profile's keys nor the machine's.
#[tokio::test]
async fn no_other_credentials_are_looked_for() {
    let bench = open_bench().await;
    for (aws_profile, words) in [("nobody", "nobody"), ("machine", "machine")] {
        let profile = by_aws_profile(&bench, aws_profile);
        let refused = session::credentials(&bench.deps, &profile, &Quiet).await;
        let problem = refused.unwrap_err();
        assert_eq!(problem.kind, ProblemKind::Usage, "{problem}");
        assert!(problem.sentence.contains(words), "{problem}");
    }
    assert_eq!(bench.sandbox.calls(CALL), 0);
}

#[tokio::test]
async fn without_aws_files_there_is_nobody_to_vouch() {
    let bench = open_bench().await;
    let profile = by_aws_profile(&bench, "backend");
    std::fs::remove_file(bench.home.path().join("credentials")).unwrap();
    let refused = session::credentials(&bench.deps, &profile, &Quiet).await;
    let problem = refused.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Usage, "{problem}");
    assert!(problem.sentence.contains("neither"), "{problem}");
}

#[tokio::test]
async fn a_command_vouches() {
    let bench = open_bench().await;
    let developer = &bench.sandbox.description().developer;
    let vouched = by_aws_profile(&bench, "backend");
    let Some(DeveloperSource::AwsProfile(person)) = &vouched.developer else {
        panic!("{vouched:?}")
    };
    let (pool, endpoints) = (&vouched.identity_pool_id, &vouched.endpoints);
    let asked = bench.deps.developer.open_id_token(pool, endpoints, person);
    let (identity, token) = asked.await.unwrap();
    // As the AWS CLI prints it.
    let printed = format!(
        "{{\n    \"IdentityId\": \"{identity}\",\n    \"Token\": \"{}\"\n}}\n",
        token.expose()
    );
    let path = bench.home.path().join("printed.json");
    std::fs::write(&path, printed).unwrap();
    let by_command = |command: String| Profile {
        developer: Some(DeveloperSource::Command(command)),
        ..without_pool(&bench, "app", SignInMethod::Developer)
    };
    let profile = by_command(format!("cat '{}'", path.display()));
    let session = credentials(&bench, &profile).await;
    assert_eq!(session.identity_id, identity);
    assert_eq!(session.username, identity.to_string());
    assert!(developer.provider_name.contains("sandbox"));

    let silent = by_command("echo nothing".to_owned());
    let refused = session::credentials(&bench.deps, &silent, &Quiet).await;
    let problem = refused.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Usage, "{problem}");
    assert!(problem.hints[0].contains("IdentityId"), "{problem:?}");
}

/// The call that vouches for somebody new makes the identity.
#[tokio::test]
async fn trying_out_makes_no_identity() {
    let bench = open_bench().await;
    let profile = by_aws_profile(&bench, "backend");
    let tried = session::try_out(&bench.deps, &profile, &Quiet).await;
    assert!(matches!(tried, Ok(Tried::Nothing(_))), "{tried:?}");
    assert_eq!(bench.sandbox.calls(CALL), 0);
    let session = credentials(&bench, &profile).await;
    let tried = session::try_out(&bench.deps, &profile, &Quiet).await;
    let Ok(Tried::Exchanged(again)) = tried else {
        panic!("{tried:?}");
    };
    assert_eq!(again.identity_id, session.identity_id);
}
