//! Whether the desktop asks for less motion.
//!
//! On Linux the desktop portal says so, over D-Bus: the setting of its own, else that of GNOME,
//! which others follow. Windows and macOS have no such question that needs no unsafe code, so there
//! things move. Deliberately absent: later changes, which count from the next start.

/// True where the person wants things to stand still. Blocks for as long as the bus takes to
/// answer.
#[must_use]
pub fn is_reduced() -> bool {
    #[cfg(all(unix, not(target_os = "macos")))]
    {
        portal::is_reduced().unwrap_or_default()
    }
    #[cfg(not(all(unix, not(target_os = "macos"))))]
    {
        false
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
mod portal {
    use zbus::blocking::fdo::DBusProxy;
    use zbus::blocking::{Connection, Proxy};
    use zbus::names::WellKnownName;
    use zbus::zvariant::OwnedValue;

    const NAME: &str = "org.freedesktop.portal.Desktop";
    const PATH: &str = "/org/freedesktop/portal/desktop";
    const SETTINGS: &str = "org.freedesktop.portal.Settings";

    pub(super) fn is_reduced() -> zbus::Result<bool> {
        let connection = Connection::session()?;
        let name = WellKnownName::try_from(NAME)?;
        // Asking one that does not run would start it.
        if !DBusProxy::new(&connection)?.name_has_owner(name.into())? {
            return Ok(false);
        }
        let settings = Proxy::new(&connection, NAME, PATH, SETTINGS)?;
        let read = |key: (&str, &str)| settings.call::<_, _, OwnedValue>("ReadOne", &key);
        let own = read(("org.freedesktop.appearance", "reduced-motion"));
        if let Ok(wish) = own.and_then(|value| Ok(u32::try_from(value)?)) {
            return Ok(wish == 1);
        }
        let animated = read(("org.gnome.desktop.interface", "enable-animations"))?;
        Ok(!bool::try_from(animated)?)
    }
}
