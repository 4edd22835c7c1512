//! Debian's Chromium without a screen, driven by its own driver over `WebDriver`.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};

use serde_json::{Value, json};

use super::env::TestEnv;
use super::process::{DEADLINE, end, poll, start};
use super::web::send;

/// As W3C names the key of an element's reference.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A browser with a fresh profile; it ends when this is dropped.
pub struct Chromium {
    driver: Child,
    /// The driver's address.
    address: String,
    session: String,
}

impl Chromium {
    pub fn start(env: &TestEnv) -> Self {
        let mut command = env.command("chromedriver");
        let mut driver = start(
            command
                .arg("--port=0")
                .stdin(Stdio::null())
                .stdout(Stdio::piped())
                .stderr(Stdio::null()),
        );
        let lines = BufReader::new(driver.stdout.take().unwrap()).lines();
        let port = lines
            .map_while(Result::ok)
            .find_map(|line| port(&line))
            .unwrap();
        let mut browser = Self {
            driver,
            address: format!("http://127.0.0.1:{port}"),
            session: String::new(),
        };
        let made = browser.post("", &capabilities(env));
        browser.session = format!("/{}", made["sessionId"].as_str().unwrap());
        browser
    }

    /// Opens an address; the page has been loaded when this returns.
    pub fn open(&self, url: &str) {
        self.post("/url", &json!({ "url": url }));
    }

    pub fn url(&self) -> String {
        self.get("/url").as_str().unwrap().to_owned()
    }

    /// Types into the element with that ID.
    pub fn type_into(&self, id: &str, text: &str) {
        let element = self.element(&format!("#{id}"));
        self.post(&format!("{element}/value"), &json!({ "text": text }));
    }

    /// Clicks on the element with that ID.
    pub fn click(&self, id: &str) {
        let element = self.element(&format!("#{id}"));
        self.post(&format!("{element}/click"), &json!({}));
    }

    /// What a person reads in the element.
    pub fn text(&self, selector: &str) -> String {
        let text = self.get(&format!("{}/text", self.element(selector)));
        text.as_str().unwrap().to_owned()
    }

    /// How the element really looks.
    pub fn style(&self, selector: &str, property: &str) -> String {
        let value = self.get(&format!("{}/css/{property}", self.element(selector)));
        value.as_str().unwrap().to_owned()
    }

    /// Waits until the page has that title.
    #[track_caller]
    pub fn arrives_at(&self, title: &str) {
        let mut shown = Value::Null;
        let arrived = poll(DEADLINE, || {
            shown = self.get("/title");
            shown == title
        });
        assert!(arrived, "{shown} instead of {title:?} at {}", self.url());
    }

    /// As somebody who set the desktop to light or dark.
    pub fn prefer(&self, scheme: &str) {
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        let command =
            json!({ "cmd": "Emulation.setEmulatedMedia", "params": { "features": features } });
        self.post("/goog/cdp/execute", &command);
    }

    /// A picture for people, kept under `target/tmp/`.
    pub fn screenshot(&self, name: &str) {
        let picture = self.get("/screenshot");
        let bytes = data_encoding::BASE64
            .decode(picture.as_str().unwrap().as_bytes())
            .unwrap();
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        std::fs::write(folder.join(name), bytes).unwrap();
    }

    /// The path of the first element that fits, once there is one.
    #[track_caller]
    fn element(&self, selector: &str) -> String {
        let wanted = json!({ "using": "css selector", "value": selector });
        let mut found = Value::Null;
        poll(DEADLINE, || {
            found = self.ask("POST", "/element", &wanted.to_string());
            found[ELEMENT].is_string()
        });
        let id = found[ELEMENT].as_str();
        let id = id.unwrap_or_else(|| panic!("{selector} at {}: {found}", self.url()));
        format!("/element/{id}")
    }

    fn get(&self, path: &str) -> Value {
        self.ask("GET", path, "")
    }

    #[track_caller]
    fn post(&self, path: &str, body: &Value) -> Value {
        let value = self.ask("POST", path, &body.to_string());
        assert!(value["error"].is_null(), "{path}: {value}");
        value
    }

    fn ask(&self, method: &str, path: &str, body: &str) -> Value {
        let url = format!("{}/session{}{path}", self.address, self.session);
        let headers = "Content-Type: application/json; charset=utf-8\r\n";
        let answer = send(method, &url, headers, body).unwrap();
        let mut json: Value = serde_json::from_str(&answer.body)
            .unwrap_or_else(|error| panic!("{error}: {}", answer.body));
        json["value"].take()
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // The driver ends its browser, also one that never said that it was there; killed, it would
        // leave it behind.
        let _asked = send("GET", &format!("{}/shutdown", self.address), "", "");
        let driver = &mut self.driver;
        let _in_time = poll(DEADLINE, || !matches!(driver.try_wait(), Ok(None)));
        end(driver);
    }
}

fn port(line: &str) -> Option<u16> {
    let (_, port) = line.split_once("started successfully on port ")?;
    port.trim_end_matches('.').parse().ok()
}

/// As root and in containers there is neither the browser's own sandbox nor much shared memory.
fn capabilities(env: &TestEnv) -> Value {
    let profile = format!("--user-data-dir={}", env.path("chromium").display());
    let arguments = [
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--no-first-run",
        "--window-size=900,700",
        &profile,
    ];
    json!({ "capabilities": { "alwaysMatch": {
        "browserName": "chrome",
        "goog:chromeOptions": { "args": arguments },
    } } })
}
