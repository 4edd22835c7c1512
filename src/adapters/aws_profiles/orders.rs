//! What is to be written, made ready for a thread that may wait.
//!
//! Deliberately absent: the writing (see `aws_files::write`).

use super::UserAwsProfiles;
use super::elsewhere::not_from_windows;
use super::told::{absolute, entry, name, written};
use crate::adapters::aws_files::{AwsFiles, Change, Entry, Order, WebIdentityEntry};
use crate::domain::{AwsCredentials, AwsHomeId, AwsProfileName, Problem, ProfileName, Region};
use crate::ops::ports::{Content, WriteOrder, Written};

/// A [`WriteOrder`] with all that it needs.
pub(super) struct Owned {
    name: AwsProfileName,
    content: OwnedContent,
    region: Region,
    keep_region: bool,
    take_over: bool,
}

enum OwnedContent {
    Keys(AwsCredentials, ProfileName),
    Process(String),
    WebIdentity {
        role: String,
        session_name: String,
        token_file: String,
    },
}

impl UserAwsProfiles {
    pub(super) fn owned(&self, order: &WriteOrder<'_>) -> Result<Owned, Problem> {
        let content = match order.content {
            Content::Keys(keys, profile) => OwnedContent::Keys(keys.duplicate(), profile.clone()),
            Content::Process(profile) => OwnedContent::Process(self.command(profile.as_str())?),
            Content::WebIdentity { .. } if self.which == AwsHomeId::Windows => {
                return Err(not_from_windows());
            }
            Content::WebIdentity {
                role,
                session_name,
                token_file,
            } => OwnedContent::WebIdentity {
                role: role.to_string(),
                session_name: session_name.to_owned(),
                token_file: absolute(token_file)?,
            },
        };
        Ok(Owned {
            name: name(order.aws_profile)?,
            content,
            region: order.region.clone(),
            keep_region: order.keep_region,
            take_over: order.take_over,
        })
    }
}

impl Owned {
    fn order(&self) -> Order<'_> {
        let region = self.region.as_str();
        Order {
            name: &self.name,
            entry: match &self.content {
                OwnedContent::Keys(keys, profile) => {
                    Entry::Keys(entry(keys, &self.name, profile), Some(region))
                }
                OwnedContent::Process(command) => Entry::Process(command, Some(region)),
                OwnedContent::WebIdentity {
                    role,
                    session_name,
                    token_file,
                } => Entry::WebIdentity(WebIdentityEntry {
                    role,
                    token_file,
                    session_name,
                    region,
                }),
            },
            keep_region: self.keep_region,
            take_over: self.take_over,
        }
    }
}

/// Writes what could be made ready, as one change.
pub(super) fn written_each(
    files: &AwsFiles,
    owned: Vec<Result<Owned, Problem>>,
) -> Result<Vec<Result<Written, Problem>>, Problem> {
    let orders: Vec<Order<'_>> = owned.iter().flatten().map(Owned::order).collect();
    let mut changes = files.write_all(&orders)?.into_iter();
    drop(orders);
    let each = owned.into_iter().map(|owned| {
        let change = owned.and_then(|_| changes.next().unwrap_or_else(|| Ok(Change::default())));
        change.map(written)
    });
    Ok(each.collect())
}
