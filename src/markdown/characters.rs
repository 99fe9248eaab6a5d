//! Characters that readers do not see, or that no font of ours can show.
//!
//! They hide text, turn it around or break searching in the PDF, so they are findings and leave the text.

use std::ops::Range;

use super::finding::Befunde;

/// The rule of this module.
pub(super) const REGEL: &str = "unsichtbares-zeichen";

/// Why a character cannot stand in a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Defect {
    /// C0, C1, DEL, line and paragraph separators.
    Control,
    /// Marks that change the direction of writing.
    Direction,
    /// Private use and noncharacters.
    Private,
    /// Characters without width: soft hyphen, zero-width space, a stray byte order mark.
    Widthless,
}

/// Whether `c` is dropped from the text of runs (each such character is a finding).
pub(super) fn is_dropped(c: char) -> bool {
    defect(c).is_some()
}

/// Reports each run of such characters in `text`, which begins at byte `offset` of the Markdown.
pub(super) fn check(text: &str, offset: usize, befunde: &mut Befunde) {
    let mut open: Option<(Defect, char, Range<usize>)> = None;
    for (at, c) in text.char_indices() {
        let here = offset + at..offset + at + c.len_utf8();
        let found = defect(c);
        match (&mut open, found) {
            (Some((before, _, range)), Some(now)) if *before == now && range.end == here.start => {
                range.end = here.end;
            }
            (_, now) => {
                report(open.take(), befunde);
                open = now.map(|defect| (defect, c, here));
            }
        }
    }
    report(open, befunde);
}

/// Reports such characters that an entity brought in (`&#x202E;`); `range` is the entity's text.
pub(super) fn check_resolved(text: &str, range: &Range<usize>, befunde: &mut Befunde) {
    if let Some((c, defect)) = text.chars().find_map(|c| Some((c, defect(c)?))) {
        report(Some((defect, c, range.clone())), befunde);
    }
}

fn report(found: Option<(Defect, char, Range<usize>)>, befunde: &mut Befunde) {
    let Some((defect, c, range)) = found else {
        return;
    };
    let code = format!("U+{:04X}", u32::from(c));
    let remedy = format!("das Zeichen {code} an dieser Stelle löschen");
    match defect {
        Defect::Control => befunde.fehler(
            REGEL,
            &range,
            format!("hier steht das Steuerzeichen {code}, das in einem Papier nichts bedeutet"),
            remedy,
        ),
        Defect::Direction => befunde.fehler(
            REGEL,
            &range,
            format!("das Zeichen {code} ändert unsichtbar die Schreibrichtung"),
            remedy,
        ),
        Defect::Private => befunde.fehler(
            REGEL,
            &range,
            format!(
                "das Zeichen {code} hat keine vereinbarte Bedeutung und lässt sich nicht drucken"
            ),
            remedy,
        ),
        Defect::Widthless => befunde.warnung(
            REGEL,
            &range,
            format!("das Zeichen {code} hat keine Breite und stört die Suche im Text"),
            format!("{remedy}; Silben trennt der Satz von selbst"),
        ),
    }
}

fn defect(c: char) -> Option<Defect> {
    let code = u32::from(c);
    match c {
        '\t' | '\n' | '\r' => None,
        '\u{2028}' | '\u{2029}' => Some(Defect::Control),
        _ if c.is_control() => Some(Defect::Control),
        '\u{061C}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2066}'..='\u{206F}' => Some(Defect::Direction),
        '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}' | '\u{FDD0}'..='\u{FDEF}' => {
            Some(Defect::Private)
        }
        _ if code & 0xFFFE == 0xFFFE => Some(Defect::Private),
        '\u{AD}'
        | '\u{180E}'
        | '\u{200B}'
        | '\u{2060}'..='\u{2064}'
        | '\u{FEFF}'
        | '\u{FFF9}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E007F}' => Some(Defect::Widthless),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::super::text::plain_text;
    use super::*;
    use crate::diagnostic::Stelle;

    fn places(markdown: &str) -> Vec<Range<usize>> {
        let (_, befunde) = parse(markdown);
        befunde
            .into_iter()
            .filter(|b| b.regel == REGEL)
            .map(|b| match b.stelle {
                Stelle::Papier(range) => range,
                other => panic!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn hidden_characters_are_found_at_their_place_and_leave_the_text() {
        for hidden in [
            '\0', '\u{7}', '\u{85}', '\u{202E}', '\u{E000}', '\u{F8FF}', '\u{200B}', '\u{AD}',
        ] {
            let markdown = format!("ab{hidden}c\n");
            assert_eq!(
                places(&markdown),
                vec![2..2 + hidden.len_utf8()],
                "{hidden:?}"
            );
            assert_eq!(plain_text(&parse(&markdown).0), "abc", "{hidden:?}");
        }
    }

    #[test]
    fn neighbours_are_one_finding() {
        assert_eq!(places("a\u{202E}\u{202D}b"), vec![1..7]);
    }

    #[test]
    fn an_entity_cannot_bring_them_in() {
        let markdown = "a&#x202E;b\n";
        assert_eq!(places(markdown), vec![1..9]);
        assert_eq!(plain_text(&parse(markdown).0), "ab");
    }

    #[test]
    fn umlauts_and_no_break_spaces_are_welcome() {
        assert_eq!(
            places("§\u{A0}5 „Größe“ – 1\u{202F}000 €\t\r\n"),
            Vec::<Range<usize>>::new()
        );
    }
}
