//! The web identity section that `poolkey export` writes, used by the AWS CLI and SDKs: one test for
//! each. They read the token file and ask STS themselves.
//!
//! STS is the sandbox's: it checks the token as AWS documents it (signature, issuer, audience, `amr`),
//! but we wrote it, so the readers are somebody else's here and the judge is not. The judge that we did
//! not write is ministack's STS, which takes no `OpenID` token but its own identity pool's: see
//! `ministack_basic`. Deliberately absent: how often the file is written
//! (`tests/core/web_identity.rs`).

use super::env::TestEnv;
use super::sdks::Sdk;
use super::servers::{Sandbox, str_of};

/// Ana's home with the section `lab`, at the identity pool that allows the basic flow.
fn exported() -> (TestEnv, Sandbox) {
    let mut env = TestEnv::with_file_store();
    let sandbox = Sandbox::start(&env);
    sandbox.add_profile_at(&env, "ana", 0, sandbox.open_pool());
    sandbox.sign_in_again(&env).expect(0);
    let role = sandbox.role("on-call");
    let export = format!(
        "export ana --to web-identity --aws-profile lab --region eu-west-3 --role-arn {role}"
    );
    env.poolkey(&export, "").expect(0);
    Sdk::prepare(&mut env, sandbox.endpoint());
    env.set("AWS_PROFILE", "lab");
    (env, sandbox)
}

/// The SDK has a session of the role by the name that the section gives it, with keys that Poolkey
/// never saw; and none after the person signed out.
fn web_identity(sdk: Sdk) {
    let (env, sandbox) = exported();
    let seen = sdk.caller(&env, sandbox.endpoint());
    assert_eq!(seen.account, "123456789012");
    let session = "assumed-role/poolkey-sandbox-on-call/ana";
    assert!(seen.arn.ends_with(session), "{seen:?}");
    let region = seen.region.as_deref();
    assert!(
        region.is_none_or(|region| region == "eu-west-3"),
        "{seen:?}"
    );
    let keys = env.poolkey("credential-process ana", "").expect(0).json();
    let ours = str_of(&keys, "AccessKeyId");
    assert!(!ours.ends_with(&seen.key), "{seen:?}");

    env.poolkey("sign-out ana", "").expect(0);
    let done = sdk.ask(&env, sandbox.endpoint());
    assert_ne!(done.status, 0, "{}", done.stdout);
    done.says(&[match sdk {
        Sdk::JavaScript => "ENOENT",
        Sdk::Rust => "No such file or directory",
        _ => "No such file",
    }]);
}

macro_rules! with_each_sdk {
    ($($name:ident $sdk:ident,)*) => {
        $(
            #[test]
            #[ignore = "needs the AWS CLI and SDKs; ./tests/run runs it"]
            fn $name() {
                web_identity(Sdk::$sdk);
            }
        )*
    };
}

with_each_sdk! { boto3 Boto3, aws_cli AwsCli, javascript JavaScript, rust Rust, }
