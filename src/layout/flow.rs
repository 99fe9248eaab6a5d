//! Pieces → pages: where pages end, where notes go, and which mark belongs to which node.
//!
//! Pages are filled greedily and then cut back to the last place where they may end; nothing is stretched.

use std::collections::{BTreeMap, VecDeque};

use super::page::{
    Artifact, Item, Kid, LinkArea, Mark, Mpt, Node, NodeId, OutlineItem, Owner, Rect, Role,
};
use super::piece::{Draw, PageBreak, Piece};
use super::setting::{Head, Target};
use super::sheet::{self, Sheet};
use crate::markdown::ast::LinkTarget;

mod links;
mod tree;

/// Space between text and the rule above the notes, and between the rule and the notes.
const NOTES_ABOVE: Mpt = 9_000;
const NOTES_BELOW: Mpt = 4_000;
const NOTES_RULE: Mpt = 110_000;
/// A note longer than this part of the page may go on over the page's end.
const LONG_NOTE_PART: Mpt = 3;

/// A page without its head and foot.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) landscape: bool,
    /// The annex that it belongs to, from 1; 0 for the paper itself.
    pub(crate) section: usize,
    /// Behind the text.
    pub(crate) under: Vec<Item>,
    pub(crate) marks: Vec<Mark>,
    /// On top of it.
    pub(crate) over: Vec<Item>,
    pub(crate) links: Vec<LinkArea>,
}

/// What the flow needs to know.
pub(crate) struct Flow<'a> {
    pub(crate) tree: Vec<Node>,
    pub(crate) heads: &'a [Head],
    pub(crate) targets: &'a [Target],
    pub(crate) links: &'a [LinkTarget],
    pub(crate) drafts: Vec<Draft>,
    /// Page and height of each target that has been placed.
    places: BTreeMap<usize, (usize, Mpt)>,
    /// Links that wait for their targets: page, link of the page, link of the document.
    open_links: Vec<(usize, usize, usize)>,
    attached: Vec<bool>,
    noted: Vec<bool>,
}

impl<'a> Flow<'a> {
    /// Places all pieces; `first_top` is where the text of page 1 begins.
    pub(crate) fn run(
        tree: Vec<Node>,
        (heads, targets, links): (&'a [Head], &'a [Target], &'a [LinkTarget]),
        mut pieces: Vec<Piece>,
        mut notes: Vec<Vec<Piece>>,
        first_top: Mpt,
    ) -> Self {
        let mut attached = vec![false; tree.len()];
        if let Some(root) = attached.first_mut() {
            *root = true;
        }
        let mut flow = Self {
            tree,
            heads,
            targets,
            links,
            drafts: Vec::new(),
            places: BTreeMap::new(),
            open_links: Vec::new(),
            attached,
            noted: vec![false; notes.len()],
        };
        let mut carried: VecDeque<Piece> = VecDeque::new();
        let mut at = 0;
        while at < pieces.len() || !carried.is_empty() || flow.drafts.is_empty() {
            let landscape = pieces.get(at).is_some_and(|piece| piece.landscape);
            let sheet = Sheet::new(landscape);
            let top = if flow.drafts.is_empty() {
                first_top
            } else {
                sheet.top
            };
            let depth = sheet.height - sheet.bottom - top;
            let end = flow.page_end(&pieces, &notes, at, depth, &carried);
            let last_section = flow.drafts.last().map_or(0, |draft| draft.section);
            flow.drafts.push(Draft {
                landscape,
                section: pieces.get(at).map_or(last_section, |piece| piece.section),
                ..Draft::default()
            });
            let mut y = top;
            if let Some(head) = pieces
                .get(at)
                .and_then(|piece| piece.head)
                .and_then(|head| heads.get(head))
            {
                flow.repeat_head(head, y);
                y += head.height;
            }
            for (index, piece) in pieces
                .get_mut(at..end)
                .unwrap_or_default()
                .iter_mut()
                .enumerate()
            {
                if index > 0 {
                    y += piece.before;
                }
                for note in std::mem::take(&mut piece.notes) {
                    flow.call_note(note, &mut notes, &mut carried);
                }
                flow.place(std::mem::take(&mut piece.draws), y);
                y += piece.height;
            }
            flow.foot_notes(&sheet, y, &mut notes, &mut carried);
            at = end;
        }
        flow.resolve_links();
        flow
    }

    /// Bookmarks in reading order.
    pub(crate) fn outline(&self) -> Vec<OutlineItem> {
        self.places
            .iter()
            .filter_map(|(index, (page, y))| {
                let target = self.targets.get(*index)?;
                Some(OutlineItem {
                    level: target.level,
                    text: target.text.clone(),
                    page: *page,
                    y: *y,
                })
            })
            .collect()
    }

    /// The piece before which the page ends that begins with piece `at`.
    fn page_end(
        &self,
        pieces: &[Piece],
        notes: &[Vec<Piece>],
        at: usize,
        depth: Mpt,
        carried: &VecDeque<Piece>,
    ) -> usize {
        let waiting: Mpt = carried
            .iter()
            .map(|piece| piece.height + piece.before)
            .sum();
        let most = depth - 4 * sheet::TEXT.leading;
        let mut foot = if carried.is_empty() {
            0
        } else {
            (waiting + NOTES_ABOVE + NOTES_BELOW).min(most)
        };
        let mut called: Vec<usize> = Vec::new();
        let mut used = 0;
        let mut best: Option<(Mpt, usize)> = None;
        let Some(first) = pieces.get(at) else {
            return at;
        };
        for (index, piece) in pieces.iter().enumerate().skip(at) {
            let turned = piece.landscape != first.landscape;
            if index > at && (turned || piece.page_break == PageBreak::Forced) {
                return index;
            }
            if index > at
                && let PageBreak::Allowed(cost) = piece.page_break
            {
                let cost = cost + (depth - used - foot).max(0) * 1_000 / depth.max(1);
                if best.is_none_or(|(least, _)| cost <= least) {
                    best = Some((cost, index));
                }
            }
            let head = piece
                .head
                .and_then(|head| self.heads.get(head))
                .map_or(0, |head| head.height);
            let height = piece.height + if index == at { head } else { piece.before };
            let mut new_foot = foot;
            for note in &piece.notes {
                let known = self.noted.get(*note).copied().unwrap_or(true) || called.contains(note);
                if !known {
                    called.push(*note);
                    if new_foot == 0 {
                        new_foot = NOTES_ABOVE + NOTES_BELOW;
                    }
                    new_foot += notes.get(*note).map_or(0, |note| needed(note, depth));
                }
            }
            if used + height + new_foot > depth && index > at {
                return best.map_or(index, |(_, end)| end);
            }
            used += height;
            foot = new_foot;
        }
        pieces.len()
    }

    fn call_note(&mut self, note: usize, notes: &mut [Vec<Piece>], queue: &mut VecDeque<Piece>) {
        if let (Some(noted), Some(pieces)) = (self.noted.get_mut(note), notes.get_mut(note))
            && !*noted
        {
            *noted = true;
            queue.extend(std::mem::take(pieces));
        }
    }

    /// Sets as many lines of the waiting notes as fit below the text.
    fn foot_notes(
        &mut self,
        sheet: &Sheet,
        y: Mpt,
        notes: &mut [Vec<Piece>],
        queue: &mut VecDeque<Piece>,
    ) {
        if queue.is_empty() {
            return;
        }
        let bottom = sheet.height - sheet.bottom;
        let room = bottom - y - NOTES_ABOVE - NOTES_BELOW;
        let mut ready: Vec<Piece> = Vec::new();
        let mut height = 0;
        while let Some(piece) = queue.front() {
            let next = height + piece.height + if ready.is_empty() { 0 } else { piece.before };
            // A page without text takes a line of notes even if the line is too high for it.
            if next > room && !(ready.is_empty() && y <= sheet.top) {
                break;
            }
            height = next;
            for note in piece.notes.clone() {
                self.call_note(note, notes, queue);
            }
            ready.extend(queue.pop_front());
        }
        if ready.is_empty() {
            return;
        }
        let mut y = bottom - height;
        let area = Rect {
            x: sheet.left,
            y: y - NOTES_BELOW,
            width: NOTES_RULE,
            height: sheet::HAIRLINE,
        };
        if let Some(draft) = self.drafts.last_mut() {
            draft.over.push(Item::Fill {
                area,
                color: sheet::GREY,
            });
        }
        for (index, piece) in ready.into_iter().enumerate() {
            if index > 0 {
                y += piece.before;
            }
            self.place(piece.draws, y);
            y += piece.height;
        }
    }

    /// A table's head on a later page is no part of the text.
    fn repeat_head(&mut self, head: &Head, y: Mpt) {
        let Some(draft) = self.drafts.last_mut() else {
            return;
        };
        for mut draw in head.draws.iter().cloned() {
            draw.shift(0, y);
            match draw {
                Draw::Text { run, .. } | Draw::Hyphen { run, .. } => {
                    draft.over.push(Item::Text(run));
                }
                Draw::Item { item, .. } | Draw::Over(item) => draft.over.push(item),
                Draw::Under(item) => draft.under.push(item),
                Draw::Touch(_) | Draw::Link { .. } | Draw::Target(_) | Draw::Bounds { .. } => {}
            }
        }
    }

    fn place(&mut self, draws: Vec<Draw>, y: Mpt) {
        for mut draw in draws {
            draw.shift(0, y);
            match draw {
                Draw::Text { owner, run } => self.mark(owner, Item::Text(run), None),
                Draw::Hyphen { owner, run } => self.mark(owner, Item::Text(run), Some("\u{ad}")),
                Draw::Item { node, item } => self.mark(Owner::Node(node), item, None),
                Draw::Under(item) => {
                    if let Some(draft) = self.drafts.last_mut() {
                        draft.under.push(item);
                    }
                }
                Draw::Over(item) => {
                    if let Some(draft) = self.drafts.last_mut() {
                        draft.over.push(item);
                    }
                }
                Draw::Touch(node) => self.attach(node),
                Draw::Link { node, area, link } => self.link(node, area, link),
                Draw::Target(target) => {
                    self.places.insert(target, (self.drafts.len() - 1, y));
                }
                Draw::Bounds { node, area } => {
                    if let Some(node) = self.tree.get_mut(node) {
                        node.role = Role::Figure(area);
                    }
                }
            }
        }
    }

    fn mark(&mut self, owner: Owner, item: Item, actual: Option<&str>) {
        if let Owner::Node(node) = owner {
            self.attach(node);
        }
        let page = self.drafts.len().saturating_sub(1);
        let Some(draft) = self.drafts.last_mut() else {
            return;
        };
        let Owner::Node(node) = owner else {
            draft.over.push(item);
            return;
        };
        let Some(kids) = self.tree.get_mut(node).map(|node| &mut node.kids) else {
            return;
        };
        // What follows directly in the same node is the same mark.
        let last = Kid::Mark {
            page,
            mark: draft.marks.len().saturating_sub(1),
        };
        if actual.is_none()
            && kids.last() == Some(&last)
            && let Some(mark) = draft.marks.last_mut()
            && mark.actual_text.is_none()
        {
            mark.items.push(item);
            return;
        }
        let mark = draft.marks.len();
        add(kids, Kid::Mark { page, mark });
        draft.marks.push(Mark {
            owner,
            actual_text: actual.map(str::to_owned),
            items: vec![item],
        });
    }

    /// Makes a node a child of its parent, and that of its own, in the order in which they are first seen.
    fn attach(&mut self, node: NodeId) {
        let mut way = Vec::new();
        let mut at = node;
        while self.attached.get(at) == Some(&false) {
            way.push(at);
            at = self.tree.get(at).map_or(0, |node| node.parent);
        }
        for node in way.into_iter().rev() {
            let parent = self.tree.get(node).map_or(0, |node| node.parent);
            if let Some(parent) = self.tree.get_mut(parent) {
                add(&mut parent.kids, Kid::Node(node));
            }
            if let Some(attached) = self.attached.get_mut(node) {
                *attached = true;
            }
        }
    }
}

/// Adds a kid; most nodes of a long paper have one alone, so room for more is not kept.
fn add(kids: &mut Vec<Kid>, kid: Kid) {
    if kids.is_empty() {
        kids.reserve_exact(1);
    }
    kids.push(kid);
}

/// Room that a note needs on the page of its reference: all of it, or its begin if it is long.
fn needed(note: &[Piece], depth: Mpt) -> Mpt {
    let height =
        |pieces: &[Piece]| -> Mpt { pieces.iter().map(|piece| piece.height + piece.before).sum() };
    let all = height(note);
    if all <= depth / LONG_NOTE_PART {
        all
    } else {
        height(note.get(..3).unwrap_or(note))
    }
}

/// A mark of artifacts, if there are any.
pub(crate) fn artifact(kind: Artifact, items: Vec<Item>) -> Option<Mark> {
    (!items.is_empty()).then_some(Mark {
        owner: Owner::Artifact(kind),
        actual_text: None,
        items,
    })
}
