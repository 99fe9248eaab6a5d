//! Markdown → blocks: reads the one dialect that templates write and authors may use.

pub mod ast;
pub mod front;
