//! One effect, one function: calls the use-case and turns what comes of it into events.

use super::attempts::{go_on, renew};
use super::browser;
use super::progress::Steps;
use super::{
    Shared, World, changes, checks, discovery, exports, hand_on, import, password, presence,
    previews, providers, settings, token_files,
};
use crate::app::asked::Asked;
use crate::app::kept::{Kept, StoreReport};
use crate::app::{Attempt, Effect, Event, ProfileDraft, SettingsEvent};
use crate::domain::{Problem, Profile, ProfileName, SignOutScope};
use crate::ops::identity;
use crate::ops::ports::VaultState;
use crate::ops::profiles::{self, TypedSecrets};
use crate::ops::sign_in;
use crate::ops::{session, sharing, sign_out};

#[expect(clippy::too_many_lines, reason = "one arm an effect; each only calls")]
pub(super) async fn carry_out(shared: Shared, world: World, effect: Effect) {
    match effect {
        Effect::FindSources => discovery::find_sources(&shared, &world).await,
        Effect::Discover {
            attempt,
            source,
            regions,
        } => discovery::discover(&shared, &world, attempt, &source, &regions).await,
        Effect::AddFound(drafts) => discovery::add(&shared, &world, drafts).await,
        Effect::ProbeStore => tell_store(&shared, world.deps.vault.probe().await).await,
        Effect::UnlockStore(passphrase) => {
            tell_store(&shared, world.deps.vault.unlock(passphrase).await).await;
        }
        Effect::LoadSessions(profiles) => {
            for profile in profiles {
                load_session(&shared, &world, &profile).await;
            }
        }
        Effect::ReadExports(home, names) => exports::read(&shared, &world, home, names).await,
        Effect::SignIn {
            attempt,
            profile,
            sign_in,
            moved,
        } => {
            let steps = Steps {
                shared: shared.clone(),
                attempt,
            };
            let outcome = sign_in::go_on(&world.deps, &profile, sign_in, moved, &steps).await;
            go_on(&shared, &world, &profile, attempt, outcome).await;
        }
        Effect::BrowserSignIn { attempt, profile } => {
            browser::sign_in(&shared, &world, &profile, attempt).await;
        }
        Effect::ProviderSignIn {
            attempt,
            profile,
            tokens,
        } => providers::sign_in(&shared, &world, attempt, *profile, tokens).await,
        Effect::KeepTokens { profile, tokens } => {
            providers::keep_tokens(&shared, &world, &profile, tokens).await;
        }
        Effect::WatchTokenFiles(files) => providers::watch(&shared, &world, files).await,
        Effect::PasteCode { attempt, text } => shared.browsers.paste(attempt, text),
        Effect::SignOutOfBrowser(profile) => browser::sign_out(&shared, &world, &profile).await,
        Effect::ForgetIdentity(profile) => forget_identity(&shared, &world, &profile).await,
        Effect::OpenPage(url) => browser::open_page(&shared, &world, url).await,
        Effect::ChangePassword {
            attempt,
            profile,
            previous,
            proposed,
        } => password::change(&shared, &world, attempt, *profile, previous, proposed).await,
        Effect::Renew {
            attempt,
            profile,
            forced,
        } => renew(&shared, &world, attempt, &profile, forced).await,
        Effect::SignOut { profile, scope } => sign_out(&shared, &world, *profile, scope).await,
        Effect::Save(draft) => save(&shared, &world, *draft).await,
        Effect::Check {
            attempt,
            profile,
            client_secret,
        } => checks::check(&shared, &world, attempt, *profile, client_secret).await,
        Effect::Remove(profile) => remove(&shared, &world, profile.name).await,
        Effect::FindProfiles => exports::find(&shared, &world).await,
        Effect::ChooseImportFile(attempt) => import::choose(&shared, &world, attempt).await,
        Effect::ChooseSettingFile(file) => {
            let result = world.deps.imports.choose("Choose a file").await;
            let chosen = SettingsEvent::FileChosen { file, result };
            shared.tell(Event::Settings(chosen)).await;
        }
        Effect::ReadImport { attempt, from } => import::read(&shared, &world, attempt, from).await,
        Effect::AddProfiles(profiles) => import::add(&shared, &world, profiles).await,
        Effect::Share {
            attempt,
            profiles,
            usernames,
        } => import::share(&shared, &world, attempt, &profiles, usernames).await,
        Effect::SaveShare { file_name, text } => {
            import::save(&shared, &world, &file_name, &text).await;
        }
        Effect::PreviewFiles(home, change) => {
            previews::preview(&shared, &world, home, change).await;
        }
        Effect::ChangeFiles {
            home,
            change,
            take_over,
        } => {
            changes::change(&shared, &world, home, change, take_over).await;
        }
        Effect::ExportAgain(profile) => exports::export_again(&shared, &world, &profile).await,
        Effect::WriteTokenFile(profile) => {
            token_files::write(&shared, &world, &profile).await;
        }
        Effect::StartEndpoint(profile) => {
            hand_on::start_endpoint(&shared, &world, &profile).await;
        }
        Effect::StopEndpoint(profile) => hand_on::stop_endpoint(&shared, &profile).await,
        Effect::Copy { what, text } => hand_on::copy(&shared, what, text).await,
        Effect::CopyCredentials { profile, form } => {
            hand_on::copy_credentials(&shared, &world, &profile, form).await;
        }
        Effect::ClearClipboard => hand_on::clear_clipboard(&shared).await,
        Effect::OpenTerminal(profile) => hand_on::open_terminal(&shared, &world, &profile).await,
        Effect::OpenConsole(profile) => hand_on::open_console(&shared, &world, &profile).await,
        Effect::OpenDemo => {
            let _turn = shared.entering.lock().await;
            let result = (shared.open_demo)().await.map(|world| shared.enter(world));
            shared.tell(Event::DemoOpened(result)).await;
        }
        Effect::Suggest { attempt, asked } => suggest(&shared, &world, attempt, &asked).await,
        Effect::SaveSetting(change) => settings::save(&shared, &world, change).await,
        Effect::LookAround => settings::look_around(&shared, &world).await,
        Effect::MoveSecrets {
            attempt,
            to,
            passphrase,
        } => settings::move_secrets(&shared, &world, attempt, to, passphrase).await,
        Effect::TryNetwork { attempt, profile } => {
            settings::try_network(&shared, &world, attempt, &profile).await;
        }
        Effect::CheckPassphrase(passphrase) => {
            let opens = world.deps.vault.opens_with(passphrase).await;
            shared
                .tell(Event::Settings(SettingsEvent::PassphraseChecked(opens)))
                .await;
        }
        Effect::ShowFolder(folder) => settings::show_folder(&shared, folder).await,
        Effect::SayFarewell(farewell) => presence::say(&shared, farewell),
        Effect::SeekTray => presence::seek_tray(&shared).await,
        // Handled in the queue, and where the tasks and the tray are.
        Effect::LoadProfiles
        | Effect::Arrange(..)
        | Effect::SaveListOrder(_)
        | Effect::SaveFolded(_)
        | Effect::SaveKeepFresh(..)
        | Effect::RememberUsername { .. }
        | Effect::Cancel(_)
        | Effect::Stop(_)
        | Effect::ShowTray(_)
        | Effect::LeaveCalls
        | Effect::KeepPlace(_) => {}
    }
}

async fn tell_store(shared: &Shared, state: Result<VaultState, Problem>) {
    shared
        .tell(match state {
            Ok(VaultState::Ready { name, remark }) => {
                Event::StoreProbed(Ok(StoreReport { name, remark }))
            }
            Ok(VaultState::NeedsPassphrase { is_new, problem }) => {
                Event::StoreLocked { is_new, problem }
            }
            Err(problem) => Event::StoreProbed(Err(problem)),
        })
        .await;
}

pub(super) async fn load_session(shared: &Shared, world: &World, profile: &Profile) {
    let vault = &world.deps.vault;
    let kept = async {
        let refreshable = session::is_renewable(&world.deps, profile).await?;
        let session = vault.session(profile).await?.map(Box::new);
        Ok(Kept {
            session,
            refreshable,
        })
    };
    let kept = kept.await;
    shared
        .tell(Event::SessionLoaded {
            profile: profile.name.clone(),
            kept,
        })
        .await;
}

async fn sign_out(shared: &Shared, world: &World, profile: Profile, scope: SignOutScope) {
    let result = sign_out::sign_out(&world.deps, &profile, scope).await;
    let others = sharing::others(&world.deps, &profile).await;
    let profile = profile.name;
    shared.tell(Event::SignedOut { profile, result }).await;
    for other in others.unwrap_or_default() {
        load_session(shared, world, &other).await;
    }
}

async fn remove(shared: &Shared, world: &World, profile: ProfileName) {
    let (result, remark) = match profiles::remove(&world.deps, &profile).await {
        Ok(remark) => (Ok(()), remark),
        Err(problem) => (Err(problem), None),
    };
    shared.tell(Event::Removed { profile, result }).await;
    if let Some(remark) = remark {
        shared.tell(Event::Trouble(remark)).await;
    }
}

async fn save(shared: &Shared, world: &World, draft: ProfileDraft) {
    let ProfileDraft {
        original,
        profile,
        client_secret,
        login_secrets,
    } = draft;
    let secrets = TypedSecrets {
        client: client_secret.as_ref(),
        logins: &login_secrets,
    };
    let saved = profiles::save(&world.deps, original.as_ref(), &profile, secrets).await;
    let result = saved.map(|()| Box::new(profile));
    shared.tell(Event::Saved { original, result }).await;
}

async fn forget_identity(shared: &Shared, world: &World, profile: &Profile) {
    let forgotten = identity::forget(&world.deps, profile).await;
    let result = forgotten.map(|_| ());
    let profile = profile.name.clone();
    let forgotten = Event::IdentityForgotten { profile, result };
    shared.tell(forgotten).await;
}

async fn suggest(shared: &Shared, world: &World, attempt: Attempt, asked: &Asked) {
    let Some(suggest) = &world.suggest else {
        return;
    };
    if let Some(suggestion) = suggest(asked) {
        let suggested = Event::Suggested {
            attempt,
            suggestion,
        };
        shared.tell(suggested).await;
    }
}
