// AWS credentials as the Poolkey profile {{profile}} gets them: AWS SDK for Rust.
{{#environment}}
// Run with {{environment}}
{{/environment}}
// cargo add aws-config aws-credential-types aws-sdk-cognitoidentity
{{#password}}
// cargo add aws-sdk-cognitoidentityprovider
{{/password}}
{{#basic}}
// cargo add aws-sdk-sts
{{/basic}}
{{#client_secret}}
// cargo add base64 hmac sha2
{{/client_secret}}
// cargo add tokio --features macros,rt-multi-thread
{{#logins}}
use std::collections::HashMap;
{{/logins}}
{{#variables}}
use std::env;
{{/variables}}
use std::error::Error;

use aws_config::{BehaviorVersion, Region};
use aws_credential_types::Credentials;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let config = aws_config::defaults(BehaviorVersion::latest())
        .no_credentials()
        .region(Region::new("{{region}}"))
        .load()
        .await;
{{#password}}
    let username = env::var("COGNITO_USERNAME")?;
{{#srp}}
    // The app client must allow ALLOW_USER_PASSWORD_AUTH.
{{/srp}}
    let at_user_pool = aws_sdk_cognitoidentityprovider::config::Builder::from(&config)
        .region(Region::new("{{user_pool_region}}"))
        .build();
    let user_pool = aws_sdk_cognitoidentityprovider::Client::from_conf(at_user_pool);
    let signed_in = user_pool
        .initiate_auth()
        .client_id("{{client_id}}")
        .auth_flow("USER_PASSWORD_AUTH".into())
        .auth_parameters("USERNAME", &username)
        .auth_parameters("PASSWORD", env::var("COGNITO_PASSWORD")?)
{{#client_secret}}
        // The app client has a secret. It belongs on a server, never into an app.
        .auth_parameters(
            "SECRET_HASH",
            secret_hash(&env::var("COGNITO_CLIENT_SECRET")?, &username)?,
        )
{{/client_secret}}
        .send()
        .await?;
    let Some(result) = signed_in.authentication_result() else {
        let challenge = signed_in.challenge_name();
        return Err(format!("Answer {challenge:?} with respond_to_auth_challenge").into());
    };
    let id_token = result.id_token().unwrap_or_default().to_owned();
{{/password}}
{{#own_token}}
{{#browser}}
    // The ID token of a sign-in through managed login: authorization code with PKCE.
{{/browser}}
{{#custom}}
    // The ID token of a sign-in by CUSTOM_AUTH, whose challenges only you know.
{{/custom}}
    let id_token = env::var("COGNITO_ID_TOKEN")?;
{{/own_token}}
{{#logins}}
    let logins = HashMap::from([
        ("{{login_key}}".to_owned(), {{login_token}}),
    ]);
{{/logins}}

    let identity_pool = aws_sdk_cognitoidentity::Client::new(&config);
{{#identity}}
    let identity = identity_pool
        .get_id()
        .identity_pool_id("{{identity_pool_id}}")
{{#logins}}
        .set_logins(Some(logins.clone()))
{{/logins}}
        .send()
        .await?;
    let identity_id = identity.identity_id().unwrap_or_default();
{{/identity}}
{{#developer}}
    // Your backend calls GetOpenIdTokenForDeveloperIdentity and hands on identity ID and token.
    let identity_id = env::var("COGNITO_IDENTITY_ID")?;
{{/developer}}
{{#enhanced}}
    let answer = identity_pool
        .get_credentials_for_identity()
        .identity_id(identity_id)
{{#logins}}
        .set_logins(Some(logins))
{{/logins}}
{{#role}}
        .custom_role_arn("{{role_arn}}")
{{/role}}
        .send()
        .await?;
    let vended = answer.credentials().ok_or("no credentials")?;
    let credentials = Credentials::new(
        vended.access_key_id().unwrap_or_default(),
        vended.secret_key().unwrap_or_default(),
        vended.session_token().map(str::to_owned),
        vended.expiration().and_then(|time| (*time).try_into().ok()),
        "cognito",
    );
{{/enhanced}}
{{#basic}}
    let open_id = identity_pool
        .get_open_id_token()
        .identity_id(identity_id)
{{#logins}}
        .set_logins(Some(logins))
{{/logins}}
        .send()
        .await?;
    let answer = aws_sdk_sts::Client::new(&config)
        .assume_role_with_web_identity()
        .role_arn("{{role_arn}}")
        .role_session_name("{{session_name}}")
        .web_identity_token(open_id.token().unwrap_or_default())
        .send()
        .await?;
    let vended = answer.credentials().ok_or("no credentials")?;
    let credentials = Credentials::new(
        vended.access_key_id(),
        vended.secret_access_key(),
        Some(vended.session_token().to_owned()),
        (*vended.expiration()).try_into().ok(),
        "cognito",
    );
{{/basic}}

    // For any client: config.into_builder().credentials_provider(
    //     aws_credential_types::provider::SharedCredentialsProvider::new(credentials)).build()
    println!("{} {:?}", credentials.access_key_id(), credentials.expiry());
    Ok(())
}
{{#client_secret}}

fn secret_hash(secret: &str, username: &str) -> Result<String, Box<dyn Error>> {
    use base64::Engine as _;
    use hmac::{Hmac, KeyInit as _, Mac as _};
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(secret.as_bytes())?;
    mac.update(username.as_bytes());
    mac.update(b"{{client_id}}");
    let hash = mac.finalize().into_bytes();
    Ok(base64::engine::general_purpose::STANDARD.encode(hash))
}
{{/client_secret}}
