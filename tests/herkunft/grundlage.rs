//! The matters that are asked, each with its index, made once for all tests.

use std::sync::LazyLock;

use drucksache::herkunft::Index;
use drucksache::pipeline::{Eingabe, Ordner};

use crate::fixture;

/// A matter and where its papers come from.
pub(crate) struct Grundlage {
    pub(crate) name: &'static str,
    pub(crate) eingabe: Eingabe,
    pub(crate) index: Index,
}

/// 215/21 after its publication, with all its letters.
pub(crate) static VEREINBARUNG: LazyLock<Grundlage> = LazyLock::new(|| {
    let mut eingabe = benannt("drucksache-215-21");
    fixture::ersetze(
        &mut eingabe.vorgang,
        "vereinbarungen.yaml",
        "status: entwurf",
        "status: genehmigt\n    geschlossen: 30.11.2021\n    genehmigung: { vom: 14.12.2021, aktenzeichen: 31.1-17 }\n    veröffentlichung: { am: 18.12.2021, nummer: 50, seite: 412 }",
    );
    Grundlage::aus("vereinbarung", eingabe)
});

/// The matter of a town: votes, amounts, annexes, a Klima-Check.
pub(crate) static KLIMA: LazyLock<Grundlage> =
    LazyLock::new(|| Grundlage::aus("klima-check", benannt("klima-check")));

impl Grundlage {
    fn aus(name: &'static str, eingabe: Eingabe) -> Self {
        let index = Index::neu(&eingabe).unwrap_or_else(|entwurf| panic!("{:#?}", entwurf.befunde));
        Self {
            name,
            eingabe,
            index,
        }
    }
}

/// A fixture, its files named without its folder.
fn benannt(vorgang: &str) -> Eingabe {
    let mut eingabe = fixture::vorgang(vorgang);
    eingabe.vorgang.anzeige = String::new();
    eingabe.stammdaten.anzeige = "stammdaten".to_owned();
    eingabe
}

/// A file of a matter by the name that places bear.
pub(crate) fn datei<'e>(eingabe: &'e mut Eingabe, name: &str) -> (&'e mut Ordner, String) {
    match name.strip_prefix("stammdaten/") {
        Some(innen) => (&mut eingabe.stammdaten, innen.to_owned()),
        None => (&mut eingabe.vorgang, name.to_owned()),
    }
}
