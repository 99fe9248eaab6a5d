//! Directives take effect on their neighbours; after this stage none is left.
//!
//! `klausel`, `unterschrift`, `seite`, `zusammen` and `quer` stand at the top level of a paper only;
//! `spalten` and `titel` stand wherever a table or figure may stand.

use std::ops::Range;

use super::ast::{Block, BlockKind};
use super::directive::{Directive, Group};
use super::legal;
use super::reader::Context;

/// A block or a directive among its siblings.
#[derive(Debug)]
pub(super) struct Part {
    /// Its place.
    pub(super) range: Range<usize>,
    /// What it is.
    pub(super) kind: PartKind,
}

/// What a [`Part`] is.
#[derive(Debug)]
pub(super) enum PartKind {
    /// A block.
    Block(BlockKind),
    /// A directive.
    Directive(Directive),
}

/// Where siblings stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// At the top level of the paper.
    Top,
    /// In a quote, an item or a note.
    Inside,
}

/// Applies the directives among siblings and gathers legal lists.
pub(super) fn assemble(parts: Vec<Part>, place: Place, context: &mut Context<'_>) -> Vec<Block> {
    let mut assembly = Assembly {
        place,
        groups: Vec::new(),
        ignored: Vec::new(),
        blocks: Vec::new(),
        pending: Pending::default(),
        context,
    };
    for part in parts {
        match part.kind {
            PartKind::Block(kind) => assembly.block(part.range, kind),
            PartKind::Directive(directive) => assembly.directive(directive, &part.range),
        }
    }
    let blocks = assembly.finish();
    legal::gather(blocks, context)
}

struct Assembly<'c, 'a> {
    place: Place,
    groups: Vec<OpenGroup>,
    /// Openings that had no effect: their closings shall have none either.
    ignored: Vec<Group>,
    blocks: Vec<Block>,
    pending: Pending,
    context: &'c mut Context<'a>,
}

struct OpenGroup {
    group: Group,
    range: Range<usize>,
    /// The blocks before it, among its siblings.
    before: Vec<Block>,
}

/// Directives that wait for the block after them.
#[derive(Default)]
struct Pending {
    klausel: Option<(String, Range<usize>)>,
    titel: Option<(String, Range<usize>)>,
    spalten: Option<(Vec<u32>, Range<usize>)>,
}

impl Assembly<'_, '_> {
    fn directive(&mut self, directive: Directive, range: &Range<usize>) {
        match directive {
            Directive::Titel(caption) => {
                let earlier = self.pending.titel.replace((caption, range.clone()));
                self.twice("titel", earlier.map(|(_, range)| range));
                return;
            }
            Directive::Spalten(weights) => {
                let earlier = self.pending.spalten.replace((weights, range.clone()));
                self.twice("spalten", earlier.map(|(_, range)| range));
                return;
            }
            _ => self.drop_pending(),
        }
        if self.place == Place::Inside {
            self.context.befunde.fehler(
                "anweisung-falsche-stelle",
                range,
                "diese Anweisung wirkt nicht in einer Liste, einem Zitat oder einer Fußnote",
                "sie ohne Einrückung zwischen zwei Absätze setzen",
            );
            return;
        }
        match directive {
            Directive::Klausel(key) => self.pending.klausel = Some((key, range.clone())),
            Directive::Open(group) => self.open(group, range),
            Directive::Close(group) => self.close(group, range),
            Directive::Unterschrift { party, office } => {
                self.blocks.push(Block {
                    range: range.clone(),
                    kind: BlockKind::Signature { party, office },
                });
            }
            Directive::Seite if self.groups.iter().any(|open| open.group == Group::Zusammen) => {
                self.context.befunde.fehler(
                    "anweisung-falsche-stelle",
                    range,
                    "was „zusammen“ bleibt, kann keine neue Seite beginnen",
                    "„seite“ löschen oder davor mit „<!-- /zusammen -->“ schließen",
                );
            }
            Directive::Seite => self.blocks.push(Block {
                range: range.clone(),
                kind: BlockKind::PageBreak,
            }),
            // At the top level a block of its own is no part of a paper: the document is divided there before it is read.
            Directive::Anlage(_) => self.context.befunde.fehler(
                "anweisung-falsche-stelle",
                range,
                "diese Anweisung steht nicht auf einer eigenen Zeile",
                "vor und nach „<!-- anlage: … -->“ eine Leerzeile setzen",
            ),
            Directive::Titel(_) | Directive::Spalten(_) => {}
        }
    }

    fn open(&mut self, group: Group, range: &Range<usize>) {
        if let Some(outer) = self
            .groups
            .last()
            .filter(|open| open.group == group || group == Group::Quer)
        {
            let name = group.name();
            let outer_name = outer.group.name();
            self.context.befunde.fehler(
                "anweisung-verschachtelt",
                range,
                format!("„{name}“ kann nicht innerhalb von „{outer_name}“ beginnen"),
                format!("davor mit „<!-- /{outer_name} -->“ schließen"),
            );
            self.ignored.push(group);
            return;
        }
        self.groups.push(OpenGroup {
            group,
            range: range.clone(),
            before: std::mem::take(&mut self.blocks),
        });
    }

    fn close(&mut self, group: Group, range: &Range<usize>) {
        if let Some(at) = self.ignored.iter().rposition(|ignored| *ignored == group) {
            self.ignored.remove(at);
            return;
        }
        let name = group.name();
        if !self.groups.iter().any(|open| open.group == group) {
            self.context.befunde.fehler(
                "anweisung-ohne-anfang",
                range,
                format!("„/{name}“ schließt etwas, das nicht begonnen hat"),
                format!("„<!-- {name} -->“ an den Anfang setzen oder diese Zeile löschen"),
            );
            return;
        }
        while let Some(open) = self.groups.pop() {
            let found = open.group == group;
            if !found {
                let inner = open.group.name();
                self.context.befunde.fehler(
                    "anweisung-verschachtelt",
                    range,
                    format!("„/{name}“ schließt, bevor „{inner}“ geschlossen ist"),
                    format!("davor „<!-- /{inner} -->“ setzen"),
                );
            }
            self.end_group(open, range.end);
            if found {
                return;
            }
        }
    }

    fn end_group(&mut self, open: OpenGroup, end: usize) {
        let inner = std::mem::replace(&mut self.blocks, open.before);
        if inner.is_empty() {
            let name = open.group.name();
            self.context.befunde.hinweis(
                "anweisung-wirkungslos",
                &open.range,
                format!("zwischen „{name}“ und „/{name}“ steht nichts"),
                "beide Zeilen löschen",
            );
            return;
        }
        self.blocks.push(Block {
            range: open.range.start..end,
            kind: match open.group {
                Group::Zusammen => BlockKind::Together(inner),
                Group::Quer => BlockKind::Landscape(inner),
            },
        });
    }

    fn block(&mut self, range: Range<usize>, mut kind: BlockKind) {
        match &mut kind {
            BlockKind::Heading { anchor, .. } => {
                if let Some((key, place)) = self.pending.klausel.take() {
                    anchor.clone_from(&key);
                    self.context.klauseln.push((key, place));
                }
            }
            BlockKind::Table(table) => {
                if let Some((caption, _)) = self.pending.titel.take() {
                    table.caption = Some(caption);
                }
                if let Some((weights, place)) = self.pending.spalten.take() {
                    if weights.len() == table.columns.len() {
                        for (column, weight) in table.columns.iter_mut().zip(weights) {
                            column.weight = Some(weight);
                        }
                    } else {
                        self.context.befunde.fehler(
                            "spalten-anzahl",
                            &place,
                            format!(
                                "„spalten“ nennt {} Breiten, die Tabelle hat {} Spalten",
                                weights.len(),
                                table.columns.len()
                            ),
                            "für jede Spalte eine Breite nennen",
                        );
                    }
                }
            }
            BlockKind::Figure { caption, .. } => {
                if let Some((text, _)) = self.pending.titel.take() {
                    *caption = Some(text);
                }
            }
            _ => {}
        }
        self.drop_pending();
        self.blocks.push(Block { range, kind });
    }

    fn finish(mut self) -> Vec<Block> {
        self.drop_pending();
        while let Some(open) = self.groups.pop() {
            let name = open.group.name();
            self.context.befunde.fehler(
                "anweisung-offen",
                &open.range,
                format!("„{name}“ wird nicht geschlossen und bleibt ohne Wirkung"),
                format!("„<!-- /{name} -->“ an das Ende setzen"),
            );
            let inner = std::mem::replace(&mut self.blocks, open.before);
            self.blocks.extend(inner);
        }
        self.blocks
    }

    fn twice(&mut self, name: &str, earlier: Option<Range<usize>>) {
        if let Some(range) = earlier {
            self.context.befunde.fehler(
                "anweisung-doppelt",
                &range,
                format!("„{name}“ steht zweimal vor demselben Block; dieses bleibt ohne Wirkung"),
                "eine der beiden Zeilen löschen",
            );
        }
    }

    /// Reports what waited for a block that did not come.
    fn drop_pending(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        let lost = [
            (
                pending.klausel.map(|(_, range)| range),
                "klausel",
                "einer Überschrift",
            ),
            (
                pending.spalten.map(|(_, range)| range),
                "spalten",
                "einer Tabelle",
            ),
            (
                pending.titel.map(|(_, range)| range),
                "titel",
                "einer Tabelle oder Abbildung",
            ),
        ];
        for (range, name, wanted) in lost {
            if let Some(range) = range {
                self.context.befunde.fehler(
                    "anweisung-ohne-ziel",
                    &range,
                    format!("„{name}“ steht nicht unmittelbar vor {wanted}"),
                    format!("die Zeile direkt vor den Block setzen, für den sie gilt, oder sie löschen; „{name}“ gehört vor {wanted}"),
                );
            }
        }
    }
}
