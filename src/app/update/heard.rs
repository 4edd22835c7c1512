//! Which function takes which answer.

use crate::app::{Effect, Event, Model};

impl Model {
    #[expect(clippy::too_many_lines, reason = "one arm an event; each only calls")]
    pub(super) fn heard(&mut self, event: Event) -> Vec<Effect> {
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
            Event::ExportsRead { home, exports } => self.exports_read(home, exports),
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
                home,
                target,
                on,
                took,
                sections,
            } => {
                if home == self.home {
                    self.take_exported(took, &sections);
                }
                self.tell_exported(target, on, sections);
                Vec::new()
            }
            Event::IdentityForgotten { profile, result } => {
                self.identity_forgotten(&profile, result)
            }
            Event::ExportedAgain(profile) => vec![Effect::ReadExports(self.home, vec![profile])],
            Event::FilesPreviewed {
                home,
                change,
                result,
            } => self.files_previewed(home, change, result),
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
            Event::Settings(event) => self.settings_heard(event),
            Event::MotionReduced => {
                self.still = true;
                Vec::new()
            }
            Event::Pressed(press) => self.pressed(press),
            Event::TrayFound(found) => self.tray_found(found),
            Event::DemoOpened(result) => self.demo_opened(result),
            Event::Ended(work) => self.work_ended(&work),
            Event::PageNotOpened(url, problem) => self.page_not_opened(url, problem),
            Event::Trouble(problem) => {
                self.tell_problem(&problem);
                Vec::new()
            }
        }
    }
}
