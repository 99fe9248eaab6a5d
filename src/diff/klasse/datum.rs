//! Days in texts: as digits, and spelled out.

use std::ops::Range;

use crate::input::Datum;
use crate::input::datum::MONATE;

/// More bytes than a day has that is spelled out.
const LAENGSTER_TAG: usize = 64;

/// „27.10.2021“ and „27. Oktober 2021“.
pub(super) fn ist_derselbe_tag(alt: &str, neu: &str) -> bool {
    let einzeilig = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (alt, neu) = (einzeilig(alt), einzeilig(neu));
    [(&alt, &neu), (&neu, &alt)].iter().any(|(a, n)| {
        a.parse::<Datum>().is_ok_and(|tag| {
            tag.lang() == **n || n.parse::<Datum>().is_ok_and(|andere| andere == tag)
        })
    })
}

/// „27.10.2021“
pub(super) fn ist_datum(wort: &str) -> bool {
    let teile: Vec<&str> = wort.split('.').collect();
    matches!(teile.as_slice(), [tag, monat, jahr] if tag.len() <= 2 && monat.len() <= 2 && jahr.len() == 4)
}

/// Whether these bytes are the day, the month or the year of a day that is spelled out.
pub(super) fn liegt_im_datum(text: &str, bereich: &Range<usize>) -> bool {
    let von = text.floor_char_boundary(bereich.start.saturating_sub(LAENGSTER_TAG));
    let bis = text.ceil_char_boundary(bereich.end.saturating_add(LAENGSTER_TAG));
    let umgebung = text.get(von..bis).unwrap_or_default();
    let davor = umgebung.get(..bereich.start - von).unwrap_or_default();
    let versatz = davor.rfind('\n').map_or(0, |at| at + 1);
    let zeile = umgebung
        .get(versatz..)
        .and_then(|rest| rest.split('\n').next());
    let (von, zeile) = (von + versatz, zeile.unwrap_or_default());
    MONATE.iter().any(|monat| {
        let mut stellen = zeile.match_indices(monat);
        stellen.any(|(at, _)| {
            tag_um(zeile, at..at + monat.len())
                .is_some_and(|tag| von + tag.start <= bereich.start && bereich.end <= von + tag.end)
        })
    })
}

/// „9. November 2021“ around its month, with or without the year.
fn tag_um(zeile: &str, monat: Range<usize>) -> Option<Range<usize>> {
    let davor = zeile.get(..monat.start)?.trim_end().strip_suffix('.')?;
    let ohne_tag = davor.trim_end_matches(|c: char| c.is_ascii_digit());
    let danach = zeile.get(monat.end..)?;
    let jahr = danach.trim_start();
    let ziffern = jahr.bytes().take_while(u8::is_ascii_digit).count();
    let ende = if ziffern == 4 {
        monat.end + danach.len() - jahr.len() + ziffern
    } else {
        monat.end
    };
    (ohne_tag.len() < davor.len()).then_some(ohne_tag.len()..ende)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_day_lie_in_it_and_other_numbers_do_not() {
        let text =
            "Erste Zeile.\n(2) Frühestens zum 31. Dezember 2024 mit 12 Monaten, im Mai 2025.";
        let liegt = |wort: &str| {
            let at = text.rfind(wort).unwrap();
            liegt_im_datum(text, &(at..at + wort.len()))
        };
        assert!(liegt("31") && liegt("Dezember") && liegt("2024"));
        assert!(!liegt("12") && !liegt("2025") && !liegt("(2)"));
    }
}
