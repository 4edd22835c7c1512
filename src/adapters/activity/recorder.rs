//! Records the calls of the AWS SDK.
//!
//! Deliberately absent: inputs and outputs. The SDK's own `Debug` of them shows tokens.

use std::fmt;
use std::sync::Arc;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeSerializationInterceptorContextRef, Error, FinalizerInterceptorContextRef,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::orchestrator::{HttpResponse, Metadata, OrchestratorError};
use aws_smithy_runtime_api::client::retries::RequestAttempts;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};

use super::{ActivityLog, Pending, error_code, request_id};
use crate::domain::CallOutcome;

/// Notes each call of a client, with all its attempts.
pub struct CallRecorder(pub Arc<ActivityLog>);

impl fmt::Debug for CallRecorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CallRecorder")
    }
}

impl fmt::Debug for Pending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pending")
    }
}

impl Storable for Pending {
    type Storer = StoreReplace<Self>;
}

#[dyn_dispatch_hint]
impl Intercept for CallRecorder {
    fn name(&self) -> &'static str {
        "CallRecorder"
    }

    // Before that the operation's own configuration, and so its name, is not there.
    fn read_before_serialization(
        &self,
        _context: &BeforeSerializationInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let pending = config
            .load::<Metadata>()
            .map(|call| self.0.begin(service(call.service()), call.name()));
        if let Some(pending) = pending {
            config.interceptor_state().store_put(pending);
        }
        Ok(())
    }

    fn read_after_execution(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(pending) = config.load::<Pending>() {
            let attempts = config
                .load::<RequestAttempts>()
                .map_or(1, RequestAttempts::attempts);
            let response = context.response();
            let id = response.and_then(|response| request_id(response.headers()));
            let outcome = match context.output_or_error() {
                Some(Ok(_)) => CallOutcome::Answered,
                Some(Err(error)) => failure(error, response),
                None => CallOutcome::Failed("not sent".to_owned()),
            };
            pending.end(attempts, id, outcome);
        }
        Ok(())
    }
}

fn failure(error: &OrchestratorError<Error>, response: Option<&HttpResponse>) -> CallOutcome {
    let failed = |why: &str| CallOutcome::Failed(why.to_owned());
    if error.is_timeout_error() {
        return failed("no answer in time");
    }
    match response {
        Some(response) if !response.status().is_success() => {
            let body = response.body().bytes().unwrap_or_default();
            let status = response.status().as_u16();
            CallOutcome::Refused(error_code(status, response.headers(), body))
        }
        Some(_) => failed("unreadable answer"),
        None if error.is_connector_error() => failed("no connection"),
        None => failed("not sent"),
    }
}

/// As people know them.
fn service(sdk_name: &str) -> &str {
    match sdk_name {
        "Cognito Identity Provider" => "Cognito user pool",
        "Cognito Identity" => "Cognito identity pool",
        other => other,
    }
}
