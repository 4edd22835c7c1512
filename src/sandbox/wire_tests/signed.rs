//! Requests signed by hand (Signature Version 4), as an SDK signs them.

use super::*;

/// What signs a request.
pub(super) struct Keys {
    pub(super) id: String,
    pub(super) secret: String,
    /// Of temporary credentials.
    pub(super) token: Option<String>,
}

impl Keys {
    /// Of the answer of `GetCredentialsForIdentity`.
    pub(super) fn of(vended: &Value) -> Self {
        let text = |name: &str| vended["Credentials"][name].as_str().unwrap().to_owned();
        Self {
            id: text("AccessKeyId"),
            secret: text("SecretKey"),
            token: Some(text("SessionToken")),
        }
    }
}

/// A query operation of STS without parameters.
pub(super) fn sts(running: &Running, keys: &Keys, action: &str) -> Answered {
    let body = format!("Action={action}&Version=2011-06-15");
    signed(running, keys, "sts", "", &body)
}

/// Who STS says that the keys are: the ARN.
pub(super) fn caller_arn(running: &Running, keys: &Keys) -> String {
    let caller = sts(running, keys, "GetCallerIdentity");
    assert_eq!(caller.status, 200, "{}", caller.body);
    super::managed_login::between(&caller.body, "<Arn>", "</Arn>").to_owned()
}

/// A signed `POST` to `service`, with `more` headers that are not signed.
pub(super) fn signed(
    running: &Running,
    keys: &Keys,
    service: &str,
    more: &str,
    body: &str,
) -> Answered {
    let now = running.clock().now();
    let (time, day) = (
        now.strftime("%Y%m%dT%H%M%SZ").to_string(),
        now.strftime("%Y%m%d").to_string(),
    );
    let sha =
        |text: &str| HEXLOWER.encode(digest::digest(&digest::SHA256, text.as_bytes()).as_ref());
    let mut own = vec![
        ("host", format!("127.0.0.1:{}", port(running))),
        ("x-amz-date", time.clone()),
    ];
    own.extend(
        keys.token
            .clone()
            .map(|token| ("x-amz-security-token", token)),
    );
    let names: Vec<&str> = own.iter().map(|(name, _)| *name).collect();
    let names = names.join(";");
    let lines: Vec<String> = own
        .iter()
        .map(|(name, value)| format!("{name}:{value}\n"))
        .collect();
    let canonical = format!("POST\n/\n\n{}\n{names}\n{}", lines.concat(), sha(body));
    let scope = format!("{day}/us-east-1/{service}/aws4_request");
    let mut key = hmac_sha256(format!("AWS4{}", keys.secret).as_bytes(), day.as_bytes());
    for part in ["us-east-1", service, "aws4_request"] {
        key = hmac_sha256(&key, part.as_bytes());
    }
    let to_sign = format!("AWS4-HMAC-SHA256\n{time}\n{scope}\n{}", sha(&canonical));
    let signature = HEXLOWER.encode(&hmac_sha256(&key, to_sign.as_bytes()));
    // `post` writes the host.
    let sent: Vec<String> = own
        .iter()
        .skip(1)
        .map(|(name, value)| format!("{name}: {value}\r\n"))
        .collect();
    let headers = format!(
        "{}{more}authorization: AWS4-HMAC-SHA256 Credential={}/{scope}, \
         SignedHeaders={names}, Signature={signature}\r\n",
        sent.concat(),
        keys.id
    );
    post(running, &headers, body).unwrap()
}
