//! Costs: the vectors that were computed by hand, laws that hold for any figures, and a second implementation.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod fehler;
mod vektoren;
mod vorgang;
