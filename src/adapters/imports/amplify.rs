//! Amplify's configuration files of every generation, as JSON and inside scripts.
//!
//! Sources: `schema_v1.4.json` of amplify-backend (`amplify_outputs.json`); the files that Amplify's
//! Gen 1 command line writes (`aws-exports.js`, `amplifyconfiguration.json`, `awsconfiguration.json`)
//! and the `Auth` part of what apps hand to `Amplify.configure`. Deliberately absent: running a
//! script.

use serde_json::Value;

use super::limited;
use super::literal::{DEEPEST, objects};
use crate::domain::offered::{AmplifyAuth, MOST_OFFERS, quoted};
use crate::domain::{Offered, Problem, ProblemKind, ProfileName};

/// One of them is in every one of these files.
const KEYS: [&str; 8] = [
    "user_pool_client_id",
    "identity_pool_id",
    "awsCognitoAuthPlugin",
    "CognitoUserPool",
    "CognitoIdentity",
    "aws_user_pools_id",
    "aws_cognito_identity_pool_id",
    "userPoolId",
];

/// Whether it may be one.
pub(super) fn is_one(text: &str) -> bool {
    text.trim_start().starts_with('{') || (text.contains('{') && has_key(text))
}

fn has_key(text: &str) -> bool {
    KEYS.iter().any(|key| text.contains(key))
}

/// The sign-ins in it.
pub(super) fn offered(
    text: &str,
    name: &ProfileName,
    source: &str,
) -> Result<Vec<Offered>, Problem> {
    let found = match serde_json::from_str::<Value>(text) {
        Ok(json) => of_value(&json).into_iter().collect(),
        Err(error) => match of_script(text, source) {
            Ok(found) if !found.is_empty() => found,
            _ if text.trim_start().starts_with('{') => {
                return Err(wrong(source, error.line(), "it is not JSON"));
            }
            other => other?,
        },
    };
    if found.is_empty() {
        let sentence = format!("{source} has no sign-in of Amazon Cognito in it");
        return Err(Problem::new(ProblemKind::Usage, sentence)
            .hint("Poolkey looks for a user pool or an identity pool under auth."));
    }
    let offered = found
        .into_iter()
        .map(|auth| auth.offered(name, source.to_owned()));
    Ok(limited(offered.collect(), source))
}

fn wrong(source: &str, line: usize, why: &str) -> Problem {
    let sentence = format!("{source} cannot be read, line {line}: {why}");
    Problem::new(ProblemKind::Usage, sentence)
        .hint("Write the values there, or add the profile with its IDs.")
}

/// How much a parser reads of a script, one inside the other counted again: a few times of what such
/// a file may have, and thousands of times of what they do have.
const MOST_PARSED: usize = 4 * 1024 * 1024;

/// The most that is said about one sign-in in as many words.
const MOST_REMARKS: usize = 8;

/// Where in the text the keys are.
fn key_places(text: &str) -> Vec<usize> {
    let places = KEYS
        .iter()
        .flat_map(|key| text.match_indices(key).map(|(at, _)| at));
    let mut places: Vec<usize> = places.collect();
    places.sort_unstable();
    places
}

/// Every object in a script that has the keys; those inside one that was understood are part of it.
fn of_script(text: &str, source: &str) -> Result<Vec<AmplifyAuth>, Problem> {
    let mut found: Vec<AmplifyAuth> = Vec::new();
    let mut end = 0;
    let mut parsed = 0;
    let mut first_wrong = None;
    let keys = key_places(text);
    for range in objects(text) {
        let next_key = keys.partition_point(|at| *at < range.start);
        let has_key = keys.get(next_key).is_some_and(|at| range.contains(at));
        if range.start < end || !has_key {
            continue;
        }
        parsed += range.len();
        if parsed > MOST_PARSED || found.len() > MOST_OFFERS {
            break;
        }
        let object = text.get(range.clone()).unwrap_or_default();
        match json5::from_str::<Value>(object) {
            Ok(value) => {
                if let Some(auth) = of_value(&value) {
                    end = range.end;
                    // A script may hold the same twice, for the two ends of an app.
                    if !found.contains(&auth) {
                        found.push(auth);
                    }
                }
            }
            Err(error) => {
                let inside = error.position().map_or(0, |position| position.line);
                // The innermost says best where it is.
                first_wrong = Some((range.start, inside));
            }
        }
    }
    match first_wrong {
        Some((start, inside)) if found.is_empty() => {
            let before = text.get(..start).unwrap_or_default();
            let line = before.matches('\n').count() + inside + 1;
            let why = "a value is computed there, and scripts are not run";
            Err(wrong(source, line, why))
        }
        _ => Ok(found),
    }
}

fn of_value(value: &Value) -> Option<AmplifyAuth> {
    let auth = &value["auth"];
    let native = &auth["plugins"]["awsCognitoAuthPlugin"];
    if native.is_object() {
        return of_native(native);
    }
    if auth.is_object() {
        return of_outputs(auth);
    }
    of_native(value)
        .or_else(|| of_exports(value))
        .or_else(|| of_configure(&value["Auth"]["Cognito"]))
        .or_else(|| of_configure(&value["Auth"]))
        .or_else(|| of_configure(&value["Cognito"]))
        .or_else(|| of_outputs(value))
        .or_else(|| of_configure(value))
}

/// Gen 2.
fn of_outputs(auth: &Value) -> Option<AmplifyAuth> {
    let oauth = &auth["oauth"];
    let passwordless = &auth["passwordless"];
    let is_on = |key: &str| passwordless[key].as_bool() == Some(true);
    whole(AmplifyAuth {
        user_pool_id: text(&auth["user_pool_id"]),
        client_id: text(&auth["user_pool_client_id"]),
        identity_pool_id: text(&auth["identity_pool_id"]),
        flow: text(&auth["authentication_flow_type"]),
        passwordless: is_on("email_otp_enabled")
            || is_on("sms_otp_enabled")
            || passwordless["web_authn"].is_object(),
        domain: text(&oauth["domain"]),
        scopes: texts(&oauth["scopes"]),
        callback_urls: texts(&oauth["redirect_sign_in_uri"]),
        guests: auth["unauthenticated_identities_enabled"].as_bool(),
        ..AmplifyAuth::default()
    })
}

/// Gen 1 of the native libraries, whose parts each have a `Default`.
fn of_native(plugin: &Value) -> Option<AmplifyAuth> {
    let pools = &plugin["CognitoUserPool"];
    let pool = &pools["Default"];
    let settings = &plugin["Auth"]["Default"];
    let oauth = &settings["OAuth"];
    let identity = &plugin["CredentialsProvider"]["CognitoIdentity"]["Default"];
    let others = pools.as_object().into_iter().flat_map(|pools| pools.keys());
    let others = others.filter(|key| *key != "Default").take(MOST_REMARKS);
    let remarks = others.map(|key| {
        let key = quoted(key);
        format!("It names another user pool under {key}, which is not imported")
    });
    whole(AmplifyAuth {
        remarks: remarks.collect(),
        user_pool_id: text(&pool["PoolId"]),
        client_id: text(&pool["AppClientId"]),
        identity_pool_id: text(&identity["PoolId"]),
        flow: text(&settings["authenticationFlowType"]),
        domain: text(&oauth["WebDomain"]),
        scopes: texts(&oauth["Scopes"]),
        callback_urls: texts(&oauth["SignInRedirectURI"]),
        has_client_secret: !text(&pool["AppClientSecret"]).is_empty(),
        ..AmplifyAuth::default()
    })
}

/// Gen 1 of the web libraries: `aws-exports.js`.
fn of_exports(exports: &Value) -> Option<AmplifyAuth> {
    let oauth = &exports["oauth"];
    let identity = text(&exports["aws_cognito_identity_pool_id"]);
    let scopes = texts(&oauth["scope"]);
    let auth = AmplifyAuth {
        user_pool_id: text(&exports["aws_user_pools_id"]),
        client_id: text(&exports["aws_user_pools_web_client_id"]),
        identity_pool_id: if identity.is_empty() {
            text(&exports["Auth"]["identityPoolId"])
        } else {
            identity
        },
        flow: text(&exports["authenticationFlowType"]),
        domain: text(&oauth["domain"]),
        scopes,
        callback_urls: texts(&oauth["redirectSignIn"]),
        ..AmplifyAuth::default()
    };
    let has_own = exports["aws_user_pools_id"].is_string()
        || exports["aws_cognito_identity_pool_id"].is_string();
    whole(auth).filter(|_| has_own)
}

/// What apps of the web libraries hand over by hand, before and since their version 6.
fn of_configure(auth: &Value) -> Option<AmplifyAuth> {
    let either = |one: &str, other: &str| {
        let text = text(&auth[one]);
        if text.is_empty() {
            self::text(&auth[other])
        } else {
            text
        }
    };
    let login = &auth["loginWith"]["oauth"];
    let oauth = if login.is_object() {
        login
    } else {
        &auth["oauth"]
    };
    let mut scopes = texts(&oauth["scopes"]);
    scopes.extend(texts(&oauth["scope"]));
    whole(AmplifyAuth {
        user_pool_id: text(&auth["userPoolId"]),
        client_id: either("userPoolClientId", "userPoolWebClientId"),
        identity_pool_id: text(&auth["identityPoolId"]),
        flow: text(&auth["authenticationFlowType"]),
        domain: text(&oauth["domain"]),
        scopes,
        callback_urls: texts(&oauth["redirectSignIn"]),
        guests: auth["allowGuestAccess"].as_bool(),
        ..AmplifyAuth::default()
    })
}

fn whole(auth: AmplifyAuth) -> Option<AmplifyAuth> {
    (!auth.user_pool_id.is_empty() || !auth.identity_pool_id.is_empty()).then_some(auth)
}

/// Longer than any ID, name or address that is meant.
const LONGEST: usize = 2048;

fn text(value: &Value) -> String {
    let text = value.as_str().unwrap_or_default().trim();
    text.chars().take(LONGEST).collect()
}

/// One text, or a list of them.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(list) => list.iter().take(DEEPEST).map(text).collect(),
        other => Some(text(other))
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect(),
    }
}
