//! The demo's profiles that show ways from an identity to credentials: guests, the basic flow, other
//! providers, developer-authenticated identities, a shared sign-in.
//!
//! They exchange at the sandbox's second identity pool, which allows all of it.

use std::path::Path;

use super::sign_ins::Made;
use crate::domain::{
    AwsProfileIdentity, BasicFlow, CallbackUrl, DeveloperSource, DurationSeconds, Endpoints,
    Exchange, IdError, OidcClient, PoolClient, Profile, ProviderLogin, SignInMethod, TokenSource,
};
use crate::sandbox::Description;

/// Tokens that lie in files, by provider and person. Whoever links two logins is somebody else: one
/// that has an identity of its own already cannot be linked.
pub(super) const TOKEN_FILES: [(&str, &str, &str); 4] = [
    ("google.jwt", "accounts.google.com", "ana"),
    ("amazon.txt", "www.amazon.com", "ana"),
    ("google-zoe.jwt", "accounts.google.com", "zoe"),
    ("amazon-zoe.txt", "www.amazon.com", "zoe"),
];

/// The AWS profile that may vouch for people.
pub(super) const AWS_PROFILE: &str = "backend";

const GROUP: &str = "More ways to exchange";
const PROVIDERS: &str = "Other providers";

/// Where the roads lead to.
struct Pool<'a> {
    sandbox: &'a Description,
    tokens: &'a Path,
}

/// The profiles.
pub(super) fn profiles(sandbox: &Description, tokens: &Path) -> Result<Vec<Made>, IdError> {
    let pool = Pool { sandbox, tokens };
    let made = vec![
        pool.guest()?,
        pool.basic()?,
        pool.chosen_role()?,
        pool.shared()?,
        pool.developer()?,
        pool.provider(
            "demo-google",
            "accounts.google.com",
            pool.file("google.jwt"),
        )?,
        pool.provider("demo-facebook", "graph.facebook.com", TokenSource::Typed)?,
        pool.provider("demo-amazon", "www.amazon.com", pool.command("amazon.txt"))?,
        pool.provider("demo-apple", "appleid.apple.com", TokenSource::Typed)?,
        pool.oidc()?,
        pool.provider(
            "demo-saml",
            "arn:aws:iam::123456789012:saml-provider/SandboxSaml",
            TokenSource::Typed,
        )?,
        pool.linked()?,
    ];
    Ok(made.into_iter().map(|profile| (profile, None)).collect())
}

impl Pool<'_> {
    fn id(&self) -> &'static str {
        let mut pools = self.sandbox.identity_pools.iter();
        let open = pools.find(|pool| pool.name == "open");
        open.map_or("", |pool| pool.identity_pool_id)
    }

    fn role(&self, name: &str) -> Result<crate::domain::RoleArn, IdError> {
        let mut roles = self.sandbox.roles.iter();
        let role = roles.find(|role| role.name == name);
        role.map_or("", |role| role.arn.as_str()).parse()
    }

    fn of(&self, name: &str, group: &str, method: SignInMethod) -> Result<Profile, IdError> {
        Ok(Profile {
            group: Some(group.to_owned()),
            endpoints: Endpoints::at(self.sandbox.endpoint.parse()?),
            ..Profile::of_identity_pool(name.parse()?, method, self.id().parse()?)
        })
    }

    /// Ana, by the app client without a secret.
    fn of_ana(&self, name: &str) -> Result<Profile, IdError> {
        let mut clients = self.sandbox.clients.iter();
        let public = clients.find(|client| client.name == "public");
        Ok(Profile {
            user_pool: Some(PoolClient {
                user_pool_id: self.sandbox.user_pool_id.parse()?,
                client_id: public.map_or("", |client| client.client_id).parse()?,
                has_client_secret: false,
            }),
            username: Some("ana".to_owned()),
            ..self.of(name, GROUP, SignInMethod::Srp)?
        })
    }

    fn guest(&self) -> Result<Profile, IdError> {
        self.of("demo-guest", GROUP, SignInMethod::Guest)
    }

    fn basic(&self) -> Result<Profile, IdError> {
        Ok(Profile {
            exchange: Exchange::Basic(BasicFlow {
                role: self.role("on-call")?,
                session_name: None,
                duration: Some(DurationSeconds::of_role(2 * 3600)?),
                policy: None,
            }),
            ..self.of_ana("demo-basic")?
        })
    }

    /// One of the roles that Ana's groups offer.
    fn chosen_role(&self) -> Result<Profile, IdError> {
        Ok(Profile {
            identity_pool_id: self.sandbox.identity_pool_id.parse()?,
            exchange: Exchange::Enhanced {
                role: Some(self.role("on-call")?),
            },
            ..self.of_ana("demo-role")?
        })
    }

    /// Another identity pool for the sign-in of the first profile.
    fn shared(&self) -> Result<Profile, IdError> {
        Ok(Profile {
            shares_sign_in: Some("demo".parse()?),
            ..self.of_ana("demo-shared")?
        })
    }

    fn developer(&self) -> Result<Profile, IdError> {
        Ok(Profile {
            developer: Some(DeveloperSource::AwsProfile(AwsProfileIdentity {
                aws_profile: AWS_PROFILE.to_owned(),
                provider_name: self.sandbox.developer.provider_name.to_owned(),
                user_id: "ana".to_owned(),
                token_seconds: None,
            })),
            ..self.of("demo-developer", GROUP, SignInMethod::Developer)?
        })
    }

    fn file(&self, name: &str) -> TokenSource {
        TokenSource::File(self.tokens.join(name))
    }

    /// Prints a file as this system's shell does.
    fn command(&self, name: &str) -> TokenSource {
        let print = if cfg!(windows) { "type" } else { "cat" };
        TokenSource::Command(format!("{print} \"{}\"", self.tokens.join(name).display()))
    }

    fn provider(&self, name: &str, key: &str, token: TokenSource) -> Result<Profile, IdError> {
        Ok(Profile {
            logins: vec![ProviderLogin {
                provider: key.parse()?,
                token,
            }],
            ..self.of(name, PROVIDERS, SignInMethod::Provider)?
        })
    }

    fn oidc(&self) -> Result<Profile, IdError> {
        let oidc = &self.sandbox.oidc;
        let key = oidc.issuer.split_once("://").map_or("", |(_, key)| key);
        let client = OidcClient {
            issuer: oidc.issuer.parse()?,
            client_id: oidc.client_id.to_owned(),
            has_client_secret: false,
            scopes: Vec::new(),
            callback_urls: CallbackUrl::usual(),
        };
        self.provider("demo-oidc", key, TokenSource::Browser(client))
    }

    /// Two logins of one person at once, linked to one identity.
    fn linked(&self) -> Result<Profile, IdError> {
        let both = [
            ("accounts.google.com", self.file("google-zoe.jwt")),
            ("www.amazon.com", self.command("amazon-zoe.txt")),
        ];
        let login = |(key, token): (&str, TokenSource)| {
            let provider = key.parse()?;
            Ok(ProviderLogin { provider, token })
        };
        let logins: Result<Vec<_>, IdError> = both.into_iter().map(login).collect();
        Ok(Profile {
            logins: logins?,
            ..self.of("demo-linked", PROVIDERS, SignInMethod::Provider)?
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::{Sandbox, Settings};

    #[test]
    fn each_goes_together_with_the_others() {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let running = runtime
            .block_on(Sandbox::start(Settings::default()))
            .unwrap();
        let sandbox = running.description();
        let mut all = super::super::sign_ins::profiles(sandbox).unwrap();
        all.extend(profiles(sandbox, Path::new("/tokens")).unwrap());
        let all: Vec<Profile> = all.into_iter().map(|(profile, _)| profile).collect();
        for profile in &all {
            assert_eq!(profile.faults(&all), [], "{}", profile.name);
        }
    }
}
