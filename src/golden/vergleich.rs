//! Compares golden files with the papers of now: each paper is reported once, at its lowest layer that broke.

mod paar;
mod wiederholung;

use std::collections::{BTreeMap, BTreeSet};

use self::paar::Paar;
use super::folge;
use super::stand::{Ebene, Stand};
use super::unterschied::Unterschied;

/// All that comparing a matter's golden files brought to light.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vergleich {
    /// What differs: the numbers first, then the papers by name.
    pub abweichungen: Vec<Abweichung>,
    /// Golden files whose paper no longer exists: ours to remove.
    pub veraltet: Vec<String>,
    /// What is worth knowing and is no difference: German sentences without a full stop.
    pub hinweise: Vec<String>,
    /// Whether there are no golden files yet.
    ohne: bool,
}

/// A difference between golden files and papers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Abweichung {
    /// The lowest layer that broke.
    pub ebene: Ebene,
    /// Name of the paper; `None` for what belongs to the matter.
    pub papier: Option<String>,
    /// The golden file.
    pub datei: String,
    /// What it means: a German sentence without a full stop.
    pub folge: String,
    /// What else is to be said of it: where it comes from, what follows from it, what stays the same; a German sentence
    /// each, without a full stop.
    pub dazu: Vec<String>,
    /// The layers above that differ too.
    pub weitere: Vec<Ebene>,
    /// What differs in the golden file.
    pub unterschied: Unterschied,
}

impl Vergleich {
    /// Whether the papers are what the golden files say.
    pub fn ist_gleich(&self) -> bool {
        self.abweichungen.is_empty()
    }

    /// Whether there is nothing to compare with yet.
    pub fn ist_neu(&self) -> bool {
        self.ohne
    }
}

/// Compares what golden files have with what the papers are now.
pub fn vergleiche(gespeichert: Stand, jetzt: &Stand) -> Vergleich {
    let alt = gespeichert.ohne_fremde(jetzt);
    let mut vergleich = Vergleich {
        hinweise: hinweise(&alt),
        ..Vergleich::default()
    };
    if alt.ist_leer() {
        vergleich.ohne = true;
        vergleich.abweichungen.push(Abweichung::neu(
            Ebene::Zahlen,
            None,
            "es gibt noch keine Golden-Dateien",
        ));
        return vergleich;
    }
    let alte_form = alt.ist_alte_form();
    vergleich.abweichungen.extend(bytes_kaputt(&alt));
    let mut zahlen_gleich = true;
    if !alte_form && let Some(abweichung) = zahlen(&alt, jetzt) {
        vergleich.abweichungen.push(abweichung);
        zahlen_gleich = false;
    }
    let namen: BTreeSet<_> = alt.papiere.keys().chain(jetzt.papiere.keys()).collect();
    let leer = BTreeMap::new();
    for name in namen {
        let vorher = alt.papiere.get(name).unwrap_or(&leer);
        let Some(nachher) = jetzt.papiere.get(name) else {
            let mit_datei = vorher.keys().filter(|ebene| **ebene != Ebene::Bytes);
            vergleich
                .veraltet
                .extend(mit_datei.map(|ebene| ebene.datei(name)));
            vergleich.abweichungen.push(Abweichung::neu(
                Ebene::Text,
                Some(name),
                "zu diesen Golden-Dateien gibt es kein Papier mehr",
            ));
            continue;
        };
        let paar = Paar {
            name,
            vorher,
            nachher,
            zahlen_gleich: (!alte_form).then_some(zahlen_gleich),
            bytes_lesbar: alt.bytes_kaputt.is_none(),
            alte_form,
        };
        vergleich.abweichungen.extend(paar.abweichung());
    }
    wiederholung::kuerze(&mut vergleich.abweichungen, &alt, jetzt);
    vergleich
}

fn hinweise(alt: &Stand) -> Vec<String> {
    let mut hinweise = Vec::new();
    if !alt.crlf.is_empty() {
        hinweise.push(format!(
            "{} Windows-Zeilenenden, wohl durch die Git-Einstellung core.autocrlf; verglichen wurde ohne sie; \
             auf Dauer hilft in .gitattributes die Zeile „**/golden/** text eol=lf“",
            anzahl(alt.crlf.len(), "Golden-Datei hat", "Golden-Dateien haben")
        ));
    }
    if alt.ist_alte_form() {
        hinweise.push(
            "die Golden-Dateien haben die alte Form: die Ebenen zahlen, struktur und seiten fehlen und sind nicht \
             verglichen; --update ergänzt sie"
                .to_owned(),
        );
    }
    hinweise.extend(alt.fremd.iter().map(|datei| {
        format!("„{datei}“ gehört zu keinem Papier, ist nicht verglichen und bleibt, wie es ist")
    }));
    hinweise
}

fn anzahl(n: usize, eine: &str, mehrere: &str) -> String {
    format!("{n} {}", if n == 1 { eine } else { mehrere })
}

impl Abweichung {
    /// A difference of which there is nothing to show.
    fn neu(ebene: Ebene, papier: Option<&str>, folge: impl Into<String>) -> Self {
        Self {
            ebene,
            papier: papier.map(str::to_owned),
            datei: ebene.datei(papier.unwrap_or_default()),
            folge: folge.into(),
            dazu: Vec::new(),
            weitere: Vec::new(),
            unterschied: Unterschied::default(),
        }
    }
}

fn bytes_kaputt(alt: &Stand) -> Option<Abweichung> {
    let grund = alt.bytes_kaputt.as_ref()?;
    let folge = unlesbar(&Ebene::Bytes.datei(""), grund);
    Some(Abweichung::neu(Ebene::Bytes, None, folge))
}

/// What is said of a golden file that cannot be compared.
fn unlesbar(datei: &str, grund: &str) -> String {
    format!("„{datei}“ ist nicht zu vergleichen: {grund}")
}

/// What is said of a golden file that is not there.
fn fehlt(datei: &str) -> String {
    format!("die Golden-Datei „{datei}“ fehlt")
}

fn zahlen(alt: &Stand, jetzt: &Stand) -> Option<Abweichung> {
    let datei = Ebene::Zahlen.datei("");
    let neu = jetzt.zahlen.as_ref()?.as_ref().ok()?;
    let nur = |folge: String| Some(Abweichung::neu(Ebene::Zahlen, None, folge));
    let gespeichert = match &alt.zahlen {
        None => return nur(fehlt(&datei)),
        Some(Err(grund)) => return nur(unlesbar(&datei, grund)),
        Some(Ok(gleich)) if gleich == neu => return None,
        Some(Ok(anders)) => anders,
    };
    let gelesen = |text: &str| serde_json::from_str::<serde_json::Value>(text);
    let (vorher, nachher) = match (gelesen(gespeichert), gelesen(neu)) {
        (Ok(vorher), Ok(nachher)) => (vorher, nachher),
        (Err(fehler), _) => {
            let grund = format!(
                "kein gültiges JSON in Zeile {}, Spalte {}",
                fehler.line(),
                // Where a line ends too early, the reader counts none of its columns.
                fehler.column().max(1)
            );
            return nur(unlesbar(&datei, &grund));
        }
        (_, Err(_)) => return None,
    };
    if !vorher.is_object() {
        return nur(unlesbar(&datei, "darin stehen keine Zahlen eines Vorgangs"));
    }
    // Whoever lays out the JSON in another way has not changed a number.
    if vorher == nachher {
        return None;
    }
    let folge = folge::zahlen((&vorher, &nachher), (alt, jetzt));
    Some(Abweichung {
        dazu: folge.dazu,
        unterschied: Unterschied::zwischen(&datei, gespeichert, neu),
        ..Abweichung::neu(
            Ebene::Zahlen,
            None,
            format!("Zahlen geändert: {}", folge.ursache),
        )
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SEITEN: &str = "Seite 1 595.28×841.89\n  1–2 70.00 Serif 10.50 x\n";

    fn aus(dateien: &[(&str, &str)]) -> Stand {
        let dateien = dateien
            .iter()
            .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
        Stand::gespeichert(&dateien.collect())
    }

    fn stand(zahlen: &str, text: &str, struktur: &str, seiten: &str, hash: &str) -> Stand {
        aus(&[
            ("zahlen.json", zahlen),
            ("a.md", text),
            ("a.struktur.txt", struktur),
            ("a.seiten.txt", seiten),
            ("bytes.sha256", &format!("{hash}  a.pdf\n")),
        ])
    }

    fn grund() -> Stand {
        stand("{\"a\": 1}\n", "A, B\n", "Document\n  P „x“\n", SEITEN, "1")
    }

    fn einzige(neu: &Stand) -> Abweichung {
        let mut vergleich = vergleiche(grund(), neu);
        assert_eq!(vergleich.abweichungen.len(), 1, "{vergleich:#?}");
        vergleich.abweichungen.remove(0)
    }

    #[test]
    fn equal_files_differ_in_nothing() {
        assert_eq!(vergleiche(grund(), &grund()), Vergleich::default());
    }

    #[test]
    fn a_comma_is_news_of_the_text_alone() {
        let a = einzige(&stand(
            "{\"a\": 1}\n",
            "A B\n",
            "Document\n  P „y“\n",
            &SEITEN.replace('x', "y"),
            "2",
        ));
        assert_eq!(a.ebene, Ebene::Text);
        assert_eq!(
            a.folge,
            "Zahlen gleich, Text geändert: in Zeile 1 fehlt ein Komma nach „A“; weiterhin 1 Seite"
        );
        assert_eq!(a.weitere, [Ebene::Struktur, Ebene::Seiten, Ebene::Bytes]);
        assert!(a.unterschied.text.contains("-A, B\n+A B\n"));
    }

    #[test]
    fn a_line_that_only_moves_is_news_of_the_pages() {
        let seiten = SEITEN.replace("70.00", "71.00");
        let a = einzige(&stand(
            "{\"a\": 1}\n",
            "A, B\n",
            "Document\n  P „x“\n",
            &seiten,
            "2",
        ));
        assert_eq!(a.ebene, Ebene::Seiten);
        assert_eq!(
            a.folge,
            "Text und Struktur gleich; auf Seite 1 steht „x“ 1,00 pt tiefer"
        );
    }

    #[test]
    fn another_tag_is_news_of_the_structure() {
        let a = einzige(&stand(
            "{\"a\": 1}\n",
            "A, B\n",
            "Document\n  H1 „x“\n",
            SEITEN,
            "2",
        ));
        assert_eq!(
            (a.ebene, a.folge.as_str()),
            (
                Ebene::Struktur,
                "Text gleich; Struktur geändert: „H1“ statt „P“ bei „x“; Seiten gleich"
            )
        );
    }

    #[test]
    fn other_bytes_alone_are_news_of_the_bytes() {
        let a = einzige(&stand(
            "{\"a\": 1}\n",
            "A, B\n",
            "Document\n  P „x“\n",
            SEITEN,
            "2",
        ));
        assert_eq!(a.ebene, Ebene::Bytes);
        assert!(a.folge.starts_with("Text, Struktur und Seiten gleich"));
    }

    #[test]
    fn another_number_is_news_of_the_numbers() {
        let a = einzige(&stand(
            "{\"a\": 2}\n",
            "A, B\n",
            "Document\n  P „x“\n",
            SEITEN,
            "1",
        ));
        assert_eq!(
            (a.ebene, a.folge.as_str()),
            (Ebene::Zahlen, "Zahlen geändert: a: 2 statt 1")
        );
    }

    #[test]
    fn a_missing_list_of_hashes_is_said_once() {
        let ohne_liste = [
            ("a.md", "A\n"),
            ("a.struktur.txt", "Document\n"),
            ("a.seiten.txt", SEITEN),
            ("b.md", "B\n"),
            ("b.struktur.txt", "Document\n"),
            ("b.seiten.txt", SEITEN),
        ];
        let mit_liste: Vec<_> = [("bytes.sha256", "1  a.pdf\n2  b.pdf\n")]
            .into_iter()
            .chain(ohne_liste)
            .collect();
        let gesagt = vergleiche(aus(&ohne_liste), &aus(&mit_liste)).abweichungen;
        let [eine] = gesagt.as_slice() else {
            panic!("{gesagt:#?}");
        };
        assert_eq!(
            (eine.datei.as_str(), eine.folge.as_str()),
            (
                "bytes.sha256",
                "„bytes.sha256“ ist nicht zu vergleichen: es gibt diese Datei nicht"
            )
        );
    }

    #[test]
    fn json_in_another_layout_is_the_same() {
        let neu = stand(
            "{\n  \"a\": 1\n}\n",
            "A, B\n",
            "Document\n  P „x“\n",
            SEITEN,
            "1",
        );
        assert!(vergleiche(grund(), &neu).ist_gleich());
    }

    #[test]
    fn broken_json_is_named_with_its_place() {
        let alt = stand("{\"a\": }\n", "A, B\n", "Document\n  P „x“\n", SEITEN, "1");
        let vergleich = vergleiche(alt, &grund());
        assert_eq!(
            vergleich.abweichungen[0].folge,
            "„zahlen.json“ ist nicht zu vergleichen: kein gültiges JSON in Zeile 1, Spalte 7"
        );
    }

    #[test]
    fn the_old_form_says_what_is_missing_and_passes_if_it_is_equal() {
        let alt = |hash: &str| {
            aus(&[
                ("a.md", "A, B\n"),
                ("bytes.sha256", &format!("{hash}  a.pdf\n")),
            ])
        };
        let gleich = vergleiche(alt("1"), &grund());
        assert!(gleich.ist_gleich());
        assert!(gleich.hinweise[0].contains("zahlen, struktur und seiten fehlen"));
        let anders = vergleiche(alt("2"), &grund());
        assert_eq!(anders.abweichungen[0].ebene, Ebene::Bytes);
    }

    #[test]
    fn a_golden_file_that_is_missing_among_others_is_a_difference() {
        let alt = aus(&[
            ("zahlen.json", "{\"a\": 1}\n"),
            ("a.md", "A, B\n"),
            ("a.struktur.txt", "Document\n  P „x“\n"),
            ("bytes.sha256", "1  a.pdf\n"),
        ]);
        let vergleich = vergleiche(alt, &grund());
        let a = &vergleich.abweichungen[0];
        assert_eq!(
            (a.ebene, a.folge.as_str()),
            (
                Ebene::Seiten,
                "die Golden-Datei „a.seiten.txt“ fehlt; Text, Struktur und Bytes gleich"
            )
        );
    }

    #[test]
    fn a_golden_file_that_does_not_fit_the_same_pdf_is_what_is_wrong() {
        let seiten = SEITEN.replace("70.00", "71.00");
        let a = einzige(&stand(
            "{\"a\": 1}\n",
            "A, B\n",
            "Document\n  P „x“\n",
            &seiten,
            "1",
        ));
        assert_eq!(a.ebene, Ebene::Seiten);
        assert!(
            a.folge.starts_with(
                "das PDF ist Byte für Byte das alte; nur „a.seiten.txt“ passt nicht dazu"
            ),
            "{}",
            a.folge
        );
    }

    #[test]
    fn a_text_that_leaves_the_pdf_as_it_is_says_so() {
        let a = einzige(&stand(
            "{\"a\": 1}\n",
            "A,\nB\n",
            "Document\n  P „x“\n",
            SEITEN,
            "1",
        ));
        assert!(
            a.folge.ends_with("; das PDF bleibt Byte für Byte gleich"),
            "{}",
            a.folge
        );
    }

    #[test]
    fn an_empty_or_foreign_golden_file_is_damaged_and_no_difference_of_texts() {
        let alt = stand("[1]\n", "", "Document\n  P „x“\n", SEITEN, "1");
        let folgen: Vec<_> = vergleiche(alt, &grund())
            .abweichungen
            .into_iter()
            .map(|a| a.folge)
            .collect();
        assert_eq!(
            folgen,
            [
                "„zahlen.json“ ist nicht zu vergleichen: darin stehen keine Zahlen eines Vorgangs",
                "„a.md“ ist nicht zu vergleichen: die Datei ist leer; Struktur, Seiten und Bytes gleich"
            ]
        );
    }

    #[test]
    fn a_list_of_hashes_without_a_hash_is_damaged() {
        let mut dateien = grund().dateien();
        dateien.insert("bytes.sha256".to_owned(), "Unsinn\n".to_owned());
        let alt = dateien
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()));
        let vergleich = vergleiche(aus(&alt.collect::<Vec<_>>()), &grund());
        let [eine] = vergleich.abweichungen.as_slice() else {
            panic!("{vergleich:#?}");
        };
        assert_eq!(
            eine.folge,
            "„bytes.sha256“ ist nicht zu vergleichen: in Zeile 1 steht keine Prüfsumme eines Papiers"
        );
    }

    #[test]
    fn only_files_that_the_hashes_name_are_stale() {
        let alt = aus(&[
            ("zahlen.json", "{\"a\": 1}\n"),
            ("b.md", "x\n"),
            ("b.seiten.txt", SEITEN),
            ("LIESMICH.md", "x\n"),
            ("bytes.sha256", "1  b.pdf\n"),
        ]);
        let vergleich = vergleiche(alt, &grund());
        assert_eq!(vergleich.veraltet, ["b.md", "b.seiten.txt"]);
        assert!(vergleich.hinweise[0].contains("„LIESMICH.md“ gehört zu keinem Papier"));
    }

    /// A paper with this text, and another one that holds it.
    fn teil_und_ganzes(teil: &str, ganzes: &str, text: &str) -> Stand {
        aus(&[
            ("zahlen.json", "{\"a\": 1}\n"),
            (&format!("{teil}.md"), text),
            (&format!("{ganzes}.md"), &format!("Kopf\n{text}")),
            ("bytes.sha256", &format!("1  {teil}.pdf\n1  {ganzes}.pdf\n")),
        ])
    }

    #[test]
    fn a_whole_repeats_no_diff_of_its_parts() {
        let zwei = |text: &str| teil_und_ganzes("a", "a-gesamt", text);
        let mut neu = zwei("A B\n");
        for ebenen in neu.papiere.values_mut() {
            ebenen.insert(Ebene::Struktur, Ok(String::new()));
            ebenen.insert(Ebene::Seiten, Ok(String::new()));
        }
        let vergleich = vergleiche(zwei("A, B\n"), &neu);
        let folgen: Vec<_> = vergleich.abweichungen.iter().map(|a| &a.folge).collect();
        assert!(
            folgen.iter().any(|f| f.contains("fehlt ein Komma")),
            "{folgen:?}"
        );
        assert!(
            folgen
                .iter()
                .any(|f| f.starts_with("dieselben Änderungen wie in")),
            "{folgen:?}"
        );
    }

    #[test]
    fn a_part_explains_the_whole_whatever_their_names() {
        let zwei = |text: &str| teil_und_ganzes("teil", "gesamt", text);
        let mut neu = zwei("A B\n");
        for ebenen in neu.papiere.values_mut() {
            ebenen.insert(Ebene::Struktur, Ok(String::new()));
        }
        let vergleich = vergleiche(zwei("A, B\n"), &neu);
        let gesamt = &vergleich.abweichungen[0];
        assert_eq!(gesamt.papier.as_deref(), Some("gesamt"));
        assert_eq!(
            gesamt.folge,
            "dieselben Änderungen wie in teil; das PDF bleibt Byte für Byte gleich"
        );
    }

    proptest! {
        /// Golden files are files: anything can stand in them.
        #[test]
        fn whatever_stands_in_golden_files_is_compared(
            text in "[ -~\\n„“–⟨⟩ä]{0,80}",
            seiten in "(Seite [0-9]{1,3} x\\n|  [0-9.–]{1,6} [+-]?[0-9.]{1,22} A 1.0 [a-c⟨⟩ ]{0,9}\\n){0,6}",
            bytes in proptest::collection::vec(any::<u8>(), 0..60),
        ) {
            for (name, inhalt) in [
                ("a.md", text.as_bytes()),
                ("a.struktur.txt", text.as_bytes()),
                ("a.seiten.txt", seiten.as_bytes()),
                ("bytes.sha256", &bytes),
                ("zahlen.json", &bytes),
            ] {
                let mut dateien: BTreeMap<_, _> = grund()
                    .dateien()
                    .into_iter()
                    .map(|(name, text)| (name, text.into_bytes()))
                    .collect();
                dateien.insert(name.to_owned(), inhalt.to_vec());
                let gleich = Stand::gespeichert(&dateien) == grund();
                prop_assert_eq!(vergleiche(Stand::gespeichert(&dateien), &grund()).ist_gleich(), gleich);
                vergleiche(grund(), &Stand::gespeichert(&dateien));
            }
        }
    }

    #[test]
    fn no_golden_files_at_all_are_one_difference() {
        let vergleich = vergleiche(Stand::default(), &grund());
        assert_eq!(vergleich.abweichungen.len(), 1);
        assert_eq!(
            vergleich.abweichungen[0].folge,
            "es gibt noch keine Golden-Dateien"
        );
    }
}
