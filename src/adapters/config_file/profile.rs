//! One `[[profile]]` table, read and written.
//!
//! Deliberately absent: the rules of what goes together (see `domain::profile`).

use toml_edit::{Item, Table, TableLike};

use super::edit::{put_flag, put_switch, put_text};
use super::reader::Reader;
use super::{exchange, logins, managed_login};
use crate::domain::{
    EndpointUrl, Endpoints, PoolClient, Problem, Profile, ProfileName, SignInMethod,
};

const WHAT: &str = "a profile";
const SIGN_IN: &str = "sign_in";
const OF_USER_POOL: [&str; 3] = ["user_pool_id", "client_id", "has_client_secret"];
pub(super) const FAVORITE: &str = "favorite";
const KEEP_FRESH: &str = "keep_fresh";
pub(super) const SHARE: &str = "share_sign_in";

impl Reader<'_> {
    pub(super) fn profile(&self, table: &dyn TableLike) -> Result<Profile, Problem> {
        let sign_in: SignInMethod = self.parsed(table, SIGN_IN)?.unwrap_or_default();
        let name = self.needed(table, "name", WHAT)?;
        let identity_pool = self.needed(table, "identity_pool_id", WHAT)?;
        Ok(Profile {
            group: self.text(table, "group")?,
            favorite: self.flag(table, FAVORITE)?,
            user_pool: sign_in
                .uses_user_pool()
                .then(|| self.pool_client(table))
                .transpose()?,
            username: self.text(table, "username")?,
            managed_login: self.managed_login(table)?,
            shares_sign_in: self.parsed(table, SHARE)?,
            logins: self.logins(table)?,
            developer: self.developer(table)?,
            exchange: self.exchange(table)?,
            carries_over_guest: self.flag(table, "carry_over_guest")?,
            endpoints: Endpoints {
                url: self.parsed(table, "endpoint_url")?,
                fips: self.flag(table, "fips")?,
                dual_stack: self.flag(table, "dual_stack")?,
            },
            keep_fresh: self.switch(table, KEEP_FRESH)?.unwrap_or(true),
            ..Profile::of_identity_pool(name, sign_in, identity_pool)
        })
    }

    fn pool_client(&self, table: &dyn TableLike) -> Result<PoolClient, Problem> {
        Ok(PoolClient {
            user_pool_id: self.needed(table, "user_pool_id", WHAT)?,
            client_id: self.needed(table, "client_id", WHAT)?,
            has_client_secret: self.flag(table, "has_client_secret")?,
        })
    }
}

/// Writes the profile into its table; defaults are not written.
pub(super) fn fill(table: &mut Table, profile: &Profile) {
    put_text(table, "name", Some(profile.name.as_str()));
    put_text(table, "group", profile.group.as_deref());
    put_flag(table, FAVORITE, profile.favorite);
    fill_user_pool(table, profile);
    put_text(
        table,
        "identity_pool_id",
        Some(profile.identity_pool_id.as_str()),
    );
    put_text(table, SIGN_IN, Some(profile.sign_in.name()));
    put_text(table, "username", profile.username.as_deref());
    put_text(
        table,
        SHARE,
        profile.shares_sign_in.as_ref().map(ProfileName::as_str),
    );
    managed_login::fill(table, profile.managed_login.as_ref());
    exchange::fill(table, &profile.exchange);
    put_flag(table, "carry_over_guest", profile.carries_over_guest);
    let endpoints = &profile.endpoints;
    put_text(
        table,
        "endpoint_url",
        endpoints.url.as_ref().map(EndpointUrl::as_str),
    );
    put_flag(table, "fips", endpoints.fips);
    put_flag(table, "dual_stack", endpoints.dual_stack);
    put_switch(table, KEEP_FRESH, profile.keep_fresh, true);
    logins::fill(table, &profile.logins);
    logins::fill_developer(table, profile.developer.as_ref());
}

/// What stands there for another sign-in method than the table's own is not Poolkey's to remove.
fn fill_user_pool(table: &mut Table, profile: &Profile) {
    if let Some(pool) = &profile.user_pool {
        put_text(table, "user_pool_id", Some(pool.user_pool_id.as_str()));
        put_text(table, "client_id", Some(pool.client_id.as_str()));
        put_flag(table, "has_client_secret", pool.has_client_secret);
        return;
    }
    let method = table.get(SIGN_IN).and_then(Item::as_str);
    let method: Option<SignInMethod> = method.and_then(|text| text.parse().ok());
    if method.unwrap_or_default().uses_user_pool() {
        for key in OF_USER_POOL {
            table.remove(key);
        }
    }
}
