//! Reads Rust files just well enough to see which names they use.
//!
//! Deliberately absent: a parser. Names that a macro makes up are not seen.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A Rust file.
pub struct Source {
    /// From the top of the repository.
    pub path: String,
    /// Below `src/` or `tests/`.
    pub name: String,
    /// All of it.
    pub text: String,
    /// Identifiers and punctuation of the product part, without comments and literals.
    tokens: Vec<String>,
}

impl Source {
    fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap();
        let path = path.strip_prefix(root()).unwrap();
        let name = path.iter().skip(1).collect::<PathBuf>();
        let mut source = Self {
            path: slashes(path),
            name: slashes(&name),
            text,
            tokens: Vec::new(),
        };
        if !source.is_test() {
            source.tokens = tokens(source.product());
        }
        source
    }

    /// The module below the crate's root.
    pub fn layer(&self) -> &str {
        let first = self.name.split('/').next().unwrap_or_default();
        first.trim_end_matches(".rs")
    }

    /// A file of tests alone.
    pub fn is_test(&self) -> bool {
        self.path.starts_with("tests/")
            || self.name.split('/').any(|part| {
                let part = part.trim_end_matches(".rs");
                part == "tests" || part.ends_with("_tests")
            })
    }

    /// What comes before the tests at the end of the file.
    pub fn product(&self) -> &str {
        let end = self.text.find("#[cfg(test)]\nmod tests {");
        &self.text[..end.unwrap_or(self.text.len())]
    }

    /// Whether the path `a::b` occurs, also written `a::{.., b, ..}`.
    pub fn mentions(&self, path: &str) -> bool {
        match path.split_once("::") {
            None => self.tokens.iter().any(|token| token == path),
            Some((first, second)) => self.after(first).any(|name| name == second),
        }
    }

    /// Modules of the crate that are named through `crate::` or enough `super::`.
    pub fn modules_used(&self) -> BTreeSet<String> {
        let mut used: BTreeSet<String> = self.after("crate").cloned().collect();
        let path = self.name.trim_end_matches(".rs").trim_end_matches("/mod");
        let up = vec!["super"; path.split('/').count()].join("::");
        used.extend(self.after(&up).cloned());
        used
    }

    /// The names that directly follow `path::`.
    fn after<'a>(&'a self, path: &str) -> impl Iterator<Item = &'a String> {
        let mut wanted: Vec<&str> = path.split("::").flat_map(|name| [name, "::"]).collect();
        wanted.retain(|token| !token.is_empty());
        let length = wanted.len();
        let starts: Vec<usize> = (0..self.tokens.len().saturating_sub(length))
            .filter(|at| self.tokens[*at..*at + length].iter().eq(wanted.iter()))
            .collect();
        starts
            .into_iter()
            .flat_map(move |at| heads(&self.tokens[at + length..]))
    }
}

/// The first name of a path, or of each path of a `{…}` list.
fn heads(tokens: &[String]) -> Vec<&String> {
    if tokens.first().is_none_or(|token| token != "{") {
        return tokens.first().into_iter().collect();
    }
    let mut depth = 0_usize;
    let mut names = Vec::new();
    let mut first = false;
    for token in tokens {
        match token.as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            "," => {}
            _ if first && depth == 1 => names.push(token),
            _ => {}
        }
        first = token == "{" || token == ",";
        if depth == 0 {
            break;
        }
    }
    names
}

/// Identifiers, `::` and single signs; comments and literals are left out.
fn tokens(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if let Some(inside) = rest.strip_prefix("r#\"") {
            inside.find("\"#").map_or(rest.len(), |end| end + 5)
        } else if first == '"' {
            string_length(rest)
        } else if rest.starts_with("'\"'") {
            3
        } else if rest.starts_with("'\\\"'") {
            4
        } else if rest.starts_with("::") {
            found.push("::".to_owned());
            2
        } else if first.is_alphanumeric() || first == '_' {
            let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
            let length = end.unwrap_or(rest.len());
            found.push(rest[..length].to_owned());
            length
        } else {
            if !first.is_whitespace() {
                found.push(first.to_string());
            }
            first.len_utf8()
        };
        rest = &rest[length..];
    }
    found
}

/// The text without comments and string literals, line for line.
pub fn code(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("'\"'") {
            3
        } else if first == '"' {
            string_length(rest)
        } else {
            kept.push(first);
            first.len_utf8()
        };
        if length > first.len_utf8() {
            kept.extend(rest[..length].chars().filter(|letter| *letter == '\n'));
        }
        rest = &rest[length..];
    }
    kept
}

/// The length of the string literal at the start of `text`, quotes included.
fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn slashes(path: &Path) -> String {
    let parts: Vec<&str> = path.iter().map(|part| part.to_str().unwrap()).collect();
    parts.join("/")
}

pub fn sources(folder: &str) -> Vec<Source> {
    let files = files_below(&root().join(folder));
    let found: Vec<Source> = files
        .iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| Source::read(path))
        .collect();
    assert!(!found.is_empty(), "nothing below {folder}");
    found
}

/// Every text file that people write.
pub fn texts() -> Vec<(String, String)> {
    let mut files: Vec<PathBuf> = ["src", "tests", "packaging", ".cargo", ".ci"]
        .iter()
        .flat_map(|folder| files_below(&root().join(folder)))
        .collect();
    files.extend(["Cargo.toml", "README.md", "CHANGELOG.md"].map(|name| root().join(name)));
    files
        .iter()
        .filter_map(|path| {
            let text = fs::read_to_string(path).ok()?;
            Some((slashes(path.strip_prefix(root()).unwrap()), text))
        })
        .collect()
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_below(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}
