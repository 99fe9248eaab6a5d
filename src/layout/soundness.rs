//! Whether a document can be set without any finding, told without setting it.
//!
//! Setting a page shapes each word and breaks each line, and of all that only few things can go wrong: a character that
//! no face has, a table of too many columns, a picture that cannot be read, blocks that are to stay together and do not
//! fit on a page. Each is looked at here by itself. „Unsound“ only means that it takes the pages to know; whoever wants
//! the findings sets the document then. A new finding of the layout must be looked at here too; a test goes through all.

use std::collections::BTreeSet;

use unicode_normalization::is_nfc;

use super::font::Face;
use super::page::{FaceId, Mpt};
use super::picture::{self, Kind};
use super::setting::Setting;
use super::sheet::Sheet;
use super::{Pictures, Shaper, block, table};
use crate::markdown::ast::{Block, BlockKind, Document};

/// Room that the blocks around a group may ask for above it.
const ROOM_ABOVE: Mpt = 72_000;

/// Whether the document, read from this Markdown, has no finding when it is set. `drawn` are the paths of pictures that
/// the program draws itself when it sets the document; they need not be among the `pictures`.
pub fn is_sound(
    shaper: &mut Shaper,
    (document, markdown): (&Document, &str),
    pictures: &Pictures,
    drawn: &BTreeSet<&str>,
) -> bool {
    let logo = document.front.absender.as_ref();
    let logo = logo.and_then(|sender| sender.logo.as_deref());
    let mut look = Look {
        shaper,
        document,
        pictures,
        drawn,
    };
    has_all_characters(markdown)
        && logo.is_none_or(|path| look.drawing(path))
        && look.blocks(&document.blocks, true)
        && document
            .notes
            .iter()
            .all(|note| look.blocks(&note.blocks, false))
}

/// Whether all faces have all characters that the Markdown can lead to: those that stand there as themselves.
fn has_all_characters(markdown: &str) -> bool {
    let head = markdown
        .strip_prefix("---\n")
        .and_then(|rest| rest.split_once("\n---\n"))
        .map_or("", |(head, _)| head);
    // A reference such as `&shy;` or an escape in the front matter may stand for a character that is not seen here.
    let names_another = escapes_another(head)
        || markdown.match_indices('&').any(|(at, _)| {
            let next = markdown.get(at + 1..).and_then(|rest| rest.chars().next());
            next.is_some_and(|next| next == '#' || next.is_ascii_alphanumeric())
        });
    if names_another || !is_nfc(markdown) {
        return false;
    }
    let mut ascii = [false; 128];
    let mut others = BTreeSet::new();
    for character in markdown.chars() {
        match ascii.get_mut(character as usize) {
            Some(seen) => *seen = true,
            None => {
                others.insert(character);
            }
        }
    }
    let ascii = (0u8..128).zip(ascii).filter(|(_, seen)| *seen);
    let characters = ascii.map(|(byte, _)| char::from(byte)).chain(others);
    let characters: Vec<char> = characters.filter(|c| !matches!(c, ' ' | '\n')).collect();
    FaceId::ALL.into_iter().all(|id| {
        let face = Face::get(id);
        face.is_some_and(|face| characters.iter().all(|character| face.has(*character)))
    })
}

/// Whether an escape in the front matter stands for anything else than the sign behind its backslash: `\"` is a quote.
fn escapes_another(head: &str) -> bool {
    let mut characters = head.chars();
    while let Some(character) = characters.next() {
        if character == '\\' && !matches!(characters.next(), Some('"' | '\\')) {
            return true;
        }
    }
    false
}

struct Look<'a> {
    shaper: &'a mut Shaper,
    document: &'a Document,
    pictures: &'a Pictures,
    drawn: &'a BTreeSet<&'a str>,
}

impl Look<'_> {
    fn blocks(&mut self, blocks: &[Block], outermost: bool) -> bool {
        blocks.iter().all(|block| self.block(block, outermost))
    }

    fn block(&mut self, block: &Block, outermost: bool) -> bool {
        match &block.kind {
            BlockKind::Heading { .. }
            | BlockKind::Paragraph(_)
            | BlockKind::Code(_)
            | BlockKind::Rule
            | BlockKind::Signature { .. }
            | BlockKind::PageBreak => true,
            BlockKind::Table(content) => !table::has_too_many_columns(content),
            BlockKind::Figure { path, .. } => {
                self.drawn.contains(path.as_str()) || self.drawing(path)
            }
            BlockKind::List(list) => {
                let mut items = list.items.iter();
                items.all(|item| self.blocks(&item.blocks, false))
            }
            BlockKind::Quote(inner) | BlockKind::Landscape(inner) => self.blocks(inner, false),
            BlockKind::Together(inner) => outermost && self.fits_on_a_page(inner),
            // An annex has a front matter of its own.
            BlockKind::Annex { .. } => false,
        }
    }

    /// Whether a picture is a drawing that can be set; one of pixels is looked at when the pages are made.
    fn drawing(&self, path: &str) -> bool {
        let found = self.pictures.get(path).map(|bytes| picture::probe(bytes));
        matches!(found, Some(Ok(picture)) if matches!(picture.kind, Kind::Svg(_)))
    }

    /// Whether blocks are lower than a page by so much that it does not matter what stands around them.
    fn fits_on_a_page(&mut self, blocks: &[Block]) -> bool {
        if blocks.iter().any(|block| {
            matches!(
                block.kind,
                BlockKind::Figure { .. } | BlockKind::Landscape(_) | BlockKind::Together(_)
            )
        }) || !self.blocks(blocks, false)
        {
            return false;
        }
        let mut setting = Setting::new(self.document, self.pictures, self.shaper);
        block::blocks(&mut setting, blocks, &block::page_frame(false));
        let pieces = setting.pieces.iter();
        let height: Mpt = pieces.map(|piece| piece.height + piece.before).sum();
        height + ROOM_ABOVE <= Sheet::new(true).depth() && setting.findings.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::layout;
    use crate::markdown::parse;
    use proptest::prelude::*;
    use std::sync::Arc;

    fn sound(markdown: &str, pictures: &Pictures) -> bool {
        let (document, _) = parse(markdown);
        let mut shaper = Shaper::default();
        is_sound(
            &mut shaper,
            (&document, markdown),
            pictures,
            &BTreeSet::new(),
        )
    }

    /// Setting the document finds something, and it takes no pages to suspect it.
    #[track_caller]
    fn assert_suspected(markdown: &str, pictures: &Pictures) {
        let (_, findings) = layout(&parse(markdown).0, pictures);
        assert!(!findings.is_empty(), "the layout finds nothing: {markdown}");
        assert!(!sound(markdown, pictures), "{markdown}");
    }

    #[test]
    fn whatever_the_layout_finds_is_suspected() {
        let none = Pictures::new();
        assert_suspected("Ein ☃ im Text.\n", &none);
        assert_suspected("Ein &#x2603; im Text.\n", &none);
        assert_suspected(
            "---\ndrucksache: 1\ntitel: \"\\u2603\"\n---\n\nText.\n",
            &none,
        );
        assert_suspected("Text[^1].\n\n[^1]: Eine ☃.\n", &none);
        assert_suspected("![Logo](fehlt.svg)\n", &none);
        assert_suspected(
            "---\ndrucksache: 1\nabsender:\n  name: Stadt\n  anschrift: []\n  logo: fehlt.svg\n---\n\nText.\n",
            &none,
        );
        let columns = |cell: &str| format!("|{}\n", format!("{cell}|").repeat(70));
        assert_suspected(
            &format!("{}{}{}", columns("a"), columns("-"), columns("b")),
            &none,
        );
        let long = "Ein Absatz.\n\n".repeat(60);
        assert_suspected(
            &format!("<!-- zusammen -->\n\n{long}<!-- /zusammen -->\n"),
            &none,
        );
        let quoted = "> Ein Absatz.\n>\n".repeat(60);
        assert_suspected(
            &format!("<!-- zusammen -->\n\n{quoted}\n<!-- /zusammen -->\n"),
            &none,
        );
        let broken = Pictures::from([("a.svg".to_owned(), Arc::from(&b"<svg"[..]))]);
        assert_suspected("![Bild](a.svg)\n", &broken);
    }

    #[test]
    fn an_ordinary_paper_needs_no_pages() {
        let none = Pictures::new();
        assert!(sound(include_str!("../../benches/dokument.md"), &none));
        assert!(sound(
            "---\ndrucksache: 1\ntitel: „Ä“ – 1⁄8\nkurztitel: \"\\\"Ä\\\"\"\n---\n\n# Ä\n\n- a\n\n| a | b |\n|---|---|\n| 5 € | § 1 |\n",
            &none
        ));
        let short = "<!-- zusammen -->\n\nEins.\n\n<!-- unterschrift: Kreis | Landrat -->\n\n<!-- /zusammen -->\n";
        assert!(sound(short, &none));
        let drawing = br#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>"#;
        let pictures = Pictures::from([("a.svg".to_owned(), Arc::from(&drawing[..]))]);
        assert!(sound("![Bild](a.svg)\n", &pictures));
    }

    fn piece() -> impl Strategy<Value = String> {
        let text = prop_oneof![
            8 => Just("Ein Satz mit Wörtern.".to_owned()),
            1 => Just("Ein ☃.".to_owned()),
            1 => Just("Ein &#x2603; oder &amp;.".to_owned()),
            1 => Just("Ein Wort[^a].".to_owned()),
            1 => Just("![Bild](fehlt.svg)".to_owned()),
            1 => (1usize..60).prop_map(|columns| {
                let row = |cell: &str| format!("|{}\n", format!("{cell}|").repeat(columns));
                format!("{}{}{}", row("a"), row("-"), row("b"))
            }),
        ];
        let group = |(text, times): (String, usize)| {
            let inner = vec![text; times].join("\n\n");
            format!("<!-- zusammen -->\n\n{inner}\n\n<!-- /zusammen -->")
        };
        prop_oneof![
            3 => text.clone(),
            1 => (text.clone(), 1usize..50).prop_map(group),
            1 => text.clone().prop_map(|text| format!("> {text}")),
            1 => text.prop_map(|text| format!("- {text}")),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_sound_paper_has_no_finding(pieces in prop::collection::vec(piece(), 1..6)) {
            let text = pieces.join("\n\n");
            let markdown = format!("# Anfang\n\n{text}\n\n[^a]: Eine Anmerkung.\n");
            if sound(&markdown, &Pictures::new()) {
                let (_, findings) = layout(&parse(&markdown).0, &Pictures::new());
                prop_assert_eq!(findings, Vec::new());
            }
        }
    }
}
