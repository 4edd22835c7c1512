//! `[[profile.login]]` and `[profile.developer]`: who else vouches for the person, and how the
//! token comes. Deliberately absent: tokens.

use std::path::PathBuf;

use toml_edit::{ArrayOfTables, Item, Table, TableLike};

use super::edit::{put_flag, put_list, put_number, put_text};
use super::reader::Reader;
use crate::domain::{
    AwsProfileIdentity, CallbackUrl, DeveloperSource, DurationSeconds, IdError, ManagedLogin,
    OidcClient, Problem, ProviderLogin, Scope, TokenSource,
};

const LOGIN: &str = "login";
const DEVELOPER: &str = "developer";
const WHAT: &str = "a login";
const WHAT_DEVELOPER: &str = "the developer source";
const PROVIDER: &str = "provider";
const TOKEN: &str = "token";

/// The keys that belong to one source of tokens alone.
const OF_SOURCES: [&str; 7] = [
    "path",
    "command",
    "issuer",
    "client_id",
    "has_client_secret",
    "scopes",
    "callback_urls",
];

impl Reader<'_> {
    pub(super) fn logins(&self, table: &dyn TableLike) -> Result<Vec<ProviderLogin>, Problem> {
        let how = "logins are written as [[profile.login]] tables";
        let tables = self.tables(table.get(LOGIN), how)?;
        tables.into_iter().map(|table| self.login(table)).collect()
    }

    fn login(&self, table: &dyn TableLike) -> Result<ProviderLogin, Problem> {
        let provider = self.needed(table, PROVIDER, WHAT)?;
        let source = self.needed_text(table, TOKEN, WHAT)?;
        let token = match source.as_str() {
            "typed" => TokenSource::Typed,
            "file" => TokenSource::File(PathBuf::from(self.needed_text(table, "path", WHAT)?)),
            "command" => TokenSource::Command(self.needed_text(table, "command", WHAT)?),
            "browser" => TokenSource::Browser(self.oidc_client(table)?),
            _ => {
                let error = IdError::new("The token is one of: typed, file, command, browser");
                return self.valid(table, TOKEN, Err(error));
            }
        };
        Ok(ProviderLogin { provider, token })
    }

    fn oidc_client(&self, table: &dyn TableLike) -> Result<OidcClient, Problem> {
        let issuer = self.needed(table, "issuer", WHAT)?;
        let client_id = self.needed_text(table, "client_id", WHAT)?;
        let mut client = OidcClient::at(issuer, client_id);
        client.has_client_secret = self.flag(table, "has_client_secret")?;
        if let Some(scopes) = self.list::<Scope>(table, "scopes")? {
            client.scopes = scopes.iter().map(ToString::to_string).collect();
        }
        if let Some(urls) = self.list::<CallbackUrl>(table, "callback_urls")? {
            client.callback_urls = urls;
        }
        Ok(client)
    }

    pub(super) fn developer(
        &self,
        table: &dyn TableLike,
    ) -> Result<Option<DeveloperSource>, Problem> {
        let Some(item) = table.get(DEVELOPER) else {
            return Ok(None);
        };
        let Some(developer) = item.as_table_like() else {
            let how = "the developer source is written as a [profile.developer] table";
            return Err(self.wrong(Some(item), how));
        };
        let has = |key| developer.get(key).is_some();
        match (has("command"), has("aws_profile")) {
            (true, true) => {
                let why = "the developer source is a command or an aws_profile, not both";
                Err(self.wrong(developer.get("aws_profile"), why))
            }
            (true, false) => {
                let command = self.needed_text(developer, "command", WHAT_DEVELOPER)?;
                Ok(Some(DeveloperSource::Command(command)))
            }
            (false, true) => self.aws_profile(developer).map(Some),
            (false, false) => {
                let why = "the developer source has neither command nor aws_profile";
                Err(self.wrong(Some(item), why))
            }
        }
    }

    fn aws_profile(&self, table: &dyn TableLike) -> Result<DeveloperSource, Problem> {
        Ok(DeveloperSource::AwsProfile(AwsProfileIdentity {
            aws_profile: self.needed_text(table, "aws_profile", WHAT_DEVELOPER)?,
            provider_name: self.needed_text(table, "provider_name", WHAT_DEVELOPER)?,
            user_id: self.needed_text(table, "user_id", WHAT_DEVELOPER)?,
            token_seconds: self.number(table, "token_seconds", DurationSeconds::of_token)?,
        }))
    }
}

/// A table keeps what else is in it as long as its provider stays.
pub(super) fn fill(table: &mut Table, logins: &[ProviderLogin]) {
    let mut former: Vec<Table> = match table.get(LOGIN) {
        Some(Item::ArrayOfTables(list)) => list.iter().cloned().collect(),
        _ => Vec::new(),
    };
    if logins.is_empty() {
        table.remove(LOGIN);
        return;
    }
    let mut list = ArrayOfTables::new();
    for login in logins {
        let is_it = |table: &Table| {
            table.get(PROVIDER).and_then(Item::as_str) == Some(login.provider.as_str())
        };
        let found = former.iter().position(is_it);
        let mut table = found.map_or_else(Table::new, |index| former.remove(index));
        // Behind its profile, in this order, wherever it stood.
        table.set_position(None);
        fill_login(&mut table, login);
        list.push(table);
    }
    table.insert(LOGIN, Item::ArrayOfTables(list));
}

fn fill_login(table: &mut Table, login: &ProviderLogin) {
    let source = table.get(TOKEN).and_then(Item::as_str);
    if source.is_some_and(|source| source != login.token.name()) {
        for key in OF_SOURCES {
            table.remove(key);
        }
    }
    put_text(table, PROVIDER, Some(login.provider.as_str()));
    put_text(table, TOKEN, Some(login.token.name()));
    match &login.token {
        TokenSource::Typed => {}
        TokenSource::File(path) => put_text(table, "path", path.to_str()),
        TokenSource::Command(command) => put_text(table, "command", Some(command)),
        TokenSource::Browser(client) => {
            put_text(table, "issuer", Some(client.issuer.as_str()));
            put_text(table, "client_id", Some(&client.client_id));
            put_flag(table, "has_client_secret", client.has_client_secret);
            let scopes: Vec<&str> = client.scopes.iter().map(String::as_str).collect();
            put_list(table, "scopes", &scopes, &[]);
            let urls = client.callback_urls.iter().map(CallbackUrl::as_str);
            let usual = ManagedLogin::DEFAULT_CALLBACK_URLS;
            put_list(table, "callback_urls", &urls.collect::<Vec<_>>(), &usual);
        }
    }
}

pub(super) fn fill_developer(table: &mut Table, developer: Option<&DeveloperSource>) {
    let Some(developer) = developer else {
        table.remove(DEVELOPER);
        return;
    };
    let (command, identity) = match developer {
        DeveloperSource::Command(command) => (Some(command.as_str()), None),
        DeveloperSource::AwsProfile(identity) => (None, Some(identity)),
    };
    if !table.get(DEVELOPER).is_some_and(Item::is_table_like) {
        table.insert(DEVELOPER, Item::Table(Table::new()));
    }
    let Some(table) = table.get_mut(DEVELOPER).and_then(Item::as_table_like_mut) else {
        return;
    };
    put_text(table, "command", command);
    let of_identity =
        |part: fn(&AwsProfileIdentity) -> &String| identity.map(|it| part(it).as_str());
    put_text(table, "aws_profile", of_identity(|it| &it.aws_profile));
    put_text(table, "provider_name", of_identity(|it| &it.provider_name));
    put_text(table, "user_id", of_identity(|it| &it.user_id));
    let seconds = identity.and_then(|identity| identity.token_seconds);
    put_number(table, "token_seconds", seconds.map(DurationSeconds::get));
}
