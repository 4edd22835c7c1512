//! PNG files, and how much two pictures differ.

use std::cmp::Reverse;
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

/// Writes a picture with the 256 colors that most of it has; the others become the nearest of these.
pub fn write_small(path: &Path, picture: &ColorImage) {
    let mut counts: BTreeMap<[u8; 3], usize> = BTreeMap::new();
    let color = |pixel: &Color32| [pixel.r(), pixel.g(), pixel.b()];
    for pixel in &picture.pixels {
        *counts.entry(color(pixel)).or_default() += 1;
    }
    let mut palette: Vec<_> = counts.iter().collect();
    palette.sort_by_key(|(_, count)| Reverse(**count));
    palette.truncate(256);
    let palette: Vec<[u8; 3]> = palette.into_iter().map(|(color, _)| *color).collect();
    let nearest = |wanted: [u8; 3]| {
        let far = |color: [u8; 3]| {
            let far = color.into_iter().zip(wanted);
            far.map(|(a, b)| u32::from(a.abs_diff(b)).pow(2))
                .sum::<u32>()
        };
        (0..=u8::MAX)
            .zip(&palette)
            .min_by_key(|(_, color)| far(**color))
            .unwrap()
            .0
    };
    let index: BTreeMap<[u8; 3], u8> = counts.keys().map(|key| (*key, nearest(*key))).collect();
    let bytes: Vec<u8> = picture
        .pixels
        .iter()
        .map(|pixel| index[&color(pixel)])
        .collect();
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let file = BufWriter::new(File::create(path).unwrap());
    let [width, height] = picture.size.map(|side| u32::try_from(side).unwrap());
    let mut encoder = png::Encoder::new(file, width, height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_palette(palette.concat());
    encoder.set_filter(png::Filter::NoFilter);
    encoder.set_compression(png::Compression::High);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&bytes).unwrap();
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
