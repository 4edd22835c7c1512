//! The session in the kernel's keyring: what `credential-process` answers with at once, and when it
//! must not.
//!
//! Where the kernel offers no keyring, each test says that it skips and why.

use std::fs;
use std::time::Instant;

use jiff::SignedDuration;
use linux_keyutils::{Key, KeyError, KeyRing, KeyRingIdentifier};
use poolkey::adapters::vault::{KernelCache, SessionCache as _, StoreChoice};
use poolkey::sandbox::{Clock, Lifetimes, Settings};
use serde_json::Value;

use crate::local::{DEADLINE, Local, short};
use crate::support::{Home, POOLKEY, Ran};

const ASK: [&str; 2] = ["credential-process", "dev"];
const STATE: &str = ".local/state/poolkey";
const STORE: &str = ".local/state/poolkey/secrets.age";
const CONFIG: &str = ".config/poolkey/profiles.toml";

/// A home where `dev` is signed in as `ana`, with the session in the kernel.
struct Cached {
    local: Local,
    home: Home,
}

impl Cached {
    fn start() -> Option<Self> {
        Self::with(Settings::default(), Lifetimes::default())
    }

    #[expect(clippy::print_stdout, reason = "a test that skips says so")]
    fn with(settings: Settings, lifetimes: Lifetimes) -> Option<Self> {
        if let Err(error) = try_kernel() {
            println!("skipped: the kernel keyring is not usable here: {error}");
            return None;
        }
        let local = Local::start(settings);
        local.sandbox.set_lifetimes(lifetimes);
        let mut home = local.home("ana", "srp", "public");
        home.set("POOLKEY_SESSION_CACHE", "on");
        let cached = Self { local, home };
        cached.sign_in().ok();
        cached.local.sandbox.set_lifetimes(Lifetimes::default());
        assert!(cached.key().is_ok(), "the session is in the kernel");
        Some(cached)
    }

    fn sign_in(&self) -> Ran {
        let password = self.local.password("ana");
        let arguments = ["sign-in", "dev", "--password-stdin"];
        self.home.poolkey_reads(password, &arguments)
    }

    fn cache(&self) -> KernelCache {
        KernelCache::beside(StoreChoice::File, &self.home.path(STATE), true).unwrap()
    }

    fn key(&self) -> Result<Key, KeyError> {
        let ring = KeyRing::from_special_id(KeyRingIdentifier::User, false)?;
        ring.search(&self.cache().name(&"dev".parse().unwrap()))
    }

    fn text(&self) -> String {
        let mut bytes = vec![0; 32_768];
        let length = self.key().unwrap().read(&mut bytes).unwrap();
        String::from_utf8(bytes[..length].to_vec()).unwrap()
    }

    /// Takes the store away: only the kernel has the session then.
    fn hide_store(&self) {
        fs::rename(self.home.path(STORE), self.home.path("hidden")).unwrap();
    }

    fn ask(&self) -> Ran {
        self.home.poolkey(&ASK)
    }

    fn configure(&self, change: impl Fn(&str) -> String) {
        let text = self.home.read(CONFIG);
        let changed = change(&text);
        assert_ne!(text, changed);
        self.home.write(CONFIG, changed);
    }
}

impl Drop for Cached {
    fn drop(&mut self) {
        self.cache().forget("dev/session").unwrap();
    }
}

/// What the program does there, without the program.
fn try_kernel() -> Result<(), KeyError> {
    let thread = KeyRing::from_special_id(KeyRingIdentifier::Thread, true)?;
    thread.link_keyring_id(KeyRingIdentifier::User)?;
    let ring = KeyRing::from_special_id(KeyRingIdentifier::User, false)?;
    let trial = format!("poolkey-trial:{:?}", std::thread::current().id());
    let key = ring.add_key(&trial, &[0; 3000])?;
    key.set_timeout(60).and(key.invalidate())
}

fn access_key(ran: Ran) -> Value {
    ran.ok().json()["AccessKeyId"].clone()
}

/// All of it with one sign-in, which costs the most.
#[test]
fn it_answers_without_the_store_until_the_kernel_ends_it() {
    let Some(cached) = Cached::start() else {
        return;
    };
    no_other_user_may_read_it(&cached);
    let mut command = cached.home.command(POOLKEY);
    let stored = Ran::of(command.args(ASK).env("POOLKEY_SESSION_CACHE", "off")).ok();
    cached.hide_store();
    let ran = cached.ask().ok();
    assert_eq!((ran.out, ran.err), (stored.out, String::new()));
    let options = ["--config-dir", ".config/poolkey", "--color", "never"];
    cached.home.poolkey(&[&options[..], &ASK].concat()).ok();
    wherever_the_output_goes_there_is_no_panic(&cached);
    nothing_heavy_is_started(&cached);
    other_folders_and_stores_have_their_own(&cached);

    cached.key().unwrap().set_timeout(1).unwrap();
    let deadline = Instant::now() + DEADLINE;
    while cached.ask().code == Some(0) {
        assert!(Instant::now() < deadline, "it is still there");
    }
    assert_eq!(cached.key(), Err(KeyError::KeyExpired));
}

/// Read back from the kernel: the user, nobody else, and no longer than the credentials.
fn no_other_user_may_read_it(cached: &Cached) {
    let found = cached.key().unwrap().metadata().unwrap();
    let granted = found.get_perms().bits();
    // Who is the user without having the user's keyring sees that it is there.
    assert_eq!(granted & 0x00ff_ffff, 0x0001_0000, "{granted:x}");
    let owner = std::os::unix::fs::MetadataExt::uid(&fs::metadata("/proc/self").unwrap());
    assert_eq!(found.get_uid(), owner);
    let name = cached.cache().name(&"dev".parse().unwrap());
    let keys = fs::read_to_string("/proc/keys").unwrap();
    let line = keys.lines().find(|line| line.contains(&name)).unwrap();
    let left = line.split_whitespace().nth(3).unwrap();
    assert!(["59m", "60m", "1h"].contains(&left), "an hour: {left}");
    // What is there is the session, and nothing that opens more.
    let text = cached.text();
    assert!(text.contains("session_token") && !text.contains("refresh_token"));
}

fn wherever_the_output_goes_there_is_no_panic(cached: &Cached) {
    for (script, code) in [
        ("\"$POOLKEY\" credential-process dev <&-", 0),
        ("\"$POOLKEY\" credential-process dev >&-", 0),
        (
            "\"$POOLKEY\" credential-process dev | :; exit ${PIPESTATUS[0]}",
            0,
        ),
        ("\"$POOLKEY\" credential-process dev > /dev/full", 7),
    ] {
        let ran = cached.home.shell(script);
        assert_eq!(ran.code, Some(code), "{script}: {ran:?}");
        assert!(!ran.err.contains("panic"), "{ran:?}");
    }
}

/// No thread, no socket, nothing that waits: the system calls tell.
#[expect(clippy::print_stdout, reason = "a test that skips says so")]
fn nothing_heavy_is_started(cached: &Cached) {
    let strace = "/usr/bin/strace";
    let calls = "trace=clone,clone3,socket,connect,epoll_create1,eventfd2,pipe2";
    let mut command = cached.home.command(strace);
    command.args(["-f", "-qq", "-e", calls, "-o", "calls", POOLKEY]);
    match command.args(ASK).output() {
        Ok(ran) if ran.status.success() => assert_eq!(cached.home.read("calls"), ""),
        failed => println!("skipped: nothing can be traced here: {failed:?}"),
    }
}

fn other_folders_and_stores_have_their_own(cached: &Cached) {
    for (options, code) in [
        (["--state-dir", "elsewhere"], 3),
        (["--secret-store", "memory"], 3),
        (["--secret-store", "secret-service"], 4),
        (["--config-dir", "elsewhere"], 2),
    ] {
        let arguments = [&options[..], &ASK].concat();
        cached.home.poolkey(&arguments).fails(code);
    }
    cached.ask().ok();
}

/// And whoever finds nothing in the store takes the copy along.
#[test]
fn another_configuration_gets_nothing() {
    let Some(cached) = Cached::start() else {
        return;
    };
    cached.hide_store();
    let text = cached.home.read(CONFIG);
    let role = "role_arn = \"arn:aws:iam::123456789012:role/other\"\n";
    cached.configure(|text| format!("{}\n{role}", text.trim_end()));
    cached.ask().fails(3);
    cached.home.write(CONFIG, &text);
    cached.ask().fails(3).says("poolkey sign-in dev");
}

/// Also where the same store was named in another way: without D-Bus "auto" is the encrypted file.
#[test]
fn signing_out_and_removing_the_profile_take_it_away() {
    let Some(cached) = Cached::start() else {
        return;
    };
    let first = access_key(cached.ask());
    let arguments = ["--secret-store", "auto", "sign-out", "dev", "--here"];
    cached.home.poolkey(&arguments).ok();
    assert_eq!(cached.key(), Err(KeyError::KeyDoesNotExist));
    cached.ask().fails(3);
    cached.sign_in().ok();
    assert!(cached.key().is_ok());
    assert_ne!(access_key(cached.ask()), first, "that of the new sign-in");
    cached.home.poolkey(&["profile", "remove", "dev"]).ok();
    assert_eq!(cached.key(), Err(KeyError::KeyDoesNotExist));
}

#[test]
fn what_is_due_is_renewed() {
    let Some(cached) = Cached::with(Settings::default(), short()) else {
        return;
    };
    assert_eq!(cached.local.refreshes(), 0);
    let renewed = access_key(cached.ask());
    assert_eq!(cached.local.refreshes(), 1);
    cached.hide_store();
    assert_eq!(access_key(cached.ask()), renewed, "the copy is the new one");
}

#[test]
fn a_damaged_copy_is_passed_over() {
    let Some(cached) = Cached::start() else {
        return;
    };
    let good = cached.ask().ok().out;
    for damage in ["{", "{\"of\":\"\"}", "\u{0}\u{ff}"] {
        cached.key().unwrap().update(&damage).unwrap();
        assert_eq!(cached.ask().ok().out, good);
    }
}

#[test]
fn it_can_be_switched_off() {
    let Some(mut cached) = Cached::start() else {
        return;
    };
    // What is read from the kernel can be told from what the store has.
    let stored = access_key(cached.ask());
    let other = cached.text().replace(stored.as_str().unwrap(), "ASIAOTHER");
    cached.key().unwrap().update(&other).unwrap();
    assert_eq!(access_key(cached.ask()), "ASIAOTHER");
    cached.home.set("POOLKEY_SESSION_CACHE", "off");
    assert_eq!(access_key(cached.ask()), stored);
    cached.home.set("POOLKEY_SESSION_CACHE", "");
    assert_eq!(access_key(cached.ask()), "ASIAOTHER");
    cached.configure(|text| format!("session_cache = false\n{text}"));
    assert_eq!(access_key(cached.ask()), stored);
    cached.sign_in().ok();
    let key = cached.key();
    assert_eq!(key, Err(KeyError::KeyDoesNotExist), "nor the old one");
    cached.configure(|text| text.replace("session_cache = false", "session_cache = \"no\""));
    cached.ask().fails(2).says("session_cache");
}

/// A copy says how far this machine's clock was off when it was made.
#[test]
fn a_wrong_clock_neither_ends_it_nor_keeps_it() {
    let with = |seconds, lifetimes| {
        let clock = Clock::system();
        clock.advance(SignedDuration::from_secs(seconds));
        let settings = Settings {
            clock,
            ..Settings::default()
        };
        let cached = Cached::with(settings, lifetimes)?;
        cached.hide_store();
        Some(cached)
    };
    let (ahead, behind) = (with(-7_200, Lifetimes::default()), with(7_200, short()));
    if let Some((good, due)) = ahead.zip(behind) {
        good.ask().ok();
        due.ask().fails(3);
    }
}
