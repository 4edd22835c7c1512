//! What the made-up people of the demo would type.

use std::sync::Arc;

use crate::app::Suggestion;
use crate::app::asked::Asked;
use crate::crypto::totp;
use crate::domain::Secret;
use crate::runtime::Suggester;
use crate::sandbox::{Description, Running};

/// What somebody chooses who has to choose.
const NEW_PASSWORD: &str = "Demo-Meadow-88!";

/// Answers for as long as the sandbox runs.
pub(super) fn suggester(
    description: Description,
    keep: Arc<(Running, tempfile::TempDir)>,
) -> Suggester {
    Arc::new(move |asked: &Asked| suggestion(&description, &keep.0, asked))
}

fn suggestion(description: &Description, running: &Running, asked: &Asked) -> Option<Suggestion> {
    let username = asked.username.as_str();
    if asked.challenge == "PROVIDER_TOKEN" {
        let token = Some(running.provider_token(username, "ana"));
        let value = token.filter(|token| !token.is_empty())?;
        let label = "Demo token";
        return Some(Suggestion { label, value });
    }
    let mut users = description.users.iter();
    let user = users.find(|user| user.username == username)?;
    let app_code = |key: &Secret| {
        let code = totp::code_at(key, running.clock().now())?;
        Some(code.expose().to_owned())
    };
    let (label, value) = match asked.challenge {
        "PASSWORD" => {
            // One that a person thought of is known to nobody else.
            let holds =
                |text: &&str| running.is_password(username, &Secret::new((*text).to_owned()));
            let password = [user.password, NEW_PASSWORD].into_iter().find(holds)?;
            ("Demo password", password.to_owned())
        }
        "NEW_PASSWORD_REQUIRED" => ("Demo password", NEW_PASSWORD.to_owned()),
        "SOFTWARE_TOKEN_MFA" => ("Demo code", app_code(&running.app_key(username)?)?),
        "MFA_SETUP" => ("Demo code", app_code(asked.app_key.as_ref()?)?),
        "CUSTOM_CHALLENGE" => {
            let mut said = asked.parameters.iter();
            let answer = said.find_map(|(_, text)| running.custom_answer(text))?;
            ("Demo answer", answer.to_owned())
        }
        "SMS_MFA" | "SMS_OTP" | "EMAIL_OTP" | "UNCONFIRMED" | "RESET_REQUIRED" => {
            ("Demo code", running.last_code(username)?)
        }
        _ => return None,
    };
    Some(Suggestion { label, value })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::{NewUser, Sandbox, Settings};

    fn started() -> (tokio::runtime::Runtime, Running) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let running = runtime
            .block_on(Sandbox::start(Settings::default()))
            .unwrap();
        (runtime, running)
    }

    fn value(
        running: &Running,
        username: &str,
        challenge: &'static str,
        says: &str,
    ) -> Option<String> {
        let asked = Asked {
            challenge,
            username: username.to_owned(),
            parameters: vec![("question".to_owned(), says.to_owned())],
            app_key: Some(Secret::new("JBSWY3DPEHPK3PXP".to_owned())),
        };
        suggestion(running.description(), running, &asked).map(|made_up| made_up.value)
    }

    #[test]
    fn a_password_is_suggested_while_it_holds() {
        let (_runtime, running) = started();
        let suggested = || value(&running, "nina", "PASSWORD", "");
        assert_eq!(suggested().as_deref(), Some("Demo-Orchard-11!"));
        for (password, expected) in [(NEW_PASSWORD, Some(NEW_PASSWORD)), ("Her-Own-99!", None)] {
            let user = NewUser::plain("nina", password, "nina@example.com");
            running.add_user(&user).unwrap();
            assert_eq!(suggested().as_deref(), expected);
        }
    }

    #[test]
    fn riddles_and_new_apps_are_answered() {
        let (_runtime, running) = started();
        for (says, answer) in [
            ("What is six times seven?", Some("42")),
            ("Say <b>friend</b>  and enter", Some("mellon")),
            ("What else?", None),
        ] {
            let suggested = value(&running, "otto", "CUSTOM_CHALLENGE", says);
            assert_eq!(suggested.as_deref(), answer, "{says}");
        }
        for (username, challenge) in [("mia", "MFA_SETUP"), ("tom", "SOFTWARE_TOKEN_MFA")] {
            let code = value(&running, username, challenge, "").unwrap();
            assert_eq!(code.len(), 6, "{username}");
        }
        assert_eq!(value(&running, "ana", "SOFTWARE_TOKEN_MFA", ""), None);
    }

    #[test]
    fn a_provider_hands_out_a_token() {
        let (_runtime, running) = started();
        let token = value(&running, "graph.facebook.com", "PROVIDER_TOKEN", "");
        assert!(token.is_some_and(|token| token.len() > 8));
    }
}
