//! Small matters that differ from the fixture in number and kind: one user, two parties, three; no costs; nothing agreed
//! on termination. What the papers say must be true and German in each of them.

use std::sync::Arc;

use drucksache::pipeline::{Eingabe, Ordner};

use crate::fixture::{drucksache_215_21, entwirf, markdown, namen};

const VEREINBARUNG: &str = "vereinbarung";
const KONZEPT: &str = "vereinbarung-anlage-1-organisationskonzept";
const KOSTEN: &str = "vereinbarung-anlage-2-kostenuebersicht";
const ANTRAG: &str = "vereinbarung-genehmigungsantrag";

/// What is agreed in all of these matters.
const ALLES: &str = "    anlagen: [{ papier: organisationskonzept, bestandteil: ja }, { papier: kostenübersicht }]\n    \
    rechtsstand: 01.12.2021\n";
/// When costs are settled.
const ABRECHNUNG: &str =
    "    abrechnung: { bis: 31. März, zahlungsziel_tage: 30, einwendungsfrist_monate: 3 }\n";

/// A matter with the common base data.
struct Fall {
    kopf: &'static str,
    vereinbarung: String,
    kosten: &'static str,
    /// Who uses the service from the first day of 2022 on.
    nutzung: &'static [&'static str],
}

impl Fall {
    /// A task of Lünen for Bönen.
    fn zwei_parteien() -> Self {
        Self {
            kopf: "federführend: gemeinde-boenen",
            vereinbarung: format!(
                "    parteien: [stadt-luenen]\n    anwender_zum: 01.01.2022\n    aufgaben:\n      lohn:\n        bezeichnung: Gehaltsabrechnung\n        anbieter: stadt-luenen\n        leistungen: [monatliche Abrechnung]\n{ABRECHNUNG}"
            ),
            kosten: "",
            nutzung: &["gemeinde-boenen"],
        }
    }

    /// The same, and a task of the Kreis.
    fn drei_parteien() -> Self {
        let zwei = Self::zwei_parteien();
        Self {
            vereinbarung: zwei
                .vereinbarung
                .replace("[stadt-luenen]", "[kreis-unna, stadt-luenen]")
                .replace(
                    "      lohn:\n",
                    "      netz:\n        bezeichnung: Betrieb\n        anbieter: kreis-unna\n        leistungen: [Betrieb]\n        unentgeltlich_weil: der Kreis das Netz ohnehin betreibt\n      lohn:\n",
                ),
            ..zwei
        }
    }

    /// A task of Lünen for three towns, itself among them, without pay.
    fn ohne_kosten() -> Self {
        Self {
            kopf: "federführend: stadt-luenen",
            vereinbarung: "    parteien: [stadt-luenen, stadt-werne, gemeinde-boenen]\n    aufgaben:\n      archiv:\n        bezeichnung: Archiv\n        anbieter: stadt-luenen\n        leistungen: [Verwahrung]\n        unentgeltlich_weil: das Archiv ohnehin besteht\n".to_owned(),
            kosten: "",
            nutzung: &[],
        }
    }

    fn mit(mut self, dazu: &str) -> Self {
        self.vereinbarung.push_str(dazu);
        self
    }

    fn kosten(mut self, kosten: &'static str) -> Self {
        self.kosten = kosten;
        self
    }

    fn eingabe(&self) -> Eingabe {
        let mut eingabe = drucksache_215_21();
        let nutzung: String = self
            .nutzung
            .iter()
            .map(|wer| format!("  - {{ anwender: {wer}, von: 01.01.2022 }}\n"))
            .collect();
        let dateien = [
            (
                "vorgang.yaml",
                format!("vorgang:\n  format: 1\n  titel: Fall\n  {}\n", self.kopf),
            ),
            (
                "vereinbarungen.yaml",
                format!("vereinbarungen:\n  v:\n{}{ALLES}", self.vereinbarung),
            ),
            ("kosten.yaml", format!("kosten:\n{}", self.kosten)),
            ("nutzung.yaml", format!("nutzung:\n{nutzung}")),
        ];
        let dateien = dateien
            .into_iter()
            .filter(|(_, text)| text.contains("\n "))
            .map(|(name, text)| (name.to_owned(), Arc::from(text.into_bytes())))
            .collect();
        eingabe.vorgang = Ordner {
            anzeige: "fall".to_owned(),
            dateien,
        };
        eingabe
    }

    fn papier(&self, name: &str) -> String {
        markdown(&entwirf(&self.eingabe()), name)
    }
}

/// An agreed sum that Bönen bears alone.
const NUR_ALLEIN: &str = "  lohn:\n    aufgabe: lohn\n    schlüssel: gleiche-teile\n    festbetrag: [{ betrag: 1200, für: gemeinde-boenen, von: 01.01.2022, bis: 31.12.2022 }]\n";
/// A post.
const STELLE: &str = "  lohn:\n    aufgabe: lohn\n    schlüssel: gleiche-teile\n    arbeitsplatz:\n      stellenanteil: 1/2\n      bewertung: [EG 9a, EG 10]\n      gemeinkosten: 20 %\n      gemeinkosten_auf: personalkosten\n      sachkosten: 1/2\n      besetzung:\n        - { ab: 01.07.2022, stellenanteil: 3/4, gruppe: EG 10 }\n      werte:\n        - { jahr: 2022, personalkosten: 60000, sachkosten_pauschale: 9700, quelle: Beispielwert }\n";
/// An agreed sum for some time.
const BETRAG: &str = "  lohn:\n    aufgabe: lohn\n    schlüssel: gleiche-teile\n    festbetrag: [{ betrag: 1200, von: 01.01.2022, bis: 31.12.2023 }]\n";
/// Invoices for some time.
const RECHNUNGEN: &str = "  lohn:\n    aufgabe: lohn\n    bezeichnung: Software\n    schlüssel: gleiche-teile\n    zeitraum: { von: 01.03.2022, bis: 31.12.2022, grund: Die Software kommt im März. }\n    rechnungen: [{ datum: 05.04.2022, text: Lizenz, brutto: 119, steuersatz: 19 %, von: 01.03.2022, bis: 31.12.2022 }]\n";

/// The paper says all of these and none of those.
#[track_caller]
fn sagt(text: &str, da: &[&str], nie: &[&str]) {
    for stueck in da {
        assert!(text.contains(stueck), "„{stueck}“ fehlt in\n{text}");
    }
    for stueck in nie {
        assert!(!text.contains(stueck), "„{stueck}“ in\n{text}");
    }
}

#[test]
fn without_a_day_of_effect_the_agreed_post_counts_and_all_changes_are_told() {
    let fall = Fall::ohne_kosten()
        .mit(ABRECHNUNG)
        .kosten("  archiv:\n    aufgabe: archiv\n    schlüssel: gleiche-teile\n    arbeitsplatz:\n      stellenanteil: 1/2\n      bewertung: [EG 9a]\n      gemeinkosten: 20 %\n      gemeinkosten_auf: personalkosten\n      sachkosten: 1/2\n      besetzung: [{ ab: 01.07.2024, stellenanteil: 3/4 }]\n      werte: [{ jahr: 2024, personalkosten: 60000, sachkosten_pauschale: 9700, quelle: Beispielwert }]\n");
    let fall = Fall {
        vereinbarung: fall.vereinbarung.replace(
            "        unentgeltlich_weil: das Archiv ohnehin besteht\n",
            "",
        ),
        ..fall
    };
    sagt(
        &fall.papier(VEREINBARUNG),
        &[
            "einen Stellenanteil von 0,5 Vollzeitäquivalent der Bewertung EG 9a vor, ab dem 1. Juli 2024 von 0,75 Vollzeitäquivalent.",
            "vervielfacht mit dem Stellenanteil von 0,5 (ab dem 1. Juli 2024 von 0,75 Vollzeitäquivalent),",
        ],
        &[],
    );
}

#[test]
fn sums_that_each_bears_alone_are_not_shared() {
    let fall = Fall::zwei_parteien().kosten(NUR_ALLEIN);
    sagt(
        &fall.papier(VEREINBARUNG),
        &[
            "Für „Gehaltsabrechnung“ erhält die Stadt Lünen einen festen Betrag, den eine Partei allein trägt.",
            "\n- die Gemeinde Bönen 1.200,00 € im Jahr vom 01.01.2022 bis zum 31.12.2022\n",
        ],
        &[
            "tatsächlich in Rechnung gestellt",
            "verteilt",
            "Der Jahresbetrag wird ohne",
        ],
    );
    sagt(
        &fall.papier(KOSTEN),
        &[
            "Die Stadt Lünen stellt diese Kosten in Rechnung; was jemand allein trägt, ist so bezeichnet.",
        ],
        &["das Übrige", "davon zu verteilen", "verteilt"],
    );
}

#[test]
fn invoices_count_in_full() {
    let fall = Fall::zwei_parteien().kosten(RECHNUNGEN);
    let spanne = "nur vom 1. März 2022 bis zum 31. Dezember 2022.";
    for name in [VEREINBARUNG, KOSTEN] {
        sagt(&fall.papier(name), &[spanne], &["anteilig"]);
    }
    let fest = BETRAG
        .replace(
            "    festbetrag",
            "    zeitraum: { von: 01.03.2022, bis: 31.12.2022, grund: Es beginnt im März. }\n    festbetrag",
        )
        .replace("von: 01.01.2022, bis: 31.12.2023", "von: 01.03.2022, bis: 31.12.2022");
    let fall = Fall::zwei_parteien().kosten(fest.leak());
    for name in [VEREINBARUNG, KOSTEN] {
        sagt(
            &fall.papier(name),
            &["31. Dezember 2022; ", "anteilig"],
            &[],
        );
    }
}

#[test]
fn the_provider_among_those_who_share_bears_its_part_before_any_figure_is_known() {
    let mit_figuren = Fall {
        nutzung: &["gemeinde-boenen", "stadt-luenen"],
        ..Fall::zwei_parteien().kosten(BETRAG)
    };
    let satz = "Der auf die Stadt Lünen entfallende Anteil ist Eigenanteil und wird nicht in Rechnung gestellt.";
    sagt(&mit_figuren.papier(VEREINBARUNG), &[satz], &[]);
    let ohne_figuren = Fall {
        kosten: "  lohn:\n    aufgabe: lohn\n    schlüssel: gleiche-teile\n    rechnungen: []\n",
        ..mit_figuren
    };
    sagt(&ohne_figuren.papier(VEREINBARUNG), &[satz], &[]);
    sagt(
        &Fall::zwei_parteien().kosten(BETRAG).papier(VEREINBARUNG),
        &[],
        &["Eigenanteil"],
    );
}

#[test]
fn the_letters_come_from_the_party_that_the_agreement_authorises() {
    // The Kreis leads the matter, but is no party.
    let fall = Fall {
        kopf: "federführend: kreis-unna",
        ..Fall::zwei_parteien()
            .mit("    status: unterzeichnet\n    geschlossen: 30.11.2021\n")
            .kosten(BETRAG)
    };
    sagt(
        &fall.papier(VEREINBARUNG),
        &["Die Stadt Lünen wird bevollmächtigt, sie für alle Parteien zu beantragen."],
        &[],
    );
    sagt(
        &fall.papier(ANTRAG),
        &[
            "absender:\n  name: Stadt Lünen\n",
            "Namens aller Parteien beantragt die Stadt Lünen, sie",
            "<!-- unterschrift: Stadt Lünen |",
        ],
        &["beantragt der Kreis Unna"],
    );
    // Without anybody who leads it, the provider files.
    let fall = Fall {
        kopf: "muster: nein",
        ..fall
    };
    assert!(namen(&entwirf(&fall.eingabe())).contains(&ANTRAG));
}

#[test]
fn the_application_claims_no_clause_and_no_record_that_is_not_there() {
    let unterzeichnet = "    status: unterzeichnet\n    geschlossen: 30.11.2021\n";
    let fall = Fall::zwei_parteien().mit(unterzeichnet);
    sagt(
        &fall.papier(ANTRAG),
        &["- Die Vereinbarung gilt auf unbestimmte Zeit.\n"],
        &["Form der Kündigung", "Niederschriften"],
    );
    let fall = fall.mit(
        "    kündigung: { frist_monate: 12, form: schriftlich }\n    beschlüsse: [{ körperschaft: stadt-luenen, gremium: Rat, datum: 11.11.2021, ergebnis: abgelehnt }]\n",
    );
    sagt(
        &fall.papier(ANTRAG),
        &[
            "auf unbestimmte Zeit; sie regelt Voraussetzungen und Form der Kündigung (",
            "- Auszüge aus den Niederschriften über die Beschlüsse",
        ],
        &[],
    );
}

#[test]
fn with_one_user_nothing_is_shared_and_nobody_remains() {
    let drei = Fall::drei_parteien().kosten(STELLE);
    sagt(
        &drei.papier(VEREINBARUNG),
        &[
            "Scheidet die Anwenderkommune aus, endet diese Vereinbarung. Scheidet eine andere Partei aus, gilt sie unter den übrigen Parteien fort.",
            "Endet diese Vereinbarung, geben die ausführenden Parteien der Anwenderkommune",
            ") Die Anwenderkommune benennt",
            "im Laufe eines Jahres, wird der Jahresbetrag für dieses Jahr nach Monaten berechnet; ein angefangener Monat zählt mit.",
            "trägt die Anwenderkommune zusätzlich die Steuer",
            "vor, ab dem 1. Juli 2022 von 0,75 Vollzeitäquivalent in der Bewertung EG 10.",
        ],
        &[
            "verbleibenden",
            "verteilt",
            "jede Anwenderkommune",
            "Jede Anwenderkommune",
        ],
    );
    sagt(
        &drei.papier(KOSTEN),
        &[
            "wird der Jahresbetrag nach Monaten berechnet",
            "; die Gemeinde Bönen trägt ihn allein.",
        ],
        &["verteilt", "Alle Beteiligten"],
    );
    sagt(
        &Fall::zwei_parteien().kosten(BETRAG).papier(VEREINBARUNG),
        &[
            "Scheidet eine Partei aus, endet diese Vereinbarung.",
            "Endet diese Vereinbarung, gibt die ausführende Partei der anderen Partei",
            "Scheidet die ausführende Partei aus,",
            "1.200,00 € im Jahr vom 01.01.2022 bis zum 31.12.2023.",
        ],
        &["ab dem 01.01.2022 bis"],
    );
}

#[test]
fn without_costs_nothing_is_said_of_sharing() {
    let fall = Fall::ohne_kosten();
    sagt(
        &fall.papier(VEREINBARUNG),
        &["gilt diese Vereinbarung unter den übrigen Parteien fort.\n"],
        &["verteilt", "Fortschreibung", "Die Kosten nach"],
    );
    sagt(
        &fall.papier(KOSTEN),
        &["Diese Übersicht fasst zusammen, was die Vereinbarung über die Kosten regelt."],
        &["verteilt", "So wird gerundet"],
    );
    let stumm = Fall {
        vereinbarung: fall.vereinbarung.replace(
            "        unentgeltlich_weil: das Archiv ohnehin besteht\n",
            "",
        ),
        ..fall
    };
    sagt(
        &stumm.papier(VEREINBARUNG),
        &["(1) Für die Aufgabe „Archiv“ wird keine Entschädigung nach § 23 Abs. 4"],
        &[],
    );
}

#[test]
fn the_concept_says_only_what_is_agreed() {
    let konzept = Fall::ohne_kosten().papier(KONZEPT);
    sagt(
        &konzept,
        &[
            "| Leistung | Stadt Lünen | übrige Parteien |\n|---|---|---|\n| Verwahrung | führt aus | wirken mit |\n",
            "Eine Störung melden die Anwenderkommunen unverzüglich der Stadt Lünen.",
        ],
        &[
            "Was nicht dazugehört",
            "Beispielwert",
            "Programmversion",
            "Einzelfall",
        ],
    );
    let zu_zweit = Fall {
        nutzung: &["gemeinde-boenen", "stadt-luenen"],
        ..Fall::zwei_parteien().kosten(BETRAG)
    };
    let zu_zweit =
        zu_zweit.mit("    lenkungskreis: { sitzungen_im_jahr: 1, vorsitz: stadt-luenen }\n");
    sagt(
        &zu_zweit.papier(KONZEPT),
        &[
            "| Leistung | Stadt Lünen | Gemeinde Bönen |\n|---|---|---|\n| monatliche Abrechnung | führt aus | wirkt mit |\n",
            "Er berät über Störungen von Gewicht, über die Kosten des Vorjahres und über Änderungen dieses Konzeptes.",
        ],
        &["übrige"],
    );
    // A Kreis that has a task done is no user, but takes part.
    let kreis = Fall::ohne_kosten();
    let kreis = Fall {
        vereinbarung: kreis
            .vereinbarung
            .replace(
                "[stadt-luenen, stadt-werne, gemeinde-boenen]",
                "[stadt-luenen, kreis-unna]",
            )
            .replace(
                "        leistungen",
                "        empfänger: [kreis-unna]\n        leistungen",
            ),
        ..kreis
    };
    sagt(
        &kreis.papier(KONZEPT),
        &[
            "| Leistung | Stadt Lünen | Kreis Unna |\n|---|---|---|\n| Verwahrung | führt aus | wirkt mit |\n",
        ],
        &[],
    );
}

#[test]
fn what_stays_outside_fits_any_number() {
    let eines = Fall::ohne_kosten();
    for (liste, satz) in [
        (
            "[die Geräte]",
            "Von der Aufgabe ist Folgendes ausgenommen: die Geräte.",
        ),
        (
            "[das Netz, die Geräte]",
            "Von der Aufgabe ist Folgendes ausgenommen: das Netz und die Geräte.",
        ),
    ] {
        let fall = Fall {
            vereinbarung: eines.vereinbarung.replace(
                "        leistungen",
                &format!("        ausgenommen: {liste}\n        leistungen"),
            ),
            ..Fall::ohne_kosten()
        };
        sagt(&fall.papier(VEREINBARUNG), &[satz], &["Nicht dazu"]);
    }
}

#[test]
fn the_one_who_was_there_before_is_named() {
    let fall = Fall {
        nutzung: &["gemeinde-boenen", "stadt-selm"],
        ..Fall::zwei_parteien()
            .kosten(BETRAG)
            .mit("    ersetzt: alt\n")
    };
    let mut eingabe = fall.eingabe();
    let yaml = String::from_utf8(eingabe.vorgang.dateien["vereinbarungen.yaml"].to_vec()).unwrap();
    let yaml = format!(
        "{yaml}  alt:\n    status: in-kraft\n    geschlossen: 01.02.2015\n    parteien: [stadt-luenen, gemeinde-boenen]\n"
    );
    let yaml: Arc<[u8]> = yaml.into_bytes().into();
    eingabe
        .vorgang
        .dateien
        .insert("vereinbarungen.yaml".to_owned(), yaml);
    sagt(
        &markdown(&entwirf(&eingabe), KOSTEN),
        &["Die Gemeinde Bönen trägt 600,00 € weniger als ohne den Beitritt."],
        &["übrigen Beteiligten"],
    );
}

#[test]
fn outlays_beside_a_cost_item_are_not_charged_twice() {
    let fall = Fall::zwei_parteien();
    let fall = Fall {
        vereinbarung: fall.vereinbarung.replace(
            "        leistungen",
            "        auslagen: [{ bezeichnung: Lizenzkosten, verteilung: gleiche-teile }]\n        leistungen",
        ),
        ..fall
    };
    sagt(
        &fall.papier(VEREINBARUNG),
        &["an die Anwenderkommune weiter: Lizenzkosten."],
        &["außerdem"],
    );
    sagt(
        &fall.papier(KOSTEN),
        &["| Lizenzkosten | allein Gemeinde Bönen |"],
        &[],
    );
    let fall = fall.kosten(RECHNUNGEN);
    sagt(
        &fall.papier(VEREINBARUNG),
        &[
            "gibt die Stadt Lünen außerdem folgende Auslagen in tatsächlicher Höhe an die Anwenderkommune weiter, soweit sie nicht schon nach den vorstehenden Absätzen zu tragen sind: Lizenzkosten.",
        ],
        &[],
    );
    sagt(
        &fall.papier(KOSTEN),
        &["soweit es oben nicht schon berechnet ist:"],
        &[],
    );
}

#[test]
fn twelve_instalments_stand_in_tables_that_fit() {
    let monate = [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ];
    let raten: Vec<_> = monate
        .iter()
        .map(|monat| format!("{{ zum: 1. {monat}, anteil: 1/12 }}"))
        .collect();
    let fall = Fall::zwei_parteien().kosten(BETRAG);
    let fall = Fall {
        vereinbarung: fall.vereinbarung.replace(
            "einwendungsfrist_monate: 3 }",
            &format!(
                "einwendungsfrist_monate: 3, abschläge: [{}] }}",
                raten.join(", ")
            ),
        ),
        ..fall
    };
    sagt(
        &fall.papier(VEREINBARUNG),
        &["sind Abschläge zu zahlen: je 1/12 zum 1. jedes Monats."],
        &[],
    );
    let text = fall.papier(KOSTEN);
    sagt(
        &text,
        &["<!-- titel: Zahlungen für 2022 (Teil 1 von", "| Summe |"],
        &["<!-- titel: Zahlungen für 2022 -->"],
    );
    for zeile in text.lines().filter(|zeile| zeile.contains("Abschlag zum")) {
        assert!(zeile.matches('|').count() <= 9, "{zeile}");
    }
    assert_eq!(text.matches("Abschlag zum 01.02.2022").count(), 1);
    assert_eq!(text.matches(" Summe |").count(), 2);
}
