//! Says how far long work is: one line on a terminal, gone when the work is done. Short work and files see nothing of it.

use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use crate::melden;

/// Work that takes less says nothing.
const LANG: Duration = Duration::from_millis(1_500);

/// Work of several equal steps.
pub(crate) struct Fortschritt {
    schritte: usize,
    getan: usize,
    /// What is counted, in the plural: „Vorgänge“.
    was: &'static str,
    beginn: Instant,
    sichtbar: bool,
    gezeigt: bool,
}

impl Fortschritt {
    /// Nothing done yet.
    pub(crate) fn neu(schritte: usize, was: &'static str) -> Self {
        Self {
            schritte,
            getan: 0,
            was,
            beginn: Instant::now(),
            sichtbar: schritte > 1 && io::stderr().is_terminal(),
            gezeigt: false,
        }
    }

    /// One step more is done.
    pub(crate) fn weiter(&mut self) {
        self.getan += 1;
        if self.sichtbar && self.getan < self.schritte && self.beginn.elapsed() >= LANG {
            melden::klage(&format!(
                "\r{} von {} {}",
                self.getan, self.schritte, self.was
            ));
            self.gezeigt = true;
        }
    }

    /// Makes room for a message.
    pub(crate) fn raeume(&self) {
        if self.gezeigt {
            melden::klage("\r\x1b[K");
        }
    }

    /// All is done.
    pub(crate) fn ende(self) {
        self.raeume();
    }
}
