//! Why a profile has nothing to show although nobody may have signed out: the secret store is still being
//! read, is locked or does not work, or a sign-in is on its way.
//!
//! Deliberately absent: who is signed out, which each view says in its own words.

use crate::app::{Action, Model, ProfileState, StoreState, Tab, WorkKind};

/// What is said in place of what is not there.
pub struct Absent {
    /// In a few words; empty for the first moment of something that is usually over at once.
    pub title: &'static str,
    /// In a sentence.
    pub text: String,
    /// The way on.
    pub button: Option<(&'static str, Action)>,
}

/// Nothing where it is known that there is nothing.
pub fn absent(model: &Model, state: &ProfileState) -> Option<Absent> {
    let name = &state.profile.name;
    if state.running.is_some() {
        let text = match model.tab {
            Tab::Overview => "The steps above show how far it is",
            _ => "Overview shows how far it is",
        };
        return Some(Absent {
            title: "On the way",
            text: text.to_owned(),
            button: None,
        });
    }
    match &model.store {
        StoreState::Checking => {
            let text = "It may ask you to unlock it".to_owned();
            Some(waiting(
                model,
                WorkKind::Store,
                "Waiting for your secret store",
                text,
            ))
        }
        StoreState::Locked { is_new: false, .. } => Some(Absent {
            title: "The secret store is locked",
            text: format!("What is kept for {name} is there when you unlock it"),
            button: Some(("Unlock…", Action::RetryStore)),
        }),
        StoreState::Broken(problem) => Some(Absent {
            title: "The secret store cannot be used",
            text: problem.sentence.clone(),
            button: Some(("Try again", Action::RetryStore)),
        }),
        // Somebody stopped it.
        StoreState::Ready(_)
            if model.list.is_unread(name) && model.works_of(WorkKind::Kept).is_empty() =>
        {
            Some(Absent {
                title: "Not read yet",
                text: format!("What is kept for {name} was not waited for"),
                button: Some(("Read it", Action::Shown(vec![name.clone()]))),
            })
        }
        StoreState::Ready(_) if model.list.is_unread(name) => {
            let text = format!("Looking for what is kept for {name}");
            Some(waiting(
                model,
                WorkKind::Kept,
                "Reading the secret store",
                text,
            ))
        }
        StoreState::Ready(_) | StoreState::Locked { .. } => None,
    }
}

/// Not said at once: it would only flicker.
fn waiting(model: &Model, kind: WorkKind, title: &'static str, text: String) -> Absent {
    let is_new = !model.works_of(kind).is_empty();
    let is_noticed = model.noticed().any(|doing| doing.work.kind == kind);
    let (title, text) = if is_new && !is_noticed {
        ("", String::new())
    } else {
        (title, text)
    };
    Absent {
        title,
        text,
        button: None,
    }
}
