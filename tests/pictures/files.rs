//! PNG files, and how much two pictures differ.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufReader, BufWriter};
use std::path::Path;

use eframe::egui::{Color32, ColorImage};

/// Differences up to this, of 255, are the graphics driver's: the edge of a circle, a line between
/// two pixels.
const SAME: u8 = 40;
/// So many of a million pixels may differ by more.
const PER_MILLION: usize = 60;

/// Writes a picture.
pub fn write(path: &Path, picture: &ColorImage) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let file = BufWriter::new(File::create(path).unwrap());
    let [width, height] = picture.size.map(|side| u32::try_from(side).unwrap());
    let mut encoder = png::Encoder::new(file, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_compression(png::Compression::High);
    let bytes: Vec<u8> = picture
        .pixels
        .iter()
        .flat_map(|pixel| [pixel.r(), pixel.g(), pixel.b()])
        .collect();
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&bytes).unwrap();
}

/// Writes a picture with a palette: as many shades as fit into 128 colors.
pub fn write_small(path: &Path, picture: &ColorImage) {
    for step in 6..=u8::MAX {
        let shade = |byte: u8| (byte.saturating_add(step / 2) / step).saturating_mul(step);
        let mut colors: BTreeMap<[u8; 3], ([u32; 3], u32, u8)> = BTreeMap::new();
        let coarse = |pixel: &Color32| [pixel.r(), pixel.g(), pixel.b()].map(shade);
        for pixel in &picture.pixels {
            let (sum, count, _) = colors.entry(coarse(pixel)).or_default();
            for (sum, byte) in sum.iter_mut().zip([pixel.r(), pixel.g(), pixel.b()]) {
                *sum += u32::from(byte);
            }
            *count += 1;
        }
        if colors.len() > 128 {
            continue;
        }
        // The average of what falls together: plain areas keep their very color.
        let mut palette = Vec::new();
        for (index, (sum, count, number)) in (0..=u8::MAX).zip(colors.values_mut()) {
            palette.extend(sum.map(|sum| u8::try_from(sum / *count).unwrap()));
            *number = index;
        }
        let bytes: Vec<u8> = picture
            .pixels
            .iter()
            .map(|pixel| colors[&coarse(pixel)].2)
            .collect();
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let file = BufWriter::new(File::create(path).unwrap());
        let [width, height] = picture.size.map(|side| u32::try_from(side).unwrap());
        let mut encoder = png::Encoder::new(file, width, height);
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_palette(palette);
        encoder.set_filter(png::Filter::NoFilter);
        encoder.set_compression(png::Compression::High);
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(&bytes).unwrap();
        return;
    }
}

/// The picture with sixteen shades a channel: a third of the file, and far nearer than [`SAME`].
pub fn coarse(picture: &ColorImage) -> ColorImage {
    const STEP: u8 = 17;
    let mut coarse = picture.clone();
    for pixel in &mut coarse.pixels {
        let [red, green, blue] = [pixel.r(), pixel.g(), pixel.b()]
            .map(|byte| byte.saturating_add(STEP / 2) / STEP * STEP);
        *pixel = Color32::from_rgb(red, green, blue);
    }
    coarse
}

/// Reads a picture; none where there is no such file.
pub fn read(path: &Path) -> Option<ColorImage> {
    let file = BufReader::new(File::open(path).ok()?);
    let mut reader = png::Decoder::new(file).read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut bytes).unwrap();
    let size = [info.width, info.height].map(|side| usize::try_from(side).unwrap());
    Some(ColorImage::from_rgb(size, &bytes[..info.buffer_size()]))
}

/// Why two pictures are not the same, and where; none where they are.
pub fn difference(before: &ColorImage, now: &ColorImage) -> Option<(String, ColorImage)> {
    if before.size != now.size {
        let said = format!("{:?} pixels, not {:?}", now.size, before.size);
        return Some((said, now.clone()));
    }
    let mut shown = now.clone();
    let mut count = 0;
    for ((before, now), shown) in before.pixels.iter().zip(&now.pixels).zip(&mut shown.pixels) {
        let far = |a: u8, b: u8| a.abs_diff(b) > SAME;
        if far(before.r(), now.r()) || far(before.g(), now.g()) || far(before.b(), now.b()) {
            count += 1;
            *shown = Color32::from_rgb(255, 0, 255);
        }
    }
    let allowed = before.pixels.len() * PER_MILLION / 1_000_000;
    (count > allowed).then(|| (format!("{count} pixels differ, {allowed} may"), shown))
}
