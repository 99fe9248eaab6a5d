//! Papers put together at random from all that the dialect knows: each is sound, and nothing makes the way panic.

use proptest::prelude::*;

use crate::papers::Case;

fn words() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        6 => "[a-zäöüß]{1,9}",
        2 => "[A-ZÄÖÜ][a-zäöüß]{5,20}",
        1 => Just("Asylbewerberleistungsgesetz".to_owned()),
        1 => Just("§ 5 Abs. 1".to_owned()),
        1 => Just("**fett**".to_owned()),
        1 => Just("*kursiv*".to_owned()),
        1 => Just("<ins>neu[^a] und</ins>".to_owned()),
        1 => Just("<del>alt</del>".to_owned()),
        1 => Just("[Verweis auf das *Amt* und mehr](https://www.example.org/amt)".to_owned()),
        1 => Just("<span lang=\"en\">fair share</span>".to_owned()),
        1 => Just("[dorthin](#ziel)".to_owned()),
        1 => Just("Wort[^a]".to_owned()),
        1 => Just("☒ fi ffl ½ 12 m<sup>2</sup>".to_owned()),
        1 => Just("Zeile<br>Zeile".to_owned()),
        1 => Just("a\u{304}\u{301}-Laut".to_owned()),
        1 => Just("zehn\u{a0}%".to_owned()),
    ];
    prop::collection::vec(word, 1..60).prop_map(|words| words.join(" "))
}

fn block() -> impl Strategy<Value = String> {
    let cells = || prop::collection::vec(words(), 3);
    prop_oneof![
        4 => words(),
        2 => (1usize..5, words()).prop_map(|(level, text)| format!("{} {text}", "#".repeat(level))),
        2 => prop::collection::vec(words(), 1..4)
            .prop_map(|items| items.iter().map(|item| format!("- {item}\n")).collect()),
        1 => (words(), words()).prop_map(|(one, two)| format!("(1) {one}\n\na) {two}")),
        1 => words().prop_map(|text| format!("> {text}")),
        1 => words().prop_map(|text| format!("- [x] {text}\n  1. {text}")),
        1 => prop::collection::vec(cells(), 1..5).prop_map(|rows| {
            let rows: String = rows.iter().map(|row| format!("| {} |\n", row.join(" | "))).collect();
            format!("| Eins | Zwei | Drei |\n|---|:-:|--:|\n{rows}")
        }),
        1 => Just("<!-- seite -->".to_owned()),
        1 => Just("---".to_owned()),
        1 => words().prop_map(|text| format!("<!-- quer -->\n\n{text}\n\n<!-- /quer -->")),
        1 => words().prop_map(|text| format!("<!-- zusammen -->\n\n{text}\n\n{text}\n\n<!-- /zusammen -->")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_paper_of_anything_is_sound(blocks in prop::collection::vec(block(), 1..12)) {
        let text = blocks.join("\n\n");
        let markdown = format!("# Anfang\n\n{text}\n\n## Ziel\n\nSchluss[^a].\n\n[^a]: Eine Anmerkung.\n");
        let case = Case::new("Zufall", &markdown);
        case.assert_sound();
    }
}
