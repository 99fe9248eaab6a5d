//! Files that are no YAML, or not the small YAML that drucksache reads.

use super::{assert_findings, read};
use crate::diagnostic::{Befund, Stelle};
use crate::input::parse;
use crate::source::Source;

/// A file and its only finding.
const CASES: &[(&str, &str)] = &[
    (
        "a:\n\tb: 1\n",
        "2:1 yaml-syntax [\t] hier ist mit einem Tabulator eingerückt",
    ),
    (
        "a: 1\n\tb: 2\n",
        "2:1 yaml-syntax [\t] hier ist mit einem Tabulator eingerückt",
    ),
    ("a: >\n\tx\n", "2:1 yaml-syntax [\t]"),
    ("a: |\n  x\n\ty: 2\n", "3:1 yaml-syntax [\t]"),
    (
        "a: 1\nb: 2\na: 3\n",
        "3:1 doppelter-schluessel [a] „a“ steht hier ein zweites Mal, zuerst in Zeile 1",
    ),
    (
        "b:Text\nc: 2\n",
        "1:1 yaml-syntax [b:] hinter „b:“ fehlt ein Leerzeichen",
    ),
    (
        "a: 1\nb:Text\nc: 2\n",
        "2:1 yaml-syntax [b:] hinter „b:“ fehlt ein Leerzeichen",
    ),
    (
        "a:\n  b: x\n   c:x\n",
        "3:4 yaml-syntax [c:] hinter „c:“ fehlt ein Leerzeichen",
    ),
    (
        "titel:Text\n",
        "1:1 yaml-syntax [titel:] hinter „titel:“ fehlt ein Leerzeichen",
    ),
    (
        "\"a\":b\n",
        "1:4 yaml-syntax [:b] hinter dem Doppelpunkt fehlt ein Leerzeichen",
    ),
    ("a:\n  -b\n  -c\n", "2:3 yaml-syntax [-] hinter dem „-“"),
    ("a:\n  - b\n  -c\n", "3:3 yaml-syntax [-] hinter dem „-“"),
    (
        "a: \"offen\nb: 2\n",
        "1:4 yaml-syntax [\"offen] dieses Anführungszeichen \" wird nicht geschlossen",
    ),
    (
        "a: 'offen\nb: 2\n",
        "1:4 yaml-syntax ['offen] dieses Anführungszeichen ' wird nicht geschlossen",
    ),
    (
        "a: \"offen\nb: \"x\"\n",
        "1:4 yaml-syntax [\"offen] dieses Anführungszeichen",
    ),
    (
        "a: 'Rat's Keller'\n",
        "1:9 yaml-syntax [s] hinter dem schließenden ' geht der Text weiter",
    ),
    (
        "a: \"x\" y\n",
        "1:8 yaml-syntax [y] hinter dem schließenden \" geht der Text weiter",
    ),
    (
        "a: \"\\d\"\n",
        "1:5 yaml-syntax [\\d\"] in \"…\" hat „\\“ eine besondere Bedeutung",
    ),
    ("a: \"\\0\"\n", "1:4 steuerzeichen [\"\\0\"]"),
    ("a: \"\\uE000\"\n", "1:4 steuerzeichen [\"\\uE000\"]"),
    (
        "titel: a\n  b: c\n",
        "2:3 yaml-syntax [b:] diese Zeile ist tiefer eingerückt als „titel“ darüber",
    ),
    (
        "a:\n  b: 1\n c: 2\n",
        "3:2 yaml-syntax [c:] die Einrückung dieser Zeile passt zu keiner Zeile darüber",
    ),
    (
        "a:\n  - b: A\n   c: B\n",
        "3:4 yaml-syntax [c:] hier müsste die Liste darüber weitergehen",
    ),
    (
        "a: |\nt\n",
        "2:1 yaml-syntax [t] der Text hinter „|“ oder „>“ ist nicht eingerückt",
    ),
    (
        "a: |\n  x\n y\nb: 1\n",
        "3:2 yaml-syntax [y] die Einrückung",
    ),
    (
        "a: |x\n  t\n",
        "1:4 yaml-syntax [|x] hinter „|“ oder „>“ steht in derselben Zeile nichts mehr",
    ),
    (
        "a: Projekt: neu\n",
        "1:11 yaml-syntax [:] ein Doppelpunkt mit Leerzeichen ⇒ setzen: \"Projekt: neu\"",
    ),
    (
        "a: Antrag \"X\": neu\n",
        "1:14 yaml-syntax [:] ⇒ setzen: 'Antrag \"X\": neu'",
    ),
    (
        "a: „Projekt: neu“\n",
        "1:12 yaml-syntax [:] ⇒ typografische Anführungszeichen gehören für YAML zum Text",
    ),
    (
        "a: {{ x }}\nb: 1\n",
        "1:4 yaml-syntax [{{ x }}] „{{ … }}“ am Anfang ⇒ setzen: \"{{ x }}\"",
    ),
    (
        "a: {{ x }} und\n",
        "1:4 yaml-syntax [{{ x }}] ⇒ setzen: \"{{ x }} und\"",
    ),
    (
        "a: [b, {{ c }}]\n",
        "1:8 yaml-syntax [{{ c }}] ⇒ setzen: \"{{ c }}\"",
    ),
    (
        "a: *wichtig*\n",
        "1:4 yaml-syntax [*wichtig*] Anker und Verweise (&, *) versteht drucksache nicht ⇒ setzen: \"*wichtig*\"",
    ),
    (
        "a: &x y\n",
        "1:4 yaml-syntax [&x] Anker und Verweise (&, *) versteht drucksache nicht",
    ),
    (
        "a: &x\n  b: c\nd: *x\n",
        "1:4 yaml-syntax [&x] Anker und Verweise",
    ),
    (
        "a: & Co\n",
        "1:4 yaml-syntax [&] „&“ am Anfang eines Wertes ⇒ setzen: \"& Co\"",
    ),
    ("a: @x\n", "1:4 yaml-syntax [@x] „@“ am Anfang eines Wertes"),
    (
        "a: `x`\n",
        "1:4 yaml-syntax [`x`] „`“ am Anfang eines Wertes",
    ),
    ("a: % x\n", "1:4 yaml-syntax [%] „%“ am Anfang eines Wertes"),
    (
        "%x\na: 1\n",
        "1:1 yaml-syntax [%x] eine Zeile mit „%“ am Anfang",
    ),
    ("a: ? b\n", "1:4 yaml-syntax [?] „?“ am Anfang eines Wertes"),
    (
        "a: {b: |\n  x}\n",
        "1:8 yaml-syntax [|] ein Textblock mit „|“ kann in einer Klammer nicht stehen",
    ),
    (
        "a: !t x\n",
        "1:4 yaml-syntax [!t] Typangaben (!…) versteht drucksache nicht",
    ),
    ("<<: {a: b}\n", "1:1 yaml-syntax [<<] das Einmischen"),
    (
        "a: 1\n---\nb: 2\n",
        "2:1 yaml-syntax [---] hier beginnt mit „---“ ein zweites Dokument",
    ),
    (
        "a: [1, 2\nb: 3\n",
        "1:4 yaml-syntax [[] die Klammer „[“ wird nicht richtig geschlossen",
    ),
    (
        "a: {b: 1\nc: 2\n",
        "1:4 yaml-syntax [{] die Klammer „{“ wird nicht richtig geschlossen",
    ),
    (
        "a: [x, y]]\n",
        "1:10 yaml-syntax []] zu dieser schließenden Klammer",
    ),
    (
        "[a, b]: c\n",
        "1:1 yaml-syntax [[a,] hier steht eine Liste oder eine Klammer, wo ein Schlüssel",
    ),
    (
        "a: - b\n",
        "1:4 yaml-syntax [-] eine Liste mit „- “ kann nicht hinter einem Schlüssel",
    ),
    (
        "a: 1\n- b\n",
        "2:1 yaml-syntax [-] hier steht ein Listeneintrag, wo ein Schlüssel stehen muss",
    ),
    (
        "- a\nb: 1\n",
        "2:1 yaml-syntax [b:] hier müsste die Liste darüber weitergehen",
    ),
    (
        "a: 1\nb\n",
        "2:1 yaml-syntax [b] diese Zeile ist kein Schlüssel mit Wert",
    ),
    (
        "a\nb: 1\n",
        "1:1 yaml-syntax [a] dieser Zeile fehlt ein Doppelpunkt",
    ),
    (
        ": x\n",
        "1:1 yaml-syntax [:] vor dem Doppelpunkt fehlt der Schlüssel",
    ),
    (
        "a: b\n\u{a0}\u{a0}c: d\n",
        "2:1 yaml-syntax [\u{a0}\u{a0}] vor dem Schlüssel stehen geschützte",
    ),
    (
        "a: 1\n\u{feff}b: 2\n",
        "2:1 yaml-syntax [\u{feff}b:] hier steht ein unsichtbares Zeichen",
    ),
    (
        "a: b\n<<<<<<< HEAD\nc: d\n",
        "2:1 yaml-syntax [<<<<<<<] hier stehen Marken von zwei Fassungen",
    ),
];

#[test]
fn broken_yaml() {
    for (text, expected) in CASES {
        assert_findings(text, &[expected]);
    }
}

#[test]
fn a_duplicate_key_shows_the_first_one() {
    let (_, findings) = read("a: 1\nb: 2\na: 3\n");
    let dazu: Vec<_> = findings.iter().flat_map(|befund| &befund.dazu).collect();
    let [(Stelle::Datei { bereich, .. }, wort)] = dazu[..] else {
        panic!("{dazu:?}");
    };
    assert_eq!((bereich.clone(), wort.as_str()), (0..1, "zuerst hier"));
}

#[test]
fn keys_that_are_spelled_differently_are_the_same_key() {
    let source = crate::input::encoding::read(
        "a.yaml".into(),
        "körperschaft: a\nko\u{308}rperschaft: b\n".as_bytes(),
    )
    .unwrap();
    assert_eq!(parse(&source).unwrap_err().regel, "doppelter-schluessel");
    assert_eq!(
        parse(&Source::new("a", "ä: 1\n\"a\\u0308\": 2\n"))
            .unwrap_err()
            .regel,
        "doppelter-schluessel"
    );
}

#[test]
fn a_comment_that_was_meant_as_text_is_a_warning() {
    let marked = |text: &str| -> Vec<String> {
        let tree = parse(&Source::new("a", text)).unwrap();
        let mark = |befund: &Befund| match &befund.stelle {
            Stelle::Datei { bereich, .. } => text[bereich.clone()].to_owned(),
            other => format!("{other:?}"),
        };
        tree.remarks().iter().map(mark).collect()
    };
    assert_eq!(marked("a: Projekt #3 neu\n"), ["#3 neu"]);
    assert_eq!(marked("a: #fff\nb: c\n"), ["#fff"]);
    assert_eq!(
        marked("a: b # Kommentar\n# noch einer\nc: 'd' #e\nd: C#\n"),
        [""; 0]
    );
}
