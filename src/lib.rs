//! `drucksache` turns the facts of a council matter, kept once as YAML, into the papers a German council needs.

#![forbid(unsafe_code)]

pub mod diagnostic;
pub mod layout;
pub mod markdown;
pub mod pdf;
pub mod source;
