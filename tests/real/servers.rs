//! Servers in processes of their own: Poolkey's sandbox and the ministack emulator.

use std::io::{BufRead as _, BufReader};
use std::net::{TcpListener, TcpStream};
use std::ops::RangeInclusive;
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::Value;

use super::env::{TestEnv, script, tool};
use super::process::{DEADLINE, Done, end, poll, start};

/// `poolkey sandbox` until dropped.
pub struct Sandbox {
    child: Child,
    /// Its first line.
    pub about: Value,
}

impl Sandbox {
    pub fn start(env: &TestEnv) -> Self {
        let mut command = env.poolkey_at(env!("CARGO_BIN_EXE_poolkey").as_ref());
        command
            .arg("sandbox")
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = start(&mut command);
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let about = serde_json::from_str(&line).unwrap();
        Self { child, about }
    }

    pub fn endpoint(&self) -> &str {
        str_of(&self.about, "endpoint")
    }

    /// Adds a profile for one of the sandbox's clients (0: public, 1: confidential).
    pub fn add_profile(&self, env: &TestEnv, name: &str, client: usize) {
        let pool = str_of(&self.about, "identity_pool_id");
        self.add_profile_at(env, name, client, pool);
    }

    /// The identity pool that allows the basic flow.
    pub fn open_pool(&self) -> &str {
        str_of(&self.about["identity_pools"][1], "identity_pool_id")
    }

    /// A role's ARN.
    pub fn role(&self, name: &str) -> &str {
        let mut roles = self.about["roles"].as_array().unwrap().iter();
        str_of(roles.find(|role| role["name"] == name).unwrap(), "arn")
    }

    /// The same at an identity pool.
    pub fn add_profile_at(&self, env: &TestEnv, name: &str, client: usize, pool: &str) {
        let about = &self.about;
        let client = &about["clients"][client];
        let secret = client["client_secret"].as_str();
        let stdin = secret.map_or("", |_| " --client-secret-stdin");
        let arguments = format!(
            "profile add {name} --user-pool-id {} --client-id {} --identity-pool-id {} --endpoint-url {}{stdin}",
            str_of(about, "user_pool_id"),
            str_of(client, "client_id"),
            pool,
            self.endpoint(),
        );
        env.poolkey(&arguments, secret.unwrap_or_default())
            .expect(0);
    }

    /// Adds the profile `ana` and signs in to it.
    pub fn sign_in(&self, env: &TestEnv) -> Done {
        self.add_profile(env, "ana", 0);
        self.sign_in_again(env)
    }

    /// Signs in to the profile `ana`.
    pub fn sign_in_again(&self, env: &TestEnv) -> Done {
        let password = str_of(&self.about["users"][0], "password");
        let arguments = "sign-in ana --username ana --password-stdin --no-input";
        env.poolkey(arguments, &format!("{password}\n"))
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        end(&mut self.child);
    }
}

/// ministack until dropped, with what `ministack_setup.py` made in it.
pub struct Ministack {
    child: Child,
    pub about: Value,
}

impl Ministack {
    /// `AUTH=true` makes it check secret hashes, logins and signatures.
    pub fn start(env: &TestEnv) -> Self {
        let (port, other) = (free_port(), free_port());
        let log = env.path("ministack.log");
        let file = std::fs::File::create(&log).unwrap();
        let mut command = env.command(tool("ministack/bin/ministack"));
        command
            .env("STATE_DIR", env.path("ministack"))
            .env("BIND_HOST", "127.0.0.1")
            .env("GATEWAY_PORT", port.to_string())
            .env("IOT_MTLS_ENABLED", "0")
            .env("IOT_MTLS_PORT", other.to_string())
            .env("AUTH", "true")
            .stdout(file.try_clone().unwrap())
            .stderr(file);
        let child = start(&mut command);
        let mut server = Self {
            child,
            about: Value::Null,
        };
        let up = poll(DEADLINE, || {
            let ended = server.child.try_wait().unwrap();
            assert!(
                ended.is_none(),
                "{}",
                std::fs::read_to_string(&log).unwrap()
            );
            TcpStream::connect(("127.0.0.1", port)).is_ok()
        });
        assert!(up, "{}", std::fs::read_to_string(&log).unwrap());
        let endpoint = format!("http://127.0.0.1:{port}");
        let callback = |()| format!("http://localhost:{}/callback", free_port());
        let [first, second] = [(); 2].map(callback);
        let setup = script("ministack_setup.py");
        let arguments = [setup.as_str(), &endpoint, &first, &second];
        let made = env.run(tool("python/bin/python"), &arguments, "");
        server.about = made.expect(0).json();
        server
    }
}

impl Drop for Ministack {
    fn drop(&mut self) {
        end(&mut self.child);
    }
}

/// A port that is free and stays so: below those that the system hands out by itself, and each only
/// once, from a place that differs between runs at the same time.
fn free_port() -> u16 {
    static TAKEN: AtomicU32 = AtomicU32::new(0);
    const PORTS: RangeInclusive<u32> = 20_000..=31_999;
    let first = std::process::id().wrapping_mul(37);
    loop {
        let number = first.wrapping_add(TAKEN.fetch_add(1, Ordering::Relaxed));
        let port = PORTS.start() + number % (PORTS.end() - PORTS.start());
        let port = u16::try_from(port).unwrap();
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}

/// A text in a JSON object.
#[track_caller]
pub fn str_of<'a>(object: &'a Value, name: &str) -> &'a str {
    object[name]
        .as_str()
        .unwrap_or_else(|| panic!("no {name} in {object}"))
}
