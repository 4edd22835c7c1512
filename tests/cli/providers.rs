//! `sign-in` at other providers: tokens on standard input, from files and commands, and through a
//! browser.

use poolkey::sandbox::Settings;

use crate::local::Local;
use crate::support::answering::Answering;
use crate::support::web::{Visitor, callback_urls};
use crate::support::{Home, Ran};

const FILE: &str = ".config/poolkey/profiles.toml";
const GOOGLE: &str = "accounts.google.com";
const FACEBOOK: &str = "graph.facebook.com";

/// A sandbox, and a home with the profile `dev` of its pool that takes all.
struct Vouched {
    local: Local,
    home: Home,
}

impl Vouched {
    fn by(logins: &[&str]) -> Self {
        Self::with(&["--sign-in", "provider"], logins)
    }

    /// Without a method of its own, `ana` signs in to the user pool.
    fn with(more: &[&str], logins: &[&str]) -> Self {
        let (local, home) = (Local::start(Settings::default()), Home::new());
        let about = local.sandbox.description();
        let mut arguments = vec!["profile", "add", "dev"];
        arguments.extend(["--endpoint-url", &about.endpoint]);
        arguments.extend([
            "--identity-pool-id",
            about.identity_pools[1].identity_pool_id,
        ]);
        if more.is_empty() {
            arguments.extend(["--user-pool-id", about.user_pool_id, "--username", "ana"]);
            arguments.extend(["--client-id", about.clients[0].client_id]);
        }
        arguments.extend(more);
        for login in logins {
            arguments.extend(["--login", login]);
        }
        home.poolkey(&arguments).ok();
        Self { local, home }
    }

    fn token(&self, provider: &str) -> String {
        self.local.sandbox.provider_token(provider, "zoe")
    }

    fn sign_in(&self, input: &str, more: &[&str]) -> Ran {
        let arguments = [&["sign-in", "dev"], more].concat();
        self.home.poolkey_reads(input, &arguments)
    }

    fn credentials(&self) -> Ran {
        self.home.poolkey(&["credential-process", "dev"])
    }
}

#[test]
fn typed_tokens_come_on_standard_input_one_line_each() {
    let vouched = Vouched::by(&["google=typed", "facebook=typed"]);
    vouched.credentials().fails(3).says("Google");
    let (google, facebook) = (vouched.token(GOOGLE), vouched.token(FACEBOOK));
    let both = ["--token", "facebook=-", "--token", "google=-"];
    let ran = vouched.sign_in(&format!("{facebook}\n{google}\n"), &both);
    let out = ran.ok().out;
    assert!(out.starts_with("Signed in to dev as "), "{out}");
    assert_eq!(vouched.credentials().ok().json()["Version"], 1);
    // One of them is missing, or a line is.
    vouched.home.poolkey(&["sign-out", "dev"]).ok();
    let one = vouched.sign_in(&format!("{google}\n"), &both[2..]);
    let one = one.fails(3).says("Facebook");
    one.says("hint: Give it on standard input: poolkey sign-in dev --token graph.facebook.com=-");
    let short = vouched.sign_in(&format!("{facebook}\n"), &both);
    short.fails(2).says("Standard input has no token of Google");
}

#[test]
fn a_token_is_never_an_argument() {
    let vouched = Vouched::by(&["google=typed"]);
    let ran = vouched.sign_in("", &["--token", "google=canary-7f3a"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("every user of this machine"), "{ran:?}");
    let other = vouched.sign_in("canary\n", &["--token", "apple=-"]);
    other.fails(2).says("has no provider appleid.apple.com");
}

#[test]
fn files_and_commands_ask_nobody() {
    let vouched = Vouched::by(&["google=file:~/google", "facebook=command:cat ~/facebook"]);
    vouched
        .credentials()
        .fails(7)
        .says("~/google cannot be read");
    vouched.home.write("google", vouched.token(GOOGLE));
    vouched.credentials().fails(1).says("exit status 1");
    vouched.home.write("facebook", vouched.token(FACEBOOK));
    vouched.credentials().ok();
    vouched.sign_in("", &["--no-input"]).ok();
}

#[test]
fn beside_a_user_pool_the_other_token_is_asked_for_once() {
    let vouched = Vouched::with(&[], &["google=typed"]);
    let description = vouched.local.sandbox.description();
    let password = format!("{}\n", description.users[0].password);
    let token = vouched.token(GOOGLE);
    let options = ["--password-stdin", "--token", "google=-"];
    let alone = &options[..1];
    vouched.sign_in(&password, alone).fails(3).says("Google");
    vouched
        .sign_in(&format!("{password}{token}\n"), &options)
        .ok();
    vouched.sign_in(&password, alone).ok();
    vouched.home.poolkey(&["sign-out", "dev"]).ok();
    vouched.sign_in(&password, alone).fails(3);
}

#[test]
fn a_provider_with_pages_opens_the_browser() {
    let vouched = Vouched::by(&["google=typed"]).with_pages();
    let needed = vouched.sign_in("", &["--no-input"]);
    needed.fails(3).says("needs a sign-in at 127.0.0.1:");
    let mut waiting = Answering::start(&vouched.home, &["sign-in", "dev", "--no-open"]);
    let url = waiting.tells("http://127.0.0.1:");
    let answered = format!("{url}&prompt=none&login_hint=zoe");
    let elsewhere = Visitor::elsewhere().open(&answered).url;
    waiting.line("https://acme.example/?code=a&state=b");
    waiting.tells("note: That address does not belong to this sign-in");
    waiting.line(&elsewhere);
    let out = waiting.ended().ok().out;
    assert!(out.contains("Signed in to dev as "), "{out}");
    vouched.credentials().ok();
}

impl Vouched {
    /// Goes over to the sandbox's OpenID Connect provider, with callback addresses of its own.
    fn with_pages(self) -> Self {
        let sandbox = &self.local.sandbox;
        let oidc = &sandbox.description().oidc;
        let key = oidc.issuer.strip_prefix("http://").unwrap();
        let login = format!("{key}=browser:{},{}", oidc.issuer, oidc.client_id);
        let pool = sandbox.description().identity_pools[1].identity_pool_id;
        self.home.poolkey(&["profile", "remove", "dev"]).ok();
        let arguments = ["profile", "add", "dev", "--sign-in", "provider"];
        let at = ["--endpoint-url", &sandbox.description().endpoint];
        let more = ["--identity-pool-id", pool, "--login", &login];
        self.home
            .poolkey(&[&arguments[..], &at, &more].concat())
            .ok();
        let urls = callback_urls("localhost");
        let registered: Vec<&str> = urls.iter().map(String::as_str).collect();
        sandbox.set_oidc_callback_urls(&registered);
        let written = self.home.read(FILE);
        let written = written.trim_end();
        self.home
            .write(FILE, format!("{written}\ncallback_urls = {urls:?}\n"));
        self
    }
}
