//! A real renewal, where one needs nobody: what each step of it says.
//!
//! It goes the session broker's way, but keeps no credentials and makes, merges and links no identity
//! (see [`session::try_out`]). A refusal
//! belongs to the step that was refused.

use super::Subject;
use super::identity_pool::{About, about};
use super::line::{Line, Silence};
use crate::domain::{
    Check, CheckId, Exchange, FlowStep, Problem, ProblemKind, Profile, ProfileName, Session,
    SignInMethod, StepState,
};
use crate::ops::ports::{Deps, Progress};
use crate::ops::session::{self, Tried};

/// What a renewal tells, in the order of its steps.
const STEPS: [CheckId; 6] = [
    CheckId::SignIn,
    CheckId::ProviderLinked,
    CheckId::Guest,
    CheckId::Role,
    CheckId::ClassicFlow,
    CheckId::RoleTrust,
];

/// Nobody watches.
struct Quiet;

impl Progress for Quiet {
    fn step(&self, _step: FlowStep, _state: StepState) {}
}

/// With `identity-pool` among them where it was reached.
/// `tried_by`: the profile whose renewal does for this one, too.
pub(super) async fn checks(
    deps: &Deps,
    subject: Subject<'_>,
    line: &Line<'_>,
    tried_by: Option<&ProfileName>,
) -> Vec<Check> {
    let profile = subject.profile;
    if let Some(other) = tried_by {
        let why = format!("See {other}, which shares its sign-in");
        return rest(profile, Vec::new(), &why);
    }
    if subject.client_secret.is_some() {
        return rest(
            profile,
            Vec::new(),
            "Not tried with a client secret that is not saved",
        );
    }
    match line
        .work(Box::pin(session::try_out(deps, profile, &Quiet)))
        .await
    {
        Ok(Tried::Exchanged(session)) => went_well(profile, &session),
        Ok(Tried::Proved(why)) => rest(profile, before(profile, Some(exchanged_as(profile))), why),
        Ok(Tried::Nothing(why)) => rest(profile, Vec::new(), why),
        Err(Silence::Refused(problem)) => went_wrong(profile, problem),
        Err(Silence::Here(problem)) => match problem.kind {
            ProblemKind::SignInNeeded => rest(profile, Vec::new(), "Nobody is signed in"),
            ProblemKind::SecretStore => rest(profile, Vec::new(), "See Secret store"),
            _ => {
                let failed = Check::failed(CheckId::SignIn, problem);
                rest(profile, vec![failed], "See Sign-in first")
            }
        },
        Err(Silence::Unreached) => rest(profile, Vec::new(), "No answer came: see Network"),
    }
}

/// True where a step belongs to this profile; else why not.
fn belongs(id: CheckId, profile: &Profile) -> Result<(), &'static str> {
    let is_guest = profile.sign_in == SignInMethod::Guest;
    let is_basic = matches!(profile.exchange, Exchange::Basic(_));
    match id {
        CheckId::SignIn | CheckId::ProviderLinked if is_guest => Err("A guest does not sign in"),
        CheckId::Guest if !is_guest => Err("The profile is no guest's"),
        CheckId::ClassicFlow | CheckId::RoleTrust if !is_basic => {
            Err("The profile uses the enhanced flow")
        }
        _ => Ok(()),
    }
}

/// The steps that were not reached are skipped.
fn rest(profile: &Profile, mut found: Vec<Check>, why: &str) -> Vec<Check> {
    for id in STEPS {
        if found.iter().all(|check| check.id != id) {
            let why = belongs(id, profile).err().unwrap_or(why);
            found.push(Check::skipped(id, why));
        }
    }
    found
}

fn went_well(profile: &Profile, session: &Session) -> Vec<Check> {
    let mut found = before(profile, None);
    let role = session.caller.as_ref().map_or_else(
        || {
            Check::passed(
                CheckId::Role,
                "Credentials came; STS did not say for which role",
            )
        },
        |caller| {
            let (role, account) = (caller.role(), &caller.account);
            Check::passed(CheckId::Role, format!("{role} in account {account}"))
        },
    );
    found.push(role);
    rest(profile, found, "")
}

/// What has passed when a step is reached.
fn before(profile: &Profile, reached: Option<CheckId>) -> Vec<Check> {
    let pool = &profile.identity_pool_id;
    let all = [
        (CheckId::SignIn, "New tokens came without asking anybody"),
        (
            CheckId::ProviderLinked,
            "The identity pool accepts the sign-in",
        ),
        (CheckId::Guest, "The identity pool lets guests in"),
        (
            CheckId::ClassicFlow,
            "The identity pool allows the basic flow",
        ),
        (CheckId::RoleTrust, "The role trusts the identity pool"),
    ];
    let mut found = Vec::new();
    for (id, detail) in all {
        if Some(id) == reached {
            return found;
        }
        if belongs(id, profile).is_ok() {
            found.push(Check::passed(id, detail));
        }
        let is_exchange = matches!(id, CheckId::ProviderLinked | CheckId::Guest);
        if is_exchange && found.iter().all(|check| check.id != CheckId::IdentityPool) {
            found.push(Check::passed(
                CheckId::IdentityPool,
                format!("{pool} answers"),
            ));
        }
    }
    found
}

fn went_wrong(profile: &Profile, problem: Problem) -> Vec<Check> {
    let id = culprit(profile, &problem);
    let mut found = match id {
        CheckId::IdentityPool => before(profile, Some(CheckId::ProviderLinked)),
        // It is the pool that gives a role in the enhanced flow, before anything of the other.
        CheckId::Role => before(profile, Some(CheckId::ClassicFlow)),
        id => before(profile, Some(id)),
    };
    if matches!(id, CheckId::ProviderLinked | CheckId::Guest) {
        let answers = format!("{} answers", profile.identity_pool_id);
        found.push(Check::passed(CheckId::IdentityPool, answers));
    }
    found.push(Check::failed(id, problem));
    rest(profile, found, &format!("See {} first", id.title()))
}

/// The step that the exchange begins with.
fn exchanged_as(profile: &Profile) -> CheckId {
    if profile.sign_in == SignInMethod::Guest {
        CheckId::Guest
    } else {
        CheckId::ProviderLinked
    }
}

/// The step that a refusal belongs to.
fn culprit(profile: &Profile, problem: &Problem) -> CheckId {
    let (operation, code, message) = problem.aws.as_ref().map_or(("", "", ""), |said| {
        (said.operation, &*said.code, &*said.message)
    });
    let entrance = exchanged_as(profile);
    let is_role = code == "InvalidIdentityPoolConfigurationException"
        || message.contains("role mapping")
        || message.contains("Access to Role");
    match operation {
        "AssumeRoleWithWebIdentity" => CheckId::RoleTrust,
        "GetOpenIdToken" if code == "InvalidParameterException" => CheckId::ClassicFlow,
        "GetId" | "GetCredentialsForIdentity" | "GetOpenIdToken" if is_role => CheckId::Role,
        "GetId" | "GetCredentialsForIdentity" | "GetOpenIdToken" => match about(problem) {
            About::Pool => CheckId::IdentityPool,
            _ => entrance,
        },
        _ => CheckId::SignIn,
    }
}
