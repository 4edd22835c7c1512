//! Everything the binary says and leaves behind, from the first command to the last.

use std::time::Duration;

use poolkey::adapters::config_file::ConfigFile;
use poolkey::adapters::vault::{SecretVault, StoreChoice, StorePlan};
use poolkey::ops::ports::Vault as _;
use poolkey::sandbox::{NewUser, Running, Sandbox, Settings};

use crate::Canaries;
use crate::support::{Home, Ran};

const PASSWORD: &str = "Canary-Password-81!";
const WRONG_PASSWORD: &str = "Canary-Wrong-Password-82!";
const WRONG_CODE: &str = "canary-wrong-code";
const TOTP_SECRET: &str = "CANARYCANARYCANARYCANARYCANARY23";
const KEYS: [&str; 2] = ["secret access key", "session token"];

/// The home, what was said in it, and what must not have been.
struct Life {
    home: Home,
    canaries: Canaries,
    runs: Vec<(String, Ran)>,
}

impl Life {
    fn run(&mut self, code: i32, input: &str, arguments: &[&str]) {
        let ran = self
            .home
            .poolkey_reads(input, &[&["-v"], arguments].concat());
        assert_eq!(ran.code, Some(code), "{arguments:?}: {ran:?}");
        self.runs.push((arguments.join(" "), ran));
    }

    fn add(&mut self, name: &str, client: usize, running: &Running, endpoint: Option<&str>) {
        let sandbox = running.description();
        let client = &sandbox.clients[client];
        let mut arguments = vec![
            "profile",
            "add",
            name,
            "--user-pool-id",
            sandbox.user_pool_id,
            "--client-id",
            client.client_id,
            "--identity-pool-id",
            sandbox.identity_pool_id,
            "--endpoint-url",
            endpoint.unwrap_or(&sandbox.endpoint),
            "--username",
            "canary",
        ];
        arguments.extend(client.client_secret.map(|_| "--client-secret-stdin"));
        let input = client.client_secret.unwrap_or_default();
        self.run(0, input, &arguments);
    }

    /// What the encrypted file holds by now.
    async fn learn_what_is_kept(&mut self) {
        let plan = StorePlan {
            choice: StoreChoice::File,
            file: self.home.path(".local/state/poolkey/secrets.age"),
            passphrase_file: Some(self.home.path("passphrase")),
        };
        let vault = SecretVault::new(plan, Duration::from_mins(1)).unwrap();
        let file = ConfigFile::new(self.home.path(".config/poolkey/profiles.toml"));
        let profile = file.read().unwrap().profiles.remove(0);
        let kept = vault.sign_in(&profile).await.unwrap().unwrap();
        let session = vault.session(&profile).await.unwrap().unwrap();
        let canaries = &mut self.canaries;
        canaries.add("refresh token", kept.refresh_token.expose());
        let keys = session.credentials;
        canaries.add(KEYS[0], keys.secret_access_key.expose());
        canaries.add(KEYS[1], keys.session_token.expose());
    }

    /// Looks through every output and every file.
    fn sweep(&self) {
        for (command, ran) in &self.runs {
            let allowed: &[&str] = if command.starts_with("credential") {
                &KEYS
            } else {
                &[]
            };
            let place = |stream| format!("{stream} of {command}");
            self.canaries
                .absent_but(allowed, &place("output"), ran.out.as_bytes());
            self.canaries.absent(&place("errors"), ran.err.as_bytes());
        }
        let exported = self.home.path(".aws/credentials");
        for (path, bytes) in self.home.files() {
            // Three letters stand in encrypted text by chance.
            let is_encrypted = path.extension().is_some_and(|extension| extension == "age");
            let allowed: &[&str] = match (path == exported, is_encrypted) {
                (true, _) => &KEYS,
                (false, true) => &["a token"],
                (false, false) => &[],
            };
            self.canaries
                .absent_but(allowed, &path.display().to_string(), &bytes);
            let name = path.display().to_string();
            self.canaries.absent("a file name", name.as_bytes());
        }
    }
}

fn canaries(running: &Running) -> Canaries {
    let mut canaries = Canaries::new();
    canaries.add("password", PASSWORD);
    canaries.add("wrong password", WRONG_PASSWORD);
    canaries.add("wrong code", WRONG_CODE);
    canaries.add("TOTP secret", TOTP_SECRET);
    let client = &running.description().clients[1];
    canaries.add("client secret", client.client_secret.unwrap());
    canaries
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_secret_is_said_or_left_behind() {
    let running = Sandbox::start(Settings::default()).await.unwrap();
    let user = NewUser {
        groups: &["developers"],
        totp_secret: Some(TOTP_SECRET),
        ..NewUser::plain("canary", PASSWORD, "canary@example.com")
    };
    running.add_user(&user).unwrap();
    let mut life = Life {
        home: Home::new(),
        canaries: canaries(&running),
        runs: Vec::new(),
    };
    life.add("dev", 1, &running, None);
    life.add("gone", 0, &running, Some("http://127.9.9.9:1"));
    let password = format!("{PASSWORD}\n");
    let wrong = format!("{WRONG_PASSWORD}\n");
    let both = format!("{PASSWORD}\n{TOTP_SECRET}\n");
    let sign_in = ["sign-in", "dev", "--password-stdin"];
    let code = format!("software_token_mfa_code={WRONG_CODE}");

    life.run(5, &wrong, &sign_in);
    life.run(3, &password, &sign_in);
    life.run(5, &password, &[&sign_in[..], &["--answer", &code]].concat());
    life.run(
        2,
        &password,
        &[&sign_in[..], &["--answer", WRONG_CODE]].concat(),
    );
    life.run(6, &password, &["sign-in", "gone", "--password-stdin"]);
    life.run(0, &both, &[&sign_in[..], &["--totp-secret-stdin"]].concat());
    life.learn_what_is_kept().await;

    life.run(0, "", &["status"]);
    life.run(0, "", &["status", "dev", "--json"]);
    life.run(0, "", &["profile", "list", "--json"]);
    life.run(0, "", &["profile", "show", "dev"]);
    life.run(0, "", &["credential-process", "dev"]);
    life.run(0, "", &["credentials", "dev", "--format", "env"]);
    for to in ["credential-process", "credentials-file"] {
        life.run(0, "", &["export", "dev", "--to", to, "--dry-run"]);
        life.run(0, "", &["export", "dev", "--to", to]);
    }
    life.run(2, "", &["status", "nobody", "--json"]);
    life.run(3, "", &["credentials", "gone"]);
    assert!(
        !life
            .canaries
            .found_in(life.home.read(".aws/credentials").as_bytes())
            .is_empty(),
        "the search would find the exported keys"
    );
    life.sweep();

    life.run(0, "", &["unexport", "dev", "--dry-run"]);
    life.run(0, "", &["unexport", "dev"]);
    life.run(0, "", &["sign-out", "dev", "--everywhere"]);
    life.run(0, "", &["profile", "remove", "dev"]);
    life.sweep();
    let exported = life.home.read(".aws/credentials");
    life.canaries
        .absent("the credentials file afterwards", exported.as_bytes());
}
