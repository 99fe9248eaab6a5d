//! The fixtures through the whole pipeline, and the program as its users call it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod auswahl;
mod auszug;
mod befehle;
mod briefe;
mod faelle;
mod fehler;
mod fixture;
mod fristen;
mod gesamt;
mod golden;
mod kostenuebersicht;
mod luecken;
mod markdown;
mod mengen;
mod stufen;
mod tatsachen;
mod vereinbarung;
mod vorlagen;
mod wortlaut;
