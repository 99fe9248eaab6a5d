//! `drucksache` turns the facts of a council matter, kept once as YAML, into the papers a German council needs.
//!
//! One way through, each stage importing only those before it:
//!
//! ```text
//! files ─input─▶ trees ─model─▶ Vorgang ─compute─▶ Zahlen ─template─▶ Papiere ─check─▶ Befunde
//!                                                                        └─markdown─▶ blocks ─layout─▶ pages ─pdf─▶ bytes
//! ```
//!
//! Beside the line stand [`recht`] (laws as data), [`diagramm`] (charts of amounts), [`gesamt`] (a Vorlage and its
//! annexes in one paper) and [`anlagen`] (what files a matter brings along); behind it [`golden`], [`diff`] (two states
//! of a matter), [`herkunft`] (where a sentence comes from) and [`pruefexemplar`] (a paper with notes for its
//! reviewers).
//!
//! Invariants: Markdown is the single text, the PDF is made of the very bytes that are written. A fact is typed once.
//! Faults of the user are findings with a place and a remedy, in German; trouble of the environment is an error; a panic
//! is our bug. Nothing in this library prints, exits, or knows the clock, the environment, the locale or the network.

pub mod source;

pub mod diagnostic;

pub mod input;

pub mod recht;

pub mod model;

pub mod compute;

pub mod diagramm;

pub mod markdown;

pub mod template;

pub mod gesamt;

pub mod check;

pub mod layout;

pub mod pdf;

pub mod anlagen;

pub mod pipeline;

pub mod golden;

pub mod diff;

pub mod herkunft;

pub mod pruefexemplar;
