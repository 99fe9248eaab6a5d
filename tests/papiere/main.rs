//! The fixtures through the whole pipeline, and the program as its users call it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod befehle;
mod fixture;
mod golden;
mod markdown;
mod mengen;
mod stufen;
mod vereinbarung;
mod vorlagen;
mod wortlaut;
