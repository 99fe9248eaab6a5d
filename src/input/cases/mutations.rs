//! Whatever happens to a file: no panic, and findings that stand in it.

use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::Modell;
use crate::diagnostic::{Befund, Route, Stelle};
use crate::input::{decode, locate, locate_key, parse, read};

const FILE: &str = "\
# Kommentar
nummer: 215/21
titel: |
  Öffentlich-rechtliche Vereinbarung;
    IKZ-Projekt \"Sozialwesen\" {{ x }}
körperschaft: 'kreis-unna'
schritte:
  - { gremium: Kreisausschuss, beschluss: Empfehlungsbeschluss, top: 3 }
  - gremium: \"Kreistag\\n\"
    beschluss: Entscheidung
muster: ja
quoten: {lünen: 12, selm: 8}
regelung:
  stichtag:
    jahr: 2021
    grund: >-
      eins

      zwei
";

/// Pieces that people paste, and bytes that they do not.
const PIECES: [&str; 30] = [
    "", " ", "  ", "\t", "\n", "\r\n", ":", ": ", "- ", "\"", "'", "{", "}", "[", "]", "#", "&a ",
    "*a", "!", "|", ">", "%", "„", "“", "\u{308}", "\u{A0}", "\0", "\u{FEFF}", "\u{E000}", "---\n",
];

#[derive(Debug, Clone)]
struct Mutation {
    at: Index,
    remove: usize,
    insert: Vec<u8>,
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let piece = prop_oneof![
        9 => select(&PIECES[..]).prop_map(|piece| piece.as_bytes().to_vec()),
        1 => any::<u8>().prop_map(|byte| vec![byte]),
    ];
    (any::<Index>(), 0..4_usize, piece).prop_map(|(at, remove, insert)| Mutation {
        at,
        remove,
        insert,
    })
}

fn mutated(mutations: &[Mutation]) -> Vec<u8> {
    let mut bytes = FILE.as_bytes().to_vec();
    for mutation in mutations {
        let at = mutation.at.index(bytes.len() + 1);
        let end = (at + mutation.remove).min(bytes.len());
        bytes.splice(at..end, mutation.insert.iter().copied());
    }
    bytes
}

fn stands_in(befund: &Befund, text: &str) -> bool {
    std::iter::once(&befund.stelle)
        .chain(befund.dazu.iter().map(|(stelle, _)| stelle))
        .all(|stelle| match stelle {
            Stelle::Datei { bereich, .. } => text.get(bereich.clone()).is_some(),
            Stelle::Pfad(_) => true,
            Stelle::Route(_) | Stelle::Papier(_) | Stelle::ImPapier { .. } => false,
        })
}

fn reads_well(befund: &Befund) -> bool {
    let texts = std::iter::once(&befund.text).chain(&befund.abhilfe);
    texts
        .into_iter()
        .all(|text| !text.is_empty() && !text.ends_with('.') && !text.contains(['\n', '\u{1}']))
}

#[test]
fn the_file_itself_is_read() {
    let source = read("a.yaml".into(), FILE.as_bytes()).unwrap();
    let (modell, findings) = decode::<Modell>(&parse(&source).unwrap());
    assert_eq!(findings, []);
    assert!(modell.is_some());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn mutated_files_get_findings_that_stand_in_them(mutations in prop::collection::vec(mutation(), 1..6)) {
        let source = match read("a.yaml".into(), &mutated(&mutations)) {
            Ok(source) => source,
            Err(befund) => {
                prop_assert!(reads_well(&befund), "{befund:?}");
                return Ok(());
            }
        };
        let tree = match parse(&source) {
            Ok(tree) => tree,
            Err(befund) => {
                prop_assert!(stands_in(&befund, &source.text) && reads_well(&befund), "{befund:?}");
                return Ok(());
            }
        };
        let (modell, findings) = decode::<Modell>(&tree);
        prop_assert_eq!(modell.is_some(), findings.is_empty());
        for befund in findings.iter().chain(tree.remarks()) {
            prop_assert!(stands_in(befund, &source.text) && reads_well(befund), "{befund:?}");
        }
        let root = Route::wurzel("a.yaml");
        for route in [root.feld("titel"), root.feld("schritte").index(1).feld("gremium"), root.feld("regelung").feld("stichtag").feld("grund")] {
            prop_assert!(source.text.get(locate(&tree, &route)).is_some());
            prop_assert!(source.text.get(locate_key(&tree, &route)).is_some());
            if let Some(scalar) = tree.node(&route).and_then(|node| node.scalar()) {
                let offsets: Vec<usize> = (0..=scalar.text().len()).map(|offset| scalar.source_offset(offset)).collect();
                prop_assert!(offsets.is_sorted(), "{offsets:?}");
                prop_assert!(offsets.iter().all(|offset| *offset <= source.text.len()));
            }
        }
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(source) = read("a.yaml".into(), &bytes) && let Ok(tree) = parse(&source) {
            let _ = decode::<Modell>(&tree);
        }
    }

    #[test]
    fn no_text_of_yaml_signs_panics(text in "[a\u{E4}\u{308} \t\n:\\-\"'{}\\[\\]#&*!|>%?~,\\\\„“]{0,60}") {
        if let Ok(source) = read("a.yaml".into(), text.as_bytes()) {
            match parse(&source) {
                Ok(tree) => drop(decode::<Modell>(&tree)),
                Err(befund) => prop_assert!(stands_in(&befund, &source.text) && reads_well(&befund), "{befund:?}"),
            }
        }
    }
}
