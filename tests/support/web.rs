//! A browser without a screen: keeps cookies, follows redirects, fills in forms, clicks links.
//!
//! Deliberately absent: scripts, which none of the pages has, and TLS.
#![allow(dead_code, reason = "each test program uses a part")]

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

/// Longer than any answer here takes on a busy machine.
const DEADLINE: Duration = Duration::from_secs(30);

/// What came back for one request.
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let found = headers.find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// One request on a connection of its own.
pub fn send(method: &str, url: &str, headers: &str, body: &str) -> std::io::Result<Answer> {
    let rest = url.strip_prefix("http://").unwrap();
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let path = if path.is_empty() { "/" } else { path };
    let mut stream = TcpStream::connect(authority)?;
    stream.set_read_timeout(Some(DEADLINE))?;
    let length = body.len();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n{headers}\
         Content-Length: {length}\r\n\r\n"
    );
    stream.write_all(format!("{head}{body}").as_bytes())?;
    let text = read(&mut stream)?;
    let cut_off = || std::io::Error::other(format!("{method} was cut off: {text:?}"));
    let (head, body) = text.split_once("\r\n\r\n").ok_or_else(cut_off)?;
    let headers = head.lines().skip(1).filter_map(|line| line.split_once(':'));
    Ok(Answer {
        status: head[9..12].parse().unwrap(),
        headers: headers
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            .collect(),
        body: body.to_owned(),
    })
}

/// As far as the answer says that it goes: not every server closes the connection after it.
fn read(stream: &mut TcpStream) -> std::io::Result<String> {
    let (mut bytes, mut buffer) = (Vec::new(), [0; 8192]);
    loop {
        let read = stream.read(&mut buffer)?;
        bytes.extend(&buffer[..read]);
        if read == 0 || end(&bytes).is_some_and(|end| bytes.len() >= end) {
            return Ok(String::from_utf8_lossy(&bytes).into_owned());
        }
    }
}

/// How long the whole answer is, where its head is there and says so.
fn end(bytes: &[u8]) -> Option<usize> {
    let head = bytes.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let lines = std::str::from_utf8(&bytes[..head]).ok()?.lines();
    let mut headers = lines.filter_map(|line| line.split_once(':'));
    let (_, length) = headers.find(|(name, _)| name.eq_ignore_ascii_case("content-length"))?;
    Some(head + length.trim().parse::<usize>().ok()?)
}

/// A page, and where it is.
#[derive(Debug, Clone)]
pub struct Page {
    pub url: String,
    /// 0: nothing answers there.
    pub status: u16,
    pub body: String,
}

impl Page {
    /// It shows this text.
    #[track_caller]
    pub fn shows(self, status: u16, text: &str) -> Self {
        assert_eq!(self.status, status, "{self:?}");
        assert!(self.body.contains(text), "{text:?} in {self:?}");
        self
    }

    /// The attributes of the tag around `mark`, where there is one.
    fn tag(&self, mark: &str) -> Option<&str> {
        let at = self.body.find(mark)?;
        let start = self.body[..at].rfind('<')?;
        let length = self.body[start..].find('>')?;
        Some(&self.body[start..start + length])
    }

    /// True when an element with that ID is on the page.
    pub fn has(&self, id: &str) -> bool {
        self.tag(&format!("id=\"{id}\"")).is_some()
    }

    fn absolute(&self, link: &str) -> String {
        let link = link.replace("&amp;", "&");
        if link.starts_with("http://") {
            return link;
        }
        let rest = self.url.strip_prefix("http://").unwrap();
        let authority = rest.split('/').next().unwrap();
        format!("http://{authority}{link}")
    }
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split('"').next()
}

/// Whoever sits in front of the browser.
#[derive(Default)]
pub struct Visitor {
    cookies: Vec<(String, String)>,
    /// The browser is on another machine: there, nothing answers at these addresses.
    elsewhere: Option<&'static str>,
}

impl Visitor {
    /// On a machine where the callback's `http://localhost` is not Poolkey's.
    pub fn elsewhere() -> Self {
        Self {
            elsewhere: Some("http://localhost:"),
            ..Self::default()
        }
    }

    /// Types an address.
    pub fn open(&mut self, url: &str) -> Page {
        self.go("GET", url.to_owned(), "")
    }

    /// Fills in the page's form and sends it.
    pub fn submit(&mut self, page: &Page, fields: &[(&str, &str)]) -> Page {
        let form = page.tag("method=\"post\"").unwrap();
        let action = page.absolute(attribute(form, "action").unwrap());
        let mut body = form_urlencoded::Serializer::new(String::new());
        for hidden in page.body.split("type=\"hidden\"").skip(1) {
            let name = attribute(hidden, "name").unwrap();
            body.append_pair(name, attribute(hidden, "value").unwrap());
        }
        let body = body.extend_pairs(fields).finish();
        self.go("POST", action, &body)
    }

    /// Follows the link with that ID.
    pub fn click(&mut self, page: &Page, id: &str) -> Page {
        let tag = page.tag(&format!("id=\"{id}\"")).unwrap();
        let url = page.absolute(attribute(tag, "href").unwrap());
        self.open(&url)
    }

    fn go(&mut self, method: &str, mut url: String, body: &str) -> Page {
        let (mut method, mut body) = (method, body);
        for _ in 0..10 {
            if self.elsewhere.is_some_and(|there| url.starts_with(there)) {
                return nothing_at(url);
            }
            let Ok(answer) = send(method, &url, &self.headers(), body) else {
                return nothing_at(url);
            };
            self.keep(&answer);
            let page = Page {
                url,
                status: answer.status,
                body: answer.body.clone(),
            };
            match answer.header("location") {
                Some(location) if (300..400).contains(&answer.status) => {
                    url = page.absolute(location);
                    (method, body) = ("GET", "");
                }
                _ => return page,
            }
        }
        panic!("too many redirects, the last one to {url}")
    }

    fn headers(&self) -> String {
        let cookies: Vec<_> = self
            .cookies
            .iter()
            .map(|(n, v)| format!("{n}={v}"))
            .collect();
        let form = "Content-Type: application/x-www-form-urlencoded\r\n";
        format!("Cookie: {}\r\n{form}", cookies.join("; "))
    }

    fn keep(&mut self, answer: &Answer) {
        let set = answer.headers.iter();
        for (_, cookie) in set.filter(|(name, _)| name == "set-cookie") {
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.retain(|(known, _)| known != name);
            if !cookie.contains("Max-Age=0") {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
    }
}

fn nothing_at(url: String) -> Page {
    let (status, body) = (0, String::new());
    Page { url, status, body }
}

/// The value of a parameter in an address.
pub fn parameter(url: &str, name: &str) -> Option<String> {
    let (_, query) = url.split_once('?')?;
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    let found = pairs.find(|(known, _)| known == name);
    found.map(|(_, value)| value.into_owned())
}

/// The address with another value for one of its parameters.
pub fn with_parameter(url: &str, name: &str, value: &str) -> String {
    let (address, query) = url.split_once('?').unwrap();
    let pairs = form_urlencoded::parse(query.as_bytes());
    let changed = pairs.map(|(known, old)| {
        let value = if known == name { value.into() } else { old };
        (known, value)
    });
    let mut query = form_urlencoded::Serializer::new(String::new());
    format!("{address}?{}", query.extend_pairs(changed).finish())
}

/// Addresses on ports that were free a moment ago, on all loopback addresses of this machine.
pub fn callback_urls(host: &str) -> Vec<String> {
    let mut held = Vec::new();
    while held.len() < 3 {
        let socket = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = socket.local_addr().unwrap().port();
        let other = TcpListener::bind(("::1", port));
        if other.is_ok() || !has_ipv6() {
            held.push((port, socket, other));
        }
    }
    let urls = held.iter().map(|(port, ..)| port);
    urls.map(|port| format!("http://{host}:{port}/callback"))
        .collect()
}

/// Containers often have none.
pub fn has_ipv6() -> bool {
    TcpListener::bind("[::1]:0").is_ok()
}
