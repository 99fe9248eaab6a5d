//! The colour profile of the output intent: sRGB as a small ICC profile of version 2.
//!
//! Built from the published numbers of IEC 61966-2-1 (primaries adapted to D50) instead of carrying somebody's file:
//! no licence, no date, the same bytes for ever.

/// sRGB's transfer curve at 64 equal steps of the signal, in 1/65535 of full light; readers interpolate between them.
#[rustfmt::skip]
const CURVE: [u16; 64] = [
    0, 81, 161, 244, 345, 466, 609, 776, 965, 1180, 1420, 1687, 1980, 2301, 2651, 3030, 3439, 3879, 4349, 4851, 5386,
    5953, 6554, 7189, 7858, 8562, 9302, 10078, 10890, 11739, 12626, 13551, 14513, 15515, 16556, 17636, 18757, 19918,
    21120, 22363, 23648, 24974, 26344, 27756, 29211, 30710, 32253, 33840, 35471, 37148, 38870, 40638, 42452, 44312,
    46219, 48173, 50174, 52223, 54320, 56465, 58659, 60901, 63193, 65535,
];

/// Numbers of the profile connection space are fixed-point with 16 bits after the point.
const D50: [u32; 3] = [0xf6d6, 0x1_0000, 0xd32d];
const RED: [u32; 3] = [0x6fa2, 0x38f5, 0x0390];
const GREEN: [u32; 3] = [0x6299, 0xb785, 0x18da];
const BLUE: [u32; 3] = [0x24a0, 0x0f84, 0xb6cf];

const HEADER: usize = 128;
const DESCRIPTION: &[u8] = b"sRGB\0";
const COPYRIGHT: &[u8] = b"No copyright, use freely\0";

/// The profile's bytes.
pub(super) fn srgb() -> Vec<u8> {
    let curve = curve();
    let tags: [(&[u8; 4], Vec<u8>); 9] = [
        (b"desc", description()),
        (b"cprt", [b"text\0\0\0\0", COPYRIGHT].concat()),
        (b"wtpt", xyz(D50)),
        (b"rXYZ", xyz(RED)),
        (b"gXYZ", xyz(GREEN)),
        (b"bXYZ", xyz(BLUE)),
        (b"rTRC", curve.clone()),
        (b"gTRC", curve.clone()),
        (b"bTRC", curve),
    ];
    let mut table = word(tags.len()).to_vec();
    let mut data: Vec<u8> = Vec::new();
    let data_start = HEADER + 4 + 12 * tags.len();
    let mut previous: Option<(usize, &Vec<u8>)> = None;
    for (name, body) in &tags {
        // The three curves share their bytes, as the specification allows.
        let start = match previous {
            Some((start, same)) if same == body => start,
            _ => {
                let start = data_start + data.len();
                data.extend(body);
                data.resize(data.len().next_multiple_of(4), 0);
                start
            }
        };
        table.extend(name.iter().chain(&word(start)).chain(&word(body.len())));
        previous = Some((start, body));
    }
    let mut profile = header(data_start + data.len());
    profile.extend(table);
    profile.extend(data);
    profile
}

fn header(size: usize) -> Vec<u8> {
    let mut header = word(size).to_vec();
    header.extend([0; 4]);
    header.extend([2, 0x10, 0, 0]);
    header.extend(b"mntrRGB XYZ ");
    // A date is required; this one is the first day of the standard's year.
    header.extend(
        [1999u16, 1, 1, 0, 0, 0]
            .into_iter()
            .flat_map(u16::to_be_bytes),
    );
    header.extend(b"acsp");
    header.resize(68, 0);
    header.extend(D50.into_iter().flat_map(u32::to_be_bytes));
    header.resize(HEADER, 0);
    header
}

fn word(value: usize) -> [u8; 4] {
    u32::try_from(value).unwrap_or_default().to_be_bytes()
}

fn xyz(values: [u32; 3]) -> Vec<u8> {
    let mut body = b"XYZ \0\0\0\0".to_vec();
    body.extend(values.into_iter().flat_map(u32::to_be_bytes));
    body
}

fn curve() -> Vec<u8> {
    let mut body = b"curv\0\0\0\0".to_vec();
    body.extend(word(CURVE.len()));
    body.extend(CURVE.into_iter().flat_map(u16::to_be_bytes));
    body
}

/// A textDescriptionType: ASCII, then an empty Unicode text and an empty Macintosh text of fixed size.
fn description() -> Vec<u8> {
    let mut body = b"desc\0\0\0\0".to_vec();
    body.extend(word(DESCRIPTION.len()));
    body.extend(DESCRIPTION);
    body.resize(body.len() + 4 + 4 + 2 + 1 + 67, 0);
    body
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_states_its_own_size_and_class() {
        let profile = srgb();
        assert_eq!(profile[..4], word(profile.len()));
        assert_eq!(&profile[12..24], b"mntrRGB XYZ ");
        assert_eq!(&profile[36..40], b"acsp");
    }

    #[test]
    fn every_tag_lies_within_it() {
        let profile = srgb();
        let at = |offset: usize| {
            u32::from_be_bytes(profile[offset..offset + 4].try_into().unwrap()) as usize
        };
        for tag in 0..at(128) {
            let entry = 132 + 12 * tag;
            assert!(at(entry + 4) % 4 == 0 && at(entry + 4) + at(entry + 8) <= profile.len());
        }
    }

    #[test]
    fn the_primaries_add_up_to_white() {
        // The published numbers are rounded; their sum is off by less than a step of 12 bits.
        for axis in 0..3 {
            let sum = RED[axis] + GREEN[axis] + BLUE[axis];
            assert!(sum.abs_diff(D50[axis]) <= 16, "{axis}: {sum:x}");
        }
    }

    #[test]
    fn the_curve_rises_from_black_to_white() {
        assert!(CURVE.is_sorted() && CURVE[0] == 0 && CURVE[63] == 65535);
    }
}
