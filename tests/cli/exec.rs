//! `exec`: the command gets the credentials and nothing that contradicts them, and the caller sees
//! the command alone.

use std::io::Write as _;
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Command, Stdio};

use crate::local::{Local, spawn};
use crate::support::{Home, POOLKEY, Ran, Spawned, signed_in};
use poolkey::sandbox::{Fault, Settings};

fn lines(ran: &Ran) -> Vec<&str> {
    ran.out.lines().collect()
}

/// Everything that a caller may have set, each of which would make somebody else of the command.
const OTHERS: [&str; 16] = [
    "AWS_PROFILE",
    "AWS_DEFAULT_PROFILE",
    "AWS_SECURITY_TOKEN",
    "AWS_SESSION_EXPIRATION",
    "AWS_ACCOUNT_ID",
    "AWS_CREDENTIAL_SCOPE",
    "AWS_ACCESS_KEY",
    "AWS_SECRET_KEY",
    "AWS_ROLE_ARN",
    "AWS_ROLE_SESSION_NAME",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
    "AWS_BEARER_TOKEN_BEDROCK",
];

#[test]
fn the_command_has_these_credentials_and_no_others() {
    let sandbox = Spawned::start();
    let mut home = signed_in(&sandbox);
    let keys = home.poolkey(&["credential-process", "dev"]).ok().json();
    for name in OTHERS {
        home.set(name, "theirs");
    }
    for name in ["AWS_ACCESS_KEY_ID", "AWS_SESSION_TOKEN", "AWS_REGION"] {
        home.set(name, "theirs");
    }
    // Where things are stays the person's choice.
    home.set("AWS_ENDPOINT_URL", "http://127.0.0.1:9");
    home.set("AWS_CONFIG_FILE", "/their/config");
    home.set("UNRELATED", "kept as it is");
    let ran = home.poolkey(&["exec", "dev", "--", "env"]).ok();
    assert_eq!(ran.err, "");
    let found = lines(&ran);
    let value = |name: &str| keys[name].as_str().unwrap();
    for (name, expected) in [
        ("AWS_ACCESS_KEY_ID", value("AccessKeyId")),
        ("AWS_SECRET_ACCESS_KEY", value("SecretAccessKey")),
        ("AWS_SESSION_TOKEN", value("SessionToken")),
        ("AWS_CREDENTIAL_EXPIRATION", value("Expiration")),
        ("AWS_REGION", "us-east-1"),
        ("AWS_DEFAULT_REGION", "us-east-1"),
        ("AWS_EC2_METADATA_DISABLED", "true"),
        ("POOLKEY_PROFILE", "dev"),
        ("AWS_ENDPOINT_URL", "http://127.0.0.1:9"),
        ("AWS_CONFIG_FILE", "/their/config"),
        ("UNRELATED", "kept as it is"),
    ] {
        let line = format!("{name}={expected}");
        assert!(found.contains(&line.as_str()), "{line}: {found:?}");
    }
    assert!(!ran.out.contains("theirs"), "{found:?}");
    let options = ["exec", "--region", "eu-west-3", "dev", "--", "env"];
    let ran = home.poolkey(&options).ok();
    for name in ["AWS_REGION", "AWS_DEFAULT_REGION"] {
        assert!(lines(&ran).contains(&format!("{name}=eu-west-3").as_str()));
    }
}

#[test]
fn arguments_input_output_and_status_are_the_command_s() {
    let sandbox = Spawned::start();
    let home = signed_in(&sandbox);
    let words = [
        "exec", "dev", "--", "printf", "<%s>", "a b", "--json", "-v", "", "$HOME",
    ];
    assert_eq!(home.poolkey(&words).ok().out, "<a b><--json><-v><><$HOME>");
    // More than fits into a pipe, both ways, byte for byte.
    let mut big: Vec<u8> = (0..=255).cycle().take(3 << 20).collect();
    big.push(b'x');
    let mut child = home
        .command(POOLKEY)
        .args(["exec", "dev", "--", "cat"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let sent = big.clone();
    let writer = std::thread::Builder::new().spawn(move || input.write_all(&sent));
    let output = child.wait_with_output().unwrap();
    writer.unwrap().join().unwrap().unwrap();
    assert!(output.status.success() && output.stdout == big);
    for code in [3, 255] {
        let script = format!("echo from the command >&2; exit {code}");
        let ran = home.poolkey(&["exec", "dev", "--", "sh", "-c", &script]);
        assert_eq!(
            (ran.code, ran.err.as_str()),
            (Some(code), "from the command\n")
        );
    }
}

/// The process is the command: nobody stands between it and whoever sends signals or waits.
#[test]
fn signals_are_the_command_s() {
    let sandbox = Spawned::start();
    let home = signed_in(&sandbox);
    let script = "trap 'echo caught; exit 9' TERM; echo $$; while :; do :; done";
    let mut child = spawn(&home, &["exec", "dev", "--", "sh", "-c", script]);
    let id = child.id().to_string();
    let mut out = std::io::BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    std::io::BufRead::read_line(&mut out, &mut line).unwrap();
    assert_eq!(line.trim_end(), id);
    let kill = |signal: &str| Command::new("kill").args([signal, &id]).status();
    assert!(kill("-TERM").unwrap().success());
    line.clear();
    std::io::BufRead::read_line(&mut out, &mut line).unwrap();
    assert_eq!(
        (line.as_str(), child.wait().unwrap().code()),
        ("caught\n", Some(9))
    );

    // Nothing of Poolkey's own handling of Ctrl-C or of closed pipes is left.
    for (signal, number) in [("INT", 2), ("PIPE", 13)] {
        let script = format!("kill -{signal} $$; exit 0");
        let status = home
            .command(POOLKEY)
            .args(["exec", "dev", "--", "sh", "-c", &script])
            .status()
            .unwrap();
        assert_eq!(status.signal(), Some(number), "{signal}");
    }
}

/// Neither the store's files, nor a lock, nor a connection.
#[cfg(target_os = "linux")]
#[test]
fn nothing_open_is_left_to_the_command() {
    let local = Local::start(Settings::default());
    // Renewed in this run: the network and the profile's lock were in use.
    let home = local.due();
    let ran = home
        .poolkey(&[
            "exec",
            "dev",
            "--",
            "sh",
            "-c",
            "ls /proc/$$/fd; ls /proc/$$/task | wc -l",
        ])
        .ok();
    // The shell's own three, and what it may have open for its script.
    let open: Vec<&str> = lines(&ran).into_iter().filter(|fd| fd.len() == 1).collect();
    assert_eq!(open, ["0", "1", "2", "1"], "{ran:?}");
    assert_eq!(local.refreshes(), 1);
}

#[test]
fn what_is_no_command_ends_as_in_a_shell() {
    let sandbox = Spawned::start();
    let home = signed_in(&sandbox);
    let run = |command: &str| home.poolkey(&["exec", "dev", "--", command]);
    run("no-such-command")
        .fails(127)
        .says("“no-such-command” was not found");
    run("./nowhere/x").fails(127);
    home.write("plain.txt", "not a program");
    run("./plain.txt").fails(126).says("could not be run");
    run(".").fails(126);
    home.poolkey(&["exec", "dev", "env"]).fails(2);
    home.poolkey(&["exec", "dev", "--"]).fails(2);
    home.poolkey(&["exec", "dev"]).fails(2).says("COMMAND");
}

#[test]
fn nobody_is_asked_and_nothing_runs_without_credentials() {
    let sandbox = Spawned::start();
    let home = Home::new();
    home.add("dev", "ana", &sandbox);
    let touch = ["--", "touch", "it-ran"];
    home.poolkey(&[&["exec", "dev"][..], &touch].concat())
        .fails(3)
        .says("poolkey sign-in dev");
    home.poolkey(&[&["exec", "nobody"][..], &touch].concat())
        .fails(2);
    assert!(!home.path("it-ran").exists());
}

/// A remark of the broker goes where people read, not where programs do.
#[test]
fn what_is_left_is_used_and_the_remark_goes_to_standard_error() {
    let local = Local::start(Settings::default());
    let home = local.due();
    let fault = Fault::Refuse {
        status: 400,
        code: "InvalidParameterException",
        message: "Not today.",
    };
    local
        .sandbox
        .next_answer("GetTokensFromRefreshToken", fault);
    let ran = home
        .poolkey(&["exec", "dev", "--", "printenv", "AWS_ACCESS_KEY_ID"])
        .ok()
        .says("note: ");
    assert!(
        ran.out.starts_with("ASIA") && ran.out.lines().count() == 1,
        "{ran:?}"
    );
}
