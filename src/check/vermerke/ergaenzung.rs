//! Writes one more waiver at the end of the file, or a renewed one in the place of the one that ended, and changes nothing
//! else that somebody wrote.

use super::lesen::zeilen;
use super::{DATEI, Eintrag, Vermerke};
use crate::diagnostic::Befund;
use crate::source::Source;

/// What a file says that has no waiver yet.
const KOPF: &str = "# Befunde, die jemand bewusst hinnimmt; geschrieben von `drucksache vermerken`.\n# Ändert sich, was ein Vermerk deckt, gilt er nicht mehr.\nvermerke:\n";

/// The file's text with one more waiver at its end; comments and everything else stay as they are.
///
/// `None` where the file is written in such a way that a text at its end is not a further waiver.
pub fn ergaenzt(text: &str, eintrag: &Eintrag) -> Option<String> {
    let vorher = gelesen(text)?;
    let umbruch = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut neu = if !vorher.is_empty() {
        text.to_owned()
    } else if text.contains("vermerke") {
        ohne_leere_liste(text)
    } else {
        format!("{text}{KOPF}")
    };
    if !neu.is_empty() && !neu.ends_with('\n') {
        neu.push_str(umbruch);
    }
    let einzug = einzug(&neu);
    neu.push_str(&eintrag.als_yaml(einzug).replace('\n', umbruch));
    let nachher = gelesen(&neu)?;
    let (letzter, rest) = nachher.split_last()?;
    (rest == vorher && letzter == eintrag).then_some(neu)
}

/// The file's text with a waiver in the place of another one, which it renews: that of this row of the list.
///
/// `None` where the list is written in such a way that its rows cannot be told apart.
pub fn ersetzt(text: &str, zeile: usize, eintrag: &Eintrag) -> Option<String> {
    let mut soll = gelesen(text)?;
    let umbruch = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let bereich = zeilen(text)?.get(zeile)?.clone();
    // Comments and blank lines behind it belong to what follows.
    let mut bis = bereich.start;
    let mut hier = bereich.start;
    for zeile in text.get(bereich.clone())?.split_inclusive('\n') {
        hier += zeile.len();
        if !zeile.trim().is_empty() && !zeile.trim_start().starts_with('#') {
            bis = hier;
        }
    }
    let alt = text.get(bereich.start..bis)?;
    let einzug = alt.get(..alt.len() - alt.trim_start().len())?;
    let neu = format!(
        "{}{}{}",
        text.get(..bereich.start)?,
        eintrag.als_yaml(einzug).replace('\n', umbruch),
        text.get(bis..)?
    );
    *soll.get_mut(zeile)? = eintrag.clone();
    (gelesen(&neu)? == soll).then_some(neu)
}

/// The file's text without the value that says that the list is empty: `vermerke: []`.
fn ohne_leere_liste(text: &str) -> String {
    let leer = |zeile: &str| {
        let wert = zeile.strip_prefix("vermerke:")?;
        let wert = wert.split(" #").next()?.trim();
        let ist_leer = matches!(wert, "~" | "null")
            || wert
                .strip_prefix('[')
                .and_then(|w| w.strip_suffix(']'))
                .is_some_and(|innen| innen.trim().is_empty());
        ist_leer.then(|| zeile.replacen(wert, "", 1).trim_end().to_owned())
    };
    let zeilen = text.split_inclusive('\n').map(|zeile| match leer(zeile) {
        Some(ohne) => format!("{ohne}{}", &zeile[zeile.trim_end().len()..]),
        None => zeile.to_owned(),
    });
    zeilen.collect()
}

fn gelesen(text: &str) -> Option<Vec<Eintrag>> {
    if text.trim().is_empty() {
        return Some(Vec::new());
    }
    let (vermerke, befunde) = Vermerke::lies(&Source::new(DATEI, text));
    let heil = !befunde.iter().any(Befund::ist_fehler);
    heil.then(|| vermerke.eintraege().cloned().collect())
}

/// How far the items of the list are indented: as the first one, because a reason may hold dashes of its own.
fn einzug(text: &str) -> &str {
    text.lines()
        .find(|zeile| zeile.trim_start().starts_with("- "))
        .map_or("  ", |zeile| {
            &zeile[..zeile.len() - zeile.trim_start().len()]
        })
}

impl Eintrag {
    fn als_yaml(&self, einzug: &str) -> String {
        let mut yaml = format!("{einzug}- regel: {}\n", self.regel);
        let mut zeile = |schluessel: &str, wert: &str| {
            yaml.push_str(&format!("{einzug}  {schluessel}: {wert}\n"));
        };
        zeile("stelle", &zitiert(self.stelle.as_str()));
        zeile("grund", &zitiert(&self.grund.einzeilig()));
        zeile("name", &zitiert(&self.name.einzeilig()));
        if let Some(tag) = self.am {
            zeile("am", &tag.to_string());
        }
        zeile("deckt", &zitiert(self.deckt.as_str()));
        yaml
    }
}

fn zitiert(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    const REGEL: &str = "haushaltsjahr-ohne-betrag";

    use super::*;
    use crate::model::Text;

    fn neuer() -> Eintrag {
        Eintrag {
            regel: Text::from(REGEL),
            stelle: Text::from("a.yaml#haushalt.jahr[2]"),
            grund: Text::from("„so“: it's # gewollt"),
            name: Text::from("M. 'X' B."),
            am: "12.11.2021".parse().ok(),
            deckt: Text::from("0123456789012345"),
        }
    }

    #[test]
    fn an_added_waiver_leaves_all_that_was_written() {
        for vorher in [
            "",
            "# Kommentar\n",
            "vermerke:\n",
            "# oben\nvermerke:\n- regel: x # hinten\n  stelle: s\n  grund: g\n  name: n\n  deckt: '1'\n# unten",
            "vermerke:\n- regel: x\n  stelle: s\n  name: n\n  deckt: '1'\n  grund: |\n    so\n    - gewollt\n",
            "vermerke:\r\n    - regel: x\r\n      stelle: s\r\n      grund: g\r\n      name: n\r\n      deckt: '1'\r\n",
        ] {
            let nachher = ergaenzt(vorher, &neuer()).unwrap();
            assert!(nachher.starts_with(vorher), "{nachher}");
            let (vermerke, _) = Vermerke::lies(&Source::new(DATEI, nachher.as_str()));
            assert_eq!(vermerke.eintraege().last(), Some(&neuer()), "{nachher}");
        }
    }

    #[test]
    fn a_list_that_says_that_it_is_empty_is_filled() {
        for (vorher, kopf) in [
            ("vermerke: []\n", "vermerke:\n"),
            ("# oben\r\nvermerke: [ ]\r\n", "# oben\r\nvermerke:\r\n"),
            ("vermerke: null", "vermerke:\n"),
            ("vermerke: [] # keine\n", "vermerke:  # keine\n"),
        ] {
            let nachher = ergaenzt(vorher, &neuer()).unwrap();
            assert!(nachher.starts_with(kopf), "{nachher}");
            assert_eq!(gelesen(&nachher), Some(vec![neuer()]));
        }
    }

    #[test]
    fn a_renewed_waiver_takes_the_place_of_the_old_one() {
        let zeile = |regel: &str| {
            format!(
                "- regel: {regel} # hinten\n  stelle: s\n  grund: |\n    so\n    - gewollt\n\n  name: n\n  deckt: '1'\n"
            )
        };
        let neu = neuer().als_yaml("");
        for umbruch in ["\n", "\r\n"] {
            let datei = |zweite: &str| {
                let text = format!(
                    "vermerke:\n{}# zum zweiten\n{zweite}\n# zum dritten\n{}",
                    zeile("x"),
                    zeile("z")
                );
                text.replace('\n', umbruch)
            };
            assert_eq!(ersetzt(&datei(&zeile("y")), 1, &neuer()), Some(datei(&neu)));
        }
        assert_eq!(ersetzt("vermerke: [{regel: x}]\n", 0, &neuer()), None);
    }

    #[test]
    fn a_file_written_otherwise_is_left_alone() {
        for vorher in ["vermerke: [\n", "anderes: x\n", "vermerke: []\n...\n"] {
            assert_eq!(ergaenzt(vorher, &neuer()), None, "{vorher}");
        }
    }
}
