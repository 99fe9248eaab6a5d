//! The rules of the legal check, proven by cases: a folder for each rule, a file for each case. Adding a case needs no
//! Rust; `fall.rs` says what a case holds.
//!
//! `REGELN_UPDATE=1 cargo test --test regeln` writes the findings of the cases that are to fire.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../papiere/fixture.rs"]
#[expect(dead_code, reason = "shared with other tests, which use more of it")]
mod fixture;

mod befehle;
mod ersetzung;
mod faelle;
mod fall;
mod fixtures;
mod halb;
mod ledger;
mod meldungen;
mod orte;
mod tafel;
mod vermerkdatei;
mod vermerke;
