//! Two states of a matter → what changed, why, and whether it matters.
pub(crate) mod gliederung;
pub mod text;
