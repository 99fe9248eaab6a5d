//! The spelling of PDF: numbers, names, strings and references, appended to a buffer.
//!
//! Numbers come from integers in 1/1000, never from floats, so that they are spelled alike on every machine.

use std::fmt::Write as _;

use crate::layout::page::Mpt;

/// Appends an integer.
pub(super) fn integer(out: &mut Vec<u8>, value: i64) {
    let mut digits = [0u8; 20];
    let mut at = digits.len();
    let mut rest = value.unsigned_abs();
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if value < 0 {
        out.push(b'-');
    }
    out.extend_from_slice(&digits[at..]);
}

/// Appends a number given in 1/1000, with as many decimals as it needs.
pub(super) fn thousandths(out: &mut Vec<u8>, value: Mpt) {
    if value < 0 {
        out.push(b'-');
    }
    let value = value.unsigned_abs();
    let (whole, fraction) = (value / 1000, (value % 1000) as u32);
    if whole > 0 || fraction == 0 {
        integer(out, i64::try_from(whole).unwrap_or(i64::MAX));
    }
    if fraction > 0 {
        out.push(b'.');
        let digits =
            [fraction / 100, fraction / 10 % 10, fraction % 10].map(|digit| b'0' + digit as u8);
        let used = match digits {
            [_, b'0', b'0'] => 1,
            [_, _, b'0'] => 2,
            _ => 3,
        };
        out.extend_from_slice(&digits[..used]);
    }
}

/// Appends numbers in 1/1000, each followed by a space.
pub(super) fn numbers(out: &mut Vec<u8>, values: &[Mpt]) {
    for value in values {
        thousandths(out, *value);
        out.push(b' ');
    }
}

/// Appends an array of numbers in 1/1000.
pub(super) fn number_array(out: &mut Vec<u8>, values: &[Mpt]) {
    out.push(b'[');
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            out.push(b' ');
        }
        thousandths(out, *value);
    }
    out.push(b']');
}

/// Appends a reference to an object.
pub(super) fn reference(out: &mut Vec<u8>, id: u32) {
    integer(out, i64::from(id));
    out.extend_from_slice(b" 0 R");
}

/// Appends a name; bytes that a name cannot hold are escaped.
pub(super) fn name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for byte in name {
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(byte) {
            out.push(*byte);
        } else {
            out.push(b'#');
            hex(out, *byte);
        }
    }
}

/// Appends a text for readers: ASCII as it is, everything else in UTF-16.
pub(super) fn text(out: &mut Vec<u8>, text: &str) {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        literal(out, text.as_bytes());
    } else {
        out.extend_from_slice(b"<FEFF");
        utf16_hex(out, text);
        out.push(b'>');
    }
}

/// Appends the digits of a text in UTF-16, high byte first, without brackets or mark.
pub(super) fn utf16_hex(out: &mut Vec<u8>, text: &str) {
    for unit in text.encode_utf16() {
        let [high, low] = unit.to_be_bytes();
        hex(out, high);
        hex(out, low);
    }
}

/// Appends a string of bytes in parentheses.
pub(super) fn literal(out: &mut Vec<u8>, bytes: &[u8]) {
    out.push(b'(');
    for byte in bytes {
        match byte {
            b'(' | b')' | b'\\' => out.extend_from_slice(&[b'\\', *byte]),
            b'\r' => out.extend_from_slice(b"\\r"),
            _ => out.push(*byte),
        }
    }
    out.push(b')');
}

/// Appends a string of bytes in digits.
pub(super) fn hex_string(out: &mut Vec<u8>, bytes: &[u8]) {
    out.push(b'<');
    for byte in bytes {
        hex(out, *byte);
    }
    out.push(b'>');
}

/// Appends a byte as two digits.
pub(super) fn hex(out: &mut Vec<u8>, byte: u8) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    out.push(DIGITS[usize::from(byte >> 4)]);
    out.push(DIGITS[usize::from(byte & 15)]);
}

/// An address in the ASCII that PDF asks for: whatever an address cannot hold is percent-encoded.
pub(super) fn ascii_uri(uri: &str) -> String {
    let mut ascii = String::with_capacity(uri.len());
    for byte in uri.bytes() {
        if byte.is_ascii_graphic() && !b"<>\"{}|\\^`".contains(&byte) {
            ascii.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(ascii, "%{byte:02X}");
        }
    }
    ascii
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn spelled(write: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn numbers_have_no_needless_digits() {
        for (value, expected) in [
            (0, "0"),
            (5, ".005"),
            (-50, "-.05"),
            (500, ".5"),
            (1000, "1"),
            (595_276, "595.276"),
            (-841_890, "-841.89"),
        ] {
            assert_eq!(spelled(|out| thousandths(out, value)), expected);
        }
    }

    #[test]
    fn texts_are_escaped_or_encoded() {
        assert_eq!(spelled(|out| text(out, "a(b)\\")), "(a\\(b\\)\\\\)");
        assert_eq!(spelled(|out| text(out, "§ 5")), "<FEFF00A700200035>");
        assert_eq!(spelled(|out| text(out, "😀")), "<FEFFD83DDE00>");
    }

    #[test]
    fn names_are_escaped() {
        assert_eq!(spelled(|out| name(out, b"A B#")), "/A#20B#23");
    }

    #[test]
    fn addresses_become_ascii() {
        assert_eq!(
            ascii_uri("https://kreis-unna.de/ä b?x=1%20"),
            "https://kreis-unna.de/%C3%A4%20b?x=1%20"
        );
    }

    proptest! {
        #[test]
        fn integers_read_back(value: i64) {
            prop_assert_eq!(spelled(|out| integer(out, value)), value.to_string());
        }
    }
}
