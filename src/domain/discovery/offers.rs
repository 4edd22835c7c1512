//! Which app client belongs to which identity pool, and the profiles that follow.
//!
//! An identity pool names the app clients whose tokens it takes (`CognitoIdentityProviders`): that
//! alone decides. Deliberately absent: names that only look alike.

use super::client::{Ways, ways};
use super::found::{Found, Incomplete, Offers};
use super::inventory::{AppClientFound, IdentityPoolFound, Inventory, UserPoolFound};
use super::names::{new_name, who};
use crate::domain::endpoints::Endpoints;
use crate::domain::ids::{ClientId, ProfileName, UserPoolId};
use crate::domain::offered::own_address;
use crate::domain::profile::{PoolClient, Profile, SignInMethod, region_mismatch};
use crate::domain::secret::Secret;

/// Works out the profiles. `known` are those that there are.
#[must_use]
pub fn offers(inventory: Inventory, endpoints: &Endpoints, known: &[Profile]) -> Offers {
    let mut made = Made {
        inventory: &inventory,
        endpoints,
        known,
        offers: Offers::default(),
    };
    for pool in &inventory.identity_pools {
        for (provider, client_id) in &pool.clients {
            made.add_client(pool, provider, client_id);
        }
        made.add_guest(pool);
        made.note_other_ways(pool);
    }
    for client in &inventory.clients {
        made.note_lonely(client);
    }
    let mut offers = made.offers;
    offers.missed = inventory.missed;
    offers
}

struct Made<'a> {
    inventory: &'a Inventory,
    endpoints: &'a Endpoints,
    known: &'a [Profile],
    offers: Offers,
}

impl Made<'_> {
    fn add_client(&mut self, pool: &IdentityPoolFound, provider: &str, client_id: &str) {
        let ids = provider
            .rsplit_once('/')
            .and_then(|(_, id)| id.parse::<UserPoolId>().ok())
            .zip(client_id.parse::<ClientId>().ok());
        let Some((user_pool_id, client_id)) = ids else {
            let why = format!(
                "{} takes its tokens, but the IDs are not understood",
                pool.name
            );
            return self.apart(provider.to_owned(), client_id.to_owned(), why);
        };
        let mut clients = self.inventory.clients.iter();
        let client =
            clients.find(|client| client.user_pool_id == user_pool_id && client.id == client_id);
        let user_pool = self.user_pool(&user_pool_id);
        let who = who(client, &client_id, user_pool, &user_pool_id);
        let Some(client) = client else {
            let why = self.why_not_there(pool, &user_pool_id);
            return self.apart(who, client_id.to_string(), why);
        };
        if let Err(why) = self.add_known_client(pool, client, &who) {
            self.apart(who, client_id.to_string(), why);
        }
    }

    /// The sentence says why nobody signs in with it.
    fn add_known_client(
        &mut self,
        pool: &IdentityPoolFound,
        client: &AppClientFound,
        who: &str,
    ) -> Result<(), String> {
        let settings = client.settings.as_ref();
        let user_pool = self.user_pool(&client.user_pool_id);
        let found = match settings {
            Some(settings) => ways(settings, user_pool, self.endpoints)?,
            None => Ways::unread(),
        };
        let mut remarks = found.remarks;
        remarks.extend(region_mismatch(&client.user_pool_id, &pool.id));
        if pool.classic_flow {
            remarks.push("The identity pool allows the basic flow too".to_owned());
        }
        let secret = settings.and_then(|settings| settings.secret.as_ref());
        let pool_client = PoolClient {
            user_pool_id: client.user_pool_id.clone(),
            client_id: client.id.clone(),
            has_client_secret: secret.is_some(),
        };
        let text = if self.pools_of(&pool_client) > 1 {
            format!("{}-{}", client.name, pool.name)
        } else {
            client.name.clone()
        };
        if let Some(name) = self.name(&text) {
            let profile = Profile {
                sign_in: found.method,
                managed_login: found.managed_login,
                endpoints: self.endpoints.clone(),
                ..Profile::of_user_pool(name, pool_client, pool.id.clone())
            };
            self.ready(profile, pool, who.to_owned(), (remarks, secret));
        }
        Ok(())
    }

    /// How many identity pools take the tokens of an app client.
    fn pools_of(&self, client: &PoolClient) -> usize {
        let end = format!("/{}", client.user_pool_id);
        let takes = |pool: &&IdentityPoolFound| {
            pool.clients
                .iter()
                .any(|(provider, id)| provider.ends_with(&end) && id == client.client_id.as_str())
        };
        self.inventory.identity_pools.iter().filter(takes).count()
    }

    fn user_pool(&self, id: &UserPoolId) -> Option<&UserPoolFound> {
        self.inventory.user_pools.iter().find(|pool| pool.id == *id)
    }

    fn why_not_there(&self, pool: &IdentityPoolFound, user_pool: &UserPoolId) -> String {
        let region = user_pool.region();
        let name = &pool.name;
        let unread = [
            "cognito-idp:ListUserPools",
            "cognito-idp:ListUserPoolClients",
        ]
        .into_iter()
        .find(|action| self.inventory.lacks(action, &region));
        match unread {
            Some(action) => format!("{name} takes its tokens, but {action} is missing to read it"),
            None if self.user_pool(user_pool).is_none() => format!(
                "{name} takes its tokens, but the user pool is in another account or in a region \
                 that was not looked at ({region})"
            ),
            None => format!("{name} takes its tokens, but the app client is not there any more"),
        }
    }

    fn add_guest(&mut self, pool: &IdentityPoolFound) {
        if !pool.guests {
            return;
        }
        let Some(name) = self.name(&format!("{}-guest", pool.name)) else {
            return;
        };
        let profile = Profile {
            endpoints: self.endpoints.clone(),
            ..Profile::of_identity_pool(name, SignInMethod::Guest, pool.id.clone())
        };
        let remarks = vec!["Nobody signs in".to_owned()];
        self.ready(profile, pool, "Guests".to_owned(), (remarks, None));
    }

    /// Ways that need something which no account tells.
    fn note_other_ways(&mut self, pool: &IdentityPoolFound) {
        if let Some(provider) = &pool.developer_provider {
            let why = format!(
                "It takes developer-authenticated identities ({provider}): enter the command or the \
                 AWS profile that vouches in a new profile"
            );
            self.apart(pool.name.clone(), pool.id.to_string(), why);
        }
        if !pool.other_providers.is_empty() {
            let providers = pool.other_providers.join(", ");
            let why = format!(
                "It takes tokens of {providers}: enter where they come from in a new profile"
            );
            self.apart(pool.name.clone(), pool.id.to_string(), why);
        }
    }

    /// An app client that no identity pool names.
    fn note_lonely(&mut self, client: &AppClientFound) {
        let pool_client = PoolClient {
            user_pool_id: client.user_pool_id.clone(),
            client_id: client.id.clone(),
            has_client_secret: false,
        };
        if self.pools_of(&pool_client) > 0 {
            return;
        }
        let region = client.user_pool_id.region();
        let unread = [
            "cognito-identity:ListIdentityPools",
            "cognito-identity:DescribeIdentityPool",
        ]
        .into_iter()
        .find(|action| self.inventory.lacks(action, &region));
        let why = unread.map_or_else(
            || {
                format!(
                    "No identity pool takes its tokens: add {} with this client ID to one",
                    client.user_pool_id.provider_name()
                )
            },
            |action| format!("Its identity pool is not known: {action} is missing"),
        );
        let pool = self.user_pool(&client.user_pool_id);
        let who = who(Some(client), &client.id, pool, &client.user_pool_id);
        self.apart(who, client.id.to_string(), why);
    }

    fn apart(&mut self, what: String, id: String, why: String) {
        self.offers.incomplete.push(Incomplete { what, id, why });
    }

    fn ready(
        &mut self,
        profile: Profile,
        pool: &IdentityPoolFound,
        who: String,
        (mut remarks, secret): (Vec<String>, Option<&Secret>),
    ) {
        remarks.extend(own_address(&profile.endpoints));
        if let Some(fault) = profile.faults(&[]).into_iter().next() {
            return self.apart(who, pool.id.to_string(), fault.sentence);
        }
        let same = |known: &&Profile| {
            known.signs_in_at_the_same_place(&profile)
                && known.identity_pool_id == profile.identity_pool_id
                && (profile.user_pool.is_some() || known.sign_in == profile.sign_in)
        };
        let known = self.known.iter().find(same);
        let known = known.map(|known| known.name.clone());
        self.offers.ready.push(Found {
            profile,
            identity_pool: pool.name.clone(),
            who,
            remarks,
            client_secret: secret.map(Secret::duplicate),
            known,
        });
    }

    /// A name that nobody has, made of this text.
    fn name(&self, text: &str) -> Option<ProfileName> {
        new_name(text, |name| {
            let known = self.known.iter().map(|profile| &profile.name);
            let ready = self.offers.ready.iter().map(|found| &found.profile.name);
            known
                .chain(ready)
                .any(|other| other.as_str().eq_ignore_ascii_case(name))
        })
    }
}
