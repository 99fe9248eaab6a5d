//! Each list of the model, and each kind of sentence that a rule reads, a megabyte long: no command may need more than five
//! seconds and a gigabyte for it, whether it accepts the matter or refuses it.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::programm::{grenze, lauf};

/// Size of what is put in, in bytes.
const GROESSE: usize = 1_000_000;
const SEKUNDEN: u64 = 5;
const MEGABYTE: u64 = 1_000;
/// When a run is ended, in seconds.
const GEDULD: u64 = 30;

/// Entries that are put before the first occurrence of `vor` in a file of a fixture, at its end where that is empty; `{i}` is their number.
struct Liste {
    name: &'static str,
    datei: &'static str,
    vor: &'static str,
    eintrag: &'static str,
}

const VEREINBARUNGEN: &str = "drucksache-215-21/vereinbarungen.yaml";
const KOSTEN: &str = "drucksache-215-21/kosten.yaml";
const DRUCKSACHE: &str = "drucksache-215-21/drucksachen/215-21.yaml";
const STAMMDATEN: &str = "stammdaten/koerperschaften.yaml";
const SACHBERICHT: &str = "drucksache-215-21/texte/sachbericht.md";

const NUTZUNG: &str = "drucksache-215-21/nutzung.yaml";
const VERMERKE: &str = "drucksache-215-21/vermerke.yaml";

const LISTEN: [Liste; 26] = [
    liste(
        "leistungen",
        VEREINBARUNGEN,
        "          - Pflege der gemein",
        "          - L {i}\n",
    ),
    liste(
        "ausgenommen",
        VEREINBARUNGEN,
        "          - die Sachbearbeitung und",
        "          - L {i}\n",
    ),
    liste(
        "auslagen",
        VEREINBARUNGEN,
        "          - { bezeichnung: Wartung",
        "          - { bezeichnung: W{i}, verteilung: verursacher, quelle: Beispielwert }\n",
    ),
    liste(
        "betroffene",
        VEREINBARUNGEN,
        "        - Personen, die",
        "        - P{i}\n",
    ),
    liste(
        "voraussetzungen",
        VEREINBARUNGEN,
        "        - die kündigende Partei",
        "        - x{i}\n",
    ),
    liste(
        "aufgaben",
        VEREINBARUNGEN,
        "      support:\n",
        "      a{i}: { bezeichnung: A{i}, anbieter: kreis-unna, art: mandatierend, leistungen: [x] }\n",
    ),
    liste(
        "vereinbarungen",
        VEREINBARUNGEN,
        "  vereinbarung-2021:\n",
        "  v{i}: { status: in-kraft, geschlossen: 30.10.2019, parteien: [kreis-unna, stadt-luenen] }\n",
    ),
    liste(
        "nutzung",
        NUTZUNG,
        "  - { anwender",
        "  - { anwender: stadt-werne, von: 01.01.2019 }\n",
    ),
    liste(
        "körperschaften",
        STAMMDATEN,
        "  kreis-unna:\n",
        "  k{i}: { name: K{i}, gattung: Stadt }\n",
    ),
    liste(
        "ämter",
        STAMMDATEN,
        "  landrat:\n",
        "  a{i}: { nominativ: der A, genitiv: des A, dativ: dem A, akkusativ: den A }\n",
    ),
    liste(
        "gremien",
        STAMMDATEN,
        "      - { name: Kreisausschuss",
        "      - { name: G{i} }\n",
    ),
    liste(
        "werte",
        KOSTEN,
        "        - { jahr: 2020,",
        "        - { jahr: 2020, personalkosten: 88000, sachkosten_pauschale: 9700, quelle: B }\n",
    ),
    liste(
        "annahmen",
        KOSTEN,
        "      - { text: Die Stelle",
        "      - { text: A {i} }\n",
    ),
    liste(
        "kosten",
        KOSTEN,
        "  fachadministration:\n",
        "  k{i}: { aufgabe: fachadministration, schlüssel: gleiche-teile }\n",
    ),
    liste(
        "beratungsfolge ohne Tage",
        DRUCKSACHE,
        "    - { gremium: Kreisausschuss",
        "    - gremium: Kreistag\n",
    ),
    liste(
        "beratungsfolge",
        DRUCKSACHE,
        "    - { gremium: Kreisausschuss",
        "    - { gremium: Kreisausschuss, sitzungsdatum: 08.11.2021, beschlussstatus: Empfehlungsbeschluss }\n",
    ),
    liste(
        "beratungsfolge unbekannt",
        DRUCKSACHE,
        "    - { gremium: Kreisausschuss",
        "    - { gremium: G{i}, sitzungsdatum: 08.11.2021, beschlussstatus: Empfehlungsbeschluss }\n",
    ),
    liste(
        "termine",
        DRUCKSACHE,
        "    bürgermeisterkonferenz",
        "    t{i}: 27.10.2021\n",
    ),
    liste(
        "vermerke",
        VERMERKE,
        "",
        "  - { regel: schriftform-unvollstaendig, stelle: vereinbarung.yaml#a{i}, grund: G, name: N, deckt: abc{i} }\n",
    ),
    liste(
        "Städte",
        SACHBERICHT,
        "Seit dem {{ bestand",
        "Die Stadt Kamen trägt 1/7 der Kosten in Höhe von 88.000 Euro.\n\n",
    ),
    liste(
        "Fundstellen",
        SACHBERICHT,
        "Seit dem {{ bestand",
        "Nach § 240 GkG NRW und § 41 Abs. 1 GO NRW ist das so.\n\n",
    ),
    liste(
        "Tage",
        SACHBERICHT,
        "Seit dem {{ bestand",
        "Sie tritt am 10.11.2021 in Kraft, spätestens 12. Mai 2020. ",
    ),
    liste(
        "Platzhalter",
        SACHBERICHT,
        "Seit dem {{ bestand",
        "[XX] TBD ... wird nachgereicht (Datum einfügen).\n\n",
    ),
    liste(
        "Anlagen",
        SACHBERICHT,
        "Seit dem {{ bestand",
        "Siehe Anlage 9 und gemäß Anlage.\n\n",
    ),
    liste(
        "Verweise",
        SACHBERICHT,
        "Seit dem {{ bestand",
        "insbesondere die Kosten, die Kosten werden gesondert vereinbart; ",
    ),
    liste("Listenpunkte", SACHBERICHT, "Seit dem {{ bestand", "- a\n"),
];

const fn liste(
    name: &'static str,
    datei: &'static str,
    vor: &'static str,
    eintrag: &'static str,
) -> Liste {
    Liste {
        name,
        datei,
        vor,
        eintrag,
    }
}

/// Measures all of them, or those that are named.
pub(crate) fn alle(namen: &[String]) {
    let ordner = Path::new(env!("CARGO_TARGET_TMPDIR")).join("listen");
    for liste in &LISTEN {
        if namen.is_empty() || namen.iter().any(|name| name == liste.name) {
            let _ = fs::remove_dir_all(&ordner);
            eine(liste, &ordner);
        }
    }
    let _ = fs::remove_dir_all(&ordner);
}

fn eine(liste: &Liste, ordner: &Path) {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    for name in ["drucksache-215-21", "stammdaten"] {
        kopiere(&fixtures.join(name), &ordner.join(name));
    }
    let datei = ordner.join(liste.datei);
    let text = fs::read_to_string(&datei).unwrap_or_else(|_| "vermerke:\n".to_owned());
    let stelle = match liste.vor {
        "" => text.len(),
        vor => text.find(vor).unwrap(),
    };
    let (davor, danach) = text.split_at(stelle);
    let mut lang = davor.to_owned();
    for i in 0.. {
        if lang.len() + danach.len() >= GROESSE {
            break;
        }
        lang.push_str(&liste.eintrag.replace("{i}", &i.to_string()));
    }
    fs::write(&datei, lang + danach).unwrap();
    for befehl in ["check", "render", "golden"] {
        let mut aufruf = vec![befehl, "drucksache-215-21"];
        match befehl {
            "render" => aufruf.extend(["-o", "aus"]),
            "golden" => aufruf.push("--update"),
            _ => {}
        }
        let aufruf: Vec<_> = aufruf.iter().map(OsStr::new).collect();
        let lauf = lauf(ordner, &aufruf, Duration::from_secs(GEDULD));
        let rueckgabe = match lauf.rueckgabe {
            Some(rueckgabe) => format!("Rückgabe {rueckgabe}"),
            None => "abgebrochen".to_owned(),
        };
        grenze(
            &format!("{}: {befehl}", liste.name),
            &format!("{:.2?}, {} MB, {rueckgabe}", lauf.dauer, lauf.mb),
            lauf.dauer <= Duration::from_secs(SEKUNDEN) && lauf.mb <= MEGABYTE,
            &format!("{SEKUNDEN} s, {MEGABYTE} MB"),
        );
    }
}

fn kopiere(von: &Path, nach: &Path) {
    let mut offen: Vec<PathBuf> = vec![PathBuf::new()];
    while let Some(hier) = offen.pop() {
        fs::create_dir_all(nach.join(&hier)).unwrap();
        for eintrag in fs::read_dir(von.join(&hier)).unwrap() {
            let eintrag = eintrag.unwrap();
            let pfad = hier.join(eintrag.file_name());
            if !eintrag.file_type().unwrap().is_dir() {
                fs::copy(von.join(&pfad), nach.join(&pfad)).unwrap();
            } else if !pfad.ends_with("golden") {
                offen.push(pfad);
            }
        }
    }
}
