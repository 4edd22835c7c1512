//! `serve`: the container credentials endpoint over real HTTP, and who gets nothing from it.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use poolkey::sandbox::Settings;
use serde_json::Value;

use crate::local::{DEADLINE, Local};
use crate::support::web::{Answer, send};
use crate::support::{Home, POOLKEY, Ran};

/// `poolkey serve …`, which has said where it is.
pub struct Serving {
    pub child: Child,
    uri: String,
    pub file: PathBuf,
}

impl Serving {
    pub fn start(home: &Home, arguments: &[&str]) -> Self {
        let mut child = home
            .command(POOLKEY)
            .args([&["serve", "dev"], arguments].concat())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        out.read_line(&mut line).unwrap();
        let said: Value = serde_json::from_str(&line).unwrap();
        Self {
            uri: said["uri"].as_str().unwrap().to_owned(),
            file: said["token_file"].as_str().unwrap().into(),
            child,
        }
    }

    fn token(&self) -> String {
        std::fs::read_to_string(&self.file).unwrap()
    }

    fn authority(&self) -> &str {
        let rest = self.uri.strip_prefix("http://").unwrap();
        rest.split('/').next().unwrap()
    }

    /// With the token, and these headers.
    fn get(&self, headers: &str) -> Answer {
        let token = self.token();
        let headers = format!("Authorization: {token}\r\n{headers}");
        send("GET", &self.uri, &headers, "").unwrap()
    }

    /// The status of a refusal, at the path with this behind it.
    #[track_caller]
    fn refused(&self, method: &str, behind: &str, headers: &str) -> u16 {
        let answer = send(method, &format!("{}{behind}", self.uri), headers, "").unwrap();
        assert!(answer.header("location").is_none());
        assert!(answer.header("access-control-allow-origin").is_none());
        if method != "HEAD" {
            let said: Value = serde_json::from_str(&answer.body).unwrap();
            assert!(said["code"].is_string() && said["message"].is_string());
            assert_eq!(said.as_object().unwrap().len(), 2, "{said}");
        }
        answer.status
    }

    /// Asks, and waits for nothing.
    pub fn ask(&self) -> TcpStream {
        let mut stream = TcpStream::connect(self.authority()).unwrap();
        let (authority, token) = (self.authority(), self.token());
        let head = format!("Host: {authority}\r\nAuthorization: {token}\r\n");
        let request = format!("GET /credentials HTTP/1.1\r\n{head}\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        stream
    }

    /// Bytes as they are; the status that came back, 0 for none.
    fn raw(&self, request: &str) -> u16 {
        let mut stream = TcpStream::connect(self.authority()).unwrap();
        stream.set_read_timeout(Some(DEADLINE)).unwrap();
        let _cut = stream.write_all(request.as_bytes());
        let mut answer = String::new();
        let _cut = stream.read_to_string(&mut answer);
        assert!(!answer.contains("SecretAccessKey"), "{answer}");
        answer
            .get(9..12)
            .map_or(0, |status| status.parse().unwrap())
    }

    pub fn signal(&self, signal: &str) {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args([signal, &pid]).status().unwrap();
        assert!(sent.success());
    }

    pub fn end(mut self, signal: &str) -> Ran {
        self.signal(signal);
        let status = self.child.wait().unwrap();
        let mut err = String::new();
        let mut pipe = self.child.stderr.take().unwrap();
        pipe.read_to_string(&mut err).unwrap();
        Ran {
            code: status.code(),
            out: String::new(),
            err,
        }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _killed = self.child.kill();
        let _waited = self.child.wait();
    }
}

fn signed_in() -> (Local, Home) {
    let local = Local::start(Settings::default());
    let home = local.signed_in();
    (local, home)
}

#[test]
fn credentials_come_with_the_token_until_it_is_asked_to_end() {
    let (_local, home) = signed_in();
    let serving = Serving::start(&home, &["-v"]);
    let state = home.path(".local/state/poolkey/endpoints");
    assert_eq!(serving.file.parent().unwrap(), state);
    let mode = serving.file.metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(serving.token().trim(), serving.token());

    let answer = serving.get("");
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert_eq!(answer.header("access-control-allow-origin"), None);
    let seen: Value = serde_json::from_str(&answer.body).unwrap();
    let ours = home.poolkey(&["credential-process", "dev"]).ok().json();
    for (theirs, name) in [
        ("AccessKeyId", "AccessKeyId"),
        ("SecretAccessKey", "SecretAccessKey"),
        ("Token", "SessionToken"),
        ("Expiration", "Expiration"),
        ("AccountId", "AccountId"),
    ] {
        assert_eq!(seen[theirs], ours[name], "{theirs}");
    }
    assert_eq!(seen.as_object().unwrap().len(), 5);
    let bearer = format!("Authorization: Bearer {}\r\n", serving.token());
    assert_eq!(send("GET", &serving.uri, &bearer, "").unwrap().status, 200);

    let (file, token) = (serving.file.clone(), serving.token());
    let ran = serving.end("-TERM");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(!file.exists());
    for secret in ["SecretAccessKey", "Token"] {
        let secret = seen[secret].as_str().unwrap();
        assert!(!ran.err.contains(secret) && !ran.err.contains(&token));
    }
    ran.says("AWS_CONTAINER_CREDENTIALS_FULL_URI='http://127.0.0.1:")
        .says(&format!(
            "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE='{}'",
            file.display()
        ))
        .says("AWS_REGION='us-east-1' AWS_DEFAULT_REGION='us-east-1'");
}

#[test]
fn everybody_else_gets_nothing() {
    let (local, home) = signed_in();
    let serving = Serving::start(&home, &["-v"]);
    let token = serving.token();
    let asked = local.sandbox.calls("GetCredentialsForIdentity");
    let other = without_the_token(&serving, &token);
    with_another_request(&serving, &token);
    with_another_host(&serving, &token);
    assert_eq!(local.sandbox.calls("GetCredentialsForIdentity"), asked);
    let ran = serving.end("-INT").ok();
    assert!(!ran.err.contains(&token) && !ran.err.contains(&other));
    ran.says("GET /credentials: refused with 401")
        .says("refused with 403: Host")
        .says("refused with 403: Web pages")
        .says("POST /credentials: refused with 405");
}

/// None, another, one of the same length (which is answered), and two.
fn without_the_token(serving: &Serving, token: &str) -> String {
    let mut other = token.to_owned();
    other.pop();
    other.push(if token.ends_with('A') { 'B' } else { 'A' });
    assert_eq!(serving.refused("GET", "", ""), 401);
    for wrong in ["x", &other, &format!("Basic {token}")] {
        let header = format!("Authorization: {wrong}\r\n");
        assert_eq!(serving.refused("GET", "", &header), 401, "{wrong}");
    }
    let header = format!("Authorization: {token}\r\n");
    assert_eq!(serving.refused("GET", "", &header.repeat(2)), 401);
    other
}

/// With the token, but from a page, or for something else.
fn with_another_request(serving: &Serving, token: &str) {
    let with = |more: &str| format!("Authorization: {token}\r\n{more}");
    for page in [
        "Origin: http://127.0.0.1",
        "Origin: null",
        "Referer: http://127.0.0.1/",
        "Sec-Fetch-Site: same-origin",
        "Sec-Fetch-Mode: no-cors",
    ] {
        let headers = with(&format!("{page}\r\n"));
        assert_eq!(serving.refused("GET", "", &headers), 403, "{page}");
    }
    for method in ["POST", "OPTIONS", "HEAD"] {
        assert_eq!(serving.refused(method, "", &with("")), 405, "{method}");
    }
    assert_eq!(serving.refused("GET", "/x", &with("")), 404);
    assert_eq!(serving.refused("GET", "/../", &with("")), 404);
}

/// With the token, but under a name that is not this endpoint's.
fn with_another_host(serving: &Serving, token: &str) {
    let port = serving.authority().rsplit(':').next().unwrap();
    let ask = |first: &str, hosts: &[&str]| {
        let hosts = hosts.iter().map(|host| format!("Host: {host}\r\n"));
        let hosts: String = hosts.collect();
        format!("GET {first}\r\n{hosts}Authorization: {token}\r\n\r\n")
    };
    let first = "/credentials HTTP/1.1";
    let ours = format!("127.0.0.1:{port}");
    for wrong in [
        ask(first, &["evil.example"]),
        ask(first, &[&format!("evil.example:{port}")]),
        ask(first, &["127.0.0.1"]),
        ask(first, &["127.0.0.1:1"]),
        ask(first, &[&format!("127.0.0.1.evil:{port}")]),
        ask(first, &[]),
        ask(first, &[&ours, "evil.example"]),
        ask("/credentials HTTP/1.0", &[]),
        ask("http://evil.example/credentials HTTP/1.1", &[&ours]),
    ] {
        assert_eq!(serving.raw(&wrong), 403, "{wrong}");
    }
    let endless = format!("/{} HTTP/1.1", "x".repeat(600_000));
    assert!([0, 414, 431].contains(&serving.raw(&ask(&endless, &[&ours]))));
    // Loopback has several names.
    for name in ["127.0.0.1", "localhost", "LocalHost", "[::1]"] {
        let host = format!("{name}:{port}");
        let mut stream = TcpStream::connect(serving.authority()).unwrap();
        stream.write_all(ask(first, &[&host]).as_bytes()).unwrap();
        let mut line = String::new();
        BufReader::new(stream).read_line(&mut line).unwrap();
        assert!(line.starts_with("HTTP/1.1 200"), "{name}: {line}");
    }
}

#[test]
fn who_says_nothing_keeps_nobody_waiting() {
    let (_local, home) = signed_in();
    let serving = Serving::start(&home, &[]);
    // More than are listened to at once.
    let slow: Vec<TcpStream> = (0..300)
        .map(|number| {
            let mut stream = TcpStream::connect(serving.authority()).unwrap();
            let begun = if number % 2 == 0 { "" } else { "GET /cred" };
            stream.write_all(begun.as_bytes()).unwrap();
            stream
        })
        .collect();
    let begun = Instant::now();
    assert_eq!(serving.get("").status, 200);
    assert!(begun.elapsed() < Duration::from_secs(2));
    // They are cut off, and hold up no end.
    for mut stream in slow {
        stream.set_read_timeout(Some(DEADLINE)).unwrap();
        let mut answer = String::new();
        let _cut = stream.read_to_string(&mut answer);
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"));
    }
    assert!(begun.elapsed() < Duration::from_secs(20));
    assert_eq!(serving.end("-TERM").code, Some(0));
}

#[test]
fn many_at_once_cost_one_exchange() {
    let local = Local::start(Settings::default());
    let home = local.due();
    let serving = Serving::start(&home, &[]);
    let asked = local.sandbox.calls("GetCredentialsForIdentity");
    let bodies: Vec<String> = std::thread::scope(|scope| {
        let asking: Vec<_> = (0..20)
            .map(|_| scope.spawn(|| serving.get("").body))
            .collect();
        asking.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert!(bodies[0].contains("SecretAccessKey"));
    assert!(bodies.iter().all(|body| *body == bodies[0]));
    assert_eq!(local.refreshes(), 1);
    assert_eq!(local.sandbox.calls("GetCredentialsForIdentity"), asked + 1);
}

#[test]
fn without_a_sign_in_it_says_so_and_works_after_one() {
    let local = Local::start(Settings::default());
    let home = local.home("ana", "srp", "public");
    let serving = Serving::start(&home, &[]);
    let answer = serving.get("");
    assert_eq!(answer.status, 403);
    let said: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(said["code"], "SignInNeeded");
    let message = said["message"].as_str().unwrap();
    assert!(message.contains("poolkey sign-in dev"), "{message}");
    let sign_in = ["sign-in", "dev", "--password-stdin"];
    home.poolkey_reads(local.password("ana"), &sign_in).ok();
    assert_eq!(serving.get("").status, 200);
    serving.end("-TERM").says("not signed in");
}

#[test]
fn what_a_killed_one_left_is_swept() {
    let (_local, home) = signed_in();
    let killed = Serving::start(&home, &[]);
    let (file, port) = (killed.file.clone(), killed.authority().to_owned());
    assert_eq!(killed.end("-KILL").code, None);
    assert!(file.exists(), "nobody was there to remove it");
    let port = port.rsplit(':').next().unwrap();
    let first = Serving::start(&home, &["--token-file", "mine"]);
    assert!(file.exists(), "another folder is not its business");
    let second = Serving::start(&home, &[]);
    assert!(!file.exists());
    // A port of its own choice, and the same file as before.
    let third = Serving::start(&home, &["--port", port]);
    assert_eq!(third.file, file);
    let fourth = Serving::start(&home, &[]);
    for serving in [&first, &second, &third, &fourth] {
        assert_eq!(serving.get("").status, 200);
    }
}

#[test]
fn a_port_or_a_file_that_is_taken_is_refused() {
    let (_local, home) = signed_in();
    let serving = Serving::start(&home, &["--token-file", "token"]);
    assert_eq!(serving.file, home.path("token"));
    let port = serving.authority().rsplit(':').next().unwrap();
    home.poolkey(&["serve", "dev", "--port", port])
        .fails(2)
        .says(port);
    let precious = home.write("precious", "PRIVATE KEY");
    home.write("folder/x", "");
    for (file, why) in [
        ("precious", "something else"),
        ("folder", "not a regular file"),
        ("token", "running"),
    ] {
        home.poolkey(&["serve", "dev", "--token-file", file])
            .fails(7)
            .says(why);
    }
    assert_eq!(std::fs::read_to_string(precious).unwrap(), "PRIVATE KEY");
    assert_eq!(serving.get("").status, 200);
    home.poolkey(&["serve", "nobody"]).fails(2);
    let begun = Instant::now();
    serving.end("-TERM").ok();
    assert!(
        begun.elapsed() < Duration::from_secs(2),
        "nothing to wait for"
    );
}
