//! An answer as text for people.

use super::{Auskunft, Rechenweg, Stumm, Textart, Textstelle, Wert};

/// The answer as text, with a line break at its end.
pub fn text(auskunft: &Auskunft) -> String {
    let (von, bis) = auskunft.zeilen;
    let zeilen = if von == bis {
        format!("Zeile {von}")
    } else {
        format!("Zeilen {von} bis {bis}")
    };
    let mut text = format!("{}, {zeilen}\n", auskunft.papier);
    for zeile in auskunft.text.lines() {
        text.push_str(&format!("    {zeile}\n"));
    }
    if auskunft.werte.is_empty() {
        text.push_str("\nWerte: keine; hier steht nur Text der Vorlage oder des Programms\n");
    } else {
        text.push_str("\nWerte, von denen die Stelle abhängt:\n");
    }
    for wert in &auskunft.werte {
        text.push_str(&zeile_des_werts(wert));
    }
    for (art, kopf) in [
        (Textart::Prosa, "Texte des Vorgangs:"),
        (Textart::Vorlage, "Vorlage:"),
    ] {
        let stellen: Vec<_> = auskunft.texte.iter().filter(|t| t.art == art).collect();
        if !stellen.is_empty() {
            text.push_str(&format!("\n{kopf}\n"));
            for stelle in stellen {
                text.push_str(&textstelle(stelle));
            }
        }
    }
    if !auskunft.rechenwege.is_empty() {
        text.push_str("\nBerechnung:\n");
        for weg in &auskunft.rechenwege {
            text.push_str(&rechenweg(weg));
        }
    }
    if !auskunft.bedingungen.is_empty() {
        text.push_str("\nDass es das Papier gibt:\n");
        for wert in &auskunft.bedingungen {
            text.push_str(&zeile_des_werts(wert));
        }
    }
    text
}

fn ort(ort: &super::Ort) -> String {
    format!("{}:{}:{}", ort.datei, ort.punkt.line, ort.punkt.column)
}

fn zeile_des_werts(wert: &Wert) -> String {
    format!(
        "  {}  {}\n      {}\n",
        ort(&wert.ort),
        wert.pfad,
        wert.ort.zeilentext
    )
}

fn textstelle(stelle: &Textstelle) -> String {
    match &stelle.ausdruck {
        Some(ausdruck) => format!("  {}  {ausdruck}\n", ort(&stelle.ort)),
        None => format!("  {}\n      {}\n", ort(&stelle.ort), stelle.ort.zeilentext),
    }
}

fn rechenweg(weg: &Rechenweg) -> String {
    let mut text = format!("  {} = {}\n", weg.titel, weg.ergebnis);
    for (was, ergebnis) in &weg.schritte {
        let gleich = if ergebnis.is_empty() { "" } else { " = " };
        text.push_str(&format!("      {was}{gleich}{ergebnis}\n"));
    }
    text
}

/// The values that move nothing, one a line, with their reasons.
pub fn stumme(stumme: &[Stumm]) -> String {
    stumme
        .iter()
        .map(|stumm| {
            let wert = &stumm.wert;
            format!(
                "{}  {}: {}\n    {}\n",
                ort(&wert.ort),
                wert.pfad,
                wert.wert,
                stumm.grund.text()
            )
        })
        .collect()
}
