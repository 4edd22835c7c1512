//! What is set in `profiles.toml` for the whole program: the way to AWS, the AWS files, the log.

use std::io::{Read as _, Write as _, copy};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use crate::network::{TlsServer, sign_in_at};
use crate::support::{Home, Spawned};

const FILE: &str = ".config/poolkey/profiles.toml";
const LOG: &str = ".local/state/poolkey/logs/poolkey.log";
const HOST: &str = "cognito.private.example";

/// A proxy that connects everybody to one address, and remembers who was asked for.
struct Proxy {
    address: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    fn to(server: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let asked = Arc::<Mutex<Vec<String>>>::default();
        let heard = asked.clone();
        spawn(move || {
            for stream in listener.incoming().flatten() {
                let (heard, server) = (heard.clone(), server.clone());
                spawn(move || pass_on(stream, &server, &heard));
            }
        });
        Self { address, asked }
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }
}

/// A thread of the proxy.
fn spawn<T: Send + 'static>(
    job: impl FnOnce() -> T + Send + 'static,
) -> std::thread::JoinHandle<T> {
    let named = std::thread::Builder::new().name("proxy".to_owned());
    named.spawn(job).unwrap()
}

fn pass_on(mut stream: TcpStream, server: &str, heard: &Mutex<Vec<String>>) {
    let mut raw = Vec::new();
    let mut byte = [0];
    while !raw.ends_with(b"\r\n\r\n") {
        if stream.read_exact(&mut byte).is_err() {
            return;
        }
        raw.extend(byte);
    }
    let request = String::from_utf8_lossy(&raw).into_owned();
    let mut words = request.split(' ');
    assert_eq!(words.next(), Some("CONNECT"), "{request}");
    heard
        .lock()
        .unwrap()
        .push(words.next().unwrap_or_default().to_owned());
    let mut server = TcpStream::connect(server).unwrap();
    stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
    let (mut back, mut asker) = (server.try_clone().unwrap(), stream.try_clone().unwrap());
    let answers = spawn(move || copy(&mut back, &mut asker));
    let _sent = copy(&mut stream, &mut server);
    let _closed = server.shutdown(std::net::Shutdown::Write);
    let _answered = answers.join();
}

#[test]
fn requests_go_through_the_proxy_and_trust_the_private_authority() {
    let sandbox = Spawned::start();
    let mut home = Home::new();
    let Some(server) = TlsServer::start_as(&home, &format!("DNS:{HOST}")) else {
        return;
    };
    let proxy = Proxy::to(server.address.clone());
    let endpoint = format!("https://{HOST}:8443");
    let proxied = format!("proxy = \"http://{}\"\n", proxy.address);
    home.write(FILE, &proxied);
    sign_in_at(&home, &sandbox, "untrusted", &endpoint)
        .fails(6)
        .says("certificate");
    assert_eq!(proxy.asked()[0], format!("{HOST}:8443"));

    let trusted = home.path("cert.pem").display().to_string();
    let with_ca = format!("{proxied}ca_file = \"{trusted}\"\n");
    home.write(FILE, &with_ca);
    // The page of s_server is not AWS's, but it was reached.
    let ran = sign_in_at(&home, &sandbox, "trusted", &endpoint).fails(6);
    assert!(!ran.err.contains("certificate"), "{ran:?}");
    assert!(!proxy.asked().is_empty());

    home.write(FILE, format!("{proxied}ca_file = \"/nowhere/ca.pem\"\n"));
    sign_in_at(&home, &sandbox, "gone", &endpoint)
        .fails(2)
        .says("/nowhere/ca.pem")
        .says("ca_file");

    // The environment wins.
    home.write(FILE, &with_ca);
    home.set("HTTPS_PROXY", "http://127.0.0.1:1");
    sign_in_at(&home, &sandbox, "env", &endpoint).fails(6);
    assert_eq!(proxy.asked(), Vec::<String>::new());
}

#[test]
fn the_aws_files_are_where_the_settings_say_unless_the_environment_does() {
    let sandbox = Spawned::start();
    let mut home = Home::new();
    home.write(FILE, "aws_config_file = \"~/other/config\"\n");
    home.add("dev", "ana", &sandbox);
    let export = ["export", "dev", "--to", "credential-process"];
    home.poolkey(&export).ok();
    assert!(home.read("other/config").contains("[profile dev]"));
    let by_env = home.path("env/config").display().to_string();
    home.set("AWS_CONFIG_FILE", by_env);
    home.poolkey(&export).ok();
    assert!(home.read("env/config").contains("[profile dev]"));
}

#[test]
fn calls_are_logged_where_that_is_wanted_and_nothing_secret_is() {
    let sandbox = Spawned::start();
    let home = Home::new();
    home.add("quiet", "ana", &sandbox);
    let password = sandbox.password(0);
    home.poolkey_reads(&password, &["sign-in", "quiet", "--password-stdin"])
        .ok();
    assert!(!home.path(LOG).exists());
    let profiles = home.read(FILE);
    home.write(FILE, format!("log = true\n{profiles}"));
    home.poolkey_reads(&password, &["sign-in", "quiet", "--password-stdin"])
        .ok();
    let log = home.read(LOG);
    assert!(log.contains("Cognito user pool InitiateAuth"), "{log}");
    assert!(log.contains(" AWS credentials: "), "steps as well: {log}");
    assert!(
        log.contains("Cognito identity pool GetId") || log.lines().count() > 1,
        "{log}"
    );
    assert!(
        !log.contains(password.trim()) && !log.contains("eyJ"),
        "{log}"
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = home.path(LOG).metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn a_proxy_with_a_password_is_refused_without_repeating_it() {
    let home = Home::new();
    home.write(FILE, "proxy = \"http://ana:canary@proxy:1\"\n");
    let ran = home.poolkey(&["status"]).fails(2).says("line 1");
    assert!(ran.err.contains("HTTPS_PROXY") && !ran.err.contains("canary"));
}
