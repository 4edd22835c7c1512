//! People whom a developer's backend or another provider vouches for.

use std::sync::Arc;

use poolkey::adapters::aws_client::AwsHttp;
use poolkey::adapters::aws_files::AwsPaths;
use poolkey::adapters::clock::ServiceClock;
use poolkey::adapters::developer::DeveloperCalls;
use poolkey::domain::{AwsProfileIdentity, Endpoints};
use poolkey::ops::ports::DeveloperIdentities as _;
use serde_json::{Value, json};

use super::{OPEN, add, says, status, vends};
use crate::support::web::send;
use crate::support::{Home, Spawned};

fn aws_files(home: &Home, sandbox: &Spawned) -> AwsPaths {
    let text = |pointer: &str| sandbox.text(&format!("/developer/{pointer}"));
    let keys = format!(
        "[backend]\naws_access_key_id = {}\naws_secret_access_key = {}\n",
        text("access_key_id"),
        text("secret_access_key")
    );
    AwsPaths {
        credentials: home.write(".aws/credentials", keys),
        config: home.write(".aws/config", ""),
    }
}

#[test]
fn a_developer_by_an_aws_profile() {
    let sandbox = Spawned::start();
    let home = Home::new();
    let provider = sandbox.text("/developer/provider_name");
    let developer = [
        "--sign-in",
        "developer",
        "--developer-aws-profile",
        "backend",
        "--developer-provider",
        provider,
        "--developer-user",
        "ana",
    ];
    add(&home, "d", &sandbox, OPEN, &developer);
    // Without the AWS profile nothing else vouches for anybody.
    home.poolkey(&["sign-in", "d"]).fails(2).says("backend");
    aws_files(&home, &sandbox);
    let report = home.poolkey(&["sign-in", "d"]).ok();
    assert!(
        report.out.starts_with("Signed in to d as ana\n"),
        "{report:?}"
    );
    says(
        &status(&home, "d"),
        &json!({
            "signed_in": true, "role": "poolkey-sandbox-authenticated", "logins": ["cognito-identity.amazonaws.com"],
        }),
    );
    vends(&home, "d");
    home.poolkey(&["sign-out", "d"]).ok();
    vends(&home, "d");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_developer_by_a_command() {
    let sandbox = Spawned::start();
    let home = Home::new();
    let http = Arc::new(AwsHttp::new(None, Arc::new(ServiceClock::system())));
    let backend = DeveloperCalls::new(http, aws_files(&home, &sandbox));
    let person = AwsProfileIdentity {
        aws_profile: "backend".to_owned(),
        provider_name: sandbox.text("/developer/provider_name").to_owned(),
        user_id: "ana".to_owned(),
        token_seconds: None,
    };
    let endpoints = Endpoints::at(sandbox.text("/endpoint").parse().unwrap());
    let pool = sandbox.text(OPEN).parse().unwrap();
    let vouched = backend.open_id_token(&pool, &endpoints, &person).await;
    let (identity, token) = vouched.unwrap();
    let printed = json!({"IdentityId": identity.as_str(), "Token": token.expose()});
    home.write("vouched.json", printed.to_string());

    let command = [
        "--sign-in",
        "developer",
        "--developer-command",
        "cat vouched.json",
    ];
    add(&home, "d", &sandbox, OPEN, &command);
    home.poolkey(&["sign-in", "d"]).ok();
    says(
        &status(&home, "d"),
        &json!({
            "identity_id": identity.as_str(), "role": "poolkey-sandbox-authenticated",
        }),
    );
    vends(&home, "d");
    home.write("vouched.json", "nobody");
    home.poolkey(&["sign-in", "d"]).fails(2);
}

#[test]
fn a_provider_whose_token_lies_in_a_file() {
    let sandbox = Spawned::start();
    let home = Home::new();
    let url = format!("{}&person=ana", sandbox.text("/providers/0/token_url"));
    let answer: Value = serde_json::from_str(&send("GET", &url, "", "").unwrap().body).unwrap();
    let path = home.write("token", answer["token"].as_str().unwrap());
    let provider = sandbox.text("/providers/0/provider");
    let login = format!("{provider}=file:{}", path.display());
    add(
        &home,
        "p",
        &sandbox,
        OPEN,
        &["--sign-in", "provider", "--login", &login],
    );
    vends(&home, "p");
    says(
        &status(&home, "p"),
        &json!({"role": "poolkey-sandbox-authenticated", "logins": [provider]}),
    );
    let row = home.poolkey(&["status"]).ok().out;
    assert!(row.contains(" Google "), "{row}");
    let shown = home.poolkey(&["identity", "p"]).ok().out;
    assert!(shown.contains("Logins            Google\n"), "{shown}");
}
