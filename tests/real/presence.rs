//! The window in the tray and what it tells through the desktop; the agent's notification.

use std::process::Stdio;
use std::time::Duration;

use poolkey::sandbox::{Fault, Lifetimes, Running, Sandbox, Settings};
use tokio::runtime::Runtime;

use super::desktop::{Display, Services};
use super::env::TestEnv;
use super::process::{DEADLINE, end, finish, poll, start};

/// `dev` is signed in with credentials that are due, and its refresh token was revoked.
struct Setup {
    sandbox: Running,
    env: TestEnv,
    services: Services,
    _threads: Runtime,
}

impl Setup {
    fn start(credentials: Duration) -> Self {
        let threads = Runtime::new().unwrap();
        let sandbox = threads.block_on(Sandbox::start(Settings::default()));
        let sandbox = sandbox.unwrap();
        sandbox.set_lifetimes(Lifetimes {
            credentials,
            ..Lifetimes::default()
        });
        let mut env = TestEnv::with_file_store();
        let services = Services::start(&mut env);
        let about = sandbox.description();
        let add = format!(
            "profile add dev --user-pool-id {} --client-id {} --identity-pool-id {} \
             --endpoint-url {} --username ana",
            about.user_pool_id, about.clients[0].client_id, about.identity_pool_id, about.endpoint,
        );
        env.poolkey(&add, "").expect(0);
        let password = format!("{}\n", about.users[0].password);
        env.poolkey("sign-in dev --password-stdin", &password)
            .expect(0);
        Self {
            sandbox,
            env,
            services,
            _threads: threads,
        }
    }

    fn revoke(&self) {
        let revoked = Fault::Refuse {
            status: 400,
            code: "NotAuthorizedException",
            message: "Refresh Token has been revoked",
        };
        self.sandbox
            .next_answer("GetTokensFromRefreshToken", revoked);
    }

    /// Adds a line above the profiles.
    fn configure(&self, line: &str) {
        let path = self.env.path("config/profiles.toml");
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, format!("{line}\n{text}")).unwrap();
    }
}

#[test]
#[ignore = "needs Python's GObject: ./tests/run"]
fn the_agent_tells_the_desktop_unless_that_is_switched_off() {
    let mut setup = Setup::start(Duration::from_secs(90));
    setup.revoke();
    setup.env.poolkey("agent --once", "").expect(3);
    let told = setup.services.next("notify");
    assert_eq!(told["app"], "Poolkey");
    assert_eq!(told["summary"], "dev: sign-in ends in 2 minutes");
    assert_eq!(told["body"], "Run: poolkey sign-in dev");
    assert!(!told.to_string().contains("ana"), "{told}");
    let password = format!("{}\n", setup.sandbox.description().users[0].password);
    setup
        .env
        .poolkey("sign-in dev --password-stdin", &password)
        .expect(0);
    setup.configure("notifications = false");
    setup.revoke();
    setup.env.poolkey("agent --once", "").expect(3);
    assert_eq!(setup.services.count("notify"), 1);
}

#[test]
#[ignore = "needs a display and Python's GObject: ./tests/run"]
fn a_closed_window_waits_in_the_tray_and_comes_back() {
    let mut setup = Setup::start(Duration::from_secs(90));
    setup.configure("close_to_tray = true");
    setup.revoke();
    let _display = Display::start(&mut setup.env);
    let mut window = setup.env.poolkey_at(env!("CARGO_BIN_EXE_poolkey").as_ref());
    window.stdout(Stdio::null()).stderr(Stdio::null());
    let mut window = start(&mut window);
    let Setup { env, services, .. } = &mut setup;
    Display::wait_for_window(env, true);
    services.next("item");
    let told = services.next("notify");
    assert_eq!(told["summary"], "dev: sign-in ends in 2 minutes");
    assert!(told["actions"].to_string().contains("Sign in"), "{told}");

    // Closed: it waits in the tray, with what is left of the credentials.
    Display::close_window(env);
    Display::wait_for_window(env, false);
    assert_eq!(window.try_wait().unwrap(), None, "it runs on");
    let menu = services.menu();
    let row = |wanted: &str| menu.iter().any(|label| label.starts_with(wanted));
    assert!(
        row("Open Poolkey") && row("dev · ") && row("Quit"),
        "{menu:?}"
    );
    services.command("click Open Poolkey");
    Display::wait_for_window(env, true);

    // So does a second start of the program, which ends at once.
    Display::close_window(env);
    Display::wait_for_window(env, false);
    let again = env.poolkey_at(env!("CARGO_BIN_EXE_poolkey").as_ref());
    finish(again, "").expect(0);
    Display::wait_for_window(env, true);

    // The notification's button brings it back, too.
    Display::close_window(env);
    Display::wait_for_window(env, false);
    services.command(&format!("act {} sign-in", told["notify"]));
    Display::wait_for_window(env, true);

    // Without a tray nothing could bring it back: it ends.
    services.command("leave");
    Display::close_window(env);
    let ended = poll(DEADLINE, || matches!(window.try_wait(), Ok(Some(_))));
    if !ended {
        end(&mut window);
    }
    assert!(ended, "a window that nobody can bring back");
}

#[test]
#[ignore = "needs systemd and Python: ./tests/run"]
fn the_units_are_well_formed() {
    let env = TestEnv::with_file_store();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/packaging");
    let unit = std::fs::read_to_string(format!("{folder}/linux/poolkey-agent.service")).unwrap();
    let here = unit.replace("/usr/bin/poolkey", env!("CARGO_BIN_EXE_poolkey"));
    assert_ne!(unit, here);
    let path = env.path("poolkey-agent.service");
    std::fs::write(&path, here).unwrap();
    let verify = ["--user", "verify", path.to_str().unwrap()];
    env.run("systemd-analyze", &verify, "").expect(0);
    let read = "import plistlib, sys; print(plistlib.load(sys.stdin.buffer)['ProgramArguments'])";
    let plist = std::fs::read_to_string(format!("{folder}/macos/poolkey.agent.plist")).unwrap();
    let read = env.run("python3", &["-c", read], &plist).expect(0);
    assert_eq!(read.stdout.trim(), "['/usr/local/bin/poolkey', 'agent']");
}
