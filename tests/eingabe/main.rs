//! Input that a tired clerk survives: broken, hostile and interrupted, and the helps against it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod befehl;
mod dateien;
mod dauer;
mod feindlich;
mod goldenstoerungen;
mod hilfen;
mod korpus;
mod mutationen;
mod programm;
mod schema;
mod skalare;
mod stoerungen;
