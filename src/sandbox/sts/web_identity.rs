//! `AssumeRoleWithWebIdentity`: an identity pool's token for a session of a role.
//!
//! Order: the request's form, the token, the role's trust policy, the role's limits. Deliberately
//! absent: other OpenID Connect providers (the account has none), `PolicyArns`, and what a session
//! policy means.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::vended::{Session, Vended};
use crate::sandbox::clock::after;
use crate::sandbox::error::{Refusal, escaped};
use crate::sandbox::identity_pool::logins::COGNITO_ISSUER;
use crate::sandbox::identity_pool::roles::COGNITO_PRINCIPAL;
use crate::sandbox::input::broken_constraint;
use crate::sandbox::managed_login::Pairs;
use crate::sandbox::tokens::{Claims, unverified_claims};
use crate::sandbox::world::Call;

const DEFAULT_SECONDS: u64 = 3_600;
const LONGEST_POLICY: usize = 2_048;
const NAME_PATTERN: &str = "[\\w+=,.@-]*";

/// A request whose form is right.
struct Asked<'a> {
    role: &'a str,
    session_name: &'a str,
    token: &'a str,
    seconds: u64,
}

/// What a token says.
struct Identity {
    subject: String,
    audience: String,
    methods: Vec<String>,
}

pub(super) fn assume_role(call: &mut Call<'_>, body: &[u8]) -> Result<String, Refusal> {
    let form = Pairs::parse(body);
    let asked = Asked::read(&form)?;
    let identity = identity(call, asked.token)?;
    let denied = || {
        let message = "Not authorized to perform sts:AssumeRoleWithWebIdentity";
        Refusal::new(403, "AccessDenied", message)
    };
    let role = call.state.roles.of_arn(asked.role).ok_or_else(denied)?;
    let methods: Vec<&str> = identity.methods.iter().map(String::as_str).collect();
    if !role.trust.lets_in(&identity.audience, &methods) {
        return Err(denied());
    }
    if asked.seconds > role.max_session.as_secs() {
        let message =
            "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.";
        return Err(Refusal::new(400, "ValidationError", message));
    }
    let session = Session {
        role: asked.role.to_owned(),
        name: asked.session_name.to_owned(),
        scoped_down: false,
    };
    let vended = Vended::new(session, after(call.now, Duration::from_secs(asked.seconds)))?;
    let answer = answer(&vended, &identity);
    call.state.keep(vended);
    Ok(answer)
}

impl<'a> Asked<'a> {
    fn read(form: &'a Pairs) -> Result<Self, Refusal> {
        let required = |name: &str| {
            form.text(name)
                .ok_or_else(|| constraint(name, " null", "Member must not be null"))
        };
        let (role, session_name) = (required("RoleArn")?, required("RoleSessionName")?);
        let token = required("WebIdentityToken")?;
        length("RoleArn", role, 20, 2_048)?;
        length("RoleSessionName", session_name, 2, 64)?;
        length("WebIdentityToken", token, 4, 20_000)?;
        if !session_name.chars().all(is_name_letter) {
            let pattern = format!("Member must satisfy regular expression pattern: {NAME_PATTERN}");
            return Err(constraint(
                "RoleSessionName",
                &quoted(session_name),
                &pattern,
            ));
        }
        if let Some(policy) = form.text("Policy") {
            check_policy(policy)?;
        }
        Ok(Self {
            role,
            session_name,
            token,
            seconds: seconds(form.text("DurationSeconds"))?,
        })
    }
}

fn seconds(asked: Option<&str>) -> Result<u64, Refusal> {
    let Some(text) = asked else {
        return Ok(DEFAULT_SECONDS);
    };
    let seconds: i64 = text.parse().map_err(|_| {
        let message = format!("Invalid integer value {text}");
        Refusal::new(400, "MalformedInput", message)
    })?;
    let bound = if seconds < 900 {
        "greater than or equal to 900"
    } else if seconds > 43_200 {
        "less than or equal to 43200"
    } else {
        return Ok(seconds.unsigned_abs());
    };
    let rule = format!("Member must have value {bound}");
    Err(constraint("DurationSeconds", &quoted(text), &rule))
}

fn check_policy(policy: &str) -> Result<(), Refusal> {
    if serde_json::from_str::<Map<String, Value>>(policy).is_err() {
        let message = "This policy contains invalid Json";
        return Err(Refusal::new(400, "MalformedPolicyDocument", message));
    }
    let letters = policy.chars().count();
    if letters > LONGEST_POLICY {
        let percent = letters.saturating_mul(100).div_ceil(LONGEST_POLICY);
        let message = format!(
            "Packed policy consumes {percent}% of allotted space, please use smaller policy."
        );
        return Err(Refusal::new(400, "PackedPolicyTooLarge", message));
    }
    Ok(())
}

/// Reads a token of an identity pool of this account.
fn identity(call: &Call<'_>, token: &str) -> Result<Identity, Refusal> {
    let invalid = |message: String| Refusal::new(400, "InvalidIdentityToken", message);
    let claims = unverified_claims(token).ok_or_else(|| {
        invalid(
            "The ID Token provided is not a valid JWT. (You may see this error if you sent an \
             Access Token)"
                .to_owned(),
        )
    })?;
    let issuer = text(&claims, "iss");
    if issuer != COGNITO_ISSUER {
        return Err(invalid(format!(
            "No OpenIDConnect provider found in your account for {issuer}"
        )));
    }
    if call.signer.verify(token).is_err() {
        return Err(invalid(
            "Couldn't retrieve verification key from your identity provider, please reference \
             AssumeRoleWithWebIdentity documentation for requirements"
                .to_owned(),
        ));
    }
    let expires = claims.get("exp").and_then(Value::as_i64);
    let expires = expires.and_then(|seconds| Timestamp::from_second(seconds).ok());
    let expires = expires.unwrap_or(Timestamp::MIN);
    if call.now >= expires {
        let message = format!(
            "Token expired: current date/time {} must be before the expiration date/time {expires}",
            call.now
        );
        return Err(Refusal::new(400, "ExpiredTokenException", message));
    }
    let audience = text(&claims, "aud").to_owned();
    let mut pools = call.state.identity_pools.iter();
    if !pools.any(|pool| pool.id == audience) {
        return Err(invalid("Incorrect token audience".to_owned()));
    }
    let methods = claims.get("amr").and_then(Value::as_array);
    let methods = methods.into_iter().flatten().filter_map(Value::as_str);
    Ok(Identity {
        subject: text(&claims, "sub").to_owned(),
        audience,
        methods: methods.map(str::to_owned).collect(),
    })
}

fn answer(vended: &Vended, identity: &Identity) -> String {
    format!(
        "<SubjectFromWebIdentityToken>{}</SubjectFromWebIdentityToken><Audience>{}</Audience>\
         <AssumedRoleUser><Arn>{}</Arn><AssumedRoleId>{}</AssumedRoleId></AssumedRoleUser>\
         <Credentials><AccessKeyId>{}</AccessKeyId><SecretAccessKey>{}</SecretAccessKey>\
         <SessionToken>{}</SessionToken><Expiration>{}</Expiration></Credentials>\
         <Provider>{COGNITO_PRINCIPAL}</Provider>",
        escaped(&identity.subject),
        escaped(&identity.audience),
        escaped(&vended.caller_arn()),
        escaped(&vended.caller_id()),
        vended.access_key_id,
        vended.secret_key,
        vended.session_token,
        vended.expires.strftime("%Y-%m-%dT%H:%M:%SZ"),
    )
}

fn text<'c>(claims: &'c Claims, name: &str) -> &'c str {
    claims.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// `\w` of the pattern, which knows ASCII only, and its signs.
fn is_name_letter(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "_+=,.@-".contains(letter)
}

fn length(name: &str, value: &str, least: usize, most: usize) -> Result<(), Refusal> {
    let letters = value.chars().count();
    let bound = if letters < least {
        format!("greater than or equal to {least}")
    } else if letters > most {
        format!("less than or equal to {most}")
    } else {
        return Ok(());
    };
    // A token is not repeated in a message.
    let is_secret = name == "WebIdentityToken";
    let shown = if is_secret {
        String::new()
    } else {
        quoted(value)
    };
    Err(constraint(
        name,
        &shown,
        &format!("Member must have length {bound}"),
    ))
}

fn quoted(value: &str) -> String {
    format!(" '{value}'")
}

fn constraint(name: &str, value: &str, rule: &str) -> Refusal {
    Refusal {
        code: "ValidationError",
        ..broken_constraint(name, value, rule)
    }
}
