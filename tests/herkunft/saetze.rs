//! Sentences that people labelled.
use crate::grundlage::{KLIMA, VEREINBARUNG};

#[test]
fn stumme() {
    for g in [&*VEREINBARUNG, &*KLIMA] {
        let s = g.index.stumme();
        println!(
            "== {} {} von {}\n{}",
            g.name,
            s.len(),
            g.index.anzahl(),
            drucksache::herkunft::bericht::stumme(&s)
        );
    }
}
