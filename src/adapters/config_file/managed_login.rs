//! The keys of managed login: `domain` turns it on, the others have defaults that are not written.

use toml_edit::{Table, TableLike};

use super::edit::{put_list, put_text};
use super::reader::Reader;
use crate::domain::{CallbackUrl, ManagedLogin, Problem, Scope};

const DOMAIN: &str = "domain";
const PROVIDER: &str = "identity_provider";
const CALLBACKS: &str = "callback_urls";
const SCOPES: &str = "scopes";
const LOGOUT: &str = "logout_url";

impl Reader<'_> {
    /// None without a domain, whatever else is there: it may come back.
    pub(super) fn managed_login(
        &self,
        table: &dyn TableLike,
    ) -> Result<Option<ManagedLogin>, Problem> {
        let Some(domain) = self.parsed(table, DOMAIN)? else {
            return Ok(None);
        };
        let mut login = ManagedLogin::at(domain);
        login.identity_provider = self.text(table, PROVIDER)?;
        login.logout_url = self.text(table, LOGOUT)?;
        if let Some(urls) = self.list::<CallbackUrl>(table, CALLBACKS)? {
            login.callback_urls = urls;
        }
        if let Some(scopes) = self.list::<Scope>(table, SCOPES)? {
            login.scopes = scopes.iter().map(ToString::to_string).collect();
        }
        Ok(Some(login))
    }
}

/// Writes what differs from the defaults. A profile that lost its domain loses the other keys with
/// it; one that had none keeps whatever stands there.
pub(super) fn fill(table: &mut Table, login: Option<&ManagedLogin>) {
    let Some(login) = login else {
        if table.remove(DOMAIN).is_some() {
            for key in [PROVIDER, CALLBACKS, SCOPES, LOGOUT] {
                table.remove(key);
            }
        }
        return;
    };
    put_text(table, DOMAIN, Some(login.domain.as_str()));
    put_text(table, PROVIDER, login.identity_provider.as_deref());
    let urls = login.callback_urls.iter().map(CallbackUrl::as_str);
    let defaults = ManagedLogin::DEFAULT_CALLBACK_URLS;
    put_list(table, CALLBACKS, &urls.collect::<Vec<_>>(), &defaults);
    let scopes = login.scopes.iter().map(String::as_str);
    let defaults = ManagedLogin::DEFAULT_SCOPES;
    put_list(table, SCOPES, &scopes.collect::<Vec<_>>(), &defaults);
    put_text(table, LOGOUT, login.logout_url.as_deref());
}

#[cfg(test)]
mod tests {
    use toml_edit::DocumentMut;

    use super::*;

    const PROFILE: &str = r#"# pool
domain = "acme.auth.eu-west-1.amazoncognito.com" # prod
callback_urls = [
  "http://localhost:9000/back", # registered by Jo
]
scopes = ["openid", "email", "aws.cognito.signin.user.admin"] # all
"#;

    fn read(text: &str) -> Result<Option<ManagedLogin>, Problem> {
        let document = toml_edit::Document::parse(text).unwrap();
        let reader = Reader {
            path: std::path::Path::new("profiles.toml"),
            text,
        };
        reader.managed_login(document.as_table())
    }

    fn filled(text: &str, login: Option<&ManagedLogin>) -> String {
        let mut document: DocumentMut = text.parse().unwrap();
        fill(document.as_table_mut(), login);
        document.to_string()
    }

    #[test]
    fn what_is_read_is_written_and_nothing_else() {
        let mut login = read(PROFILE).unwrap().unwrap();
        assert_eq!(login.callback_urls.len(), 1);
        assert_eq!(login.scopes, ManagedLogin::DEFAULT_SCOPES);
        assert_eq!(filled(PROFILE, Some(&login)), PROFILE);

        login.identity_provider = Some("Google".to_owned());
        login.logout_url = Some("https://acme.example/bye".to_owned());
        login.scopes = vec!["openid".to_owned()];
        let after = filled(PROFILE, Some(&login));
        for kept in ["# pool", "# prod", "# registered by Jo", "# all"] {
            assert!(after.contains(kept), "{kept}: {after}");
        }
        assert_eq!(read(&after).unwrap().unwrap(), login);
        assert!(after.contains(r#"scopes = ["openid"] # all"#), "{after}");
    }

    #[test]
    fn defaults_are_not_written() {
        let login = ManagedLogin::at("a.example".parse().unwrap());
        assert_eq!(filled("", Some(&login)), "domain = \"a.example\"\n");
        let back = filled(PROFILE, Some(&login));
        assert!(!back.contains("callback_urls"), "{back}");
        assert_eq!(read("domain = 'a.example'").unwrap(), Some(login));
    }

    #[test]
    fn without_a_domain() {
        let dangling = "identity_provider = \"Google\" # later\n";
        assert_eq!(read(dangling).unwrap(), None);
        assert_eq!(filled(dangling, None), dangling);
        assert_eq!(filled(PROFILE, None), "");
        assert_eq!(read("").unwrap(), None);
    }

    #[test]
    fn wrong_values_are_named() {
        for (text, why) in [
            ("domain = 'a b'", "domain: The managed login domain"),
            ("domain = 7", "domain is not a text"),
            ("callback_urls = 'x'", "callback_urls is not a list"),
            ("callback_urls = []", "callback_urls is not a list"),
            ("callback_urls = [7]", "callback_urls is not a list"),
            (
                "callback_urls = ['https://x/']",
                "callback_urls: A callback",
            ),
            ("scopes = ['a b']", "scopes: A scope is one word"),
        ] {
            let text = if text.starts_with("domain") {
                text.to_owned()
            } else {
                format!("domain = 'a.example'\n{text}")
            };
            let problem = read(&text).unwrap_err();
            assert!(problem.sentence.contains(why), "{}", problem.sentence);
            let line = format!("line {}", text.lines().count());
            assert!(problem.sentence.contains(&line), "{}", problem.sentence);
        }
    }
}
