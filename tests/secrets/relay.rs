//! A relay between the program and the sandbox, which remembers what the program sent.
//!
//! Deliberately absent: HTTP. Bytes go through as they are; a browser is one request.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// Runs until the test ends.
pub struct Relay {
    pub endpoint: String,
    sent: Arc<Mutex<Vec<u8>>>,
}

impl Relay {
    pub fn start(to: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let to = to.trim_start_matches("http://").to_owned();
        let sent = Arc::new(Mutex::new(Vec::new()));
        let memory = sent.clone();
        start(move || {
            for client in listener.incoming().flatten() {
                let server = TcpStream::connect(&to).unwrap();
                let (from, into) = (server.try_clone().unwrap(), client.try_clone().unwrap());
                start(move || copy(from, into, None));
                let memory = memory.clone();
                start(move || copy(client, server, Some(&memory)));
            }
        });
        Self {
            endpoint: format!("http://{address}"),
            sent,
        }
    }

    fn sent(&self) -> String {
        String::from_utf8_lossy(&self.sent.lock().unwrap()).into_owned()
    }

    /// True when the program sent this text.
    pub fn saw(&self, text: &str) -> bool {
        self.sent().contains(text)
    }

    /// Every value of that name that was sent, in a form or as JSON.
    pub fn values(&self, name: &str) -> Vec<String> {
        let sent = self.sent();
        let starts = [format!("{name}="), format!("\"{name}\":\"")];
        let found = starts.iter().flat_map(|start| sent.split(start).skip(1));
        let ends = |letter: char| letter == '&' || letter == '"' || letter.is_whitespace();
        found
            .filter_map(|rest| rest.split(ends).next())
            // What belongs to the next request on the connection begins with its method.
            .map(|value| value.trim_end_matches("POST").to_owned())
            .collect()
    }

    /// A browser that signs in at this address; answers where it is sent back to.
    pub fn sign_in(&self, url: &str, username: &str, password: &str) -> String {
        let (_, query) = url.split_once('?').unwrap();
        // Both halves of the forgery check are the browser's.
        let token = "A".repeat(43);
        let form = form_urlencoded::Serializer::new(String::new())
            .append_pair("username", username)
            .append_pair("password", password)
            .append_pair("_csrf", &token)
            .finish();
        let host = self.endpoint.trim_start_matches("http://");
        let request = format!(
            "POST /login?{query} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\
             cookie: XSRF-TOKEN={token}\r\ncontent-length: {}\r\n\
             content-type: application/x-www-form-urlencoded\r\n\r\n{form}",
            form.len()
        );
        let mut stream = TcpStream::connect(host).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let mut lines = answer.lines();
        let line = lines.find_map(|line| line.strip_prefix("location: "));
        line.unwrap_or_else(|| panic!("{answer}")).to_owned()
    }
}

fn start(work: impl FnOnce() + Send + 'static) {
    let thread = thread::Builder::new().name("relay".to_owned());
    thread.spawn(work).unwrap();
}

fn copy(mut from: TcpStream, mut into: TcpStream, memory: Option<&Mutex<Vec<u8>>>) {
    let mut some = [0; 8192];
    while let Ok(count @ 1..) = from.read(&mut some) {
        if let Some(memory) = memory {
            memory.lock().unwrap().extend(&some[..count]);
        }
        if into.write_all(&some[..count]).is_err() {
            break;
        }
    }
    let _closed = into.shutdown(Shutdown::Write);
}
