//! Pictures of pixels → what a PDF holds of them.
//!
//! A JPEG stays as it is. A PNG is decoded, because only then is it known to be whole; transparent parts become white,
//! as the paper is, which keeps transparency out of the archive.

use std::sync::Arc;

use png::{BitDepth, ColorType, Decoder, Limits, Transformations};

use super::PdfError;
use super::save::deflate;
use crate::layout::page::Image;
use crate::layout::picture::{self, Kind, Refusal};

/// A picture ready for the file.
pub(super) struct Embedded {
    /// Width in pixels.
    pub(super) width: u32,
    /// Height in pixels.
    pub(super) height: u32,
    /// Whether it has one channel instead of three.
    pub(super) gray: bool,
    /// How its bytes are encoded.
    pub(super) filter: Filter,
    /// Its bytes.
    pub(super) bytes: Vec<u8>,
}

/// Encodings of pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Filter {
    /// JPEG.
    Dct,
    /// Deflate after a predictor of PNG.
    Flate,
}

/// Why the picture cannot be taken over, if it cannot.
pub(super) fn refusal(bytes: &Arc<[u8]>) -> Option<Refusal> {
    let image = Image {
        bytes: Arc::clone(bytes),
        width: 0,
        height: 0,
        orientation: 1,
    };
    match embed(&image) {
        Err(Trouble::Refused(refusal)) => Some(refusal),
        _ => None,
    }
}

/// Reads all pictures.
///
/// # Errors
/// [`PdfError::Images`] with all that are broken and the reasons for the author.
pub(super) fn embed_all(images: &[Image]) -> Result<Vec<Embedded>, PdfError> {
    let mut embedded = Vec::with_capacity(images.len());
    let mut refused = Vec::new();
    for (index, image) in images.iter().enumerate() {
        match embed(image) {
            Ok(image) => embedded.push(image),
            Err(Trouble::Refused(refusal)) => refused.push((index, refusal)),
            Err(Trouble::Ours(error)) => return Err(error),
        }
    }
    if refused.is_empty() {
        Ok(embedded)
    } else {
        Err(PdfError::Images(refused))
    }
}

/// Why a picture cannot be read.
enum Trouble {
    Refused(Refusal),
    Ours(PdfError),
}

fn embed(image: &Image) -> Result<Embedded, Trouble> {
    let picture = picture::probe(&image.bytes).map_err(Trouble::Refused)?;
    match picture.kind {
        Kind::Jpeg { gray } => Ok(Embedded {
            width: picture.width,
            height: picture.height,
            gray,
            filter: Filter::Dct,
            bytes: image.bytes.to_vec(),
        }),
        Kind::Png => {
            let pixels = decode(&image.bytes).map_err(|error| Trouble::Refused(broken(&error)))?;
            Ok(Embedded {
                width: pixels.width,
                height: pixels.height,
                gray: pixels.channels == 1,
                filter: Filter::Flate,
                bytes: deflate(&pixels.predicted()).map_err(Trouble::Ours)?,
            })
        }
        Kind::Svg(_) => Err(Trouble::Ours(PdfError::Document(
            "eine Zeichnung unter den Pixelbildern".to_owned(),
        ))),
    }
}

fn broken(error: &png::DecodingError) -> Refusal {
    Refusal {
        regel: "bild-defekt",
        text: format!("die PNG-Datei lässt sich nicht lesen (Originalmeldung: {error})"),
        abhilfe: "das Bild neu speichern und die Datei vollständig übertragen".to_owned(),
    }
}

struct Pixels {
    width: u32,
    height: u32,
    /// 1 or 3.
    channels: usize,
    bytes: Vec<u8>,
}

fn decode(bytes: &[u8]) -> Result<Pixels, png::DecodingError> {
    let limits = Limits {
        bytes: picture::MAX_PIXELS as usize * 8,
    };
    let mut decoder = Decoder::new_with_limits(std::io::Cursor::new(bytes), limits);
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    let mut reader = decoder.read_info()?;
    let size = reader
        .output_buffer_size()
        .ok_or(png::DecodingError::LimitsExceeded)?;
    let mut bytes = vec![0; size];
    let info = reader.next_frame(&mut bytes)?;
    reader.finish()?;
    bytes.truncate(info.buffer_size());
    debug_assert_eq!(info.bit_depth, BitDepth::Eight);
    let (channels, bytes) = match info.color_type {
        ColorType::Grayscale => (1, bytes),
        ColorType::Rgb | ColorType::Indexed => (3, bytes),
        ColorType::GrayscaleAlpha => (1, on_white(&bytes, 1)),
        ColorType::Rgba => (3, on_white(&bytes, 3)),
    };
    Ok(Pixels {
        width: info.width,
        height: info.height,
        channels,
        bytes,
    })
}

/// Pixels with an opacity behind their channels, laid onto white paper.
fn on_white(bytes: &[u8], channels: usize) -> Vec<u8> {
    let mut flat = Vec::with_capacity(bytes.len() / (channels + 1) * channels);
    for pixel in bytes.chunks_exact(channels + 1) {
        let Some((opacity, colors)) = pixel.split_last() else {
            continue;
        };
        let opacity = u16::from(*opacity);
        flat.extend(colors.iter().map(|color| {
            let mixed = u16::from(*color) * opacity + 255 * (255 - opacity);
            ((mixed + 127) / 255) as u8
        }));
    }
    flat
}

impl Pixels {
    /// Each row as its difference to the row above, which compresses better than the colours themselves.
    fn predicted(&self) -> Vec<u8> {
        const UP: u8 = 2;
        let row = self.width as usize * self.channels;
        let mut out = Vec::with_capacity(self.bytes.len() + self.height as usize);
        let mut above: &[u8] = &[];
        for line in self.bytes.chunks_exact(row.max(1)) {
            out.push(UP);
            if above.is_empty() {
                out.extend_from_slice(line);
            } else {
                out.extend(
                    line.iter()
                        .zip(above)
                        .map(|(byte, above)| byte.wrapping_sub(*above)),
                );
            }
            above = line;
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png_of(color: ColorType, depth: BitDepth, pixels: &[u8], palette: Option<Vec<u8>>) -> Image {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, 2, 1);
        encoder.set_color(color);
        encoder.set_depth(depth);
        if let Some(palette) = palette {
            encoder.set_palette(palette);
        }
        encoder
            .write_header()
            .unwrap()
            .write_image_data(pixels)
            .unwrap();
        Image {
            bytes: bytes.into(),
            width: 2,
            height: 1,
            orientation: 1,
        }
    }

    fn pixels_of(color: ColorType, depth: BitDepth, pixels: &[u8]) -> Vec<u8> {
        decode(&png_of(color, depth, pixels, None).bytes)
            .unwrap()
            .bytes
    }

    #[test]
    fn transparent_parts_become_white() {
        let pixels = [10, 20, 30, 0, 10, 20, 30, 255];
        assert_eq!(
            pixels_of(ColorType::Rgba, BitDepth::Eight, &pixels),
            [255, 255, 255, 10, 20, 30]
        );
        assert_eq!(
            pixels_of(
                ColorType::GrayscaleAlpha,
                BitDepth::Eight,
                &[0, 128, 7, 255]
            ),
            [127, 7]
        );
    }

    #[test]
    fn sixteen_bits_become_eight() {
        assert_eq!(
            pixels_of(
                ColorType::Grayscale,
                BitDepth::Sixteen,
                &[0x12, 0x34, 0xff, 0xff]
            ),
            [0x12, 0xff]
        );
    }

    #[test]
    fn palettes_become_colours() {
        let image = png_of(
            ColorType::Indexed,
            BitDepth::One,
            &[0b0100_0000],
            Some(vec![1, 2, 3, 4, 5, 6]),
        );
        assert_eq!(decode(&image.bytes).unwrap().bytes, [1, 2, 3, 4, 5, 6]);
    }

    #[test]
    fn rows_hold_their_difference_to_the_row_above() {
        let pixels = Pixels {
            width: 2,
            height: 2,
            channels: 1,
            bytes: vec![5, 9, 7, 8],
        };
        assert_eq!(pixels.predicted(), [2, 5, 9, 2, 2, 255]);
    }

    #[test]
    fn broken_pixels_are_refused_with_a_reason() {
        let image = png_of(ColorType::Rgb, BitDepth::Eight, &[1, 2, 3, 4, 5, 6], None);
        let mut bytes = image.bytes.to_vec();
        let data = bytes.windows(4).position(|part| part == b"IDAT").unwrap();
        bytes[data + 7] ^= 0x55;
        let image = Image {
            bytes: bytes.into(),
            ..image
        };
        let sound = png_of(ColorType::Rgb, BitDepth::Eight, &[1, 2, 3, 4, 5, 6], None);
        let Err(PdfError::Images(refused)) = embed_all(&[sound, image.clone(), image]) else {
            panic!("accepted");
        };
        let found: Vec<_> = refused.iter().map(|(at, why)| (*at, why.regel)).collect();
        assert_eq!(found, [(1, "bild-defekt"), (2, "bild-defekt")]);
    }
}
