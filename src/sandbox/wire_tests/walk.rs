//! A sign-in walked challenge by challenge, and the rules that every challenge's session keeps.

use super::*;

/// A sign-in and its newest answer.
#[derive(Clone)]
pub(super) struct Walk<'r> {
    pub(super) running: &'r Running,
    pub(super) client: &'static str,
    pub(super) username: String,
    pub(super) device: Option<String>,
    pub(super) answer: Value,
}

impl<'r> Walk<'r> {
    /// `InitiateAuth` of a client by its name.
    pub(super) fn begin(
        running: &'r Running,
        client: &str,
        flow: &str,
        parameters: Value,
    ) -> Result<Self, String> {
        let username = parameters["USERNAME"].as_str().unwrap().to_owned();
        let device = parameters["DEVICE_KEY"].as_str().map(str::to_owned);
        let client = client_id(running, client);
        let input = json!({
            "AuthFlow": flow, "ClientId": client, "AuthParameters": parameters,
        });
        let answer = ask(running, IDP, "InitiateAuth", input)?;
        Ok(Self {
            running,
            client,
            username,
            device,
            answer,
        })
    }

    /// As far as a password sent as it is leads.
    pub(super) fn password(running: &'r Running, username: &str) -> Self {
        let parameters = json!({ "USERNAME": username, "PASSWORD": password(running, username) });
        Self::begin(running, "public", "USER_PASSWORD_AUTH", parameters).unwrap()
    }

    pub(super) fn challenge(&self) -> &str {
        self.answer["ChallengeName"].as_str().unwrap_or("tokens")
    }

    pub(super) fn parameter(&self, name: &str) -> &str {
        self.answer["ChallengeParameters"][name].as_str().unwrap()
    }

    /// Answers the challenge, without going on.
    pub(super) fn respond(&self, responses: &Value) -> Result<Value, String> {
        self.respond_to(self.challenge(), responses)
    }

    /// Answers as if the challenge had that name.
    pub(super) fn respond_to(&self, name: &str, responses: &Value) -> Result<Value, String> {
        let mut all = json!({ "USERNAME": self.username });
        if let Some(device) = &self.device {
            all["DEVICE_KEY"] = device.clone().into();
        }
        let given = responses.as_object().unwrap().clone();
        all.as_object_mut().unwrap().extend(given);
        let mut input = json!({
            "ChallengeName": name, "ClientId": self.client, "ChallengeResponses": all,
        });
        if let Some(session) = self.answer.get("Session") {
            input["Session"] = session.clone();
        }
        ask(self.running, IDP, "RespondToAuthChallenge", input)
    }

    /// Answers the challenge and goes on.
    pub(super) fn go(mut self, responses: &Value) -> Self {
        let answer = self.respond(responses).unwrap();
        if answer.get("Session").is_some() {
            assert_ne!(answer["Session"], self.answer["Session"]);
        }
        self.answer = answer;
        self
    }

    pub(super) fn tokens(&self) -> &Value {
        assert_eq!(self.challenge(), "tokens", "{}", self.answer);
        &self.answer["AuthenticationResult"]
    }

    /// The code that was sent last.
    pub(super) fn code(&self) -> String {
        self.running.last_code(&self.username).unwrap()
    }

    /// The secret of an answer, as the authenticator app reads it now.
    pub(super) fn app_code(&self, secret: &str) -> String {
        let secret = Secret::new(secret.to_owned());
        let code = code_at(&secret, self.running.clock().now()).unwrap();
        code.expose().to_owned()
    }

    /// `PASSWORD_VERIFIER` or `DEVICE_PASSWORD_VERIFIER`, answered for the user or the device.
    pub(super) fn claim(
        &self,
        ephemeral: &Ephemeral,
        pool_name: &str,
        user: &str,
        password: &str,
    ) -> Value {
        let written = timestamp(self.running.clock().now());
        let challenge = PasswordChallenge {
            pool_name,
            user_id_for_srp: user,
            salt_hex: self.parameter("SALT"),
            srp_b_hex: self.parameter("SRP_B"),
            secret_block: self.parameter("SECRET_BLOCK"),
            timestamp: &written,
        };
        let password = Secret::new(password.to_owned());
        json!({
            "USERNAME": self.parameter("USERNAME"),
            "PASSWORD_CLAIM_SIGNATURE":
                password_claim_signature(ephemeral, &challenge, &password).unwrap(),
            "PASSWORD_CLAIM_SECRET_BLOCK": self.parameter("SECRET_BLOCK"),
            "TIMESTAMP": written,
        })
    }
}

pub(super) fn ephemeral() -> Ephemeral {
    Ephemeral::from_bytes(random::bytes::<32>().unwrap().as_slice()).unwrap()
}

/// The rules of every session: a wrong answer leaves it usable, the right one uses it up, another
/// user, client or challenge cannot have it, and it expires.
pub(super) fn keeps_the_rules(
    begin: impl Fn() -> Walk<'static>,
    wrong: (&Value, &str),
    right: impl Fn(&Walk<'_>) -> Value,
) -> Walk<'static> {
    let refused = |text: &str| Err(format!("NotAuthorizedException: {text}"));
    let foreign = refused("Invalid session for the user.");

    let walk = begin();
    let answers = right(&walk);
    let mut other = walk.clone();
    other.username = "ana".to_owned();
    assert_eq!(other.respond(&answers), foreign, "another user");
    let mut other = walk.clone();
    other.client = client_id(walk.running, "rotating");
    assert_eq!(other.respond(&answers), foreign, "another client");
    let name = if walk.challenge() == "WEB_AUTHN" {
        "PASSWORD"
    } else {
        "WEB_AUTHN"
    };
    assert_eq!(
        walk.respond_to(name, &answers),
        foreign,
        "another challenge"
    );
    let mut other = walk.clone();
    other.answer.as_object_mut().unwrap().remove("Session");
    let missing = "InvalidParameterException: Missing required parameter Session";
    assert_eq!(other.respond(&answers), Err(missing.to_owned()));

    for _ in 0..2 {
        assert_eq!(walk.respond(wrong.0), Err(wrong.1.to_owned()));
    }
    let done = walk.clone().go(&answers);
    let once = refused("Invalid session for the user, session can only be used once.");
    assert_eq!(walk.respond(&answers), once);
    done
}

/// A session that was not answered in time is refused.
pub(super) fn expires(walk: &Walk<'_>, answers: &Value) {
    let clock = walk.running.clock();
    clock.advance(SignedDuration::from_secs(180));
    let late = "NotAuthorizedException: Invalid session for the user, session is expired.";
    assert_eq!(walk.respond(answers), Err(late.to_owned()));
}
