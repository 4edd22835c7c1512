//! A report on a profile's calls for somebody else to read: an administrator, a forum, support.
//!
//! It says what kind of profile it is and what was called. Deliberately absent: names of people and
//! profiles, e-mail addresses, accounts, roles, hosts, tokens and whole pool IDs.

use jiff::Timestamp;

use super::profile_state::ProfileState;
use crate::domain::{CallRecord, Exchange, LoginProvider, Problem, Profile};

/// The services whose names say nothing about anybody.
const WELL_KNOWN: [&str; 4] = [
    "Cognito user pool",
    "Cognito identity pool",
    "STS",
    "Managed login",
];

/// The report, with these calls, newest first.
#[must_use]
pub fn report<'a>(
    state: &ProfileState,
    calls: impl IntoIterator<Item = &'a CallRecord>,
    now: Timestamp,
) -> String {
    let mut lines = vec![
        format!("Poolkey {}, {}", env!("CARGO_PKG_VERSION"), system()),
        String::new(),
    ];
    lines.extend(configuration(&state.profile));
    lines.push(format!("State            {}", standing(state, now)));
    lines.extend(state.problem.as_ref().map(problem));
    lines.push(String::new());
    lines.push("Calls, by the seconds before this report:".to_owned());
    let before = lines.len();
    lines.extend(calls.into_iter().map(|record| call(record, now)));
    if lines.len() == before {
        lines.push("none".to_owned());
    }
    lines.join("\n")
}

/// What this program was built for.
#[must_use]
pub const fn system() -> &'static str {
    if cfg!(windows) {
        "Windows"
    } else if cfg!(target_os = "macos") {
        "macOS"
    } else {
        "Linux"
    }
}

fn configuration(profile: &Profile) -> Vec<String> {
    let mut lines = vec![format!("Sign-in          {}", profile.sign_in.label())];
    if let Some(pool) = &profile.user_pool {
        let id = beginning(pool.user_pool_id.as_str(), '_');
        let secret = if pool.has_client_secret {
            "an app client with a secret"
        } else {
            "an app client without a secret"
        };
        lines.push(format!("User pool        {id}, {secret}"));
    }
    if profile.managed_login.is_some() {
        lines.push("Managed login    yes".to_owned());
    }
    let logins = profile.logins.iter().map(|login| kind(&login.provider));
    let logins: Vec<&str> = logins.collect();
    if !logins.is_empty() {
        lines.push(format!("Logins           {}", logins.join(", ")));
    }
    if profile.developer.is_some() {
        lines.push("Developer        yes".to_owned());
    }
    let id = beginning(profile.identity_pool_id.as_str(), ':');
    lines.push(format!("Identity pool    {id}"));
    let exchange = match &profile.exchange {
        Exchange::Enhanced { role: None } => "enhanced flow",
        Exchange::Enhanced { role: Some(_) } => "enhanced flow with a role of its own",
        Exchange::Basic(_) => "basic flow",
    };
    lines.push(format!("Exchange         {exchange}"));
    let endpoints = &profile.endpoints;
    let mut hosts = vec![if endpoints.url.is_some() {
        "an endpoint of its own"
    } else {
        "AWS"
    }];
    hosts.extend(endpoints.fips.then_some("FIPS"));
    hosts.extend(endpoints.dual_stack.then_some("dual-stack"));
    lines.push(format!("Hosts            {}", hosts.join(", ")));
    lines
}

/// A public provider by its name; a key of anybody's own may name an account or a company.
fn kind(provider: &LoginProvider) -> &str {
    let label = provider.label();
    if provider.is_saml() {
        "SAML"
    } else if label == provider.as_str() {
        "OpenID Connect"
    } else {
        label
    }
}

/// `eu-west-1_aB3d…`: enough to tell two pools apart.
fn beginning(id: &str, separator: char) -> String {
    match id.split_once(separator) {
        Some((region, rest)) => {
            let head: String = rest.chars().take(4).collect();
            format!("{region}{separator}{head}…")
        }
        None => "…".to_owned(),
    }
}

fn standing(state: &ProfileState, now: Timestamp) -> String {
    let sign_in = if state.refreshable {
        "signed in"
    } else {
        "no sign-in kept"
    };
    match &state.session {
        None => format!("{sign_in}, no credentials"),
        Some(session) => match session.remaining(now).as_secs() {
            ..=0 => format!("{sign_in}, credentials expired"),
            seconds => format!("{sign_in}, credentials for {seconds} s"),
        },
    }
}

/// Kind and code only: the sentence and AWS's own words may name anything.
fn problem(problem: &Problem) -> String {
    let said = problem.aws.as_ref().map_or_else(String::new, |said| {
        format!(", {} answered {}", said.operation, said.code)
    });
    format!("Problem          {}{said}", problem.kind.name())
}

fn call(record: &CallRecord, now: Timestamp) -> String {
    let age = record.began_at.duration_until(now).as_secs_f64();
    let (service, operation) = if WELL_KNOWN.contains(&record.service.as_str()) {
        (record.service.as_str(), record.operation.as_str())
    } else {
        let method = record.operation.split(' ').next().unwrap_or_default();
        ("Another provider", method)
    };
    let again = match record.attempts {
        0 | 1 => String::new(),
        attempts => format!(", {attempts} attempts"),
    };
    let took = record.took.as_millis();
    let outcome = record.outcome.label();
    let id = record.request_id.as_deref().unwrap_or("no request ID");
    format!("{age:9.1}  {service} {operation}: {outcome} after {took} ms{again}, {id}")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::domain::{
        AwsCredentials, AwsSaid, CallOutcome, Caller, PoolClient, ProblemKind, ProviderLogin,
        RoleChoice, Secret, SeenToken, Session, TokenReading, TokenSource,
    };

    const CANARY: &str = "canary";

    fn now() -> Timestamp {
        "2026-11-21T12:00:00Z".parse().unwrap()
    }

    fn canary() -> Secret {
        Secret::new(CANARY.to_owned())
    }

    /// Whatever can name somebody does.
    fn state() -> ProfileState {
        let user_pool = PoolClient {
            user_pool_id: "eu-west-1_aB3dcanary".parse().unwrap(),
            client_id: "canaryclient".parse().unwrap(),
            has_client_secret: true,
        };
        let identity_pool = "eu-west-1:9f0c1d2e-0000-4a4a-9b9b-c41ec41ec41e";
        let profile = Profile::of_user_pool(
            "canary-profile".parse().unwrap(),
            user_pool,
            identity_pool.parse().unwrap(),
        );
        let saml = "arn:aws:iam::999999999999:saml-provider/canary";
        let login = |provider: &str| ProviderLogin {
            provider: provider.parse().unwrap(),
            token: TokenSource::Command(CANARY.to_owned()),
        };
        let problem = Problem::new(ProblemKind::Refused, "canary@example.com may not").said(
            AwsSaid::new("GetId", "NotAuthorizedException", "canary is not welcome"),
        );
        let mut state = ProfileState::new(Profile {
            username: Some("canary@example.com".to_owned()),
            group: Some("canary".to_owned()),
            logins: ["accounts.google.com", "login.canary.example", saml]
                .map(login)
                .into(),
            endpoints: Some("http://canary.example".parse().unwrap()).into(),
            ..profile
        });
        state.problem = Some(problem);
        state.session = Some(session());
        state.tokens = vec![SeenToken {
            title: "ID token".to_owned(),
            token: canary(),
            reading: TokenReading::default(),
        }];
        state
    }

    fn session() -> Session {
        Session {
            identity_id: "eu-west-1:1699ebc0-7900-4099-b910-2df94f52a030"
                .parse()
                .unwrap(),
            credentials: AwsCredentials {
                access_key_id: "canarykey".to_owned(),
                secret_access_key: canary(),
                session_token: canary(),
                expires_at: now() + jiff::SignedDuration::from_mins(10),
            },
            username: CANARY.to_owned(),
            groups: vec![CANARY.to_owned()],
            roles: Vec::new(),
            logins: vec![CANARY.to_owned()],
            role_choice: RoleChoice::default(),
            caller: Some(Caller {
                account: "999999999999".to_owned(),
                arn: "arn:aws:sts::999999999999:assumed-role/canary/canary".to_owned(),
            }),
            obtained_at: now(),
        }
    }

    fn record(service: &str, operation: &str, outcome: CallOutcome) -> CallRecord {
        CallRecord {
            profile: "canary-profile".parse().ok(),
            service: service.to_owned(),
            operation: operation.to_owned(),
            began_at: now() - Duration::from_millis(72_400),
            took: Duration::from_millis(212),
            attempts: 2,
            request_id: Some("0a1b-2c".to_owned()),
            outcome,
        }
    }

    #[test]
    fn a_report_says_what_helps() {
        let refused = CallOutcome::Refused("NotAuthorizedException".to_owned());
        let calls = [record("Cognito identity pool", "GetId", refused)];
        let text = report(&state(), &calls, now());
        for line in [
            concat!("Poolkey ", env!("CARGO_PKG_VERSION"), ", "),
            "User pool        eu-west-1_aB3d…, an app client with a secret",
            "Logins           Google, OpenID Connect, SAML",
            "Identity pool    eu-west-1:9f0c…",
            "Exchange         enhanced flow",
            "Hosts            an endpoint of its own",
            "State            no sign-in kept, credentials for 600 s",
            "Problem          refused, GetId answered NotAuthorizedException",
            "     72.4  Cognito identity pool GetId: NotAuthorizedException after 212 ms, 2 attempts, 0a1b-2c",
        ] {
            assert!(text.contains(line), "no {line:?} in\n{text}");
        }
    }

    #[test]
    fn a_report_names_nobody() {
        let calls = [
            record(
                "login.canary.example",
                "POST /canary/token",
                CallOutcome::Answered,
            ),
            record("STS", "GetCallerIdentity", CallOutcome::Answered),
        ];
        let state = state();
        assert!(format!("{:?}", state.profile).contains(CANARY));
        let text = report(&state, &calls, now());
        assert!(text.contains("Another provider POST: ok"), "{text}");
        for secret in [CANARY, "999999999999", "1699ebc0", "c41ec41e", "@"] {
            assert!(!text.contains(secret), "{secret} in\n{text}");
        }
        let none = report(&state, [], now());
        assert!(none.ends_with("\nnone"), "{none}");
    }
}
