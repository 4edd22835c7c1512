//! What is kept of other providers: their tokens, and the secrets of our clients there.
//!
//! One entry of the store holds all tokens of a sign-in, another one all secrets, so that both can
//! be forgotten without knowing which there were. Each says for which provider, source and address
//! it is. Deliberately absent: tokens that files and commands bring; they are read anew each time.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::records::to_text;
use crate::domain::{KeptLogin, Profile, ProviderLogin, Secret, TokenSource};

#[derive(Default, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
struct Record {
    logins: Vec<Entry>,
}

/// A token, or a client's secret, which has no more to it.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
struct Entry {
    of: String,
    value: String,
    #[serde(default)]
    expires_at: Option<String>,
    #[serde(default)]
    refresh_token: Option<String>,
}

/// Which provider, asked how and by which client, file or command, for which address.
pub fn fingerprint(profile: &Profile, login: &ProviderLogin) -> String {
    let endpoint = profile.endpoints.url.as_ref();
    let mut parts = vec![
        endpoint.map_or("", |endpoint| endpoint.as_str()),
        login.provider.as_str(),
        login.token.name(),
    ];
    let path;
    match &login.token {
        TokenSource::Typed => {}
        TokenSource::File(file) => {
            path = file.to_string_lossy();
            parts.push(&path);
        }
        TokenSource::Command(command) => parts.push(command),
        TokenSource::Browser(client) => {
            parts.extend([client.issuer.as_str(), client.client_id.as_str()]);
        }
    }
    parts.join(" ")
}

fn entry(text: &str, of: &str) -> Option<Entry> {
    let mut record: Record = serde_json::from_str(text).ok()?;
    let place = record.logins.iter().position(|entry| entry.of == of)?;
    Some(record.logins.swap_remove(place))
}

/// The record with this entry in the place of the one before, or without it.
fn with(text: Option<&str>, of: &str, new: Option<Entry>) -> Option<Zeroizing<String>> {
    let mut record = record(text);
    record.logins.retain(|entry| entry.of != of);
    record.logins.extend(new);
    to_text(&record)
}

/// One that cannot be read is of no use to anybody.
fn record(text: Option<&str>) -> Record {
    let read = text.and_then(|text| serde_json::from_str(text).ok());
    read.unwrap_or_default()
}

/// The record with the entries of another one that it lacks.
pub fn joined(text: Option<&str>, other: &str) -> Option<Zeroizing<String>> {
    let (mut joined, mut added) = (record(text), record(Some(other)));
    let lacks = |entry: &Entry| joined.logins.iter().all(|there| there.of != entry.of);
    added.logins.retain(lacks);
    joined.logins.append(&mut added.logins);
    to_text(&joined)
}

/// The token of this provider.
pub fn read_login(text: &str, of: &str) -> Option<KeptLogin> {
    let entry = entry(text, of)?;
    let expires_at = entry.expires_at.as_deref();
    Some(KeptLogin {
        token: Secret::new(entry.value.clone()),
        expires_at: expires_at.map(str::parse::<Timestamp>).transpose().ok()?,
        refresh_token: entry.refresh_token.clone().map(Secret::new),
    })
}

/// The record with that token, or without any of this provider.
pub fn write_login(
    text: Option<&str>,
    of: &str,
    kept: Option<&KeptLogin>,
) -> Option<Zeroizing<String>> {
    let new = kept.map(|kept| Entry {
        of: of.to_owned(),
        value: kept.token.expose().to_owned(),
        expires_at: kept.expires_at.map(|at| at.to_string()),
        refresh_token: kept
            .refresh_token
            .as_ref()
            .map(|token| token.expose().to_owned()),
    });
    with(text, of, new)
}

/// The secret of the client there.
pub fn read_secret(text: &str, of: &str) -> Option<Secret> {
    entry(text, of).map(|entry| Secret::new(entry.value.clone()))
}

/// The record with that secret.
pub fn write_secret(text: Option<&str>, of: &str, secret: &Secret) -> Option<Zeroizing<String>> {
    let new = Entry {
        of: of.to_owned(),
        value: secret.expose().to_owned(),
        expires_at: None,
        refresh_token: None,
    };
    with(text, of, Some(new))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Endpoints, OidcClient, SignInMethod};

    fn kept(token: &str) -> KeptLogin {
        KeptLogin {
            token: Secret::new(token.to_owned()),
            expires_at: Some("2026-11-21T12:00:00Z".parse().unwrap()),
            refresh_token: Some(Secret::new("r".to_owned())),
        }
    }

    fn login(provider: &str, token: TokenSource) -> ProviderLogin {
        ProviderLogin {
            provider: provider.parse().unwrap(),
            token,
        }
    }

    #[test]
    fn a_token_is_read_back_and_replaced_alone() {
        let text = write_login(None, "a", Some(&kept("one"))).unwrap();
        let text = write_login(Some(&text), "b", Some(&kept("two"))).unwrap();
        let text = write_login(Some(&text), "a", Some(&kept("three"))).unwrap();
        let token = |text: &str, of| read_login(text, of).unwrap();
        assert_eq!(token(&text, "a").token.expose(), "three");
        let other = token(&text, "b");
        assert_eq!(other.token.expose(), "two");
        assert_eq!(other.expires_at, kept("two").expires_at);
        assert_eq!(other.refresh_token.unwrap().expose(), "r");
        let text = write_login(Some(&text), "a", None).unwrap();
        assert!(read_login(&text, "a").is_none());
        assert!(read_login(&text, "b").is_some());
        for broken in [None, Some(""), Some("{}"), Some("not JSON")] {
            assert!(read_login(broken.unwrap_or(""), "a").is_none());
            let anew = write_secret(broken, "a", &Secret::new("s".to_owned())).unwrap();
            assert_eq!(read_secret(&anew, "a").unwrap().expose(), "s");
        }
    }

    #[test]
    fn another_client_or_address_gets_nothing() {
        let pool = "us-east-1:0a".parse().unwrap();
        let profile =
            Profile::of_identity_pool("dev".parse().unwrap(), SignInMethod::Provider, pool);
        let client = |issuer: &str, id: &str| {
            TokenSource::Browser(OidcClient {
                issuer: issuer.parse().unwrap(),
                client_id: id.to_owned(),
                has_client_secret: false,
                scopes: Vec::new(),
                callback_urls: Vec::new(),
            })
        };
        let key = "login.acme.example";
        let elsewhere = Profile {
            endpoints: Endpoints::at("http://127.0.0.1:1".parse().unwrap()),
            ..profile.clone()
        };
        let all = [
            fingerprint(&profile, &login(key, TokenSource::Typed)),
            fingerprint(&elsewhere, &login(key, TokenSource::Typed)),
            fingerprint(&profile, &login("accounts.google.com", TokenSource::Typed)),
            fingerprint(&profile, &login(key, client("https://a.example", "one"))),
            fingerprint(&profile, &login(key, client("https://a.example", "two"))),
            fingerprint(&profile, &login(key, client("https://b.example", "one"))),
            fingerprint(&profile, &login(key, TokenSource::File("a".into()))),
            fingerprint(&profile, &login(key, TokenSource::File("b".into()))),
            fingerprint(&profile, &login(key, TokenSource::Command("a".to_owned()))),
            fingerprint(&profile, &login(key, TokenSource::Command("b".to_owned()))),
        ];
        for (place, one) in all.iter().enumerate() {
            assert!(!all[place + 1..].contains(one), "{one}");
        }
    }
}
