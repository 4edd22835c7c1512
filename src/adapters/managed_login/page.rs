//! The page that a browser ends at: whether it worked, in one sentence.
//!
//! Deliberately absent: scripts, other origins, and anything secret; the policy forbids the first
//! two, and the sentence comes from a `Problem`.

use aws_lc_rs::digest;
use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use data_encoding::BASE64;

const PAGE: &str = include_str!("../../../assets/browser/page.html");
const STYLE: &str = include_str!("../../../assets/browser/page.css");

/// Class, and the lines of its sign: a tick, an exclamation mark.
const GOOD: (&str, &str) = ("good", "M5 12.5l4.5 4.5L19 7.5");
const BAD: (&str, &str) = ("bad", "M12 5v9M12 18.5v.01");

/// The end of a sign-in: signed in or not, and why.
pub(super) fn ending(worked: bool, text: &str) -> Response<Body> {
    if worked {
        page(StatusCode::OK, "You are signed in", GOOD, text)
    } else {
        page(StatusCode::BAD_REQUEST, "Not signed in", BAD, text)
    }
}

/// For a browser that nobody waits for any more.
pub(super) fn over() -> Response<Body> {
    let text = "Poolkey does not wait for this page any more. Start again there.";
    page(StatusCode::GONE, "Too late", BAD, text)
}

/// For every request but the one that is waited for.
pub(super) fn refused(status: StatusCode) -> Response<Body> {
    let text = "Poolkey waits here for a sign-in in the browser, and for nothing else.";
    page(status, "Nothing here", BAD, text)
}

fn page(
    status: StatusCode,
    title: &str,
    (class, mark): (&str, &str),
    text: &str,
) -> Response<Body> {
    // What came from a server is last, so that nothing in it is filled in again.
    let body = PAGE
        .replace("{{style}}", STYLE)
        .replace("{{class}}", class)
        .replace("{{mark}}", mark)
        .replace("{{title}}", title)
        .replace("{{text}}", &escaped(text));
    let style = BASE64.encode(digest::digest(&digest::SHA256, STYLE.as_bytes()).as_ref());
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'none'"
    );
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    for (name, value) in [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::CONNECTION, "close"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_keeps_to_itself() {
        let page = ending(false, "<script>{{style}}");
        assert_eq!(page.status(), StatusCode::BAD_REQUEST);
        let header = |name: &str| page.headers()[name].to_str().unwrap().to_owned();
        assert_eq!(header("cache-control"), "no-store");
        assert!(
            header("content-security-policy").starts_with("default-src 'none'; style-src 'sha256-")
        );
        assert_eq!(escaped("<a b='\">&"), "&lt;a b=&#39;&quot;&gt;&amp;");
        for outside in ["<script", "src=", "href=", "url(", "@import"] {
            assert!(
                !PAGE.contains(outside) && !STYLE.contains(outside),
                "{outside}"
            );
        }
    }
}
