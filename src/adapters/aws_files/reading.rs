//! Reading the files, and looking at them once for many questions.
//!
//! Deliberately absent: what is asked (see `status`, `keys`, `rivals`).

use std::sync::Arc;

use super::document::Document;
use super::section::AwsFile;
use super::{AwsFiles, store};
use crate::domain::Problem;

/// Credentials and config, or why they cannot be read.
pub(super) type Read = [Result<Arc<Document>, Problem>; 2];

impl AwsFiles {
    /// The same, answering from what the files say now, however much it is asked: to read only.
    #[must_use]
    pub fn as_read(&self) -> Self {
        let files = [AwsFile::Credentials, AwsFile::Config];
        Self {
            read: Some(Arc::new(files.map(|file| self.document(file)))),
            ..self.clone()
        }
    }

    pub(super) fn document(&self, file: AwsFile) -> Result<Arc<Document>, Problem> {
        if let Some(read) = &self.read {
            let [credentials, config] = read.as_ref();
            return match file {
                AwsFile::Credentials => credentials.clone(),
                AwsFile::Config => config.clone(),
            };
        }
        let path = self.paths.of(file);
        let document = Document::parse(store::read(path)?).map_err(|r| r.problem(path))?;
        Ok(Arc::new(document))
    }
}
