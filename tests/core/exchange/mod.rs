//! Every road from somebody, or nobody, to credentials.

mod developer;
mod flows;
mod guests;
mod providers;
mod shared;
mod stale;

use poolkey::domain::{Profile, ProviderLogin, Session, SignInMethod, TokenSource};
use poolkey::ops::ports::{IdentityKey, Person};
use poolkey::ops::session::{self, Obtained};

use crate::support::{Bench, Quiet, bench};

/// A bench at the identity pool that lets everybody in.
pub async fn open_bench() -> Bench {
    let mut bench = bench("ana").await;
    bench.profile.identity_pool_id = pool_id(&bench, "open").parse().unwrap();
    bench
}

fn pool_id(bench: &Bench, name: &str) -> &'static str {
    let pools = &bench.sandbox.description().identity_pools;
    let pool = pools.iter().find(|pool| pool.name == name);
    pool.unwrap().identity_pool_id
}

fn role(bench: &Bench, name: &str) -> String {
    let roles = &bench.sandbox.description().roles;
    let role = roles.iter().find(|role| role.name == name);
    role.unwrap().arn.clone()
}

/// A profile without a user pool, at the bench's identity pool.
pub fn without_pool(bench: &Bench, name: &str, method: SignInMethod) -> Profile {
    let identity_pool = bench.profile.identity_pool_id.clone();
    Profile {
        endpoints: bench.profile.endpoints.clone(),
        ..Profile::of_identity_pool(name.parse().unwrap(), method, identity_pool)
    }
}

/// A token of the made-up person in a file, as something else would keep it fresh.
fn login_of(bench: &Bench, provider: &str, person: &str) -> ProviderLogin {
    let path = bench.home.path().join(provider.replace(['/', ':'], "-"));
    std::fs::write(&path, bench.sandbox.provider_token(provider, person)).unwrap();
    ProviderLogin {
        provider: provider.parse().unwrap(),
        token: TokenSource::File(path),
    }
}

fn guest_key(bench: &Bench) -> IdentityKey {
    IdentityKey {
        pool: bench.profile.identity_pool_id.clone(),
        person: Person::Guest,
        endpoint_url: bench.profile.endpoints.url.clone(),
    }
}

async fn obtained(bench: &Bench, profile: &Profile) -> Obtained {
    let credentials = session::credentials(&bench.deps, profile, &Quiet).await;
    credentials.unwrap()
}

async fn credentials(bench: &Bench, profile: &Profile) -> Session {
    let obtained = obtained(bench, profile).await;
    assert_eq!(obtained.remark, None);
    obtained.session
}

async fn renewed(bench: &Bench, profile: &Profile) -> Session {
    let renewed = session::renew(&bench.deps, profile, &Quiet).await;
    renewed.unwrap().session
}
