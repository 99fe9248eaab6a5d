//! One scalar: its text as YAML means it, and the way back from a place in that text to the file.
//!
//! Guesses no type: `nein`, `01.05` and `2021` are texts here.

use std::ops::Range;

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// In `'…'` or `"…"`.
    Quoted,
    /// A block after `|`.
    Literal,
    /// A block after `>`.
    Folded,
}

/// A scalar: a key or a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scalar {
    text: String,
    style: Style,
    /// From a byte of the text to the byte of the source where the same characters run on, ascending in both.
    runs: Vec<(usize, usize)>,
}

impl Scalar {
    /// A scalar with the text `decoded` that was written at `range` of `source`.
    pub(crate) fn new(decoded: &str, style: Style, source: &str, range: Range<usize>) -> Self {
        let written = source.get(range.clone()).unwrap_or_default();
        let mut runs = vec![(0, range.start)];
        let mut text = decoded.to_owned();
        if !is_nfc(decoded) {
            // Only escapes can spell uncomposed characters: the file itself is composed. Such a text maps to its start.
            text = decoded.nfc().collect();
        } else if style == Style::Literal {
            runs = align_lines(decoded, written, range.start);
        } else if written != decoded {
            runs = align(decoded, written, style, range.start);
        }
        Self { text, style, runs }
    }

    /// The same place with another text; all of it is placed at its begin.
    pub(crate) fn mit(&self, text: &str) -> Self {
        Self {
            text: text.to_owned(),
            style: self.style,
            runs: vec![(0, self.source_offset(0))],
        }
    }

    /// The text, as the field that it is for shall read it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How it is written.
    pub fn style(&self) -> Style {
        self.style
    }

    /// Whether it stands for „nothing“: no text, or a plain `~` or `null`.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
            || (self.style == Style::Plain && matches!(self.text.as_str(), "~" | "null"))
    }

    /// The byte of the source where the character at byte `offset_in_text` of the text is written.
    ///
    /// Exact for every character that the source shows as itself; a character that YAML made up (a folded line break)
    /// or that is escaped maps to a place next to it, a text with uncomposed escapes to its start.
    pub fn source_offset(&self, offset_in_text: usize) -> usize {
        let offset = offset_in_text.min(self.text.len());
        let next = self.runs.partition_point(|(text, _)| *text <= offset);
        let run = next.checked_sub(1).and_then(|at| self.runs.get(at));
        let (text, source) = run.copied().unwrap_or_default();
        let here = source + (offset - text);
        // What YAML made up lies between two runs; it must not reach into the next one.
        self.runs
            .get(next)
            .map_or(here, |(_, following)| here.min(*following))
    }
}

/// A literal block says each of its lines as it stands, behind the indentation.
fn align_lines(text: &str, written: &str, start: usize) -> Vec<(usize, usize)> {
    // The parser places a block at its first line that is not blank.
    let blank = text.len() - text.trim_start_matches('\n').len();
    let mut runs = vec![(0, start)];
    let (mut in_text, mut in_source) = (blank, start);
    let lines = text.get(blank..).unwrap_or_default().split_inclusive('\n');
    for (line, source_line) in lines.zip(written.split_inclusive('\n')) {
        // The last line may lack its break in the source, so breaks do not count.
        let lengths = [source_line, line].map(|line| line.trim_end_matches('\n').len());
        runs.push((in_text, in_source + lengths[0].saturating_sub(lengths[1])));
        in_text += line.len();
        in_source += source_line.len();
    }
    runs
}

/// Walks text and source side by side and notes where both run on together.
fn align(text: &str, written: &str, style: Style, start: usize) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    let mut source = written.char_indices().peekable();
    let quote = (style == Style::Quoted)
        .then(|| written.chars().next())
        .flatten();
    if quote.is_some() {
        source.next();
    }
    let mut expected = None;
    for (in_text, wanted) in text.char_indices() {
        let Some(at) = seek(&mut source, wanted, quote) else {
            break;
        };
        let place = (in_text, start + at);
        if expected != Some((place.1).wrapping_sub(place.0)) {
            runs.push(place);
        }
        // An escape is longer than its character, so the run ends with it.
        let plain = written
            .get(at..)
            .is_some_and(|rest| rest.starts_with(wanted));
        expected = plain.then(|| place.1.wrapping_sub(place.0));
    }
    if runs.is_empty() {
        runs.push((0, start));
    }
    runs
}

type Chars<'s> = std::iter::Peekable<std::str::CharIndices<'s>>;

/// Moves `source` past the spelling of `wanted` and returns where that spelling starts.
fn seek(source: &mut Chars<'_>, wanted: char, quote: Option<char>) -> Option<usize> {
    loop {
        let (at, found) = *source.peek()?;
        if quote == Some('"') && found == '\\' {
            source.next();
            let (_, kind) = source.next()?;
            let digits = match kind {
                'x' => 2,
                'u' => 4,
                'U' => 8,
                '\n' => continue,
                _ => 0,
            };
            let code: String = source
                .by_ref()
                .take(digits)
                .map(|(_, digit)| digit)
                .collect();
            if code.len() == 4 && matches!(u32::from_str_radix(&code, 16), Ok(0xD800..=0xDBFF)) {
                // The first half of a surrogate pair: `\uXXXX` follows.
                let _second_half = source.nth(5);
            }
            return Some(at);
        }
        if found == wanted {
            source.next();
            if quote == Some('\'') && found == '\'' {
                source.next();
            }
            return Some(at);
        }
        if !found.is_whitespace() {
            // A character that YAML made up, like the space of a folded line.
            return Some(at);
        }
        if wanted.is_whitespace() && found == '\n' {
            // A folded line break: it stands for the blank that is wanted.
            source.next();
            return Some(at);
        }
        source.next();
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Route;
    use crate::input::{Tree, parse};
    use crate::source::Source;

    fn tree(text: &str) -> Tree {
        parse(&Source::new("a", text)).unwrap()
    }

    /// Each character of the value of `a` that is no blank maps to the same character of the source.
    #[track_caller]
    fn assert_exact(text: &str) {
        let tree = tree(text);
        let scalar = tree
            .node(&Route::wurzel("a").feld("a"))
            .and_then(|node| node.scalar())
            .unwrap();
        for (offset, character) in scalar
            .text()
            .char_indices()
            .filter(|(_, c)| !c.is_whitespace())
        {
            let found = text[scalar.source_offset(offset)..].chars().next();
            assert_eq!(
                found,
                Some(character),
                "{text:?} at {offset} of {:?}",
                scalar.text()
            );
        }
    }

    #[test]
    fn plain_texts_map_exactly() {
        assert_exact("x: y\na:   ä b c  # d\n");
        assert_exact("a: eins zwei\n  drei\n\n  vier\n");
    }

    #[test]
    fn literal_blocks_map_exactly() {
        assert_exact("a: |\n  eins\n\n    zwei {{ x }}\n  drei\n\n\nb: c\n");
        assert_exact("a: |-\n   eins\n   zwei");
        assert_exact("a: |\n   eins\n   zwei");
        assert_exact("x:\n- a: b\na: |+\n\n\n  ä\n    ö\n");
        assert_exact("a: |2\n    eins\n  zwei\n");
    }

    #[test]
    fn blanks_within_a_literal_block_map_exactly() {
        let text = "a: |\n  x\n    y\n";
        let tree = tree(text);
        let scalar = tree
            .root()
            .entry("a")
            .and_then(|entry| entry.value.scalar())
            .unwrap();
        assert_eq!(scalar.text(), "x\n  y\n");
        assert_eq!(scalar.source_offset(2), text.find("  y").unwrap());
        assert_eq!(scalar.source_offset(1), text.find("x\n").unwrap() + 1);
    }

    #[test]
    fn folded_blocks_map_exactly() {
        assert_exact("a: >\n  eins\n  zwei\n\n  drei\n    mehr\n  vier\n");
        assert_exact("a: >-\n\n  eins\n  zwei\n");
    }

    #[test]
    fn quoted_texts_map_exactly() {
        assert_exact("a: 'it''s {{ x }}'\n");
        assert_exact(
            "a: \"eins \\\"zwei\\\" drei\"\n"
                .replace("\\\"", "''")
                .as_str(),
        );
        assert_exact("a: \"eins\n  zwei\"\n");
    }

    #[test]
    fn escapes_shift_nothing_behind_them() {
        let text = r#"a: "1\t2\u00e43\U0001F6004\ud83d\ude005\x416""#;
        let tree = tree(text);
        let scalar = tree
            .root()
            .entry("a")
            .and_then(|entry| entry.value.scalar())
            .unwrap();
        for (offset, digit) in scalar
            .text()
            .char_indices()
            .filter(|(_, c)| c.is_ascii_digit())
        {
            assert_eq!(
                text[scalar.source_offset(offset)..].chars().next(),
                Some(digit),
                "{:?}",
                scalar.text()
            );
        }
    }

    #[test]
    fn the_end_of_a_text_maps_into_the_scalar() {
        for text in [
            "a: xy\n",
            "a: 'xy'\n",
            "a: |\n  xy\n",
            "a: >\n  x\n  y\nb: c\n",
            "a:\n",
        ] {
            let tree = tree(text);
            let node = tree.node(&Route::wurzel("a").feld("a")).unwrap();
            let scalar = node.scalar().unwrap();
            let end = scalar.source_offset(scalar.text().len());
            assert!(
                (node.range.start..=node.range.end).contains(&end),
                "{text:?}: {end} in {:?}",
                node.range
            );
            let far = scalar.source_offset(999);
            assert!(far <= text.len(), "{text:?}: {far}");
        }
    }
}
