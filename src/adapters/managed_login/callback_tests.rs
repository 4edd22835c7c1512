//! The listener as a browser, a web page and another program meet it.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::*;

const LONG: Duration = Duration::from_mins(1);

/// A port that was free a moment ago, on both loopback addresses.
async fn free_port() -> u16 {
    loop {
        let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = socket.local_addr().unwrap().port();
        if TcpListener::bind(("::1", port)).await.is_ok() || !has_ipv6().await {
            return port;
        }
    }
}

async fn listen(urls: &[CallbackUrl], patience: Duration) -> Result<Listener, Problem> {
    super::listen(urls, patience, &Arc::default()).await
}

/// Containers often have none.
async fn has_ipv6() -> bool {
    TcpListener::bind("[::1]:0").await.is_ok()
}

fn url(host: &str, port: u16) -> CallbackUrl {
    format!("http://{host}:{port}/callback").parse().unwrap()
}

async fn request(address: &str, port: u16, head: &str) -> String {
    let mut stream = TcpStream::connect((address, port)).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

fn get(path: &str, host: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n")
}

#[tokio::test]
async fn a_browser_brings_its_query_and_gets_its_page() {
    let port = free_port().await;
    let mut listener = listen(&[url("localhost", port)], LONG).await.unwrap();
    let addresses: &[_] = if has_ipv6().await {
        &["127.0.0.1", "::1"]
    } else {
        &["127.0.0.1"]
    };
    for &address in addresses {
        let head = get("/callback?code=a%20b&state=s", &format!("localhost:{port}"));
        let browser = tokio::spawn(async move { request(address, port, &head).await });
        let returned = listener.next().await.unwrap();
        assert_eq!(returned.query.expose(), "code=a%20b&state=s");
        (returned.page)(true, "All <good>");
        let page = browser.await.unwrap();
        assert!(page.starts_with("HTTP/1.1 200"), "{page}");
        assert!(page.contains("All &lt;good&gt;") && page.contains("no-store"));
        assert!(!page.contains("code=a"), "{page}");
    }
}

#[tokio::test]
async fn everything_else_is_refused_and_not_told_on() {
    let port = free_port().await;
    let mut listener = listen(&[url("localhost", port)], LONG).await.unwrap();
    let host = format!("localhost:{port}");
    let ours = "/callback?code=a&state=s";
    let long = format!("/callback?code={}", "a".repeat(MOST_QUERY_BYTES));
    for (head, status) in [
        (get(ours, &format!("evil.example:{port}")), 421),
        (get(ours, &format!("127.0.0.1:{port}")), 421),
        (get(ours, "localhost"), 421),
        ("GET /callback?code=a HTTP/1.0\r\n\r\n".to_owned(), 421),
        (
            format!("GET {ours} HTTP/1.1\r\nHost: {host}\r\nHost: {host}\r\n\r\n"),
            421,
        ),
        (get(&format!("http://{host}{ours}"), &host), 421),
        (get("/favicon.ico", &host), 404),
        (get("/callback/?code=a", &host), 404),
        (get("/Callback?code=a", &host), 404),
        (get(&long, &host), 414),
        (
            format!("POST {ours} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\n\r\n"),
            405,
        ),
        (format!("HEAD {ours} HTTP/1.1\r\nHost: {host}\r\n\r\n"), 405),
    ] {
        let answer = request("127.0.0.1", port, &head).await;
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}"))
                || answer.starts_with(&format!("HTTP/1.0 {status}")),
            "{head}: {answer}"
        );
    }
    assert!(listener.arrivals.try_recv().is_err());
}

#[tokio::test]
async fn the_first_free_address_is_taken() {
    let other = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let taken = other.local_addr().unwrap().port();
    // Only one half of localhost is taken: the code could go there.
    let sixth = TcpListener::bind("[::1]:0").await.ok();
    let half = sixth
        .as_ref()
        .map_or(taken, |sixth| sixth.local_addr().unwrap().port());
    let free = free_port().await;
    let urls = [taken, half, free].map(|port| url("localhost", port));
    let listener = listen(&urls, LONG).await.unwrap();
    assert_eq!(listener.url().port(), free);
    let problem = listen(&urls, LONG).await.err().unwrap();
    assert_eq!(problem.kind, ProblemKind::Usage);
    assert!(problem.hints[0].contains(urls[2].as_str()), "{problem:?}");
    drop(listener);
    if sixth.is_some() {
        // The other protocol's address is not ours to take.
        let v6 = listen(&[url("[::1]", taken)], LONG).await.unwrap();
        assert_eq!(v6.servers.len(), 1);
    }
}

#[tokio::test]
async fn closing_and_dropping_free_the_port() {
    let port = free_port().await;
    let urls = [url("localhost", port)];
    let mut listener = listen(&urls, LONG).await.unwrap();
    let head = get("/callback?code=a", &format!("localhost:{port}"));
    let browser = tokio::spawn(async move { request("127.0.0.1", port, &head).await });
    let returned = listener.next().await.unwrap();
    (returned.page)(false, "Why.");
    // The page has left when this returns.
    listener.close().await;
    assert!(browser.await.unwrap().starts_with("HTTP/1.1 400"));
    let listener = listen(&urls, LONG).await.unwrap();
    drop(listener);
    let again = async {
        while listen(&urls, LONG).await.is_err() {
            tokio::task::yield_now().await;
        }
    };
    timeout(LONG, again).await.unwrap();
}

/// Browsers open connections that they may never use.
#[tokio::test]
async fn a_connection_that_says_nothing_holds_nothing_up() {
    let port = free_port().await;
    let urls = [url("127.0.0.1", port)];
    let mut listener = listen(&urls, LONG).await.unwrap();
    let mut silent = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let head = get("/callback?code=a", &format!("127.0.0.1:{port}"));
    let browser = tokio::spawn(async move { request("127.0.0.1", port, &head).await });
    let returned = listener.next().await.unwrap();
    (returned.page)(true, "Done.");
    let begun = Instant::now();
    listener.close().await;
    assert!(begun.elapsed() < LAST_WAIT);
    assert!(browser.await.unwrap().starts_with("HTTP/1.1 200"));
    let mut said = String::new();
    let ended = timeout(LONG, silent.read_to_string(&mut said));
    assert_eq!(ended.await.unwrap().unwrap(), 0);
}

#[tokio::test]
async fn a_browser_that_comes_too_late_is_told() {
    let port = free_port().await;
    let mut listener = listen(&[url("127.0.0.1", port)], LONG).await.unwrap();
    let head = get("/callback?code=a", &format!("127.0.0.1:{port}"));
    let browser = tokio::spawn(async move { request("127.0.0.1", port, &head).await });
    let returned = listener.next().await.unwrap();
    drop((returned, listener));
    assert!(browser.await.unwrap().starts_with("HTTP/1.1 410"));
}

#[tokio::test]
async fn patience_ends_with_an_explanation() {
    let port = free_port().await;
    let urls = [url("localhost", port)];
    let mut listener = listen(&urls, Duration::ZERO).await.unwrap();
    let problem = listener.next().await.err().unwrap();
    assert_eq!(problem.kind, ProblemKind::SignInNeeded);
    assert!(problem.hints[0].contains("redirect_mismatch"));
    assert!(problem.hints[0].contains(urls[0].as_str()), "{problem:?}");
}

#[tokio::test]
async fn a_cancelled_sign_in_gives_its_port_to_the_next() {
    let urls = [url("localhost", free_port().await)];
    let leaving = Arc::default();
    for _ in 0..20 {
        // Dropped at once: the servers of the one before are still there.
        let listener = super::listen(&urls, LONG, &leaving).await;
        assert!(listener.is_ok(), "{:?}", listener.err());
    }
}
