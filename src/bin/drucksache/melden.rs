//! What the program says: data, such as the report of a check, to standard output; what stands in its way to standard error.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use drucksache::diagnostic::{Befund, render};
use drucksache::source::Sources;

/// How a command ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Ausgang {
    /// All went well.
    Gut = 0,
    /// Rules found an error, or there are differences.
    Befunde = 1,
    /// The matter cannot be built, or the call or a file is at fault.
    NichtGebaut = 2,
}

/// Whether a line stands on the terminal that the next message replaces.
static ZWISCHENSTAND: AtomicBool = AtomicBool::new(false);

/// Shows a line that the next message replaces. Only for a terminal.
pub(crate) fn zwischenstand(text: &str) {
    ZWISCHENSTAND.store(true, Ordering::Relaxed);
    let _ = io::stderr().write_all(format!("\r\x1b[K{text}").as_bytes());
}

fn raeume() {
    if ZWISCHENSTAND.swap(false, Ordering::Relaxed) {
        let _ = io::stderr().write_all(b"\r\x1b[K");
    }
}

/// Whether something could not be written to standard output.
static GESTOERT: AtomicBool = AtomicBool::new(false);

/// Writes to standard output. Who closes the pipe does not want to hear more: that is no error. Whatever else keeps the
/// data back is said once, and [`abschluss`] makes it the outcome.
pub(crate) fn sage(text: &str) {
    raeume();
    let mut ausgabe = io::stdout().lock();
    let geschrieben = ausgabe
        .write_all(text.as_bytes())
        .and_then(|()| ausgabe.flush());
    if let Err(fehler) = geschrieben
        && fehler.kind() != io::ErrorKind::BrokenPipe
        && !GESTOERT.swap(true, Ordering::Relaxed)
    {
        klage(&format!(
            "Fehler: die Standardausgabe ist unvollständig; ihr Ziel {}\n",
            crate::lesen::grund(&fehler)
        ));
    }
}

/// How the program ends: what was not written completely is no success.
pub(crate) fn abschluss(ausgang: Ausgang) -> Ausgang {
    if GESTOERT.load(Ordering::Relaxed) {
        Ausgang::NichtGebaut
    } else {
        ausgang
    }
}

/// Writes to standard error.
pub(crate) fn klage(text: &str) {
    // Nothing to say leaves the line where it is.
    if text.is_empty() {
        return;
    }
    raeume();
    let _ = io::stderr().write_all(text.as_bytes());
}

/// Writes findings to standard error, with colours on a terminal.
pub(crate) fn zeige(befunde: &[Befund], quellen: &Sources) {
    klage(&render::text(befunde, quellen, farbig(&io::stderr())));
}

/// Messages of work that is done beside other work: kept until it is their turn.
#[derive(Debug, Default)]
pub(crate) struct Meldungen(Vec<(Ziel, String)>);

/// Where a message goes.
#[derive(Debug, Clone, Copy)]
enum Ziel {
    Ausgabe,
    Fehler,
}

impl Meldungen {
    /// As [`sage`], later.
    pub(crate) fn sage(&mut self, text: String) {
        self.0.push((Ziel::Ausgabe, text));
    }

    /// As [`klage`], later.
    pub(crate) fn klage(&mut self, text: String) {
        self.0.push((Ziel::Fehler, text));
    }

    /// As [`zeige`], later.
    pub(crate) fn zeige(&mut self, befunde: &[Befund], quellen: &Sources) {
        self.klage(render::text(befunde, quellen, farbig(&io::stderr())));
    }

    /// Writes the messages in their order.
    pub(crate) fn schreibe(self) {
        for (ziel, text) in self.0 {
            match ziel {
                Ziel::Ausgabe => sage(&text),
                Ziel::Fehler => klage(&text),
            }
        }
    }
}

/// Whether this output shows colours: a terminal whose user did not decline them (<https://no-color.org>).
/// The environment decides only the look on a terminal and reaches no paper.
fn farbig(ausgabe: &impl IsTerminal) -> bool {
    let gesetzt = |name| std::env::var_os(name).is_some_and(|wert| !wert.is_empty());
    ausgabe.is_terminal()
        && !gesetzt("NO_COLOR")
        && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// Writes what a check found to standard output, grouped by paper, with colours on a terminal.
pub(crate) fn sage_bericht(befunde: &[Befund], tafeln: &[render::Tafel], quellen: &Sources) {
    let farbig = farbig(&io::stdout());
    sage(&render::bericht(befunde, tafeln, quellen, farbig));
}
