//! What is said about tokens of other providers.

use jiff::Timestamp;

use crate::domain::{
    AwsSaid, LoginProvider, Problem, ProblemKind, Profile, ProfileField, ProviderLogin, TokenSource,
};
use crate::ops::refresh::how_to_sign_in;

/// Somebody has to bring it.
#[must_use]
pub fn needed(profile: &Profile, login: &ProviderLogin) -> Problem {
    let (name, label) = (&profile.name, login.provider.label());
    let sentence = match &login.token {
        TokenSource::Browser(_) => format!("{name} needs a sign-in at {label}"),
        _ => format!("{name} needs a token of {label}: {}", a_kind(login)),
    };
    Problem::new(ProblemKind::SignInNeeded, sentence).hint(how_to_sign_in(name))
}

fn a_kind(login: &ProviderLogin) -> String {
    let kind = login.provider.token_kind();
    let article = if kind.starts_with(['a', 'I']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {kind}")
}

/// It ended, which is known before anybody is asked.
pub(super) fn expired(
    profile: &Profile,
    login: &ProviderLogin,
    at: Timestamp,
    now: Timestamp,
) -> Problem {
    let label = login.provider.label();
    let ago = since(at, now);
    match &login.token {
        TokenSource::File(path) => Problem::new(
            ProblemKind::File,
            format!("The token in {} {ago}", path.display()),
        )
        .hint(format!(
            "Whatever writes the file has to bring a new token of {label}."
        )),
        TokenSource::Command(_) => Problem::new(
            ProblemKind::Unexpected,
            format!("The token of {label} that the command printed {ago}"),
        )
        .hint("Check the command: it has to print a token that is still good."),
        TokenSource::Typed | TokenSource::Browser(_) => Problem::new(
            ProblemKind::SignInNeeded,
            format!("The token of {label} {ago}"),
        )
        .hint(how_to_sign_in(&profile.name)),
    }
}

/// `expired 3 minutes ago`; less than a minute ahead is as good as now.
fn since(at: Timestamp, now: Timestamp) -> String {
    let seconds = at.duration_until(now).as_secs().max(0);
    let (count, unit) = match seconds {
        0..60 => return "has just expired".to_owned(),
        60..3_600 => (seconds / 60, "minute"),
        3_600..172_800 => (seconds / 3_600, "hour"),
        _ => (seconds / 86_400, "day"),
    };
    let plural = if count == 1 { "" } else { "s" };
    format!("expired {count} {unit}{plural} ago")
}

/// A source's own problem, with the provider's name.
pub(super) fn of_provider(login: &ProviderLogin, problem: Problem) -> Problem {
    let label = login.provider.label();
    let sentence = format!("There is no token of {label}: {}", problem.sentence);
    Problem {
        sentence,
        ..problem
    }
}

/// A provider that the profile does not have.
pub(super) fn not_of_profile(profile: &Profile, provider: &LoginProvider) -> Problem {
    let known: Vec<&str> = profile
        .logins
        .iter()
        .map(|login| login.provider.as_str())
        .collect();
    let problem = Problem::new(
        ProblemKind::Usage,
        format!("{} has no provider {provider}", profile.name),
    );
    if known.is_empty() {
        return problem.hint("It signs in without tokens of other providers.");
    }
    problem.hint(format!("Its providers are: {}", known.join(", ")))
}

/// A provider whose token nobody types.
pub(super) fn not_typed(login: &ProviderLogin) -> Problem {
    let whence = match &login.token {
        TokenSource::Typed => "you",
        TokenSource::File(_) => "a file",
        TokenSource::Command(_) => "a command",
        TokenSource::Browser(_) => "the browser",
    };
    let label = login.provider.label();
    Problem::new(
        ProblemKind::Usage,
        format!("The token of {label} comes from {whence} and is not typed"),
    )
    .hint("Leave it out, or set its source in the profile to typed.")
}

/// A renewal that the provider refused for good.
pub(super) fn ended(profile: &Profile, login: &ProviderLogin, problem: Problem) -> Problem {
    let label = login.provider.label();
    let mut ended = Problem::new(
        ProblemKind::SignInNeeded,
        format!("The sign-in at {label} has ended"),
    )
    .hint(how_to_sign_in(&profile.name));
    ended.aws = problem.aws;
    ended
}

/// A renewal that is about somebody else.
pub(super) fn another_person(login: &ProviderLogin) -> Problem {
    let label = login.provider.label();
    Problem::new(
        ProblemKind::Refused,
        format!("{label} answered with a token of another person"),
    )
    .hint("Sign in there again; if that happens once more, ask the provider's administrator.")
}

/// A token that the identity pool refused.
pub(super) fn not_taken(profile: &Profile, login: &ProviderLogin, problem: Problem) -> Problem {
    let label = login.provider.label();
    let sentence = format!("The identity pool does not accept the token of {label}");
    let hint = format!("Bring another one. {}", how_to_sign_in(&profile.name));
    Problem {
        aws: problem.aws,
        mend: problem.mend,
        ..Problem::new(ProblemKind::SignInNeeded, sentence).hint(hint)
    }
}

/// A client's secret that the profile says is there.
pub(super) fn no_secret(login: &ProviderLogin) -> Problem {
    let label = login.provider.label();
    Problem::new(
        ProblemKind::SecretStore,
        format!("The secret of the client at {label} is not in the secret store"),
    )
    .hint("Enter it in the profile's configuration, or sign in on a terminal, where it is asked.")
    .mended_in(ProfileField::Providers)
}

/// An error that came back to the callback address.
pub(super) fn refused(login: &ProviderLogin, error: &str, description: &str) -> Problem {
    let label = login.provider.label();
    let (sentence, hint) = match error {
        "access_denied" => (
            "The sign-in was cancelled or denied in the browser".to_owned(),
            "Try again. If you did not cancel, ask the provider's administrator.",
        ),
        "invalid_scope" => (
            format!("{label} does not allow a scope that was asked for"),
            "Check the scopes in the profile.",
        ),
        "server_error" | "temporarily_unavailable" => (
            format!("{label} is not available at the moment"),
            "Try again in a moment.",
        ),
        _ => (
            format!("{label} refused the sign-in"),
            "Check client ID, scopes and callback addresses of the client at the provider.",
        ),
    };
    let said = AwsSaid::new("The provider", error, description);
    Problem::new(ProblemKind::Refused, sentence)
        .hint(hint)
        .said(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_since_in_words() {
        let at: Timestamp = "2026-11-21T12:00:00Z".parse().unwrap();
        for (seconds, words) in [
            (-30, "has just expired"),
            (0, "has just expired"),
            (60, "expired 1 minute ago"),
            (200, "expired 3 minutes ago"),
            (3_600, "expired 1 hour ago"),
            (172_799, "expired 47 hours ago"),
            (172_800, "expired 2 days ago"),
        ] {
            let now = at + jiff::SignedDuration::from_secs(seconds);
            assert_eq!(since(at, now), words);
        }
    }
}
