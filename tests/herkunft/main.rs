//! Where the lines of papers come from, proven twice: by sentences that people labelled, and against other values than the
//! program itself tries.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(
    clippy::print_stdout,
    reason = "the long form of the oracle says what it found"
)]

#[path = "../papiere/fixture.rs"]
#[expect(dead_code, reason = "shared with other tests, which use more of it")]
mod fixture;

mod gemeinsam;
mod grundlage;
mod orakel;
mod programm;
mod saetze;
mod zahlen;
