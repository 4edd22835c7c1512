//! What managed login sends back instead of a code, in sentences.

use crate::domain::{AwsSaid, Problem, ProblemKind};

/// Error, sentence, hints. What is not known keeps the server's own words.
const KNOWN: [(&str, &str, &[&str]); 6] = [
    (
        "access_denied",
        "The sign-in was cancelled or denied in the browser",
        &[
            "Try again. If you did not cancel, ask the administrator of the pool or of the identity provider.",
        ],
    ),
    (
        "invalid_scope",
        "The app client does not allow a scope that was asked for",
        &[
            "Allow the profile's scopes in the app client's managed login settings, or set scopes in the profile.",
        ],
    ),
    (
        "unauthorized_client",
        "The app client may not be used with managed login",
        &["Turn on the authorization code grant in the app client's managed login settings."],
    ),
    (
        "login_required",
        "Nobody is signed in in the browser",
        &["Try again and sign in there."],
    ),
    (
        "server_error",
        "Managed login failed",
        &["Try again in a moment."],
    ),
    (
        "temporarily_unavailable",
        "Managed login is not available at the moment",
        &["Try again in a moment."],
    ),
];

/// An error that came back to the callback address.
pub(super) fn refused(error: &str, description: &str) -> Problem {
    let said = AwsSaid::new("Managed login", error, description);
    if let Some((_, sentence, hints)) = KNOWN.iter().find(|(known, ..)| *known == error) {
        let problem = Problem::new(ProblemKind::Refused, *sentence);
        let problem = hints
            .iter()
            .fold(problem, |problem, hint| problem.hint(*hint));
        return problem.said(said);
    }
    // The service says so about triggers and identity providers, in the description only.
    let lower = description.to_lowercase();
    let of_provider = [
        "idp",
        "identity provider",
        "saml",
        "getting token",
        "connection reset",
    ]
    .iter()
    .any(|word| lower.contains(word));
    let (sentence, hint) = if of_provider {
        (
            "The identity provider did not sign you in",
            "Check identity_provider in the profile, and the provider's settings in the user pool.",
        )
    } else {
        (
            "Managed login refused the sign-in",
            "Check scopes, callback addresses and identity provider of the app client.",
        )
    };
    Problem::new(ProblemKind::Refused, sentence)
        .hint(hint)
        .said(said)
}

/// A pasted address of another sign-in.
pub(super) fn foreign_paste() -> Problem {
    Problem::new(
        ProblemKind::Usage,
        "That address does not belong to this sign-in",
    )
    .hint("Paste the address where the browser ended after the page that Poolkey opened.")
}

/// A pasted text without a code.
pub(super) fn useless_paste() -> Problem {
    Problem::new(ProblemKind::Usage, "There is no code in what was pasted")
        .hint("Paste the whole address where the browser ended; it begins with http://localhost or http://127.0.0.1.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_explained_and_keep_the_servers_words() {
        for (error, description, sentence) in [
            ("access_denied", "User cancelled", "cancelled or denied"),
            ("invalid_scope", "", "does not allow a scope"),
            ("unauthorized_client", "", "may not be used"),
            (
                "invalid_request",
                "[Acme] Error - 500 error getting token",
                "identity provider",
            ),
            (
                "invalid_request",
                "Timeout occurred in calling IdP token endpoint",
                "identity provider",
            ),
            ("brand_new", "what\u{1b}[2J", "Managed login refused"),
        ] {
            let problem = refused(error, description);
            assert!(problem.sentence.contains(sentence), "{error}: {problem}");
            assert_eq!(problem.kind, ProblemKind::Refused);
            assert!(!problem.hints.is_empty());
            assert_eq!(problem.aws_code(), Some(error));
            let shown = problem.aws.unwrap().to_string();
            assert!(!shown.contains('\u{1b}'), "{shown}");
        }
    }
}
