//! Managed login in a browser that nobody here wrote: `poolkey sign-in --browser` hands the address
//! over, Chromium signs in on the sandbox's pages and ends at Poolkey's own.

use std::os::unix::fs::PermissionsExt as _;
use std::process::{Child, Stdio};

use poolkey::sandbox::{Running, Sandbox, Settings};
use tokio::runtime::Runtime;

use super::env::TestEnv;
use super::process::{DEADLINE, poll, start};
use super::web::callback_urls;
use super::webdriver::Chromium;

const SIGNED_IN: &str = "You are signed in – Poolkey";
const NOT_SIGNED_IN: &str = "Not signed in – Poolkey";

/// A sandbox, a home with the profile `dev`, and a program in `BROWSER` that notes the address.
struct Setup {
    sandbox: Running,
    env: TestEnv,
    _threads: Runtime,
}

impl Setup {
    fn start() -> Self {
        let threads = Runtime::new().unwrap();
        let sandbox = threads.block_on(Sandbox::start(Settings::default()));
        let setup = Self {
            sandbox: sandbox.unwrap(),
            env: with_browser(),
            _threads: threads,
        };
        let urls = callback_urls("localhost");
        let registered: Vec<&str> = urls.iter().map(String::as_str).collect();
        assert!(setup.sandbox.set_callback_urls("public", &registered));
        let about = setup.sandbox.description();
        let arguments = format!(
            "profile add dev --user-pool-id {} --client-id {} --identity-pool-id {} \
             --endpoint-url {} --domain {} --callback-url {}",
            about.user_pool_id,
            about.clients[0].client_id,
            about.identity_pool_id,
            about.endpoint,
            about.domain,
            urls.join(" --callback-url "),
        );
        setup.env.poolkey(&arguments, "").expect(0);
        setup
    }

    /// Runs a command that opens the browser; the address it opens.
    fn opens(&self, arguments: &str) -> (Child, String) {
        let mut command = self.env.poolkey_at(env!("CARGO_BIN_EXE_poolkey").as_ref());
        let output = std::fs::File::create(self.env.path("said")).unwrap();
        let child = start(
            command
                .args(arguments.split(' '))
                .stdin(Stdio::null())
                .stdout(output.try_clone().unwrap())
                .stderr(output),
        );
        let opened = self.env.path("opened");
        let came = poll(DEADLINE, || opened.exists());
        assert!(came, "{}", self.said());
        let url = std::fs::read_to_string(&opened).unwrap();
        std::fs::remove_file(opened).unwrap();
        (child, url)
    }

    fn said(&self) -> String {
        std::fs::read_to_string(self.env.path("said")).unwrap()
    }

    #[track_caller]
    fn ends(&self, mut child: Child, status: i32) -> String {
        let mut ended = None;
        let in_time = poll(DEADLINE, || {
            ended = child.try_wait().unwrap();
            ended.is_some()
        });
        assert!(in_time, "{}", self.said());
        let said = self.said();
        assert_eq!(ended.unwrap().code(), Some(status), "{said}");
        said
    }
}

fn with_browser() -> TestEnv {
    let mut env = TestEnv::with_file_store();
    let (script, opened) = (env.path("my-browser"), env.path("opened"));
    let opened = opened.display();
    let text =
        format!("#!/bin/sh\nprintf %s \"$1\" >'{opened}.part'\nmv '{opened}.part' '{opened}'\n");
    std::fs::write(&script, text).unwrap();
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).unwrap();
    env.set("BROWSER", &script.display().to_string());
    env
}

/// Luminance is enough: dark or light.
fn is_dark(color: &str) -> bool {
    let inside = color.split(['(', ')']).nth(1).unwrap();
    let red = inside.split(',').next().unwrap().trim();
    red.parse::<u8>().unwrap() < 128
}

#[test]
#[ignore = "needs chromium and chromium-driver; ./tests/run runs it"]
fn chromium_signs_in_and_out() {
    let setup = Setup::start();
    let browser = Chromium::start(&setup.env);

    let (child, url) = setup.opens("sign-in dev --browser");
    browser.prefer("light");
    browser.open(&url);
    let ana = &setup.sandbox.description().users[0];
    browser.type_into("username", ana.username);
    browser.type_into("password", ana.password);
    browser.click("sign-in");
    browser.arrives_at(SIGNED_IN);
    assert_eq!(browser.text("h1"), "You are signed in");
    assert!(browser.text("main").contains("go back to Poolkey"));
    assert!(browser.url().starts_with("http://localhost:"));
    assert!(!is_dark(&browser.style("body", "background-color")));
    browser.screenshot("managed-login-light.png");
    let said = setup.ends(child, 0);
    assert!(said.contains("Signed in to dev as ana"), "{said}");
    let credentials = setup.env.poolkey("credentials dev", "").expect(0).json();
    assert_eq!(credentials["Version"], 1);
    assert!(credentials["AccessKeyId"].is_string());

    // The browser remembers who signed in, until it is told not to.
    let (child, url) = setup.opens("sign-in dev --browser");
    browser.prefer("dark");
    browser.open(&url);
    browser.arrives_at(SIGNED_IN);
    assert!(is_dark(&browser.style("body", "background-color")));
    browser.screenshot("managed-login-dark.png");
    setup.ends(child, 0);

    let (child, url) = setup.opens("sign-out dev --browser");
    browser.open(&url);
    browser.arrives_at("Sign in · Poolkey sandbox");
    setup.ends(child, 0);
    setup.env.poolkey("credentials dev", "").expect(3);
}

#[test]
#[ignore = "needs chromium and chromium-driver; ./tests/run runs it"]
fn chromium_goes_to_a_provider_and_cancels_there() {
    let setup = Setup::start();
    let browser = Chromium::start(&setup.env);

    let (child, url) = setup.opens("sign-in dev --browser");
    browser.open(&url);
    browser.click("provider-Google");
    browser.click("cancel");
    browser.arrives_at(NOT_SIGNED_IN);
    assert!(browser.text("main").contains("cancelled or denied"));
    browser.screenshot("managed-login-cancelled.png");
    let said = setup.ends(child, 5);
    assert!(said.contains("access_denied"), "{said}");

    let (child, url) = setup.opens("sign-in dev --browser");
    browser.open(&url);
    browser.click("provider-Google");
    browser.click("continue");
    browser.arrives_at(SIGNED_IN);
    let said = setup.ends(child, 0);
    assert!(said.contains("as Google_"), "{said}");
}
