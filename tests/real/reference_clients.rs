//! Other people's sign-in clients against Poolkey's sandbox: what they prove, it must accept, and
//! what the service refuses, it must refuse.

use serde_json::Value;

use super::env::{TestEnv, script, tool};
use super::process::Done;
use super::servers::{Sandbox, str_of};

/// Who signs in to which of the sandbox's clients (0: public, 1: confidential).
struct Attempt<'a> {
    client: usize,
    username: &'a str,
    password: &'a str,
    totp_secret: &'a str,
}

type SignIn = fn(&TestEnv, &Sandbox, &Attempt<'_>) -> Done;

fn pycognito(env: &TestEnv, sandbox: &Sandbox, attempt: &Attempt<'_>) -> Done {
    let about = &sandbox.about;
    let client = &about["clients"][attempt.client];
    let arguments = [
        &script("pycognito_sign_in.py"),
        str_of(about, "user_pool_id"),
        str_of(client, "client_id"),
        client["client_secret"].as_str().unwrap_or_default(),
        attempt.username,
        attempt.totp_secret,
    ];
    let python = tool("python/bin/python");
    env.run(python, &arguments, attempt.password)
}

fn identity_js(env: &TestEnv, sandbox: &Sandbox, attempt: &Attempt<'_>) -> Done {
    let about = &sandbox.about;
    let modules = tool("node/node_modules");
    let arguments = [
        &script("identity_js_sign_in.js"),
        modules.to_str().unwrap(),
        sandbox.endpoint(),
        str_of(about, "user_pool_id"),
        str_of(&about["clients"][attempt.client], "client_id"),
        attempt.username,
        attempt.totp_secret,
    ];
    env.run("node", &arguments, attempt.password)
}

/// A sandbox, and an environment that names it for boto3.
fn setup() -> (TestEnv, Sandbox) {
    let mut env = TestEnv::new("memory");
    let sandbox = Sandbox::start(&env);
    env.set("AWS_ENDPOINT_URL", sandbox.endpoint());
    (env, sandbox)
}

fn user<'a>(sandbox: &'a Sandbox, name: &str) -> &'a Value {
    let users = sandbox.about["users"].as_array().unwrap();
    users.iter().find(|user| user["username"] == name).unwrap()
}

/// Both users, the alias, a refresh, and two refusals.
fn check(sign_in: SignIn, clients: &[usize]) {
    let (env, sandbox) = setup();
    let (ana, tom) = (user(&sandbox, "ana"), user(&sandbox, "tom"));
    for &client in clients {
        for username in ["ana", "ana@example.com"] {
            let attempt = Attempt {
                client,
                username,
                password: str_of(ana, "password"),
                totp_secret: "",
            };
            let done = sign_in(&env, &sandbox, &attempt).expect(0).json();
            assert_eq!(done["claims"]["cognito:username"], "ana");
            assert_eq!(done["claims"]["email"], "ana@example.com");
            assert_eq!(
                (&done["asked"], &done["renewed"]),
                (&false.into(), &true.into())
            );

            let password = "Wrong-Password-1!";
            let wrong = Attempt {
                password,
                ..attempt
            };
            let refused = sign_in(&env, &sandbox, &wrong).expect(1);
            refused.says(&["NotAuthorizedException", "Incorrect username or password."]);
        }
        let attempt = Attempt {
            client,
            username: "tom",
            password: str_of(tom, "password"),
            totp_secret: str_of(tom, "totp_secret"),
        };
        let done = sign_in(&env, &sandbox, &attempt).expect(0).json();
        assert_eq!(done["claims"]["cognito:username"], "tom");
        assert_eq!(
            (&done["asked"], &done["renewed"]),
            (&true.into(), &true.into())
        );
    }
}

#[test]
#[ignore = "needs pycognito; ./tests/run runs it"]
fn pycognito_signs_in_to_the_sandbox() {
    check(pycognito, &[0]);
}

#[test]
#[ignore = "needs pycognito; ./tests/run runs it"]
fn pycognito_signs_in_with_a_client_secret() {
    check(pycognito, &[1]);
}

/// This client knows no client secrets.
#[test]
#[ignore = "needs node and amazon-cognito-identity-js; ./tests/run runs it"]
fn identity_js_signs_in_to_the_sandbox() {
    check(identity_js, &[0]);
}
