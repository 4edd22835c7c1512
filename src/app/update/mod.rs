//! How actions and events change the model: one file per area.
//!
//! Each function returns the effects that follow. Deliberately absent: anything that waits.

mod activity;
mod arrange;
mod browser;
mod checks;
mod discovery;
mod doing;
mod exchanges;
mod exports;
mod hand_on;
mod import;
mod kept;
mod lock;
mod notices;
mod password;
mod presence;
mod profiles;
mod quiet;
mod removal;
mod sessions;
mod settings;
mod several;
mod sign_in;
mod sign_out;
mod store;
#[cfg(test)]
mod tests;
mod token_files;
mod tokens;
mod web_identity;

use super::{Action, Effect, Event, Model, Page};
use crate::domain::SettingChange;

impl Model {
    /// What happens first: everything that is shown is asked for.
    #[must_use]
    pub fn start(&mut self) -> Vec<Effect> {
        vec![Effect::LoadProfiles, Effect::ProbeStore]
    }

    /// Takes a wish of the person at the window.
    #[must_use]
    pub fn act(&mut self, action: Action) -> Vec<Effect> {
        if self.is_held_back(&action) {
            return Vec::new();
        }
        self.list.memo.changes += 1;
        let mut effects = self.acted(action);
        effects.extend(self.follow());
        self.note_doing(&effects);
        effects
    }

    /// Takes what came back from outside.
    #[must_use]
    pub fn hear(&mut self, event: Event) -> Vec<Effect> {
        // It changes nothing that is due: the pointer moves all the time.
        if matches!(event, Event::Touched) {
            return self.touched();
        }
        if let Event::Clock(now) = event
            && self.is_quiet_until(now)
            && self.locks_at().is_none_or(|at| now < at)
        {
            self.now = now;
            return Vec::new();
        }
        // That somebody is there makes nothing due earlier.
        self.list.memo.changes += u64::from(!matches!(event, Event::Touched));
        let mut effects = self.heard(event);
        effects.extend(self.follow());
        self.note_doing(&effects);
        effects
    }

    /// What follows from anything.
    fn follow(&mut self) -> Vec<Effect> {
        let mut effects = self.renew_more();
        if self.presence.leaving {
            effects.extend(self.settle_removals(true));
        }
        effects.extend(self.import_waiting());
        effects.extend(self.leave_discover());
        effects.extend(self.follow_tray());
        effects
    }

    #[expect(clippy::too_many_lines, reason = "one arm an action; each only calls")]
    fn acted(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::OpenDiscover => self.open_discover(),
            Action::Discover { source, regions } => self.discover(source, regions),
            Action::StopDiscovering => self.stop_discovering(),
            Action::AddDiscovered(names) => self.add_discovered(&names),
            Action::Select(name) => self.select(name),
            Action::Open(tab) => self.open_tab(tab),
            Action::NewProfile => self.open_form(),
            Action::CloseNewProfile => self.close_form(),
            Action::OpenImport => self.open_import(),
            Action::Import(wish) => self.import_wished(wish),
            Action::Share(profiles) => self.share(profiles),
            Action::OpenDemo => self.open_demo(),
            Action::SignIn(name) => self.open_sign_in(&name),
            Action::Move(moved) => self.moved(moved),
            Action::UseBrowser { username } => self.use_browser(username),
            Action::GiveTokens(tokens) => self.give_tokens(tokens),
            Action::PasteCode(text) => self.paste_code(text),
            Action::CloseSheet => self.leave_sheet(),
            Action::Renew(name) => self.renew(&name),
            Action::Cancel(name) => self.stop(&name),
            Action::Stop(works) => self.stop_works(works),
            Action::SignOut { profile, scope } => self.sign_out(&profile, scope),
            Action::SignOutOfBrowser(name) => self.sign_out_of_browser(&name),
            Action::AskPasswordChange(name) => self.ask_password_change(name),
            Action::ChangePassword { previous, proposed } => {
                self.change_password(previous, proposed)
            }
            Action::ToggleReveal(name) => self.toggle_reveal(&name),
            Action::ToggleKeepFresh(name) => self.toggle_keep_fresh(&name),
            Action::ForgetIdentity(name) => self.forget_identity(&name),
            Action::OpenPage(url) => vec![Effect::OpenPage(url)],
            Action::ChooseRole { profile, role } => self.choose_role(&profile, role),
            Action::CopyText { what, text } => copy(what, super::effect::CopyText::Plain(text)),
            Action::CopySecret { what, secret } => {
                copy(what, super::effect::CopyText::Secret(secret))
            }
            Action::Save(draft) => self.save(draft),
            Action::Check(draft) => self.check_configuration(*draft),
            Action::CloseChecks(original) => self.close_checks(original.as_ref()),
            Action::Remove(names) => self.remove(&names),
            Action::Restore(notice) => self.restore(notice),
            Action::Duplicate(name) => self.duplicate(&name),
            Action::AskRename(name) => self.ask_rename(name),
            Action::Rename(name) => self.rename(name),
            Action::Arrange(names, arrangement) => self.arrange(names, arrangement),
            Action::AskGroup(names) => self.ask_group(names),
            Action::NameGroup(group) => self.name_group(group),
            Action::SetListOrder(order) => self.set_list_order(order),
            Action::Fold { section, folded } => self.fold(section, folded),
            Action::Mark(names) => self.mark(names),
            Action::Shown(names) => self.load_first(&names),
            Action::RenewAll(names) => self.renew_all(&names),
            Action::AskSignOut(names) => self.ask_sign_out(names),
            Action::ConfirmSignOut => self.confirm_sign_out(),
            Action::ExportAll { profiles, target } => self.export_all(&profiles, target),
            Action::SetExport {
                profile,
                target,
                on,
                role,
            } => self.set_export(profile, target, on, role),
            Action::ChooseHome(home) => self.choose_home(home),
            Action::UndoFiles => self.ask_undo(),
            Action::ConfirmFiles => self.confirm_files(),
            Action::CopyAs { profile, form } => self.copy_as(&profile, form),
            Action::OpenTerminal(name) => self.open_terminal(&name),
            Action::OpenConsole(name) => self.open_console(&name),
            Action::SetEndpoint { profile, on } => self.set_endpoint(&profile, on),
            Action::UnlockStore(passphrase) => self.unlock_store(passphrase),
            Action::RetryStore => self.retry_store(),
            Action::Reload => vec![Effect::LoadProfiles],
            Action::SetTheme(theme) => self.change(SettingChange::Theme(theme)),
            Action::CloseWindow => self.close_window(),
            Action::Set(setting, on) => self.change(SettingChange::Switch(setting, on)),
            Action::OpenSettings => self.open_settings(),
            Action::OpenAbout => self.open_about(),
            Action::Change(change) => self.change(change),
            Action::StepTextSize { up } => self.step_text_size(up),
            Action::MoveSecrets(to) => self.move_secrets(to),
            Action::CancelMove => self.cancel_move(),
            Action::TryNetwork => self.try_network(),
            Action::LockNow => {
                self.lock();
                Vec::new()
            }
            Action::Unlock(passphrase) => self.unlock_window(passphrase),
            Action::ShowFolder(folder) => vec![Effect::ShowFolder(folder)],
            Action::All(actions) => actions
                .into_iter()
                .flat_map(|action| self.acted(action))
                .collect(),
            Action::OpenPalette => self.open_palette(),
            Action::Pick(pick) => self.pick(pick),
            Action::OpenShortcuts => self.show(Page::Shortcuts),
            Action::ClosePage => self.show(Page::Profile),
            Action::Search => {
                self.search_asked += 1;
                Vec::new()
            }
            Action::DismissNotice(id) => self.put_notice_away(id),
            Action::Notices(asked) => self.of_notices(asked),
        }
    }

    #[expect(clippy::too_many_lines, reason = "one arm an event; each only calls")]
    fn heard(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::Clock(now) => {
                let mut effects = self.tick(now);
                self.lock_when_idle();
                effects.extend(self.clear_clipboard());
                effects
            }
            Event::SourcesFound(result) => self.sources_found(result),
            Event::Discovering { attempt, progress } => self.discovering(attempt, progress),
            Event::Discovered { attempt, result } => self.discovered(attempt, result),
            Event::FoundAdded { added, refused } => self.found_added(&added, &refused),
            Event::ProfilesLoaded(result) => self.profiles_loaded(result),
            Event::Import(event) => self.import_heard(event),
            Event::StoreProbed(result) => self.store_probed(result),
            Event::StoreLocked { is_new, problem } => self.store_locked(is_new, problem),
            Event::Suggested {
                attempt,
                suggestion,
            } => self.suggested(attempt, suggestion),
            Event::SessionLoaded { profile, kept } => self.session_loaded(&profile, kept),
            Event::ExportsRead {
                home,
                profile,
                exports,
            } => self.exports_read(home, &profile, exports),
            Event::Step {
                attempt,
                step,
                state,
            } => self.stepped(attempt, step, state),
            Event::TokensSeen { attempt, tokens } => self.tokens_seen(attempt, tokens),
            Event::Called(records) => self.called(records),
            Event::Asked { attempt, sign_in } => self.asked(attempt, sign_in),
            Event::BrowserNeeded { attempt } => self.browser_needed(attempt),
            Event::LoginsNeeded { attempt } => self.logins_needed(attempt),
            Event::BrowserOpened { attempt, url } => self.browser_opened(attempt, url),
            Event::PasteRefused { attempt, problem } => self.paste_refused(attempt, problem),
            Event::PasswordChanged {
                attempt,
                profile,
                result,
            } => self.password_changed(attempt, &profile, result),
            Event::ClockOffset(offset) => {
                self.clock_offset = offset;
                Vec::new()
            }
            Event::TokenFileChanged { profile } => self.token_file_changed(&profile),
            Event::Succeeded {
                attempt,
                session,
                refreshable,
                remark,
            } => self.succeeded(attempt, *session, refreshable, remark),
            Event::Failed { attempt, problem } => self.failed(attempt, problem),
            Event::SignedOut { profile, result } => self.signed_out(&profile, result),
            Event::Saved { original, result } => self.saved(original.as_ref(), result),
            Event::Checked { attempt, check } => self.checked(attempt, *check),
            Event::ChecksEnded { attempt, checks } => self.checks_ended(attempt, checks),
            Event::FoldedRead(folded) => {
                self.list.folded = folded.into_iter().collect();
                Vec::new()
            }
            Event::Removed { profile, result } => self.removed(&profile, result),
            Event::Exported {
                profile,
                target,
                on,
                took,
                result,
            } => {
                self.exported(&profile, target, on, result);
                self.time_export(&profile, took);
                Vec::new()
            }
            Event::IdentityForgotten { profile, result } => {
                self.identity_forgotten(&profile, result)
            }
            Event::ExportedAgain { profile } => vec![Effect::ReadExports(self.home, vec![profile])],
            Event::FilesPreviewed { change, result } => self.files_previewed(change, result),
            Event::Undone(result) => self.undone(result),
            Event::ProfilesFound(found) => {
                self.found = found;
                Vec::new()
            }
            Event::HomesFound(homes) => {
                self.homes = homes;
                Vec::new()
            }
            Event::LastChangeRead(last) => {
                self.last_change = last;
                Vec::new()
            }
            Event::EndpointStarted { profile, result } => self.endpoint_started(&profile, result),
            Event::TerminalOpened { profile, result } => self.terminal_opened(&profile, result),
            Event::ConsoleOpened { profile, result } => self.console_opened(&profile, result),
            Event::Copied {
                what,
                secret,
                result,
            } => self.copied(what, secret, result),
            Event::TokenFileWritten { profile, result } => {
                self.token_file_written(&profile, result)
            }
            Event::Woke => {
                self.lock_after_sleep();
                self.woke()
            }
            Event::Touched => Vec::new(),
            Event::SettingSaved { change, result } => self.setting_saved(&change, result),
            Event::SurroundingsSeen(seen) => self.surroundings_seen(*seen),
            Event::MoveStep { attempt, done, of } => self.move_stepped(attempt, (done, of)),
            Event::MoveLocked {
                attempt,
                is_new,
                problem,
            } => self.move_locked(attempt, is_new, problem),
            Event::SecretsMoved { attempt, result } => self.secrets_moved(attempt, result),
            Event::NetworkTried { attempt, result } => self.network_tried(attempt, result),
            Event::PassphraseChecked(result) => self.passphrase_checked(result),
            Event::MotionReduced => {
                self.still = true;
                Vec::new()
            }
            Event::Pressed(press) => self.pressed(press),
            Event::TrayFound(found) => self.tray_found(found),
            Event::DemoOpened(result) => self.demo_opened(result),
            Event::Ended(work) => self.work_ended(&work),
            Event::Trouble(problem) => {
                self.tell_problem(&problem);
                Vec::new()
            }
        }
    }
}

fn copy(what: &'static str, text: super::effect::CopyText) -> Vec<Effect> {
    vec![Effect::Copy { what, text }]
}
