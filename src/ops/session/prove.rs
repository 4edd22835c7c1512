//! Who asks for credentials, by each sign-in method: nobody is asked anything here.
//!
//! Deliberately absent: the exchange, and answering a user pool's challenges (see `sign_in`).

use super::obtained::{Unkept, hint_at};
use crate::domain::{
    Claims, DeveloperSource, FlowStep, IdentityId, KeptSignIn, Problem, ProblemKind, Profile,
    ProfileField, Secret, SignInMethod, StepState, Tokens,
};
use crate::ops::exchange::Holder;
use crate::ops::id_tokens::IdTokens;
use crate::ops::logins::gather;
use crate::ops::ports::{Deps, Login, Progress};
use crate::ops::refresh::{Refreshed, kept_sign_in, refresh_kept};
use crate::ops::seen;

/// Somebody, and what a user pool's refresh left behind.
pub(in crate::ops) struct Proved {
    pub(in crate::ops) holder: Holder,
    /// A user pool's only.
    pub(in crate::ops) refresh: Option<Refresh>,
    /// How storing went what was renewed.
    pub(in crate::ops) stored: Result<(), Unkept>,
    /// True for a user pool's ID token that was used before.
    pub(in crate::ops) is_reused: bool,
}

/// Of a user pool.
pub(in crate::ops) struct Refresh {
    /// Serves those that share the sign-in, too.
    pub(in crate::ops) id_token: Secret,
    pub(in crate::ops) claims: Claims,
    pub(in crate::ops) kept: KeptSignIn,
}

/// For a caller that holds the lock.
pub(super) async fn prove(
    deps: &Deps,
    profile: &Profile,
    progress: &dyn Progress,
) -> Result<Proved, Problem> {
    prove_with(deps, profile, None, progress).await
}

/// As [`prove`], with the ID token of the sign-in that this process has, if it has one.
pub(in crate::ops) async fn prove_again(
    deps: &Deps,
    profile: &Profile,
    progress: &dyn Progress,
) -> Result<Proved, Problem> {
    prove_with(deps, profile, Some(&deps.id_tokens), progress).await
}

async fn prove_with(
    deps: &Deps,
    profile: &Profile,
    known: Option<&IdTokens>,
    progress: &dyn Progress,
) -> Result<Proved, Problem> {
    let mut stored = Ok(());
    let holder = match profile.sign_in {
        SignInMethod::Guest => {
            let detail = "Not needed".to_owned();
            progress.step(FlowStep::SignIn, StepState::Done { detail, took: None });
            Holder::guest()
        }
        SignInMethod::Provider => {
            let gathering = gather(deps, profile, progress);
            let doing = "reading tokens";
            let gathered = timed(deps, progress, (doing, "Other providers"), gathering).await?;
            stored = gathered.stored;
            Holder::of_providers(profile, gathered.logins, &*deps.claims)
        }
        SignInMethod::Developer => {
            let source = profile.developer.as_ref().ok_or_else(no_developer)?;
            let words = ("asking the developer's backend", "Developer identity");
            let vouching = vouched(deps, profile, source);
            let (identity, token) = timed(deps, progress, words, vouching).await?;
            seen::show(deps, progress, &[("Developer token", &token)]);
            Holder::of_developer(profile, source, identity, token)
        }
        _ => return of_user_pool(deps, profile, known, progress).await,
    };
    Ok(Proved {
        holder,
        refresh: None,
        stored,
        is_reused: false,
    })
}

async fn of_user_pool(
    deps: &Deps,
    profile: &Profile,
    known: Option<&IdTokens>,
    progress: &dyn Progress,
) -> Result<Proved, Problem> {
    let kept = kept_sign_in(deps, profile).await?;
    // What may be missing is looked for before a refresh token is spent.
    let others = gather(deps, profile, progress).await?;
    let now = deps.clock.now();
    if let Some((id, claims)) = known.and_then(|known| known.get(profile, &kept, now)) {
        let holder = of_pool(deps, profile, &claims, &id, others.logins);
        let refresh = Some(Refresh {
            id_token: id,
            claims,
            kept,
        });
        return Ok(Proved {
            holder,
            refresh,
            stored: others.stored,
            is_reused: true,
        });
    }
    let refreshing = refresh_kept(deps, profile, kept);
    let Refreshed {
        tokens: Tokens { id, access, .. },
        kept,
        stored,
    } = timed(deps, progress, ("refreshing", "Refresh token"), refreshing).await?;
    let stored = stored.and(others.stored);
    seen::show_user_pool(deps, progress, &id, &access);
    let claims = match deps.claims.read(&id) {
        Ok(claims) => claims,
        Err(problem) => return Err(hint_at(problem, &stored)),
    };
    let holder = of_pool(deps, profile, &claims, &id, others.logins);
    let refresh = Some(Refresh {
        id_token: id,
        claims,
        kept,
    });
    Ok(Proved {
        holder,
        refresh,
        stored,
        is_reused: false,
    })
}

/// Somebody of the user pool, with other providers' logins.
pub(super) fn of_pool(
    deps: &Deps,
    profile: &Profile,
    claims: &Claims,
    id_token: &Secret,
    others: Vec<Login>,
) -> Holder {
    Holder::of_user_pool(profile, claims.clone(), id_token, others, &*deps.claims)
}

async fn vouched(
    deps: &Deps,
    profile: &Profile,
    source: &DeveloperSource,
) -> Result<(IdentityId, Secret), Problem> {
    match source {
        DeveloperSource::Command(command) => {
            let printed = deps.tokens.output(command).await?;
            deps.developer.parse(&printed)
        }
        DeveloperSource::AwsProfile(person) => {
            let (pool, endpoints) = (&profile.identity_pool_id, &profile.endpoints);
            let call = deps.developer.open_id_token(pool, endpoints, person);
            call.await.map_err(|problem| problem.about(profile))
        }
    }
}

/// The first step, as the person sees it.
async fn timed<T>(
    deps: &Deps,
    progress: &dyn Progress,
    (doing, done): (&str, &str),
    work: impl Future<Output = Result<T, Problem>> + Send,
) -> Result<T, Problem> {
    let running = StepState::Running(doing.to_owned());
    progress.step(FlowStep::SignIn, running);
    let started = deps.stopwatch();
    let result = work.await?;
    let state = StepState::Done {
        detail: done.to_owned(),
        took: Some(deps.since(started)),
    };
    progress.step(FlowStep::SignIn, state);
    Ok(result)
}

fn no_developer() -> Problem {
    let sentence = "Nothing says where the developer's token comes from";
    Problem::new(ProblemKind::Usage, sentence)
        .hint("Name a command or an AWS profile in the profile's configuration.")
        .mended_in(ProfileField::Developer)
}
