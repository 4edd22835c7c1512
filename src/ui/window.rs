//! The native window: size, title, icon.
//!
//! Deliberately absent: what is in it (see `shell`), and the file that its place is kept in.

use std::sync::Arc;

use eframe::egui::{
    ColorImage, Context, Id, TextureHandle, TextureOptions, UserAttentionType, ViewportBuilder,
    ViewportCommand, pos2,
};

use super::shell::{Parts, Shell};
use super::theme::fonts::SystemFonts;
use crate::domain::WindowPlace;
use crate::domain::window_place::LEAST;

/// Asks the window to look for results; may be called from any thread.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

const ICON: &[u8] = include_bytes!("../../assets/icons/256.png");
const LOGO: &[u8] = include_bytes!("../../assets/logo.png");

/// The title.
#[must_use]
pub const fn title(demo: bool) -> &'static str {
    if demo { "Poolkey — Demo" } else { "Poolkey" }
}

/// Opens the window and returns when it was closed. `build` is given the wake function and makes
/// the parts.
///
/// # Errors
/// One sentence, where there is no display or no graphics driver.
pub fn run(
    demo: bool,
    place: WindowPlace,
    build: impl FnOnce(Wake) -> Parts,
) -> Result<(), String> {
    let mut viewport = ViewportBuilder::default()
        .with_app_id("poolkey")
        .with_title(title(demo))
        .with_inner_size(place.size)
        .with_min_inner_size(LEAST)
        .with_maximized(place.maximized);
    if let Some(at) = place.at {
        viewport = viewport.with_position(at);
    }
    if let Ok(icon) = eframe::icon_data::from_png_bytes(ICON) {
        viewport = viewport.with_icon(icon);
    }
    let options = eframe::NativeOptions {
        viewport,
        // There are no gradients to smooth, and without a graphics card it is paid for per pixel.
        dithering: false,
        // `theme::fonts::SystemFonts` does it when it is needed, not at every start.
        system_font_fallback: false,
        ..eframe::NativeOptions::default()
    };
    let create: eframe::AppCreator<'_> = Box::new(move |creation| {
        let ctx = creation.egui_ctx.clone();
        ctx.add_font_provider(Arc::new(SystemFonts::default()));
        let wake_ctx = ctx.clone();
        if let Some(window) = creation.winit_window() {
            let factor = window.scale_factor();
            let monitors: Vec<_> = window
                .available_monitors()
                .map(|monitor| in_points(monitor.position().into(), monitor.size().into(), factor))
                .collect();
            // A screen that was there the last time may be gone.
            if let Some((left, top, ..)) = monitors.first()
                && !place.is_on(&monitors)
            {
                ctx.send_viewport_cmd(ViewportCommand::OuterPosition(pos2(*left, *top)));
            }
        }
        let parts = build(Arc::new(move || wake_ctx.request_repaint()));
        Ok(Box::new(Shell::new(&ctx, parts)))
    });
    eframe::run_native("poolkey", options, create).map_err(|error| error.to_string())
}

/// A monitor in points of the desktop: left, top, width, height.
#[expect(clippy::cast_possible_truncation, reason = "no screen is that large")]
fn in_points(
    (left, top): (i32, i32),
    (width, height): (u32, u32),
    factor: f64,
) -> (f32, f32, f32, f32) {
    let point = |pixels: f64| (pixels / factor) as f32;
    (
        point(left.into()),
        point(top.into()),
        point(width.into()),
        point(height.into()),
    )
}

/// Brings the window to the front. On Wayland no program may do that by itself; it asks for a look.
pub fn raise(ctx: &Context, is_on_wayland: bool) {
    ctx.send_viewport_cmd(ViewportCommand::Minimized(false));
    ctx.send_viewport_cmd(ViewportCommand::Focus);
    if is_on_wayland {
        let attention = UserAttentionType::Informational;
        ctx.send_viewport_cmd(ViewportCommand::RequestUserAttention(attention));
    }
}

/// The logo as width, height and four bytes a pixel, for the tray.
#[must_use]
pub fn tray_picture() -> Option<(u32, u32, Vec<u8>)> {
    let icon = eframe::icon_data::from_png_bytes(LOGO).ok()?;
    Some((icon.width, icon.height, icon.rgba))
}

/// The logo, loaded once per context.
pub fn logo(ctx: &Context) -> TextureHandle {
    let id = Id::unique("logo");
    if let Some(texture) = ctx.data(|data| data.get_temp::<TextureHandle>(id)) {
        return texture;
    }
    let image = eframe::icon_data::from_png_bytes(LOGO).map_or_else(
        |_| ColorImage::default(),
        |icon| {
            let size = [icon.width as usize, icon.height as usize];
            ColorImage::from_rgba_unmultiplied(size, &icon.rgba)
        },
    );
    let texture = ctx.load_texture("logo", image, TextureOptions::LINEAR);
    ctx.data_mut(|data| data.insert_temp(id, texture.clone()));
    texture
}
