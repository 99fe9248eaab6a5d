//! A paper's text as its readers see it, each character with its way back to the Markdown.

use std::ops::Range;

use crate::markdown::ast::{Block, BlockKind, Cell, Document, Inline, ListItem, Run};

/// The visible text in reading order. A line is a heading, a paragraph, an item with its label, or a row of a table with
/// tabs between its cells; line breaks inside a paragraph and no-break spaces are plain spaces.
#[derive(Debug, Default)]
pub(super) struct Lesetext {
    /// The lines, each closed by a line break.
    pub(super) text: String,
    /// The lines in order.
    pub(super) zeilen: Vec<Zeile>,
    /// Where visible bytes stand in the Markdown: at each entry's first, then byte for byte up to the next entry.
    anker: Vec<(usize, usize)>,
}

/// A line of the visible text.
#[derive(Debug)]
pub(super) struct Zeile {
    /// Bytes of the visible text, without the line break.
    pub(super) sichtbar: Range<usize>,
    /// First byte in the Markdown.
    pub(super) markdown: usize,
    /// What it is.
    pub(super) art: Zeilenart,
}

/// What a line of the visible text is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Zeilenart {
    /// A heading of this level.
    Ueberschrift(u8),
    /// A paragraph, an item, preformatted text, a caption.
    Text,
    /// A row of a table; the first of its cells heads it, or it is the head of the table.
    Tabellenzeile,
    /// A signature block: body, tab, office.
    Unterschrift,
}

impl Lesetext {
    /// The visible text of a parsed paper; `markdown` is what it was parsed from.
    pub(super) fn aus(dokument: &Document, markdown: &str) -> Self {
        let mut schreiber = Schreiber {
            markdown,
            text: Self::default(),
        };
        schreiber.bloecke(&dokument.blocks);
        for note in &dokument.notes {
            schreiber.bloecke(&note.blocks);
        }
        schreiber.text
    }

    /// The bytes of the Markdown that made these visible bytes.
    pub(super) fn im_markdown(&self, sichtbar: &Range<usize>) -> Range<usize> {
        let von = self.zurueck(sichtbar.start);
        let bis = match sichtbar.end.checked_sub(1) {
            Some(letztes) if sichtbar.end > sichtbar.start => self.zurueck(letztes) + 1,
            _ => von,
        };
        von..bis.max(von)
    }

    fn zurueck(&self, sichtbar: usize) -> usize {
        let i = self.anker.partition_point(|(von, _)| *von <= sichtbar);
        match i.checked_sub(1).and_then(|i| self.anker.get(i)) {
            Some((von, markdown)) => markdown + (sichtbar - von),
            None => 0,
        }
    }
}

struct Schreiber<'m> {
    markdown: &'m str,
    text: Lesetext,
}

impl Schreiber<'_> {
    fn bloecke(&mut self, bloecke: &[Block]) {
        for block in bloecke {
            self.block(block, None);
        }
    }

    /// Writes a block; a label goes before its first line.
    fn block(&mut self, block: &Block, label: Option<(&str, usize)>) {
        match &block.kind {
            BlockKind::Heading { level, text, .. } => {
                self.zeile(block.range.start, Zeilenart::Ueberschrift(*level), |s| {
                    s.laeufe(text);
                });
            }
            BlockKind::Paragraph(text) => self.zeile(block.range.start, Zeilenart::Text, |s| {
                if let Some((label, stelle)) = label {
                    s.fest(label, stelle);
                    s.fest(" ", stelle);
                }
                s.laeufe(text);
            }),
            BlockKind::List(list) => list.items.iter().for_each(|item| self.punkt(item)),
            BlockKind::Table(tabelle) => {
                if let Some(titel) = &tabelle.caption {
                    self.titel(titel, block.range.start);
                }
                for reihe in tabelle.head.iter().chain(&tabelle.rows) {
                    self.reihe(reihe);
                }
            }
            BlockKind::Quote(innen) | BlockKind::Together(innen) | BlockKind::Landscape(innen) => {
                self.bloecke(innen);
            }
            BlockKind::Code(text) => {
                let mut hier = block.range.start;
                for zeile in text.lines() {
                    self.zeile(block.range.start, Zeilenart::Text, |s| {
                        hier = s.wie_geschrieben(zeile, hier..block.range.end);
                    });
                }
            }
            BlockKind::Figure { caption, .. } => {
                if let Some(titel) = caption {
                    self.titel(titel, block.range.start);
                }
            }
            BlockKind::Signature { party, office } => {
                self.zeile(block.range.start, Zeilenart::Unterschrift, |s| {
                    let danach = s.wie_geschrieben(party, block.range.clone());
                    s.fest("\t", danach);
                    s.wie_geschrieben(office, danach..block.range.end);
                });
            }
            BlockKind::Annex { label, .. } => {
                self.zeile(block.range.start, Zeilenart::Text, |s| {
                    s.fest(label, block.range.start);
                });
            }
            BlockKind::Rule | BlockKind::PageBreak => {}
        }
    }

    fn punkt(&mut self, punkt: &ListItem) {
        let mut label = Some((punkt.label.as_str(), punkt.range.start));
        for block in &punkt.blocks {
            self.block(block, label.take());
        }
    }

    fn reihe(&mut self, zellen: &[Cell]) {
        let von = zellen.first().map_or(0, |zelle| zelle.range.start);
        self.zeile(von, Zeilenart::Tabellenzeile, |s| {
            for (i, zelle) in zellen.iter().enumerate() {
                if i > 0 {
                    s.fest("\t", zelle.range.start);
                }
                s.laeufe(&zelle.text);
            }
        });
    }

    fn zeile(&mut self, markdown: usize, art: Zeilenart, schreibe: impl FnOnce(&mut Self)) {
        let von = self.text.text.len();
        schreibe(self);
        let sichtbar = von..self.text.text.len();
        if self.text.text[sichtbar.clone()].trim().is_empty() {
            self.text.text.truncate(von);
            while self.text.anker.last().is_some_and(|(at, _)| *at >= von) {
                self.text.anker.pop();
            }
            return;
        }
        self.text.text.push('\n');
        self.text.zeilen.push(Zeile {
            sichtbar,
            markdown,
            art,
        });
    }

    /// The caption of what begins at this byte: it stands in a directive shortly before.
    fn titel(&mut self, titel: &str, block: usize) {
        let davor = self.markdown.get(..block).unwrap_or_default();
        let anweisung = davor.rfind("<!-- titel:").unwrap_or(block);
        self.zeile(block, Zeilenart::Text, |s| {
            s.wie_geschrieben(titel, anweisung..block);
        });
    }

    /// Text that stands in the Markdown as it is, somewhere in this range; where it ends. Text that does not stand there
    /// so is placed at the begin of the range.
    fn wie_geschrieben(&mut self, text: &str, bereich: Range<usize>) -> usize {
        let quelle = self.markdown.get(bereich.clone()).unwrap_or_default();
        let Some(at) = quelle.find(text).map(|at| bereich.start + at) else {
            self.fest(text, bereich.start);
            return bereich.start;
        };
        for (i, c) in text.char_indices() {
            self.zeichen(c, at + i);
        }
        at + text.len()
    }

    /// Text that the reader of the Markdown made up: all of it stands at one place.
    fn fest(&mut self, text: &str, stelle: usize) {
        for c in text.chars() {
            self.zeichen(c, stelle);
        }
    }

    fn laeufe(&mut self, laeufe: &[Inline]) {
        for lauf in laeufe {
            match lauf {
                Inline::Text(lauf) => self.lauf(lauf),
                Inline::Break => {
                    let stelle = self.ende();
                    self.zeichen(' ', stelle);
                }
                Inline::NoteRef { .. } => {}
            }
        }
    }

    /// Walks along the source beside the visible text: escapes, marks and folded white space lie between.
    fn lauf(&mut self, lauf: &Run) {
        let quelle = self.markdown.get(lauf.range.clone()).unwrap_or_default();
        let mut hier = 0;
        for c in lauf.text.chars() {
            let rest = quelle.get(hier..).unwrap_or_default();
            let gefunden = if rest.starts_with(c) {
                Some(0)
            } else if c == ' ' {
                rest.find(char::is_whitespace)
            } else {
                rest.find(c)
            };
            // Entities have no letter of their own in the source; what follows them is found again.
            let nah = gefunden.filter(|vor| *vor <= WEITESTER_SPRUNG);
            let stelle = hier + nah.unwrap_or(0);
            self.zeichen(c, lauf.range.start + stelle);
            if nah.is_some() {
                hier = stelle + quelle[stelle..].chars().next().map_or(0, char::len_utf8);
            }
        }
    }

    /// Where the last character stands in the Markdown, and one further.
    fn ende(&self) -> usize {
        match self.text.text.len().checked_sub(1) {
            Some(letztes) => self.text.zurueck(letztes) + 1,
            None => 0,
        }
    }

    fn zeichen(&mut self, c: char, stelle: usize) {
        let hier = self.text.text.len();
        let sichtbar = if matches!(c, '\u{a0}' | '\u{202f}' | '\n') {
            ' '
        } else {
            c
        };
        let letzter = self.text.anker.last();
        if letzter.is_none_or(|(von, markdown)| markdown + (hier - von) != stelle) {
            self.text.anker.push((hier, stelle));
        }
        self.text.text.push(sichtbar);
        // A space may stand for a longer sign; the next character is anchored anew by itself.
    }
}

/// Bytes of source that may lie between two visible characters of one run: an escape, an entity, an indent.
const WEITESTER_SPRUNG: usize = 40;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::parse;

    fn lesetext(markdown: &str) -> Lesetext {
        Lesetext::aus(&parse(markdown).0, markdown)
    }

    /// The Markdown that made these words.
    fn quelle<'m>(markdown: &'m str, worte: &str) -> &'m str {
        let text = lesetext(markdown);
        let von = text.text.find(worte).unwrap();
        &markdown[text.im_markdown(&(von..von + worte.len()))]
    }

    #[test]
    fn words_lead_back_to_themselves() {
        let markdown = "# Kopf\n\nDie **Kosten** trägt die Stadt.\n";
        assert_eq!(quelle(markdown, "Kosten"), "Kosten");
        assert_eq!(quelle(markdown, "trägt"), "trägt");
    }

    #[test]
    fn escapes_entities_and_line_ends_lie_between() {
        let markdown = "Ein \\*Stern\\* und 5&nbsp;%\nüber zwei Zeilen.\n";
        assert_eq!(quelle(markdown, "Stern* und"), "Stern\\* und");
        assert_eq!(quelle(markdown, "% über"), "%\nüber");
    }

    #[test]
    fn an_item_has_its_label_and_a_row_its_tabs() {
        let text = lesetext("(1) Erstens gilt.\n\n| a | b |\n|---|---|\n| x | y |\n").text;
        assert_eq!(text, "(1) Erstens gilt.\na\tb\nx\ty\n");
    }

    #[test]
    fn a_signature_is_body_and_office() {
        let text = lesetext("<!-- unterschrift: Kreis Unna | Der Landrat -->\n");
        assert_eq!(text.text, "Kreis Unna\tDer Landrat\n");
        assert_eq!(text.zeilen[0].art, Zeilenart::Unterschrift);
    }

    #[test]
    fn what_stands_in_directives_and_code_leads_back_to_itself() {
        let unterschrift = "Davor.\n\n<!-- unterschrift: Kreis Unna | Der Landrat -->\n";
        assert_eq!(quelle(unterschrift, "Unna"), "Unna");
        let text = lesetext(unterschrift);
        let amt = text.text.find("Landrat").unwrap();
        let amt = text.im_markdown(&(amt..amt + 7)).start;
        assert_eq!(unterschrift.find("Landrat"), Some(amt));
        let tabelle = "<!-- titel: Was es kostet -->\n\n| a | b |\n|---|---|\n| x | y |\n";
        let text = lesetext(tabelle);
        let titel = text.text.find("kostet").unwrap();
        let titel = text.im_markdown(&(titel..titel + 6)).start;
        assert_eq!(tabelle.find("kostet"), Some(titel));
        let code = "```\neins\nzwei\n```\n";
        assert_eq!(quelle(code, "zwei"), "zwei");
    }

    #[test]
    fn no_break_spaces_read_as_spaces() {
        assert_eq!(
            lesetext("§\u{a0}23 GkG\u{202f}NRW\n").text,
            "§ 23 GkG NRW\n"
        );
    }

    #[test]
    fn every_word_of_a_long_paper_leads_back_to_itself() {
        let markdown = crate::check::handbuch();
        let text = lesetext(&markdown);
        let mut wort = 0..0;
        let mut gesehen = 0;
        for (i, c) in text.text.char_indices() {
            if c.is_alphanumeric() {
                wort.end = i + c.len_utf8();
                continue;
            }
            let in_code = markdown[text.im_markdown(&wort)].starts_with("```");
            if !wort.is_empty() && !in_code {
                let zurueck = &markdown[text.im_markdown(&wort)];
                // Lines of code and captions stand at the place of their block.
                if zurueck.chars().all(char::is_alphanumeric) {
                    assert_eq!(zurueck, &text.text[wort.clone()]);
                    gesehen += 1;
                }
            }
            wort = i + c.len_utf8()..i + c.len_utf8();
        }
        assert!(gesehen > 300, "{gesehen}");
    }
}
