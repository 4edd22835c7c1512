//! A D-Bus session of its own, and GNOME's keyring daemon in it.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Stdio};

use super::env::TestEnv;
use super::process::{DEADLINE, end, poll, start_with_pipes};

const NAME: &str = "org.freedesktop.secrets";

/// A session bus until dropped.
pub struct Bus(Child);

impl Bus {
    /// Starts a bus and names it in `env`. Like a desktop's, it starts services on demand.
    pub fn start(env: &mut TestEnv) -> Self {
        Self::run(env, &[])
    }

    /// A bus on which no service can be started.
    pub fn start_bare(env: &mut TestEnv) -> Self {
        let config = env.path("bus.conf");
        std::fs::write(
            &config,
            r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#,
        )
        .unwrap();
        let option = format!("--config-file={}", config.display());
        Self::run(env, &[&option])
    }

    fn run(env: &mut TestEnv, options: &[&str]) -> Self {
        let mut command = env.command("dbus-run-session");
        command.args(options).stderr(Stdio::null()).args([
            "--",
            "sh",
            "-c",
            "echo \"$DBUS_SESSION_BUS_ADDRESS\"; exec cat",
        ]);
        let mut child = start_with_pipes(&mut command);
        let mut address = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut address)
            .unwrap();
        assert!(address.starts_with("unix:"), "no bus: {address:?}");
        env.set("DBUS_SESSION_BUS_ADDRESS", address.trim());
        Self(child)
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        // The end of its input ends `cat`, then the session, then the bus.
        drop(self.0.stdin.take());
        if !poll(DEADLINE, || matches!(self.0.try_wait(), Ok(Some(_)))) {
            end(&mut self.0);
        }
    }
}

/// The keyring daemon until dropped.
pub struct Keyring(Child);

impl Keyring {
    /// With the login collection open.
    pub fn unlocked(env: &TestEnv) -> Self {
        Self::run(env, Some("login-passphrase"))
    }

    /// With all collections locked and no display for a prompt.
    pub fn locked(env: &TestEnv) -> Self {
        Self::run(env, None)
    }

    fn run(env: &TestEnv, passphrase: Option<&str>) -> Self {
        assert!(!has_service(env), "the old keyring is still there");
        let mut command = env.command("gnome-keyring-daemon");
        command
            .args(["--components=secrets", "--foreground"])
            .args(passphrase.map(|_| "--unlock"))
            .stderr(Stdio::null());
        let mut daemon = Self(start_with_pipes(&mut command));
        let mut stdin = daemon.0.stdin.take().unwrap();
        stdin
            .write_all(passphrase.unwrap_or_default().as_bytes())
            .unwrap();
        drop(stdin);
        let up = poll(DEADLINE, || {
            assert_eq!(daemon.0.try_wait().unwrap(), None, "the keyring ended");
            has_service(env)
        });
        assert!(up, "no keyring on the bus");
        daemon
    }

    /// Ends the daemon; its name is free afterwards.
    pub fn stop(self, env: &TestEnv) {
        drop(self);
        assert!(poll(DEADLINE, || !has_service(env)), "the keyring stays");
    }
}

impl Drop for Keyring {
    fn drop(&mut self) {
        end(&mut self.0);
    }
}

/// Somebody owns the name; asking does not start anybody.
fn has_service(env: &TestEnv) -> bool {
    let owner = format!("string:{NAME}");
    let method = "org.freedesktop.DBus.NameHasOwner";
    let arguments = [
        "--session",
        "--print-reply",
        "--dest=org.freedesktop.DBus",
        "/org/freedesktop/DBus",
        method,
        &owner,
    ];
    let answer = env.run("dbus-send", &arguments, "").expect(0);
    answer.stdout.contains("boolean true")
}

/// The keys of Poolkey's entries, as libsecret's own tool finds them.
pub fn entries(env: &TestEnv) -> Vec<String> {
    let found = env.run(
        "secret-tool",
        &["search", "--all", "service", "poolkey"],
        "",
    );
    let mut keys: Vec<String> = [found.stdout, found.stderr]
        .iter()
        .flat_map(|text| text.lines())
        .filter_map(|line| line.strip_prefix("attribute.username = "))
        .map(str::to_owned)
        .collect();
    keys.sort();
    keys
}

/// An entry's text.
pub fn entry(env: &TestEnv, key: &str) -> String {
    let arguments = ["lookup", "service", "poolkey", "username", key];
    env.run("secret-tool", &arguments, "").expect(0).stdout
}
