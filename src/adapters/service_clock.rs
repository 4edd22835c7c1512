//! The service's clock inside the AWS SDK: read from every answer, and signed by.
//!
//! Deliberately absent: the SDK's own way of mending a wrong clock, which costs a refused request
//! each time because it forgets with the client.

use std::sync::Arc;
use std::time::SystemTime;

use aws_smithy_async::time::TimeSource;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeDeserializationInterceptorContextRef, BeforeTransmitInterceptorContextRef,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::DateTime;
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};
use aws_smithy_types::date_time::Format;
use jiff::Timestamp;

use super::clock::ServiceClock;
use crate::ops::ports::Clock as _;

/// Tells the clock what the service's clock shows, at each answer.
#[derive(Debug)]
pub struct ClockMeter(pub Arc<ServiceClock>);

/// When this attempt went out, by this machine's clock.
#[derive(Debug)]
struct Sent(Timestamp);

impl Storable for Sent {
    type Storer = StoreReplace<Self>;
}

#[dyn_dispatch_hint]
impl Intercept for ClockMeter {
    fn name(&self) -> &'static str {
        "ClockMeter"
    }

    fn read_before_transmit(
        &self,
        _context: &BeforeTransmitInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        config.interceptor_state().store_put(Sent(self.0.machine()));
        Ok(())
    }

    fn read_after_transmit(
        &self,
        context: &BeforeDeserializationInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let response = context.response();
        // A proxy's page has no request ID and says nothing about AWS's clock.
        if response.headers().get("x-amzn-requestid").is_none() {
            return Ok(());
        }
        if let (Some(sent), Some(service)) = (config.load::<Sent>(), date(response)) {
            self.0.measure(sent.0, self.0.machine(), service);
        }
        Ok(())
    }
}

/// The time that an answer says it was made at.
pub(super) fn date(response: &HttpResponse) -> Option<Timestamp> {
    let date = response.headers().get("date")?;
    let date = DateTime::from_str(date, Format::HttpDate).ok()?;
    Timestamp::from_second(date.secs()).ok()
}

/// What the SDK signs by.
#[derive(Debug)]
pub struct SigningTime(pub Arc<ServiceClock>);

impl TimeSource for SigningTime {
    fn now(&self) -> SystemTime {
        SystemTime::from(self.0.now())
    }
}
