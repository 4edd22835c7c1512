//! The programs that `poolkey snippet` prints, run as they are by Node.js, Python and cargo's
//! compiler: they sign in to the sandbox, with the password in the environment.
//!
//! Deliberately absent: Swift, Kotlin and C#, for which no compiler is here.

use super::env::{TestEnv, tool};
use super::process::{Done, finish};
use super::servers::{Sandbox, str_of};

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
        add(
            "google",
            "--sign-in provider --login accounts.google.com=typed",
        );
        let role = about["roles"].as_array().unwrap().iter();
        let role = role.filter_map(|role| role["arn"].as_str());
        let guest = role
            .into_iter()
            .find(|arn| arn.ends_with("guests"))
            .unwrap();
        add(
            "basic",
            &format!("--sign-in guest --flow basic --role-arn {guest}"),
        );
        let endpoint = sandbox.endpoint().to_owned();
        let google = format!("{endpoint}/sandbox/token?provider=accounts.google.com&person=gina");
        let answered = env
            .run("curl", &["--silent", "--fail", &google], "")
            .expect(0);
        env.set("GOOGLE_TOKEN", str_of(&answered.json(), "token"));
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
            let wrong = finish(
                {
                    command.env("COGNITO_PASSWORD", "wrong").arg(&file);
                    command
                },
                "",
            );
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
