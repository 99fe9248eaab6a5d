//! Pictures before they are set: what a file is and how large, read from its head.
//!
//! Decodes no pixels and opens no files. Whatever the PDF could not hold is refused here, with a reason for the
//! author; the PDF stage then meets only pictures that it can take.

use std::fmt;

mod exif;

use super::svg::{self, Drawing};

/// More pixels than this on one side are refused.
pub const MAX_SIDE: u32 = 20_000;
/// More pixels than this in all are refused.
pub const MAX_PIXELS: u64 = 50_000_000;
/// A larger file is refused.
pub const MAX_BYTES: usize = 32 << 20;

/// What a picture is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its format.
    pub kind: Kind,
    /// Width in pixels; of a drawing in units of 1/96 inch, rounded up.
    pub width: u32,
    /// Height in pixels; of a drawing in units of 1/96 inch, rounded up.
    pub height: u32,
    /// How a JPEG wants to be turned and mirrored, 1 to 8 as in EXIF; 1 is as stored.
    pub orientation: u8,
}

/// The formats that can be set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Pixels in a PNG.
    Png,
    /// Pixels in a JPEG.
    Jpeg {
        /// Whether it has one channel instead of three.
        gray: bool,
    },
    /// Paths, ready to be fitted.
    Svg(Drawing),
}

/// Why a picture cannot be set: the parts of a finding without its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The rule's name.
    pub regel: &'static str,
    /// What is wrong: a German sentence without a full stop.
    pub text: String,
    /// What to do about it: a German sentence without a full stop.
    pub abhilfe: String,
}

impl Refusal {
    pub(crate) fn new(
        regel: &'static str,
        text: impl Into<String>,
        abhilfe: impl Into<String>,
    ) -> Self {
        Self {
            regel,
            text: text.into(),
            abhilfe: abhilfe.into(),
        }
    }

    fn broken(text: impl Into<String>) -> Self {
        Self::new(
            "bild-defekt",
            text,
            "das Bild neu speichern und die Datei vollständig übertragen",
        )
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.text, self.abhilfe)
    }
}

/// Reads what a picture's file holds.
///
/// # Errors
/// Refuses other formats, broken or truncated files, more than [`MAX_SIDE`] or [`MAX_PIXELS`] pixels, JPEGs in CMYK
/// or of a kind that PDF does not know, and whatever [`svg::read`] refuses.
pub fn probe(bytes: &[u8]) -> Result<Picture, Refusal> {
    if bytes.len() > MAX_BYTES {
        return Err(Refusal::new(
            "bild-zu-gross",
            format!("die Bilddatei hat mehr als {} MB", MAX_BYTES >> 20),
            "das Bild verkleinern",
        ));
    }
    let picture = if bytes.starts_with(PNG_SIGNATURE) {
        png(bytes)?
    } else if bytes.starts_with(&[0xff, 0xd8]) {
        jpeg(bytes)?
    } else if looks_like_svg(bytes) {
        return drawing(bytes);
    } else {
        return Err(Refusal::new(
            "bild-format",
            "die Datei ist weder PNG noch JPEG noch SVG",
            "das Bild als PNG, JPEG oder SVG speichern",
        ));
    };
    within_budget(&picture)?;
    Ok(picture)
}

fn within_budget(picture: &Picture) -> Result<(), Refusal> {
    let (width, height) = (picture.width, picture.height);
    if width == 0 || height == 0 {
        return Err(Refusal::broken("das Bild hat keine Fläche"));
    }
    if width > MAX_SIDE || height > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(Refusal::new(
            "bild-zu-gross",
            format!(
                "das Bild ist {width} × {height} Pixel groß; gesetzt werden höchstens {MAX_SIDE} je Seite \
                 und {} Millionen im Ganzen",
                MAX_PIXELS / 1_000_000
            ),
            "das Bild verkleinern; für den Druck auf A4 genügen 2.500 Pixel in der Breite",
        ));
    }
    Ok(())
}

fn drawing(bytes: &[u8]) -> Result<Picture, Refusal> {
    let drawing = svg::read(bytes)?;
    let (width, height) = drawing.size_in_pixels();
    Ok(Picture {
        kind: Kind::Svg(drawing),
        width,
        height,
        orientation: 1,
    })
}

fn looks_like_svg(bytes: &[u8]) -> bool {
    let text = bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(bytes)
        .trim_ascii_start();
    text.starts_with(b"<") && text.windows(4).any(|part| part == b"<svg")
}

const PNG_SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Walks the chunks to the end, so that a truncated file is noticed before anything is typeset.
fn png(bytes: &[u8]) -> Result<Picture, Refusal> {
    let truncated = || Refusal::broken("die PNG-Datei bricht mittendrin ab");
    let mut reader = Reader(bytes.get(PNG_SIGNATURE.len()..).unwrap_or_default());
    let mut size = None;
    let mut has_pixels = false;
    loop {
        let length = reader.u32().ok_or_else(truncated)?;
        let kind = reader.take(4).ok_or_else(truncated)?;
        let mut body = Reader(reader.take(length as usize).ok_or_else(truncated)?);
        reader.take(4).ok_or_else(truncated)?;
        match kind {
            b"IHDR" => {
                let (width, height) = (body.u32(), body.u32());
                size = Some((width.ok_or_else(truncated)?, height.ok_or_else(truncated)?));
            }
            b"IDAT" => has_pixels = true,
            b"IEND" => break,
            _ => {}
        }
        if size.is_none() {
            return Err(Refusal::broken(
                "die PNG-Datei beginnt nicht mit ihrem Kopf",
            ));
        }
    }
    match size {
        Some((width, height)) if has_pixels => Ok(Picture {
            kind: Kind::Png,
            width,
            height,
            orientation: 1,
        }),
        _ => Err(Refusal::broken("die PNG-Datei enthält keine Bildpunkte")),
    }
}

/// Walks the segments to the frame header.
fn jpeg(bytes: &[u8]) -> Result<Picture, Refusal> {
    let broken = || Refusal::broken("die JPEG-Datei ist beschädigt oder bricht mittendrin ab");
    let mut reader = Reader(bytes.get(2..).unwrap_or_default());
    let mut orientation = 1;
    loop {
        let marker = reader.marker().ok_or_else(broken)?;
        if matches!(marker, 0x01 | 0xd0..=0xd7) {
            continue;
        }
        let length = usize::from(reader.u16().ok_or_else(broken)?);
        let mut body = Reader(
            reader
                .take(length.checked_sub(2).ok_or_else(broken)?)
                .ok_or_else(broken)?,
        );
        match marker {
            0xc0..=0xc2 => {
                let precision = body.u8().ok_or_else(broken)?;
                let height = u32::from(body.u16().ok_or_else(broken)?);
                let width = u32::from(body.u16().ok_or_else(broken)?);
                let channels = body.u8().ok_or_else(broken)?;
                if precision != 8 || !matches!(channels, 1 | 3) {
                    return Err(Refusal::new(
                        "bild-farbraum",
                        format!(
                            "das JPEG hat {channels} Farbkanäle zu {precision} Bit (CMYK oder Ähnliches)"
                        ),
                        "das Bild in RGB oder Graustufen zu 8 Bit speichern",
                    ));
                }
                if !reader.0.windows(2).any(|pair| pair == [0xff, 0xd9]) {
                    return Err(broken());
                }
                return Ok(Picture {
                    kind: Kind::Jpeg {
                        gray: channels == 1,
                    },
                    width,
                    height,
                    orientation,
                });
            }
            0xe1 => orientation = exif::orientation(body.0).unwrap_or(orientation),
            0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                return Err(Refusal::new(
                    "bild-format",
                    "das JPEG ist verlustfrei, hierarchisch oder arithmetisch kodiert; PDF kennt das nicht",
                    "das Bild als gewöhnliches JPEG oder als PNG speichern",
                ));
            }
            0xd8..=0xda => return Err(broken()),
            _ => {}
        }
    }
}

/// Big-endian bytes from front to back.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (head, tail) = self.0.split_at_checked(count)?;
        self.0 = tail;
        Some(head)
    }

    fn u8(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_be_bytes(self.take(2)?.try_into().ok()?))
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from_be_bytes(self.take(4)?.try_into().ok()?))
    }

    /// The next JPEG marker; fill bytes before it are skipped.
    fn marker(&mut self) -> Option<u8> {
        if self.u8()? != 0xff {
            return None;
        }
        loop {
            match self.u8()? {
                0xff => {}
                marker => return Some(marker),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn png_of(width: u32, height: u32) -> Vec<u8> {
        let mut file = PNG_SIGNATURE.to_vec();
        let mut chunk = |kind: &[u8], body: &[u8]| {
            file.extend(u32::try_from(body.len()).unwrap().to_be_bytes());
            file.extend(kind);
            file.extend(body);
            file.extend([0; 4]);
        };
        let mut head = width.to_be_bytes().to_vec();
        head.extend(height.to_be_bytes());
        head.extend([8, 2, 0, 0, 0]);
        chunk(b"IHDR", &head);
        chunk(b"IDAT", &[]);
        chunk(b"IEND", &[]);
        file
    }

    fn jpeg_of(width: u16, height: u16, channels: u8) -> Vec<u8> {
        let mut file = vec![
            0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xff, 0xc0, 0, 8, 8,
        ];
        file.extend(height.to_be_bytes());
        file.extend(width.to_be_bytes());
        file.extend([channels, 0xff, 0xda, 0, 2, 0xff, 0xd9]);
        file
    }

    #[test]
    fn a_png_tells_its_size() {
        let picture = probe(&png_of(640, 480)).unwrap();
        assert_eq!(
            (picture.kind, picture.width, picture.height),
            (Kind::Png, 640, 480)
        );
    }

    #[test]
    fn a_jpeg_tells_its_size() {
        let picture = probe(&jpeg_of(320, 200, 3)).unwrap();
        assert_eq!(
            (picture.kind, picture.width, picture.height),
            (Kind::Jpeg { gray: false }, 320, 200)
        );
    }

    #[test]
    fn a_hundred_thousand_pixels_are_refused_with_a_remedy() {
        let refusal = probe(&png_of(100_000, 10)).unwrap_err();
        assert_eq!(refusal.regel, "bild-zu-gross");
        assert!(refusal.text.contains("100000 × 10 Pixel"), "{refusal}");
    }

    #[test]
    fn many_pixels_are_refused_though_each_side_is_fine() {
        assert_eq!(
            probe(&png_of(10_000, 10_000)).unwrap_err().regel,
            "bild-zu-gross"
        );
    }

    #[test]
    fn a_picture_without_area_is_refused() {
        assert_eq!(probe(&png_of(0, 10)).unwrap_err().regel, "bild-defekt");
    }

    #[test]
    fn a_truncated_png_is_refused() {
        let file = png_of(10, 10);
        assert_eq!(
            probe(&file[..file.len() - 5]).unwrap_err().regel,
            "bild-defekt"
        );
    }

    #[test]
    fn a_truncated_jpeg_is_refused() {
        let file = jpeg_of(10, 10, 3);
        assert_eq!(
            probe(&file[..file.len() - 2]).unwrap_err().regel,
            "bild-defekt"
        );
    }

    #[test]
    fn cmyk_is_refused() {
        assert_eq!(
            probe(&jpeg_of(10, 10, 4)).unwrap_err().regel,
            "bild-farbraum"
        );
    }

    #[test]
    fn other_formats_are_refused() {
        assert_eq!(probe(b"GIF89a").unwrap_err().regel, "bild-format");
        assert_eq!(probe(b"").unwrap_err().regel, "bild-format");
    }

    proptest! {
        #[test]
        fn no_prefix_and_no_changed_byte_makes_it_panic(
            cut in 0usize..80, at in 0usize..60, byte: u8, jpeg: bool,
        ) {
            let mut file = if jpeg { jpeg_of(10, 10, 3) } else { png_of(10, 10) };
            let index = at % file.len();
            file[index] = byte;
            file.truncate(cut);
            let _ = probe(&file);
        }
    }
}
