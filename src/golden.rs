//! Golden files: what the papers of a matter were when somebody last read them, layer by layer.
//!
//! | Layer | File | Follows from |
//! |---|---|---|
//! | `zahlen` | `zahlen.json`, one a matter | the facts |
//! | `text` | `<Papier>.md` | `zahlen`, the prose, the templates |
//! | `struktur` | `<Papier>.struktur.txt`, the tag tree | `text` |
//! | `seiten` | `<Papier>.seiten.txt`, the lines with their places | `text` |
//! | `bytes` | `bytes.sha256`, one line a paper, as `sha256sum` writes it | `struktur`, `seiten`, fonts, metadata |
//!
//! A difference is reported at the lowest layer that broke: a changed text also changes what follows from it, but only
//! the text is the news. One file a paper and layer keeps a change of one paper out of the others' files, so that a
//! reviewer reads the Markdown alone; numbers belong to the matter and hashes say nothing by themselves, so these are
//! one file each. `bytes.sha256` also is the list of papers: what it does not name is not ours to remove.
//!
//! Compares contents only; reading and writing them is the shell's business.

pub mod abdeckung;
pub mod bericht;
mod folge;
mod seiten;
mod stand;
mod struktur;
mod unterschied;
mod vergleich;

pub use stand::{Ebene, Stand, ist_golden_name};
pub use unterschied::Unterschied;
pub use vergleich::{Abweichung, Vergleich, vergleiche};
