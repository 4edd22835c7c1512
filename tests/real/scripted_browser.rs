//! A sign-in that waits for its browser, and the browser: `tests/tools/browser.py`, a page at a time.

use std::process::Stdio;

use serde_json::{Value, json};

use super::env::{script, tool};
use super::ministack::Setup;
use super::process::Running;
use super::servers::str_of;

/// On the page that a browser ends at when all is well.
pub const WHY: &str = "go back to Poolkey";

impl Setup {
    /// Adds a profile of managed login at one of the pool's app clients.
    pub fn add_browser_profile(&self, name: &str, client: &str, options: &str) {
        let about = self.about();
        let [first, second] = [0, 1].map(|number| about["callbacks"][number].as_str().unwrap());
        let domain = str_of(about, "endpoint");
        let options = format!(
            "browser --domain {domain} --callback-url {first} --callback-url {second}{options}"
        );
        self.add_profile(name, about, client, &options);
    }

    /// A sign-in that waits for its browser, and the address for that.
    pub fn begin(&self, name: &str) -> (Running, String) {
        let mut command = self.env.poolkey_at(env!("CARGO_BIN_EXE_poolkey").as_ref());
        command
            .args(["sign-in", name, "--no-open", "-v"])
            .stdin(Stdio::piped());
        let mut running = Running::start(&mut command);
        let address = running.line("http");
        (running, address)
    }

    /// Where the browser ends.
    pub fn browse(&self, url: &str, forms: &Value, stop_at: Option<&str>) -> Value {
        let orders = json!({ "url": url, "forms": forms, "stop_at": stop_at });
        let browser = script("browser.py");
        let done = self
            .env
            .run(tool("python/bin/python"), &[&browser], &orders.to_string());
        done.expect(0).json()
    }

    /// Ana at the pool's own page.
    pub fn ana_types(&self) -> Value {
        json!([{ "username": "ana", "password": self.ana("password") }])
    }
}

/// The address with another value of one parameter.
pub fn with(address: &str, name: &str, value: &str) -> String {
    let start = address.find(&format!("{name}=")).unwrap() + name.len() + 1;
    let end = address[start..]
        .find('&')
        .map_or(address.len(), |end| start + end);
    format!("{}{value}{}", &address[..start], &address[end..])
}
