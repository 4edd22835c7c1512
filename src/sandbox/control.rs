//! What the service does not have, for programs that are not in this process.
//!
//! `GET /sandbox/inbox/{user name}`: `{"code": "123456"}`, the newest code whatever it is for, used
//! or not, or `{"code": null}`. `GET /sandbox/token?provider=…&person=…`: `{"token": "…"}`, a login
//! of that person at that provider. Deliberately absent: changes of settings; those are
//! [`Running`](super::Running)'s, in this process.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Path, State};
use axum::http::{Response, Uri};
use axum::routing::get;
use serde_json::json;

use super::connection::Cut;
use super::error::{Answer, Refusal};
use super::managed_login::Pairs;
use super::providers;
use super::reply::Reply;
use super::server::Service;

pub(super) fn router() -> Router<Arc<Service>> {
    Router::new()
        .route("/sandbox/inbox/{username}", get(inbox))
        .route("/sandbox/token", get(token))
}

async fn inbox(
    State(service): State<Arc<Service>>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    Path(username): Path<String>,
) -> Response<Body> {
    let answer = |_: &str, refused: Option<Refusal>| {
        let code =
            || json!({ "code": service.world.call(|call| call.state.inbox.last_code(&username)) });
        Reply::document(refused.map_or_else(|| Ok(code()), Err))
    };
    service.deliver("inbox", &cut, answer).await
}

async fn token(
    State(service): State<Arc<Service>>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    uri: Uri,
) -> Response<Body> {
    let token = || -> Answer {
        let asked = Pairs::parse(uri.query().unwrap_or_default().as_bytes());
        let required = |name| {
            let value = asked.text(name);
            value.ok_or_else(|| Refusal::missing_parameter(name))
        };
        let (provider, person) = (required("provider")?, required("person")?);
        let world = &service.world;
        let token = world.call(|call| providers::token(call, provider, person, None))?;
        Ok(json!({ "token": token }))
    };
    let answer =
        |_: &str, refused: Option<Refusal>| Reply::document(refused.map_or_else(token, Err));
    service.deliver("token", &cut, answer).await
}
