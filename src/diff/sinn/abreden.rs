//! What the parties agreed beside tasks, shares and amounts: the board, outlays, annexes, personal data, how to leave.

use super::{AUSLAGE, DATENART, Sinn};
use crate::input::Bruch;
use crate::model::kosten::{Gemeinkostenbasis, Kostenposition};
use crate::model::text::Text;
use crate::model::{Koerperschaft, Vereinbarung, Vorgang};

/// What is known of one agreement: what it is about, by what it is known, what it is called and how it stands.
pub(super) fn abreden(
    vorgang: &Vorgang,
    vereinbarung: &Vereinbarung,
    merke_als: &mut impl FnMut(Sinn, &str, String, String),
) {
    let mut merke = |sinn, gegenstand: &str, wert: String| {
        merke_als(sinn, gegenstand, gegenstand.to_owned(), wert);
    };
    if let Some(tag) = vereinbarung.geschlossen {
        merke(Sinn::Frist, "Tag des Abschlusses", tag.to_string());
    }
    if let Some(lenkungskreis) = &vereinbarung.lenkungskreis {
        let vorsitz = vorgang.koerperschaften.get(&lenkungskreis.vorsitz);
        let vorsitz = vorsitz.map_or_else(
            || lenkungskreis.vorsitz.to_string(),
            Koerperschaft::amtsform,
        );
        merke(Sinn::Regelung, "Vorsitz im Lenkungskreis", vorsitz);
        merke(
            Sinn::Regelung,
            "Sitzungen des Lenkungskreises im Jahr",
            format!("mindestens {}", lenkungskreis.sitzungen_im_jahr),
        );
    }
    let wichtiger_grund = vereinbarung.kuendigung.as_ref();
    if let Some(genannt) = wichtiger_grund.and_then(|k| k.wichtiger_grund) {
        let wert = if genannt { "genannt" } else { "nicht genannt" };
        merke(
            Sinn::Regelung,
            "Kündigung aus wichtigem Grund",
            wert.to_owned(),
        );
    }
    for anlage in &vereinbarung.anlagen {
        let wert = if anlage.bestandteil {
            "Bestandteil"
        } else {
            "nachrichtlich"
        };
        merke(
            Sinn::Anlage,
            &format!("Anlage der Vereinbarung: {}", anlage.papier),
            wert.to_owned(),
        );
    }
    if let Some(datenschutz) = &vereinbarung.datenschutz {
        for daten in &datenschutz.daten {
            let gegenstand = format!("{DATENART} „{}“ (Datenschutz)", daten.einzeilig());
            merke(Sinn::Regelung, &gegenstand, String::new());
        }
        if datenschutz.gesundheitsdaten {
            merke(
                Sinn::Regelung,
                "Klausel über Gesundheitsdaten",
                String::new(),
            );
        }
    }
    for (name, aufgabe) in &vereinbarung.aufgaben {
        for auslage in &aufgabe.auslagen {
            let text = auslage.bezeichnung.einzeilig();
            merke_als(
                Sinn::Aufgabe,
                &format!("{AUSLAGE} {name}: {text}"),
                format!("{AUSLAGE} „{text}“ (Aufgabe „{}“)", aufgabe.bezeichnung),
                auslage.verteilung.wortlaut().to_owned(),
            );
        }
    }
}

/// What is agreed of the post from which a sum is computed.
pub(super) fn arbeitsplatz(
    bezeichnung: &str,
    position: &Kostenposition,
    merke_als: &mut impl FnMut(Sinn, &str, String, String),
) {
    let Some(arbeitsplatz) = &position.arbeitsplatz else {
        return;
    };
    let bewertung: Vec<String> = arbeitsplatz.bewertung.iter().map(Text::einzeilig).collect();
    let basis = match arbeitsplatz.basis() {
        Gemeinkostenbasis::Personalkosten => "der Personalkosten",
        Gemeinkostenbasis::PersonalUndSachkosten => "der Personal- und Sachkosten",
    };
    let angaben = [
        ("Stellenanteil", dezimal(&arbeitsplatz.stellenanteil.0)),
        ("Bewertung der Stelle", bewertung.join(" oder ")),
        (
            "Gemeinkosten",
            format!("{} {basis}", prozent(&arbeitsplatz.gemeinkosten)),
        ),
        ("Anteil der Sachkosten", dezimal(&arbeitsplatz.sachkosten)),
    ];
    for (wort, wert) in angaben {
        let gegenstand = format!("{wort} {bezeichnung}");
        merke_als(Sinn::Regelung, &gegenstand, gegenstand.clone(), wert);
    }
}

fn dezimal(bruch: &Bruch) -> String {
    bruch.dezimal().unwrap_or_else(|| bruch.to_string())
}

fn prozent(bruch: &Bruch) -> String {
    bruch.prozent().unwrap_or_else(|| bruch.to_string())
}
