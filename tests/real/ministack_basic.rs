//! The basic flow at ministack, which checks the token's signature and the role's trust policy:
//! issuer, audience and methods.
//!
//! ministack cannot: turn the basic flow off, limit `DurationSeconds` or read a session policy.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::aws_cli::{aws, caller};
use super::ministack_exchange::Exchange;
use super::sdks::Sdk;
use super::servers::str_of;

/// One part of a JSON Web Token.
fn part(token: &str, index: usize) -> Value {
    let part = token.split('.').nth(index).unwrap();
    let bytes = data_encoding::BASE64URL_NOPAD.decode(part.as_bytes());
    serde_json::from_slice(&bytes.unwrap()).unwrap()
}

#[test]
#[ignore = "needs ministack and the AWS CLI; ./tests/run runs it"]
fn the_role_that_the_profile_names() {
    let mut exchange = Exchange::start();
    let (env, made) = (&exchange.setup.env, &exchange.made);
    let role = str_of(&made["roles"], "open-users");
    let options = format!(
        " --flow basic --role-arn {role} --role-session-name ana@laptop --role-duration 900"
    );
    exchange.add_user(env, "basic", &options);
    let asked = Timestamp::now();
    let ana = exchange.sign_in(env, "basic");
    let arn = str_of(&ana, "arn");
    assert!(
        arn.ends_with(":assumed-role/open-users/ana@laptop"),
        "{arn}"
    );
    let keys = env.poolkey("credential-process basic", "").expect(0).json();
    let ends: Timestamp = str_of(&keys, "Expiration").parse().unwrap();
    let seconds = ends.duration_since(asked).as_secs();
    assert!((895..=960).contains(&seconds), "good for {seconds} s");
    assert_eq!(caller(env, exchange.endpoint(), &keys), arn);

    // The same identity for another client, and what its token for STS says.
    let get_token = format!(
        "cognito-identity get-open-id-token --identity-id {} --logins {}={}",
        str_of(&ana, "identity_id"),
        str_of(made, "user_pool_key"),
        str_of(made, "id_token"),
    );
    let token = aws(env, exchange.endpoint(), None, &get_token);
    let token = token.expect(0).json();
    assert_eq!(token["IdentityId"], ana["identity_id"]);
    let token = str_of(&token, "Token");
    assert_eq!(part(token, 0)["alg"], "RS256");
    let claims = part(token, 1);
    assert_eq!(claims["iss"], "https://cognito-identity.amazonaws.com");
    assert_eq!(claims["aud"], made["identity_pool_id"]);
    assert_eq!(claims["sub"], ana["identity_id"]);
    let mut names: Vec<&String> = claims.as_object().unwrap().keys().collect();
    names.sort();
    let arn = "https://cognito-identity.amazonaws.com/identity-pool-arn";
    assert_eq!(names, ["amr", "aud", "exp", arn, "iat", "iss", "sub"]);
    let key = str_of(made, "user_pool_key");
    let sub = &part(str_of(made, "id_token"), 1)["sub"];
    let signed_in = format!("{key}:CognitoSignIn:{}", sub.as_str().unwrap());
    assert_eq!(claims["amr"], json!(["authenticated", key, signed_in]));

    // The role for guests is a guest's.
    let guests = str_of(&made["roles"], "open-guests");
    exchange.add(
        env,
        "guest",
        &format!("--sign-in guest --flow basic --role-arn {guests}"),
    );
    let done = env.poolkey("sign-in guest --no-input", "");
    assert!(done.expect(0).stdout.starts_with("Signed in to guest"));
    let status = env.poolkey("status guest --json", "").expect(0).json();
    let arn = str_of(&status, "arn");
    assert!(arn.ends_with(":assumed-role/open-guests/poolkey"), "{arn}");
    sdks_assume_it_themselves(&mut exchange);
}

/// Who made the token, who reads the section and who judges the token: none of them is ours.
fn sdks_assume_it_themselves(exchange: &mut Exchange) {
    let endpoint = exchange.endpoint().to_owned();
    let env = &mut exchange.setup.env;
    env.poolkey("export basic --to web-identity --aws-profile lab", "")
        .expect(0);
    Sdk::prepare(env, &endpoint);
    env.set("AWS_PROFILE", "lab");
    for sdk in [Sdk::Boto3, Sdk::JavaScript] {
        let arn = sdk.caller(env, &endpoint).arn;
        assert!(
            arn.ends_with(":assumed-role/open-users/ana@laptop"),
            "{arn}"
        );
    }
}

#[test]
#[ignore = "needs ministack and boto3; ./tests/run runs it"]
fn roles_that_do_not_trust_the_token() {
    let exchange = Exchange::start();
    let env = &exchange.setup.env;
    let roles = exchange.made["roles"].as_object().unwrap();
    for name in [
        "other-principal",
        "other-audience",
        "other-method",
        "missing",
    ] {
        let role = roles[name].as_str().unwrap();
        let options = format!(" --flow basic --role-arn {role}");
        exchange.add_user(env, name, &options);
        let refused = exchange
            .setup
            .sign_in(name, "ana", "", exchange.setup.ana("password"))
            .expect(5);
        refused.says(&[
            "error: The role does not trust this identity pool",
            "AccessDenied",
            "Not authorized to perform sts:AssumeRoleWithWebIdentity",
            "hint: ",
            str_of(&exchange.made, "identity_pool_id"),
        ]);
        assert_eq!(refused.stdout, "");
    }
}
