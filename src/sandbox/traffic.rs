//! What went over the wire: calls counted per operation, and faults for the next answers.
//!
//! Deliberately absent: request bodies. They carry secrets; a count needs none.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// What happens to an answer instead of being sent at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The operation is done, its answer comes this much later.
    Delay(Duration),
    /// The operation is done, then the connection is cut without a byte of the answer.
    Drop,
    /// The operation is not done; the answer is a 500 `InternalErrorException`.
    Status500,
    /// The operation is not done; the answer is a 400 `TooManyRequestsException`.
    Throttle,
    /// The operation is not done; the answer is a 400 `UnknownOperationException`, as from a server
    /// older than the operation.
    Unknown,
    /// The operation is not done; the answer is this refusal, such as one of a service behind the
    /// service: `IDPCommunicationError`, `ExternalServiceException`.
    Refuse {
        /// The HTTP status.
        status: u16,
        /// The error code.
        code: &'static str,
        /// What the service says.
        message: &'static str,
    },
}

/// Counts and faults by operation.
#[derive(Default)]
pub(super) struct Traffic(Mutex<HashMap<String, Seen>>);

#[derive(Default)]
struct Seen {
    calls: usize,
    faults: VecDeque<Fault>,
    last_id: Option<String>,
}

impl Traffic {
    /// Counts one call and takes the fault that waits for it.
    pub(super) fn arrived(&self, operation: &str) -> Option<Fault> {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let seen = seen.entry(operation.to_owned()).or_default();
        seen.calls = seen.calls.saturating_add(1);
        seen.faults.pop_front()
    }

    pub(super) fn calls(&self, operation: &str) -> usize {
        let seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.get(operation).map_or(0, |seen| seen.calls)
    }

    /// Notes under which request ID an answer goes out.
    pub(super) fn answering(&self, operation: &str, request_id: &str) {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let seen = seen.entry(operation.to_owned()).or_default();
        seen.last_id = Some(request_id.to_owned());
    }

    pub(super) fn last_request_id(&self, operation: &str) -> Option<String> {
        let seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.get(operation)?.last_id.clone()
    }

    pub(super) fn next_answer(&self, operation: &str, fault: Fault) {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.entry(operation.to_owned())
            .or_default()
            .faults
            .push_back(fault);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_meets_one_call_of_its_operation() {
        let traffic = Traffic::default();
        traffic.next_answer("GetId", Fault::Drop);
        traffic.next_answer("GetId", Fault::Status500);
        assert_eq!(traffic.arrived("GetUser"), None);
        assert_eq!(traffic.arrived("GetId"), Some(Fault::Drop));
        assert_eq!(traffic.arrived("GetId"), Some(Fault::Status500));
        assert_eq!(traffic.arrived("GetId"), None);
        assert_eq!((traffic.calls("GetId"), traffic.calls("GetUser")), (3, 1));
        assert_eq!(traffic.calls("GetCredentialsForIdentity"), 0);
    }
}
