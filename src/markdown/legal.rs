//! Legal lists: paragraphs that begin with `(1)`, `a)` or `aa)` become items, nested `(1)` > `1.` > `a)` > `aa)`.
//!
//! How siblings are gathered:
//! - A run starts at `(1)`, `a)` or `aa)` and goes on with its next label, over any number of deeper items.
//!   It needs two labels; `(1)` alone is an item only right below a heading (an Absatz of a clause).
//! - A first label of deeper rank, and a numbered list of CommonMark, nest in the last open item.
//!   A first label of equal or higher rank begins a list of its own.
//! - A bulleted list right after an item belongs to it.
//! - Other blocks without a label belong to the item before the *next* label of a run, so that the run goes on.
//!   After the last label they stand outside of the list, as does all of lower rank that follows them.
//! - A numbered list of CommonMark holds what is indented below it, and labels that follow it at once; nothing else.
//! - A heading ends all runs. `zusammen`, `quer`, `seite`, a rule or a signature end the list but not the counting.
//! - `\(1)` is no label.

mod label;

use std::ops::Range;

use self::label::Label;
use super::ast::{Block, BlockKind, List, ListItem, ListKind};
use super::numbering;
use super::reader::Context;

pub(super) use self::label::check_lines;

/// Gathers the legal lists among siblings.
pub(super) fn gather(blocks: Vec<Block>, context: &mut Context<'_>) -> Vec<Block> {
    gather_with(blocks, &mut Carry::default(), context)
}

/// What goes on over the borders of groups.
#[derive(Debug, Default)]
struct Carry {
    /// Runs that were interrupted, outermost first, with the label that would continue each.
    resume: Vec<Label>,
    /// Whether the block before is a heading.
    after_heading: bool,
    /// The number that would continue the last numbered list.
    decimal_next: Option<u64>,
}

fn rank(kind: ListKind) -> u8 {
    match kind {
        ListKind::Parenthesized => 0,
        ListKind::Decimal => 1,
        ListKind::Alphabetic => 2,
        ListKind::DoubleAlphabetic => 3,
        ListKind::Bullet => 4,
    }
}

struct OpenRun {
    kind: ListKind,
    /// The sign behind the numbers of a numbered list.
    sign: Option<char>,
    next: Label,
    items: Vec<OpenItem>,
    /// Whether one item is enough.
    may_be_single: bool,
    /// Whether blocks that wait already begin another run of this kind.
    sealed: bool,
}

struct OpenItem {
    item: ListItem,
    /// The paragraph with its label, should the item turn out to be none.
    paragraph: Option<Block>,
}

fn gather_with(blocks: Vec<Block>, carry: &mut Carry, context: &mut Context<'_>) -> Vec<Block> {
    let mut gatherer = Gatherer {
        out: Vec::with_capacity(blocks.len()),
        runs: Vec::new(),
        waiting: Vec::new(),
        carry,
        context,
    };
    for block in blocks {
        gatherer.block(block);
    }
    gatherer.end_list();
    gatherer.out
}

struct Gatherer<'c, 'a> {
    out: Vec<Block>,
    /// The open runs, outermost first.
    runs: Vec<OpenRun>,
    /// Blocks after the last label, whose owner the next label decides.
    waiting: Vec<Block>,
    carry: &'c mut Carry,
    context: &'c mut Context<'a>,
}

impl Gatherer<'_, '_> {
    fn block(&mut self, block: Block) {
        let after_heading = std::mem::take(&mut self.carry.after_heading);
        if let Some(label) = label::of_paragraph(&block, self.context.source) {
            self.labelled(block, label, after_heading);
            return;
        }
        let Block { range, kind } = block;
        match kind {
            BlockKind::Heading { .. } => {
                self.end_list();
                *self.carry = Carry {
                    after_heading: true,
                    ..Carry::default()
                };
                self.out.push(Block { range, kind });
            }
            BlockKind::Together(inner) => {
                self.carry.after_heading = after_heading;
                let inner = self.group(inner);
                self.out.push(Block {
                    range,
                    kind: BlockKind::Together(inner),
                });
            }
            BlockKind::Landscape(inner) => {
                self.carry.after_heading = after_heading;
                let inner = self.group(inner);
                self.out.push(Block {
                    range,
                    kind: BlockKind::Landscape(inner),
                });
            }
            BlockKind::PageBreak => {
                self.interrupt();
                self.carry.after_heading = after_heading;
                self.out.push(Block { range, kind });
            }
            BlockKind::Signature { .. } | BlockKind::Rule => {
                self.interrupt();
                self.out.push(Block { range, kind });
            }
            BlockKind::List(list) if list.kind == ListKind::Decimal => self.numbered(range, list),
            BlockKind::List(list) if list.kind == ListKind::Bullet && self.waiting.is_empty() => {
                self.bullets(Block {
                    range,
                    kind: BlockKind::List(list),
                });
            }
            kind => self.unlabelled(Block { range, kind }),
        }
    }

    fn labelled(&mut self, block: Block, label: Label, after_heading: bool) {
        let open = self
            .runs
            .iter()
            .rposition(|run| !run.sealed && label.continues(run.next));
        if let Some(at) = open {
            self.close_to(at + 1);
            self.attach_waiting();
            self.add_item(block, label);
            return;
        }
        let resumed = self
            .carry
            .resume
            .iter()
            .rposition(|next| label.continues(*next));
        if let Some(at) = resumed {
            self.end_list();
            self.carry.resume.truncate(at);
            self.open(label, None, true);
            self.add_item(block, label);
            return;
        }
        if label.number != 1 {
            self.report_jump(&block, label);
            self.unlabelled(block);
            return;
        }
        if let Some(block) = self.make_room(block, label.kind) {
            let first_of_clause = after_heading && label.kind == ListKind::Parenthesized;
            self.open(label, None, first_of_clause);
            self.add_item(block, label);
        }
    }

    fn numbered(&mut self, range: Range<usize>, list: List) {
        let start = numbering::first_number(&list).unwrap_or(1);
        let sign = list
            .items
            .first()
            .and_then(|item| item.label.trim_end_matches([' ', '☐', '☒']).chars().last());
        let continued = self.runs.iter().rposition(|run| {
            run.kind == ListKind::Decimal
                && run.next.number == start
                && run.sign == sign
                && !run.sealed
        });
        let next = Label {
            kind: ListKind::Decimal,
            number: start,
            length: 0,
        };
        match continued.filter(|_| self.waiting.is_empty()) {
            Some(at) => self.close_to(at + 1),
            None => {
                let block = Block {
                    range,
                    kind: BlockKind::List(list),
                };
                let Some(Block {
                    range,
                    kind: BlockKind::List(list),
                }) = self.make_room(block, ListKind::Decimal)
                else {
                    return;
                };
                self.report_stray_number(&range, &list, start);
                self.open(next, sign, true);
                self.add_items(list);
                return;
            }
        }
        self.add_items(list);
    }

    fn add_items(&mut self, list: List) {
        if let Some(run) = self.runs.last_mut() {
            run.next.number += list.items.len() as u64;
            self.carry.decimal_next = Some(run.next.number);
            run.items
                .extend(list.items.into_iter().map(|item| OpenItem {
                    item,
                    paragraph: None,
                }));
        }
    }

    /// A list right after an item belongs to it; below a numbered item CommonMark would have indented it.
    fn bullets(&mut self, block: Block) {
        let legal = self
            .runs
            .iter()
            .rposition(|run| run.kind != ListKind::Decimal);
        match legal {
            Some(at) => {
                self.close_to(at + 1);
                self.append(vec![block]);
            }
            None => {
                self.end_list();
                self.out.push(block);
            }
        }
    }

    fn unlabelled(&mut self, block: Block) {
        if self.runs.is_empty() {
            self.out.push(block);
        } else {
            self.waiting.push(block);
        }
    }

    /// Closes what a new run of `kind` ends; gives the block back unless it has to wait with those before it.
    fn make_room(&mut self, block: Block, kind: ListKind) -> Option<Block> {
        let outermost = self.runs.first().map(|run| rank(run.kind));
        if outermost.is_none_or(|outermost| outermost >= rank(kind)) {
            self.end_list();
            return Some(block);
        }
        if self.waiting.is_empty() {
            let keep = self
                .runs
                .iter()
                .take_while(|run| rank(run.kind) < rank(kind))
                .count();
            self.close_to(keep);
            return Some(block);
        }
        if self
            .runs
            .first()
            .is_some_and(|run| run.kind == ListKind::Decimal)
        {
            self.end_list();
            return Some(block);
        }
        for run in self
            .runs
            .iter_mut()
            .filter(|run| rank(run.kind) >= rank(kind))
        {
            run.sealed = true;
        }
        self.waiting.push(block);
        None
    }

    fn open(&mut self, first: Label, sign: Option<char>, may_be_single: bool) {
        self.carry
            .resume
            .retain(|outer| rank(outer.kind) < rank(first.kind));
        self.runs.push(OpenRun {
            kind: first.kind,
            sign,
            next: first,
            items: Vec::new(),
            may_be_single,
            sealed: false,
        });
    }

    fn add_item(&mut self, block: Block, label: Label) {
        let Some(run) = self.runs.last_mut() else {
            return;
        };
        run.next = label.next();
        run.items.push(OpenItem {
            item: label::item(&block, label, self.context.source),
            paragraph: Some(block),
        });
    }

    /// Blocks that waited belong to the last open item.
    fn attach_waiting(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        let blocks = self.gather_waiting(waiting);
        self.append(blocks);
    }

    fn gather_waiting(&mut self, waiting: Vec<Block>) -> Vec<Block> {
        if waiting.len() < 2 {
            return waiting;
        }
        let mut carry = Carry {
            decimal_next: self.carry.decimal_next,
            ..Carry::default()
        };
        gather_with(waiting, &mut carry, self.context)
    }

    fn append(&mut self, blocks: Vec<Block>) {
        match self.runs.last_mut().and_then(|run| run.items.last_mut()) {
            Some(open) => open.item.blocks.extend(blocks),
            None => self.out.extend(blocks),
        }
    }

    /// Closes the innermost runs until `count` are open.
    fn close_to(&mut self, count: usize) {
        while self.runs.len() > count {
            let Some(run) = self.runs.pop() else {
                return;
            };
            let blocks = close(run);
            self.append(blocks);
        }
    }

    /// Ends the whole list; blocks that waited stand after it.
    fn end_list(&mut self) {
        self.close_to(0);
        let waiting = std::mem::take(&mut self.waiting);
        let blocks = self.gather_waiting(waiting);
        self.out.extend(blocks);
    }

    /// Ends the list, but remembers where it would go on.
    fn interrupt(&mut self) {
        if !self.runs.is_empty() {
            let open = self.runs.iter().filter(|run| run.kind != ListKind::Decimal);
            self.carry.resume.extend(open.map(|run| run.next));
            for run in &mut self.runs {
                run.may_be_single = true;
            }
        }
        self.end_list();
    }

    fn group(&mut self, inner: Vec<Block>) -> Vec<Block> {
        self.interrupt();
        let mut gatherer = Gatherer {
            out: Vec::with_capacity(inner.len()),
            runs: Vec::new(),
            waiting: Vec::new(),
            carry: &mut *self.carry,
            context: &mut *self.context,
        };
        for block in inner {
            gatherer.block(block);
        }
        gatherer.interrupt();
        gatherer.out
    }

    /// „(4)“ after „(2)“: an item is missing, or the run was not meant to go on.
    fn report_jump(&mut self, block: &Block, label: Label) {
        if !self.waiting.is_empty() {
            return;
        }
        let Some(next) = self
            .runs
            .iter()
            .rev()
            .map(|run| run.next)
            .find(|next| next.kind == label.kind)
        else {
            return;
        };
        let start = block.range.start;
        self.context.befunde.warnung(
            "zaehlung-springt",
            &(start..start + label.length),
            format!("hier wäre „{next}“ zu erwarten; der Absatz gehört so nicht zur Aufzählung"),
            "fortlaufend zählen; ist es keine Aufzählung, „\\“ vor die Klammer setzen",
        );
    }

    /// One numbered item that does not begin at 1 is mostly a sentence that begins with a number.
    fn report_stray_number(&mut self, range: &Range<usize>, list: &List, start: u64) {
        if start != 1 && list.items.len() == 1 && self.carry.decimal_next != Some(start) {
            self.context.befunde.warnung(
                "zahl-wird-liste",
                range,
                format!(
                    "„{start}.“ am Anfang eines Absatzes ist für Markdown eine nummerierte Liste"
                ),
                format!("„{start}\\.“ schreiben, wenn es keine Aufzählung ist"),
            );
        }
    }
}

/// The blocks that a closed run becomes: a list, or its paragraph where one label stood alone.
fn close(run: OpenRun) -> Vec<Block> {
    let alone = run.items.len() == 1 && !run.may_be_single;
    let mut items = Vec::with_capacity(run.items.len());
    for open in run.items {
        match open.paragraph {
            Some(paragraph) if alone => {
                let own_text = usize::from(matches!(
                    open.item.blocks.first().map(|block| &block.kind),
                    Some(BlockKind::Paragraph(_))
                ));
                let mut blocks = vec![paragraph];
                blocks.extend(open.item.blocks.into_iter().skip(own_text));
                return blocks;
            }
            _ => items.push(widened(open.item)),
        }
    }
    let (Some(first), Some(last)) = (items.first(), items.last()) else {
        return Vec::new();
    };
    vec![Block {
        range: first.range.start..last.range.end,
        kind: BlockKind::List(List {
            kind: run.kind,
            items,
        }),
    }]
}

/// An item's place covers all that was attached to it.
fn widened(mut item: ListItem) -> ListItem {
    if let Some(last) = item.blocks.last() {
        item.range.end = item.range.end.max(last.range.end);
    }
    item
}
