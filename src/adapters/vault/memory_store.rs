//! Secrets for as long as the program runs: for the demo, for tests, and by name.

use std::collections::BTreeMap;

use zeroize::Zeroizing;

use super::store::{SecretStore, StoreError};

/// Nothing leaves the process.
#[derive(Default)]
pub struct MemoryStore {
    entries: BTreeMap<String, Zeroizing<String>>,
    writes_left: Option<usize>,
}

impl MemoryStore {
    /// Fails every write or delete after so many: what a dying process leaves behind.
    #[cfg(test)]
    pub const fn fail_after(&mut self, writes: Option<usize>) {
        self.writes_left = writes;
    }

    /// How many entries there are.
    #[cfg(test)]
    pub fn count(&self) -> usize {
        self.entries.len()
    }

    /// The longest entry in bytes.
    #[cfg(test)]
    pub fn longest(&self) -> usize {
        self.entries
            .values()
            .map(|text| text.len())
            .max()
            .unwrap_or_default()
    }

    fn spend_write(&mut self) -> Result<(), StoreError> {
        if let Some(left) = &mut self.writes_left {
            *left = left
                .checked_sub(1)
                .ok_or_else(|| StoreError::Broken("no more writes".to_owned()))?;
        }
        Ok(())
    }
}

impl SecretStore for MemoryStore {
    fn name(&self) -> &'static str {
        "Memory only"
    }

    fn get(&mut self, key: &str) -> Result<Option<Zeroizing<String>>, StoreError> {
        Ok(self.entries.get(key).cloned())
    }

    fn set(&mut self, key: &str, text: &str) -> Result<(), StoreError> {
        self.spend_write()?;
        self.entries
            .insert(key.to_owned(), Zeroizing::new(text.to_owned()));
        Ok(())
    }

    fn delete(&mut self, key: &str) -> Result<(), StoreError> {
        self.spend_write()?;
        self.entries.remove(key);
        Ok(())
    }
}
