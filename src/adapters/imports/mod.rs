//! What people hand each other: Amplify's files, Poolkey's own, links and pasted text.
//!
//! Everything here comes from elsewhere and is believed nothing: sizes and depths are limited, no
//! script is run, nothing is fetched, and a profile that would run a program of this machine is not
//! offered. Deliberately absent: adding (see `ops::import`).

mod amplify;
mod dialog;
mod link;
mod literal;
mod plain_text;
mod poolkey;

use std::collections::HashSet;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use async_trait::async_trait;

use self::plain_text::decoded;
use super::blocking::blocking;
use super::config_file;
use crate::domain::offered::limit;
use crate::domain::{Offered, Problem, ProblemKind, Profile, ProfileName, name_of};
use crate::ops::ports::{ImportText, Imports, Understood};

/// The largest text that is looked at. The files that are meant have a few kilobytes; a data model
/// in `amplify_outputs.json` can be some hundred.
const MOST_BYTES: u64 = 2 * 1024 * 1024;

/// Files and dialogs of this machine.
pub struct ImportFiles {
    home: PathBuf,
}

impl ImportFiles {
    /// A path that begins with `~` is in this folder.
    #[must_use]
    pub const fn new(home: PathBuf) -> Self {
        Self { home }
    }

    fn whole(&self, file: &Path) -> PathBuf {
        let rest = file.strip_prefix("~");
        rest.map_or_else(|_| file.to_owned(), |rest| self.home.join(rest))
    }
}

#[async_trait]
impl Imports for ImportFiles {
    async fn read(&self, file: &Path) -> Result<ImportText, Problem> {
        let file = self.whole(file);
        blocking(move || read(&file)).await
    }

    async fn understand(&self, text: &ImportText) -> Result<Understood, Problem> {
        let text = text.clone();
        blocking(move || understand(&text)).await
    }

    fn written(&self, profiles: &[Profile]) -> (String, String) {
        let file = config_file::written(profiles);
        (poolkey::with_heading(&file), link::of(&file))
    }

    async fn choose(&self, title: &'static str) -> Result<Option<PathBuf>, Problem> {
        dialog::open(title).await
    }

    async fn save(&self, file_name: &str, text: &str) -> Result<Option<PathBuf>, Problem> {
        let Some(path) = dialog::save(file_name).await? else {
            return Ok(None);
        };
        let text = text.to_owned();
        blocking(move || match std::fs::write(&path, text) {
            Ok(()) => Ok(Some(path)),
            Err(error) => {
                let sentence = format!("{} could not be written: {error}", path.display());
                Err(Problem::new(ProblemKind::File, sentence))
            }
        })
        .await
    }
}

/// A file's text, and the folder that it is in for a name.
fn read(file: &Path) -> Result<ImportText, Problem> {
    let shown = file.display();
    let failed = |error: &std::io::Error| {
        let sentence = format!("{shown} could not be read: {error}");
        Problem::new(ProblemKind::File, sentence)
    };
    if !file.is_file() {
        let sentence = format!("{shown} is not there or is not a file");
        return Err(Problem::new(ProblemKind::File, sentence));
    }
    let mut bytes = Vec::new();
    let opened = std::fs::File::open(file).map_err(|error| failed(&error))?;
    let read = opened.take(MOST_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(|error| failed(&error))?;
    let name = file
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    let whole = file.canonicalize().unwrap_or_else(|_| file.to_owned());
    Ok(ImportText {
        source: name.unwrap_or_else(|| shown.to_string()),
        project: project(&whole),
        bytes,
    })
}

/// The folder of an app, which is more of a name than that of the file: the first above it that is
/// not one of the folders such files are always in.
fn project(file: &Path) -> Option<ProfileName> {
    const USUAL: [&str; 10] = [
        "src", "app", "lib", "assets", "config", "public", "raw", "res", "main", "frontend",
    ];
    let mut folders = file.ancestors().skip(1);
    let folder = folders.find_map(|folder| {
        let name = folder.file_name()?.to_str()?;
        (!USUAL.contains(&name)).then_some(name)
    })?;
    name_of(folder)
}

fn understand(text: &ImportText) -> Result<Understood, Problem> {
    let source = text.source.as_str();
    if text.bytes.len() as u64 > MOST_BYTES {
        let sentence = format!("{source} is larger than anything that Poolkey imports");
        return Err(nothing(&sentence));
    }
    let written = decoded(&text.bytes, source)?;
    let is_link = link::is_in(&written);
    let offered = if poolkey::is_one(&written) {
        poolkey::offered(&written, source)?
    } else if is_link {
        poolkey::offered(&link::read(&written)?, source)?
    } else if begins_with_section(&written) {
        return Ok(Understood::AwsFile(written));
    } else if amplify::is_one(&written) {
        let name = text.project.clone().or_else(|| name_of("amplify"));
        let Some(name) = name else {
            return Err(nothing(&format!("{source} has no name")));
        };
        amplify::offered(&written, &name, source)?
    } else {
        return Err(nothing(&format!(
            "{source} has no profile that Poolkey knows"
        )));
    };
    if offered.is_empty() {
        return Err(nothing(&format!("{source} has no profile in it")));
    }
    Ok(Understood::Profiles(offered))
}

/// `[default]` above everything else but comments: a file of the AWS CLI.
fn begins_with_section(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim);
    let first = lines.find(|line| !line.is_empty() && !line.starts_with(['#', ';']));
    first.is_some_and(|line| line.starts_with('[') && line.contains(']'))
}

fn nothing(sentence: &str) -> Problem {
    Problem::new(ProblemKind::Usage, sentence).hint(
        "Poolkey imports amplify_outputs.json, amplifyconfiguration.json, aws-exports.js, AWS config \
         files, Poolkey profile files and poolkey:// links.",
    )
}

/// No more than anybody looks through, and names in one list are different from each other: in this
/// order, since to find free names takes longer the more there are.
fn limited(mut offered: Vec<Offered>, source: &str) -> Vec<Offered> {
    use crate::domain::{Offer, free_name};
    limit(&mut offered, source);
    let mut taken: HashSet<String> = HashSet::new();
    for one in &mut offered {
        let name = match &mut one.offer {
            Offer::Ready(profile) => &mut profile.name,
            Offer::NoIdentityPool(partial) => &mut partial.name,
            Offer::Useless { .. } => continue,
        };
        *name = free_name(name, |name| taken.contains(name));
        taken.insert(name.to_string());
    }
    offered
}

#[cfg(test)]
mod tests;
