//! How a photograph was held: one number of the EXIF data in a JPEG.
//!
//! Everything else in EXIF (place, time, camera) is of no concern here. Data that cannot be read count as none.

/// The tag of the orientation in the first directory.
const ORIENTATION: u16 = 0x0112;
/// The type of its value: a number of two bytes.
const SHORT: u16 = 3;

/// The orientation in an application segment of a JPEG, 1 to 8; `None` where it says nothing sound.
pub(super) fn orientation(segment: &[u8]) -> Option<u8> {
    let tiff = segment.strip_prefix(b"Exif\0\0")?;
    let order = match tiff.get(..4)? {
        b"II*\0" => Order::Little,
        b"MM\0*" => Order::Big,
        _ => return None,
    };
    let directory = order.long(tiff, 4)? as usize;
    let count = usize::from(order.short(tiff, directory)?);
    let first = directory.checked_add(2)?;
    let entry = (0..count)
        .map(|index| first.saturating_add(12 * index))
        .find(|entry| order.short(tiff, *entry) == Some(ORIENTATION))?;
    if order.short(tiff, entry.checked_add(2)?)? != SHORT {
        return None;
    }
    let value = order.short(tiff, entry.checked_add(8)?)?;
    u8::try_from(value)
        .ok()
        .filter(|value| (1..=8).contains(value))
}

#[derive(Clone, Copy)]
enum Order {
    Little,
    Big,
}

impl Order {
    fn short(self, data: &[u8], at: usize) -> Option<u16> {
        let bytes = data.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(match self {
            Self::Little => u16::from_le_bytes(bytes),
            Self::Big => u16::from_be_bytes(bytes),
        })
    }

    fn long(self, data: &[u8], at: usize) -> Option<u32> {
        let bytes = data.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(match self {
            Self::Little => u32::from_le_bytes(bytes),
            Self::Big => u32::from_be_bytes(bytes),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LITTLE: &[u8] = b"Exif\0\0II*\0\x08\0\0\0\x02\0\
        \x0f\x01\x02\0\x01\0\0\0\0\0\0\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0";
    const BIG: &[u8] = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x08\0\0";

    #[test]
    fn both_orders_of_bytes_are_read() {
        assert_eq!(orientation(LITTLE), Some(6));
        assert_eq!(orientation(BIG), Some(8));
    }

    #[test]
    fn an_impossible_orientation_is_none() {
        let mut data = BIG.to_vec();
        let at = data.len() - 3;
        data[at] = 9;
        assert_eq!(orientation(&data), None);
    }

    proptest! {
        #[test]
        fn no_prefix_and_no_changed_byte_makes_it_panic(cut in 0usize..50, at in 6usize..40, byte: u8) {
            let mut data = LITTLE.to_vec();
            let index = at % data.len();
            data[index] = byte;
            data.truncate(cut);
            let _ = orientation(&data);
        }
    }
}
