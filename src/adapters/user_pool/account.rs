//! Calls about an account rather than a sign-in: software tokens, passwords, confirmation, devices.
//!
//! `SECRET_HASH` is made over exactly the name that is sent. Deliberately absent: SDK types in the
//! answers.

use aws_sdk_cognitoidentityprovider::Client;
use aws_sdk_cognitoidentityprovider::types::{
    CodeDeliveryDetailsType, DeviceRememberedStatusType, DeviceSecretVerifierConfigType,
    VerifySoftwareTokenResponseType,
};

use super::{hash_for, problem};
use crate::crypto::device::DeviceVerifier;
use crate::domain::sign_in::Delivery;
use crate::domain::{Problem, ProblemKind, Secret};
use crate::ops::ports::AppClient;

/// How this machine is called in the user's list of devices and authenticators.
const DEVICE_NAME: &str = "Poolkey";

pub(super) async fn associate(
    sdk: &Client,
    session: Option<&Secret>,
) -> Result<(Secret, Option<Secret>), Problem> {
    let output = sdk
        .associate_software_token()
        .set_session(session.map(|session| session.expose().to_owned()))
        .send()
        .await
        .map_err(|error| problem("AssociateSoftwareToken", &error))?;
    // The key is shown and put into an address, so it has to be one.
    let secret = output.secret_code.filter(|key| is_key(key));
    let secret = secret.map(Secret::new).ok_or_else(|| {
        Problem::new(
            ProblemKind::Unexpected,
            "The user pool answered without a key for the authenticator app",
        )
    })?;
    Ok((secret, output.session.map(Secret::new)))
}

/// `SecretCode` in the API's model.
fn is_key(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

pub(super) async fn verify(
    sdk: &Client,
    session: Option<&Secret>,
    code: &Secret,
) -> Result<Option<Secret>, Problem> {
    let output = sdk
        .verify_software_token()
        .set_session(session.map(|session| session.expose().to_owned()))
        .user_code(code.expose())
        .friendly_device_name(DEVICE_NAME)
        .send()
        .await
        .map_err(|error| problem("VerifySoftwareToken", &error))?;
    if output.status == Some(VerifySoftwareTokenResponseType::Error) {
        return Err(Problem::new(ProblemKind::Refused, "The code is wrong")
            .hint("Type the code that your app shows now."));
    }
    Ok(output.session.map(Secret::new))
}

pub(super) async fn forgot_password(
    sdk: &Client,
    client: &AppClient,
    username: &str,
) -> Result<Option<Delivery>, Problem> {
    let output = sdk
        .forgot_password()
        .client_id(client.client_id.as_str())
        .username(username)
        .set_secret_hash(hash_for(client, username))
        .send()
        .await
        .map_err(|error| problem("ForgotPassword", &error))?;
    Ok(output.code_delivery_details.map(delivery))
}

pub(super) async fn reset_password(
    sdk: &Client,
    client: &AppClient,
    username: &str,
    code: &Secret,
    new_password: &Secret,
) -> Result<(), Problem> {
    sdk.confirm_forgot_password()
        .client_id(client.client_id.as_str())
        .username(username)
        .confirmation_code(code.expose())
        .password(new_password.expose())
        .set_secret_hash(hash_for(client, username))
        .send()
        .await
        .map(|_| ())
        .map_err(|error| problem("ConfirmForgotPassword", &error))
}

pub(super) async fn resend_confirmation(
    sdk: &Client,
    client: &AppClient,
    username: &str,
) -> Result<Option<Delivery>, Problem> {
    let output = sdk
        .resend_confirmation_code()
        .client_id(client.client_id.as_str())
        .username(username)
        .set_secret_hash(hash_for(client, username))
        .send()
        .await
        .map_err(|error| problem("ResendConfirmationCode", &error))?;
    Ok(output.code_delivery_details.map(delivery))
}

pub(super) async fn confirm(
    sdk: &Client,
    client: &AppClient,
    username: &str,
    code: &Secret,
) -> Result<(), Problem> {
    sdk.confirm_sign_up()
        .client_id(client.client_id.as_str())
        .username(username)
        .confirmation_code(code.expose())
        .set_secret_hash(hash_for(client, username))
        .send()
        .await
        .map(|_| ())
        .map_err(|error| problem("ConfirmSignUp", &error))
}

pub(super) async fn confirm_device(
    sdk: &Client,
    access_token: &Secret,
    device_key: &str,
    verifier: &DeviceVerifier,
) -> Result<bool, Problem> {
    let verifier = DeviceSecretVerifierConfigType::builder()
        .salt(&verifier.salt)
        .password_verifier(&verifier.password_verifier)
        .build();
    let output = sdk
        .confirm_device()
        .access_token(access_token.expose())
        .device_key(device_key)
        .device_name(DEVICE_NAME)
        .device_secret_verifier_config(verifier)
        .send()
        .await
        .map_err(|error| problem("ConfirmDevice", &error))?;
    Ok(output.user_confirmation_necessary)
}

pub(super) async fn update_device(
    sdk: &Client,
    access_token: &Secret,
    device_key: &str,
    remembered: bool,
) -> Result<(), Problem> {
    let status = if remembered {
        DeviceRememberedStatusType::Remembered
    } else {
        DeviceRememberedStatusType::NotRemembered
    };
    sdk.update_device_status()
        .access_token(access_token.expose())
        .device_key(device_key)
        .device_remembered_status(status)
        .send()
        .await
        .map(|_| ())
        .map_err(|error| problem("UpdateDeviceStatus", &error))
}

pub(super) async fn change_password(
    sdk: &Client,
    access_token: &Secret,
    previous: &Secret,
    proposed: &Secret,
) -> Result<(), Problem> {
    sdk.change_password()
        .access_token(access_token.expose())
        .previous_password(previous.expose())
        .proposed_password(proposed.expose())
        .send()
        .await
        .map(|_| ())
        .map_err(|error| problem("ChangePassword", &error))
}

fn delivery(details: CodeDeliveryDetailsType) -> Delivery {
    let medium = details.delivery_medium.as_ref();
    let medium = medium.map_or("", |medium| medium.as_str());
    Delivery::new(medium, &details.destination.unwrap_or_default())
}
