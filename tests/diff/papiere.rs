//! Redlines and the Synopse of every case can be typeset.

use drucksache::diagnostic::Befund;
use drucksache::diff::{self, redline::redlines, synopse::synopse};
use drucksache::markdown;
use rayon::prelude::*;

use crate::{VERGLICHENE, faelle, fall::grundlage};

#[test]
fn redlines_and_synopsen_are_markdown_of_our_dialect() {
    let fremde = diff::vergleiche(&grundlage("minimal"), &grundlage("drucksache-215-21")).unwrap();
    let faelle = VERGLICHENE.par_iter();
    let klagen: Vec<String> = faelle
        .map(|(_, unterschied)| unterschied.as_ref().unwrap())
        .chain(rayon::iter::once(&fremde))
        .flat_map(|unterschied| {
            let mut papiere = redlines(unterschied);
            papiere.push(synopse(unterschied));
            papiere
        })
        .filter_map(|papier| {
            let (_, befunde) = markdown::parse(&papier.markdown);
            (!befunde.is_empty())
                .then(|| format!("{}: {befunde:#?}\n{}", papier.name, papier.markdown))
        })
        .collect();
    assert!(
        klagen.is_empty(),
        "{}: {}",
        klagen.len(),
        klagen.first().unwrap()
    );
}

#[test]
fn one_other_word_marks_one_word() {
    let (alt, neu) = faelle()
        .iter()
        .find(|fall| fall.name() == "wort-getauscht")
        .unwrap()
        .staende()
        .unwrap();
    let unterschied = diff::vergleiche(&alt, &neu).unwrap();
    let papiere = redlines(&unterschied);
    assert_eq!(papiere.len(), 1);
    assert_eq!(papiere[0].markdown.matches("<ins>").count(), 1);
    assert_eq!(papiere[0].markdown.matches("<del>").count(), 1);
}

#[test]
fn matters_with_nothing_in_common_are_said_to_be_so() {
    let unterschied = diff::vergleiche(&grundlage("minimal"), &grundlage("klima-check")).unwrap();
    assert!(
        unterschied
            .hinweise
            .iter()
            .any(|h| h.contains("fast nichts gemeinsam")),
        "{:?}",
        unterschied.hinweise
    );
    assert!(!unterschied.ist_leer());
}

#[test]
fn the_facts_written_anew_make_the_same_papers() {
    for vorgang in ["minimal", "drucksache-215-21", "klima-check"] {
        let eingabe = grundlage(vorgang);
        let unterschied = diff::vergleiche(&eingabe, &eingabe).unwrap();
        assert!(unterschied.ist_leer(), "{vorgang}");
    }
}

#[test]
fn a_text_that_is_not_in_our_dialect_is_compared_clause_by_clause() {
    let alt = "Vereinbarung\n\n§ 1 Gegenstand\n\nDie Stadt führt die Aufgabe aus.\n\n§ 2 Kosten\n\nDie Kosten tragen die Parteien nach § 1 zu gleichen Teilen.\n";
    let neu = "# Vereinbarung\n\n## § 1 Präambel\n\nEs gilt das Folgende für alle Parteien.\n\n## § 2 Gegenstand\n\nDie Stadt führt die Aufgabe aus.\n\n## § 3 Kosten\n\nDie Kosten tragen die Parteien nach § 2 zu gleichen Teilen.\n";
    let unterschied = diff::vergleiche_texte(("alt.md", alt), ("neu.md", neu));
    assert_eq!(unterschied.paare[0].vergleich.wende_an(alt), neu);
    let text = diff::bericht::text(&unterschied, false);
    assert!(
        text.contains("Es gilt das Folgende für alle Parteien.+}"),
        "{text}"
    );
    assert!(!text.contains("[-Die Stadt führt"), "{text}");
}

fn klassen(alt: &str, neu: &str) -> Vec<String> {
    let unterschied = diff::vergleiche_texte(("alt.md", alt), ("neu.md", neu));
    let stellen = unterschied.aenderungen.iter().flat_map(|a| &a.stellen);
    stellen
        .map(|s| format!("{} ({}): {}→{}", s.klasse.name(), s.grund, s.alt, s.neu))
        .collect()
}

#[test]
fn a_reference_to_a_renumbered_absatz_is_only_renumbered() {
    let alt = "## § 1 Kosten\n\n(1) Die Kosten tragen alle Parteien zu gleichen Teilen.\n\n(2) Der Betrag nach Absatz 1 ist am 1. Juli fällig.\n\n## § 2 Abrechnung\n\n(1) Abgerechnet wird nach § 1 Abs. 2 im Folgejahr.\n";
    let neu = "## § 1 Kosten\n\n(1) Es gilt das Haushaltsrecht des Landes.\n\n(2) Die Kosten tragen alle Parteien zu gleichen Teilen.\n\n(3) Der Betrag nach Absatz 2 ist am 1. Juli fällig.\n\n## § 2 Abrechnung\n\n(1) Abgerechnet wird nach § 1 Abs. 3 im Folgejahr.\n";
    let klassen = klassen(alt, neu);
    for erwartet in [
        "redaktionell (Umnummerierung): 1→2",
        "redaktionell (Umnummerierung): 2→3",
    ] {
        let treffer = klassen.iter().filter(|k| *k == erwartet).count();
        assert_eq!(treffer, 2, "{klassen:#?}");
    }
    // Another Absatz than the one that moved is another reference.
    let anderer = neu.replace("§ 1 Abs. 3 im", "§ 1 Abs. 1 im");
    assert!(
        self::klassen(alt, &anderer).contains(&"materiell (Zahl): 2→1".to_owned()),
        "{:#?}",
        self::klassen(alt, &anderer)
    );
}

#[test]
fn a_reference_to_a_renumbered_annex_is_only_renumbered() {
    let alt = "## § 1 Anlagen\n\nBeigefügt ist die Kostenübersicht (Anlage 1). Die Beträge stehen in Anlage 1.\n\nSiehe auch Anlage 7.\n";
    let neu = "## § 1 Anlagen\n\nBeigefügt ist die Kostenübersicht (Anlage 2). Die Beträge stehen in Anlage 2.\n\nSiehe auch Anlage 8.\n";
    assert_eq!(
        klassen(alt, neu),
        [
            "materiell (Zahl): 7→8",
            "redaktionell (Umnummerierung): 1→2",
            "redaktionell (Umnummerierung): 1→2",
        ]
    );
}

#[test]
fn a_paragraph_of_a_law_is_never_renumbered() {
    let alt = "## § 1 A\n\n(1) Eins und zwei und drei.\n\n## § 23 B\n\n(1) Es gilt § 23 Abs. 1 GkG NRW.\n";
    let neu = "## § 1 A\n\n(1) Eins und zwei und drei.\n\n## § 23 B\n\n(1) Ein neuer Absatz steht nun davor.\n\n(2) Es gilt § 23 Abs. 2 GkG NRW.\n";
    assert!(
        klassen(alt, neu).contains(&"materiell (Zahl): 1→2".to_owned()),
        "{:#?}",
        klassen(alt, neu)
    );
}

/// The agreement of the fixture as somebody else would have typed it: no front matter, no directives, no links, `breite`
/// characters to a line.
fn abgetippt(papier: &str, breite: usize) -> String {
    let rumpf = papier.splitn(3, "---\n").nth(2).unwrap();
    let mut text = String::new();
    for absatz in rumpf.split("\n\n") {
        let absatz = absatz.trim();
        let anweisung = absatz
            .strip_prefix("<!--")
            .and_then(|rest| rest.strip_suffix("-->"));
        if let Some(innen) = anweisung {
            if let Some(wer) = innen.trim().strip_prefix("unterschrift:") {
                text.push_str(&wer.trim().replace(" | ", "\n"));
                text.push_str("\n\n");
            }
            continue;
        }
        let mut spalte = 0;
        for zeile in absatz.trim_start_matches(['#', ' ']).lines() {
            for wort in zeile.split(' ') {
                if spalte > 0 && spalte + wort.chars().count() > breite {
                    text.push('\n');
                    spalte = 0;
                } else if spalte > 0 {
                    text.push(' ');
                }
                spalte += wort.chars().count() + 1;
                let ziel = wort.find("](#");
                let ohne = ziel.map_or(wort.to_owned(), |at| {
                    let rest = wort[at..].split_once(')').unwrap().1;
                    format!("{}{rest}", &wort[..at])
                });
                text.push_str(&ohne.replace('[', ""));
            }
            if spalte > 0 && absatz.starts_with("1. ") {
                text.push('\n');
                spalte = 0;
            }
        }
        text.push_str("\n\n");
    }
    text
}

#[test]
fn an_old_agreement_typed_by_others_differs_in_its_words_alone() {
    let papier = include_str!("../../fixtures/drucksache-215-21/golden/vereinbarung.md");
    for breite in [48, 70, 76, 10_000] {
        let alt = abgetippt(papier, breite).replace("zwölf", "sechs");
        assert!(!alt.contains("<!--") && !alt.contains("](#") && !alt.contains("##"));
        let unterschied = diff::vergleiche_mit_papier(
            ("alt.md", &alt),
            &grundlage("drucksache-215-21"),
            "vereinbarung",
        )
        .unwrap()
        .unwrap();
        let text = diff::bericht::text(&unterschied, false);
        assert_eq!(unterschied.aenderungen.len(), 1, "{breite}: {text}");
        assert!(text.contains("[-sechs-]{+zwölf+}"), "{text}");
        assert_eq!(unterschied.hinweise.len(), 1, "{text}");
        let paar = &unterschied.paare[0];
        assert_eq!(
            paar.vergleich.wende_an(paar.alt.as_deref().unwrap()),
            *paar.neu.as_ref().unwrap()
        );
    }
}

/// The agreement of 215/21 as others typed it, changed by a closure, against the paper of now.
fn gegen_abgetippt(aendere: impl Fn(String) -> String) -> diff::Unterschied {
    let papier = include_str!("../../fixtures/drucksache-215-21/golden/vereinbarung.md");
    let alt = aendere(abgetippt(papier, 58));
    let neu = grundlage("drucksache-215-21");
    diff::vergleiche_mit_papier(("alt.md", &alt), &neu, "vereinbarung")
        .unwrap()
        .unwrap()
}

/// The paragraphs of § 8 of the agreement, with its heading.
fn haftung(text: &str) -> &str {
    let von = text.find("§ 8 Haftung").unwrap();
    let bis = text.find("§ 9 Datenschutz").unwrap();
    &text[von..bis]
}

#[test]
fn what_moved_since_an_old_text_of_others_is_moved() {
    // § 8 stood behind § 12, under either number.
    for nummer in ["§ 8 Haftung", "§ 12 Haftung"] {
        let unterschied = gegen_abgetippt(|text| {
            let klausel = haftung(&text).to_owned();
            let ohne = text.replacen(&klausel, "", 1);
            let at = ohne.find("§ 13 ").unwrap();
            let klausel = klausel.replacen("§ 8 Haftung", nummer, 1);
            format!("{}{klausel}{}", &ohne[..at], &ohne[at..])
        });
        let text = diff::bericht::text(&unterschied, false);
        assert!(text.contains("vereinbarung, § 8: verschoben"), "{text}");
        assert!(
            text.contains("0 materielle") || !text.contains("materiell ("),
            "{text}"
        );
    }
    // An Absatz of § 8 stood in § 9.
    let unterschied = gegen_abgetippt(|text| {
        let von = text.find("(2) Nehmen Dritte").unwrap();
        let bis = text.find("§ 9 Datenschutz").unwrap();
        let absatz = text[von..bis].replacen("(2)", "(9)", 1);
        let ohne = format!("{}{}", &text[..von], &text[bis..]);
        let at = ohne.find("§ 10 Beitritt").unwrap();
        format!("{}{absatz}{}", &ohne[..at], &ohne[at..])
    });
    let text = diff::bericht::text(&unterschied, false);
    assert!(
        text.contains("in einen anderen Abschnitt verschoben"),
        "{text}"
    );
    assert!(
        text.contains("§ 8 Abs. 2: verschoben (bisher § 9 Abs. 9)"),
        "{text}"
    );
}

#[test]
fn headings_of_others_are_known_however_they_are_set() {
    let zweizeilig = |vorn: &'static str, hinten: &'static str| {
        move |text: String| -> String {
            let zeilen = text.lines().map(|zeile| match zeile.strip_prefix("§ ") {
                Some(rest) if !zeile.ends_with(['.', ';', ',']) && rest.contains(' ') => {
                    let (nummer, titel) = rest.split_once(' ').unwrap();
                    format!("{vorn}§ {nummer}\n\n{hinten}{titel}\n")
                }
                _ => format!("{zeile}\n"),
            });
            zeilen.collect()
        }
    };
    let unterstrichen = |text: String| text.replacen("Präambel\n", "Präambel\n--------\n", 1);
    let ohne_leerzeilen = |text: String| -> String {
        let zeilen = text.lines().filter(|zeile| !zeile.is_empty());
        zeilen.map(|zeile| format!("{zeile}\n")).collect()
    };
    for (name, aendere) in [
        ("§ allein", &zweizeilig("", "") as &dyn Fn(String) -> String),
        ("mit Rauten", &zweizeilig("## ", "### ")),
        ("unterstrichen", &unterstrichen),
        ("ohne Leerzeilen", &ohne_leerzeilen),
    ] {
        let unterschied = gegen_abgetippt(|text| aendere(text.replace("zwölf", "sechs")));
        let text = diff::bericht::text(&unterschied, false);
        let andere: Vec<_> = unterschied
            .aenderungen
            .iter()
            .flat_map(|a| &a.stellen)
            .filter(|s| s.ort != "Unterschriften" && s.neu.trim() != "zwölf")
            .collect();
        assert!(andere.is_empty(), "{name}: {text}");
        assert!(text.contains("[-sechs-]{+zwölf+}"), "{name}: {text}");
    }
}

#[test]
fn an_article_of_others_is_the_clause_of_its_title() {
    for artikel in ["Artikel VIII – Haftung", "Art. 8 Haftung"] {
        let unterschied = gegen_abgetippt(|text| text.replacen("§ 8 Haftung", artikel, 1));
        let text = diff::bericht::text(&unterschied, false);
        let stellen: Vec<_> = unterschied
            .aenderungen
            .iter()
            .flat_map(|a| &a.stellen)
            .collect();
        assert!(!stellen.is_empty(), "{text}");
        let in_der_ueberschrift =
            |s: &&diff::Fundstelle| s.ort == "§ 8" && s.art == diff::Stellenart::Wortlaut;
        assert!(stellen.iter().all(in_der_ueberschrift), "{text}");
    }
}

#[test]
fn an_old_text_that_shares_little_has_no_head_of_the_new_one_and_its_own_bytes() {
    let alt = "Öffentlich-rechtliche Vereinbarung\n\nzwischen dem Kreis Unna und der Stadt Lünen\n\n§ 1\nGegenstand\n\n* Fachadministration\n\n§ 11 Laufzeit und Kündigung\n\n(1) Diese Vereinbarung gilt bis zum 31.12.2021.\n";
    let unterschied = diff::vergleiche_mit_papier(
        ("alt.md", alt),
        &grundlage("drucksache-215-21"),
        "vereinbarung",
    )
    .unwrap()
    .unwrap();
    for text in [
        diff::bericht::text(&unterschied, false),
        diff::bericht::markdown(&unterschied),
        redlines(&unterschied)[0].markdown.clone(),
        synopse(&unterschied).markdown,
    ] {
        let gestrichen = ["<del>---", "[----", "- ---", "<del>drucksache:"];
        let kopf = gestrichen.iter().find(|kopf| text.contains(**kopf));
        assert_eq!(kopf, None, "{text}");
        assert!(!text.contains("?."), "{text}");
    }
    let json: serde_json::Value = serde_json::from_str(&diff::json::json(&unterschied)).unwrap();
    let bloecke = json["papiere"][0]["bloecke"].as_array().unwrap();
    let stuecke = bloecke
        .iter()
        .flat_map(|b| b["stuecke"].as_array().unwrap());
    let mut neu = String::new();
    let bytes = |stelle: &serde_json::Value| {
        let an = |i: usize| usize::try_from(stelle[i].as_u64().unwrap()).unwrap();
        alt.get(an(0)..an(1)).unwrap().to_owned()
    };
    for stueck in stuecke {
        if let Some(text) = stueck["neu"].as_str() {
            neu.push_str(text);
        } else if stueck["gleich"].is_array() {
            neu.push_str(&bytes(&stueck["gleich"]));
        } else {
            bytes(&stueck["weg"]);
        }
    }
    assert_eq!(Some(&neu), unterschied.paare[0].neu.as_ref());
}

#[test]
fn html_in_a_text_of_others_is_shown_as_text() {
    let alt = "# Alt\n\nDie Frist beträgt sechs Monate.\n\n<table><tr><td>x</td></tr></table>\n";
    let neu = alt.replace("sechs", "zwölf");
    let unterschied = diff::vergleiche_texte(("alt.md", alt), ("neu.md", &neu));
    for papier in redlines(&unterschied) {
        let (_, befunde) = markdown::parse(&papier.markdown);
        assert!(!befunde.iter().any(Befund::ist_fehler), "{befunde:#?}");
        assert!(papier.markdown.contains("\\<table>"), "{}", papier.markdown);
        assert!(
            papier.markdown.contains("<ins>zwölf</ins>"),
            "{}",
            papier.markdown
        );
    }
}

#[test]
fn a_moved_clause_leaves_a_note_where_it_stood() {
    let fall = faelle()
        .into_iter()
        .find(|fall| fall.name() == "klausel-verschoben")
        .unwrap();
    let (alt, neu) = fall.staende().unwrap();
    let unterschied = diff::vergleiche(&alt, &neu).unwrap();
    let papiere = redlines(&unterschied);
    assert!(
        papiere[0]
            .markdown
            .contains("<ins>§ 12 Anlagen und Rangfolge: verschoben nach § 13</ins>"),
        "{}",
        papiere[0].markdown
    );
    let synopse = synopse(&unterschied).markdown;
    let bemerkung = "| Nr. 2: redaktionell (nur verschoben); bisher § 12 |";
    assert!(synopse.contains(bemerkung), "{synopse}");
    assert!(!synopse.contains("verschoben; verschoben"), "{synopse}");
}

#[test]
fn a_row_of_the_synopse_shows_a_change() {
    let fall = faelle()
        .into_iter()
        .find(|fall| fall.name() == "verteilung-fallzahlen")
        .unwrap();
    let (alt, neu) = fall.staende().unwrap();
    let synopse = synopse(&diff::vergleiche(&alt, &neu).unwrap()).markdown;
    let gleiche = "| Summe · 26.625,00\u{a0}€ | Summe · 26.625,00\u{a0}€ |";
    assert!(!synopse.contains(gleiche), "{synopse}");
    assert!(!synopse.contains("| Summe · 26.625,00 € |"), "{synopse}");
    assert!(
        synopse.contains("weitere; die Stellen stehen unten"),
        "{synopse}"
    );
}

#[test]
fn a_text_wrapped_anew_makes_no_redline_and_no_row() {
    let fall = faelle()
        .into_iter()
        .find(|fall| fall.name() == "nur-umbrochen")
        .unwrap();
    let (alt, neu) = fall.staende().unwrap();
    let unterschied = diff::vergleiche(&alt, &neu).unwrap();
    assert!(redlines(&unterschied).is_empty());
    let synopse = synopse(&unterschied).markdown;
    assert!(!synopse.contains("| Bisher |"), "{synopse}");
}

#[test]
fn a_template_that_first_takes_the_place_of_a_built_in_one_names_its_line() {
    let (alt, neu) = faelle()
        .iter()
        .find(|fall| fall.name() == "vorlage-wortlaut")
        .unwrap()
        .staende()
        .unwrap();
    let vorlage = std::str::from_utf8(&neu.vorgang.dateien["templates/vereinbarung.md"]).unwrap();
    let zeile = vorlage
        .lines()
        .position(|z| z.contains("und jeder Fahrlässigkeit"));
    let unterschied = diff::vergleiche(&alt, &neu).unwrap();
    let quelle = &unterschied.aenderungen[0].ursache.quellen[0];
    assert_eq!(Some(quelle.ort.zeile), zeile.map(|zeile| zeile + 1));
}

#[test]
fn what_moved_is_told_where_it_stood_and_a_table_moves_whole() {
    let fassung = |name: &str, papier: &str| {
        let faelle = faelle();
        let fall = faelle.iter().find(|fall| fall.name() == name).unwrap();
        let (alt, neu) = fall.staende().unwrap();
        let papiere = redlines(&diff::vergleiche(&alt, &neu).unwrap());
        let papier = papiere.into_iter().find(|p| p.name.starts_with(papier));
        papier.unwrap().markdown
    };
    let konzept = fassung("aufgaben-umgestellt", "vereinbarung-anlage-1");
    assert!(konzept.contains("(Tabelle „Technischer Support“: verschoben weiter nach oben)"));
    assert!(
        konzept.contains("(Absatz „Technischer Support (Kreis Unna) umfasst nicht:“: verschoben")
    );
    assert!(!konzept.contains("neue Tabelle"), "{konzept}");
    assert!(!konzept.contains("<del>Leistung</del>"), "{konzept}");
    // A row and an item are told at both places, behind their table or list.
    let konzept = fassung("leistung-vorgezogen", "vereinbarung-anlage-1");
    assert!(
        konzept.contains("| <ins>(verschoben; bisher weiter unten)</ins> Datensicherung"),
        "{konzept}"
    );
    assert!(
        konzept.contains(
            "(Zeile „Datensicherung und Wiederherstellung“: verschoben weiter nach oben)"
        ),
        "{konzept}"
    );
    let vereinbarung = fassung("leistung-vorgezogen", "vereinbarung-aenderung");
    assert!(
        vereinbarung.contains("<ins>(Punkt „Datensicherung und Wiederherstellung,“: verschoben weiter nach oben)</ins>"),
        "{vereinbarung}"
    );
    let vorlage = fassung("abschnitt-vorgezogen", "88-26-beschlussvorlage");
    assert!(vorlage.contains("V. Zuständigkeit: verschoben weiter nach oben"));
}
