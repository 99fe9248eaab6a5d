//! Small matters as text, and what the program computes of them.

use std::path::Path;

use drucksache::compute::Zahlen;
use drucksache::diagnostic::render;
use drucksache::model::Vorgang;
use drucksache::pipeline::{self, Eingabe};

/// A matter of one file, and base data of one.
pub(crate) fn eingabe(vorgang: &str, stammdaten: &str) -> Eingabe {
    let mut eingabe = Eingabe::default();
    let datei = |text: &str| text.as_bytes().into();
    eingabe
        .vorgang
        .dateien
        .insert("vorgang.yaml".to_owned(), datei(vorgang));
    let stammdaten = datei(stammdaten);
    eingabe
        .stammdaten
        .dateien
        .insert("stammdaten.yaml".to_owned(), stammdaten);
    eingabe
}

/// The matter of Drucksache 215/21 with texts replaced, each of which must occur in some file.
pub(crate) fn drucksache_215_21(aenderungen: &[(&str, &str)]) -> Eingabe {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut eingabe = Eingabe::default();
    for name in ["kosten", "nutzung", "vereinbarungen", "vorgang"] {
        let pfad = fixtures.join(format!("drucksache-215-21/{name}.yaml"));
        let text = std::fs::read(pfad).unwrap();
        eingabe
            .vorgang
            .dateien
            .insert(format!("{name}.yaml"), text.into());
    }
    let text = std::fs::read(fixtures.join("stammdaten/koerperschaften.yaml")).unwrap();
    eingabe
        .stammdaten
        .dateien
        .insert("koerperschaften.yaml".to_owned(), text.into());
    let praeambel = fixtures.join("drucksache-215-21/texte/praeambel.md");
    eingabe.vorgang.dateien.insert(
        "texte/praeambel.md".to_owned(),
        std::fs::read(praeambel).unwrap().into(),
    );
    // Without a Drucksache nothing else says which day's law counts.
    ersetze(
        &mut eingabe,
        "    status: entwurf",
        "    status: entwurf\n    rechtsstand: 09.11.2021",
    );
    for (alt, neu) in aenderungen {
        ersetze(&mut eingabe, alt, neu);
    }
    eingabe
}

fn ersetze(eingabe: &mut Eingabe, alt: &str, neu: &str) {
    let mut getroffen = false;
    let dateien = eingabe.vorgang.dateien.values_mut();
    for datei in dateien.chain(eingabe.stammdaten.dateien.values_mut()) {
        let text = String::from_utf8(datei.to_vec()).unwrap();
        getroffen |= text.contains(alt);
        *datei = text.replace(alt, neu).into_bytes().into();
    }
    assert!(getroffen, "„{alt}“ fehlt");
}

/// What the program computes of a sound matter.
pub(crate) fn rechne<T>(eingabe: &Eingabe, nimm: impl FnOnce(&Vorgang, &Zahlen<'_>) -> T) -> T {
    let (wert, ergebnis) = pipeline::rechne(eingabe, nimm);
    wert.unwrap_or_else(|| {
        panic!(
            "{}",
            render::text(&ergebnis.befunde, &ergebnis.quellen, false)
        )
    })
}

/// What is wrong with a matter, in one text.
pub(crate) fn befunde(eingabe: &Eingabe) -> String {
    let (_, ergebnis) = pipeline::rechne(eingabe, |_, _| ());
    render::text(&ergebnis.befunde, &ergebnis.quellen, false)
}
