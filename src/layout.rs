//! Blocks → pages: typography and page breaks, as plain data in 1/1000 pt.

pub mod page;
