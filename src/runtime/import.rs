//! Profiles from elsewhere and for somebody else: files and dialogs, off the window's thread.

use super::{Shared, World};
use crate::app::{Attempt, Event, ImportEvent, ImportFrom, Imported};
use crate::domain::{Profile, ProfileName};
use crate::ops::import;
use crate::ops::ports::ImportText;

pub(super) async fn choose(shared: &Shared, world: &World, attempt: Attempt) {
    let result = world.deps.imports.choose("Import profiles").await;
    shared
        .tell(Event::Import(ImportEvent::Chosen { attempt, result }))
        .await;
}

pub(super) async fn read(shared: &Shared, world: &World, attempt: Attempt, from: ImportFrom) {
    let text = |source: &str, text: String| ImportText {
        source: source.to_owned(),
        project: None,
        bytes: text.into_bytes(),
    };
    let result = match from {
        ImportFrom::File(file) => import::look_into(&world.deps, &file).await,
        ImportFrom::Text(pasted) => {
            import::look_at(&world.deps, &text("the pasted text", pasted)).await
        }
        ImportFrom::Link(link) => import::look_at(&world.deps, &text("the link", link)).await,
    };
    shared
        .tell(Event::Import(ImportEvent::Read { attempt, result }))
        .await;
}

pub(super) async fn add(shared: &Shared, world: &World, profiles: Vec<Profile>) {
    let import::Added { added, refused } = import::add(&world.deps, profiles).await;
    let imported = Imported { added, refused };
    shared
        .tell(Event::Import(ImportEvent::Added(imported)))
        .await;
}

pub(super) async fn share(
    shared: &Shared,
    world: &World,
    attempt: Attempt,
    profiles: &[ProfileName],
    usernames: bool,
) {
    let names: Vec<String> = profiles.iter().map(ToString::to_string).collect();
    let result = import::share(&world.deps, &names, usernames).await;
    shared
        .tell(Event::Import(ImportEvent::Shared { attempt, result }))
        .await;
}

pub(super) async fn save(shared: &Shared, world: &World, file_name: &str, text: &str) {
    let result = world.deps.imports.save(file_name, text).await;
    shared.tell(Event::Import(ImportEvent::Saved(result))).await;
}
