//! Who is let in: a program of this person on this machine, and no web page.
//!
//! A page can make a browser send requests to a loopback address, also under a name of the page's
//! own that leads here (DNS rebinding). So the `Host` has to be ours, and a request that says it
//! comes from a page is turned away before its token is looked at. Other people on this machine
//! cannot read the token. Deliberately absent: an address that is allowed for another reason.

use std::sync::Arc;

use axum::http::{HeaderMap, Method, Request, StatusCode, header};

use super::token_file::TokenFile;
use super::{PATH, Refusal};

/// What a request is compared with.
pub(super) struct Door {
    hosts: Vec<String>,
    token: Arc<TokenFile>,
}

impl Door {
    pub(super) fn new(port: u16, token: Arc<TokenFile>) -> Self {
        Self {
            hosts: hosts(port),
            token,
        }
    }

    pub(super) fn admit<B>(&self, request: &Request<B>) -> Result<(), Refusal> {
        let headers = request.headers();
        if request.uri().authority().is_some() || !self.is_ours(headers) {
            return Err(refusal(
                StatusCode::FORBIDDEN,
                "Host is not this endpoint's address",
            ));
        }
        if is_of_a_page(headers) {
            return Err(refusal(
                StatusCode::FORBIDDEN,
                "Web pages get no credentials",
            ));
        }
        if request.uri().path() != PATH {
            return Err(refusal(
                StatusCode::NOT_FOUND,
                "There is nothing at this path",
            ));
        }
        if request.method() != Method::GET {
            return Err(refusal(StatusCode::METHOD_NOT_ALLOWED, "Only GET is known"));
        }
        let mut tokens = headers.get_all(header::AUTHORIZATION).iter();
        match (tokens.next(), tokens.next()) {
            (Some(token), None) if self.token.opens(token.as_bytes()) => Ok(()),
            (Some(_), _) => Err(refusal(
                StatusCode::UNAUTHORIZED,
                "The token is not this endpoint's: it has another with each start",
            )),
            (None, _) => Err(refusal(
                StatusCode::UNAUTHORIZED,
                "The token is missing: set AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE. An old AWS CLI or SDK does \
                 not read that file: it wants what is in it, in AWS_CONTAINER_AUTHORIZATION_TOKEN",
            )),
        }
    }

    fn is_ours(&self, headers: &HeaderMap) -> bool {
        let mut hosts = headers.get_all(header::HOST).iter();
        let host = hosts.next().and_then(|host| host.to_str().ok());
        let is_known =
            |host: &str| (self.hosts.iter()).any(|known| known.eq_ignore_ascii_case(host));
        host.is_some_and(is_known) && hosts.next().is_none()
    }
}

/// What a program may call this endpoint.
fn hosts(port: u16) -> Vec<String> {
    let names = ["127.0.0.1", "localhost", "[::1]"];
    let mut hosts: Vec<String> = names.map(|host| format!("{host}:{port}")).into();
    // HTTP's own port goes without saying.
    if port == 80 {
        hosts.extend(names.map(str::to_owned));
    }
    hosts
}

/// Programs send none of these, and pages cannot leave them all out.
fn is_of_a_page(headers: &HeaderMap) -> bool {
    headers.contains_key(header::ORIGIN)
        || headers.contains_key(header::REFERER)
        || headers
            .keys()
            .any(|name| name.as_str().starts_with("sec-fetch-"))
}

const fn refusal(status: StatusCode, message: &'static str) -> Refusal {
    Refusal { status, message }
}

#[cfg(test)]
mod tests {
    use super::hosts;

    #[test]
    fn only_port_80_goes_without_saying() {
        for (port, expected) in [(80, true), (8080, false)] {
            let hosts = hosts(port);
            assert!(hosts.contains(&format!("127.0.0.1:{port}")));
            let is_bare = hosts.contains(&"localhost".to_owned());
            assert_eq!(is_bare, expected, "{port}");
        }
    }
}
