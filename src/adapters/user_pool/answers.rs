//! A user pool's answer to a sign-in: tokens, or a challenge.

use aws_sdk_cognitoidentityprovider::types::{AuthenticationResultType, ChallengeNameType};

use super::Fields;
use crate::domain::sign_in::{Challenge, NewDevice, Reply};
use crate::domain::{Problem, ProblemKind, Secret, Tokens};

/// What both calls answer with instead of tokens.
pub(super) struct Asked {
    pub(super) name: Option<ChallengeNameType>,
    pub(super) parameters: Option<Fields>,
    pub(super) available: Option<Vec<ChallengeNameType>>,
    pub(super) session: Option<String>,
}

pub(super) fn reply(
    result: Option<AuthenticationResultType>,
    asked: impl FnOnce() -> Asked,
) -> Result<Reply, Problem> {
    if let Some(mut result) = result {
        let new_device = result.new_device_metadata.take().and_then(|device| {
            Some(NewDevice {
                device_key: device.device_key?,
                device_group_key: device.device_group_key?,
            })
        });
        let tokens = tokens(result)?;
        return Ok(Reply::Tokens { tokens, new_device });
    }
    let asked = asked();
    let available = asked.available.unwrap_or_default();
    let available = available.iter().map(|name| name.as_str().to_owned());
    Ok(Reply::Challenge(Challenge {
        name: asked.name.ok_or_else(no_tokens)?.as_str().to_owned(),
        parameters: asked.parameters.unwrap_or_default().into_iter().collect(),
        available: available.collect(),
        session: asked.session.map(Secret::new),
    }))
}

pub(super) fn tokens(result: AuthenticationResultType) -> Result<Tokens, Problem> {
    let secret = |text: Option<String>| text.map(Secret::new).ok_or_else(no_tokens);
    Ok(Tokens {
        id: secret(result.id_token)?,
        access: secret(result.access_token)?,
        refresh: result.refresh_token.map(Secret::new),
    })
}

pub(super) fn no_tokens() -> Problem {
    Problem::new(
        ProblemKind::Unexpected,
        "The user pool answered with neither tokens nor a challenge",
    )
}
