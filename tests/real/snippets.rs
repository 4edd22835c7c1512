//! The programs that `poolkey snippet` prints, run as they are by Node.js and Python: they sign in to
//! the sandbox, with the password in the environment. Those for Rust are compiled here, as stored.
//!
//! Deliberately absent: Swift, Kotlin and C#, for which no compiler is here.

use poolkey::domain::snippet::{Language, snippet};
use poolkey::domain::{BasicFlow, Exchange, PoolClient, Profile, SignInMethod};
use serde_json::Value;

use super::env::{TestEnv, tool};
use super::process::{Done, finish};
use super::servers::{Sandbox, str_of};
use super::web::send;

#[allow(
    dead_code,
    clippy::pedantic,
    clippy::print_stdout,
    reason = "a program of its own: that it compiles is the test"
)]
mod password {
    include!("snippets/password.rs.txt");
}

#[allow(
    dead_code,
    clippy::pedantic,
    clippy::print_stdout,
    reason = "a program of its own: that it compiles is the test"
)]
mod basic {
    include!("snippets/basic.rs.txt");
}

/// A home with profiles for every kind of sign-in that the programs know.
struct Made {
    env: TestEnv,
    sandbox: Sandbox,
}

/// Profile, and whether somebody signs in with a password.
const PROFILES: [(&str, bool); 5] = [
    ("public", true),
    ("confidential", true),
    ("guest", false),
    ("google", false),
    ("basic", false),
];

impl Made {
    fn new() -> Self {
        let mut env = TestEnv::with_file_store();
        let sandbox = Sandbox::start(&env);
        let about = &sandbox.about;
        sandbox.add_profile(&env, "public", 0);
        sandbox.add_profile(&env, "confidential", 1);
        let pools = about["identity_pools"].as_array().unwrap();
        let open = pools.iter().find(|pool| pool["name"] == "open").unwrap();
        let at = format!(
            "--identity-pool-id {} --endpoint-url {}",
            str_of(open, "identity_pool_id"),
            sandbox.endpoint()
        );
        let add = |name: &str, rest: &str| {
            env.poolkey(&format!("profile add {name} {at} {rest}"), "")
                .expect(0);
        };
        add("guest", "--sign-in guest");
        add("google", "--sign-in provider --login google=typed");
        let mut roles = about["roles"].as_array().unwrap().iter();
        let guests = roles.find(|role| role["name"] == "unauthenticated");
        let guests = str_of(guests.unwrap(), "arn");
        let basic = format!("--sign-in guest --flow basic --role-arn {guests}");
        add("basic", &basic);
        let endpoint = sandbox.endpoint().to_owned();
        let google = format!("{endpoint}/sandbox/token?provider=accounts.google.com&person=gina");
        let answered = send("GET", &google, "", "").unwrap();
        let answered: Value = serde_json::from_str(&answered.body).unwrap();
        env.set("GOOGLE_TOKEN", str_of(&answered, "token"));
        env.set("AWS_ENDPOINT_URL", &endpoint);
        env.set("COGNITO_USERNAME", "ana");
        env.set(
            "COGNITO_PASSWORD",
            str_of(&sandbox.about["users"][0], "password"),
        );
        let secret = str_of(&sandbox.about["clients"][1], "client_secret");
        env.set("COGNITO_CLIENT_SECRET", secret);
        Self { env, sandbox }
    }

    /// The program, in a file.
    fn write(&self, profile: &str, language: &str, file: &str) -> String {
        let printed = self
            .env
            .poolkey(&format!("snippet {profile} {language}"), "");
        let printed = printed.expect(0);
        let told = format!("AWS_ENDPOINT_URL={}", self.sandbox.endpoint());
        assert!(printed.stdout.contains(&told), "{}", printed.stdout);
        let path = self.env.path(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, printed.stdout).unwrap();
        path.display().to_string()
    }

    fn run(&self, program: impl AsRef<std::ffi::OsStr>, file: &str) -> Done {
        let mut command = self.env.command(program);
        command.arg(file);
        finish(command, "")
    }
}

/// It printed a temporary access key.
fn check(profile: &str, done: Done) {
    let done = done.expect(0);
    assert!(
        done.stdout.starts_with("ASIA"),
        "{profile}: {}",
        done.stdout
    );
}

#[test]
#[ignore = "needs boto3; ./tests/run runs it"]
fn python_runs_them() {
    let made = Made::new();
    let python = tool("python/bin/python");
    for (profile, asks) in PROFILES {
        let file = made.write(profile, "python", &format!("{profile}.py"));
        check(profile, made.run(&python, &file));
        if asks {
            let mut command = made.env.command(&python);
            command.env("COGNITO_PASSWORD", "wrong").arg(&file);
            let wrong = finish(command, "");
            wrong.expect(1).says(&["NotAuthorizedException"]);
        }
    }
}

#[test]
#[ignore = "needs Node.js packages; ./tests/run runs it"]
fn node_runs_them() {
    let made = Made::new();
    std::os::unix::fs::symlink(tool("node/node_modules"), made.env.path("node_modules")).unwrap();
    for (profile, _) in PROFILES {
        let file = made.write(profile, "javascript", &format!("{profile}.mjs"));
        check(profile, made.run("node", &file));
    }
}

/// What is compiled above is what is printed.
#[test]
fn rust_compiles() {
    let name = "acme-prod".parse().unwrap();
    let identity_pool = "eu-west-1:9f0c1d2e-0000-4a4a-9b9b-c41ec41ec41e"
        .parse()
        .unwrap();
    let pool = PoolClient {
        user_pool_id: "eu-central-1_aB3dE5gH7".parse().unwrap(),
        client_id: "1h57kf5cpq17m0eml12example".parse().unwrap(),
        has_client_secret: false,
    };
    let mut profile = Profile::of_user_pool(name, pool, identity_pool);
    let printed = snippet(Language::Rust, &profile);
    assert_eq!(
        printed,
        include_str!("snippets/password.rs.txt"),
        "{printed}"
    );
    profile.sign_in = SignInMethod::Guest;
    profile.user_pool = None;
    profile.exchange = Exchange::Basic(BasicFlow {
        role: "arn:aws:iam::123456789012:role/guests".parse().unwrap(),
        session_name: None,
        duration: None,
        policy: None,
    });
    let printed = snippet(Language::Rust, &profile);
    assert_eq!(printed, include_str!("snippets/basic.rs.txt"), "{printed}");
}
