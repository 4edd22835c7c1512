//! What shows under the pointer.

use eframe::egui::Response;

/// Shows the name of a thing that has only an icon. Assistive technology knows the name already and
/// would read a description of the same words a second time.
pub fn name_on_hover(response: Response, name: &str) -> Response {
    response.on_hover_ui(|ui| {
        ui.set_max_width(ui.spacing().tooltip_width);
        ui.label(name);
    })
}
