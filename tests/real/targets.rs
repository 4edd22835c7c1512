//! What `poolkey export` writes, read by the AWS CLI and SDKs: one test for each target and SDK.
//!
//! Each is chosen by `AWS_PROFILE` and sits among sections that are not Poolkey's. Deliberately
//! absent: how the files look byte for byte (`tests/cli/aws_files.rs`).

use std::path::Path;

use super::env::TestEnv;
use super::process::{Done, finish};
use super::sdks::{Sdk, Seen};
use super::servers::{Sandbox, str_of};
use super::store;

const POOLKEY: &str = env!("CARGO_BIN_EXE_poolkey");

/// A name that all of them can read, with what is not a letter.
const AWS_PROFILE: &str = "ana@acme.example-1";

/// What is there already must stay readable, and must not win.
const THEIRS: &str = "# mine\n[work]\naws_access_key_id = AKIAWORK\naws_secret_access_key = w\n";

/// Ana's home, signed in.
struct Person {
    env: TestEnv,
    sandbox: Sandbox,
}

impl Person {
    fn signed_in() -> Self {
        let mut env = TestEnv::with_file_store();
        let sandbox = Sandbox::start(&env);
        sandbox.sign_in(&env).expect(0);
        std::fs::create_dir(env.path("aws")).unwrap();
        std::fs::write(
            env.path("aws/config"),
            "[profile work]\nregion = us-west-1\n",
        )
        .unwrap();
        Sdk::prepare(&mut env, sandbox.endpoint());
        env.set("AWS_PROFILE", AWS_PROFILE);
        Self { env, sandbox }
    }

    /// `poolkey export` from a program at this place.
    fn export(&self, program: &Path, options: &str) -> Done {
        let words =
            format!("export ana --aws-profile {AWS_PROFILE} --region eu-west-3 --to {options}");
        let mut command = self.env.poolkey_at(program);
        command.args(words.split(' '));
        finish(command, "")
    }

    /// The SDK is ana with the key that Poolkey hands out now: the key.
    #[track_caller]
    fn check(&self, sdk: Sdk) -> String {
        let Seen {
            account,
            arn,
            key,
            region,
        } = sdk.caller(&self.env, self.sandbox.endpoint());
        assert_eq!(account, "123456789012");
        assert!(arn.contains("/poolkey-sandbox-developers/"), "{arn}");
        assert!(
            region.is_none_or(|region| region == "eu-west-3"),
            "{sdk:?} has another region"
        );
        let keys = self.env.poolkey("credential-process ana", "").expect(0);
        let keys = keys.json();
        let now = str_of(&keys, "AccessKeyId");
        assert!(key.len() >= 4 && now.ends_with(&key), "{key} is not {now}");
        now.to_owned()
    }
}

/// The section's program is asked, whose path every SDK splits its own way, and asked again when what
/// it said is over. When the person has to sign in again, the SDK shows what Poolkey says.
fn process(sdk: Sdk) {
    let person = Person::signed_in();
    let folder = person.env.path("my programs");
    let program = folder.join("pool key");
    std::fs::create_dir(&folder).unwrap();
    // A symbolic link would be resolved to the real path, which has no space.
    if std::fs::hard_link(POOLKEY, &program).is_err() {
        std::fs::copy(POOLKEY, &program).unwrap();
    }
    person.export(&program, "credential-process").expect(0);
    let text = std::fs::read_to_string(person.env.path("aws/config")).unwrap();
    assert!(text.contains("/my programs/pool key\""), "{text}");
    let first = person.check(sdk);
    // No key is in the files: a process was asked.
    assert!(person.env.files_with(&first).is_empty());
    store::expire(&person.env, "ana");
    assert_ne!(person.check(sdk), first);

    person.env.poolkey("sign-out ana", "").expect(0);
    let done = sdk.ask(&person.env, person.sandbox.endpoint());
    assert_ne!(done.status, 0, "{}", done.stdout);
    let said = person.env.poolkey("credential-process ana", "").expect(3);
    let sentence = said.stderr.lines().next().unwrap();
    assert!(sentence.starts_with("error: "), "{sentence}");
    done.says(&[match sdk {
        // It hides what a process says.
        Sdk::JavaScript => "Could not load credentials from any providers",
        _ => sentence,
    }]);
}

/// The section's keys are used, also where one with a stale token was taken over, and the next
/// program reads those that replaced them.
fn keys(sdk: Sdk) {
    let person = Person::signed_in();
    let file = person.env.path("aws/credentials");
    let stale = "aws_access_key_id = ASIAOLD\naws_security_token = stale\n";
    std::fs::write(&file, format!("{THEIRS}[{AWS_PROFILE}]\n{stale}")).unwrap();
    let program = Path::new(POOLKEY);
    let refused = person.export(program, "credentials-file");
    assert_ne!(refused.status, 0, "wrote over somebody's section");
    person
        .export(program, "credentials-file --take-over")
        .expect(0);
    let first = person.check(sdk);
    store::expire(&person.env, "ana");
    person.export(program, "credentials-file").expect(0);
    assert_ne!(person.check(sdk), first);
    let text = std::fs::read_to_string(file).unwrap();
    assert!(text.starts_with(THEIRS), "{text}");
}

macro_rules! with_each_sdk {
    ($($target:ident)*) => {
        $(mod $target {
            with_each_sdk! { $target:
                boto3 Boto3,
                aws_cli AwsCli2,
                javascript JavaScript,
                rust Rust,
            }
        })*
    };
    ($target:ident: $($name:ident $sdk:ident,)*) => {
        $(
            #[test]
            #[ignore = "needs the AWS CLI and SDKs; ./tests/run runs it"]
            fn $name() {
                super::$target(super::Sdk::$sdk);
            }
        )*
    };
}

with_each_sdk! { process keys }
