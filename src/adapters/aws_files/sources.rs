//! The AWS profiles that can sign calls: their names, regions and endpoints.
//!
//! Only `region` and `endpoint_url` are read as values; of keys it is seen that they are there.
//! Deliberately absent: profiles of IAM Identity Center, whose tokens are the AWS CLI's.

use super::AwsPaths;
use super::document::Document;
use super::find::sections;
use super::rules::{PROCESS, REGION};
use super::section::{AwsFile, Section};
use super::store;
use crate::domain::Problem;
use crate::domain::discovery::AwsSource;

const ENDPOINT: &str = "endpoint_url";

/// Beginnings of the keys that say where credentials come from.
const WAYS: [&str; 3] = ["aws_access_key_id", PROCESS, "role_arn"];

struct Read {
    source: AwsSource,
    signs: bool,
}

/// The AWS profiles of both files, those of the config file first.
///
/// # Errors
/// A file that is there and cannot be read.
pub fn sources(paths: &AwsPaths) -> Result<Vec<AwsSource>, Problem> {
    let mut all: Vec<Read> = Vec::new();
    for file in [AwsFile::Config, AwsFile::Credentials] {
        let path = paths.of(file);
        let document = Document::parse(store::read(path)?);
        let document = document.map_err(|refusal| refusal.problem(path))?;
        for (inside, section) in sections(document.text()) {
            if let Some(name) = name(inside, file) {
                add(&mut all, read(&document, name, &section));
            }
        }
    }
    let signing = all.into_iter().filter(|read| read.signs);
    Ok(signing.map(|read| read.source).collect())
}

/// The profile's name; the config file has sections of other kinds too.
fn name(inside: &str, file: AwsFile) -> Option<&str> {
    let name = match inside.strip_prefix("profile") {
        Some(name) if name.starts_with(char::is_whitespace) => name.trim(),
        _ if matches!(file, AwsFile::Credentials) || inside == "default" => inside,
        _ => return None,
    };
    Some(name.trim_matches(['"', '\'']))
}

fn read(document: &Document, name: &str, section: &Section) -> Read {
    // A setting that is there twice is no setting.
    let value = |key| document.value(section, key).ok().flatten();
    Read {
        source: AwsSource {
            name: name.to_owned(),
            region: value(REGION).and_then(|text| text.parse().ok()),
            endpoint_url: value(ENDPOINT).and_then(|text| text.parse().ok()),
        },
        signs: WAYS.iter().any(|way| section.has_key_like(way)),
    }
}

/// A profile may have a section in each file.
fn add(all: &mut Vec<Read>, new: Read) {
    let same = |known: &&mut Read| known.source.name == new.source.name;
    let Some(known) = all.iter_mut().find(same) else {
        all.push(new);
        return;
    };
    known.signs |= new.signs;
    let source = &mut known.source;
    source.region = source.region.take().or(new.source.region);
    source.endpoint_url = source.endpoint_url.take().or(new.source.endpoint_url);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_sign_is_listed_once() {
        let home = tempfile::tempdir().unwrap();
        let paths = AwsPaths {
            config: home.path().join("config"),
            credentials: home.path().join("credentials"),
        };
        assert_eq!(sources(&paths).unwrap(), []);
        let config = "[default]\nregion = eu-west-1\n\n[profile dev]\nregion = eu-central-1\n\
                      credential_process = tool\n\n[profile sso]\nsso_session = acme\n\n\
                      [sso-session acme]\nregion = eu-west-1\n\n[profile \"a b\"]\n\
                      role_arn = arn:aws:iam::123456789012:role/x\nsource_profile = default\n";
        std::fs::write(&paths.config, config).unwrap();
        let credentials = "[default]\naws_access_key_id = AKIA\naws_secret_access_key = canary\n\n\
                           [local]\naws_access_key_id = AKIA\naws_secret_access_key = canary\n\
                           endpoint_url = http://127.0.0.1:5000\nregion = nonsense\n";
        std::fs::write(&paths.credentials, credentials).unwrap();
        let found = sources(&paths).unwrap();
        let said: Vec<String> = found
            .iter()
            .map(|source| {
                let region = source.region.as_ref().map_or("-", |region| region.as_str());
                let url = source.endpoint_url.as_ref().map_or("-", |url| url.as_str());
                format!("{} {region} {url}", source.name)
            })
            .collect();
        let expected = [
            "default eu-west-1 -",
            "dev eu-central-1 -",
            "a b - -",
            "local - http://127.0.0.1:5000",
        ];
        assert_eq!(said, expected);
        assert!(!format!("{found:?}").contains("canary"));
    }
}
