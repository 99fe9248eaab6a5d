//! How a run looks and which node it belongs to: the paragraph's, a link's or a span's.

use super::{Builder, Look};
use crate::layout::font::{self, Family};
use crate::layout::page::{Mpt, NodeId, Rgb, Role};
use crate::markdown::ast::{Change, Run, Shift};

/// Part of the em that raised and lowered figures keep, and how far they move, in percent.
pub(super) const SHIFTED_SIZE: Mpt = 66;
pub(super) const RAISE: Mpt = 34;
const LOWER: Mpt = -15;

const LINK_COLOR: Rgb = Rgb(0x1a, 0x3e, 0x72);
const INSERTED_COLOR: Rgb = Rgb(0x0b, 0x4f, 0x8a);
const DELETED_COLOR: Rgb = Rgb(0x9c, 0x1c, 0x1c);

/// What sets a span apart: link, language, change, whether it is struck out.
pub(super) type SpanKey = (Option<usize>, Option<String>, Option<Change>, bool);

impl Builder<'_, '_> {
    pub(super) fn look_of(&mut self, run: &Run) -> Look {
        let style = &run.style;
        let family = if style.code {
            Family::Sans
        } else {
            self.kind.family
        };
        let face = font::face(family, self.kind.bold || style.bold, style.italic);
        let (size, rise) = match style.shift {
            None => (self.kind.size, 0),
            Some(Shift::Up) => (
                self.kind.size * SHIFTED_SIZE / 100,
                self.kind.size * RAISE / 100,
            ),
            Some(Shift::Down) => (
                self.kind.size * SHIFTED_SIZE / 100,
                self.kind.size * LOWER / 100,
            ),
        };
        let color = match (style.change, run.link) {
            (Some(Change::Inserted), _) => INSERTED_COLOR,
            (Some(Change::Deleted), _) => DELETED_COLOR,
            (None, Some(_)) => LINK_COLOR,
            (None, None) => self.kind.color,
        };
        Look {
            face,
            tabular: self.kind.tabular,
            size,
            rise,
            color,
            underline: style.change == Some(Change::Inserted),
            strike: style.struck || style.change == Some(Change::Deleted),
            node: self.owner(run),
            link: run.link,
            note: None,
            space: self
                .setting
                .shaper
                .width(face, self.kind.tabular, size, " "),
            hyphen: self
                .setting
                .shaper
                .width(face, self.kind.tabular, size, "-"),
        }
    }

    /// The node that a run belongs to: the paragraph's, a link's or a span's.
    fn owner(&mut self, run: &Run) -> NodeId {
        let mut owner = self.node;
        match run.link {
            Some(link) => {
                let open = self.link.filter(|(open, _)| *open == link);
                let (_, node) = open.unwrap_or_else(|| {
                    (
                        link,
                        self.setting.node(Role::Link, owner, run.range.clone()),
                    )
                });
                self.link = Some((link, node));
                owner = node;
            }
            None => self.link = None,
        }
        let style = &run.style;
        if style.language.is_none() && style.change.is_none() && !style.struck {
            self.span = None;
            return owner;
        }
        let key = (run.link, style.language.clone(), style.change, style.struck);
        let node = match &self.span {
            Some((open, node)) if *open == key => *node,
            _ => self.open_span(key, owner, run),
        };
        if let Some(alt) = self.setting.tree.get_mut(node).and_then(|n| n.alt.as_mut()) {
            alt.push_str(&run.text);
        }
        node
    }

    fn open_span(&mut self, key: SpanKey, owner: NodeId, run: &Run) -> NodeId {
        let node = self.setting.node(Role::Span, owner, run.range.clone());
        let change = match (run.style.change, run.style.struck) {
            (Some(Change::Inserted), _) => Some("Einfügung"),
            (Some(Change::Deleted), _) => Some("Streichung"),
            (None, true) => Some("Durchgestrichenes"),
            (None, false) => None,
        };
        if let Some(span) = self.setting.tree.get_mut(node) {
            span.language.clone_from(&run.style.language);
            span.alt = change.map(|_| String::new());
        }
        self.changes.extend(change.map(|name| (node, name)));
        self.span = Some((key, node));
        node
    }

    pub(super) fn intern(&mut self, look: Look) -> u16 {
        let looks = &mut self.paragraph.looks;
        let near = looks.len().saturating_sub(4);
        let found = looks.iter().skip(near).position(|known| *known == look);
        let index = found.map_or(looks.len(), |at| near + at);
        if found.is_none() && index < usize::from(u16::MAX) {
            looks.push(look);
        }
        u16::try_from(index).unwrap_or(u16::MAX - 1)
    }

    /// A line under or through a text is not heard: a text alternative says it in words.
    pub(super) fn tell_changes(&mut self) {
        for (node, name) in &self.changes {
            if let Some(alt) = self
                .setting
                .tree
                .get_mut(*node)
                .and_then(|n| n.alt.as_mut())
            {
                *alt = format!("{name}: {} – Ende", alt.trim());
            }
        }
    }
}
