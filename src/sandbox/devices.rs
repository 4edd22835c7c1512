//! Devices that users sign in from: handed out, confirmed, remembered, forgotten.
//!
//! Only app clients with device tracking know devices (in the service that is a setting of the
//! user pool). Deliberately absent: a device's own challenges, in `device_verifier`.

use std::collections::HashMap;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::attempts::Attempt;
use super::clients::Client;
use super::error::Refusal;
use super::fresh;
use super::grants::Family;
use super::input::Parameters;
use super::srp_server::Verifier;
use super::world::REGION;

/// One device.
pub(super) struct Device {
    username: String,
    pub(super) group_key: String,
    pub(super) name: Option<String>,
    /// Its secret's verifier; without one it is not confirmed.
    pub(super) verifier: Option<Verifier>,
    /// Stands for the second factor.
    pub(super) remembered: bool,
    made: Timestamp,
    used: Timestamp,
}

/// All devices, by device key.
#[derive(Default)]
pub(super) struct Devices(HashMap<String, Device>);

/// What a finished sign-in has to do with devices.
pub(super) struct Tracked {
    /// The device its tokens belong to.
    pub(super) bound: Option<String>,
    /// `NewDeviceMetadata`, for a device nobody knew.
    pub(super) new: Option<Value>,
}

impl Devices {
    /// The known device that `InitiateAuth` names. An unknown one is refused only where a
    /// challenge is answered, as clients that drop it there expect.
    pub(super) fn begun_with(
        &self,
        client: &Client,
        username: &str,
        parameters: Parameters<'_>,
    ) -> Option<String> {
        let key = parameters.text("DEVICE_KEY")?;
        let known = client.tracks_devices && self.known(key, username).is_ok();
        known.then(|| key.to_owned())
    }

    /// A confirmed device of that user.
    pub(super) fn known(&self, key: &str, username: &str) -> Result<&Device, Refusal> {
        self.of(key, username)
            .filter(|device| device.verifier.is_some())
            .ok_or_else(Refusal::no_device)
    }

    /// A device of that user, confirmed or not.
    pub(super) fn of(&self, key: &str, username: &str) -> Option<&Device> {
        self.0.get(key).filter(|device| device.username == username)
    }

    /// Changes a device of that user.
    pub(super) fn change(
        &mut self,
        key: &str,
        username: &str,
        change: impl FnOnce(&mut Device),
    ) -> Result<(), Refusal> {
        let device = self.0.get_mut(key);
        let device = device.filter(|device| device.username == username);
        device.map(change).ok_or_else(Refusal::no_device)
    }

    pub(super) fn forget(&mut self, key: &str) {
        self.0.remove(key);
    }

    /// Forgets every device of a user.
    pub(super) fn forget_all(&mut self, username: &str) {
        self.0.retain(|_, device| device.username != username);
    }

    /// A user's confirmed devices, the newest first.
    pub(super) fn list(&self, username: &str) -> Vec<Value> {
        let mut own: Vec<(&String, &Device)> = self
            .0
            .iter()
            .filter(|(_, device)| device.username == username && device.verifier.is_some())
            .collect();
        own.sort_by_key(|(key, device)| (std::cmp::Reverse(device.made), key.as_str()));
        own.into_iter()
            .map(|(key, device)| device.described(key))
            .collect()
    }

    /// Notes that a known device was used, or hands out a new device.
    pub(super) fn at_sign_in(
        &mut self,
        client: &Client,
        attempt: &Attempt,
        now: Timestamp,
    ) -> Result<Tracked, Refusal> {
        if !client.tracks_devices {
            return Ok(Tracked {
                bound: None,
                new: None,
            });
        }
        if let Some(key) = &attempt.device {
            self.change(key, &attempt.username, |device| device.used = now)?;
            return Ok(Tracked {
                bound: Some(key.clone()),
                new: None,
            });
        }
        let uuid = fresh::uuid()?;
        let key = format!("{REGION}_{uuid}");
        let group_key = format!("-{}", fresh::uuid()?.get(..8).unwrap_or_default());
        let new = json!({ "DeviceKey": key, "DeviceGroupKey": group_key });
        let device = Device {
            username: attempt.username.clone(),
            group_key,
            name: None,
            verifier: None,
            remembered: false,
            made: now,
            used: now,
        };
        self.0.insert(key.clone(), device);
        Ok(Tracked {
            // As reported from the service: the tokens of other sign-ins cannot confirm it.
            bound: attempt.by_srp.then_some(key),
            new: Some(new),
        })
    }

    /// A refresh of a tracked sign-in has to name its confirmed device.
    pub(super) fn allow_refresh(
        &self,
        family: &Family,
        given: Option<&str>,
    ) -> Result<(), Refusal> {
        let Some(bound) = &family.device else {
            return Ok(());
        };
        let named = given.filter(|given| given == bound);
        let known = named.map(|key| self.known(key, &family.username));
        match known {
            Some(Ok(_)) => Ok(()),
            _ => Err(Refusal::not_authorized("Invalid Refresh Token")),
        }
    }
}

impl Device {
    /// `Device` of `GetDevice` and `ListDevices`.
    pub(super) fn described(&self, key: &str) -> Value {
        let status = if self.remembered {
            "remembered"
        } else {
            "not_remembered"
        };
        let name = self.name.as_deref().unwrap_or_default();
        json!({
            "DeviceKey": key,
            "DeviceAttributes": [
                { "Name": "device_status", "Value": "valid" },
                { "Name": "device_name", "Value": name },
                { "Name": "dev:device_remembered_status", "Value": status },
            ],
            "DeviceCreateDate": self.made.as_second(),
            "DeviceLastModifiedDate": self.made.as_second(),
            "DeviceLastAuthenticatedDate": self.used.as_second(),
        })
    }
}
