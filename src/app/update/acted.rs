//! Which function takes which wish.

use crate::app::effect::CopyText;
use crate::app::{Action, Effect, Model, Page};
use crate::domain::SettingChange;

impl Model {
    #[expect(clippy::too_many_lines, reason = "one arm an action; each only calls")]
    pub(super) fn acted(&mut self, action: Action) -> Vec<Effect> {
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
            Action::OpenField(field) => self.open_field(field),
            Action::OpenPage(url) => vec![Effect::OpenPage(url)],
            Action::ChooseRole { profile, role } => self.choose_role(&profile, role),
            Action::CopyText { what, text } => copy(what, CopyText::Plain(text)),
            Action::CopySecret { what, secret } => copy(what, CopyText::Secret(secret)),
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
            Action::ChooseSettingFile(file) => self.choose_setting_file(file),
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
}

fn copy(what: &'static str, text: CopyText) -> Vec<Effect> {
    vec![Effect::Copy { what, text }]
}
