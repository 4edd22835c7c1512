//! A server as it was before `GetTokensFromRefreshToken`: stands in front of another one, refuses
//! that operation as unknown, and passes everything else on. Each connection carries one request.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::thread;

const REFUSED: &[u8] = b"HTTP/1.1 400 Bad Request\r\ncontent-type: application/x-amz-json-1.1\r\n\
    x-amzn-errortype: UnknownOperationException\r\ncontent-length: 38\r\nconnection: close\r\n\r\n\
    {\"__type\":\"UnknownOperationException\"}";

/// Starts it in front of `endpoint`, for as long as the tests run; its own address.
pub fn in_front_of(endpoint: &str) -> String {
    let server = endpoint.trim_start_matches("http://").to_owned();
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = listener.local_addr().unwrap();
    thread::Builder::new()
        .spawn(move || {
            for client in listener.incoming().flatten() {
                let server = server.clone();
                thread::Builder::new()
                    .spawn(move || answer(client, &server))
                    .unwrap();
            }
        })
        .unwrap();
    format!("http://{address}")
}

/// A client that goes away is its own business: then there is nothing to answer.
fn answer(mut client: TcpStream, server: &str) -> Option<()> {
    let (head, body) = request(&mut client)?;
    if head.contains(".GetTokensFromRefreshToken\r\n") {
        client.write_all(REFUSED).ok()?;
    } else {
        let mut server = TcpStream::connect(server).ok()?;
        let head = head.replacen("\r\n", "\r\nconnection: close\r\n", 1);
        server.write_all(head.as_bytes()).ok()?;
        server.write_all(&body).ok()?;
        std::io::copy(&mut server, &mut client).ok()?;
    }
    client.shutdown(Shutdown::Both).ok()
}

/// The head with its empty line, and the body.
fn request(client: &mut TcpStream) -> Option<(String, Vec<u8>)> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
        if let Some(end) = end {
            let head = String::from_utf8_lossy(&bytes[..end + 4]).into_owned();
            let length = head
                .lines()
                .filter_map(|line| line.split_once(':'))
                .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
                .map_or(0, |(_, value)| value.trim().parse().unwrap_or(0));
            if bytes.len() >= end + 4 + length {
                return Some((head, bytes.split_off(end + 4)));
            }
        }
        match client.read(&mut buffer) {
            Ok(read) if read > 0 => bytes.extend(&buffer[..read]),
            _ => return None,
        }
    }
}
