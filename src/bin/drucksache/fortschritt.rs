//! Says how far long work is: one line on a terminal, gone when the work is done. Short work and files see nothing of it.

use std::io::{self, IsTerminal};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::melden;

/// Work that takes less says nothing.
const LANG: Duration = Duration::from_millis(1_500);

/// Work of several equal steps, perhaps done at once.
pub(crate) struct Fortschritt {
    schritte: usize,
    getan: AtomicUsize,
    /// What is counted, in the dative: „Vorgängen“.
    was: &'static str,
    beginn: Instant,
    sichtbar: bool,
}

impl Fortschritt {
    /// Nothing done yet.
    #[expect(
        clippy::disallowed_methods,
        reason = "how long the work takes is said on a terminal and reaches no paper"
    )]
    pub(crate) fn neu(schritte: usize, was: &'static str) -> Self {
        Self {
            schritte,
            getan: AtomicUsize::new(0),
            was,
            beginn: Instant::now(),
            sichtbar: schritte > 1 && io::stderr().is_terminal(),
        }
    }

    /// One step more is done.
    pub(crate) fn weiter(&self) {
        let getan = self.getan.fetch_add(1, Ordering::Relaxed) + 1;
        if self.sichtbar && getan < self.schritte && self.beginn.elapsed() >= LANG {
            melden::zwischenstand(&format!("{getan} von {} {}", self.schritte, self.was));
        }
    }
}
