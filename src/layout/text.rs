//! Styled text → a paragraph: the unbreakable parts of its words and what may happen between them.
//!
//! Knows nothing of measures: the same paragraph can be broken to any width.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::font::{self, Face, Family};
use super::hyphen::Quality;
use super::page::{FaceId, Mpt, NodeId, Rgb, Role};
use super::setting::Setting;
use super::shape::{WordId, scale};
use crate::diagnostic::{Befund, Stelle};
use crate::markdown::ast::{Inline, Run};

mod look;
mod places;

use look::{RAISE, SHIFTED_SIZE, SpanKey};
use places::{cuts, keep_together};
pub(crate) use places::{keep_name, split_overlong};

/// How a text looks before its own styles.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Type {
    pub(crate) family: Family,
    pub(crate) bold: bool,
    pub(crate) size: Mpt,
    pub(crate) color: Rgb,
    /// Figures of one width.
    pub(crate) tabular: bool,
    pub(crate) hyphenate: bool,
    /// Every space counts, as in preformatted text.
    pub(crate) verbatim: bool,
}

/// How a part looks and whom it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Look {
    pub(crate) face: FaceId,
    pub(crate) tabular: bool,
    pub(crate) size: Mpt,
    /// How far the baseline is raised.
    pub(crate) rise: Mpt,
    pub(crate) color: Rgb,
    pub(crate) underline: bool,
    pub(crate) strike: bool,
    pub(crate) node: NodeId,
    /// Index into the document's links.
    pub(crate) link: Option<usize>,
    /// Index into the document's notes, for the number of a note.
    pub(crate) note: Option<usize>,
    /// Width of a space.
    pub(crate) space: Mpt,
    /// Width of a hyphen.
    pub(crate) hyphen: Mpt,
}

/// What may happen after a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum After {
    /// The next part touches it.
    Joined,
    /// A space, at which a line may or must not end.
    Space { breakable: bool },
    /// A line may end here with a hyphen.
    Hyphen(Quality),
    /// A line may end here without a sign, e.g. after an existing hyphen.
    Cut,
    /// As [`After::Cut`], if nothing else helps.
    Emergency,
    /// A line ends here.
    Forced,
}

/// An unbreakable stretch of a word in one look.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part {
    pub(crate) look: u16,
    /// The look of the space after it.
    pub(crate) space_look: u16,
    pub(crate) word: WordId,
    /// Bytes of the word.
    pub(crate) from: u32,
    pub(crate) to: u32,
    pub(crate) width: Mpt,
    pub(crate) after: After,
    /// Where it ends in [`Paragraph::text`].
    pub(crate) end: u32,
}

/// A paragraph ready to be broken into lines.
#[derive(Debug, Default)]
pub(crate) struct Paragraph {
    /// Its text, runs of spaces as one.
    pub(crate) text: String,
    pub(crate) looks: Vec<Look>,
    pub(crate) parts: Vec<Part>,
    /// Whether it refers to notes.
    pub(crate) has_notes: bool,
}

impl Paragraph {
    /// The look of a part.
    pub(crate) fn look(&self, index: u16) -> Option<&Look> {
        self.looks.get(usize::from(index))
    }

    /// Width of the space after a part.
    pub(crate) fn space(&self, part: &Part) -> Mpt {
        match part.after {
            After::Space { .. } => self.look(part.space_look).map_or(0, |look| look.space),
            _ => 0,
        }
    }
}

/// Makes a paragraph that belongs to `node`; nodes for links, spans and references are made below it.
pub(crate) fn paragraph(
    setting: &mut Setting<'_>,
    inlines: &[Inline],
    kind: Type,
    node: NodeId,
) -> Paragraph {
    let mut builder = Builder {
        setting,
        paragraph: Paragraph::default(),
        kind,
        node,
        link: None,
        span: None,
        points: Vec::new(),
        changes: Vec::new(),
    };
    for inline in inlines {
        match inline {
            Inline::Text(run) => builder.run(run),
            Inline::Break => builder.forced_break(),
            Inline::NoteRef { note, range } => builder.note(*note, range),
        }
    }
    builder.finish()
}

/// Makes a paragraph of plain text, e.g. a label or a line of a head, at a place of the Markdown.
pub(crate) fn plain(
    setting: &mut Setting<'_>,
    text: &str,
    kind: Type,
    node: NodeId,
    place: &Range<usize>,
) -> Paragraph {
    let run = Run {
        text: text.to_owned(),
        style: crate::markdown::ast::Style::default(),
        link: None,
        range: place.clone(),
    };
    paragraph(setting, &[Inline::Text(run)], kind, node)
}

struct Builder<'s, 'a> {
    setting: &'s mut Setting<'a>,
    paragraph: Paragraph,
    kind: Type,
    node: NodeId,
    /// The link that is open, and its node.
    link: Option<(usize, NodeId)>,
    /// The span that is open, and its node.
    span: Option<(SpanKey, NodeId)>,
    points: Vec<(u32, After)>,
    /// The spans of changed text, and what they are called.
    changes: Vec<(NodeId, &'static str)>,
}

impl Builder<'_, '_> {
    fn run(&mut self, run: &Run) {
        let look = self.look_of(run);
        let look = self.intern(look);
        let text: Cow<'_, str> = match is_nfc_quick(run.text.chars()) {
            IsNormalized::Yes => Cow::Borrowed(&run.text),
            _ => Cow::Owned(run.text.nfc().collect()),
        };
        let foreign = run
            .style
            .language
            .as_deref()
            .is_some_and(|tag| !tag.starts_with("de"));
        let hyphenate = self.kind.hyphenate && !foreign && !run.style.code;
        // Where the text stands in the Markdown as it is, a character's place is exact.
        let exact = text.len() == run.range.len();
        let place = |at: usize, length: usize| {
            if exact {
                run.range.start + at..run.range.start + at + length
            } else {
                run.range.clone()
            }
        };
        let mut start = None;
        for (at, character) in text.char_indices() {
            let kind = classify(character);
            if kind == Sort::Letter {
                start.get_or_insert(at);
                continue;
            }
            if let Some(from) = start.take()
                && let Some(word) = text.get(from..at)
            {
                self.word(word, look, hyphenate, |offset, length| {
                    place(from + offset, length)
                });
            }
            match kind {
                Sort::Space => self.space(look, true),
                Sort::FixedSpace => self.space(look, false),
                Sort::SoftHyphen => self.opportunity(After::Hyphen(Quality::Joint)),
                Sort::ZeroSpace => self.opportunity(After::Cut),
                Sort::Letter | Sort::Invisible => {}
            }
        }
        if let Some(from) = start
            && let Some(word) = text.get(from..)
        {
            self.word(word, look, hyphenate, |offset, length| {
                place(from + offset, length)
            });
        }
    }

    /// Adds a word that stands in one run; `place` tells where bytes of it stand in the Markdown.
    fn word(
        &mut self,
        text: &str,
        look: u16,
        hyphenate: bool,
        place: impl Fn(usize, usize) -> Range<usize>,
    ) {
        let Some(face) = self.paragraph.look(look).map(|look| look.face) else {
            return;
        };
        let tabular = self.kind.tabular;
        let id = self.setting.shaper.word(face, tabular, text);
        if self.setting.shaper.get(id).complete {
            self.parts(id, look, hyphenate);
            return;
        }
        // Some character is not in this face: the word is set in stretches of one face each.
        let other = font::other_family(face);
        let mut stretch: Option<(FaceId, usize)> = None;
        for (at, character) in text.char_indices() {
            let has = |face| Face::get(face).is_some_and(|face| face.has(character));
            let chosen = [face, other].into_iter().find(|face| has(*face));
            if stretch.is_some_and(|(open, _)| Some(open) == chosen) {
                continue;
            }
            if let Some((open, from)) = stretch.take() {
                self.stretch(&text[from..at], look, open, hyphenate);
            }
            match chosen {
                Some(face) => stretch = Some((face, at)),
                None => self.missing(character, place(at, character.len_utf8())),
            }
        }
        if let Some((open, from)) = stretch {
            self.stretch(&text[from..], look, open, hyphenate);
        }
    }

    fn stretch(&mut self, text: &str, look: u16, face: FaceId, hyphenate: bool) {
        let Some(mut own) = self.paragraph.look(look).cloned() else {
            return;
        };
        own.face = face;
        let look = self.intern(own);
        let id = self.setting.shaper.word(face, self.kind.tabular, text);
        self.parts(id, look, hyphenate);
    }

    /// Notes a character that no font has.
    fn missing(&mut self, character: char, place: Range<usize>) {
        let places = self.setting.missing.entry(character).or_default();
        // Heads are set on each page, always from the same place.
        if places.len() < MOST_PLACES && !places.contains(&place) {
            places.push(place);
        }
    }

    /// Adds the parts of a shaped word.
    fn parts(&mut self, id: WordId, look: u16, hyphenate: bool) {
        let mut points = std::mem::take(&mut self.points);
        points.clear();
        if hyphenate {
            points.extend(
                self.setting
                    .shaper
                    .hyphens(id)
                    .iter()
                    .map(|(at, quality)| (*at, After::Hyphen(*quality))),
            );
        }
        let word = self.setting.shaper.get(id);
        cuts(&word.text, &mut points);
        let Some((face, size)) = self.paragraph.look(look).map(|look| (look.face, look.size))
        else {
            return;
        };
        let text_start = self.paragraph.text.len();
        self.paragraph.text.push_str(&word.text);
        let end = u32::try_from(word.text.len()).unwrap_or(u32::MAX);
        let mut glyphs = word.glyphs.iter().peekable();
        let (mut from, mut units, mut x) = (0, 0, 0);
        for (to, after) in points.iter().copied().chain([(end, After::Joined)]) {
            while let Some(glyph) = glyphs.next_if(|glyph| glyph.cluster < to) {
                units += i64::from(glyph.advance);
            }
            let next = scale(units, face, size);
            self.paragraph.parts.push(Part {
                look,
                space_look: look,
                word: id,
                from,
                to,
                width: next - x,
                after,
                end: u32::try_from(text_start)
                    .unwrap_or(u32::MAX)
                    .saturating_add(to),
            });
            (from, x) = (to, next);
        }
        self.points = points;
    }

    fn space(&mut self, look: u16, breakable: bool) {
        let after = After::Space { breakable };
        match self.paragraph.parts.last_mut() {
            Some(part) if !matches!(part.after, After::Space { .. } | After::Forced) => {
                part.after = after;
                part.space_look = look;
            }
            // A fixed space beside an ordinary one wins.
            Some(part) if !self.kind.verbatim => {
                if part.after == (After::Space { breakable: true }) && !breakable {
                    part.after = after;
                }
                return;
            }
            _ if self.kind.verbatim => {
                self.empty_part(look);
                if let Some(part) = self.paragraph.parts.last_mut() {
                    part.after = after;
                }
            }
            _ => return,
        }
        self.paragraph
            .text
            .push(if breakable { ' ' } else { '\u{a0}' });
    }

    fn opportunity(&mut self, after: After) {
        if let Some(part) = self.paragraph.parts.last_mut()
            && part.after == After::Joined
        {
            part.after = after;
        }
    }

    fn forced_break(&mut self) {
        let open = self
            .paragraph
            .parts
            .last()
            .is_some_and(|part| part.after != After::Forced);
        if !open {
            let look = self.look_of(&Run {
                text: String::new(),
                style: crate::markdown::ast::Style::default(),
                link: None,
                range: 0..0,
            });
            let look = self.intern(look);
            self.empty_part(look);
        }
        if let Some(part) = self.paragraph.parts.last_mut() {
            if !matches!(part.after, After::Space { .. }) {
                self.paragraph.text.push(' ');
            }
            part.after = After::Forced;
        }
    }

    fn empty_part(&mut self, look: u16) {
        let Some(face) = self.paragraph.look(look).map(|look| look.face) else {
            return;
        };
        let word = self.setting.shaper.word(face, self.kind.tabular, "");
        self.paragraph.parts.push(Part {
            look,
            space_look: look,
            word,
            from: 0,
            to: 0,
            width: 0,
            after: After::Joined,
            end: u32::try_from(self.paragraph.text.len()).unwrap_or(u32::MAX),
        });
    }

    fn note(&mut self, note: usize, range: &Range<usize>) {
        // A link or span that goes on behind the number is another one: reading order is the order of drawing.
        (self.link, self.span) = (None, None);
        let node = self.setting.node(Role::Reference, self.node, range.clone());
        let face = font::face(self.kind.family, self.kind.bold, false);
        let size = self.kind.size * SHIFTED_SIZE / 100;
        let look = Look {
            face,
            tabular: false,
            size,
            rise: self.kind.size * RAISE / 100,
            color: self.kind.color,
            underline: false,
            strike: false,
            node,
            link: None,
            note: Some(note),
            space: self.setting.shaper.width(face, false, size, " "),
            hyphen: 0,
        };
        let look = self.intern(look);
        // The number stays with the word before it.
        if let Some(part) = self.paragraph.parts.last_mut()
            && part.after == (After::Space { breakable: true })
        {
            part.after = After::Space { breakable: false };
        }
        self.paragraph.has_notes = true;
        let number = (note + 1).to_string();
        self.word(&number, look, false, |_, _| range.clone());
    }

    fn finish(mut self) -> Paragraph {
        self.tell_changes();
        if let Some(part) = self.paragraph.parts.last_mut()
            && !self.kind.verbatim
        {
            part.after = After::Joined;
        }
        keep_together(&mut self.paragraph);
        self.paragraph
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Letter,
    Space,
    FixedSpace,
    SoftHyphen,
    ZeroSpace,
    Invisible,
}

fn classify(character: char) -> Sort {
    match character {
        ' ' | '\t' | '\n' | '\r' => Sort::Space,
        '\u{a0}' => Sort::FixedSpace,
        '\u{ad}' => Sort::SoftHyphen,
        '\u{200b}' => Sort::ZeroSpace,
        // Joiners and variation selectors say nothing to these faces.
        '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' => {
            Sort::Invisible
        }
        _ => Sort::Letter,
    }
}

fn is_direction_mark(character: char) -> bool {
    matches!(character, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// How many places of a missing character are told.
const MOST_PLACES: usize = 100;

/// One finding for each character that no font has, with all its places.
pub(crate) fn missing_characters(missing: &BTreeMap<char, Vec<Range<usize>>>) -> Vec<Befund> {
    let mut missing: Vec<_> = missing.iter().collect();
    missing.sort_by_key(|(_, places)| places.first().map(|place| place.start));
    let befunde = missing.into_iter().filter_map(|(character, places)| {
        let (first, others) = places.split_first()?;
        let number = u32::from(*character);
        let shown = if character.is_control() || is_direction_mark(*character) {
            format!("das unsichtbare Zeichen U+{number:04X}")
        } else {
            format!("das Zeichen „{character}“ (U+{number:04X})")
        };
        let befund = Befund::fehler(
            MISSING,
            Stelle::Papier(first.clone()),
            format!("{shown} hat keine der Schriften"),
        )
        .abhilfe("es mit anderen Zeichen schreiben oder als Bild einfügen");
        Some(others.iter().fold(befund, |befund, place| {
            befund.dazu(Stelle::Papier(place.clone()), AGAIN)
        }))
    });
    befunde.collect()
}

/// The rule for a character that no font has.
pub(crate) const MISSING: &str = "fehlendes-zeichen";

/// The word on a further place of a missing character.
pub(crate) const AGAIN: &str = "auch hier";
