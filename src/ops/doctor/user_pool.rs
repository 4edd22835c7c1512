//! The user pool, its app client and the sign-in method, tried with a user who cannot exist.
//!
//! `InitiateAuth` answers what is wrong with the client before it looks at the user. Deliberately
//! absent: a try that would run the pool's own program (`CUSTOM_AUTH`, and the migration that a
//! password for an unknown user starts).

use data_encoding::HEXLOWER;
use futures_util::future::join;

use super::Subject;
use super::line::{Line, Silence};
use crate::crypto::random;
use crate::domain::sign_in::{AuthFlow, Initiate};
use crate::domain::{Check, CheckId, PoolClient, Problem, ProblemKind, SignInMethod};
use crate::ops::deps::missing_client_secret;
use crate::ops::ports::{AppClient, Deps};
use crate::ops::proofs::Proofs;
use crate::ops::sign_in::no_random_numbers;

const IDS: [CheckId; 3] = [CheckId::UserPool, CheckId::AppClient, CheckId::SignInMethod];

pub(super) async fn checks(deps: &Deps, subject: Subject<'_>, line: &Line<'_>) -> Vec<Check> {
    let Some(pool) = &subject.profile.user_pool else {
        let why = "Nobody signs in to a user pool";
        return IDS.map(|id| Check::skipped(id, why)).to_vec();
    };
    let (pool, [client, method]) = join(
        user_pool(deps, subject, pool, line),
        app_client(deps, subject, pool, line),
    )
    .await;
    vec![pool, client, method]
}

/// Its key document is public.
async fn user_pool(deps: &Deps, subject: Subject<'_>, pool: &PoolClient, line: &Line<'_>) -> Check {
    const ID: CheckId = CheckId::UserPool;
    let id = &pool.user_pool_id;
    let asked = deps.probes.key_document(id, &subject.profile.endpoints);
    match line.call(asked).await {
        Ok(200) => Check::passed(ID, format!("{id} answers")),
        Ok(400 | 404) => Check::failed(
            ID,
            Problem::new(
                ProblemKind::Refused,
                format!("There is no user pool {id} in {}", id.region()),
            )
            .hint("Check the user pool ID and its region in the profile's configuration."),
        ),
        Ok(status) => Check::warned(
            ID,
            Problem::new(
                ProblemKind::Network,
                format!("The key document of {id} is answered with HTTP {status}"),
            )
            .hint("A proxy or another server may have answered: check the endpoint."),
        ),
        Err(silence) => silence.check(ID),
    }
}

/// What is sent, and what an answer to it can say about the method.
struct Trial {
    flow: AuthFlow,
    /// Why the method itself cannot be tried; none where it is.
    untried: Option<&'static str>,
}

impl Trial {
    const fn of(method: SignInMethod) -> Self {
        let (flow, untried) = match method {
            SignInMethod::Password => (AuthFlow::Password, None),
            SignInMethod::Choice => (AuthFlow::Choice, None),
            SignInMethod::Custom | SignInMethod::CustomSrp => (
                AuthFlow::Srp,
                Some("Trying it would run the user pool's own program"),
            ),
            SignInMethod::Browser => (AuthFlow::Srp, Some("See Managed login")),
            _ => (AuthFlow::Srp, None),
        };
        Self { flow, untried }
    }
}

async fn app_client(
    deps: &Deps,
    subject: Subject<'_>,
    pool: &PoolClient,
    line: &Line<'_>,
) -> [Check; 2] {
    let unknown = || Check::skipped(CheckId::SignInMethod, "See App client first");
    let client = match with_secret(deps, subject, pool).await {
        Ok(client) => client,
        Err(check) => return [check, unknown()],
    };
    let trial = Trial::of(subject.profile.sign_in);
    let answer = match initiate(trial.flow) {
        Ok(call) => line
            .call(deps.user_pool.initiate(&client, call))
            .await
            .map(|_| ()),
        Err(problem) => Err(Silence::Here(problem)),
    };
    let verdict = match answer {
        Ok(()) => Verdict::Fine,
        Err(Silence::Refused(problem)) => Verdict::of(problem),
        Err(silence) => return [silence.check(CheckId::AppClient), unknown()],
    };
    let label = subject.profile.sign_in.label();
    let allowed = || Check::passed(CheckId::SignInMethod, format!("{label} is allowed"));
    let client = Check::passed(
        CheckId::AppClient,
        format!("{} is there{}", pool.client_id, secret_in_words(&client)),
    );
    match (verdict, trial.untried) {
        (Verdict::Client(problem), _) => [Check::failed(CheckId::AppClient, problem), unknown()],
        (Verdict::Unsure(problem), _) => [Check::warned(CheckId::AppClient, problem), unknown()],
        (Verdict::Fine | Verdict::Flow(_), Some(why)) => {
            [client, Check::skipped(CheckId::SignInMethod, why)]
        }
        (Verdict::Fine, None) => [client, allowed()],
        (Verdict::Flow(problem), None) => [client, Check::failed(CheckId::SignInMethod, problem)],
    }
}

const fn secret_in_words(client: &AppClient) -> &'static str {
    if client.client_secret.is_some() {
        ", and takes the client secret"
    } else {
        ", and wants no secret"
    }
}

async fn with_secret(
    deps: &Deps,
    subject: Subject<'_>,
    pool: &PoolClient,
) -> Result<AppClient, Check> {
    const ID: CheckId = CheckId::AppClient;
    let profile = subject.profile;
    let client_secret = match subject.client_secret {
        Some(typed) => Some(typed.duplicate()),
        None if pool.has_client_secret => match deps.vault.client_secret(profile).await {
            Ok(Some(stored)) => Some(stored),
            Ok(None) => return Err(Check::failed(ID, missing_client_secret(&profile.name))),
            Err(_) => {
                let why = "The client secret could not be read: see Secret store";
                return Err(Check::skipped(ID, why));
            }
        },
        None => None,
    };
    Ok(AppClient {
        user_pool_id: pool.user_pool_id.clone(),
        client_id: pool.client_id.clone(),
        client_secret,
        endpoints: profile.endpoints.clone(),
    })
}

/// A sign-in of nobody. The one with a password comes without it: complete, it could start a user
/// migration.
fn initiate(flow: AuthFlow) -> Result<Initiate, Problem> {
    let random = random::bytes::<12>().ok_or_else(no_random_numbers)?;
    let mut fields = Vec::new();
    if flow == AuthFlow::Srp {
        fields.push(("SRP_A".to_owned(), Proofs::default().begin()?));
    }
    Ok(Initiate {
        flow,
        username: format!("poolkey-doctor-{}", HEXLOWER.encode(random.as_slice())),
        device_key: None,
        fields,
        with_srp_a: false,
    })
}

/// What a refusal is about.
enum Verdict {
    /// The user, or what is missing on purpose: client and flow are good.
    Fine,
    /// The client allows no such flow.
    Flow(Problem),
    /// The client, its secret, or a firewall before it.
    Client(Problem),
    /// Something that passes.
    Unsure(Problem),
}

impl Verdict {
    fn of(problem: Problem) -> Self {
        let Some(said) = &problem.aws else {
            return Self::Unsure(problem);
        };
        let message = said.message.to_lowercase();
        match said.code.as_str() {
            "NotAuthorizedException" | "InvalidParameterException"
                if message.contains("secret") =>
            {
                Self::Client(problem)
            }
            "InvalidParameterException" if message.contains("missing required parameter") => {
                Self::Fine
            }
            "InvalidParameterException"
            | "FeatureUnavailableInTierException"
            | "OperationNotEnabledException" => Self::Flow(problem),
            "NotAuthorizedException"
            | "UserNotFoundException"
            | "UserNotConfirmedException"
            | "PasswordResetRequiredException"
            | "UserLambdaValidationException" => Self::Fine,
            "ResourceNotFoundException" | "ForbiddenException" => Self::Client(problem),
            _ => Self::Unsure(problem),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::AwsSaid;

    fn verdict(code: &str, message: &str) -> &'static str {
        let said = AwsSaid::new("InitiateAuth", code, message);
        match Verdict::of(Problem::new(ProblemKind::Refused, "No").said(said)) {
            Verdict::Fine => "fine",
            Verdict::Flow(_) => "flow",
            Verdict::Client(_) => "client",
            Verdict::Unsure(_) => "unsure",
        }
    }

    #[test]
    fn refusals_are_about_the_user_the_flow_or_the_client() {
        let (denied, parameter) = ("NotAuthorizedException", "InvalidParameterException");
        for (code, message, expected) in [
            (denied, "Incorrect username or password.", "fine"),
            ("UserNotFoundException", "User does not exist.", "fine"),
            (parameter, "Missing required parameter PASSWORD", "fine"),
            (
                "UserLambdaValidationException",
                "PreAuthentication failed",
                "fine",
            ),
            (
                parameter,
                "USER_SRP_AUTH is not enabled for the client.",
                "flow",
            ),
            (parameter, "Initiate Auth method not supported", "flow"),
            ("FeatureUnavailableInTierException", "", "flow"),
            (
                denied,
                "Unable to verify secret hash for client X",
                "client",
            ),
            (
                denied,
                "Client X is configured with secret but SECRET_HASH was not received",
                "client",
            ),
            (
                parameter,
                "App client X is not configured for secret but secret hash was received",
                "client",
            ),
            (
                "ResourceNotFoundException",
                "User pool client X does not exist.",
                "client",
            ),
            ("ForbiddenException", "", "client"),
            ("TooManyRequestsException", "Rate exceeded", "unsure"),
            ("InternalErrorException", "", "unsure"),
        ] {
            assert_eq!(verdict(code, message), expected, "{code} {message}");
        }
    }

    /// A real user's lock-out must not move, and no program of the pool may run.
    #[test]
    fn the_user_is_made_up_anew_and_no_password_goes_out() {
        for flow in [AuthFlow::Srp, AuthFlow::Password, AuthFlow::Choice] {
            let [one, other] = [flow, flow].map(|flow| initiate(flow).unwrap());
            assert!(one.username.starts_with("poolkey-doctor-"));
            assert_ne!(one.username, other.username);
            assert!(one.fields.iter().all(|(name, _)| name == "SRP_A"));
        }
        for method in SignInMethod::ALL {
            assert_ne!(Trial::of(method).flow, AuthFlow::Custom);
        }
    }
}
