//! The matter (Vorgang) as typed facts: what the YAML says, with every name resolved.
//!
//! Knows no file system and no template. Shapes are serde types, one file a topic; [`vorgang::Vorgang::aus`] puts the
//! sections of all files together and checks the names that one section uses of another.

pub mod datei;
pub mod drucksache;
pub mod koerperschaft;
pub mod kosten;
pub mod nutzung;
pub mod schema;
pub mod text;
pub mod vereinbarung;
mod verweise;
pub mod vorgang;

pub use drucksache::Drucksache;
pub use koerperschaft::{Koerperschaft, Schluessel};
pub use text::{Prosa, Text};
pub use vereinbarung::Vereinbarung;
pub use vorgang::Vorgang;
