//! An eframe window with one word in it: the least that a window of this toolkit costs, to hold
//! Poolkey's against.
//!
//! Same size, renderer and options as Poolkey's window. Deliberately absent: anything to do.

use std::sync::Arc;

use eframe::egui::{self, CentralPanel, Color32, FontData, FontDefinitions, FontFamily, Ui};

struct Empty;

impl eframe::App for Empty {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        CentralPanel::default().show(ui, |ui| ui.heading("Empty window"));
    }

    fn clear_color(&self, _visuals: &egui::Visuals) -> [f32; 4] {
        Color32::from_gray(27).to_normalized_gamma_f32()
    }
}

fn one_font() -> FontDefinitions {
    let font = include_bytes!("../../assets/fonts/Inter-Regular.otf");
    let mut fonts = FontDefinitions::empty();
    let data = Arc::new(FontData::from_static(font));
    fonts.font_data.insert("Inter".to_owned(), data);
    for family in [FontFamily::Proportional, FontFamily::Monospace] {
        fonts.families.insert(family, vec!["Inter".to_owned()]);
    }
    fonts
}

fn main() -> eframe::Result {
    // `cargo bench` runs every benchmark; this one is started by the script that measures it.
    if std::env::args().any(|argument| argument == "--bench") {
        return Ok(());
    }
    let viewport = egui::ViewportBuilder::default()
        .with_title("Empty")
        .with_inner_size([1180.0, 760.0]);
    let options = eframe::NativeOptions {
        viewport,
        dithering: false,
        ..eframe::NativeOptions::default()
    };
    let create: eframe::AppCreator<'_> = Box::new(|creation| {
        creation.egui_ctx.set_fonts(one_font());
        Ok(Box::new(Empty))
    });
    eframe::run_native("empty", options, create)
}
