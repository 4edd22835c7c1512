//! What the browser brought back: the query of a callback, or what a person pasted instead.
//!
//! Nothing counts without the state that was sent (login CSRF), but for a bare code that a person
//! pasted: PKCE and the nonce bind it to this sign-in all the same. Deliberately absent: what an
//! error means (see `ops::browser`).

use aws_lc_rs::constant_time::verify_slices_are_equal;

use crate::domain::Secret;

/// Far more than an authorization code has.
const MOST_CODE_CHARS: usize = 2048;

/// What an answer is worth.
#[derive(Debug)]
pub enum BrowserAnswer {
    /// Redeem this.
    Code(Secret),
    /// Managed login or the identity provider said no.
    Refused {
        /// `access_denied` and the like.
        error: String,
        /// Why, in their words.
        description: String,
    },
    /// Of another sign-in, or of somebody who wants to push one on the person.
    Stranger,
    /// Neither a code nor an error.
    Nothing,
}

impl BrowserAnswer {
    /// The query of a callback. `issuer`: who is to have sent it, where that is known.
    #[must_use]
    pub fn of_query(query: &Secret, state: &str, issuer: Option<&str>) -> Self {
        read(query.expose(), state, issuer)
    }

    /// What a person pasted: the address where the browser ended, or only the code.
    #[must_use]
    pub fn of_paste(text: &Secret, state: &str, issuer: Option<&str>) -> Self {
        let text = text.expose().trim();
        if let Some((_, query)) = text.split_once('?') {
            return read(query.split('#').next().unwrap_or_default(), state, issuer);
        }
        if text.contains('=') {
            return read(text, state, issuer);
        }
        let fits = |letter: char| letter.is_ascii_alphanumeric() || "-._~+".contains(letter);
        let is_code = !text.is_empty() && text.len() <= MOST_CODE_CHARS;
        if is_code && text.chars().all(fits) {
            Self::Code(Secret::new(text.to_owned()))
        } else {
            Self::Nothing
        }
    }
}

fn read(query: &str, state: &str, issuer: Option<&str>) -> BrowserAnswer {
    let value = |name: &str| {
        let pairs = form_urlencoded::parse(query.as_bytes());
        let mut found = pairs.filter(|(known, _)| known == name);
        let first = found.next().map(|(_, value)| value);
        // Twice is a mistake, or a trick (RFC 6749, section 3.1).
        first.filter(|value| found.next().is_none() && !value.is_empty())
    };
    let (code, error) = (value("code"), value("error"));
    let given = value("state").unwrap_or_default();
    let is_ours = verify_slices_are_equal(given.as_bytes(), state.as_bytes()).is_ok();
    // Providers share callback addresses: one must not pass another one's code on (RFC 9207).
    let is_others = issuer.is_some_and(|issuer| {
        form_urlencoded::parse(query.as_bytes()).any(|(name, iss)| name == "iss" && iss != issuer)
    });
    match (code, error) {
        (None, None) => BrowserAnswer::Nothing,
        _ if !is_ours || is_others => BrowserAnswer::Stranger,
        (_, Some(error)) => BrowserAnswer::Refused {
            error: error.into_owned(),
            description: value("error_description").unwrap_or_default().into_owned(),
        },
        (Some(code), None) => BrowserAnswer::Code(Secret::new(code.into_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(answer: &BrowserAnswer) -> String {
        match answer {
            BrowserAnswer::Code(code) => format!("code {}", code.expose()),
            BrowserAnswer::Refused { error, description } => format!("{error}: {description}"),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn only_with_the_state_that_was_sent() {
        for (query, expected) in [
            ("code=c%2B1&state=right", "code c+1"),
            ("state=right&code=c", "code c"),
            ("code=c&state=wrong", "Stranger"),
            ("code=c&state=righ", "Stranger"),
            ("code=c", "Stranger"),
            ("code=c&state=", "Stranger"),
            ("code=c&state=right&state=right", "Stranger"),
            ("code=c&code=d&state=right", "Nothing"),
            ("state=right", "Nothing"),
            ("", "Nothing"),
            ("error=access_denied&state=wrong", "Stranger"),
            (
                "error=invalid_request&error_description=a+%5BIdP%5D&state=right",
                "invalid_request: a [IdP]",
            ),
            ("error=e&code=c&state=right", "e: "),
        ] {
            let answer = BrowserAnswer::of_query(&Secret::new(query.to_owned()), "right", None);
            assert_eq!(shown(&answer), expected, "{query}");
        }
    }

    #[test]
    fn an_issuer_that_names_itself_is_the_one_that_was_asked() {
        for (iss, expected) in [
            ("", "code c"),
            ("&iss=https%3A%2F%2Fa.example", "code c"),
            ("&iss=https%3A%2F%2Fb.example", "Stranger"),
            ("&iss=", "Stranger"),
            ("&iss=https%3A%2F%2Fa.example&iss=b", "Stranger"),
        ] {
            let query = Secret::new(format!("code=c&state=right{iss}"));
            let asked = Some("https://a.example");
            for answer in [
                BrowserAnswer::of_query(&query, "right", asked),
                BrowserAnswer::of_paste(&query, "right", asked),
            ] {
                assert_eq!(shown(&answer), expected, "{iss}");
            }
            let unknown = BrowserAnswer::of_query(&query, "right", None);
            assert_eq!(shown(&unknown), "code c", "{iss}");
        }
    }

    #[test]
    fn what_a_person_pastes() {
        let long = "a".repeat(MOST_CODE_CHARS + 1);
        for (text, expected) in [
            (
                "  http://localhost:8976/callback?code=c&state=right#x \n",
                "code c",
            ),
            ("code=c&state=right", "code c"),
            ("http://localhost:8976/callback?code=c&state=x", "Stranger"),
            ("http://localhost:8976/callback?code=c", "Stranger"),
            ("code=c", "Stranger"),
            ("0f1e-2d", "code 0f1e-2d"),
            ("http://localhost:8976/callback", "Nothing"),
            ("https://a.example/login?client_id=x&state=right", "Nothing"),
            ("two words", "Nothing"),
            ("", "Nothing"),
            (&long, "Nothing"),
        ] {
            let answer = BrowserAnswer::of_paste(&Secret::new(text.to_owned()), "right", None);
            assert_eq!(shown(&answer), expected, "{text}");
        }
    }
}
