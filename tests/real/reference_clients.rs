//! Other people's sign-in clients against Poolkey's sandbox: what they prove, it must accept, and
//! what the service refuses, it must refuse.
//!
//! One test for each flow of a script in `tests/tools/`, which also says what the client cannot do.
//! A flow has a sandbox of its own, tries what is wrong before what is right, and ends with tokens
//! that are good for something. No client knows passkeys, nor `MFA_SETUP` by e-mail in a way that
//! the sandbox's users need.

use serde_json::Value;

use super::env::{TestEnv, script, tool};
use super::servers::Sandbox;

/// Which program runs a script.
#[derive(Clone, Copy)]
enum Runner {
    Node,
    Python,
}

/// What a script says of one flow, at a sandbox of its own.
fn run(runner: Runner, file: &str, flow: &str) -> Value {
    let env = TestEnv::new("memory");
    let sandbox = Sandbox::start(&env);
    let about = sandbox.about.to_string();
    let file = script(file);
    let done = match runner {
        Runner::Python => env.run(tool("python/bin/python"), &[&file, flow], &about),
        Runner::Node => {
            let modules = tool("node/node_modules").display().to_string();
            env.run("node", &[&file, &modules, flow], &about)
        }
    };
    done.expect(0).json()
}

/// A module of tests, `flow: who has to be signed in at its end`, and one that no flow of the
/// script is left out.
macro_rules! flows {
    ($client:ident, $runner:ident, $file:literal, $why:literal, { $($flow:ident: $user:literal,)* }) => {
        mod $client {
            use super::{Runner, run};

            $(
                #[test]
                #[ignore = $why]
                fn $flow() {
                    let said = run(Runner::$runner, $file, stringify!($flow));
                    assert_eq!(said["username"], $user);
                }
            )*

            #[test]
            #[ignore = $why]
            fn no_flow_is_left_out() {
                let said = run(Runner::$runner, $file, "--list");
                assert_eq!(said, serde_json::json!([$(stringify!($flow)),*]));
            }
        }
    };
}

flows!(pycognito, Python, "pycognito_flows.py", "needs pycognito; ./tests/run runs it", {
    srp: "ana",
    alias: "ana",
    secret: "ana",
    secret_alias: "ana",
    wrong_secret: "ana",
    totp: "tom",
    secret_totp: "tom",
    alias_totp: "tom",
    sms: "sam",
    secret_sms: "sam",
    new_password: "nina",
    secret_new_password: "nina",
    device: "sam",
    forgot_password: "rita",
    secret_forgot_password: "rita",
    confirm_registration: "uma",
    secret_confirm_registration: "uma",
    change_password: "ana",
    global_sign_out: "ana",
});

flows!(identity_js, Node, "identity_js_flows.js", "needs node and npm packages; ./tests/run runs it", {
    srp: "ana",
    alias: "ana",
    password: "ana",
    totp: "tom",
    sms: "sam",
    select_mfa: "cleo",
    new_password: "nina",
    mfa_setup: "mia",
    device: "sam",
    device_password: "sam",
    custom: "ana",
    custom_srp: "ana",
    forgot_password: "rita",
    change_password: "ana",
    confirm_registration: "uma",
    global_sign_out: "ana",
    sign_out: "ana",
});

flows!(amplify, Node, "amplify_flows.js", "needs node and npm packages; ./tests/run runs it", {
    srp: "ana",
    alias: "ana",
    password: "ana",
    rotating: "ana",
    totp: "tom",
    sms: "sam",
    email: "emma",
    select_mfa: "cleo",
    new_password: "nina",
    mfa_setup: "mia",
    totp_preference: "ana",
    choice_password_srp: "ana",
    choice_password: "ana",
    choice_email: "ana",
    choice_sms: "otto",
    select_challenge: "ana",
    choice_then_totp: "tom",
    custom: "ana",
    custom_srp: "ana",
    device: "sam",
    other_device: "sam",
    forgot_password: "rita",
    change_password: "ana",
    confirm_registration: "uma",
    global_sign_out: "ana",
    sign_out: "ana",
    identity_pool: "ana",
});
