//! Opens the window, and says in words why it did not open.

use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::adapters::second_start::{self, Claim, Start};
use crate::adapters::window_place;
use crate::app::Model;
use crate::bootstrap::{self, Places, PlacesOptions, ThisMachine};
use crate::domain::{Problem, ProblemKind};
use crate::runtime::{OpenDemo, Runtime, World, tokio_runtime};
use crate::ui::{self, Parts};

static OPENED: AtomicBool = AtomicBool::new(false);

/// The window on this machine's profiles, and on what a link offers.
pub fn open(options: &PlacesOptions, link: Option<String>) -> Result<(), Problem> {
    if !has_display() {
        return Err(no_display(link.is_some()));
    }
    let places = Places::find(options)?;
    let displays = ["WAYLAND_DISPLAY", "DISPLAY"].map(std::env::var_os);
    let calls = bootstrap::calls_of(&places, &displays);
    let claim = match second_start::start(&calls, link.as_deref()) {
        Start::Told => return Ok(()),
        Start::First(claim) => claim,
    };
    let (machine, deps) = ThisMachine::start(places.clone())?;
    show(
        World {
            deps,
            endpoints: places.endpoints(),
            suggest: None,
            machine: Some(Arc::new(machine)),
            keep: Arc::new(()),
        },
        threads()?,
        Some(&places.state_dir),
        claim,
        link,
    )
}

/// The window on a sandbox.
pub fn open_demo() -> Result<(), Problem> {
    let tokio = threads()?;
    let world = tokio.block_on(bootstrap::demo())?.world();
    show(world, tokio, None, None, None)
}

/// Whether there is anything to draw on. Only X11 and Wayland can be absent.
#[must_use]
pub fn has_display() -> bool {
    if cfg!(any(windows, target_os = "macos")) {
        return true;
    }
    is_on_wayland() || is_set("DISPLAY")
}

/// There no program hides its window. The window system's crate chooses by the same variables.
fn is_on_wayland() -> bool {
    let is_unix = cfg!(not(any(windows, target_os = "macos")));
    is_unix && (is_set("WAYLAND_DISPLAY") || is_set("WAYLAND_SOCKET"))
}

fn is_set(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| !value.is_empty())
}

fn threads() -> Result<tokio::runtime::Runtime, Problem> {
    tokio_runtime().map_err(|error| {
        Problem::new(
            ProblemKind::Unexpected,
            format!("No threads to work with: {error}"),
        )
    })
}

/// Without a state folder it is the demo.
fn show(
    world: World,
    tokio: tokio::runtime::Runtime,
    state_dir: Option<&Path>,
    claim: Option<Claim>,
    link: Option<String>,
) -> Result<(), Problem> {
    let demo = state_dir.is_none();
    let open_demo: OpenDemo = Arc::new(|| Box::pin(async { Ok(bootstrap::demo().await?.world()) }));
    let place_file = state_dir.map(window_place::file);
    quiet_on_main_thread();
    let opened = catch_unwind(AssertUnwindSafe(|| {
        let place = place_file.as_deref().map(window_place::read);
        ui::run(demo, place.unwrap_or_default(), move |wake| {
            OPENED.store(true, Ordering::Relaxed);
            let mut runtime = Runtime::new(tokio, world, open_demo, wake);
            if let Some(icon) = ui::tray_picture() {
                runtime = runtime.with_tray(icon, claim);
            }
            let runtime = runtime.with_place(place_file);
            let clock = runtime.clock();
            let mut model = Model::new(clock(), demo);
            model.import.open(link);
            model.presence.only_minimizes = is_on_wayland();
            Parts {
                model,
                driver: Box::new(runtime),
                clock,
                zone: jiff::tz::TimeZone::system(),
                motion: true,
            }
        })
    }));
    match opened {
        Ok(Ok(())) => Ok(()),
        Ok(Err(why)) => Err(not_opened(&why)),
        // A library that cannot be loaded is a panic inside the window system's crate.
        Err(panic) => {
            let why = panic
                .downcast_ref::<String>()
                .map(String::as_str)
                .or_else(|| panic.downcast_ref::<&str>().copied())
                .unwrap_or("it ended unexpectedly");
            Err(if OPENED.load(Ordering::Relaxed) {
                Problem::new(
                    ProblemKind::Unexpected,
                    format!("The window ended unexpectedly: {why}"),
                )
            } else {
                not_opened(why)
            })
        }
    }
}

/// A library that cannot be loaded is told in words below: the main thread's panic message would
/// only stand in front of them. Other threads keep theirs.
/// Once the window is there, a panic is told as usual.
fn quiet_on_main_thread() {
    let usual = take_hook();
    set_hook(Box::new(move |panic| {
        if OPENED.load(Ordering::Relaxed) || std::thread::current().name() != Some("main") {
            usual(panic);
        }
    }));
}

fn no_display(has_link: bool) -> Problem {
    let hint = if has_link {
        "In a terminal: poolkey profile import, and the link or file behind it."
    } else {
        "In a terminal: poolkey --help, or poolkey demo --headless."
    };
    let sentence = "There is no display to open the window on";
    Problem::new(ProblemKind::Unexpected, sentence).hint(hint)
}

/// The window system's crate puts its own source file in front of what went wrong.
fn without_place(why: &str) -> &str {
    why.rsplit_once(".rs:").map_or(why, |(_, rest)| {
        rest.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == ':')
            .trim()
    })
}

fn not_opened(why: &str) -> Problem {
    let why = without_place(why);
    let problem = Problem::new(
        ProblemKind::Unexpected,
        format!("The window did not open: {why}"),
    );
    let lower = why.to_lowercase();
    if lower.contains("librar") || lower.contains(".so") || lower.contains("noglutinconfigs") {
        return problem.hint(
            "On Debian and Ubuntu: apt-get install libx11-6 libx11-xcb1 libxcursor1 libxi6 \
             libxkbcommon0 libxkbcommon-x11-0 libegl1 libgl1-mesa-dri",
        );
    }
    problem.hint("The commands work without a window: poolkey --help")
}

#[cfg(test)]
mod tests {
    use super::without_place;

    #[test]
    fn the_place_in_a_crate_is_left_out() {
        let why = "os error at a/winit-0.30.13/src/linux/mod.rs:788: Failed to open connection to X server";
        assert_eq!(without_place(why), "Failed to open connection to X server");
        assert_eq!(without_place("no GL"), "no GL");
    }
}
