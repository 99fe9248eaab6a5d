//! Files as they were read, and the arithmetic of places in them.
//!
//! Knows neither YAML nor the file system: whoever reads files builds a [`Sources`] and passes it on.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// A file's name as users see it, with `/` between folders.
pub type FileName = Arc<str>;

/// One text file: its name and its text in UTF-8.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The name shown in findings.
    pub name: FileName,
    /// The whole text, without a byte order mark.
    pub text: Arc<str>,
}

/// A line and a column, both counted from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl Source {
    /// A source from its name and text.
    pub fn new(name: impl Into<FileName>, text: impl Into<Arc<str>>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
        }
    }

    /// The line and column of a byte offset; an offset past the end is the end.
    pub fn line_column(&self, offset: usize) -> LineColumn {
        line_column(&self.text, offset)
    }
}

/// The line and column of a byte offset in `text`; an offset past the end is the end, one inside a character is its start.
pub fn line_column(text: &str, offset: usize) -> LineColumn {
    let offset = text.floor_char_boundary(offset);
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    LineColumn {
        line: before.bytes().filter(|b| *b == b'\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
    }
}

/// The byte range of line `line` (from 1) without its line break; empty at the end where there is no such line.
pub fn line_range(text: &str, line: usize) -> Range<usize> {
    let mut start = 0;
    for _ in 1..line {
        match text[start..].find('\n') {
            Some(at) => start += at + 1,
            None => return text.len()..text.len(),
        }
    }
    let end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    start..end
}

/// All text files of one run, by name.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: BTreeMap<FileName, Source>,
}

impl Sources {
    /// Adds a file; a file of the same name is replaced.
    pub fn insert(&mut self, source: Source) {
        self.files.insert(source.name.clone(), source);
    }

    /// The file of this name.
    pub fn get(&self, name: &str) -> Option<&Source> {
        self.files.get(name)
    }

    /// All files in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = &Source> {
        self.files.values()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let place = line_column("a\nöü x", "a\nöü ".len());
        assert_eq!(place, LineColumn { line: 2, column: 4 });
    }

    #[test]
    fn an_offset_past_the_end_is_the_end() {
        assert_eq!(line_column("ab", 99), LineColumn { line: 1, column: 3 });
    }

    #[test]
    fn a_line_is_found_without_its_break() {
        let text = "eins\nzwei\n";
        assert_eq!(&text[line_range(text, 2)], "zwei");
        assert_eq!(line_range(text, 9), text.len()..text.len());
    }
}
