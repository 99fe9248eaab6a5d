//! Drucksache 215/21 says word for word what the council printed in 2021.

use drucksache::markdown;

use crate::fixture;

/// The words as the council printed them, from head to annex.
const GEDRUCKT: &str = include_str!("wortlaut/drucksache-215-21.txt");

#[test]
fn the_paper_is_the_printed_one_word_for_word() {
    let ergebnis = fixture::entwirf(&fixture::drucksache_215_21());
    let (dokument, _) = markdown::parse(&fixture::markdown(&ergebnis, "215-21-beschlussvorlage"));
    let text = markdown::text::plain_text(&dokument);
    let gesetzt: Vec<_> = text.split_whitespace().collect();
    // At a line's end „Asyl-“ and „Instanzen“ are one word.
    let gedruckt = GEDRUCKT.replace("Asyl-\n\nInstanzen", "Asyl-Instanzen");
    let gedruckt: Vec<_> = gedruckt.split_whitespace().collect();
    assert_eq!(gesetzt, gedruckt);
}
