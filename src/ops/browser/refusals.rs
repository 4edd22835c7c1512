//! What managed login sends back instead of a code, in sentences.

use crate::domain::refusal::{MANAGED_LOGIN, recognized};
use crate::domain::{AwsSaid, Problem, ProblemKind, Profile};

/// An error that came back to the callback address.
pub(super) fn refused(profile: &Profile, error: &str, description: &str) -> Problem {
    recognized(AwsSaid::new(MANAGED_LOGIN, error, description)).about(profile)
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
    use crate::domain::PoolClient;

    #[test]
    fn errors_are_explained_and_keep_the_servers_words() {
        let pool = PoolClient {
            user_pool_id: "eu-west-1_aB3dE5gH7".parse().unwrap(),
            client_id: "1h57kf5cpq17m0eml12example".parse().unwrap(),
            has_client_secret: false,
        };
        let identity_pool = "eu-west-1:9f0c1d2e-0000-4a4a-9b9b-c41ec41ec41e";
        let identity_pool = identity_pool.parse().unwrap();
        let profile = Profile::of_user_pool("dev".parse().unwrap(), pool, identity_pool);
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
            let problem = refused(&profile, error, description);
            assert!(problem.sentence.contains(sentence), "{error}: {problem}");
            assert_eq!(problem.kind, ProblemKind::Refused);
            assert!(!problem.hints.is_empty());
            assert_eq!(problem.aws_code(), Some(error));
            let shown = problem.aws.unwrap().to_string();
            assert!(!shown.contains('\u{1b}'), "{shown}");
        }
    }
}
