//! Costs: the vectors that were computed by hand, laws that hold for any figures, and a second implementation.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod fall;
mod fehler;
mod gesetze;
mod vektoren;
mod vorgang;
mod zweite;
