//! An answer as text for people.

use super::{Auskunft, Kopplung, Rechenweg, Stumm, Textart, Textstelle, Wert};

/// Longest line of a file that is shown whole, in characters.
const LAENGSTE_ZEILE: usize = 100;
/// Most values that are named of those that had to change with one.
const MITGEAENDERTE: usize = 3;

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
    for (art, eingebaut, kopf) in [
        (Textart::Prosa, false, "Texte des Vorgangs:"),
        (Textart::Vorlage, false, "Vorlage:"),
        (Textart::Vorlage, true, "Eingebaute Vorlage:"),
    ] {
        let texte = auskunft.texte.iter();
        let stellen: Vec<_> = texte
            .filter(|t| t.art == art && t.eingebaut == eingebaut)
            .collect();
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
        if auskunft.weitere > 0 {
            text.push_str(&format!("  {}\n", weitere(auskunft.weitere)));
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
    let kopplung = wert.kopplung.as_ref();
    let kopplung = kopplung.map_or_else(String::new, |kopplung| {
        format!("      {}\n", gekoppelt(kopplung, &wert.ort.datei))
    });
    format!(
        "  {}  {}\n      {}\n{kopplung}",
        ort(&wert.ort),
        wert.pfad,
        zeilentext(&wert.ort)
    )
}

/// „nur zusammen mit gleichen Angaben: termine.vergabe und 3 weiteren“; what stands in another file is named
/// with it.
fn gekoppelt(kopplung: &Kopplung, hier: &str) -> String {
    let namen: Vec<String> = kopplung
        .mit
        .iter()
        .take(MITGEAENDERTE)
        .map(|(datei, pfad)| match &**datei == hier {
            true => pfad.clone(),
            false => format!("{pfad} ({datei})"),
        })
        .collect();
    let mehr = match kopplung.mit.len().saturating_sub(namen.len()) {
        0 => String::new(),
        1 => " und einer weiteren".to_owned(),
        mehr => format!(" und {mehr} weiteren"),
    };
    let was = if kopplung.gleiche {
        "mit gleichen Angaben"
    } else {
        "mit anderen Angaben"
    };
    if namen.is_empty() {
        return format!("nur zusammen {was}");
    }
    format!("nur zusammen {was}: {}{mehr}", namen.join(", "))
}

/// The line, a long one only around the place.
fn zeilentext(ort: &super::Ort) -> String {
    let zeichen: Vec<char> = ort.zeilentext.chars().collect();
    if zeichen.len() <= LAENGSTE_ZEILE {
        return ort.zeilentext.clone();
    }
    let ist_luecke = |at: usize| zeichen.get(at).is_none_or(|c| c.is_whitespace());
    // Cut between words, if one ends nearby.
    let von = ort.im_text.saturating_sub(LAENGSTE_ZEILE / 3);
    let von = (von..ort.im_text)
        .find(|at| *at == 0 || ist_luecke(at - 1))
        .unwrap_or(von);
    let bis = (von + LAENGSTE_ZEILE).min(zeichen.len());
    let bis = (ort.im_text + 1..=bis)
        .rev()
        .find(|at| ist_luecke(*at))
        .unwrap_or(bis);
    let mitte: String = zeichen.get(von..bis).unwrap_or_default().iter().collect();
    let davor = if von > 0 { "… " } else { "" };
    let dahinter = if bis < zeichen.len() { " …" } else { "" };
    format!("{davor}{}{dahinter}", mitte.trim())
}

fn textstelle(stelle: &Textstelle) -> String {
    match &stelle.ausdruck {
        Some(ausdruck) => format!("  {}  {ausdruck}\n", ort(&stelle.ort)),
        None => format!(
            "  {}\n      {}\n",
            ort(&stelle.ort),
            zeilentext(&stelle.ort)
        ),
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

/// „und 2 weitere Rechnungen mit demselben Ergebnis“
pub(crate) fn weitere(anzahl: usize) -> String {
    let rechnungen = if anzahl == 1 {
        "eine weitere Rechnung".to_owned()
    } else {
        format!("{anzahl} weitere Rechnungen")
    };
    format!("und {rechnungen} mit demselben Ergebnis")
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::herkunft::Ort;
    use crate::source::LineColumn;

    fn gezeigt(zeile: &str, im_text: usize) -> String {
        zeilentext(&Ort {
            datei: "a.md".into(),
            punkt: LineColumn { line: 1, column: 1 },
            zeilentext: zeile.to_owned(),
            im_text,
        })
    }

    #[test]
    fn what_had_to_change_with_a_value_is_said() {
        let kopplung = |gleiche, anzahl: usize| Kopplung {
            gleiche,
            mit: (1..=anzahl)
                .map(|i| ("a.yaml".into(), format!("nutzung[{i}].von")))
                .collect(),
        };
        assert_eq!(
            gekoppelt(&kopplung(true, 5), "a.yaml"),
            "nur zusammen mit gleichen Angaben: nutzung[1].von, nutzung[2].von, nutzung[3].von und 2 weiteren"
        );
        assert_eq!(
            gekoppelt(&kopplung(false, 1), "b.yaml"),
            "nur zusammen mit anderen Angaben: nutzung[1].von (a.yaml)"
        );
        assert_eq!(
            gekoppelt(&kopplung(true, 4), "a.yaml"),
            "nur zusammen mit gleichen Angaben: nutzung[1].von, nutzung[2].von, nutzung[3].von und einer weiteren"
        );
    }

    #[test]
    fn calculations_that_are_not_listed_are_counted() {
        assert_eq!(
            weitere(1),
            "und eine weitere Rechnung mit demselben Ergebnis"
        );
        assert_eq!(
            weitere(4),
            "und 4 weitere Rechnungen mit demselben Ergebnis"
        );
    }

    #[test]
    fn a_short_line_is_shown_whole() {
        assert_eq!(gezeigt("nummer: 88/26", 8), "nummer: 88/26");
    }

    #[test]
    fn a_long_line_is_cut_between_words_around_the_place() {
        let zeile = "wort ".repeat(40) + "HIER" + &" ende".repeat(40);
        let gezeigt = gezeigt(&zeile, 200);
        assert!(gezeigt.contains(" HIER "), "{gezeigt}");
        assert!(gezeigt.starts_with("… wort "), "{gezeigt}");
        assert!(gezeigt.ends_with(" ende …"), "{gezeigt}");
        assert!(gezeigt.chars().count() <= LAENGSTE_ZEILE + 4);
    }

    #[test]
    fn a_place_at_an_end_of_a_long_line_is_shown() {
        let zeile = "ä".repeat(300);
        assert!(gezeigt(&zeile, 0).starts_with('ä'));
        assert!(gezeigt(&zeile, 299).ends_with('ä'));
        assert!(!gezeigt(&zeile, 1_000).is_empty());
    }
}
