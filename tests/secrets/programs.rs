//! Everything the binary says and leaves behind, from the first command to the last.

use poolkey::sandbox::{Mfa, NewUser, Running, Sandbox, Settings, Status};

use crate::Canaries;
use crate::life::{At, Life};
use crate::relay::Relay;
use crate::support::Answering;

const PASSWORD: &str = "Canary-Password-81!";
const WRONG_PASSWORD: &str = "Canary-Wrong-Password-82!";
const WRONG_CODE: &str = "canary-wrong-code";
const TOTP_SECRET: &str = "CANARYCANARYCANARYCANARYCANARY23";
const SIGN_IN: [&str; 3] = ["sign-in", "dev", "--password-stdin"];

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
#[expect(
    clippy::too_many_lines,
    reason = "one life, from its first to its last step"
)]
async fn no_secret_is_said_or_left_behind() {
    let running = Sandbox::start(Settings::default()).await.unwrap();
    let user = NewUser {
        groups: &["developers"],
        totp_secret: Some(TOTP_SECRET),
        ..NewUser::plain("canary", PASSWORD, "canary@example.com")
    };
    running.add_user(&user).unwrap();
    let mut life = Life::new(canaries(&running));
    let at = |endpoint| At {
        running: &running,
        endpoint,
    };
    life.add("dev", 1, at(&running.description().endpoint), &[]);
    life.add("gone", 0, at("http://127.9.9.9:1"), &[]);
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
    life.share();
    life.run(0, "", &["credential-process", "dev"]);
    life.run(0, "", &["credentials", "dev", "--format", "env"]);
    life.run(0, "", &["console", "dev", "--print"]);
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
    assert!(life.said("Cognito identity pool GetId"), "calls are told");
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

const NEW_PASSWORDS: [&str; 3] = [
    "Canary-New-Password-83!",
    "Canary-Newer-Password-84!",
    "Canary-Newest-Password-85!",
];

/// A code that comes after `before`.
fn next_code(running: &Running, before: Option<&str>) -> String {
    loop {
        match running.last_code("canary") {
            Some(code) if Some(code.as_str()) != before => return code,
            _ => std::thread::yield_now(),
        }
    }
}

/// A command that asks for a code; answers the code.
fn with_code(life: &mut Life, running: &Running, arguments: &[&str], lines: &[&str]) -> String {
    let before = running.last_code("canary");
    let arguments = [&["-v"], arguments].concat();
    let mut run = Answering::start(&life.home, &arguments);
    for line in lines {
        run.line(line);
    }
    let code = next_code(running, before.as_deref());
    run.line(&code);
    life.note(&arguments, run.ended());
    code
}

/// New passwords, codes and the device, in one life.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_typed_on_the_way_is_not_said_either() {
    let running = Sandbox::start(Settings::default()).await.unwrap();
    let user = NewUser {
        groups: &["developers"],
        phone: Some("+15555550120"),
        delivered_mfa: &[Mfa::Sms],
        status: Status::MustChangePassword,
        ..NewUser::plain("canary", PASSWORD, "canary@example.com")
    };
    running.add_user(&user).unwrap();
    let mut canaries = Canaries::new();
    canaries.add("password", PASSWORD);
    for password in NEW_PASSWORDS {
        canaries.add("new password", password);
    }
    let mut life = Life::new(canaries);
    let relay = Relay::start(&running.description().endpoint);
    let at = At {
        running: &running,
        endpoint: &relay.endpoint,
    };
    // The client that tracks devices.
    life.add("dev", 2, at, &[]);

    let answers = [
        "--answer",
        "sms_mfa_code=-",
        "--answer",
        "remember_device=yes",
    ];
    let first = [&SIGN_IN[..], &["--new-password-stdin"], &answers].concat();
    let typed = [PASSWORD, NEW_PASSWORDS[0]];
    let code = with_code(&mut life, &running, &first, &typed);
    life.canaries.add("SMS code", &code);
    life.learn_what_is_kept().await;
    life.run(0, &format!("{}\n", NEW_PASSWORDS[0]), &SIGN_IN);

    let both = format!("{}\n{}\n", NEW_PASSWORDS[0], NEW_PASSWORDS[1]);
    let change = [
        "change-password",
        "dev",
        "--password-stdin",
        "--new-password-stdin",
    ];
    life.run(0, &both, &change);
    let forgot = [
        "sign-in",
        "dev",
        "--forgot-password",
        "--new-password-stdin",
    ];
    let forgot = [&forgot[..], &["--answer", "confirmation_code=-"]].concat();
    let code = with_code(&mut life, &running, &forgot, &[NEW_PASSWORDS[2]]);
    life.canaries.add("confirmation code", &code);

    // The relay saw what it should have: the search is for what was really sent.
    assert!(relay.saw(NEW_PASSWORDS[0]) && relay.saw(&code));
    assert!(relay.saw("DEVICE_PASSWORD_VERIFIER"));
    assert!(!relay.saw(PASSWORD), "proved, never sent");
    for verifier in relay.values("PasswordVerifier") {
        life.canaries.add("device verifier", &verifier);
    }
    life.run(0, "", &["status"]);
    life.run(0, "", &["sign-out", "dev"]);
    life.sweep();
}

/// Managed login: the code that the browser brings, and the verifier that redeems it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_browser_brings_is_not_said() {
    let running = Sandbox::start(Settings::default()).await.unwrap();
    let user = NewUser::plain("canary", PASSWORD, "canary@example.com");
    running.add_user(&user).unwrap();
    let mut canaries = Canaries::new();
    canaries.add("password", PASSWORD);
    let mut life = Life::new(canaries);
    let relay = Relay::start(&running.description().endpoint);
    let at = At {
        running: &running,
        endpoint: &relay.endpoint,
    };
    life.add("dev", 0, at, &["--domain", &relay.endpoint]);

    let arguments = ["-v", "sign-in", "dev", "--browser", "--no-open"];
    let mut run = Answering::start(&life.home, &arguments);
    let url = run.tells("http");
    let back = relay.sign_in(&url, "canary", PASSWORD);
    let query = back.split_once('?').unwrap().1;
    let pairs = form_urlencoded::parse(query.as_bytes());
    let code = pairs.into_iter().find(|(name, _)| name == "code").unwrap();
    run.line(&back);
    life.note(&arguments, run.ended());
    life.canaries.add("authorization code", &code.1);
    let verifiers = relay.values("code_verifier");
    assert_eq!(verifiers.len(), 1);
    life.canaries.add("PKCE verifier", &verifiers[0]);
    life.learn_what_is_kept().await;
    life.run(0, "", &["status", "dev", "--json"]);
    life.sweep();
}

/// The key of a new app is shown once, on purpose, and kept nowhere.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_apps_key_is_shown_and_not_kept() {
    let running = Sandbox::start(Settings::default()).await.unwrap();
    let user = NewUser {
        must_set_up: &[Mfa::SoftwareToken],
        ..NewUser::plain("canary", PASSWORD, "canary@example.com")
    };
    running.add_user(&user).unwrap();
    let mut life = Life::new(Canaries::new());
    let endpoint = &running.description().endpoint;
    let at = At {
        running: &running,
        endpoint,
    };
    life.add("dev", 0, at, &[]);
    let arguments = [&SIGN_IN[..], &["--answer", "user_code=-"]].concat();
    let ran = life
        .home
        .poolkey_reads(format!("{PASSWORD}\n{WRONG_CODE}\n"), &arguments);
    let (_, key) = ran.err.split_once("Key: ").unwrap();
    let key = key.lines().next().unwrap();
    life.canaries.add("shown key", key);
    life.canaries.add("key", &key.replace(' ', ""));
    life.canaries.add("wrong code", WRONG_CODE);
    assert!(!ran.err.contains(WRONG_CODE) && !ran.out.contains(key));
    life.run(0, "", &["status", "dev"]);
    life.sweep();
}
