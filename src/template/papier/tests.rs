//! How marked output becomes a paper: origins, escapes, numbers, references, laws.

use super::*;

fn ohne_recht(roh: &str, urspruenge: &[Ursprung]) -> Text {
    fertig(roh, &|nummer| urspruenge.get(nummer), &BTreeMap::new())
}

fn ursprung(datei: &str, offset: usize, ausdruck: bool) -> Ursprung {
    Ursprung {
        art: Herkunft::Vorlage,
        datei: datei.into(),
        offset,
        ausdruck,
        laenge: if ausdruck { 2 } else { 0 },
    }
}

fn daten(text: &str) -> String {
    let mut ziel = Vec::new();
    crate::template::escape::markiere(text, &mut ziel).unwrap();
    String::from_utf8(ziel).unwrap()
}

#[test]
fn origins_become_ranges() {
    let orte = [ursprung("a.md", 5, false), ursprung("a.md", 20, true)];
    let text = ohne_recht("\u{E000}0\u{E001}Ja: \u{E000}1\u{E001}Bönen\n", &orte);
    assert_eq!(text.markdown, "Ja: Bönen\n");
    assert_eq!(
        text.spuren,
        [(0..4, orte[0].clone()), (4..11, orte[1].clone())]
    );
}

#[test]
fn blank_lines_collapse_but_not_in_code() {
    assert_eq!(ohne_recht("\n\na\n \n\n\nb\n\n", &[]).markdown, "a\n\nb\n");
    assert_eq!(
        ohne_recht("```\na\n\n\nb\n```\n", &[]).markdown,
        "```\na\n\n\nb\n```\n"
    );
}

#[test]
fn data_never_become_markup() {
    let roh = format!(
        "| {} |\n\n{}\n",
        daten("a|b *c*"),
        daten("1. Januar\n# zwei")
    );
    assert_eq!(
        ohne_recht(&roh, &[]).markdown,
        "| a\\|b \\*c\\* |\n\n1\\. Januar<br># zwei\n"
    );
}

#[test]
fn data_do_not_become_markup_together_with_what_follows() {
    let orte = [ursprung("a.md", 0, false)];
    let roh = format!(
        "{}\u{E000}0\u{E001}copy; und {}\u{E000}0\u{E001}[x](#y)\n",
        daten("a &"),
        daten("Hallo!")
    );
    assert_eq!(
        ohne_recht(&roh, &orte).markdown,
        "a \\&copy; und Hallo\\![x](#y)\n"
    );
}

#[test]
fn data_in_code_stand_as_they_are() {
    let text = |roh: String| {
        let text = ohne_recht(&roh, &[]);
        (text.markdown, text.befunde.len())
    };
    let gut = |roh: String, erwartet: &str| assert_eq!(text(roh), (erwartet.to_owned(), 0));
    gut(
        format!("Feld `{}`.\n", daten("a_*b*[c]")),
        "Feld `a_*b*[c]`.\n",
    );
    gut(
        format!("``{}`` {}\n", daten("*a*"), daten("*b*")),
        "``*a*`` \\*b\\*\n",
    );
    gut(format!("| `{}` |\n", daten("a|b")), "| `a\\|b` |\n");
    gut(
        format!("```\n{} *\n```\n", daten("*a* | # b")),
        "```\n*a* | # b *\n```\n",
    );
    // An origin may stand between the data and the end of the code.
    gut(format!("`{}\u{E000}0\u{E001}`\n", daten("*a*")), "`*a*`\n");
}

#[test]
fn data_after_a_lone_backtick_are_no_code() {
    let text = ohne_recht(&format!("Das ` und {}\n", daten("*a*")), &[]);
    assert_eq!(text.markdown, "Das ` und \\*a\\*\n");
    let text = ohne_recht(&format!("Das \\` und {} `\n", daten("*a*")), &[]);
    assert_eq!(text.markdown, "Das \\` und \\*a\\* `\n");
}

#[test]
fn data_cannot_end_code() {
    for roh in [
        format!("`{}`\n", daten("a`b")),
        format!("```\n{}\n```\n", daten("```")),
    ] {
        let befunde = ohne_recht(&roh, &[]).befunde;
        assert_eq!(befunde[0].regel, "zeichen-in-code", "{roh}");
    }
}

#[test]
fn references_lead_forward_and_backward() {
    let roh = "<!-- klausel: zweck -->\n## § \u{E005} Zweck\n\u{E003}kosten|2\u{E004}\n<!-- klausel: kosten -->\n## § \u{E005} Kosten\n\u{E003}zweck\u{E004}\n\n(1) a\n\n(2) b\n";
    let text = ohne_recht(roh, &[]);
    assert!(text.befunde.is_empty());
    assert!(
        text.markdown.contains("[§ 2 Abs. 2](#kosten)"),
        "{}",
        text.markdown
    );
    assert!(
        text.markdown.contains("## § 2 Kosten\n[§ 1](#zweck)"),
        "{}",
        text.markdown
    );
    let nummern: Vec<_> = text
        .klauseln
        .iter()
        .map(|k| (k.schluessel.as_str(), k.nummer))
        .collect();
    assert_eq!(nummern, [("zweck", 1), ("kosten", 2)]);
}

#[test]
fn a_reference_to_an_absatz_leads_to_one_that_the_clause_has() {
    let regeln = |verweis: &str| {
        let roh = format!(
            "<!-- klausel: a -->\n\u{E003}{verweis}\u{E004}\n<!-- klausel: b -->\n(\u{E006}) x\n\n(\u{E006}) y\n<!-- klausel: c -->\n(1) von Hand\n\n(2) von Hand\n<!-- klausel: d -->\nOhne Absatz\n"
        );
        let befunde = ohne_recht(&roh, &[]).befunde;
        befunde
            .iter()
            .map(|b| format!("{} {}", b.regel, b.text))
            .collect::<Vec<_>>()
    };
    for gut in ["b|1", "b|2", "c|2", "d", "b"] {
        assert_eq!(regeln(gut), [""; 0], "{gut}");
    }
    assert_eq!(
        regeln("b|3"),
        ["verweis-ohne-absatz dieser Verweis nennt § 2 Abs. 3, aber § 2 hat nur 2 Absätze"]
    );
    assert_eq!(
        regeln("d|1"),
        [
            "verweis-ohne-absatz dieser Verweis nennt § 4 Abs. 1, aber § 4 hat keine nummerierten Absätze"
        ]
    );
    assert_eq!(regeln("b|0").len(), 1);
}

#[test]
fn absaetze_are_numbered_within_their_clause() {
    let roh = "<!-- klausel: a -->\n(\u{E006}) x (\u{E006}) y\n<!-- klausel: b -->\n(\u{E006}) z\n";
    let text = ohne_recht(roh, &[]);
    assert!(text.markdown.contains("(1) x (2) y"));
    assert!(text.markdown.contains("(1) z"));
}

#[test]
fn a_reference_to_a_missing_clause_is_a_finding() {
    let text = ohne_recht("\u{E003}kosten\u{E004}", &[]);
    assert_eq!(text.befunde[0].regel, "verweis-ohne-ziel");
}

#[test]
fn a_number_before_any_clause_is_a_finding() {
    assert_eq!(
        ohne_recht("§ \u{E005}\n", &[]).befunde[0].regel,
        "nummer-ohne-klausel"
    );
}

#[test]
fn data_cannot_end_a_directive() {
    let text = ohne_recht(
        &format!("<!-- unterschrift: {} -->\n", daten("a --> b | c")),
        &[],
    );
    assert_eq!(text.befunde.len(), 2);
}
