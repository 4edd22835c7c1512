//! `profile import`: profiles from files of other tools, from links and from what a colleague sent.
//!
//! Each is told with what to look at twice. Deliberately absent: the formats (see
//! `adapters::imports`).

use std::io::Read as _;
use std::path::Path;

use super::super::output::Output;
use crate::domain::{
    IdentityPoolId, Offer, Offered, Problem, ProblemKind, Profile, ProfileName, settled,
};
use crate::ops::Deps;
use crate::ops::import::{self, Added};
use crate::ops::ports::ImportText;

/// More than anything that is imported.
const MOST_BYTES: u64 = 4 * 1024 * 1024;

/// What the person wants of it.
pub struct Wish<'a> {
    /// These; all without one.
    pub names: &'a [String],
    /// Where the file names none.
    pub identity_pool: Option<IdentityPoolId>,
    /// The one that is added gets this name.
    pub renamed: Option<ProfileName>,
    /// Also what deserves a second look, without its name.
    pub all: bool,
    /// Only say what is there.
    pub dry_run: bool,
}

/// Adds what is found, or lists it. One that is refused does not keep the others out.
///
/// # Errors
/// The first refusal, after all were tried; a file that cannot be read, or with nothing to add.
pub async fn run(file: &Path, wish: Wish<'_>, deps: &Deps, output: &Output) -> Result<(), Problem> {
    let (shown, offered) = look(file, deps).await?;
    let wanted = chosen(offered, wish.names, &shown)?;
    let Sorted {
        mut ready,
        mut lines,
        left_out,
        mut notes,
    } = sorted(&wanted, &wish);
    if ready.is_empty() {
        let sentence = format!("Nothing in {shown} can be added as it is");
        let problem = Problem::new(ProblemKind::Usage, sentence);
        let all = notes.into_iter().chain(left_out);
        let plain = all.map(|line| line.trim_start_matches("note: ").to_owned());
        return Err(plain.fold(problem, Problem::hint));
    }
    if let Some(name) = wish.renamed {
        let ([one], [told]) = (ready.as_mut_slice(), lines.as_mut_slice()) else {
            let sentence =
                format!("There are several profiles in {shown}, and --as is the name of one");
            return Err(Problem::new(ProblemKind::Usage, sentence)
                .hint("Say which one, behind the file or link."));
        };
        told.1 = format!("{name}, from {}", told.1);
        one.0 = name.clone();
        told.0 = name;
    }
    notes.extend(left_out.iter().map(|line| format!("skipped: {line}")));
    // Before anything is added: where it goes cannot be asked for too late.
    tell(&notes, output);
    if wish.dry_run {
        return lines.iter().try_for_each(|(_, line)| output.result(line));
    }
    let Added { added, refused } = import::add(deps, settled(ready)).await;
    let line_of = |name: &ProfileName| {
        let found = lines.iter().find(|(other, _)| other == name);
        found.map_or_else(|| name.to_string(), |(_, line)| line.clone())
    };
    let added_lines = added.iter().map(|name| format!("added: {}", line_of(name)));
    let mut notes: Vec<String> = added_lines.collect();
    if let (true, [(_, problem)]) = (added.is_empty(), refused.as_slice()) {
        return Err(problem.clone());
    }
    notes.extend(
        refused
            .iter()
            .map(|(name, problem)| format!("not added: {}: {}", line_of(name), problem.sentence)),
    );
    tell(&notes, output);
    let first = refused.into_iter().next();
    first.map_or(Ok(()), |(_, problem)| Err(problem))
}

/// What is to be added, with its line, what is not, and what should be known before.
#[derive(Default)]
struct Sorted {
    ready: Vec<(ProfileName, Profile)>,
    lines: Vec<(ProfileName, String)>,
    left_out: Vec<String>,
    notes: Vec<String>,
}

fn sorted(wanted: &[Offered], wish: &Wish<'_>) -> Sorted {
    let mut sorted = Sorted::default();
    // Who named it, or wants all of it, has seen what it is.
    let is_vouched = wish.all || wish.dry_run || !wish.names.is_empty();
    for offered in wanted {
        let (name, warnings) = (offered.name(), offered.warnings());
        let is_held_back = !is_vouched && !warnings.is_empty();
        let warned = warnings.into_iter();
        let warned = warned.map(|warning| format!("note: {name}: {warning}"));
        sorted.notes.extend(warned);
        if is_held_back {
            sorted.left_out.push(format!(
                "{name}: to add it all the same, write its name behind the file or link, or --all"
            ));
            continue;
        }
        match offered.profile(wish.identity_pool.clone()) {
            Some(profile) => {
                let name = profile.name.clone();
                sorted.lines.push((name.clone(), line(offered)));
                sorted.ready.push((name, profile));
            }
            None => sorted.left_out.push(line(offered)),
        }
    }
    sorted
}

fn tell(notes: &[String], output: &Output) {
    for note in notes {
        output.note(note);
    }
}

/// What is there, and what it is called within a sentence.
async fn look(file: &Path, deps: &Deps) -> Result<(String, Vec<Offered>), Problem> {
    let link = file.to_str().filter(|text| {
        let beginning = text.get(.."poolkey:".len());
        beginning.is_some_and(|beginning| beginning.eq_ignore_ascii_case("poolkey:"))
    });
    let (source, bytes) = match link {
        Some(link) => ("the link", link.as_bytes().to_vec()),
        None if file == Path::new("-") => ("standard input", standard_input()?),
        None => {
            let shown = file.display().to_string();
            return Ok((shown, import::look_into(deps, file).await?));
        }
    };
    let text = ImportText {
        source: source.to_owned(),
        project: None,
        bytes,
    };
    Ok((source.to_owned(), import::look_at(deps, &text).await?))
}

fn standard_input() -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    let read = std::io::stdin()
        .lock()
        .take(MOST_BYTES)
        .read_to_end(&mut bytes);
    read.map_err(|error| {
        let sentence = format!("Standard input could not be read: {error}");
        Problem::new(ProblemKind::File, sentence)
    })?;
    Ok(bytes)
}

/// `[dev] Signs in to …` as the AWS file calls it; else the name, and where it leads.
fn line(offered: &Offered) -> String {
    let section = offered
        .source
        .split_once("] in ")
        .map(|(section, _)| section);
    let mut parts = match section {
        Some(section) => vec![format!("{section}]")],
        None => vec![format!("{}:", offered.name())],
    };
    match &offered.offer {
        Offer::Ready(profile) if section.is_none() => parts.push(leads_to(profile)),
        Offer::Ready(_) => {}
        Offer::NoIdentityPool(partial) => parts.push(format!(
            "signs in to {}; give the identity pool with --identity-pool-id",
            partial.user_pool.user_pool_id
        )),
        Offer::Useless { why, .. } => parts.push(why.clone()),
    }
    if section.is_some() {
        parts.extend(offered.remarks.iter().cloned());
    } else {
        let remarks = offered.remarks.iter().map(|remark| format!("({remark})"));
        parts.extend(remarks);
    }
    parts.join(" ")
}

fn leads_to(profile: &Profile) -> String {
    let pool = &profile.identity_pool_id;
    match &profile.user_pool {
        Some(client) => format!("signs in to {}, then {pool}", client.user_pool_id),
        None => format!("{} of {pool}", profile.sign_in.label()),
    }
}

/// What the person named, or all of it.
fn chosen(found: Vec<Offered>, names: &[String], shown: &str) -> Result<Vec<Offered>, Problem> {
    let missing = |name: &&String| !found.iter().any(|found| is_called(found, name));
    if let Some(name) = names.iter().find(missing) {
        let is_aws = found.iter().any(|found| found.source.starts_with('['));
        let sentence = if is_aws {
            format!("[{name}] in {shown} names no identity pool")
        } else {
            format!("There is no profile {name} in {shown}")
        };
        return Err(Problem::new(ProblemKind::Usage, sentence));
    }
    let is_named =
        |found: &Offered| names.is_empty() || names.iter().any(|name| is_called(found, name));
    Ok(found.into_iter().filter(is_named).collect())
}

fn is_called(offered: &Offered, name: &str) -> bool {
    offered.name() == name || offered.source.starts_with(&format!("[{name}] in "))
}
