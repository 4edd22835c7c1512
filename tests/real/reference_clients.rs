//! Other people's clients against Poolkey's sandbox: what they prove, it must accept, and
//! what the service refuses, it must refuse.
//!
//! One test for each flow of a script in `tests/tools/`, which also says what the client cannot do.
//! A flow has a sandbox of its own, tries what is wrong before what is right, and ends with tokens
//! that are good for something. Deliberately absent: passkeys, which the clients leave to a browser.

use serde_json::Value;

use super::env::{TestEnv, script, tool};
use super::servers::Sandbox;

/// Which program runs a script.
#[derive(Clone, Copy)]
enum Runner {
    Node,
    Python,
}

/// A script of `tests/tools/`.
#[derive(Clone, Copy)]
pub struct Client {
    runner: Runner,
    file: &'static str,
}

impl Client {
    /// What it says of one flow at this sandbox.
    pub fn run(self, env: &TestEnv, about: &Value, flow: &str) -> Value {
        let (about, file) = (about.to_string(), script(self.file));
        let done = match self.runner {
            Runner::Python => env.run(tool("python/bin/python"), &[&file, flow], &about),
            Runner::Node => {
                let modules = tool("node/node_modules").display().to_string();
                env.run("node", &[&file, &modules, flow], &about)
            }
        };
        done.expect(0).json()
    }

    /// The same at a sandbox of its own.
    fn run_alone(self, flow: &str) -> Value {
        let env = TestEnv::new("memory");
        let sandbox = Sandbox::start(&env);
        self.run(&env, &sandbox.about, flow)
    }
}

/// A module of tests, `flow: who has to be signed in at its end`; those that check a flow otherwise;
/// and one that no flow of the script is left out.
macro_rules! flows {
    (
        $client:ident, $runner:ident, $file:literal, $why:literal,
        { $($flow:ident: $user:literal,)* } $(, { $($checked:ident: $check:path,)* })?
    ) => {
        mod $client {
            use std::collections::BTreeSet;

            use super::{Client, Runner};

            const CLIENT: Client = Client { runner: Runner::$runner, file: $file };

            $(
                #[test]
                #[ignore = $why]
                fn $flow() {
                    assert_eq!(CLIENT.run_alone(stringify!($flow))["username"], $user);
                }
            )*

            $($(
                #[test]
                #[ignore = $why]
                fn $checked() {
                    $check(CLIENT);
                }
            )*)?

            #[test]
            #[ignore = $why]
            fn no_flow_is_left_out() {
                let said = CLIENT.run_alone("--list");
                let all: BTreeSet<_> = said.as_array().unwrap().iter().filter_map(|flow| flow.as_str()).collect();
                let tested = [$(stringify!($flow),)* $($(stringify!($checked),)*)?];
                assert_eq!(all, BTreeSet::from(tested));
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
}, {
    device_made: crate::shared_devices::made,
    device_given: crate::shared_devices::given,
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
}, {
    device_made: crate::shared_devices::made,
    device_given: crate::shared_devices::given,
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
}, {
    device_made: crate::shared_devices::made,
    device_given: crate::shared_devices::given,
});

flows!(boto3, Python, "boto3_flows.py", "needs boto3; ./tests/run runs it", {
    user_pool: "ana",
    providers: "gina",
    saml: "sid",
    guest: "guest",
    guest_upgrade: "gina",
    linked_logins: "gina",
    custom_role: "ana",
    developer: "dora",
    classic_flow_disabled: "ana",
    refused_logins: "gina",
    refused_by_sts: "gina",
}, {
    ambiguous_roles: crate::shared_identities::ambiguous_roles,
    identities: crate::shared_identities::same,
});

flows!(aws_sdk, Node, "aws_sdk_flows.js", "needs node and npm packages; ./tests/run runs it", {
    user_pool: "ana",
    providers: "gina",
    saml_provider: "sid",
    guest: "guest",
    guest_upgrade: "gina",
    custom_role: "ana",
    refused_logins: "gina",
});
