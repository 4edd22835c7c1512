//! The same words to a guest, to somebody with another provider's token, and to a developer's user.

use poolkey::domain::{
    AwsProfileIdentity, DeveloperSource, Endpoints, OidcClient, Profile, ProviderLogin,
    SignInMethod, TokenSource,
};

use super::answered::{basic, refused};
use super::server::refusing;
use super::shown::{hold_against, text};
use crate::support::bench;

const CREDENTIALS: &str = "GetCredentialsForIdentity";
const NOT_AUTHORIZED: &str = "NotAuthorizedException";
const NO_GUESTS: &str = "Unauthenticated access is not supported for this identity pool.";
const FOREIGN: &str = "Token is not from a supported provider of this identity pool.";
const NOT_A_GUESTS: &str = "Access to Identity 'us-east-1:0' is forbidden.";
const NARROWED: &str = "User: arn:aws:sts::123456789012:assumed-role/guests/CognitoIdentityCredentials is not authorized to perform: ec2:DescribeInstances because no session policy allows the ec2:DescribeInstances action";

fn without_user_pool(profile: &Profile, sign_in: SignInMethod) -> Profile {
    let pool = profile.identity_pool_id.clone();
    Profile::of_identity_pool(profile.name.clone(), sign_in, pool)
}

fn of_google(profile: &Profile, token: TokenSource) -> Profile {
    let provider = "accounts.google.com".parse().unwrap();
    Profile {
        logins: vec![ProviderLogin { provider, token }],
        ..without_user_pool(profile, SignInMethod::Provider)
    }
}

fn in_the_browser() -> TokenSource {
    TokenSource::Browser(OidcClient {
        issuer: "https://accounts.google.com".parse().unwrap(),
        client_id: "1.apps.googleusercontent.com".to_owned(),
        has_client_secret: false,
        scopes: Vec::new(),
        callback_urls: Vec::new(),
    })
}

fn of_developer(profile: &Profile) -> Profile {
    let source = AwsProfileIdentity {
        aws_profile: "the backend's".to_owned(),
        provider_name: "login.acme.example".to_owned(),
        user_id: "7".to_owned(),
        token_seconds: None,
    };
    Profile {
        developer: Some(DeveloperSource::AwsProfile(source)),
        ..without_user_pool(profile, SignInMethod::Developer)
    }
}

/// Who is told what.
fn cases(profile: &Profile) -> Vec<(Profile, [&'static str; 3])> {
    let guest = without_user_pool(profile, SignInMethod::Guest);
    let guest_of_a_role = Profile {
        exchange: basic(),
        ..guest.clone()
    };
    let developer = of_developer(profile);
    let denied = "Not authorized to perform sts:AssumeRoleWithWebIdentity";
    let roles = "Invalid identity pool configuration. Check assigned IAM roles for this pool.";
    vec![
        (guest.clone(), ["GetId", NOT_AUTHORIZED, NO_GUESTS]),
        (guest.clone(), [CREDENTIALS, "AccessDenied", NARROWED]),
        (
            guest.clone(),
            [
                CREDENTIALS,
                "InvalidIdentityPoolConfigurationException",
                roles,
            ],
        ),
        (
            guest_of_a_role,
            ["AssumeRoleWithWebIdentity", "AccessDenied", denied],
        ),
        (guest.clone(), [CREDENTIALS, NOT_AUTHORIZED, NOT_A_GUESTS]),
        (
            of_google(profile, in_the_browser()),
            ["GetId", NOT_AUTHORIZED, FOREIGN],
        ),
        (
            of_google(profile, TokenSource::Typed),
            ["GetId", NOT_AUTHORIZED, FOREIGN],
        ),
        (
            of_google(profile, TokenSource::Typed),
            ["GetId", NOT_AUTHORIZED, NO_GUESTS],
        ),
        (
            of_google(profile, TokenSource::Typed),
            [
                "GetId",
                NOT_AUTHORIZED,
                "Invalid login token. Missing a required claim: aud",
            ],
        ),
        (
            developer.clone(),
            [
                CREDENTIALS,
                NOT_AUTHORIZED,
                "Invalid login token. Not a Cognito token.",
            ],
        ),
        (
            developer.clone(),
            ["GetId", "BrandNewException", "Never heard of it."],
        ),
    ]
}

#[tokio::test]
async fn each_reads_what_is_true_of_them() {
    let bench = bench("ana").await;
    let mut answers = Vec::new();
    for (mut profile, said) in cases(&bench.profile) {
        let [_, code, message] = said;
        profile.endpoints.url = Some(refusing(code, message).await.parse().unwrap());
        let problem = refused(&bench.deps, &profile, said).await;
        answers.push(text(&problem, &profile));
    }
    let at_aws = Profile {
        endpoints: Endpoints::AWS,
        username: Some("o'brien & sons".to_owned()),
        ..bench.profile.clone()
    };
    let said = poolkey::domain::AwsSaid::new("InitiateAuth", NOT_AUTHORIZED, "User is disabled.");
    let problem = poolkey::domain::refusal::recognized(said).about(&at_aws);
    answers.push(text(&problem, &at_aws));
    hold_against("others.txt", &answers);
}
