//! The tray icon with its menu.
//!
//! On Linux it is pure D-Bus and lives on a thread of its own, because reaching the bus may take
//! long. Windows and macOS want it on the main thread, which is the one that calls. Deliberately
//! absent: what is in the menu, and what follows from a press.

use tray_icon::menu::{Menu, MenuEvent, MenuItem, PredefinedMenuItem, Submenu};
use tray_icon::{Icon, MouseButton, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent};

use crate::domain::{Press, TrayMenu, TrayRow};

/// Width and height, and four bytes a pixel.
pub type Picture = (u32, u32, Vec<u8>);

/// The icon while it is shown.
struct Shown {
    picture: Option<Picture>,
    icon: Option<TrayIcon>,
}

impl Shown {
    const fn new(picture: Picture) -> Self {
        Self {
            picture: Some(picture),
            icon: None,
        }
    }

    /// Where there is no bus or no tray there is no icon, and closing the window closes it.
    fn show(&mut self, menu: Option<TrayMenu>) {
        let Some(menu) = menu else {
            // Taken away altogether: a switch that was turned off leaves nothing behind.
            self.icon = None;
            return;
        };
        let menu = built(&menu).unwrap_or_default();
        match &self.icon {
            Some(icon) => icon.set_menu(Some(Box::new(menu))),
            None => self.icon = self.created(menu),
        }
    }

    fn created(&self, menu: Menu) -> Option<TrayIcon> {
        let (width, height, rgba) = self.picture.clone()?;
        let icon = Icon::from_rgba(rgba, width, height).ok()?;
        TrayIconBuilder::new()
            .with_id("poolkey")
            .with_title("Poolkey")
            .with_tooltip("Poolkey")
            .with_icon(icon)
            .with_menu(Box::new(menu))
            .with_menu_on_left_click(false)
            .build()
            .ok()
    }
}

fn built(menu: &TrayMenu) -> tray_icon::menu::Result<Menu> {
    let built = Menu::new();
    for (number, group) in menu.groups.iter().enumerate() {
        if number > 0 {
            built.append(&PredefinedMenuItem::separator())?;
        }
        for row in group {
            if row.rows.is_empty() {
                built.append(&item(row))?;
                continue;
            }
            let below = Submenu::new(literal(&row.text), true);
            for row in &row.rows {
                below.append(&item(row))?;
            }
            built.append(&below)?;
        }
    }
    Ok(built)
}

fn item(row: &TrayRow) -> MenuItem {
    let id = row.press.as_ref().map(Press::id).unwrap_or_default();
    MenuItem::with_id(id, literal(&row.text), row.press.is_some(), None)
}

/// An ampersand would underline the letter behind it.
fn literal(text: &str) -> String {
    text.replace('&', "&&")
}

/// Tells of presses, from whichever thread they come. Once for the whole program.
fn listen(pressed: impl Fn(Press) + Send + Sync + 'static) {
    let pressed = std::sync::Arc::new(pressed);
    let clicked = pressed.clone();
    MenuEvent::set_event_handler(Some(move |event: MenuEvent| {
        if let Some(press) = Press::of_id(event.id.as_ref()) {
            pressed(press);
        }
    }));
    TrayIconEvent::set_event_handler(Some(move |event| {
        if let TrayIconEvent::Click {
            button: MouseButton::Left,
            button_state: MouseButtonState::Up,
            ..
        } = event
        {
            clicked(Press::Open);
        }
    }));
}

#[cfg(all(unix, not(target_os = "macos")))]
mod platform {
    //! A thread that waits for the next menu.

    use std::sync::mpsc::{Receiver, Sender, channel};
    use std::thread::JoinHandle;

    use super::{Picture, Press, Shown, TrayMenu, listen};

    /// Dropping it takes the icon away.
    pub struct Tray {
        menus: Option<Sender<Option<TrayMenu>>>,
        thread: Option<JoinHandle<()>>,
    }

    impl Tray {
        /// Nothing is shown yet. `pressed` is called on other threads.
        pub fn new(picture: Picture, pressed: impl Fn(Press) + Send + Sync + 'static) -> Self {
            let (menus, next) = channel();
            listen(pressed);
            let thread = std::thread::Builder::new()
                .name("poolkey-tray".to_owned())
                .spawn(move || serve(&next, Shown::new(picture)));
            Self {
                menus: Some(menus),
                thread: thread.ok(),
            }
        }

        /// Shows this menu under the icon, or takes the icon away.
        pub fn show(&mut self, menu: Option<TrayMenu>) {
            if let Some(menus) = &self.menus {
                // Without a thread there is no icon.
                let _unshown = menus.send(menu);
            }
        }
    }

    impl Drop for Tray {
        fn drop(&mut self) {
            self.menus = None;
            let Some(thread) = self.thread.take() else {
                return;
            };
            // A bus that does not answer must not keep the program: the icon ends with it anyway.
            for _ in 0..20 {
                if thread.is_finished() {
                    let _ended = thread.join();
                    return;
                }
                std::thread::sleep(std::time::Duration::from_millis(10));
            }
        }
    }

    fn serve(next: &Receiver<Option<TrayMenu>>, mut shown: Shown) {
        while let Ok(mut menu) = next.recv() {
            // Only the newest counts.
            while let Ok(newer) = next.try_recv() {
                menu = newer;
            }
            shown.show(menu);
        }
    }

    /// Keeps the icons; a host shows them.
    const WATCHER: &str = "org.kde.StatusNotifierWatcher";

    /// True where a tray shows icons now: a watcher without a host only notes them. Blocks for as
    /// long as the bus takes to answer.
    pub fn is_there() -> bool {
        has_host().unwrap_or_default()
    }

    fn has_host() -> zbus::Result<bool> {
        let connection = zbus::blocking::Connection::session()?;
        let bus = zbus::blocking::fdo::DBusProxy::new(&connection)?;
        // Asking one that does not run might start it.
        let name = zbus::names::WellKnownName::try_from(WATCHER)?;
        if !bus.name_has_owner(name.into())? {
            return Ok(false);
        }
        let path = "/StatusNotifierWatcher";
        let watcher = zbus::blocking::Proxy::new(&connection, WATCHER, path, WATCHER)?;
        watcher.get_property("IsStatusNotifierHostRegistered")
    }
}

#[cfg(any(windows, target_os = "macos"))]
mod platform {
    //! On the thread that calls.

    use super::{Picture, Press, Shown, TrayMenu, listen};

    /// Dropping it takes the icon away.
    pub struct Tray(Shown);

    impl Tray {
        /// Nothing is shown yet. `pressed` is called on other threads.
        pub fn new(picture: Picture, pressed: impl Fn(Press) + Send + Sync + 'static) -> Self {
            listen(pressed);
            Self(Shown::new(picture))
        }

        /// Shows this menu under the icon, or takes the icon away.
        pub fn show(&mut self, menu: Option<TrayMenu>) {
            self.0.show(menu);
        }
    }

    /// The system always has one.
    pub const fn is_there() -> bool {
        true
    }
}

pub use self::platform::{Tray, is_there};
