//! Looks at files that a person names in the settings, before they count.
//!
//! Deliberately absent: writing to them.

use std::path::Path;

use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject as _;

use super::safe_file;
use crate::domain::{Problem, ProblemKind};

/// Whether a file holds certificates that can be trusted. `shown`: as the person wrote it.
pub(super) fn certificates(path: &Path, shown: &Path) -> Result<(), Problem> {
    let problem = |why: &str| {
        Problem::new(
            ProblemKind::Usage,
            format!("{} is of no use: {why}", shown.display()),
        )
        .hint("It is a file of PEM certificates: -----BEGIN CERTIFICATE----- and what follows.")
    };
    let text = std::fs::read(path).map_err(|error| problem(&error.to_string()))?;
    let mut count = 0;
    for certificate in CertificateDer::pem_slice_iter(&text) {
        let certificate = certificate.map_err(|_| problem("a certificate in it is cut off"))?;
        // A certificate is an ASN.1 sequence of more than 127 bytes.
        if !certificate.starts_with(&[0x30, 0x82]) && !certificate.starts_with(&[0x30, 0x81]) {
            return Err(problem("a certificate in it is damaged"));
        }
        count += 1;
    }
    if count == 0 {
        return Err(problem("there is no certificate in it"));
    }
    Ok(())
}

/// Whether a file can be replaced: its folder takes new files. A folder that is not there is made
/// when it is needed; the one above it has to be there.
pub(super) fn writable(path: &Path, shown: &Path) -> Result<(), Problem> {
    let problem = |why: String| {
        Problem::new(
            ProblemKind::File,
            format!("{} cannot be written: {why}", shown.display()),
        )
        .hint("Name a file in a folder that you may write to.")
    };
    if path.is_dir() {
        return Err(problem("it is a folder".to_owned()));
    }
    if !path.is_absolute() {
        return Err(problem("it is not a whole path".to_owned()));
    }
    let target = safe_file::target(path)?;
    let mut above = target.ancestors().skip(1);
    let Some(folder) = above.find(|folder| folder.is_dir()) else {
        return Err(problem("there is no such folder".to_owned()));
    };
    let mut trial = tempfile::Builder::new();
    let tried = trial.prefix(".poolkey-trial-").tempfile_in(folder);
    tried
        .map(|_| ())
        .map_err(|error| problem(error.to_string()))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn look(text: &str) -> Result<(), Problem> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ca.pem");
        fs::write(&path, text).unwrap();
        certificates(&path, Path::new("~/ca.pem"))
    }

    #[test]
    fn certificates_are_told_from_other_files() {
        let body = data_encoding::BASE64.encode(&[&[0x30, 0x82, 1, 0][..], &[7; 256]].concat());
        let pem = |body: &str| {
            format!("# ours\n-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----\n")
        };
        assert_eq!(look(&pem(&body)), Ok(()));
        for (text, why) in [
            (String::new(), "no certificate"),
            ("hello".to_owned(), "no certificate"),
            (pem("aGVsbG8="), "damaged"),
            (pem(&body).replace("-----END", "-----CUT"), "cut off"),
            (pem("%%%"), "cut off"),
        ] {
            let problem = look(&text).unwrap_err();
            assert!(problem.sentence.contains(why), "{text}: {problem:?}");
            assert!(problem.sentence.contains("~/ca.pem"));
        }
        let missing = certificates(Path::new("/nowhere/ca.pem"), Path::new("/nowhere/ca.pem"));
        assert_eq!(missing.unwrap_err().kind, ProblemKind::Usage);
    }

    #[test]
    fn a_file_that_can_be_written_needs_a_folder() {
        let folder = tempfile::tempdir().unwrap();
        let look = |path: &Path| writable(path, path);
        assert_eq!(look(&folder.path().join("new/deep/config")), Ok(()));
        assert!(!folder.path().join("new").exists(), "nothing is left");
        assert!(look(folder.path()).unwrap_err().sentence.contains("folder"));
        assert!(look(Path::new("aws/config")).is_err());
        #[cfg(target_os = "linux")]
        assert!(look(Path::new("/proc/nothing/config")).is_err());
    }
}
