//! Facts that a template or prose names and that this matter does not have: what is missing, and where it belongs.
//!
//! What is not known is absent from the facts, never an empty text: a paper shows no hole where a template or an author
//! relied on it. Whoever can do without asks (`{% if x %}`) or says what else to print (`| default(value="–")`).

use std::ops::Range;

use super::namen::Schritt;
use super::view::form;
use crate::diagnostic::{Befund, Stelle};

/// Name of the finding.
const REGEL: &str = "angabe-fehlt";

/// Where a group of the facts is found in the YAML.
const ORTE: &[(&str, &str)] = &[
    ("VorgangSicht", "im Abschnitt `vorgang:`"),
    ("DrucksacheSicht", "bei der Drucksache"),
    ("BeratungSicht", "bei diesem Schritt der `beratungsfolge:`"),
    (
        "ErgebnisSicht",
        "unter `ergebnis:` dieses Schritts der `beratungsfolge:`",
    ),
    ("HaushaltSicht", "unter `haushalt:` der Drucksache"),
    ("AnlageSicht", "bei dieser Anlage der Drucksache"),
    (
        "KoerperschaftSicht",
        "bei dieser Körperschaft in den Stammdaten",
    ),
    ("AmtSicht", "bei diesem Amt in den Stammdaten"),
    (
        "KostenSicht",
        "bei dieser Kostenposition unter `arbeitsplatz:`",
    ),
    ("VereinbarungSicht", "bei der Vereinbarung"),
    ("AufgabeSicht", "bei dieser Aufgabe der Vereinbarung"),
    (
        "AuslageSicht",
        "bei dieser Auslage unter `auslagen:` der Aufgabe",
    ),
    ("BetriebSicht", "unter `betrieb:` dieser Aufgabe"),
    (
        "LenkungskreisSicht",
        "unter `lenkungskreis:` der Vereinbarung",
    ),
    ("AbrechnungSicht", "unter `abrechnung:` der Vereinbarung"),
    ("KuendigungSicht", "unter `kündigung:` der Vereinbarung"),
    (
        "BeschlussSicht",
        "bei diesem Beschluss unter `beschlüsse:` der Vereinbarung",
    ),
    (
        "RatsbeschlussSicht",
        "bei diesem Beschluss unter `beschlüsse:` der Vereinbarung",
    ),
    ("GenehmigungSicht", "unter `genehmigung:` der Vereinbarung"),
    (
        "VeroeffentlichungSicht",
        "unter `veröffentlichung:` der Vereinbarung",
    ),
];

/// Fields that the YAML spells otherwise.
const SCHLUESSEL: &[(&str, &str)] = &[
    ("kuendigung", "kündigung"),
    ("uebergang", "übergang"),
    ("praeambel", "präambel"),
    ("traeger_norm", "träger_norm"),
    ("veroeffentlichung", "veröffentlichung"),
    ("abschlaege", "abschläge"),
    ("fruehestens", "frühestens"),
];

/// Facts that no single key of the YAML gives: group, field, remedy.
const BERECHNET: &[(&str, &str, &str)] = &[
    (
        "Fakten",
        "koerperschaft",
        "`körperschaft:` bei der Drucksache oder `federführend:` im Abschnitt `vorgang:` eintragen",
    ),
    (
        "Fakten",
        "vereinbarung",
        "die Vereinbarung unter `anlagen:` der Drucksache aufführen",
    ),
    (
        "Fakten",
        "vorgaenger",
        "`ersetzt:` bei der Vereinbarung eintragen",
    ),
    (
        "Fakten",
        "federfuehrend",
        "`federführend:` im Abschnitt `vorgang:` eintragen",
    ),
    (
        "DrucksacheSicht",
        "hat_ergebnis",
        "`ergebnis:` bei einem Schritt der `beratungsfolge:` eintragen",
    ),
    (
        "KoerperschaftSicht",
        "amt",
        "`vertretung:` bei dieser Körperschaft in den Stammdaten eintragen, gültig am Tag des Papiers",
    ),
    (
        "KoerperschaftSicht",
        "nutzung_von",
        "für diese Körperschaft einen Eintrag unter `nutzung:` anlegen",
    ),
    (
        "MengeSicht",
        "nutzung_von",
        "für eine dieser Körperschaften einen Eintrag unter `nutzung:` anlegen",
    ),
    (
        "VereinbarungSicht",
        "aktenzeichen",
        "`aktenzeichen:` bei der Drucksache der federführenden Körperschaft eintragen",
    ),
    (
        "VereinbarungSicht",
        "geschlossen",
        "`geschlossen:` oder alle Unterschriften (`unterzeichnet:`) bei der Vereinbarung eintragen",
    ),
    (
        "VereinbarungSicht",
        "beginn",
        "`wirksam_ab:` bei der Vereinbarung eintragen",
    ),
    (
        "VereinbarungSicht",
        "mitwirkungsrecht",
        "`mitwirkung: { gewährt: ja, inhalt: … }` bei der Vereinbarung eintragen",
    ),
    (
        "VereinbarungSicht",
        "kostenplan",
        "Kostenpositionen mit Beträgen unter `kosten:` eintragen",
    ),
    (
        "VereinbarungSicht",
        "aufsicht",
        "`aufsicht:` bei der Vereinbarung eintragen, solange sich die Behörde nicht von selbst ergibt",
    ),
    (
        "AufgabeSicht",
        "ausgenommen_liste",
        "`ausgenommen:` bei dieser Aufgabe der Vereinbarung eintragen",
    ),
    (
        "AufgabeSicht",
        "kosten",
        "unter `kosten:` eine Position mit dieser `aufgabe:` eintragen",
    ),
    (
        "KuendigungSicht",
        "frist",
        "`frist_monate:` unter `kündigung:` der Vereinbarung eintragen",
    ),
];

/// The finding on a path of which a step has no value: `ab` is the first such step, from 0.
///
/// `stelle` is the path as it is written.
pub(super) fn befund(pfad: &[Schritt], ab: usize, geschrieben: &str, stelle: Stelle) -> Befund {
    let bis = pfad.get(..=ab).unwrap_or(pfad);
    let name = bis.last().and_then(Schritt::name).unwrap_or(geschrieben);
    let gruppe = form::gruppe(bis);
    let text = match gruppe.as_deref() {
        // Empty where the reason is not a missing key but what the sets come to.
        Some("MengeSicht") if name == "anteil" => {
            "das Feld „anteil“ gibt es nur, wo die Genannten alle Kosten zu gleichen Teilen tragen"
                .to_owned()
        }
        Some("BeipapierSicht" | "VereinbarungSicht") if name == "titel" => {
            format!("„{geschrieben}“ steht noch nicht fest: hier wird der Titel erst bestimmt")
        }
        Some("MengeSicht") => {
            format!("hier ist niemand zu nennen: „{geschrieben}“ steht für eine leere Menge")
        }
        _ => format!("die Angabe „{name}“ fehlt in den Daten, „{geschrieben}“ hat keinen Wert"),
    };
    let frage = format!("die Stelle mit {{% if {geschrieben} %}} … {{% endif %}} umschließen");
    let befund = Befund::fehler(REGEL, stelle, text);
    match gruppe.as_deref() {
        Some("MengeSicht") if name == "anteil" => befund.abhilfe(
            "den Anteil weglassen; nach welchem Schlüssel verteilt wird, sagt `kosten.<Position>.schluessel`",
        ),
        Some("BeipapierSicht" | "VereinbarungSicht") if name == "titel" => {
            befund.abhilfe("den Titel hier ausschreiben")
        }
        gruppe => match abhilfe(gruppe, name) {
            Some(abhilfe) => befund.abhilfe(format!("{abhilfe}, oder {frage}")),
            None => befund.abhilfe(frage),
        },
    }
}

/// What to write where, so that a field of a group has a value.
fn abhilfe(gruppe: Option<&str>, feld: &str) -> Option<String> {
    let gruppe = gruppe?;
    if let Some((_, _, abhilfe)) = BERECHNET
        .iter()
        .find(|(g, f, _)| *g == gruppe && *f == feld)
    {
        return Some((*abhilfe).to_owned());
    }
    if matches!(gruppe, "angaben" | "termine") {
        return Some(format!(
            "`{feld}:` unter `{gruppe}:` der Drucksache eintragen"
        ));
    }
    let (_, ort) = ORTE.iter().find(|(g, _)| *g == gruppe)?;
    let schluessel = SCHLUESSEL
        .iter()
        .find(|(ascii, _)| *ascii == feld)
        .map_or(feld, |(_, deutsch)| deutsch);
    Some(format!("`{schluessel}:` {ort} eintragen"))
}

/// The bytes of a path as it is written in its file.
pub(super) fn bereich(pfad: &[Schritt]) -> Option<Range<usize>> {
    let mut geschrieben = pfad.iter().filter_map(Schritt::bereich);
    let erster = geschrieben.next()?;
    let letzter = geschrieben.next_back().unwrap_or_else(|| erster.clone());
    Some(erster.start..letzter.end)
}

/// A path as it is written, with the name of the loop's entry that it begins with.
pub(super) fn geschrieben<'a>(text: &'a str, bereich: &Range<usize>) -> &'a str {
    let davor = text.get(..bereich.start).unwrap_or_default();
    let ohne_namen =
        davor.trim_end_matches(|c: char| c.is_alphanumeric() || matches!(c, '_' | '.'));
    text.get(ohne_namen.len()..bereich.end).unwrap_or_default()
}
