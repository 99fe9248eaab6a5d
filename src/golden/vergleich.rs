//! Compares golden files with the papers of now: each paper is reported once, at its lowest layer that broke.

use std::collections::{BTreeMap, BTreeSet};

use similar::DiffTag;

use super::folge;
use super::stand::{Ebene, Inhalt, Stand};
use super::unterschied::{self, Unterschied};

/// All that comparing a matter's golden files brought to light.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vergleich {
    /// What differs: the numbers first, then the papers by name.
    pub abweichungen: Vec<Abweichung>,
    /// Golden files whose paper no longer exists: ours to remove.
    pub veraltet: Vec<String>,
    /// What is worth knowing and is no difference: German sentences without a full stop.
    pub hinweise: Vec<String>,
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
}

/// Compares what golden files have with what the papers are now.
pub fn vergleiche(gespeichert: Stand, jetzt: &Stand) -> Vergleich {
    let alt = gespeichert.ohne_fremde(jetzt);
    let mut vergleich = Vergleich {
        hinweise: hinweise(&alt),
        ..Vergleich::default()
    };
    if alt.ist_leer() {
        vergleich.abweichungen.push(ohne_unterschied(
            Ebene::Zahlen,
            None,
            "es gibt noch keine Golden-Dateien",
        ));
        return vergleich;
    }
    let alte_form = alt.ist_alte_form();
    vergleich.abweichungen.extend(bytes_kaputt(&alt));
    let mut zahlen_gleich = true;
    if !alte_form && let Some(abweichung) = zahlen(alt.zahlen.as_ref(), jetzt.zahlen.as_ref()) {
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
            vergleich.abweichungen.push(ohne_unterschied(
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
    wiederholungen(&mut vergleich.abweichungen, &alt, jetzt);
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

fn ohne_unterschied(ebene: Ebene, papier: Option<&str>, folge: &str) -> Abweichung {
    Abweichung {
        ebene,
        papier: papier.map(str::to_owned),
        datei: ebene.datei(papier.unwrap_or_default()),
        folge: folge.to_owned(),
        weitere: Vec::new(),
        unterschied: Unterschied::default(),
    }
}

fn bytes_kaputt(alt: &Stand) -> Option<Abweichung> {
    let grund = alt.bytes_kaputt.as_ref()?;
    let folge = format!("nicht zu vergleichen: {grund}");
    Some(ohne_unterschied(Ebene::Bytes, None, &folge))
}

fn zahlen(alt: Option<&Inhalt>, neu: Option<&Inhalt>) -> Option<Abweichung> {
    let neu = neu?.as_ref().ok()?;
    let nur = |folge: String| Some(ohne_unterschied(Ebene::Zahlen, None, &folge));
    let alt = match alt {
        None => return nur("diese Golden-Datei fehlt".to_owned()),
        Some(Err(grund)) => return nur(format!("nicht zu vergleichen: {grund}")),
        Some(Ok(alt)) if alt == neu => return None,
        Some(Ok(alt)) => alt,
    };
    let gelesen = |text: &str| serde_json::from_str::<serde_json::Value>(text);
    let (vorher, nachher) = match (gelesen(alt), gelesen(neu)) {
        (Ok(vorher), Ok(nachher)) => (vorher, nachher),
        (Err(fehler), _) => {
            return nur(format!(
                "nicht zu vergleichen: kein gültiges JSON in Zeile {}, Spalte {}",
                fehler.line(),
                // Where a line ends too early, the reader counts none of its columns.
                fehler.column().max(1)
            ));
        }
        (_, Err(_)) => return None,
    };
    // Whoever lays out the JSON in another way has not changed a number.
    if vorher == nachher {
        return None;
    }
    Some(Abweichung {
        folge: format!("Zahlen geändert: {}", folge::zahlen(&vorher, &nachher)),
        unterschied: Unterschied::zwischen(&Ebene::Zahlen.datei(""), alt, neu),
        ..ohne_unterschied(Ebene::Zahlen, None, "")
    })
}

/// A paper then and now.
struct Paar<'a> {
    name: &'a str,
    vorher: &'a BTreeMap<Ebene, Inhalt>,
    nachher: &'a BTreeMap<Ebene, Inhalt>,
    /// Whether the numbers of the matter are the same; `None` if that is not known.
    zahlen_gleich: Option<bool>,
    bytes_lesbar: bool,
    alte_form: bool,
}

impl Paar<'_> {
    fn abweichung(&self) -> Option<Abweichung> {
        if self.vorher.is_empty() {
            let folge = "dieses Papier hat noch keine Golden-Dateien";
            return Some(ohne_unterschied(Ebene::Text, Some(self.name), folge));
        }
        let mut anders = Ebene::PAPIER
            .into_iter()
            .filter(|ebene| self.ist_anders(*ebene));
        let ebene = anders.next()?;
        let weitere: Vec<Ebene> = anders.collect();
        let (folge, unterschied) = match (self.vorher.get(&ebene), self.text(ebene)) {
            (Some(Err(grund)), _) => (
                format!("nicht zu vergleichen: {grund}"),
                Unterschied::default(),
            ),
            (_, Some((alt, neu))) => (
                self.folge(ebene, alt, neu, &weitere),
                self.unterschied(ebene, alt, neu),
            ),
            (_, None) => (
                "diese Golden-Datei fehlt".to_owned(),
                Unterschied::default(),
            ),
        };
        Some(Abweichung {
            ebene,
            papier: Some(self.name.to_owned()),
            datei: ebene.datei(self.name),
            folge,
            weitere,
            unterschied,
        })
    }

    fn ist_anders(&self, ebene: Ebene) -> bool {
        match (self.vorher.get(&ebene), self.nachher.get(&ebene)) {
            (None, _) => match ebene {
                Ebene::Bytes => self.bytes_lesbar,
                Ebene::Struktur | Ebene::Seiten => !self.alte_form,
                _ => true,
            },
            (Some(alt), Some(neu)) => alt != neu,
            (Some(_), None) => true,
        }
    }

    /// A layer then and now.
    fn text(&self, ebene: Ebene) -> Option<(&str, &str)> {
        let alt = self.vorher.get(&ebene)?.as_ref().ok()?;
        let neu = self.nachher.get(&ebene)?.as_ref().ok()?;
        Some((alt, neu))
    }

    fn unterschied(&self, ebene: Ebene, alt: &str, neu: &str) -> Unterschied {
        if ebene == Ebene::Bytes {
            Unterschied::default()
        } else {
            Unterschied::zwischen(&ebene.datei(self.name), alt, neu)
        }
    }

    fn folge(&self, ebene: Ebene, alt: &str, neu: &str, weitere: &[Ebene]) -> String {
        match ebene {
            Ebene::Text => {
                let zahlen = match self.zahlen_gleich {
                    Some(true) => "Zahlen gleich, Text geändert",
                    Some(false) => "Zahlen und Text geändert",
                    None => "Text geändert",
                };
                let umbruch = self
                    .text(Ebene::Seiten)
                    .map(|(alt, neu)| format!("; {}", folge::umbruch(alt, neu)))
                    .unwrap_or_default();
                format!("{zahlen}: {}{umbruch}", folge::text(alt, neu))
            }
            Ebene::Struktur => {
                let seiten = if weitere.contains(&Ebene::Seiten) {
                    "auch die Seiten sind andere"
                } else {
                    "Seiten gleich"
                };
                format!(
                    "Text gleich; Struktur geändert: {}; {seiten}",
                    folge::struktur(alt, neu)
                )
            }
            Ebene::Seiten => format!("Text und Struktur gleich; {}", folge::seiten(alt, neu)),
            Ebene::Bytes if self.alte_form => {
                "Text gleich, PDF anders; ob es Struktur, Seiten oder nur die Bytes sind, zeigen erst Golden-Dateien der \
                 neuen Form"
                    .to_owned()
            }
            Ebene::Zahlen | Ebene::Bytes => {
                "Text, Struktur und Seiten gleich; nur die Bytes des PDF sind andere: Schriften, Bilder, Angaben zum \
                 Dokument oder der Aufbau der Datei"
                    .to_owned()
            }
        }
    }
}

/// Where a paper repeats only what another one shows, such as a whole that joins papers, its diff is left out.
fn wiederholungen(abweichungen: &mut [Abweichung], alt: &Stand, neu: &Stand) {
    let aenderungen: Vec<BTreeSet<String>> = abweichungen
        .iter()
        .map(|abweichung| geaenderte_zeilen(abweichung, alt, neu))
        .collect();
    for i in 0..abweichungen.len() {
        let Some(eigene) = aenderungen.get(i).filter(|zeilen| !zeilen.is_empty()) else {
            continue;
        };
        // Smaller ones explain larger ones; of equal ones, the first does.
        let andere: Vec<usize> = (0..aenderungen.len())
            .filter(|j| {
                aenderungen.get(*j).is_some_and(|zeilen| {
                    (zeilen.len(), *j) < (eigene.len(), i) && !zeilen.is_disjoint(eigene)
                })
            })
            .collect();
        let erklaert: BTreeSet<&String> = andere
            .iter()
            .filter_map(|j| aenderungen.get(*j))
            .flatten()
            .collect();
        if !eigene.iter().all(|zeile| erklaert.contains(zeile)) {
            continue;
        }
        let namen: Vec<_> = andere
            .iter()
            .filter_map(|j| abweichungen.get(*j)?.papier.clone())
            .collect();
        if let Some(abweichung) = abweichungen.get_mut(i) {
            abweichung.folge = format!("dieselben Änderungen wie in {}", namen.join(", "));
            abweichung.unterschied.text.clear();
            abweichung.unterschied.ausgelassen = 0;
        }
    }
}

fn geaenderte_zeilen(abweichung: &Abweichung, alt: &Stand, neu: &Stand) -> BTreeSet<String> {
    let inhalt = |stand: &Stand| {
        let papier = stand.papiere.get(abweichung.papier.as_ref()?)?;
        papier.get(&Ebene::Text)?.clone().ok()
    };
    match (abweichung.ebene, inhalt(alt), inhalt(neu)) {
        (Ebene::Text, Some(alt), Some(neu)) => {
            let (alte, neue) = (unterschied::zeilen(&alt), unterschied::zeilen(&neu));
            let mut geaendert = BTreeSet::new();
            for op in unterschied::schritte(&alte, &neue) {
                if op.tag() != DiffTag::Equal {
                    let weg = alte.get(op.old_range()).unwrap_or_default().iter();
                    let dazu = neue.get(op.new_range()).unwrap_or_default().iter();
                    geaendert.extend(weg.map(|zeile| format!("-{zeile}")));
                    geaendert.extend(dazu.map(|zeile| format!("+{zeile}")));
                }
            }
            geaendert.retain(|zeile| zeile.len() > 2);
            geaendert
        }
        _ => BTreeSet::new(),
    }
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
            (Ebene::Zahlen, "Zahlen geändert: a ist 2 statt 1")
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
                "nicht zu vergleichen: diese Golden-Datei fehlt"
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
            "nicht zu vergleichen: kein gültiges JSON in Zeile 1, Spalte 7"
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
            (Ebene::Seiten, "diese Golden-Datei fehlt")
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

    #[test]
    fn a_whole_repeats_no_diff_of_its_parts() {
        let zwei = |text: &str| {
            aus(&[
                ("zahlen.json", "{\"a\": 1}\n"),
                ("a.md", text),
                ("a-gesamt.md", &format!("Kopf\n{text}")),
                ("bytes.sha256", "1  a.pdf\n1  a-gesamt.pdf\n"),
            ])
        };
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
