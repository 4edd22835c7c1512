//! The HTTP side: which operation a request means, and how its answer is sent.
//!
//! JSON 1.1 operations are told by `X-Amz-Target`, query operations by `Action` in the form, so one
//! address serves all services. `/sandbox/` is for what the service does not have. Deliberately absent: CORS headers; no web page may read an answer.

use std::io::Write as _;
use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, Path, State};
use axum::http::{HeaderMap, Method, Response, Uri};
use axum::routing::{get, post};
use serde_json::{Value, json};

use super::account;
use super::administration;
use super::confirmation;
use super::connection::Cut;
use super::control;
use super::device_operations;
use super::error::{Answer, Refusal};
use super::federation;
use super::fresh;
use super::identity_pool::{self, developer, openid};
use super::input::Input;
use super::issue::issuer;
use super::managed_login;
use super::mfa_preference;
use super::oidc;
use super::password_change;
use super::recovery;
use super::reply::Reply;
use super::software_token;
use super::sts;
use super::sts::sigv4::Request;
use super::traffic::{Fault, Traffic};
use super::user_pool;
use super::world::{Call, USER_POOL_ID, World};

/// What the handlers share.
pub(super) struct Service {
    pub(super) world: World,
    pub(super) traffic: Traffic,
    pub(super) log: bool,
}

pub(super) type Operation = fn(&mut Call<'_>, &Input) -> Answer;

pub(super) fn router(service: Arc<Service>) -> Router {
    Router::new()
        .route("/", post(operation))
        .route("/{pool}/.well-known/{document}", get(well_known))
        .merge(managed_login::router())
        .merge(oidc::router())
        .merge(control::router())
        .merge(federation::router())
        .route("/.well-known/{document}", get(identity_documents))
        .fallback(not_found)
        .with_state(service)
}

async fn operation(
    State(service): State<Arc<Service>>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let target = headers
        .get("x-amz-target")
        .and_then(|target| target.to_str().ok());
    let name = target.map_or_else(
        || action(&body),
        |target| target.rsplit('.').next().unwrap_or_default().to_owned(),
    );
    let request = Request {
        method: &method,
        uri: &uri,
        headers: &headers,
        body: &body,
    };
    let answer = |id: &str, refused: Option<Refusal>| match (target, refused) {
        (Some(_), Some(refusal)) => Reply::json(Err(refusal)),
        (Some(target), None) => Reply::json(json_operation(&service.world, target, &request)),
        (None, Some(refusal)) => Reply::xml(&name, Err(refusal), id),
        (None, None) => {
            let answer = service
                .world
                .call(|call| sts::answer(call, &name, &request));
            Reply::xml(&name, answer, id)
        }
    };
    service.deliver(&name, &cut, answer).await
}

/// The public documents of the user pool, as at `cognito-idp.<region>.amazonaws.com`.
async fn well_known(
    State(service): State<Arc<Service>>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    Path((pool, document)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response<Body> {
    let answer = |_: &str, refused: Option<Refusal>| {
        let body = match (refused, document.as_str()) {
            (Some(refusal), _) => Err(refusal),
            _ if pool != USER_POOL_ID => Err(Refusal::not_found(format!(
                "User pool {pool} does not exist."
            ))),
            (None, "jwks.json") => Ok(service.world.signer.jwks()),
            (None, "openid-configuration") => Ok(openid_configuration(&headers)),
            _ => Err(Refusal::new(404, "NotFound", "No such document")),
        };
        Reply::document(body)
    };
    service.deliver(&document, &cut, answer).await
}

/// The public documents of identity pools, as at `cognito-identity.amazonaws.com`.
async fn identity_documents(
    State(service): State<Arc<Service>>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    Path(document): Path<String>,
    headers: HeaderMap,
) -> Response<Body> {
    let answer = |_: &str, refused: Option<Refusal>| {
        Reply::document(match (refused, document.as_str()) {
            (Some(refusal), _) => Err(refusal),
            (None, "jwks_uri") => Ok(service.world.signer.jwks()),
            (None, "openid-configuration") => Ok(openid::configuration(host(&headers))),
            _ => Err(Refusal::new(404, "NotFound", "No such document")),
        })
    };
    service.deliver(&document, &cut, answer).await
}

async fn not_found(
    State(service): State<Arc<Service>>,
    ConnectInfo(cut): ConnectInfo<Cut>,
) -> Response<Body> {
    let refusal = Refusal::new(404, "UnknownOperationException", "No such operation");
    service
        .deliver("unknown", &cut, |_, _| Reply::json(Err(refusal)))
        .await
}

fn json_operation(world: &World, target: &str, request: &Request<'_>) -> Answer {
    let operation: Operation = match target {
        "AWSCognitoIdentityProviderService.InitiateAuth" => user_pool::initiate_auth,
        "AWSCognitoIdentityProviderService.RespondToAuthChallenge" => {
            user_pool::respond_to_auth_challenge
        }
        "AWSCognitoIdentityProviderService.AssociateSoftwareToken" => software_token::associate,
        "AWSCognitoIdentityProviderService.VerifySoftwareToken" => software_token::verify,
        "AWSCognitoIdentityProviderService.SetUserMFAPreference" => mfa_preference::set,
        "AWSCognitoIdentityProviderService.ConfirmDevice" => device_operations::confirm,
        "AWSCognitoIdentityProviderService.UpdateDeviceStatus" => device_operations::update_status,
        "AWSCognitoIdentityProviderService.ForgetDevice" => device_operations::forget,
        "AWSCognitoIdentityProviderService.GetDevice" => device_operations::get,
        "AWSCognitoIdentityProviderService.ListDevices" => device_operations::list,
        "AWSCognitoIdentityProviderService.GetTokensFromRefreshToken" => {
            user_pool::get_tokens_from_refresh_token
        }
        "AWSCognitoIdentityProviderService.RevokeToken" => user_pool::revoke_token,
        "AWSCognitoIdentityProviderService.GlobalSignOut" => account::global_sign_out,
        "AWSCognitoIdentityProviderService.GetUser" => account::get_user,
        "AWSCognitoIdentityProviderService.ForgotPassword" => recovery::forgot_password,
        "AWSCognitoIdentityProviderService.ConfirmForgotPassword" => {
            recovery::confirm_forgot_password
        }
        "AWSCognitoIdentityProviderService.ResendConfirmationCode" => {
            confirmation::resend_confirmation_code
        }
        "AWSCognitoIdentityProviderService.ConfirmSignUp" => confirmation::confirm_sign_up,
        "AWSCognitoIdentityProviderService.ChangePassword" => password_change::change_password,
        "AWSCognitoIdentityService.GetId" => identity_pool::get_id,
        "AWSCognitoIdentityService.GetCredentialsForIdentity" => {
            identity_pool::get_credentials_for_identity
        }
        "AWSCognitoIdentityService.GetOpenIdToken" => openid::get_open_id_token,
        "AWSCognitoIdentityService.GetOpenIdTokenForDeveloperIdentity" => {
            developer::get_open_id_token_for_developer_identity
        }
        _ => administration::operation(target).ok_or_else(unknown_operation)?,
    };
    if let Some(service) = administration::signed_service(target) {
        world.call(|call| developer::authenticate(call, request, service))?;
    }
    let input = Input::parse(request.body)?;
    world.call(|call| operation(call, &input))
}

fn action(body: &[u8]) -> String {
    let mut pairs = form_urlencoded::parse(body);
    pairs
        .find(|(name, _)| name == "Action")
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}

fn fault_refusal(fault: Option<Fault>) -> Option<Refusal> {
    match fault? {
        Fault::Status500 => Some(Refusal::internal()),
        Fault::Throttle => Some(Refusal::new(
            400,
            "TooManyRequestsException",
            "Rate exceeded",
        )),
        Fault::Unknown => Some(unknown_operation()),
        Fault::Refuse {
            status,
            code,
            message,
        } => Some(Refusal::new(status, code, message)),
        Fault::Delay(_) | Fault::Drop => None,
    }
}

fn unknown_operation() -> Refusal {
    let message = "The sandbox has no such operation";
    Refusal::new(400, "UnknownOperationException", message)
}

/// Where the request was sent to.
fn host(headers: &HeaderMap) -> &str {
    let host = headers.get("host").and_then(|host| host.to_str().ok());
    host.unwrap_or("127.0.0.1")
}

fn openid_configuration(headers: &HeaderMap) -> Value {
    // The documents are here; `iss` is the service's own address all the same.
    let host = host(headers);
    let at = |path: &str| format!("http://{host}/{path}");
    json!({
        "issuer": issuer(),
        "jwks_uri": at(&format!("{USER_POOL_ID}/.well-known/jwks.json")),
        "authorization_endpoint": at("oauth2/authorize"),
        "token_endpoint": at("oauth2/token"),
        "revocation_endpoint": at("oauth2/revoke"),
        "userinfo_endpoint": at("oauth2/userInfo"),
        "end_session_endpoint": at("logout"),
        "id_token_signing_alg_values_supported": ["RS256"],
        "subject_types_supported": ["public"],
        "response_types_supported": ["code"],
        "scopes_supported": ["openid", "email", "phone", "profile"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
    })
}

impl Service {
    /// Counts the call, lets `answer` make the reply (a refusal, where a fault wants one), and
    /// sends it the way a fault says.
    pub(super) async fn deliver(
        &self,
        name: &str,
        cut: &Cut,
        answer: impl FnOnce(&str, Option<Refusal>) -> Reply,
    ) -> Response<Body> {
        let begun = Instant::now();
        let request_id = fresh::uuid().unwrap_or_default();
        let fault = self.traffic.arrived(name);
        self.traffic.answering(name, &request_id);
        let reply = answer(&request_id, fault_refusal(fault));
        match fault {
            Some(Fault::Delay(time)) => tokio::time::sleep(time).await,
            Some(Fault::Drop) => cut.now(),
            _ => {}
        }
        self.log(name, &reply, begun);
        reply.finish(self.world.clock.now(), &request_id)
    }

    /// One line on standard error; a closed standard error is no reason to fail a request.
    fn log(&self, operation: &str, reply: &Reply, begun: Instant) {
        if self.log {
            let operation: String = operation
                .chars()
                .filter(char::is_ascii_graphic)
                .take(64)
                .collect();
            let code = reply
                .code
                .map(|code| format!(" {code}"))
                .unwrap_or_default();
            let elapsed = begun.elapsed().as_millis();
            let line = format!("{operation} {}{code} {elapsed} ms\n", reply.status);
            let _logged = std::io::stderr().write_all(line.as_bytes());
        }
    }
}
