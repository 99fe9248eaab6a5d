//! Text → YAML tree with places.
//!
//! Reads the small YAML that clerks write: maps, lists, texts. Anchors, tags, directives, merge keys and several
//! documents are refused, as are files beyond the budgets. It must not give a scalar a type.

use std::collections::BTreeMap;
use std::ops::Range;

use granit_parser::{Event, Options, Parser, ScalarStyle, Span, options};

use super::encoding::is_refused;
use super::scalar::{Scalar, Style};
use super::{refuse, syntax};
use crate::diagnostic::{Befund, Route, Schritt, Stelle};
use crate::source::Source;

mod tausch;

pub use tausch::Angabe;

/// How deep maps and lists may nest.
pub const MAX_DEPTH: usize = 64;

/// How many keys, values, maps and lists a file may have.
pub const MAX_NODES: usize = 200_000;

/// How many warnings a file gets; a file with more is written in another style.
const MAX_REMARKS: usize = 50;

/// A file as YAML: its text and the nodes in it.
#[derive(Debug, Clone)]
pub struct Tree {
    source: Source,
    root: Node,
    remarks: Vec<Befund>,
}

/// A value of the tree.
#[derive(Debug, Clone)]
pub struct Node {
    /// Names this node within its tree.
    pub(crate) id: usize,
    /// Bytes of the source; empty where nothing is written.
    pub range: Range<usize>,
    /// What it is.
    pub kind: Kind,
}

/// What a [`Node`] is.
#[derive(Debug, Clone)]
pub enum Kind {
    /// A text, a number, a date: what it is, its field says.
    Scalar(Scalar),
    /// A list.
    List(Vec<Node>),
    /// A map, in the order of the file; no key stands twice.
    Map(Vec<Entry>),
}

/// A key and its value.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key.
    pub key: Scalar,
    /// Bytes of the key in the source.
    pub key_range: Range<usize>,
    /// The value.
    pub value: Node,
}

impl Tree {
    /// The file.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The whole content: a map for a file of facts, an empty one for an empty file.
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// Warnings about what YAML reads in another way than it was probably meant (`raute-im-text`).
    pub fn remarks(&self) -> &[Befund] {
        &self.remarks
    }

    /// The node that a route leads to, if it is there. The route's file is not looked at.
    pub fn node(&self, route: &Route) -> Option<&Node> {
        route
            .schritte
            .iter()
            .try_fold(&self.root, |node, schritt| node.step(schritt))
    }

    /// All values that are texts with the way to each, in the order of the file.
    pub fn scalars(&self) -> impl Iterator<Item = (Route, &Scalar)> {
        let mut open = vec![(Route::wurzel(self.source.name.clone()), &self.root)];
        std::iter::from_fn(move || {
            while let Some((route, node)) = open.pop() {
                match &node.kind {
                    Kind::Scalar(scalar) => return Some((route, scalar)),
                    Kind::List(nodes) => {
                        let items = nodes.iter().enumerate().rev();
                        open.extend(items.map(|(at, item)| (route.index(at), item)));
                    }
                    Kind::Map(entries) => {
                        let entries = entries.iter().rev();
                        open.extend(entries.map(|e| (route.feld(e.key.text()), &e.value)));
                    }
                }
            }
            None
        })
    }

    /// Bytes of this file as a finding's place.
    pub fn stelle(&self, bereich: Range<usize>) -> Stelle {
        Stelle::Datei {
            datei: self.source.name.clone(),
            bereich,
        }
    }
}

impl Node {
    /// The text, if it is one.
    pub fn scalar(&self) -> Option<&Scalar> {
        match &self.kind {
            Kind::Scalar(scalar) => Some(scalar),
            Kind::List(_) | Kind::Map(_) => None,
        }
    }

    /// The entries, if it is a map.
    pub fn entries(&self) -> &[Entry] {
        match &self.kind {
            Kind::Map(entries) => entries,
            Kind::Scalar(_) | Kind::List(_) => &[],
        }
    }

    /// The entry of this key, if it is a map that has it.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        match &self.kind {
            Kind::Map(entries) => entries.iter().find(|entry| entry.key.text() == key),
            Kind::Scalar(_) | Kind::List(_) => None,
        }
    }

    fn step_mut(&mut self, schritt: &Schritt) -> Option<&mut Self> {
        match (schritt, &mut self.kind) {
            (Schritt::Feld(name), Kind::Map(entries)) => entries
                .iter_mut()
                .find(|entry| entry.key.text() == name)
                .map(|entry| &mut entry.value),
            (Schritt::Index(index), Kind::List(items)) => items.get_mut(*index),
            _ => None,
        }
    }

    /// The node one step further.
    pub(crate) fn step(&self, schritt: &Schritt) -> Option<&Node> {
        match (schritt, &self.kind) {
            (Schritt::Feld(name), _) => self.entry(name).map(|entry| &entry.value),
            (Schritt::Index(index), Kind::List(items)) => items.get(*index),
            (Schritt::Index(_), _) => None,
        }
    }
}

/// Reads the YAML of a file.
///
/// # Errors
/// The first thing that is no YAML as drucksache reads it (`yaml-syntax`), a key that stands twice in a map
/// (`doppelter-schluessel`), or a file beyond [`MAX_DEPTH`] or [`MAX_NODES`] (`zu-gross`).
pub fn parse(source: &Source) -> Result<Tree, Befund> {
    let mut builder = Builder {
        source,
        frames: Vec::new(),
        root: None,
        nodes: 0,
        documents: 0,
        remarks: Vec::new(),
    };
    for event in Parser::new_from_str_with_options(&source.text, parser_options()) {
        let (event, span) = event.map_err(|error| syntax::explain(source, &error))?;
        builder.take(event, &span)?;
    }
    // A file without any value, such as one of comments only, is an empty map.
    let root = builder.root.take().filter(|root| !root.range.is_empty());
    let root = root.unwrap_or(Node {
        id: 0,
        range: 0..0,
        kind: Kind::Map(Vec::new()),
    });
    refuse::check_root(source, &root)?;
    Ok(Tree {
        source: source.clone(),
        root,
        remarks: builder.remarks,
    })
}

fn parser_options() -> Options {
    options! {
        emit_comments: false,
        disallow_directives: true,
        emit_unresolved_aliases: true,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    }
}

/// A map or list that is still open.
enum Frame {
    List { start: usize, items: Vec<Node> },
    Map(OpenMap),
}

struct OpenMap {
    start: usize,
    entries: Vec<Entry>,
    /// A key that waits for its value.
    key: Option<(Scalar, Range<usize>)>,
    seen: BTreeMap<String, Range<usize>>,
}

struct Builder<'s> {
    source: &'s Source,
    frames: Vec<Frame>,
    root: Option<Node>,
    nodes: usize,
    documents: usize,
    remarks: Vec<Befund>,
}

impl Builder<'_> {
    fn take(&mut self, event: Event<'_>, span: &Span) -> Result<(), Befund> {
        let range = span.byte_range().unwrap_or_default();
        if event.tag().is_some() {
            let at = span
                .tag_start()
                .and_then(|mark| mark.byte_offset())
                .unwrap_or(range.start);
            return Err(refuse::tag(self.source, at));
        }
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err(refuse::second_document(self.source, range));
                }
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                return Err(refuse::alias(self.source, range));
            }
            Event::Scalar(_, _, anchor, _)
            | Event::SequenceStart(_, anchor, _)
            | Event::MappingStart(_, anchor, _)
                if anchor != 0 =>
            {
                return Err(refuse::anchor(self.source, range.start));
            }
            Event::Scalar(text, style, ..) => self.scalar(&text, style, range)?,
            Event::SequenceStart(..) => self.open(
                Frame::List {
                    start: range.start,
                    items: Vec::new(),
                },
                range,
            )?,
            Event::MappingStart(..) => self.open(
                Frame::Map(OpenMap {
                    start: range.start,
                    entries: Vec::new(),
                    key: None,
                    seen: BTreeMap::new(),
                }),
                range,
            )?,
            Event::SequenceEnd | Event::MappingEnd => self.close(range)?,
            _ => {}
        }
        Ok(())
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        range: Range<usize>,
    ) -> Result<(), Befund> {
        let style = match style {
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
            ScalarStyle::Literal => Style::Literal,
            ScalarStyle::Folded => Style::Folded,
            _ => Style::Plain,
        };
        // Where nothing is written the parser says `~`.
        let text = if range.is_empty() && style == Style::Plain {
            ""
        } else {
            text
        };
        if text.chars().any(is_refused) {
            return Err(refuse::hidden_character(self.source, range));
        }
        let scalar = Scalar::new(text, style, &self.source.text, range.clone());
        if let Some(Frame::Map(map)) = self.frames.last_mut()
            && map.key.is_none()
        {
            self.nodes += 1;
            let (source, nodes) = (self.source, self.nodes);
            refuse::check_key(source, &scalar, &range)?;
            if let Some(first) = map.seen.get(scalar.text()) {
                return Err(refuse::duplicate_key(
                    source,
                    scalar.text(),
                    range,
                    first.clone(),
                ));
            }
            map.seen.insert(scalar.text().to_owned(), range.clone());
            map.key = Some((scalar, range.clone()));
            return within_budget(source, nodes, range);
        }
        refuse::check_value(self.source, &scalar, &range)?;
        if style == Style::Plain && self.remarks.len() < MAX_REMARKS {
            self.remarks
                .extend(refuse::cut_by_comment(self.source, &range));
        }
        self.put(range, Kind::Scalar(scalar))
    }

    fn open(&mut self, frame: Frame, range: Range<usize>) -> Result<(), Befund> {
        if let Some(Frame::Map(OpenMap { key: None, .. })) = self.frames.last() {
            return Err(refuse::key_is_collection(self.source, range));
        }
        if self.frames.len() >= MAX_DEPTH {
            return Err(refuse::too_deep(self.source, range.start));
        }
        self.frames.push(frame);
        Ok(())
    }

    fn close(&mut self, end: Range<usize>) -> Result<(), Befund> {
        // The closing event of a block stands on the next key, so the last child says where the block ends.
        let close = |start: usize, last: Option<usize>| {
            let last = if end.is_empty() {
                last.unwrap_or(start)
            } else {
                end.end
            };
            start..last.max(start)
        };
        match self.frames.pop() {
            Some(Frame::List { start, items }) => {
                let range = close(start, items.last().map(|item| item.range.end));
                self.put(range, Kind::List(items))
            }
            Some(Frame::Map(map)) => {
                let last = map.entries.last();
                let last = last.map(|entry| entry.value.range.end.max(entry.key_range.end));
                self.put(close(map.start, last), Kind::Map(map.entries))
            }
            None => Ok(()),
        }
    }

    fn put(&mut self, range: Range<usize>, kind: Kind) -> Result<(), Befund> {
        self.nodes += 1;
        within_budget(self.source, self.nodes, range.clone())?;
        let node = Node {
            id: self.nodes,
            range,
            kind,
        };
        match self.frames.last_mut() {
            None => self.root = Some(node),
            Some(Frame::List { items, .. }) => items.push(node),
            Some(Frame::Map(map)) => {
                if let Some((key, key_range)) = map.key.take() {
                    map.entries.push(Entry {
                        key,
                        key_range,
                        value: node,
                    });
                }
            }
        }
        Ok(())
    }
}

fn within_budget(source: &Source, nodes: usize, range: Range<usize>) -> Result<(), Befund> {
    if nodes <= MAX_NODES {
        return Ok(());
    }
    Err(refuse::at(
        source,
        "zu-gross",
        range,
        format!("die Datei hat mehr als {MAX_NODES} Schlüssel und Werte"),
    )
    .abhilfe("den Vorgang auf mehrere Dateien verteilen"))
}
