//! A home, everything that was run in it, and the search through all that was said and left.

use std::time::Duration;

use poolkey::adapters::config_file::ConfigFile;
use poolkey::adapters::vault::{SecretVault, StoreChoice, StorePlan};
use poolkey::ops::ports::Vault as _;
use poolkey::sandbox::Running;

use crate::Canaries;
use crate::support::{Home, Ran};

/// What `credentials` and the exported file have on purpose.
const KEYS: [&str; 2] = ["secret access key", "session token"];

/// A sandbox, and the address it is called at.
#[derive(Clone, Copy)]
pub struct At<'a> {
    pub running: &'a Running,
    pub endpoint: &'a str,
}

/// The home, what was said in it, and what must not have been.
pub struct Life {
    pub home: Home,
    pub canaries: Canaries,
    runs: Vec<(String, Ran)>,
}

impl Life {
    pub fn new(canaries: Canaries) -> Self {
        let home = Home::new();
        // What is called is also written down, and looked through.
        home.write(".config/poolkey/profiles.toml", "log = true\n");
        Self {
            home,
            canaries,
            runs: Vec::new(),
        }
    }

    pub fn run(&mut self, code: i32, input: &str, arguments: &[&str]) {
        let ran = self
            .home
            .poolkey_reads(input, &[&["-v"], arguments].concat());
        assert_eq!(ran.code, Some(code), "{arguments:?}: {ran:?}");
        self.runs.push((arguments.join(" "), ran));
    }

    /// A run that a test answered.
    pub fn note(&mut self, arguments: &[&str], ran: Ran) {
        assert_eq!(ran.code, Some(0), "{arguments:?}: {ran:?}");
        self.runs.push((arguments.join(" "), ran));
    }

    /// `profile add` for a user at a client; more options after that.
    pub fn add(&mut self, name: &str, client: usize, at: At<'_>, more: &[&str]) {
        let sandbox = at.running.description();
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
            at.endpoint,
            "--username",
            "canary",
        ];
        arguments.extend(client.client_secret.map(|_| "--client-secret-stdin"));
        arguments.extend(more);
        let input = client.client_secret.unwrap_or_default();
        self.run(0, input, &arguments);
    }

    /// What the encrypted file holds by now.
    pub async fn learn_what_is_kept(&mut self) {
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
        if let Some(device) = vault.device(&profile).await.unwrap() {
            canaries.add("device password", device.password.expose());
        }
    }

    /// What is handed to somebody else, and what is in the link: that looks like nothing outside.
    pub fn share(&mut self) {
        self.run(0, "", &["profile", "export", "--usernames"]);
        self.run(0, "", &["profile", "export", "dev", "--link"]);
        let (_, ran) = self.runs.last().unwrap();
        let letters = ran.out.trim().strip_prefix("poolkey://import#").unwrap();
        let bytes = data_encoding::BASE64URL_NOPAD
            .decode(letters.as_bytes())
            .unwrap();
        let file = b"[[profile]]\nname = \"dev\"";
        assert!(bytes.windows(file.len()).any(|part| part == file));
        self.canaries.absent("the link", &bytes);
        self.canaries
            .absent("the link's letters", letters.as_bytes());
    }

    /// True when some run said this to a person.
    pub fn said(&self, text: &str) -> bool {
        self.runs.iter().any(|(_, ran)| ran.err.contains(text))
    }

    /// Looks through every output and every file.
    pub fn sweep(&self) {
        for (command, ran) in &self.runs {
            // A code may be given there, as this one was.
            self.canaries
                .absent_but(&["wrong code"], "the arguments", command.as_bytes());
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
            // The versions of the exported file that `undo` goes back to, for its owner alone.
            let is_backup = path.to_string_lossy().contains("/aws-backups/credentials.");
            let allowed: &[&str] = match (path == exported || is_backup, is_encrypted) {
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
