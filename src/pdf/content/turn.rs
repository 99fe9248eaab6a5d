//! Matrices: how a picture fills its area, and how rotated text stands. Integers only.

use crate::layout::page::{Mpt, Rect};
use crate::pdf::syntax;

/// The matrix that turns the unit square, in which a picture lies, into its area on the page.
pub(super) fn placement(area: Rect, page_height: Mpt, orientation: u8) -> [Mpt; 6] {
    let (width, height) = (area.width, area.height);
    let (left, bottom) = (area.x, page_height - area.y - height);
    let (right, top) = (left + width, bottom + height);
    match orientation {
        2 => [-width, 0, 0, height, right, bottom],
        3 => [-width, 0, 0, -height, right, top],
        4 => [width, 0, 0, -height, left, top],
        5 => [0, -height, -width, 0, right, top],
        6 => [0, -height, width, 0, left, top],
        7 => [0, height, width, 0, left, bottom],
        8 => [0, height, -width, 0, right, bottom],
        _ => [width, 0, 0, height, left, bottom],
    }
}

/// Appends a number given in 1/100000, and a space.
pub(super) fn hundred_thousandths(out: &mut Vec<u8>, value: i64) {
    if value < 0 {
        out.push(b'-');
    }
    let value = value.abs();
    syntax::integer(out, value / 100_000);
    out.push(b'.');
    let mut unit = 10_000;
    while unit > 0 {
        out.push(b'0' + (value / unit % 10) as u8);
        unit /= 10;
    }
    out.push(b' ');
}

/// Sine and cosine of an angle in degrees, in 1/100000.
pub(super) fn sine_and_cosine(degrees: u16) -> (i64, i64) {
    let sine = |degrees: usize| SINES.get(degrees).copied().unwrap_or_default();
    let within = usize::from(degrees % 90);
    let (sine, cosine) = (sine(within), sine(90 - within));
    match degrees / 90 % 4 {
        0 => (sine, cosine),
        1 => (cosine, -sine),
        2 => (-sine, -cosine),
        _ => (-cosine, sine),
    }
}

/// Sines of 0 to 90 degrees in 1/100000: written down because computed ones differ between systems.
#[rustfmt::skip]
const SINES: [i64; 91] = [
    0, 1745, 3490, 5234, 6976, 8716, 10453, 12187, 13917, 15643, 17365, 19081, 20791, 22495, 24192, 25882, 27564,
    29237, 30902, 32557, 34202, 35837, 37461, 39073, 40674, 42262, 43837, 45399, 46947, 48481, 50000, 51504, 52992,
    54464, 55919, 57358, 58779, 60182, 61566, 62932, 64279, 65606, 66913, 68200, 69466, 70711, 71934, 73135, 74314,
    75471, 76604, 77715, 78801, 79864, 80902, 81915, 82904, 83867, 84805, 85717, 86603, 87462, 88295, 89101, 89879,
    90631, 91355, 92050, 92718, 93358, 93969, 94552, 95106, 95630, 96126, 96593, 97030, 97437, 97815, 98163, 98481,
    98769, 99027, 99255, 99452, 99619, 99756, 99863, 99939, 99985, 100000,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_fills_its_area_however_it_is_turned() {
        let area = Rect {
            x: 10,
            y: 20,
            width: 30,
            height: 40,
        };
        // Where the picture's upper left corner comes to lie, as EXIF names the orientations.
        let corners = [
            (10, 80),
            (40, 80),
            (40, 40),
            (10, 40),
            (10, 80),
            (40, 80),
            (40, 40),
            (10, 40),
        ];
        for (orientation, corner) in (1..).zip(corners) {
            let [a, b, c, d, e, f] = placement(area, 100, orientation);
            assert_eq!((c + e, d + f), corner, "{orientation}");
            let opposite = (a + e, b + f);
            assert_eq!(
                (corner.0 + opposite.0, corner.1 + opposite.1),
                (50, 120),
                "{orientation}"
            );
        }
    }

    #[test]
    fn angles_of_all_quadrants() {
        assert_eq!(sine_and_cosine(0), (0, 100_000));
        assert_eq!(sine_and_cosine(55), (81_915, 57_358));
        assert_eq!(sine_and_cosine(90), (100_000, 0));
        assert_eq!(sine_and_cosine(225), (-70_711, -70_711));
        assert_eq!(sine_and_cosine(270), (-100_000, 0));
    }

    #[test]
    fn small_numbers_keep_their_zeros() {
        let mut out = Vec::new();
        hundred_thousandths(&mut out, -1_745);
        assert_eq!(out, b"-0.01745 ");
    }
}
