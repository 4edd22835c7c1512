//! A QR code on white paper, whatever the theme: cameras want it dark on light.
//!
//! The code holds a secret, so its modules are zeroed when it is dropped, and assistive technology
//! hears only that there is a picture. Deliberately absent: other kinds of codes.

use eframe::egui::accesskit::Role;
use eframe::egui::{CornerRadius, Mesh, Rect, Sense, Shape, Ui, WidgetInfo, pos2, vec2};
use qrcode::{Color, QrCode};
use zeroize::Zeroizing;

use crate::domain::Secret;
use crate::ui::theme::radius;
use crate::ui::theme::tokens::{INK, PAPER};

/// Light modules around a code, as its standard wants them.
const QUIET: usize = 4;

/// A code that is ready to be painted.
pub struct QrPicture {
    width: usize,
    dark: Zeroizing<Vec<bool>>,
}

impl QrPicture {
    /// The code of a text; none where the text is too long for one.
    #[must_use]
    pub fn of(text: &Secret) -> Option<Self> {
        let code = QrCode::new(text.expose().as_bytes()).ok()?;
        let dark = code
            .to_colors()
            .into_iter()
            .map(|color| color == Color::Dark);
        Some(Self {
            width: code.width(),
            dark: Zeroizing::new(dark.collect()),
        })
    }
}

/// Adds the picture, `side` points wide.
pub fn qr_code_ui(ui: &mut Ui, picture: &QrPicture, side: f32, name: &str) {
    let (rect, response) = ui.allocate_exact_size(vec2(side, side), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, name));
    let radius = CornerRadius::same(radius::CONTROL);
    ui.painter().rect_filled(rect, radius, PAPER);
    let mesh = mesh(picture, rect, ui.pixels_per_point());
    ui.painter().add(Shape::mesh(mesh));
}

/// One mesh without smoothed edges: lines between the modules would confuse a camera. A module is
/// a whole number of pixels.
#[expect(clippy::cast_precision_loss, reason = "fewer than 200 modules")]
fn mesh(picture: &QrPicture, rect: Rect, pixels_per_point: f32) -> Mesh {
    let modules = (picture.width + 2 * QUIET) as f32;
    let pixels = (rect.width() * pixels_per_point / modules).floor().max(1.0);
    let module = pixels / pixels_per_point;
    let margin = (rect.width() - module * picture.width as f32) / 2.0;
    let snap = |place: f32| (place * pixels_per_point).round() / pixels_per_point;
    let origin = pos2(snap(rect.left() + margin), snap(rect.top() + margin));
    let mut mesh = Mesh::default();
    for (place, _) in picture.dark.iter().enumerate().filter(|(_, dark)| **dark) {
        let (row, column) = (place / picture.width, place % picture.width);
        let corner = origin + vec2(column as f32, row as f32) * module;
        let square = Rect::from_min_size(corner, vec2(module, module));
        mesh.add_colored_rect(square, INK);
    }
    mesh
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_is_whole_pixels_and_the_edge_is_quiet() {
        let text = Secret::new("otpauth://totp/a:b?secret=JBSWY3DPEHPK3PXP".to_owned());
        let picture = QrPicture::of(&text).unwrap();
        let rect = Rect::from_min_size(pos2(10.3, 7.7), vec2(160.0, 160.0));
        for scale in [1.0, 1.5, 2.0] {
            let mesh = mesh(&picture, rect, scale);
            let bounds = mesh.calc_bounds();
            assert!(bounds.left() - rect.left() >= 8.0, "{bounds:?}");
            for vertex in &mesh.vertices {
                let pixel = vertex.pos.x * scale;
                assert!((pixel - pixel.round()).abs() < 0.01, "{pixel}");
                assert_eq!(vertex.color, INK);
            }
        }
    }

    #[test]
    fn too_much_text_has_no_code() {
        assert!(QrPicture::of(&Secret::new("x".repeat(8000))).is_none());
    }
}
