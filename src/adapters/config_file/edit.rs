//! Changes in the file's text that keep what others wrote there, comments above all.

use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, value};

use super::{LIST, managed_login};
use crate::domain::{EndpointUrl, Profile, ProfileName};

const SHARES: &str = "share_sign_in";

/// The list of profiles, made where there is none. `parse` has refused every other type but an
/// empty array, which a list replaces.
pub(super) fn list_mut(document: &mut DocumentMut) -> Option<&mut ArrayOfTables> {
    let item = document.as_table_mut().entry(LIST).or_insert(Item::None);
    if !item.is_array_of_tables() {
        *item = Item::ArrayOfTables(ArrayOfTables::new());
    }
    item.as_array_of_tables_mut()
}

pub(super) fn is_named(table: &Table, name: &ProfileName) -> bool {
    table.get("name").and_then(Item::as_str) == Some(name.as_str())
}

/// Removes a profile and keeps the comments above it: above the first one they are the file's.
pub(super) fn remove(document: &mut DocumentMut, name: &ProfileName) {
    let Some(list) = list_mut(document) else {
        return;
    };
    let Some(index) = list.iter().position(|table| is_named(table, name)) else {
        return;
    };
    let above = list.get(index).map(prefix).unwrap_or_default();
    list.remove(index);
    leave_sign_in(list, name);
    if !above.contains('#') {
        return;
    }
    if let Some(next) = list.get_mut(index) {
        let both = above + &prefix(next);
        next.decor_mut().set_prefix(both);
    } else {
        let both = above + document.trailing().as_str().unwrap_or_default();
        document.set_trailing(both);
    }
}

fn shares_of(table: &Table, name: &ProfileName) -> bool {
    table.get(SHARES).and_then(Item::as_str) == Some(name.as_str())
}

/// Profiles that share a sign-in know it by its owner's name.
pub(super) fn follow(list: &mut ArrayOfTables, former: &ProfileName, now: &ProfileName) {
    if former == now {
        return;
    }
    for table in list.iter_mut().filter(|table| shares_of(table, former)) {
        put_text(table, SHARES, Some(now.as_str()));
    }
}

/// The first that shared the sign-in of a profile that is no more owns it.
fn leave_sign_in(list: &mut ArrayOfTables, name: &ProfileName) {
    let Some(heir) = list.iter_mut().find(|table| shares_of(table, name)) else {
        return;
    };
    put_text(heir, SHARES, None);
    let heir = heir.get("name").and_then(Item::as_str);
    if let Some(heir) = heir.and_then(|heir| heir.parse().ok()) {
        follow(list, name, &heir);
    }
}

/// What stands between the table and what is above it.
fn prefix(table: &Table) -> String {
    let prefix = table.decor().prefix().and_then(|prefix| prefix.as_str());
    prefix.unwrap_or_default().to_owned()
}

pub(super) fn fill(table: &mut Table, profile: &Profile) {
    let pool = profile.user_pool.as_ref();
    put_text(table, "name", Some(profile.name.as_str()));
    put_text(table, "group", profile.group.as_deref());
    put_text(
        table,
        "user_pool_id",
        pool.map(|pool| pool.user_pool_id.as_str()),
    );
    put_text(table, "client_id", pool.map(|pool| pool.client_id.as_str()));
    if profile.has_client_secret() {
        put(table, "has_client_secret", true.into());
    } else {
        table.remove("has_client_secret");
    }
    put_text(
        table,
        "identity_pool_id",
        Some(profile.identity_pool_id.as_str()),
    );
    put_text(table, "sign_in", Some(profile.sign_in.name()));
    put_text(table, "username", profile.username.as_deref());
    managed_login::fill(table, profile.managed_login.as_ref());
    put_text(
        table,
        "endpoint_url",
        profile.endpoints.url.as_ref().map(EndpointUrl::as_str),
    );
}

pub(super) fn put_text(table: &mut Table, key: &str, text: Option<&str>) {
    match text {
        Some(text) => put(table, key, text.into()),
        None => {
            table.remove(key);
        }
    }
}

/// Changes a value and keeps the comment behind it.
pub(super) fn put(table: &mut Table, key: &str, mut new: toml_edit::Value) {
    if let Some(old) = table.get_mut(key).and_then(Item::as_value_mut) {
        *new.decor_mut() = old.decor().clone();
        *old = new;
    } else {
        table.insert(key, value(new));
    }
}
