//! Comparisons of texts: exact, minimal, and aware of moves.

use proptest::prelude::*;

use super::*;

/// The old and new words of each change.
fn aenderungen(alt: &str, neu: &str) -> Vec<(String, String)> {
    let vergleich = vergleiche(alt, neu);
    assert_eq!(vergleich.wende_an(alt), neu);
    let mut paare: Vec<(String, String)> = Vec::new();
    let mut offen = false;
    for stueck in vergleich.bloecke.iter().flat_map(|block| &block.stuecke) {
        match stueck {
            Stueck::Gleich { .. } => {
                offen = false;
                continue;
            }
            _ if !offen => paare.push(Default::default()),
            _ => {}
        }
        offen = true;
        let paar = paare.last_mut().unwrap();
        match stueck {
            Stueck::Weg(bereich) => paar.0.push_str(&alt[bereich.clone()]),
            Stueck::Neu { text, .. } => paar.1.push_str(text),
            Stueck::Gleich { .. } => {}
        }
    }
    paare
}

#[test]
fn another_body_marks_one_word() {
    assert_eq!(
        aenderungen(
            "Der Kreistag beschließt.\n",
            "Der Kreisausschuss beschließt.\n"
        ),
        [("Kreistag".to_owned(), "Kreisausschuss".to_owned())]
    );
}

#[test]
fn a_date_an_amount_and_a_fraction_change_as_a_whole() {
    assert_eq!(
        aenderungen(
            "am 08.11.2021: 3.328,13 € (je 1/8).\n",
            "am 10.11.2021: 2.958,33 € (je 1/9).\n"
        ),
        [
            ("08.11.2021".to_owned(), "10.11.2021".to_owned()),
            ("3.328,13".to_owned(), "2.958,33".to_owned()),
            ("1/8".to_owned(), "1/9".to_owned()),
        ]
    );
}

const ALT: &str = "<!-- klausel: a -->\n\n## § 1 Alpha\n\n(1) Die Stadt zahlt den vollen Betrag im Januar.\n\n<!-- klausel: b -->\n\n## § 2 Beta\n\n(1) Der Kreis stellt die Räume für alle Sitzungen bereit.\n";

#[test]
fn a_moved_clause_is_moved() {
    let neu = "<!-- klausel: b -->\n\n## § 1 Beta\n\n(1) Der Kreis stellt die Räume für alle Sitzungen bereit.\n\n<!-- klausel: a -->\n\n## § 2 Alpha\n\n(1) Die Stadt zahlt den vollen Betrag im Januar.\n";
    let vergleich = vergleiche(ALT, neu);
    assert_eq!(vergleich.wende_an(ALT), neu);
    assert!(
        vergleich
            .bloecke
            .iter()
            .all(|block| !matches!(block.art, Blockart::Neu | Blockart::Weg))
    );
    assert!(
        vergleich
            .bloecke
            .iter()
            .any(|block| block.art == Blockart::Verschoben)
    );
    assert_eq!(umnummerierung(ALT, neu), BTreeMap::from([(1, 2), (2, 1)]));
}

#[test]
fn a_paragraph_that_moved_to_another_clause_is_moved() {
    let alt = format!("{ALT}\n(2) Änderungen dieser Vereinbarung bedürfen der Schriftform.\n");
    let neu = ALT.replace(
        "im Januar.\n",
        "im Januar.\n\n(2) Änderungen dieser Vereinbarung bedürfen der Schriftform.\n",
    );
    let vergleich = vergleiche(&alt, &neu);
    assert_eq!(vergleich.wende_an(&alt), neu);
    let verschobene: Vec<_> = vergleich
        .bloecke
        .iter()
        .filter(|block| block.art == Blockart::Verschoben)
        .collect();
    assert_eq!(verschobene.len(), 1);
    assert!(
        vergleich
            .bloecke
            .iter()
            .all(|block| !matches!(block.art, Blockart::Neu | Blockart::Weg))
    );
}

fn arten(alt: &str, neu: &str) -> Vec<Blockart> {
    let vergleich = vergleiche(alt, neu);
    assert_eq!(vergleich.wende_an(alt), neu);
    vergleich.bloecke.iter().map(|block| block.art).collect()
}

#[test]
fn a_short_row_that_changed_its_place_is_moved() {
    let alt = "| Bieter | Preis |\n|---|--:|\n| 1 | 90.000,00 € |\n| 2 | 89.250,00 € |\n";
    let neu = "| Bieter | Preis |\n|---|--:|\n| 2 | 89.250,00 € |\n| 1 | 90.000,00 € |\n";
    let arten = arten(alt, neu);
    let verschoben = arten.iter().filter(|a| **a == Blockart::Verschoben);
    assert_eq!(verschoben.count(), 1, "{arten:?}");
    assert!(!arten.contains(&Blockart::Neu) && !arten.contains(&Blockart::Weg));
}

#[test]
fn a_name_in_the_place_of_another_is_one_word_wherever_else_it_stands() {
    let alt = "| Gremium | Tag |\n|---|---|\n| Ausschuss | 08.11.2021 |\n| Rat | 09.11.2021 |\n";
    let neu = alt.replace("| Rat", "| Ausschuss");
    assert_eq!(
        aenderungen(alt, &neu),
        [("Rat".to_owned(), "Ausschuss".to_owned())]
    );
}

#[test]
fn a_section_that_moves_takes_the_sections_below_it_with_it() {
    let teil = |name: &str| format!("## {name}\n\nDas ist der Text über {name} im ganzen.\n\n");
    let unter = |name: &str| format!("### {name}\n\nHier steht mehr zu {name} und dazu.\n\n");
    let gross = [
        teil("Wirkung"),
        unter("Geld"),
        unter("Klima"),
        unter("Stellen"),
    ]
    .concat();
    let rest = [teil("Problem"), teil("Lösung")].concat();
    let (alt, neu) = (
        format!("{rest}{}{gross}", teil("Weg")),
        format!("{gross}{rest}{}", teil("Weg")),
    );
    let vergleich = vergleiche(&alt, &neu);
    let verschoben: Vec<&str> = vergleich
        .bloecke
        .iter()
        .filter(|block| block.art == Blockart::Verschoben)
        .filter_map(|block| neu.get(block.neu.clone()?)?.strip_prefix("## "))
        .collect();
    assert_eq!(verschoben, ["Wirkung\n\n"]);
}

/// A random edit of a text in lines.
#[derive(Debug, Clone)]
enum Schnitt {
    Loesche(usize),
    Verdopple(usize),
    Verschiebe(usize, usize),
    Wort(usize, usize, String),
    Fuege(usize, String),
}

fn schnitt() -> impl Strategy<Value = Schnitt> {
    let zeile = "[ -~äöüß§„“\u{1F600}|#(]{0,24}";
    prop_oneof![
        (0..200_usize).prop_map(Schnitt::Loesche),
        (0..200_usize).prop_map(Schnitt::Verdopple),
        (0..200_usize, 0..200_usize).prop_map(|(a, b)| Schnitt::Verschiebe(a, b)),
        (0..200_usize, 0..20_usize, "[a-zA-Zäö0-9.,*<>]{0,8}")
            .prop_map(|(a, b, c)| Schnitt::Wort(a, b, c)),
        (0..200_usize, zeile).prop_map(|(a, b)| Schnitt::Fuege(a, b)),
    ]
}

fn schneide(text: &str, schnitte: &[Schnitt]) -> String {
    let mut zeilen: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    for schnitt in schnitte {
        let n = zeilen.len().max(1);
        match schnitt {
            Schnitt::Loesche(i) if !zeilen.is_empty() => {
                zeilen.remove(i % n);
            }
            Schnitt::Verdopple(i) if !zeilen.is_empty() => {
                let zeile = zeilen[i % n].clone();
                zeilen.insert(i % n, zeile);
            }
            Schnitt::Verschiebe(von, nach) if !zeilen.is_empty() => {
                let zeile = zeilen.remove(von % n);
                zeilen.insert(nach % zeilen.len().max(1).min(zeilen.len() + 1), zeile);
            }
            Schnitt::Wort(i, wort, neu) if !zeilen.is_empty() => {
                let zeile = &mut zeilen[i % n];
                let mut woerter: Vec<&str> = zeile.split(' ').collect();
                let k = wort % woerter.len();
                woerter[k] = neu;
                *zeile = woerter.join(" ");
            }
            Schnitt::Fuege(i, text) => {
                zeilen.insert((i % n).min(zeilen.len()), format!("{text}\n"));
            }
            _ => {}
        }
    }
    zeilen.concat()
}

/// A head, a table, clauses with Absätze and items, code: each form of block, and no more than that.
const GRUNDTEXT: &str = "---\ntitel: Vereinbarung\nstatus: öffentlich\n---\n\n# Vereinbarung über Räume\n\nZwischen\n\n1. dem Kreis Unna,\n2. der Stadt Lünen\n\nwird folgende Vereinbarung geschlossen:\n\n| Gremium | Tag |\n|---|---|\n| Kreisausschuss | 08.11.2021 |\n| Kreistag | 09.11.2021 |\n\n<!-- klausel: gegenstand -->\n\n## § 1 Gegenstand\n\n(1) Die Stadt Lünen führt die Aufgabe für alle anderen Parteien durch.\nSie berichtet jährlich.\n\n(2) Über die Leistungen entscheidet jede Kommune für ihr Gebiet allein ([§ 2](#kosten)).\n\n<!-- klausel: kosten -->\n\n## § 2 Kosten\n\n(1) Der Jahresbetrag von 26.625,00 € wird zu **gleichen Teilen** verteilt (je 1/8).\n\n```\nx = 1\n```\n\n(2) Rechnungen sind in 30 Tagen zu zahlen.\n";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn applied_to_the_old_text_it_gives_the_new_one(schnitte in prop::collection::vec(schnitt(), 1..6)) {
        let neu = schneide(GRUNDTEXT, &schnitte);
        let vergleich = vergleiche(GRUNDTEXT, &neu);
        prop_assert_eq!(vergleich.wende_an(GRUNDTEXT), neu);
        // Each byte of the old text is kept or dropped exactly once.
        let mut alte: Vec<Range<usize>> = vergleich.bloecke.iter().flat_map(|block| &block.stuecke).filter_map(|s| match s {
            Stueck::Gleich { alt, .. } | Stueck::Weg(alt) => Some(alt.clone()),
            Stueck::Neu { .. } => None,
        }).collect();
        alte.sort_by_key(|bereich| (bereich.start, bereich.end));
        let mut at = 0;
        for bereich in alte {
            prop_assert_eq!(bereich.start, at);
            at = bereich.end;
        }
        prop_assert_eq!(at, GRUNDTEXT.len());
    }
}
