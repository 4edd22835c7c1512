//! What went over the wire, kept for the Activity view: one record a call, the last few hundred.
//!
//! Deliberately absent: parameters, bodies and addresses. Of an answer only its request ID and its
//! error code are read.

mod code;
mod recorder;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

pub(super) use self::code::{error_code, request_id};
pub use self::recorder::CallRecorder;
use super::clock::ServiceClock;
use super::log_file::LogFile;
use crate::domain::{CallOutcome, CallRecord, FlowStep, ProfileName};
use crate::ops::ports::{CallLog, Clock as _};

/// Older records make room: nobody may have asked for them for days.
const MOST: usize = 500;

tokio::task_local! {
    static ABOUT: Option<ProfileName>;
}

/// Does work whose calls belong to this profile. A task that is spawned inside has to be told again.
pub async fn about<F: Future>(profile: Option<ProfileName>, work: F) -> F::Output {
    ABOUT.scope(profile, work).await
}

/// The calls that nobody has taken yet, by the service's clock.
pub struct ActivityLog {
    clock: Arc<ServiceClock>,
    records: Mutex<VecDeque<CallRecord>>,
    /// Where the person wants one.
    file: Option<LogFile>,
}

impl ActivityLog {
    /// An empty log.
    #[must_use]
    pub const fn new(clock: Arc<ServiceClock>) -> Self {
        Self {
            clock,
            records: Mutex::new(VecDeque::new()),
            file: None,
        }
    }

    /// Each call is also written to this file.
    #[must_use]
    pub fn writing(self, file: Option<LogFile>) -> Self {
        Self { file, ..self }
    }

    /// A call begins. Where it is given up before its answer, that is what is recorded.
    pub(super) fn begin(
        self: &Arc<Self>,
        service: impl Into<String>,
        operation: impl Into<String>,
    ) -> Pending {
        let record = CallRecord {
            profile: ABOUT.try_with(Clone::clone).ok().flatten(),
            service: service.into(),
            operation: operation.into(),
            began_at: self.clock.now(),
            took: Duration::ZERO,
            attempts: 1,
            request_id: None,
            outcome: CallOutcome::Failed("given up".to_owned()),
        };
        Pending {
            log: self.clone(),
            began: self.clock.machine(),
            record: Mutex::new(Some(record)),
        }
    }

    fn note(&self, record: CallRecord) {
        if let Some(file) = &self.file {
            file.note(&record);
        }
        let mut records = self.records();
        if records.len() == MOST {
            records.pop_front();
        }
        records.push_back(record);
    }

    fn records(&self) -> std::sync::MutexGuard<'_, VecDeque<CallRecord>> {
        self.records.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl CallLog for ActivityLog {
    fn note_step(&self, step: FlowStep, detail: &str, took: Option<Duration>) {
        let Some(file) = &self.file else {
            return;
        };
        let whose = ABOUT.try_with(Clone::clone).ok().flatten();
        let took = took.map_or_else(String::new, |took| {
            format!("  {:.1} ms", took.as_secs_f64() * 1000.0)
        });
        let line = format!("{}: {detail}{took}", step.label());
        file.note_line(self.clock.now(), whose.as_ref(), &line);
    }

    fn take(&self) -> Vec<CallRecord> {
        self.records().drain(..).collect()
    }
}

/// A call under way.
pub(super) struct Pending {
    log: Arc<ActivityLog>,
    /// By this machine's clock: what is known of the service's may change under way.
    began: Timestamp,
    /// None once it was noted.
    record: Mutex<Option<CallRecord>>,
}

impl Pending {
    /// It ended so.
    pub(super) fn end(&self, attempts: u32, request_id: Option<String>, outcome: CallOutcome) {
        self.note(|record| CallRecord {
            attempts,
            request_id,
            outcome,
            ..record
        });
    }

    fn note(&self, complete: impl FnOnce(CallRecord) -> CallRecord) {
        let mut record = self.record.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(mut record) = record.take() {
            let took = self.began.duration_until(self.log.clock.machine());
            record.took = took.try_into().unwrap_or_default();
            self.log.note(complete(record));
        }
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        self.note(|record| record);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log() -> Arc<ActivityLog> {
        let clock = ServiceClock::on(|| Timestamp::UNIX_EPOCH);
        Arc::new(ActivityLog::new(Arc::new(clock)))
    }

    #[test]
    fn the_oldest_make_room() {
        let log = log();
        for number in 0..=MOST {
            log.begin("STS", number.to_string())
                .end(1, None, CallOutcome::Answered);
        }
        let records = log.take();
        assert_eq!(records.len(), MOST);
        assert_eq!(records[0].operation, "1");
        assert!(log.take().is_empty());
    }

    #[test]
    fn a_call_is_noted_once_also_when_it_is_given_up() {
        let log = log();
        let ended = log.begin("STS", "A");
        ended.end(2, Some("id".to_owned()), CallOutcome::Answered);
        drop(ended);
        drop(log.begin("STS", "B"));
        let records = log.take();
        assert_eq!(records.len(), 2);
        assert_eq!((records[0].attempts, records[0].outcome.is_ok()), (2, true));
        assert_eq!(records[1].outcome.label(), "given up");
    }

    #[tokio::test]
    async fn a_record_knows_whose_it_is() {
        let (log, dev) = (log(), "dev".parse::<ProfileName>().ok());
        about(dev.clone(), async { drop(log.begin("STS", "A")) }).await;
        drop(log.begin("STS", "B"));
        let of = |record: CallRecord| record.profile;
        let profiles: Vec<_> = log.take().into_iter().map(of).collect();
        assert_eq!(profiles, [dev, None]);
    }
}
