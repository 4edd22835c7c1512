//! A request of a browser or an OAuth client, read by name.
//!
//! Deliberately absent: repeated parameters; the first one counts.

use axum::http::{HeaderMap, Uri, header};

/// Query, form, cookies and the one header that matters.
pub(in crate::sandbox) struct Asked {
    /// The query as it was written, for the next page's address.
    pub(in crate::sandbox) raw_query: String,
    pub(in crate::sandbox) query: Pairs,
    pub(in crate::sandbox) form: Pairs,
    pub(in crate::sandbox) authorization: Option<String>,
    cookies: Vec<(String, String)>,
}

/// Form-urlencoded names and values.
pub(in crate::sandbox) struct Pairs(Vec<(String, String)>);

impl Asked {
    pub(in crate::sandbox) fn read(uri: &Uri, headers: &HeaderMap, body: &[u8]) -> Self {
        let raw_query = uri.query().unwrap_or_default().to_owned();
        let text = |name| {
            let values = headers.get_all(name).iter();
            values.filter_map(|value| value.to_str().ok())
        };
        let cookies = text(header::COOKIE)
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        Self {
            query: Pairs::parse(raw_query.as_bytes()),
            raw_query,
            form: Pairs::parse(body),
            authorization: text(header::AUTHORIZATION).next().map(str::to_owned),
            cookies,
        }
    }

    pub(in crate::sandbox) fn cookie(&self, name: &str) -> Option<&str> {
        let mut cookies = self.cookies.iter();
        let found = cookies.find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

impl Pairs {
    pub(in crate::sandbox) fn parse(text: &[u8]) -> Self {
        Self(form_urlencoded::parse(text).into_owned().collect())
    }

    /// A value; an empty one counts as missing.
    pub(in crate::sandbox) fn text(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    /// A value, empty where it is missing.
    pub(in crate::sandbox) fn or_empty(&self, name: &str) -> &str {
        self.text(name).unwrap_or_default()
    }
}
