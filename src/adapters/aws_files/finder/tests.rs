//! Sections of other tools, and what becomes of them. Nothing here touches a disk.

use zeroize::Zeroizing;

use super::super::document::Document;
use super::*;

const POOL: &str = "eu-west-1:9f0c1d2e-0000-4a4a-9b9b-c41ec41ec41e";

fn look(text: &str, known: &[&str]) -> Vec<Finding> {
    let document = Document::parse(Zeroizing::new(text.as_bytes().to_vec()));
    let known: Vec<ProfileName> = known.iter().map(|name| name.parse().unwrap()).collect();
    let token = |path: &Path| {
        let is_guest = path.ends_with("guest");
        path.starts_with("/run").then(|| TokenSays {
            identity_pool: POOL.parse().unwrap(),
            is_guest,
        })
    };
    findings(&document.unwrap(), &known, token)
}

#[test]
fn a_tool_with_all_three_ids_becomes_a_profile() {
    let text = format!(
        "[profile work]\ncredential_process = /usr/bin/cogauth --pool=eu-west-1_aB3dE5gH7 \
         --client '1h57kf5cpq17m0eml12example' \"{POOL}\"\n[profile other]\nregion = x\n"
    );
    let found = look(&text, &[]);
    assert_eq!(found.len(), 1);
    let profile = found[0].profile.as_ref().unwrap();
    assert_eq!(profile.name.as_str(), "work");
    assert_eq!(profile.sign_in, SignInMethod::Srp);
    assert_eq!(profile.identity_pool_id.as_str(), POOL);
    let client = profile.user_pool.as_ref().unwrap();
    assert_eq!(client.user_pool_id.as_str(), "eu-west-1_aB3dE5gH7");
    assert_eq!(client.client_id.as_str(), "1h57kf5cpq17m0eml12example");
    assert!(look(&text, &["work"])[0].profile.is_none());
}

#[test]
fn keys_of_a_tool_and_continuation_lines_count_too() {
    let text = format!("[a]\ncognito_identity_pool = {POOL}\n[b]\ntool =\n  pool {POOL}\n");
    let found = look(&text, &[]);
    let methods = found
        .iter()
        .map(|found| found.profile.as_ref().unwrap().sign_in);
    assert!(methods.eq([SignInMethod::Guest, SignInMethod::Guest]));
}

#[test]
fn an_identity_is_not_its_pool_and_a_client_may_have_a_secret() {
    let identity = "eu-west-1:11111111-0000-4a4a-9b9b-c41ec41ec41e";
    for lines in [
        format!("cognito_identity_id = {identity}\ncognito_identity_pool_id = {POOL}"),
        format!("x = {identity}\ncognito_identity_pool_id = {POOL}"),
        format!("tool = --identity-id={identity} --id {POOL}"),
    ] {
        let found = look(&format!("[a]\n{lines}\n"), &[]);
        let profile = found[0].profile.as_ref().unwrap();
        assert_eq!(profile.identity_pool_id.as_str(), POOL, "{lines}");
    }
    assert!(look(&format!("[a]\ncognito_identity_id = {identity}\n"), &[]).is_empty());
    let client = "eu-west-1_aB3dE5gH7 1h57kf5cpq17m0eml12example";
    for secret in ["client_secret = canary", "x = --client-secret canary"] {
        let text = format!("[a]\ntool = {client} {POOL}\n{secret}\n");
        let found = look(&text, &[]);
        assert!(found[0].profile.is_none() && found[0].why.contains("client secret"));
        assert!(!found[0].why.contains("canary"));
    }
}

#[test]
fn web_identities_of_cognito() {
    let role = "role_arn = arn:aws:iam::123456789012:role/R";
    let text = format!(
        "[profile g]\n{role}\nweb_identity_token_file = /run/guest\n\
         [profile u]\n{role}\nweb_identity_token_file = /run/user\n\
         [profile k]\n{role}\nweb_identity_token_file = /var/kubernetes\n"
    );
    let found = look(&text, &[]);
    assert_eq!(found.len(), 2, "{found:?}");
    let profile = found[0].profile.as_ref().unwrap();
    assert_eq!(profile.exchange.name(), "basic");
    assert!(found[1].profile.is_none() && found[1].why.contains(POOL));
}

#[test]
fn poolkeys_own_are_named_only_without_their_profile() {
    let text = "# managed by Poolkey\n[profile x]\ncredential_process = \"/opt/my apps/poolkey\" \
                --state-dir /s credential-process gone\n";
    let found = look(text, &[]);
    assert!(
        found[0].profile.is_none() && found[0].why.contains("gone"),
        "{found:?}"
    );
    assert!(look(text, &["gone"]).is_empty());
}

#[test]
fn temporary_keys_under_a_profiles_name() {
    let text = "[dev]\naws_access_key_id = ASIACANARY\naws_secret_access_key = canary\n\
                aws_session_token = canary\n";
    let found = look(text, &["dev"]);
    assert!(found[0].why.contains("--take-over"));
    assert!(!format!("{found:?}").to_lowercase().contains("canary"));
    assert!(look(text, &[]).is_empty());
    assert!(look(&format!("# managed by Poolkey\n{text}"), &["dev"]).is_empty());
}

#[test]
fn what_only_looks_like_an_id() {
    for text in [
        "eu-west-1:not-a-uuid",
        "x-y_z",
        "http://eu-west-1:8080",
        "arn:aws:iam::1:role/x",
        "eu-west-1:9f0c1d2e-0000-4a4a-9b9b-c41ec41ec41",
    ] {
        assert!(
            look(&format!("[a]\nk = {text}\n"), &[]).is_empty(),
            "{text}"
        );
    }
}
