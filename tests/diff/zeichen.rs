//! Signs, commas and single letters in one sentence: which changes of them count.

use drucksache::diff;

/// The classes of what changes between two texts, each with its reason, and the report.
fn klassen(alt: &str, neu: &str) -> (Vec<(&'static str, String)>, String) {
    let unterschied = diff::vergleiche_texte(("alt.md", alt), ("neu.md", neu));
    assert_eq!(unterschied.paare[0].vergleich.wende_an(alt), neu);
    let klassen = unterschied.aenderungen.iter();
    let klassen = klassen.map(|a| (a.klasse.name(), a.grund.clone()));
    (klassen.collect(), diff::bericht::text(&unterschied, false))
}

fn sind_alle(klasse: &str, grund: &str, faelle: &[(&str, &str)]) {
    for (alt, neu) in faelle {
        let (klassen, text) = klassen(&format!("{alt}\n"), &format!("{neu}\n"));
        assert!(!klassen.is_empty(), "{alt} → {neu}");
        assert!(
            klassen
                .iter()
                .all(|(k, g)| *k == klasse && g.contains(grund)),
            "{text}"
        );
    }
}

#[test]
fn a_sign_or_a_comparison_is_a_number() {
    sind_alle(
        "materiell",
        "Zahl",
        &[
            (
                "Der Saldo ist 4.800,00 € hoch.",
                "Der Saldo ist −4.800,00 € hoch.",
            ),
            (
                "Der Saldo ist -4.800,00 € hoch.",
                "Der Saldo ist 4.800,00 € hoch.",
            ),
            ("| Saldo | 4.800,00 € |", "| Saldo | − 4.800,00 € |"),
            ("Es sind +3 Stellen.", "Es sind -3 Stellen."),
            ("Es sind ±3 Stellen.", "Es sind 3 Stellen."),
            ("Gilt bei < 10 Fällen.", "Gilt bei > 10 Fällen."),
            (
                "Gilt bei < 10 und > 5 Fällen.",
                "Gilt bei < 12 und > 5 Fällen.",
            ),
            ("Gilt bei ≤ 10 Fällen.", "Gilt bei ≥ 10 Fällen."),
            ("Gilt bei ≤ 10 Fällen.", "Gilt bei < 10 Fällen."),
            ("Gilt bei \\< 10 Fällen.", "Gilt bei \\> 10 Fällen."),
            ("Im Raum 10-12 tagen alle.", "Im Raum 10+12 tagen alle."),
            ("Im Raum 10-12 tagen alle.", "Im Raum 10 12 tagen alle."),
            ("Nach 3 Monaten endet sie.", "Nach 3. Monaten endet sie."),
        ],
    );
    // What counts may be told as a number or as other words, but it counts.
    sind_alle(
        "materiell",
        "",
        &[
            (
                "Der Preis liegt 5 % unter dem Markt.",
                "Der Preis liegt −5 % dem Markt.",
            ),
            ("Der Preis: 5 % unter", "Der Preis: −5 %"),
            ("Es bleibt bei 5 %.", "Es bleibt bei 5 ‰."),
            ("Es sind 20 °C.", "Es sind 20 C."),
            ("Zahlt die Stadt/Gemeinde?", "Zahlt die Stadt Gemeinde?"),
            ("Die Stadt zahlt.", "Die Stadt zahlt?"),
        ],
    );
}

#[test]
fn a_comma_beside_a_word_that_turns_the_sentence_counts() {
    sind_alle(
        "materiell",
        "",
        &[
            (
                "Der Rat beschließt nicht, zu verkaufen.",
                "Der Rat beschließt, nicht zu verkaufen.",
            ),
            (
                "Die Gemeinde, nicht die Stadt, zahlt.",
                "Die Gemeinde nicht, die Stadt zahlt.",
            ),
            (
                "Der Rat bittet, das Haus nicht zu verkaufen.",
                "Der Rat bittet das Haus nicht, zu verkaufen.",
            ),
            ("Er zahlt nur, wenn er kann.", "Er zahlt, nur wenn er kann."),
            (
                "Er zahlt auch, wenn er kann.",
                "Er zahlt, auch wenn er kann.",
            ),
        ],
    );
}

#[test]
fn another_case_of_an_address_a_letter_or_a_unit_counts() {
    sind_alle(
        "materiell",
        "",
        &[
            (
                "Der Antrag von Ihnen liegt vor.",
                "Der Antrag von ihnen liegt vor.",
            ),
            ("Ihr Antrag liegt vor.", "ihr Antrag liegt vor."),
            ("Es gilt Klasse A dafür.", "Es gilt Klasse a dafür."),
            ("Die Anlage hat 10 mW.", "Die Anlage hat 10 MW."),
            (
                "In den Maßen bleibt sie gleich.",
                "In den Massen bleibt sie gleich.",
            ),
            ("Die Buße ist gezahlt.", "Die Busse ist gezahlt."),
        ],
    );
}

#[test]
fn the_target_of_a_link_counts() {
    sind_alle(
        "materiell",
        "Ziel eines Verweises",
        &[(
            "Siehe [Plan](https://a.de) dazu.",
            "Siehe [Plan](https://b.de) dazu.",
        )],
    );
    sind_alle(
        "materiell",
        "",
        &[("Siehe <https://a.de> dazu.", "Siehe <https://b.de> dazu.")],
    );
}

#[test]
fn plain_typography_stays_small() {
    sind_alle(
        "redaktionell",
        "",
        &[
            ("Er sagt \"ja\" dazu.", "Er sagt „ja“ dazu."),
            ("Im Raum 10-12 tagen alle.", "Im Raum 10–12 tagen alle."),
            ("Der Saldo ist -5 € hoch.", "Der Saldo ist −5 € hoch."),
            (
                "Der Rat - und nur er - zahlt.",
                "Der Rat – und nur er – zahlt.",
            ),
            ("Es sind 20 % davon.", "Es sind 20% davon."),
            ("Es ist wahr daß er zahlt.", "Es ist wahr, dass er zahlt."),
            ("Die Strasse ist neu.", "Die Straße ist neu."),
            (
                "Das ist die Sache des Rates.",
                "Das ist Die Sache des Rates.",
            ),
            (
                "Er zahlt nicht. Sie kommt wenn er geht.",
                "Er zahlt nicht. Sie kommt, wenn er geht.",
            ),
            ("Das gilt ab 2022", "Das gilt ab 2022."),
            ("Siehe [Plan](#a) dazu.", "Siehe [Plan](#b) dazu."),
            ("Er zahlt **10** Euro.", "Er zahlt 10 Euro."),
        ],
    );
}

#[test]
fn the_reason_fits_what_changed() {
    let grund = |alt: &str, neu: &str| {
        let (klassen, _) = klassen(alt, neu);
        klassen
            .into_iter()
            .map(|(_, grund)| grund)
            .collect::<Vec<_>>()
    };
    let satz = "Alles bleibt, wie es im Rathaus heute schon ist.";
    let mit = format!("{satz} Gesundheitsdaten nach Art. 9 werden nicht verarbeitet.\n");
    assert_eq!(grund(&mit, &format!("{satz}\n")), ["Text entfällt"]);
    assert_eq!(grund(&format!("{satz}\n"), &mit), ["neuer Text"]);
    assert_eq!(
        grund(
            "Sie gilt ab dem 1. Januar 2022 im Kreis.\n",
            "Sie gilt ab dem 1. Juli 2022 im Kreis.\n"
        ),
        ["Datum"]
    );
}

#[test]
fn what_shows_no_words_is_marked_everywhere() {
    for (alt, neu, text, fassung) in [
        (
            "Es sind 20 % davon.\n",
            "Es sind 20% davon.\n",
            "20[-(Leerzeichen)-]% davon",
            "20<del>(Leerzeichen)</del>% davon",
        ),
        (
            "Das Team - im Haus - tagt.\n",
            "Das Team im Haus - tagt.\n",
            "[-„-“-]",
            "<del>-</del>",
        ),
        (
            "Siehe [Plan](https://a.de).\n",
            "Siehe [Plan](https://b.de).\n",
            "[-](https://a.de)-]{+](https://b.de)+}",
            "](https://b.de) <del>(Ziel: https://a.de)</del> <ins>(Ziel: https://b.de)</ins>.",
        ),
    ] {
        let unterschied = diff::vergleiche_texte(("alt.md", alt), ("neu.md", neu));
        let gezeigt = diff::bericht::text(&unterschied, false);
        assert!(gezeigt.contains(text), "{gezeigt}");
        let redlines = diff::redline::redlines(&unterschied);
        let redline = &redlines.first().unwrap().markdown;
        assert!(redline.contains(fassung), "{redline}");
        let synopse = diff::synopse::synopse(&unterschied).markdown;
        assert!(synopse.contains("<del>"), "{synopse}");
    }
}

#[test]
fn a_footnote_counts_and_its_number_does_not() {
    let eine = "Geprüft ist das Dach.\n\nGeprüft ist auch die Statik.[^1]\n\n[^1]: Vom Amt 30 der Stadt.\n";
    let zwei = "Geprüft ist das Dach.[^1]\n\nGeprüft ist auch die Statik.[^2]\n\n[^1]: Vom Bauhof.\n\n[^2]: Vom Amt 30 der Stadt.\n";
    let ohne = "Geprüft ist das Dach.\n\nGeprüft ist auch die Statik.\n";
    for (alt, neu) in [(eine, zwei), (zwei, eine), (ohne, eine), (eine, ohne)] {
        let unterschied = diff::vergleiche_texte(("alt.md", alt), ("neu.md", neu));
        for papier in diff::redline::redlines(&unterschied) {
            let (_, befunde) = drucksache::markdown::parse(&papier.markdown);
            assert!(befunde.is_empty(), "{befunde:#?}\n{}", papier.markdown);
            let neu_gesagt = papier
                .markdown
                .contains("[^1]</ins> <ins>(neue Fußnote)</ins>");
            assert_eq!(
                neu_gesagt,
                neu.contains(".[^1]") && !alt.contains("Dach.[^1]")
            );
        }
        let synopse = diff::synopse::synopse(&unterschied).markdown;
        let (_, befunde) = drucksache::markdown::parse(&synopse);
        assert!(befunde.is_empty(), "{befunde:#?}\n{synopse}");
        assert!(synopse.contains("Fußnote 1"), "{synopse}");
    }
    let (klassen, text) = klassen(eine, zwei);
    let anzahl = |klasse: &str| klassen.iter().filter(|(k, _)| *k == klasse).count();
    assert_eq!(anzahl("redaktionell"), 1, "{text}");
    assert!(text.contains("redaktionell (Umnummerierung)"), "{text}");
    assert!(text.contains("materiell (neuer Text, Fußnote)"), "{text}");
}
