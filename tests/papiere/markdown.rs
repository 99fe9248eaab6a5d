//! The written Markdown is the single text: what `pdf` makes of it is what `render` wrote.

use std::sync::Arc;

use drucksache::pipeline::{self, Eingabe};
use drucksache::template::Auswahl;

use crate::fixture::{baue, drucksache_215_21, ersetze, markdown};

fn gleiche_bytes(eingabe: &Eingabe, auswahl: &Auswahl) {
    let ergebnis = pipeline::baue(eingabe, auswahl).unwrap();
    assert!(!ergebnis.papiere.is_empty());
    for fertig in &ergebnis.papiere {
        let (gesetzt, befunde) =
            pipeline::setze(&fertig.papier.markdown, &fertig.beilagen).unwrap();
        assert!(
            gesetzt.unwrap().pdf == fertig.pdf,
            "{}: {befunde:?}",
            fertig.papier.name
        );
    }
}

#[test]
fn the_pdf_of_the_written_markdown_is_the_rendered_one() {
    gleiche_bytes(&drucksache_215_21(), &Auswahl::default());
}

#[test]
fn also_as_a_draft_with_a_logo() {
    let mut eingabe = drucksache_215_21();
    let logo: Arc<[u8]> = png();
    eingabe
        .stammdaten
        .dateien
        .insert("logos/kreis.png".to_owned(), logo);
    ersetze(
        &mut eingabe.stammdaten,
        "koerperschaften.yaml",
        "    regierungsbezirk: Arnsberg\n",
        "    regierungsbezirk: Arnsberg\n    hausstil: { logo: logos/kreis.png, satz: flatter }\n",
    );
    let auswahl = Auswahl {
        entwurf: true,
        ..Auswahl::default()
    };
    gleiche_bytes(&eingabe, &auswahl);
    let ergebnis = baue(&eingabe);
    assert!(ergebnis.papiere[0].beilagen.contains_key("logos/kreis.png"));
}

/// A grey square of 8 × 8 pixels.
fn png() -> Arc<[u8]> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 8, 8);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&[128; 64]).unwrap();
    writer.finish().unwrap();
    bytes.into()
}

#[test]
fn names_are_data_and_never_markup() {
    let mut eingabe = drucksache_215_21();
    ersetze(
        &mut eingabe.vorgang,
        "drucksachen/215-21.yaml",
        "organisationseinheit: Steuerungsdienst",
        "organisationseinheit: 'A|B *C* _D_ <script> {{ 1 }} # E & F ~~G~~ [h](i) `j` \\ 1. k'",
    );
    let ergebnis = baue(&eingabe);
    let text = markdown(&ergebnis, "215-21-beschlussvorlage");
    let (dokument, befunde) = drucksache::markdown::parse(&text);
    assert!(befunde.is_empty(), "{befunde:?}\n{text}");
    let sichtbar = drucksache::markdown::text::plain_text(&dokument);
    assert!(
        sichtbar.contains("A|B *C* _D_ <script> {{ 1 }} # E & F ~~G~~ [h](i) `j` \\ 1. k"),
        "{sichtbar}"
    );
}

#[test]
fn every_sign_of_the_text_knows_its_origin() {
    let ergebnis = baue(&drucksache_215_21());
    let papier = &ergebnis.papiere[0].papier;
    let beginn = papier.markdown.find("# ").unwrap();
    let ohne: String = papier.markdown[beginn..]
        .char_indices()
        .filter(|(at, c)| {
            !c.is_whitespace() && papier.ursprung(&(beginn + at..beginn + at + 1)).is_none()
        })
        .map(|(_, c)| c)
        .collect();
    assert_eq!(ohne, "");
}
