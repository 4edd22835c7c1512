//! Signing in through the browser on a machine whose clock is wrong: the ID token is neither too old
//! nor from the future.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Arc;

use async_trait::async_trait;
use jiff::SignedDuration;
use poolkey::domain::{Problem, Secret};
use poolkey::ops::browser::{self, BrowserWatch, Pastes};

use crate::support::{Quiet, bench_with, secret};

/// Signs in as `ana` on the sandbox's page and pastes the address where the browser ended.
struct Elsewhere {
    pastes: Arc<Pastes>,
    password: Secret,
}

#[async_trait]
impl BrowserWatch for Elsewhere {
    fn opened(&self, url: &str) {
        let (url, password) = (url.to_owned(), self.password.expose().to_owned());
        let pastes = self.pastes.clone();
        std::thread::Builder::new()
            .spawn(move || pastes.put(secret(&ended_at(&url, &password))))
            .unwrap();
    }

    fn opens(&self) -> bool {
        false
    }

    fn not_opened(&self, problem: &Problem) {
        panic!("{problem}");
    }

    async fn pasted(&self) -> Secret {
        self.pastes.next().await
    }

    fn paste_refused(&self, problem: &Problem) {
        panic!("{problem}");
    }
}

fn ended_at(url: &str, password: &str) -> String {
    let rest = url.strip_prefix("http://").unwrap();
    let (host, path) = rest.split_once('/').unwrap();
    let (first, _) = ask(host, &format!("/{path}"), "", None);
    let (head, page) = ask(host, &header(&first, "location"), "", None);
    let cookies: Vec<&str> = head
        .lines()
        .filter_map(|line| line.strip_prefix("set-cookie: "))
        .filter_map(|cookie| cookie.split(';').next())
        .collect();
    let mut form = form_urlencoded::Serializer::new(String::new());
    for hidden in page.split("<input type=\"hidden\" name=\"").skip(1) {
        let (name, rest) = hidden.split_once('"').unwrap();
        let value = rest.split('"').nth(1).unwrap();
        form.append_pair(name, value);
    }
    form.append_pair("username", "ana");
    form.append_pair("password", password);
    let action = page
        .split("<form method=\"post\" action=\"")
        .nth(1)
        .unwrap();
    let action = action.split('"').next().unwrap().replace("&amp;", "&");
    let (done, _) = ask(host, &action, &cookies.join("; "), Some(form.finish()));
    header(&done, "location")
}

fn header(head: &str, name: &str) -> String {
    let prefix = format!("{name}: ");
    let mut lines = head.lines();
    let found = lines.find_map(|line| line.strip_prefix(&prefix));
    found.unwrap_or_else(|| panic!("{head}")).to_owned()
}

/// One request; head and body of the answer.
fn ask(host: &str, path: &str, cookies: &str, form: Option<String>) -> (String, String) {
    let method = if form.is_some() { "POST" } else { "GET" };
    let body = form.unwrap_or_default();
    let mut stream = TcpStream::connect(host).unwrap();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncookie: {cookies}\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.to_owned(), body.to_owned())
}

/// The first answer of the service is the token endpoint's: nothing else has told the time before.
#[tokio::test(flavor = "multi_thread")]
async fn the_id_token_is_judged_by_the_services_clock() {
    for hours in [-5, -3, 3, 5] {
        let off = SignedDuration::from_hours(hours);
        let bench = bench_with("ana", off).await;
        let watch = Elsewhere {
            pastes: Arc::default(),
            password: bench.password("ana"),
        };
        let finished = browser::sign_in(&bench.deps, &bench.profile, &watch, &Quiet).await;
        let session = bench.finish(finished.unwrap()).await.unwrap().session;
        let clock = &bench.deps.clock;
        assert_eq!(clock.offset(), -off);
        assert_eq!(
            session.remaining(clock.now()),
            SignedDuration::from_hours(1)
        );
        assert_eq!(bench.sandbox.calls("InitiateAuth"), 0);
    }
}
