//! The matter (Vorgang) as typed facts: what the YAML says, with every name resolved.
//!
//! Knows no file system and no template. Shapes are serde types, one file a topic; [`vorgang::Vorgang::aus`] puts the
//! sections of all files together and checks the names that one section uses of another.

pub mod abschnitt;
pub mod anlage;
pub mod beratung;
pub mod datei;
pub mod drucksache;
mod ersatz;
pub mod frist;
pub mod koerperschaft;
pub mod kosten;
pub mod namen;
pub mod nutzung;
pub mod reihe;
pub mod schema;
pub mod steuer;
pub mod text;
pub mod vereinbarung;
pub mod verfahren;
mod verweise;
pub mod vorgang;

pub use drucksache::Drucksache;
pub use koerperschaft::{Koerperschaft, Schluessel};
pub use reihe::Reihe;
pub use text::{Prosa, Text};
pub use vereinbarung::Vereinbarung;
pub(crate) use verweise::{haelt_nur_papiere_auf, ist_ersetzbar};
pub use vorgang::Vorgang;
