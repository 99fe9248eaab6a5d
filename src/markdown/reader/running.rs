//! What a stretch of running text becomes: a paragraph, a figure, a heading, a cell.

use std::ops::Range;

use super::{Frame, FrameKind, Reader};
use crate::markdown::ast::BlockKind;
use crate::markdown::inline::{InlineBuilder, Inlines, shortened};
use crate::markdown::{legal, links, numbering, table, text};

/// What a stretch of running text will be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextKind {
    /// A paragraph, or a figure if all of it is one image.
    Paragraph,
    /// A heading of this level.
    Heading(u8),
    /// A cell of the open table.
    Cell,
}

impl Reader<'_, '_> {
    /// Begins a text.
    pub(super) fn begin_text(&mut self, kind: TextKind, range: Range<usize>) {
        self.text = Some((kind, InlineBuilder::new(range)));
    }

    /// Ends the open text, if one is, and makes of it what it is.
    pub(super) fn end_text(&mut self) {
        let Some((kind, builder)) = self.text.take() else {
            return;
        };
        let mut inlines = builder.finish(self.context);
        if let (
            Some(ticked),
            Some(Frame {
                kind: FrameKind::Item { label },
                ..
            }),
        ) = (
            inlines.task,
            self.frames.last_mut().filter(|_| self.skipped == 0),
        ) {
            numbering::tick(label, ticked);
        }
        match kind {
            TextKind::Cell => {
                self.report_images(&inlines);
                if let Some(table) = &mut self.table {
                    table.cell(inlines);
                }
            }
            TextKind::Heading(level) => self.heading(level, inlines),
            TextKind::Paragraph if inlines.sole_image => {
                if let Some((range, kind)) = self.figure(&mut inlines) {
                    self.push(range, kind);
                }
            }
            TextKind::Paragraph => {
                self.report_images(&inlines);
                self.check_paragraph(&inlines.range);
                if !inlines.out.is_empty() {
                    self.push(inlines.range, BlockKind::Paragraph(inlines.out));
                }
            }
        }
    }

    fn heading(&mut self, level: u8, inlines: Inlines) {
        self.report_images(&inlines);
        let written = self
            .context
            .source
            .get(inlines.range.clone())
            .unwrap_or_default();
        if !written.trim_start().starts_with('#') {
            self.context.befunde.warnung(
                "ueberschrift-unterstrichen",
                &inlines.range,
                "die Linie unter diesem Text macht ihn zur Überschrift",
                format!(
                    "eine Leerzeile vor die Linie setzen oder die Überschrift mit „{}“ schreiben",
                    "#".repeat(usize::from(level))
                ),
            );
        }
        if inlines.out.is_empty() {
            self.context.befunde.warnung(
                "ueberschrift-leer",
                &inlines.range,
                "diese Überschrift hat keinen Text",
                "den Text ergänzen oder die Zeile löschen",
            );
            return;
        }
        self.push(
            inlines.range,
            BlockKind::Heading {
                level,
                text: inlines.out,
                anchor: String::new(),
            },
        );
    }

    /// The figure that a paragraph is, or a paragraph with its alternative where the file cannot be one.
    fn figure(&mut self, inlines: &mut Inlines) -> Option<(Range<usize>, BlockKind)> {
        let image = inlines.images.pop()?;
        if image.titled {
            links::report_title("bild-titel", &image.range, self.context);
        }
        let befunde = &mut self.context.befunde;
        let alt = text::of_inlines(&inlines.out);
        if alt.trim().is_empty() {
            befunde.fehler(
                "bild-ohne-alternativtext",
                &image.range,
                "der Abbildung fehlt der Alternativtext für Menschen, die sie nicht sehen",
                "in die eckigen Klammern schreiben, was die Abbildung zeigt",
            );
            return None;
        }
        match links::figure_path(&image.target) {
            Ok(path) => Some((
                inlines.range.clone(),
                BlockKind::Figure {
                    path,
                    alt,
                    caption: None,
                },
            )),
            Err(reason) => {
                befunde.fehler(
                    "bild-datei",
                    &image.range,
                    format!(
                        "„{}“ ist keine Abbildung, die ein Papier zeigen kann",
                        shortened(&image.target)
                    ),
                    reason,
                );
                Some((
                    inlines.range.clone(),
                    BlockKind::Paragraph(std::mem::take(&mut inlines.out)),
                ))
            }
        }
    }

    fn report_images(&mut self, inlines: &Inlines) {
        for image in &inlines.images {
            self.context.befunde.fehler(
                "bild-im-text",
                &image.range,
                "eine Abbildung mitten im Text lässt sich nicht setzen; es erscheint ihr Alternativtext",
                "die Abbildung in einen eigenen Absatz setzen, mit Leerzeilen davor und danach",
            );
        }
    }

    fn check_paragraph(&mut self, range: &Range<usize>) {
        let source = self.context.source.get(range.clone()).unwrap_or_default();
        if table::looks_like_table(source) {
            self.context.befunde.warnung(
                "tabelle-nicht-erkannt",
                range,
                "dieser Absatz sieht aus wie eine Tabelle, wird aber als Text gesetzt",
                "der Kopfzeile und der Zeile mit „---“ gleich viele Zellen geben und eine Leerzeile davor setzen",
            );
        }
        legal::check_lines(source, range.start, &mut self.context.befunde);
    }
}
