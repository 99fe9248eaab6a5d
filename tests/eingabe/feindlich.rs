//! Input that wants to use up time or memory, or to read what is none of its business.

use std::fs::File;

use crate::programm::{Gelaufen, KLEINSTER, drucksache, mit_vorgang, schreibe};

/// Runs `check` on the smallest matter with another file in it; it must be refused by this rule.
fn abgelehnt(name: &str, pfad: &str, inhalt: impl AsRef<[u8]>, regel: &str) -> Gelaufen {
    let ordner = mit_vorgang(name);
    schreibe(&ordner, &format!("vorgang/{pfad}"), inhalt);
    let lauf = drucksache(&ordner, &["check", "vorgang"]);
    assert_eq!(lauf.rueckgabe, 2, "{}", lauf.geklagt);
    assert!(
        lauf.geklagt.starts_with(&format!("Fehler[{regel}]")),
        "{}",
        lauf.geklagt
    );
    lauf
}

/// The smallest matter with another sachbericht.
fn mit_sachbericht(text: &str) -> String {
    KLEINSTER.replace("Die alten Bänke sind morsch.", text)
}

#[test]
fn an_alias_bomb() {
    let bombe: String = (0..30)
        .map(|i| format!("a{}: &a{} [*a{i}, *a{i}, *a{i}, *a{i}]\n", i + 1, i + 1))
        .collect();
    abgelehnt(
        "aliase",
        "bombe.yaml",
        format!("a0: &a0 [x]\n{bombe}"),
        "yaml-syntax",
    );
}

#[test]
fn a_hundred_megabytes() {
    let ordner = mit_vorgang("hundert-megabyte");
    // Sparse: nothing is written, yet it reads as a hundred megabytes.
    let datei = File::create(ordner.join("vorgang/gross.yaml")).unwrap();
    datei.set_len(100 * 1024 * 1024).unwrap();
    let lauf = drucksache(&ordner, &["check", "vorgang"]);
    assert_eq!(lauf.rueckgabe, 2);
    assert!(
        lauf.geklagt
            .starts_with("Fehler[zu-gross]: die Datei ist größer als 4 MB"),
        "{}",
        lauf.geklagt
    );
    let datei = File::create(ordner.join("gross.md")).unwrap();
    datei.set_len(100 * 1024 * 1024).unwrap();
    let lauf = drucksache(&ordner, &["pdf", "gross.md"]);
    assert!(
        lauf.geklagt.starts_with("Fehler[zu-gross]"),
        "{}",
        lauf.geklagt
    );
}

#[test]
fn nesting_of_ten_thousand() {
    abgelehnt("klammern", "tief.yaml", "[".repeat(10_000), "zu-gross");
    abgelehnt("gruppen", "tief.yaml", "{a: ".repeat(10_000), "zu-gross");
    let quote = ">".repeat(10_000);
    let ordner = mit_vorgang("zitate");
    schreibe(&ordner, "vorgang/texte/a.md", format!("{quote} Text\n"));
    schreibe(
        &ordner,
        "vorgang/drucksache.yaml",
        mit_sachbericht("texte/a.md"),
    );
    let lauf = drucksache(&ordner, &["check", "vorgang"]);
    assert!((0..=2).contains(&lauf.rueckgabe), "{lauf:?}");
}

#[test]
fn a_million_keys() {
    let text: String = (0..1_000_000).map(|i| format!("k{i}:\n")).collect();
    abgelehnt("schluessel", "viele.yaml", text, "zu-gross");
    let text: String = (0..300_000).map(|i| format!("k{i}:\n")).collect();
    abgelehnt("schluessel-klein", "viele.yaml", text, "zu-gross");
}

/// Thousands of findings, each of them told: what is done for one of them must not look at all others.
#[test]
fn two_thousand_steps_without_a_day() {
    let ordner = mit_vorgang("schritte-ohne-tag");
    let schritte = "  - gremium: Rat\n".repeat(2_000);
    let folge =
        format!("beratungsfolge:\n{schritte}  - {{ gremium: Rat, sitzungsdatum: 17.03.2026 }}\n");
    let vorgang = KLEINSTER.replace("gremium: Rat\ndatum: 17.03.2026\n", &folge);
    schreibe(&ordner, "vorgang/drucksache.yaml", vorgang);
    let lauf = drucksache(&ordner, &["check", "vorgang", "--format", "json"]);
    let zeile = |zeile: usize| format!("\"zeile\": {zeile},");
    assert!(lauf.gesagt.contains(&zeile(4)), "{lauf:?}");
    assert!(lauf.gesagt.contains(&zeile(2_003)), "{lauf:?}");
}

/// A text without blank lines of which no word stayed where it was.
#[test]
fn a_paragraph_of_three_thousand_other_words() {
    let ordner = mit_vorgang("ein-absatz");
    let text = |schritt: usize| -> String {
        let worte = (0..3_000).map(|i| format!("Wort{} ", i * schritt % 997));
        format!(
            "# Alte Fassung\n\n{}\n",
            worte.collect::<String>().trim_end()
        )
    };
    schreibe(&ordner, "alt.md", text(7));
    schreibe(&ordner, "neu.md", text(11));
    let lauf = drucksache(&ordner, &["diff", "alt.md", "neu.md"]);
    assert_eq!(lauf.rueckgabe, 1, "{}", lauf.geklagt);
    assert!(lauf.gesagt.contains("1 materielle Änderung"), "{lauf:?}");
}

#[test]
fn null_bytes() {
    abgelehnt("nullbytes", "null.yaml", [0; 4096], "kodierung");
    abgelehnt("nullbytes-md", "texte/null.md", [0; 4096], "kodierung");
}

#[test]
fn many_files() {
    let ordner = mit_vorgang("viele-dateien");
    for i in 0..2_100 {
        schreibe(&ordner, &format!("vorgang/texte/{i}.md"), "x");
    }
    let lauf = drucksache(&ordner, &["check", "vorgang"]);
    assert!(
        lauf.geklagt.starts_with("Fehler[zu-gross]"),
        "{}",
        lauf.geklagt
    );
}

/// Texts, logos, figures and includes stay inside the matter and its base data.
#[test]
fn paths_that_lead_outside() {
    let ordner = mit_vorgang("aussen");
    schreibe(&ordner, "geheim.md", "GEHEIM");
    schreibe(&ordner, "geheim.png", "GEHEIM");
    let absolut = ordner.join("geheim");
    let absolut = absolut.to_str().unwrap();
    for pfad in ["../geheim", absolut, "texte/../../geheim", "./../geheim"] {
        for sachbericht in [
            format!("'{pfad}.md'"),
            format!("'{{% include \"{pfad}.md\" %}}'"),
            format!("'![Bild]({pfad}.png)'"),
        ] {
            schreibe(
                &ordner,
                "vorgang/drucksache.yaml",
                mit_sachbericht(&sachbericht),
            );
            let lauf = drucksache(&ordner, &["render", "vorgang"]);
            assert_eq!(lauf.rueckgabe, 2, "{sachbericht}");
            assert!(!lauf.geklagt.contains("GEHEIM"), "{}", lauf.geklagt);
        }
        let stammdaten = format!(
            "körperschaften:\n  stadt-a:\n    name: A\n    gattung: Stadt\n    hausstil: {{ logo: '{pfad}.png' }}\n"
        );
        schreibe(&ordner, "vorgang/drucksache.yaml", KLEINSTER);
        schreibe(&ordner, "vorgang/stammdaten/a.yaml", stammdaten);
        let lauf = drucksache(&ordner, &["render", "vorgang"]);
        assert!(
            lauf.geklagt.starts_with("Fehler[logo-fehlt]"),
            "{}",
            lauf.geklagt
        );
        std::fs::remove_dir_all(ordner.join("vorgang/stammdaten")).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn links_that_lead_outside() {
    use std::os::unix::fs::symlink;
    for (name, ziel, link) in [
        ("verweis-text", "geheim.md", "vorgang/texte/a.md"),
        ("verweis-bild", "geheim.png", "vorgang/bild.png"),
        ("verweis-vorlage", "geheim.md", "vorgang/templates/a.md"),
        ("verweis-logo", "geheim.png", "vorgang/stammdaten/logo.png"),
        ("verweis-texte", "ordner", "vorgang/texte"),
        ("verweis-kreis", "vorgang/../vorgang", "vorgang/kreis"),
    ] {
        let ordner = mit_vorgang(name);
        schreibe(&ordner, "geheim.md", "GEHEIM");
        schreibe(&ordner, "geheim.png", "GEHEIM");
        schreibe(&ordner, "ordner/geheim.md", "GEHEIM");
        let link = ordner.join(link);
        std::fs::create_dir_all(link.parent().unwrap()).unwrap();
        symlink(ordner.join(ziel), link).unwrap();
        let lauf = drucksache(&ordner, &["render", "vorgang"]);
        assert!(!lauf.geklagt.contains("GEHEIM"));
        if name == "verweis-kreis" {
            assert!((0..=2).contains(&lauf.rueckgabe));
        } else {
            assert!(
                lauf.geklagt.starts_with("Fehler[verweis-nach-aussen]"),
                "{name}: {}",
                lauf.geklagt
            );
        }
    }
}

/// Templates and prose that never end, or that make more than fits into a paper.
#[test]
fn loops_and_values_stop_at_their_budget() {
    let schleife = "{% for a in range(end=1000) %}";
    let ende = "{% endfor %}";
    let doppelt = "{% set_global x = 'aaaaaaaa' %}";
    let faelle = [
        format!("{schleife}{schleife}{schleife}{ende}{ende}{ende}"),
        format!("{schleife}{schleife}{}{ende}{ende}", "x".repeat(1_500)),
        "{% for a in range(end=99999999999) %}{% endfor %}".to_owned(),
        format!(
            "{{% set x %}}{schleife}{schleife}{}{ende}{ende}{{% endset %}}",
            "x".repeat(1_500)
        ),
        format!(
            "{{% filter upper %}}{schleife}{schleife}{}{ende}{ende}{{% endfilter %}}",
            "x".repeat(1_500)
        ),
        format!("{doppelt}{schleife}{{% set_global x = x ~ x %}}{ende}"),
        format!("{doppelt}{schleife}{{% set_global x = [x, x] | join %}}{ende}"),
        format!("{doppelt}{schleife}{{% set_global x = [x, x] %}}{ende}{{{{ x }}}}"),
        format!("{doppelt}{schleife}{{% set_global x = x | replace(from='a', to='aa') %}}{ende}"),
        format!(
            "{doppelt}{schleife}{{% set_global x %}}{{{{ x }}}}{{{{ x }}}}{{% endset %}}{ende}"
        ),
        format!("{{{{ 'a'{} }}}}", " ~ 'a'".repeat(100_000)),
        format!("{{{{ {}1{} }}}}", "(".repeat(5_000), ")".repeat(5_000)),
        "{% if 1 %}".repeat(5_000),
        format!(
            "{}x{}",
            "{% if true %}".repeat(5_000),
            "{% endif %}".repeat(5_000)
        ),
    ];
    for text in &faelle {
        let ordner = mit_vorgang("schleifen");
        schreibe(&ordner, "vorgang/texte/a.md", text);
        schreibe(
            &ordner,
            "vorgang/drucksache.yaml",
            mit_sachbericht("texte/a.md"),
        );
        let lauf = drucksache(&ordner, &["check", "vorgang"]);
        let anfang: String = text.chars().take(90).collect();
        assert_eq!(
            lauf.rueckgabe, 2,
            "{anfang}\n{}{}",
            lauf.geklagt, lauf.gesagt
        );
        assert!(
            lauf.geklagt.contains("vorgang/texte/a.md:1:"),
            "{anfang}\n{}",
            lauf.geklagt
        );
    }
}

#[test]
fn a_block_that_calls_itself_is_refused() {
    let ordner = mit_vorgang("baustein");
    schreibe(
        &ordner,
        "vorgang/templates/_a.md",
        "{% component a() %}{{<a />}}{{<a />}}{% endcomponent a %}",
    );
    schreibe(
        &ordner,
        "vorgang/drucksache.yaml",
        mit_sachbericht("'{{<a />}}'"),
    );
    let lauf = drucksache(&ordner, &["check", "vorgang"]);
    assert_eq!(lauf.rueckgabe, 2, "{}", lauf.geklagt);
}

#[test]
fn templates_know_neither_environment_nor_files() {
    for ausdruck in [
        "get_env(name=\"PATH\")",
        "now()",
        "load_data(path=\"/etc/passwd\")",
        "throw(message=\"x\")",
    ] {
        let ordner = mit_vorgang("umgebung");
        schreibe(
            &ordner,
            "vorgang/drucksache.yaml",
            mit_sachbericht(&format!("'{{{{ {ausdruck} }}}}'")),
        );
        let lauf = drucksache(&ordner, &["check", "vorgang"]);
        assert_eq!(lauf.rueckgabe, 2, "{ausdruck}: {}", lauf.gesagt);
    }
}
