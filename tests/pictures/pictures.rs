//! Takes pictures of the window in every state, for people to look at and for a comparison with
//! the pictures in `tests/snapshots`. See `tests/pictures/make` and `tests/pictures/check`.
//!
//! The window is the real one, drawn with OpenGL; its model is made up, its clock stands still and
//! nothing moves. Deliberately absent: a driver that does anything.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::exit,
    reason = "a tool of the tests may stop where it stands, and says what it did"
)]

#[path = "../ui/account.rs"]
mod account;
mod camera;
mod files;
#[path = "../ui/fixture.rs"]
#[allow(dead_code, reason = "the tests by label use all of it")]
mod fixture;
mod gallery;
mod guide;
mod scenes;

use std::path::PathBuf;

use camera::Camera;
use eframe::egui::ViewportBuilder;

/// What becomes of the pictures.
enum Job {
    /// All are written into a folder; those of scale 1 with their plain names.
    Make(PathBuf),
    /// The ones of the guide are written into a folder, in few bytes.
    Guide(PathBuf),
    /// The ones to compare with are made new.
    Bless,
    /// They are compared; what differs is written into a folder.
    Check(PathBuf),
}

const USAGE: &str =
    "pictures make FOLDER [SCENE] | guide FOLDER | check FOLDER [SCENE] | bless [SCENE]";

fn main() {
    let mut arguments = std::env::args().skip(1);
    let job = match (arguments.next().as_deref(), &mut arguments) {
        (Some("make"), rest) => Job::Make(rest.next().expect(USAGE).into()),
        (Some("guide"), rest) => Job::Guide(rest.next().expect(USAGE).into()),
        (Some("check"), rest) => Job::Check(rest.next().expect(USAGE).into()),
        (Some("bless"), _) => Job::Bless,
        _ => panic!("{USAGE}"),
    };
    let only = arguments.next();
    let mut scenes = scenes::all();
    scenes.retain(|scene| {
        let wanted = only.as_ref().is_none_or(|only| scene.name.contains(only));
        wanted
            && match job {
                Job::Make(_) => true,
                Job::Guide(_) => guide::PICTURES.contains(&scene.name),
                Job::Bless | Job::Check(_) => scene.kept,
            }
    });
    let options = eframe::NativeOptions {
        viewport: ViewportBuilder::default()
            .with_inner_size([900.0, 600.0])
            .with_decorations(false),
        dithering: false,
        ..eframe::NativeOptions::default()
    };
    let camera = Camera::new(job, scenes);
    let result = camera.result();
    eframe::run_native("pictures", options, Box::new(|_| Ok(Box::new(camera)))).expect("a display");
    let result = result.lock().unwrap();
    println!("{} passed, {} failed", result.good, result.bad.len());
    for line in &result.bad {
        println!("{line}");
    }
    if !result.bad.is_empty() || result.good == 0 {
        std::process::exit(1);
    }
}
