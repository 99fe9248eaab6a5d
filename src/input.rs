//! Bytes of a file → text → YAML tree with places → values of the model, and the scalar types that the model is made of.
//!
//! The four steps are [`encoding::read`], [`tree::parse`], [`decode::decode`] and, for findings that come later,
//! [`place::locate`]. Scalars stay source text until a field says what it wants, so `01.05`, `0544` or `nein` never
//! become numbers or booleans by accident.
//!
//! This stage knows no type of the model, opens no file and renders no finding.

pub mod betrag;
pub mod bruch;
mod builtin;
pub mod datum;
pub mod decode;
pub mod encoding;
mod fault;
pub mod place;
mod refuse;
pub mod scalar;
mod spelling;
mod stand_in;
pub mod suggest;
mod syntax;
pub mod tree;
pub mod value;
mod walk;

#[cfg(test)]
mod cases;

pub use betrag::{Betrag, Cent};
pub use bruch::Bruch;
pub use datum::Datum;
pub use decode::{decode, decode_node};
pub use encoding::read;
pub use place::{locate, locate_key};
pub use scalar::Scalar;
pub(crate) use spelling::{ist_anfuehrung, umschrift};
pub use tree::{Tree, parse};
pub use value::{Wertfehler, deserialize_scalar};
