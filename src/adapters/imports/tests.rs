//! The shapes follow `schema_v1.4.json` and the files in public repositories (aws-amplify/amplify-backend,
//! aws-amplify/amplify-js, kg0r0/cognito-examples); the IDs are made up.

use proptest::prelude::*;

use super::*;
use crate::domain::{Offer, SignInMethod};

mod shared;

pub(super) const POOL: &str = "eu-west-1:9f0c1d2e-0000-4a4a-9b9b-c41ec41ec41e";
pub(super) const USER_POOL: &str = "eu-west-1_aB3dE5gH7";
const CLIENT: &str = "1h57kf5cpq17m0eml12example";

pub(super) fn text(bytes: impl AsRef<[u8]>) -> ImportText {
    ImportText {
        source: "a file".to_owned(),
        project: "shop".parse().ok(),
        bytes: bytes.as_ref().to_vec(),
    }
}

pub(super) fn offers(bytes: impl AsRef<[u8]>) -> Vec<Offered> {
    match understand(&text(bytes)) {
        Ok(Understood::Profiles(offered)) => offered,
        other => panic!("{other:?}"),
    }
}

fn one(bytes: impl AsRef<[u8]>) -> Offered {
    let mut offered = offers(bytes);
    assert_eq!(offered.len(), 1, "{offered:?}");
    offered.remove(0)
}

pub(super) fn refused(bytes: impl AsRef<[u8]>) -> String {
    understand(&text(bytes)).unwrap_err().sentence
}

/// Gen 2, with what else stands in such a file.
fn outputs() -> String {
    format!(
        r#"{{
  "$schema": "https://amplify.aws/2024-02/outputs-schema.json",
  "version": "1.4",
  "auth": {{
    "aws_region": "eu-west-1",
    "user_pool_id": "{USER_POOL}",
    "user_pool_client_id": "{CLIENT}",
    "identity_pool_id": "{POOL}",
    "password_policy": {{"min_length": 8, "require_numbers": true}},
    "oauth": {{
      "identity_providers": ["GOOGLE"],
      "domain": "acme.auth.eu-west-1.amazoncognito.com",
      "scopes": ["phone", "openid", "aws.cognito.signin.user.admin"],
      "redirect_sign_in_uri": ["http://localhost:3000/", "https://shop.acme.example/"],
      "redirect_sign_out_uri": ["http://localhost:3000/"],
      "response_type": "code"
    }},
    "mfa_configuration": "OPTIONAL",
    "mfa_methods": ["TOTP"],
    "unauthenticated_identities_enabled": true,
    "groups": [{{"ADMINS": {{"precedence": 0}}}}]
  }},
  "data": {{"url": "https://x.appsync-api.eu-west-1.amazonaws.com/graphql", "api_key": "da2-canary"}}
}}"#
    )
}

/// Gen 1 of the native libraries.
fn native() -> String {
    format!(
        r#"{{"UserAgent": "aws-amplify-cli/2.0", "Version": "1.0", "auth": {{"plugins": {{"awsCognitoAuthPlugin": {{
  "UserAgent": "aws-amplify/cli", "IdentityManager": {{"Default": {{}}}},
  "CredentialsProvider": {{"CognitoIdentity": {{"Default": {{"PoolId": "{POOL}", "Region": "eu-west-1"}}}}}},
  "CognitoUserPool": {{"Default": {{"PoolId": "{USER_POOL}", "AppClientId": "{CLIENT}", "Region": "eu-west-1"}},
                      "Staff": {{"PoolId": "eu-west-1_other", "AppClientId": "x"}}}},
  "Auth": {{"Default": {{"authenticationFlowType": "USER_SRP_AUTH", "OAuth": {{
     "WebDomain": "acme.auth.eu-west-1.amazoncognito.com", "AppClientId": "{CLIENT}",
     "SignInRedirectURI": "myapp://,http://localhost:3000/", "SignOutRedirectURI": "myapp://",
     "Scopes": ["openid"]}}}}}}}}}}}}}}"#
    )
}

/// Gen 1 of the web libraries.
fn exports() -> String {
    format!(
        "/* eslint-disable */\n// WARNING: DO NOT EDIT. This file isn't yours: {{\n\nconst awsmobile = {{\n    \
         \"aws_project_region\": \"eu-west-1\",\n    aws_cognito_identity_pool_id:\n      '{POOL}',\n    \
         \"aws_cognito_region\": \"eu-west-1\",\n    'aws_user_pools_id': '{USER_POOL}',\n    \
         \"aws_user_pools_web_client_id\": \"{CLIENT}\", // of the web\n    \"oauth\": {{\n        \
         domain: 'acme.auth.eu-west-1.amazoncognito.com', scope: ['openid'], redirectSignIn: \
         'https://a.example/,http://localhost:3000/', responseType: 'code',\n    }},\n}};\n\n\n\
         export default awsmobile;\n"
    )
}

#[test]
fn every_amplify_file_makes_the_same_profile() {
    let configure = format!(
        "import {{ Amplify }} from 'aws-amplify';\nAmplify.configure({{ Auth: {{ Cognito: {{\n  \
         userPoolId: '{USER_POOL}', userPoolClientId: \"{CLIENT}\", identityPoolId: '{POOL}',\n  \
         loginWith: {{ oauth: {{ domain: 'acme.auth.eu-west-1.amazoncognito.com', scopes: ['openid'],\n  \
         redirectSignIn: ['http://localhost:3000/'] }} }} }} }} }});"
    );
    let older = format!(
        "const c = {{ Auth: {{ region: 'eu-west-1', userPoolId: '{USER_POOL}', userPoolWebClientId: \
         '{CLIENT}', identityPoolId: '{POOL}', oauth: {{ domain: \
         'acme.auth.eu-west-1.amazoncognito.com', scope: ['openid'], redirectSignIn: \
         'http://localhost:3000/' }} }} }};"
    );
    let dart = format!("const amplifyconfig = r'''{}''';", native());
    let nested = format!("if (isProd) {{\n  system = {}\n}}", &exports()[72..]);
    for (what, file) in [
        ("outputs", outputs()),
        ("native", native()),
        ("exports", exports()),
        ("configure", configure),
        ("older", older),
        ("dart", dart),
        ("inside a block", nested),
    ] {
        let offered = one(&file);
        let profile = offered
            .profile(None)
            .unwrap_or_else(|| panic!("{what}: {offered:?}"));
        assert_eq!(profile.name.as_str(), "shop", "{what}");
        let client = profile.user_pool.clone().unwrap();
        assert_eq!(client.user_pool_id.as_str(), USER_POOL, "{what}");
        assert_eq!(client.client_id.as_str(), CLIENT, "{what}");
        assert_eq!(profile.identity_pool_id.as_str(), POOL, "{what}");
        assert_eq!(profile.sign_in, SignInMethod::Srp, "{what}");
        let login = profile.managed_login.unwrap();
        assert_eq!(
            login.domain.as_str(),
            "acme.auth.eu-west-1.amazoncognito.com"
        );
        assert_eq!(
            login.callback_urls[0].as_str(),
            "http://localhost:3000/",
            "{what}"
        );
        assert!(login.scopes.contains(&"openid".to_owned()), "{what}");
        assert!(!format!("{offered:?}").contains("canary"), "{what}");
    }
    let remarks = one(native()).remarks;
    assert!(
        remarks[0].contains("another user pool under Staff"),
        "{remarks:?}"
    );
}

#[test]
fn what_is_missing_can_be_given() {
    let file = outputs().replace("identity_pool_id", "unused");
    let offered = one(file);
    assert!(
        matches!(offered.offer, Offer::NoIdentityPool(_)),
        "{offered:?}"
    );
    assert!(offered.profile(POOL.parse().ok()).is_some());
    let secret = native().replace("\"AppClientId\": \"x\"", "\"a\": 1");
    let secret = secret.replacen(
        "\"AppClientId\"",
        "\"AppClientSecret\": \"canary\", \"AppClientId\"",
        1,
    );
    let offered = one(secret);
    assert!(offered.profile(None).unwrap().has_client_secret());
    assert!(!format!("{offered:?}").contains("canary"));
}

#[test]
fn two_apps_in_one_script_are_two_profiles() {
    let other = exports().replace(USER_POOL, "eu-west-1_zzz");
    let offered = offers(exports() + &other + &exports());
    let names: Vec<&str> = offered.iter().map(Offered::name).collect();
    assert_eq!(names, ["shop", "shop-2"]);
}

#[test]
fn texts_of_every_system() {
    let file = outputs();
    let wide = |of: fn(u16) -> [u8; 2]| file.encode_utf16().flat_map(of).collect::<Vec<u8>>();
    let (little, big) = (wide(u16::to_le_bytes), wide(u16::to_be_bytes));
    for bytes in [
        [b"\xef\xbb\xbf".as_slice(), file.as_bytes()].concat(),
        file.replace('\n', "\r\n").into_bytes(),
        [b"\xff\xfe".as_slice(), &little].concat(),
        [b"\xfe\xff".as_slice(), &big].concat(),
        little,
        big,
    ] {
        assert!(one(bytes).profile(None).is_some());
    }
    assert!(refused(b"{\"a\":\n\"\xff\"}").contains("line 2: it is not text"));
}

#[test]
fn what_is_wrong_is_said_with_its_line() {
    let trailing = outputs().replace("\"aws_region\": \"eu-west-1\"", "\"aws_region\": ");
    assert!(refused(trailing).contains("line 5: it is not JSON"));
    let computed = "export default {\n  aws_user_pools_id: process.env.POOL,\n}";
    let told = refused(computed);
    assert!(told.contains("line 2: a value is computed"), "{told}");
    for (file, why) in [
        ("", "no profile that Poolkey knows"),
        ("hello", "no profile that Poolkey knows"),
        ("{}", "no sign-in of Amazon Cognito"),
        ("{\"auth\": {}}", "no sign-in of Amazon Cognito"),
        ("{\"auth\": {\"user_pool_id\": 7}}", "no sign-in"),
        ("{\"auth\": [[]], \"CognitoUserPool\": 1}", "no sign-in"),
        ("{\"a\": ", "it is not JSON"),
        ("[[profile]]\nname = ", "line 2"),
        ("poolkey://elsewhere", "not one that imports"),
    ] {
        let told = refused(file);
        assert!(told.contains(why), "{file}: {told}");
    }
    let large = " ".repeat(usize::try_from(MOST_BYTES).unwrap() + 1);
    assert!(refused(large).contains("larger"));
    let aws = understand(&text("# mine\n[default]\nx = {identity_pool_id}\n")).unwrap();
    assert!(matches!(aws, Understood::AwsFile(_)));
}

#[test]
fn nothing_deep_overflows_the_stack() {
    for deep in [
        "{\"auth\":".repeat(200_000),
        "[".repeat(200_000),
        "identity_pool_id = ".to_owned() + &"[".repeat(100_000),
        format!(
            "x = {}{}",
            "{userPoolId:".repeat(100_000),
            "}".repeat(100_000)
        ),
        format!("[[profile]]\nname{} = 1", ".a".repeat(50_000)),
    ] {
        assert!(understand(&text(deep)).is_err());
    }
}

#[test]
fn one_name_many_times_is_cut_before_names_are_looked_for() {
    let one =
        format!("[[profile]]\nname = \"a\"\nsign_in = \"guest\"\nidentity_pool_id = \"{POOL}\"\n");
    let offered = offers(one.repeat(5_000));
    let names: HashSet<&str> = offered.iter().map(Offered::name).collect();
    assert_eq!((offered.len(), names.len()), (501, 501));
    let last = offered.last().unwrap();
    let told = matches!(&last.offer, Offer::Useless { why, .. } if why.contains("first 500"));
    assert!(told, "{last:?}");
}

#[test]
fn a_parser_reads_a_script_a_bounded_number_of_times() {
    let nested = |depth: usize, padding: usize| {
        let inside = format!(
            "{{ userPoolId: '{USER_POOL}', userPoolClientId: '{CLIENT}', identityPoolId: '{POOL}' }}"
        );
        let outer = "{ userPoolId: f(), a: ".repeat(depth);
        let comment = format!("/*{}*/", " ".repeat(padding));
        format!("x = {outer}{inside}{comment}{}", "}".repeat(depth))
    };
    assert!(one(nested(40, 10)).profile(None).is_some());
    assert!(refused(nested(40, 200_000)).contains("line 1: a value is computed"));
}

#[tokio::test]
async fn understanding_holds_nobody_up() {
    use futures_util::FutureExt as _;
    let text = text(outputs());
    let files = ImportFiles::new("/home/ana".into());
    assert!(
        files.understand(&text).now_or_never().is_none(),
        "it runs elsewhere"
    );
    assert!(files.understand(&text).await.is_ok());
}

#[test]
fn names_come_from_the_project() {
    for (path, name) in [
        ("/home/ana/Shop App/src/aws-exports.js", Some("Shop-App")),
        ("/home/ana/shop/amplify_outputs.json", Some("shop")),
        ("/a.json", None),
    ] {
        let found = project(Path::new(path));
        assert_eq!(found.as_ref().map(ProfileName::as_str), name, "{path}");
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shop/src/aws-exports.js");
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(&file, exports()).unwrap();
    let read = super::read(&file).unwrap();
    assert_eq!(read.source, "aws-exports.js");
    assert_eq!(read.project.unwrap().as_str(), "shop");
    assert!(super::read(folder.path()).is_err());
}

proptest! {
    #[test]
    fn no_text_panics(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _any = understand(&text(bytes));
    }

    #[test]
    fn no_spoiled_file_panics(
        which in 0..3_usize,
        cut in 0..2000_usize,
        put in "[{}\\[\\]\"',:/*`\\\\a-z0-9 \n]{0,20}",
    ) {
        let mut file = [outputs, native, exports][which]();
        let at = (0..=cut.min(file.len())).rev().find(|at| file.is_char_boundary(*at)).unwrap();
        file.insert_str(at, &put);
        let _any = understand(&text(&file));
        file.truncate(at + put.len());
        let _any = understand(&text(&file));
    }
}
