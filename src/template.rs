//! Facts and computed values → papers as Markdown, each piece with its origin.
//!
//! Templates are Tera; they see a view made for them ([`view`]) and do no arithmetic. Text is escaped by the place
//! where it comes to stand, so that data never becomes markup. Nothing here reads a file, a clock or the environment.
//!
//! The way of a template: [`instrument`] marks where each piece of its output will come from, the engine renders it,
//! [`papier`] takes the marks out again, escapes, numbers clauses and resolves references.

pub mod abdeckung;
mod auswahl;
mod engine;
mod escape;
mod fehlend;
mod fehler;
mod felder;
mod gedaechtnis;
mod hausstil;
mod instrument;
mod messung;
mod namen;
pub mod papier;
mod prosa;
mod schreiben;
mod verwaist;
pub mod view;
pub mod vorlage;
mod werte;

pub use abdeckung::Abdeckung;
pub use auswahl::{Ausschnitt, Auswahl};
pub use felder::{Feld, felder, filter_und_funktionen};
pub use papier::{Bezug, Herkunft, Papier, Ursprung};
pub use schreiben::{
    Druckstock, Texte, abdeckung, lies_eingebaute, lies_form, papiere, papiere_mit,
    papiere_und_druckstock,
};
pub use view::schaubilder;
pub use vorlage::Vorlagen;

/// Characters that carry information from a template's output to [`papier`]. Input that holds one is refused.
mod zeichen {
    /// Before the number of an origin.
    pub(super) const URSPRUNG: char = '\u{E000}';
    /// After the number of an origin.
    pub(super) const URSPRUNG_ENDE: char = '\u{E001}';
    /// Before a character of data that could be read as markup.
    pub(super) const DATEN: char = '\u{E002}';
    /// Before the key of a clause that is referred to.
    pub(super) const VERWEIS: char = '\u{E003}';
    /// After the key of a clause that is referred to.
    pub(super) const VERWEIS_ENDE: char = '\u{E004}';
    /// The number of the clause at hand.
    pub(super) const KLAUSELNUMMER: char = '\u{E005}';
    /// The number of the next Absatz in the clause at hand.
    pub(super) const ABSATZNUMMER: char = '\u{E006}';
    /// Before the key of a law that is cited.
    pub(super) const RECHT: char = '\u{E007}';
    /// After the key of a law that is cited.
    pub(super) const RECHT_ENDE: char = '\u{E008}';
}
