//! Changes in the file's text that keep what others wrote there, comments above all.

use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, TableLike, value};

use super::LIST;
use super::order::reordered;
use super::profile::{FAVORITE, SHARE};
use super::reader::texts;
use crate::domain::{Arrangement, ProfileName, arranged};

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

/// The profiles that share the sign-in of `former` share its new name's; where it goes away, the
/// first of them takes its place and the others share that one's.
pub(super) fn hand_over(list: &mut ArrayOfTables, former: &ProfileName, to: Option<&ProfileName>) {
    let mut to = to.map(|name| name.as_str().to_owned());
    for table in list.iter_mut() {
        if table.get(SHARE).and_then(Item::as_str) != Some(former.as_str()) {
            continue;
        }
        put_text(table, SHARE, to.as_deref());
        if to.is_none() {
            let name = table.get("name").and_then(Item::as_str);
            to = name.map(str::to_owned);
        }
    }
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
    hand_over(list, name, None);
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

/// Windows' line ends stay: the parser knows only the others.
pub(super) fn with_line_ends_of(before: &str, after: String) -> String {
    let ends = before.matches('\n').count();
    if ends == 0 || before.matches("\r\n").count() < ends {
        return after;
    }
    after.replace('\n', "\r\n")
}

/// Changes the place of profiles in the list, and what the place says of them. Names that are not
/// there any more are left out.
pub(super) fn arrange(
    document: &mut DocumentMut,
    names: &[ProfileName],
    arrangement: &Arrangement,
) {
    let Some(list) = list_mut(document) else {
        return;
    };
    for table in list.iter_mut() {
        if !names.iter().any(|name| is_named(table, name)) {
            continue;
        }
        match arrangement {
            Arrangement::Favorite(on) => put_flag(table, FAVORITE, *on),
            Arrangement::Group(group) | Arrangement::Place { group, .. } => {
                put_text(table, "group", group.as_deref());
            }
        }
    }
    let Arrangement::Place { spot, .. } = arrangement else {
        return;
    };
    let before: Vec<ProfileName> = list.iter().filter_map(named).collect();
    let order = arranged(&before, names, spot);
    let text = reordered(&document.to_string(), &order);
    if let Some(after) = text.and_then(|text| text.parse().ok()) {
        *document = after;
    }
}

fn named(table: &Table) -> Option<ProfileName> {
    table.get("name").and_then(Item::as_str)?.parse().ok()
}

/// What stands between the table and what is above it.
fn prefix(table: &Table) -> String {
    let prefix = table.decor().prefix().and_then(|prefix| prefix.as_str());
    prefix.unwrap_or_default().to_owned()
}

pub(super) fn put_text(table: &mut dyn TableLike, key: &str, text: Option<&str>) {
    match text {
        Some(text) => put(table, key, text.into()),
        None => {
            table.remove(key);
        }
    }
}

/// `false` is every flag's default.
pub(super) fn put_flag(table: &mut dyn TableLike, key: &str, flag: bool) {
    put_switch(table, key, flag, false);
}

/// The default is not written, but stays where somebody wrote it.
pub(super) fn put_switch(table: &mut dyn TableLike, key: &str, on: bool, default: bool) {
    if on != default {
        put(table, key, on.into());
    } else if table.get(key).and_then(Item::as_bool) != Some(default) {
        table.remove(key);
    }
}

pub(super) fn put_number(table: &mut dyn TableLike, key: &str, number: Option<u32>) {
    match number {
        Some(number) => put(table, key, i64::from(number).into()),
        None => {
            table.remove(key);
        }
    }
}

/// A list that says the same already stays as it is written, comments in it and all.
pub(super) fn put_list(table: &mut dyn TableLike, key: &str, new: &[&str], default: &[&str]) {
    if table.get(key).and_then(texts).as_deref() == Some(new) {
        return;
    }
    if new == default {
        table.remove(key);
    } else {
        put(table, key, new.iter().copied().collect::<Array>().into());
    }
}

/// Changes a value and keeps the comment behind it.
pub(super) fn put(table: &mut dyn TableLike, key: &str, mut new: toml_edit::Value) {
    if let Some(old) = table.get_mut(key).and_then(Item::as_value_mut) {
        *new.decor_mut() = old.decor().clone();
        *old = new;
    } else {
        table.insert(key, value(new));
    }
}
