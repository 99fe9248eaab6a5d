//! Whole documents, set and read again.

mod build;
mod pages;
mod reading;
mod tables;
mod typography;
