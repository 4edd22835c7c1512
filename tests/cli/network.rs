//! Endpoints that are not there, do not speak TLS, or are not trusted.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::support::{Home, Ran, Spawned, add};

pub fn sign_in_at(home: &Home, sandbox: &Spawned, name: &str, endpoint: &str) -> Ran {
    let mut arguments = add(name, sandbox);
    arguments[10] = endpoint;
    arguments.extend(["--username", "ana"]);
    home.poolkey(&arguments).ok();
    let sign_in = ["sign-in", name, "--password-stdin"];
    home.poolkey_reads(sandbox.password(0), &sign_in)
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

#[test]
fn nobody_listens() {
    let sandbox = Spawned::start();
    let port = free_port();
    let home = Home::new();
    sign_in_at(&home, &sandbox, "dev", &format!("http://127.0.0.1:{port}"))
        .fails(6)
        .says("refused");
    sign_in_at(&home, &sandbox, "six", &format!("http://[::1]:{port}")).fails(6);
    sign_in_at(&home, &sandbox, "name", "http://poolkey.invalid:1").fails(6);
}

/// Answers everything as a web server answers what is no HTTP.
fn plain_server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let serve = move || {
        for mut stream in listener.incoming().flatten() {
            let mut some = [0; 1024];
            if stream.read(&mut some).is_ok() {
                let answer = b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n";
                let _sent = stream.write_all(answer);
            }
        }
    };
    std::thread::Builder::new().spawn(serve).unwrap();
    address
}

#[test]
fn an_https_endpoint_that_speaks_plain_http() {
    let sandbox = Spawned::start();
    let endpoint = format!("https://{}", plain_server());
    sign_in_at(&Home::new(), &sandbox, "dev", &endpoint)
        .fails(6)
        .says("TLS");
}

/// `openssl s_server` with a certificate that nobody trusts unasked.
pub struct TlsServer {
    child: Child,
    pub address: String,
    endpoint: String,
}

impl TlsServer {
    /// None on a machine without openssl.
    fn start(home: &Home) -> Option<Self> {
        Self::start_as(home, "IP:127.0.0.1")
    }

    /// The same with a certificate for this name.
    pub fn start_as(home: &Home, name: &str) -> Option<Self> {
        // No certificate authority: one may not be the server as well.
        home.write(
            "openssl.cnf",
            format!(
                "[req]\ndistinguished_name = dn\nx509_extensions = server\n[dn]\n[server]\n\
                 basicConstraints = CA:FALSE\nsubjectAltName = {name}\n"
            ),
        );
        let request = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 \
                       -config openssl.cnf -keyout key.pem -out cert.pem";
        let made = home
            .command("openssl")
            .args(request.split_whitespace())
            .output()
            .ok()?;
        assert!(made.status.success(), "{made:?}");
        let address = format!("127.0.0.1:{}", free_port());
        let child = home
            .command("openssl")
            .args(["s_server", "-accept", &address])
            .args(["-key", "key.pem", "-cert", "cert.pem", "-www"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let server = Self {
            child,
            endpoint: format!("https://{address}"),
            address: address.clone(),
        };
        let deadline = Instant::now() + Duration::from_secs(10);
        while TcpStream::connect(&address).is_err() {
            assert!(Instant::now() < deadline, "openssl does not listen");
            std::thread::yield_now();
        }
        Some(server)
    }
}

impl Drop for TlsServer {
    fn drop(&mut self) {
        let _killed = self.child.kill();
        let _waited = self.child.wait();
    }
}

#[test]
fn a_certificate_is_trusted_only_when_named() {
    let sandbox = Spawned::start();
    let mut home = Home::new();
    let Some(server) = TlsServer::start(&home) else {
        return;
    };
    sign_in_at(&home, &sandbox, "dev", &server.endpoint)
        .fails(6)
        .says("certificate")
        .says("AWS_CA_BUNDLE");
    let bundle = home.path("cert.pem").display().to_string();
    home.set("AWS_CA_BUNDLE", bundle);
    // The page of s_server is not AWS's, but it was reached.
    let ran = sign_in_at(&home, &sandbox, "trusted", &server.endpoint).fails(6);
    assert!(!ran.err.contains("certificate"), "{ran:?}");
    home.set("AWS_CA_BUNDLE", "/nowhere/bundle.pem");
    sign_in_at(&home, &sandbox, "gone", &server.endpoint)
        .fails(2)
        .says("/nowhere/bundle.pem");
    home.write("empty.pem", "no certificate\n");
    let bundle = home.path("empty.pem").display().to_string();
    home.set("AWS_CA_BUNDLE", bundle);
    let ran = sign_in_at(&home, &sandbox, "empty", &server.endpoint);
    assert!(!ran.err.contains("panicked"), "{ran:?}");
    assert!(matches!(ran.code, Some(2 | 6)), "{ran:?}");
}

/// A proxy is asked for AWS, and never for an address of this machine.
#[test]
fn this_machine_is_not_asked_through_a_proxy() {
    let sandbox = Spawned::start();
    let mut home = Home::new();
    home.set("HTTPS_PROXY", "http://127.0.0.1:1");
    home.set("HTTP_PROXY", "http://127.0.0.1:1");
    let endpoint = sandbox.text("/endpoint").to_owned();
    sign_in_at(&home, &sandbox, "dev", &endpoint).ok();
}
