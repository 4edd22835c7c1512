//! Stands between Poolkey and the token endpoint, and changes what the endpoint says.
//!
//! Browsers pass it by: only the domain that Poolkey knows is its own.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread;

use serde_json::Value;

use crate::support::Bench;
use crate::web::send;

/// Puts itself in front of the bench's managed login. It works on the answer's JSON once.
pub fn meddle(bench: &mut Bench, change: impl FnOnce(&mut Value) + Send + 'static) {
    let server = bench.sandbox.description().domain.clone();
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let login = bench.profile.managed_login.as_mut().unwrap();
    login.domain = address.parse().unwrap();
    thread::Builder::new()
        .name("meddler".to_owned())
        .spawn(move || {
            let (client, _) = listener.accept().unwrap();
            answer(client, &server, change);
        })
        .unwrap();
}

/// The page's address as the sandbox has it.
pub fn past(bench: &Bench, url: &str) -> String {
    let query = url.split_once('?').unwrap().1;
    let domain = &bench.sandbox.description().domain;
    format!("{domain}/oauth2/authorize?{query}")
}

fn answer(mut client: TcpStream, server: &str, change: impl FnOnce(&mut Value)) {
    let (head, body) = request(&mut client);
    assert!(head.starts_with("POST /oauth2/token HTTP/1.1"), "{head}");
    let kept = head.lines().filter(|line| {
        let line = line.to_ascii_lowercase();
        line.starts_with("content-type:") || line.starts_with("authorization:")
    });
    let headers: String = kept.flat_map(|line| [line, "\r\n"]).collect();
    let url = format!("{server}/oauth2/token");
    let answer = send("POST", &url, &headers, &body).unwrap();
    let mut json: Value = serde_json::from_str(&answer.body).unwrap();
    change(&mut json);
    let (status, date) = (answer.status, answer.header("date").unwrap());
    let (body, length) = (json.to_string(), json.to_string().len());
    let reply = format!(
        "HTTP/1.1 {status} X\r\ndate: {date}\r\ncontent-type: application/json\r\n\
         content-length: {length}\r\nconnection: close\r\n\r\n{body}"
    );
    client.write_all(reply.as_bytes()).unwrap();
}

fn request(client: &mut TcpStream) -> (String, String) {
    let mut text = String::new();
    let mut buffer = [0; 4096];
    loop {
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let lengths = head.lines().filter_map(|line| line.split_once(':'));
            let length = lengths
                .filter(|(name, _)| name.eq_ignore_ascii_case("content-length"))
                .find_map(|(_, value)| value.trim().parse().ok())
                .unwrap_or(0);
            if body.len() >= length {
                return (head.to_owned(), body.to_owned());
            }
        }
        let read = client.read(&mut buffer).unwrap();
        assert!(read > 0, "{text}");
        text.push_str(std::str::from_utf8(&buffer[..read]).unwrap());
    }
}
