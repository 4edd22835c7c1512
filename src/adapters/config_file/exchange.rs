//! The keys of the exchange: without any it is the enhanced flow, in the role that the pool picks.

use serde_json::{Map, Value};
use toml_edit::{Table, TableLike};

use super::edit::{put_number, put_text};
use super::reader::Reader;
use crate::domain::{
    DurationSeconds, Exchange, ExchangeParts, IdError, Problem, RoleArn, RoleSessionName,
};

const FLOW: &str = "flow";
const ROLE: &str = "role_arn";
const SESSION_NAME: &str = "role_session_name";
const DURATION: &str = "role_duration_seconds";
const POLICY: &str = "session_policy";

impl Reader<'_> {
    pub(super) fn exchange(&self, table: &dyn TableLike) -> Result<Exchange, Problem> {
        let flow = self.text(table, FLOW)?.map(|text| is_basic(&text));
        let policy = self.text(table, POLICY)?.map(session_policy);
        let parts = ExchangeParts {
            basic: self.valid(table, FLOW, flow.unwrap_or(Ok(false)))?,
            role: self.parsed(table, ROLE)?,
            session_name: self.parsed(table, SESSION_NAME)?,
            duration: self.number(table, DURATION, DurationSeconds::of_role)?,
            policy: self.valid(table, POLICY, policy.transpose())?,
        };
        Exchange::try_from(parts).map_err(|fault| self.fault(table, &fault))
    }
}

fn is_basic(flow: &str) -> Result<bool, IdError> {
    match flow {
        "enhanced" => Ok(false),
        "basic" => Ok(true),
        _ => Err(IdError::new("The flow is enhanced or basic")),
    }
}

/// A session policy as it is sent: one JSON object. What is in it, IAM checks.
///
/// # Errors
/// Where the text stops being one.
pub fn session_policy(text: String) -> Result<String, IdError> {
    let parsed = serde_json::from_str::<Map<String, Value>>(&text);
    match parsed {
        Ok(_) => Ok(text),
        Err(error) => Err(IdError::new(format!(
            "A session policy is one JSON object: {error}"
        ))),
    }
}

pub(super) fn fill(table: &mut Table, exchange: &Exchange) {
    let basic = match exchange {
        Exchange::Enhanced { .. } => None,
        Exchange::Basic(basic) => Some(basic),
    };
    // A default that somebody wrote down stays as long as it is true.
    let says_so = table.get(FLOW).and_then(toml_edit::Item::as_str) == Some(exchange.name());
    if !says_so {
        put_text(table, FLOW, basic.map(|_| exchange.name()));
    }
    put_text(table, ROLE, exchange.role().map(RoleArn::as_str));
    let name = basic.and_then(|basic| basic.session_name.as_ref());
    put_text(table, SESSION_NAME, name.map(RoleSessionName::as_str));
    let duration = basic.and_then(|basic| basic.duration);
    put_number(table, DURATION, duration.map(DurationSeconds::get));
    let policy = basic.and_then(|basic| basic.policy.as_deref());
    put_text(table, POLICY, policy);
}
