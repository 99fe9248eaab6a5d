//! The findings of this stage while they are gathered; every place is a byte range of the Markdown.

use std::ops::Range;

use crate::diagnostic::{Befund, Schwere, Stelle};

/// Findings in the order in which they were made.
#[derive(Debug, Default)]
pub(super) struct Befunde {
    list: Vec<Befund>,
}

impl Befunde {
    /// Adds an error with its remedy.
    pub(super) fn fehler(
        &mut self,
        regel: &'static str,
        range: &Range<usize>,
        text: impl Into<String>,
        abhilfe: impl Into<String>,
    ) {
        self.push(Befund::fehler(regel, Stelle::Papier(range.clone()), text).abhilfe(abhilfe));
    }

    /// Adds a warning with its remedy.
    pub(super) fn warnung(
        &mut self,
        regel: &'static str,
        range: &Range<usize>,
        text: impl Into<String>,
        abhilfe: impl Into<String>,
    ) {
        self.push(Befund::warnung(regel, Stelle::Papier(range.clone()), text).abhilfe(abhilfe));
    }

    /// Adds a note with its remedy.
    pub(super) fn hinweis(
        &mut self,
        regel: &'static str,
        range: &Range<usize>,
        text: impl Into<String>,
        abhilfe: impl Into<String>,
    ) {
        self.push(Befund::hinweis(regel, Stelle::Papier(range.clone()), text).abhilfe(abhilfe));
    }

    /// Adds a finding as it is.
    pub(super) fn push(&mut self, befund: Befund) {
        self.list.push(befund);
    }

    /// All findings by place, the graver first where two share one.
    pub(super) fn sorted(mut self) -> Vec<Befund> {
        self.list.sort_by_key(sort_key);
        self.list
    }
}

fn sort_key(befund: &Befund) -> (usize, usize, Schwere, &'static str) {
    let (start, end) = match &befund.stelle {
        Stelle::Papier(range) => (range.start, range.end),
        _ => (0, 0),
    };
    (start, end, befund.schwere, befund.regel)
}
