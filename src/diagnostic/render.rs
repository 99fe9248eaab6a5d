//! Findings as text for people: place, source line with a mark, remedy.

use std::collections::BTreeMap;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::ort::{Ort, ort};
use super::{Befund, Schwere, Stelle, Summe};
use crate::source::{Source, Sources};

/// How many findings are shown in full; the rest are counted.
pub const HOECHSTENS: usize = 50;

/// How many further places of a finding are shown; the rest are counted.
const HOECHSTENS_DAZU: usize = 8;

/// The findings as text, each followed by a blank line, in the order given.
///
/// `farbig` adds colours for a terminal.
pub fn text(befunde: &[Befund], quellen: &Sources, farbig: bool) -> String {
    let renderer = if farbig {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut text = String::new();
    for befund in gezeigte(befunde) {
        text.push_str(&renderer.render(&gruppen(befund, quellen)));
        text.push_str("\n\n");
    }
    text.push_str(&weitere(befunde.len()));
    text
}

/// A small table under the findings of a paper: what on the left, its value on the right.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tafel {
    /// The paper, by name.
    pub papier: String,
    /// What the table shows.
    pub titel: String,
    /// The rows.
    pub zeilen: Vec<(String, String)>,
}

/// The findings of a check for people: grouped by paper, each group closed by the tables on its paper, then those on the
/// matter as a whole, then what somebody accepted, then what could not be looked at, a line each.
pub fn bericht(befunde: &[Befund], tafeln: &[Tafel], quellen: &Sources, farbig: bool) -> String {
    let (offen, rest): (Vec<_>, Vec<_>) = befunde
        .iter()
        .cloned()
        .partition(|befund| befund.zaehlt() && !befund.ist_nicht_pruefbar());
    let (vermerkt, ungeprueft): (Vec<_>, Vec<_>) =
        rest.into_iter().partition(|befund| !befund.zaehlt());
    let mut gruppen: BTreeMap<Option<&str>, Vec<Befund>> = BTreeMap::new();
    for befund in gezeigte(&offen) {
        let papier = befund.papiere.first().map(|papier| &**papier);
        gruppen.entry(papier).or_default().push(befund.clone());
    }
    let zum_vorgang = gruppen.remove(&None);
    for tafel in tafeln {
        gruppen.entry(Some(&tafel.papier)).or_default();
    }
    let mut teile = String::new();
    // A matter without a word on its papers needs no headings.
    let mit_kopf = !gruppen.is_empty() || !vermerkt.is_empty();
    let gruppen = gruppen
        .into_iter()
        .map(|(papier, befunde)| (papier.unwrap_or_default(), befunde));
    for (kopf, befunde) in gruppen
        .chain(zum_vorgang.map(|befunde| ("Vorgang", befunde)))
        .chain((!vermerkt.is_empty()).then_some(("Mit Vermerk hingenommen", vermerkt)))
    {
        if mit_kopf {
            teile.push_str(&format!("== {kopf} ==\n\n"));
        }
        teile.push_str(&text(&befunde, quellen, farbig));
        for tafel in tafeln.iter().filter(|tafel| tafel.papier == kopf) {
            teile.push_str(&als_text(tafel));
        }
    }
    if offen.len() > HOECHSTENS {
        let weitere = weitere(offen.len());
        teile.push_str(&format!(
            "{}; alle nennt --format json\n\n",
            weitere.trim_end()
        ));
    }
    if !ungeprueft.is_empty() {
        teile.push_str("== Nicht geprüft ==\n\n");
        for befund in &ungeprueft {
            teile.push_str(&kurz(befund, quellen));
        }
        teile.push('\n');
    }
    teile
}

/// A table with its right column in line, closed by a blank line.
fn als_text(tafel: &Tafel) -> String {
    let breite = |text: &str| text.chars().count();
    let links = tafel.zeilen.iter().map(|(was, _)| breite(was)).max();
    let mut text = format!("{}:\n", tafel.titel);
    for (was, wert) in &tafel.zeilen {
        let luecke = " ".repeat(links.unwrap_or_default() - breite(was) + 2);
        text.push_str(&format!("  {was}{luecke}{wert}\n"));
    }
    text.push('\n');
    text
}

/// A finding on one line: `regel: text (datei:zeile:spalte)`.
fn kurz(befund: &Befund, quellen: &Sources) -> String {
    let ort = match ort(&befund.stelle, quellen) {
        Some(Ort {
            datei,
            bereich: Some((von, _)),
        }) => format!(" ({datei}:{}:{})", von.line, von.column),
        Some(Ort { datei, .. }) => format!(" ({datei})"),
        None => String::new(),
    };
    let text = befund
        .text
        .strip_prefix("nicht prüfbar: ")
        .unwrap_or(&befund.text);
    format!("{}: {text}{ort}\n", befund.regel)
}

fn weitere(anzahl: usize) -> String {
    match anzahl.saturating_sub(HOECHSTENS) {
        0 => String::new(),
        1 => "… und 1 weiterer Befund\n\n".to_owned(),
        mehr => format!("… und {mehr} weitere Befunde\n\n"),
    }
}

/// The findings that are shown in full, in the order given: no warning takes the place of an error.
fn gezeigte(befunde: &[Befund]) -> impl Iterator<Item = &Befund> {
    let mut schwere: Vec<Schwere> = befunde.iter().map(|befund| befund.schwere).collect();
    schwere.sort();
    let grenze = schwere.get(HOECHSTENS).copied();
    let mut platz = HOECHSTENS
        - schwere
            .iter()
            .take_while(|s| Some(**s) < grenze)
            .count()
            .min(HOECHSTENS);
    befunde.iter().filter(move |befund| match grenze {
        None => true,
        Some(grenze) if befund.schwere == grenze => {
            let zeigen = platz > 0;
            platz = platz.saturating_sub(1);
            zeigen
        }
        Some(grenze) => befund.schwere < grenze,
    })
}

/// „2 Fehler, 1 Warnung“; „keine Befunde“ if there are none. What somebody accepted is named at the end; what could not be
/// looked at is no finding.
pub fn bilanz(befunde: &[Befund]) -> String {
    let summe = Summe::aus(befunde);
    let teile: Vec<_> = [
        (summe.fehler, "Fehler", "Fehler"),
        (summe.warnungen, "Warnung", "Warnungen"),
        (summe.hinweise, "Hinweis", "Hinweise"),
    ]
    .into_iter()
    .filter(|(anzahl, ..)| *anzahl > 0)
    .map(|(anzahl, einer, viele)| format!("{anzahl} {}", if anzahl == 1 { einer } else { viele }))
    .collect();
    let mut bilanz = if teile.is_empty() {
        "keine Befunde".to_owned()
    } else {
        teile.join(", ")
    };
    if summe.vermerkt > 0 {
        bilanz.push_str(&format!(" ({} mit Vermerk hingenommen)", summe.vermerkt));
    }
    bilanz
}

fn gruppen<'a>(befund: &'a Befund, quellen: &'a Sources) -> Vec<Group<'a>> {
    let level = match befund.schwere {
        Schwere::Fehler => Level::ERROR.with_name("Fehler"),
        Schwere::Warnung => Level::WARNING.with_name("Warnung"),
        Schwere::Hinweis => Level::INFO.with_name("Hinweis"),
    };
    let titel = level.primary_title(befund.text.as_str()).id(befund.regel);
    let mut hauptgruppe = mit_stelle(
        Group::with_title(titel),
        &befund.stelle,
        quellen,
        AnnotationKind::Primary,
    );
    let mut gruppen = Vec::new();
    if let Some(abhilfe) = &befund.abhilfe {
        hauptgruppe =
            hauptgruppe.element(Level::HELP.with_name("Abhilfe").message(abhilfe.as_str()));
    }
    if let Some(pruefung) = &befund.pruefung {
        for norm in &pruefung.normen {
            let vorschrift = Level::NOTE.with_name("Vorschrift");
            hauptgruppe = hauptgruppe.element(vorschrift.message(norm.as_str()));
        }
    }
    if let Some(vermerk) = befund.vermerk() {
        let am = vermerk.am.as_ref().map(|am| format!(", {am}"));
        let text = format!(
            "{} ({}{})",
            vermerk.grund,
            vermerk.name,
            am.unwrap_or_default()
        );
        hauptgruppe = hauptgruppe.element(Level::NOTE.with_name("Vermerk").message(text));
    }
    if befund.papiere.len() > 1 {
        let papiere = befund.papiere.join(", ");
        hauptgruppe = hauptgruppe.element(Level::NOTE.with_name("steht in").message(papiere));
    }
    gruppen.push(hauptgruppe);
    for (stelle, wort) in befund.dazu.iter().take(HOECHSTENS_DAZU) {
        let titel = Level::NOTE.with_name("dazu").secondary_title(wort.as_str());
        gruppen.push(mit_stelle(
            Group::with_title(titel),
            stelle,
            quellen,
            AnnotationKind::Context,
        ));
    }
    match befund.dazu.len().saturating_sub(HOECHSTENS_DAZU) {
        0 => {}
        mehr => {
            let stellen = match mehr {
                1 => "einer weiteren Stelle".to_owned(),
                _ => format!("{mehr} weiteren Stellen"),
            };
            let titel = Level::NOTE
                .with_name("dazu")
                .secondary_title(format!("und an {stellen}"));
            gruppen.push(Group::with_title(titel));
        }
    }
    gruppen
}

fn mit_stelle<'a>(
    gruppe: Group<'a>,
    stelle: &'a Stelle,
    quellen: &'a Sources,
    art: AnnotationKind,
) -> Group<'a> {
    match stelle {
        Stelle::Datei { datei, bereich } => match quellen.get(datei) {
            Some(quelle) => {
                let (text, zeile, bereich) = ausschnitt(quelle, bereich);
                gruppe.element(
                    Snippet::source(text)
                        .path(&**datei)
                        .line_start(zeile)
                        .annotation(art.span(bereich)),
                )
            }
            None => gruppe.element(Origin::path(&**datei)),
        },
        Stelle::Pfad(pfad) => gruppe.element(Origin::path(&**pfad)),
        Stelle::Route(route) => gruppe.element(Origin::path(&*route.datei)),
        Stelle::Papier(_) | Stelle::ImPapier { .. } => gruppe,
    }
}

/// The line of a range, the line's number, and the range within it: at least one character, at most to the line's end.
fn ausschnitt<'a>(quelle: &'a Source, bereich: &Range<usize>) -> (&'a str, usize, Range<usize>) {
    let text = &*quelle.text;
    let von = text.floor_char_boundary(bereich.start);
    let zeilenanfang = text[..von].rfind('\n').map_or(0, |at| at + 1);
    let zeilenende = text[von..].find('\n').map_or(text.len(), |at| von + at);
    let bis = text
        .ceil_char_boundary(bereich.end.min(zeilenende))
        .clamp(von, zeilenende);
    let nummer = quelle.line_column(von).line;
    let bis = if bis == von {
        text.ceil_char_boundary((von + 1).min(zeilenende))
    } else {
        bis
    };
    (
        &text[zeilenanfang..zeilenende],
        nummer,
        von - zeilenanfang..bis - zeilenanfang,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quellen() -> Sources {
        let mut quellen = Sources::default();
        quellen.insert(Source::new("a/b.yaml", "titel: x\nnumer: 215/21\n"));
        quellen
    }

    #[test]
    fn a_finding_shows_rule_place_line_mark_and_remedy() {
        let stelle = Stelle::Datei {
            datei: "a/b.yaml".into(),
            bereich: 9..14,
        };
        let befund = Befund::fehler(
            "unbekannter-schluessel",
            stelle,
            "unbekannter Schlüssel „numer“",
        )
        .abhilfe("meinten Sie „nummer“?");
        let text = text(&[befund], &quellen(), false);
        assert_eq!(
            text,
            "Fehler[unbekannter-schluessel]: unbekannter Schlüssel „numer“\n --> a/b.yaml:2:1\n  |\n2 | numer: 215/21\n  | ^^^^^\n  |\n  = Abhilfe: meinten Sie „nummer“?\n\n"
        );
    }

    #[test]
    fn a_place_past_the_end_is_no_panic() {
        let stelle = Stelle::Datei {
            datei: "a/b.yaml".into(),
            bereich: 999..1200,
        };
        assert!(
            text(&[Befund::hinweis("x", stelle, "y")], &quellen(), false).contains("a/b.yaml:3:1")
        );
    }

    #[test]
    fn what_is_beyond_fifty_is_counted() {
        let befunde = vec![Befund::hinweis("x", Stelle::Pfad("p".into()), "y"); 53];
        assert!(text(&befunde, &quellen(), false).ends_with("… und 3 weitere Befunde\n\n"));
    }

    #[test]
    fn a_report_that_leaves_findings_out_says_how_to_get_them() {
        let befunde = vec![Befund::hinweis("x", Stelle::Pfad("p".into()), "y"); 51];
        let text = bericht(&befunde, &[], &quellen(), false);
        assert!(
            text.ends_with("… und 1 weiterer Befund; alle nennt --format json\n\n"),
            "{text}"
        );
    }

    #[test]
    fn a_table_closes_the_findings_of_its_paper() {
        let zeile = |was: &str, wert: &str| (was.to_owned(), wert.to_owned());
        let tafel = Tafel {
            papier: "vereinbarung".to_owned(),
            titel: "Tage".to_owned(),
            zeilen: vec![zeile("früh", "01.01.2022"), zeile("später", "offen")],
        };
        let mut befund = Befund::hinweis("x", Stelle::Pfad("p".into()), "y");
        befund.papiere = vec!["anlage".into()];
        let text = bericht(&[befund], &[tafel], &quellen(), false);
        assert!(
            text.ends_with(
                "== vereinbarung ==\n\nTage:\n  früh    01.01.2022\n  später  offen\n\n"
            ),
            "{text}"
        );
    }

    #[test]
    fn an_error_behind_many_warnings_is_shown() {
        let mut befunde = vec![Befund::warnung("w", Stelle::Pfad("p".into()), "y"); 60];
        befunde.push(Befund::fehler("e", Stelle::Pfad("p".into()), "y"));
        let text = text(&befunde, &quellen(), false);
        assert!(text.contains("Fehler[e]"), "{text}");
        assert_eq!(text.matches("Warnung[w]").count(), HOECHSTENS - 1);
        assert!(text.ends_with("… und 11 weitere Befunde\n\n"));
    }

    #[test]
    fn many_further_places_are_counted() {
        let mut befund = Befund::fehler("x", Stelle::Pfad("p".into()), "y");
        for i in 0..HOECHSTENS_DAZU + 1 {
            befund = befund.dazu(Stelle::Pfad(format!("p{i}").into()), "auch hier");
        }
        let eine = text(&[befund.clone()], &quellen(), false);
        assert!(
            eine.ends_with("dazu: und an einer weiteren Stelle\n\n"),
            "{eine}"
        );
        let mehr = befund.dazu(Stelle::Pfad("q".into()), "auch hier");
        let mehr = text(&[mehr], &quellen(), false);
        assert!(
            mehr.ends_with("dazu: und an 2 weiteren Stellen\n\n"),
            "{mehr}"
        );
    }

    #[test]
    fn the_balance_counts_in_german() {
        let befunde = [
            Befund::fehler("x", Stelle::Pfad("p".into()), "y"),
            Befund::warnung("x", Stelle::Pfad("p".into()), "y"),
            Befund::warnung("x", Stelle::Pfad("p".into()), "y"),
        ];
        assert_eq!(bilanz(&befunde), "1 Fehler, 2 Warnungen");
        assert_eq!(bilanz(&[]), "keine Befunde");
    }
}
