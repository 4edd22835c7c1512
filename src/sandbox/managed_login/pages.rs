//! HTML: templates filled in, every text escaped, and the headers that keep a page to itself.
//!
//! Deliberately absent: scripts, other origins, and frames; the Content-Security-Policy forbids
//! them.

use aws_lc_rs::digest;
use data_encoding::BASE64;

use super::asked::Asked;
use crate::sandbox::error::Refusal;
use crate::sandbox::reply::Reply;
use crate::sandbox::world::Call;

const LAYOUT: &str = include_str!("../../../assets/sandbox/layout.html");
const STYLE: &str = include_str!("../../../assets/sandbox/style.css");
const ERROR: &str = include_str!("../../../assets/sandbox/error.html");
const ALERT: &str = include_str!("../../../assets/sandbox/alert.html");
const FOOTER: &str = "A local sandbox: made-up accounts, nothing leaves this computer.";

/// What fills a place in a template.
pub(in crate::sandbox) enum Fill<'a> {
    /// Escaped.
    Text(&'a str),
    /// Made by [`fill`].
    Html(String),
}

/// A template with its `{{places}}` filled in. What is filled in is not looked at again.
pub(in crate::sandbox) fn fill(template: &str, places: &[(&str, Fill<'_>)]) -> String {
    let mut parts = template.split("{{");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once("}}").unwrap_or((part, ""));
        match places.iter().find(|(known, _)| *known == name) {
            Some((_, Fill::Text(text))) => out.push_str(&escaped(text)),
            Some((_, Fill::Html(html))) => out.push_str(html),
            None => {}
        }
        out.push_str(rest);
    }
    out
}

/// A page. `leads_to` is where its form may end up besides the sandbox: browsers check that along
/// the redirects as well.
pub(in crate::sandbox) fn page(
    status: u16,
    title: &str,
    main: String,
    leads_to: Option<&str>,
) -> Reply {
    let body = fill(
        LAYOUT,
        &[
            ("title", Fill::Text(title)),
            ("style", Fill::Html(STYLE.to_owned())),
            ("main", Fill::Html(main)),
            ("footer", Fill::Text(FOOTER)),
        ],
    );
    let style = BASE64.encode(digest::digest(&digest::SHA256, STYLE.as_bytes()).as_ref());
    let leads_to = leads_to.map(source).unwrap_or_default();
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{style}'; img-src data:; \
         form-action 'self' {leads_to}; base-uri 'none'; frame-ancestors 'none'"
    );
    Reply::web(status, "text/html; charset=utf-8", body)
        .with("content-security-policy", policy)
        .with("x-frame-options", "DENY")
        .with("x-content-type-options", "nosniff")
        .with("referrer-policy", "no-referrer")
        .with("cache-control", "no-store")
}

/// A message above a form, or nothing.
pub(super) fn alert(text: Option<&str>) -> Fill<'_> {
    let html = text.map(|text| fill(ALERT, &[("text", Fill::Text(text))]));
    Fill::Html(html.unwrap_or_default())
}

pub(in crate::sandbox) fn redirect(location: String) -> Reply {
    Reply::web(302, "text/plain", String::new())
        .with("location", location)
        .with("referrer-policy", "no-referrer")
        .with("cache-control", "no-store")
}

/// To the page that says what cannot be sent back to an app.
pub(in crate::sandbox) fn to_error(error: &'static str) -> Reply {
    redirect(format!("/error?error={error}")).logged_as(error)
}

/// `GET /error`.
#[allow(clippy::unnecessary_wraps, reason = "the same shape as every route")]
pub(super) fn error(_: &mut Call<'_>, asked: &Asked) -> Result<Reply, Refusal> {
    let error = asked.query.text("error").unwrap_or("invalid_request");
    Ok(error_page(400, error))
}

/// A refusal where a browser waits.
pub(in crate::sandbox) fn refused(refusal: &Refusal) -> Reply {
    error_page(refusal.status, &refusal.message).logged_as(refusal.code)
}

/// A form that came from elsewhere, or after its cookie's time.
pub(in crate::sandbox) fn stale_form() -> Reply {
    let text = "This form is no longer valid. Go back and try again.";
    error_page(403, text).logged_as("invalid_csrf")
}

fn error_page(status: u16, error: &str) -> Reply {
    let main = fill(ERROR, &[("error", Fill::Text(error))]);
    page(status, "Error", main, None)
}

/// A URL as a source of a Content-Security-Policy: its origin. The grammar has no IPv6 addresses
/// and no origins of apps' own schemes; of those, the scheme.
fn source(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or((url, ""));
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let plain = |letter: char| letter.is_ascii_alphanumeric() || ".-:".contains(letter);
    if scheme.starts_with("http") && !host.is_empty() && host.chars().all(plain) {
        return format!("{scheme}://{host}");
    }
    let scheme = scheme.split(':').next().unwrap_or_default();
    format!("{scheme}:")
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
    fn texts_are_escaped_and_not_filled_again() {
        let places = [
            ("a", Fill::Text("<b a='\"'>&{{c}}")),
            ("c", Fill::Html("<hr>".to_owned())),
        ];
        let filled = fill("{{a}}-{{c}}-{{unknown}}.", &places);
        assert_eq!(filled, "&lt;b a=&#39;&quot;&#39;&gt;&amp;{{c}}-<hr>-.");
    }

    #[test]
    fn a_policy_names_origins_or_schemes() {
        for (url, expected) in [
            ("http://localhost:8976/callback", "http://localhost:8976"),
            (
                "http://127.0.0.1:8976/callback?a=b",
                "http://127.0.0.1:8976",
            ),
            ("http://[::1]:8976/callback", "http:"),
            ("https://a.example;x/", "https:"),
            ("myapp://example", "myapp:"),
            ("com.example:/back", "com.example:"),
        ] {
            assert_eq!(source(url), expected, "{url}");
        }
    }
}
