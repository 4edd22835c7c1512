//! What is kept, as JSON text: the refresh token, the session, the device, the client secret.
//!
//! Every record says which pools and client it is for. Deliberately absent: ID and access tokens;
//! they live for minutes and a refresh brings new ones. The types here hold plain strings and so
//! have no `Debug`.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::logins;
use crate::domain::sign_in::KeptDevice;
use crate::domain::{
    AwsCredentials, Caller, DeveloperSource, Exchange, KeptSignIn, Profile, RoleChoice, Secret,
    Session,
};

/// Which user pool, app client and address a sign-in belongs to.
fn sign_in_fingerprint(profile: &Profile) -> String {
    let pool = profile.user_pool.as_ref();
    let endpoint = profile.endpoints.url.as_ref();
    [
        pool.map_or("", |pool| pool.user_pool_id.as_str()),
        pool.map_or("", |pool| pool.client_id.as_str()),
        endpoint.map_or("", |endpoint| endpoint.as_str()),
    ]
    .join(" ")
}

/// Which configuration a session belongs to: another role or provider makes another one, and so does
/// another source of its token, or another profile's sign-in, which may be another person's.
///
/// Deliberately absent: the user name. It is an alias of the one that signs in, and written into the
/// profile after the session is kept.
fn fingerprint(profile: &Profile) -> String {
    let exchange = &profile.exchange;
    let role = exchange.role().map_or("", |role| role.as_str());
    let mut parts = vec![
        sign_in_fingerprint(profile),
        profile.sign_in.name().to_owned(),
        profile.identity_pool_id.to_string(),
        exchange.name().to_owned(),
        role.to_owned(),
    ];
    if let Exchange::Basic(basic) = exchange {
        let duration = basic.duration.map(|duration| duration.to_string());
        parts.push(basic.session_name().to_owned());
        parts.push(duration.unwrap_or_default());
        parts.push(basic.policy.clone().unwrap_or_default());
    }
    let of_login = |login| logins::fingerprint(profile, login);
    parts.extend(profile.logins.iter().map(of_login));
    parts.extend(profile.shares_sign_in.iter().map(ToString::to_string));
    match &profile.developer {
        None => {}
        Some(DeveloperSource::Command(command)) => parts.push(command.clone()),
        Some(DeveloperSource::AwsProfile(person)) => parts.extend([
            person.aws_profile.clone(),
            person.provider_name.clone(),
            person.user_id.clone(),
        ]),
    }
    parts.join(" ")
}

#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
struct SignInRecord {
    of: String,
    username: String,
    refresh_token: String,
    #[serde(default)]
    device_key: Option<String>,
}

#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
struct DeviceRecord {
    of: String,
    username: String,
    typed: String,
    device_key: String,
    device_group_key: String,
    password: String,
}

#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
struct SessionRecord {
    of: String,
    username: String,
    groups: Vec<String>,
    #[serde(default)]
    roles: Vec<String>,
    #[serde(default)]
    logins: Vec<String>,
    /// `profile` or `basic`; the identity pool's own rule without it.
    #[serde(default)]
    role_choice: Option<String>,
    identity_id: String,
    access_key_id: String,
    secret_access_key: String,
    session_token: String,
    expires_at: String,
    obtained_at: String,
    /// In milliseconds: how far this machine's clock was behind the one the times are by.
    #[serde(default)]
    clock_offset: i64,
    account: Option<String>,
    arn: Option<String>,
}

/// As JSON, in a buffer that leaves no copies behind.
pub fn to_text(record: &impl Serialize) -> Option<Zeroizing<String>> {
    // One buffer that is large enough: growing would leave copies behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(16 * 1024));
    serde_json::to_writer(&mut *bytes, record).ok()?;
    let text = std::str::from_utf8(&bytes).ok()?;
    Some(Zeroizing::new(text.to_owned()))
}

/// The record of a refresh token.
pub fn write_sign_in(profile: &Profile, kept: &KeptSignIn) -> Option<Zeroizing<String>> {
    to_text(&SignInRecord {
        of: sign_in_fingerprint(profile),
        username: kept.username.clone(),
        refresh_token: kept.refresh_token.expose().to_owned(),
        device_key: kept.device_key.clone(),
    })
}

/// The refresh token, if the record is for this configuration.
pub fn read_sign_in(profile: &Profile, text: &str) -> Option<KeptSignIn> {
    let record: SignInRecord = serde_json::from_str(text).ok()?;
    (record.of == sign_in_fingerprint(profile)).then(|| KeptSignIn {
        refresh_token: Secret::new(record.refresh_token.clone()),
        username: record.username.clone(),
        device_key: record.device_key.clone(),
    })
}

/// The record of a device.
pub fn write_device(profile: &Profile, device: &KeptDevice) -> Option<Zeroizing<String>> {
    to_text(&DeviceRecord {
        of: sign_in_fingerprint(profile),
        username: device.username.clone(),
        typed: device.typed.clone(),
        device_key: device.device_key.clone(),
        device_group_key: device.device_group_key.clone(),
        password: device.password.expose().to_owned(),
    })
}

/// The device, if the record is for this configuration.
pub fn read_device(profile: &Profile, text: &str) -> Option<KeptDevice> {
    let record: DeviceRecord = serde_json::from_str(text).ok()?;
    (record.of == sign_in_fingerprint(profile)).then(|| KeptDevice {
        username: record.username.clone(),
        typed: record.typed.clone(),
        device_key: record.device_key.clone(),
        device_group_key: record.device_group_key.clone(),
        password: Secret::new(record.password.clone()),
    })
}

const fn choice_name(choice: RoleChoice) -> Option<&'static str> {
    match choice {
        RoleChoice::IdentityPool => None,
        RoleChoice::Profile => Some("profile"),
        RoleChoice::BasicFlow => Some("basic"),
    }
}

fn read_choice(name: Option<&str>) -> RoleChoice {
    let all = [RoleChoice::Profile, RoleChoice::BasicFlow];
    let known = all.into_iter().find(|choice| choice_name(*choice) == name);
    known.filter(|_| name.is_some()).unwrap_or_default()
}

/// The record of a session.
pub fn write_session(
    profile: &Profile,
    session: &Session,
    clock_offset: SignedDuration,
) -> Option<Zeroizing<String>> {
    let Session {
        identity_id,
        credentials,
        username,
        groups,
        roles,
        logins,
        role_choice,
        caller,
        obtained_at,
    } = session;
    to_text(&SessionRecord {
        of: fingerprint(profile),
        username: username.clone(),
        groups: groups.clone(),
        roles: roles.iter().map(ToString::to_string).collect(),
        logins: logins.clone(),
        role_choice: choice_name(*role_choice).map(str::to_owned),
        identity_id: identity_id.to_string(),
        access_key_id: credentials.access_key_id.clone(),
        secret_access_key: credentials.secret_access_key.expose().to_owned(),
        session_token: credentials.session_token.expose().to_owned(),
        expires_at: credentials.expires_at.to_string(),
        obtained_at: obtained_at.to_string(),
        clock_offset: clock_offset.as_millis().try_into().unwrap_or_default(),
        account: caller.as_ref().map(|caller| caller.account.clone()),
        arn: caller.as_ref().map(|caller| caller.arn.clone()),
    })
}

/// The session, if the record is for this configuration, and the offset its times are by.
pub fn read_session(profile: &Profile, text: &str) -> Option<(Session, SignedDuration)> {
    let record: SessionRecord = serde_json::from_str(text).ok()?;
    if record.of != fingerprint(profile) {
        return None;
    }
    let caller = record
        .account
        .clone()
        .zip(record.arn.clone())
        .map(|(account, arn)| Caller { account, arn });
    let session = Session {
        identity_id: record.identity_id.parse().ok()?,
        credentials: AwsCredentials {
            access_key_id: record.access_key_id.clone(),
            secret_access_key: Secret::new(record.secret_access_key.clone()),
            session_token: Secret::new(record.session_token.clone()),
            expires_at: record.expires_at.parse::<Timestamp>().ok()?,
        },
        username: record.username.clone(),
        groups: record.groups.clone(),
        roles: record
            .roles
            .iter()
            .filter_map(|role| role.parse().ok())
            .collect(),
        logins: record.logins.clone(),
        role_choice: read_choice(record.role_choice.as_deref()),
        caller,
        obtained_at: record.obtained_at.parse::<Timestamp>().ok()?,
    };
    Some((session, SignedDuration::from_millis(record.clock_offset)))
}
