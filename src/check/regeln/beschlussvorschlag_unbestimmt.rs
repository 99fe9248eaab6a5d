//! A proposal to conclude an agreement says who concludes it, under which number it lies, and what is reserved.

mod amt;
mod organ;

use super::super::genehmigung::{Aussage, aussage};
use super::super::{Gewicht, Grundlage, Lage, Passage, Protokoll, Regel};
use crate::model::drucksache::Art;
use crate::model::{Drucksache, Koerperschaft};

pub(super) const REGEL: Regel = Regel {
    name: "beschlussvorschlag-unbestimmt",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Redaktion,
    normen: &[],
    gilt: "für jede Drucksache, in der über eine Vereinbarung entschieden wird; wen sie beauftragt, für jede",
    braucht: &[],
    text: include_str!("beschlussvorschlag_unbestimmt.md"),
    pruefe,
};

/// Words that decide or charge somebody.
const BESCHLIESST: [&str; 14] = [
    "beauftragt",
    "beauftragen",
    "ermächtigt",
    "ermächtigen",
    "bevollmächtigt",
    "beschließt",
    "beschließen",
    "stimmt",
    "zustimmen",
    "zugestimmt",
    "genehmigt",
    "schließt",
    "abgeschlossen",
    "geschlossen",
];

/// Offices and councils that are known without base data.
const ORGANE: [&str; 16] = [
    "Rat",
    "Rates",
    "Rats",
    "Kreistag",
    "Kreistages",
    "Kreistags",
    "Stadtrat",
    "Gemeinderat",
    "Verwaltung",
    "Landrat",
    "Landrätin",
    "Bürgermeister*",
    "Oberbürgermeister*",
    "Kreisausschuss",
    "Hauptausschuss",
    "Verbandsversammlung",
];

/// Words that lead to the text of the agreement.
const BEZUEGE: [&str; 5] = [
    "Anlage*",
    "beigefügt*",
    "anliegend*",
    "vorliegend*",
    "als Entwurf vorgelegt*",
];

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for drucksache in &lage.vorgang.drucksachen {
        let blatt = lage.vorlage(drucksache);
        if let Some(abschnitt) = blatt.and_then(|blatt| blatt.abschnitt("Beschlussvorschlag")) {
            amt::verwaltungsleitung(lage, drucksache, &abschnitt, protokoll);
            organ::beschlussorgan(lage, drucksache, &abschnitt, protokoll);
        }
    }
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        for drucksache in lage.drucksachen_zu(vereinbarung) {
            if drucksache.art == Art::Mitteilung || !entscheidet(lage, drucksache) {
                continue;
            }
            // A paper that could not be made is told by what kept it from being made.
            let Some(blatt) = lage.vorlage(drucksache) else {
                continue;
            };
            match blatt.abschnitt("Beschlussvorschlag") {
                Some(abschnitt) => vorschlag(lage, drucksache, &abschnitt, protokoll),
                None => protokoll.nicht_pruefbar(
                    &drucksache.route,
                    "es fehlt in der Vorlage der Abschnitt „Beschlussvorschlag“",
                ),
            }
        }
    }
}

fn entscheidet(lage: &Lage<'_>, drucksache: &Drucksache) -> bool {
    lage.schritte(drucksache)
        .iter()
        .any(super::super::Schritt::entscheidet)
}

fn vorschlag(
    lage: &Lage<'_>,
    drucksache: &Drucksache,
    abschnitt: &Passage<'_>,
    protokoll: &mut Protokoll<'_>,
) {
    let Some(anker) = abschnitt.zeilen().nth(1) else {
        // An empty section is an open placeholder, not an unclear one.
        return;
    };
    let hat = |worte: &[&str]| worte.iter().any(|worte| abschnitt.enthaelt(worte));
    let koerperschaft = lage.vorgang.koerperschaft_von(drucksache);
    if !hat(&BESCHLIESST) || !(hat(&ORGANE) || nennt_amt(lage, koerperschaft, abschnitt)) {
        protokoll
            .melde(
                &anker,
                "der Beschlussvorschlag sagt nicht, wer die Vereinbarung abschließt oder damit beauftragt wird",
            )
            .abhilfe("Organ und Auftrag nennen, etwa „Der Landrat wird beauftragt, … abzuschließen“");
    }
    if !hat(&BEZUEGE) && !nennt_nummer(drucksache, abschnitt) {
        protokoll
            .melde(
                &anker,
                "der Beschlussvorschlag sagt nicht, welche Fassung der Vereinbarung beschlossen wird",
            )
            .abhilfe("auf die Anlage und die Nummer der Drucksache verweisen, etwa „gemäß der Anlage zur Drucksache {{ drucksache.nummer }}“");
    }
    fremde_nummer(lage, drucksache, abschnitt, protokoll);
    if let Some(stelle) = wesentliche(abschnitt) {
        protokoll
            .melde(
                &stelle,
                format!(
                    "„{}“ ohne neuen Beschluss: damit bestimmt nicht mehr das Gremium, was vereinbart wird",
                    stelle.text()
                ),
            )
            .abhilfe("nur redaktionelle Änderungen ohne neuen Beschluss zulassen");
    }
    let redaktionell = redaktionell(abschnitt);
    if let Redaktionell::Beschluss(stelle) = &redaktionell {
        protokoll
            .melde(
                stelle,
                format!("„{}“: auch wer nur Schreibfehler berichtigt, bräuchte so einen neuen Beschluss", stelle.text()),
            )
            .abhilfe("sagen, dass redaktionelle Änderungen keinen neuen Beschluss brauchen, wesentliche aber schon");
    }
    if !matches!(aussage(abschnitt), Aussage::Noetig) && !hat(&["§ 24 Abs. 2"]) {
        let redaktion = match redaktionell {
            Redaktionell::Keine => {
                "behält weder die Genehmigung der Aufsichtsbehörde noch redaktionelle Änderungen vor"
            }
            Redaktionell::Frei | Redaktionell::Beschluss(_) => {
                "behält die Genehmigung der Aufsichtsbehörde nicht vor"
            }
        };
        protokoll
            .melde(&anker, format!("der Beschlussvorschlag {redaktion}"))
            .abhilfe("„vorbehaltlich der Genehmigung“ ergänzen und sagen, dass redaktionelle Änderungen keinen neuen Beschluss brauchen");
    }
}

/// Whether the office that represents the body, or one of its councils, is named.
fn nennt_amt(
    lage: &Lage<'_>,
    koerperschaft: Option<&Koerperschaft>,
    abschnitt: &Passage<'_>,
) -> bool {
    let Some(koerperschaft) = koerperschaft else {
        return false;
    };
    let aemter = koerperschaft.vertretung.iter();
    let aemter = aemter.filter_map(|vertretung| lage.vorgang.aemter.get(&vertretung.amt));
    let mut worte = aemter
        .flat_map(|amt| amt.nominativ.as_str().split_whitespace())
        .chain(
            koerperschaft
                .gremien
                .iter()
                .map(|gremium| gremium.name.as_str()),
        )
        .filter(|wort| wort.starts_with(char::is_uppercase));
    worte.any(|wort| abschnitt.enthaelt(wort))
}

fn nennt_nummer(drucksache: &Drucksache, abschnitt: &Passage<'_>) -> bool {
    abschnitt.text().contains(&drucksache.nummer.to_string())
}

/// What a proposal says of editorial changes.
enum Redaktionell<'b> {
    /// Nothing.
    Keine,
    /// They are reserved, or spoken of otherwise.
    Frei,
    /// They need a decision, in these words.
    Beschluss(Passage<'b>),
}

/// Words with which a decision is asked for.
const VERLANGT: [&str; 9] = [
    "bedürfen",
    "bedarf",
    "erfordern",
    "erfordert",
    "brauchen",
    "benötigen",
    "setzen",
    "sind",
    "nur",
];

/// For what they ask.
const BESCHLUSS: [&str; 6] = [
    "neuen Beschluss*",
    "erneuten Beschluss*",
    "weiteren Beschluss*",
    "erneuter Beschluss*",
    "neuer Beschluss*",
    "erneut vorzulegen",
];

/// „Redaktionelle Änderungen bedürfen eines neuen Beschlusses.“ What stands in another part of the sentence is of others.
fn redaktionell<'b>(abschnitt: &Passage<'b>) -> Redaktionell<'b> {
    let mut gefunden = Redaktionell::Keine;
    for satz in abschnitt.saetze() {
        for stelle in satz.finde("redaktionell*") {
            let teil = satz.teilsatz_um(&stelle);
            let frei = teil.sagt(&[
                "kein*",
                "nicht",
                "ohne",
                "wesentlich*",
                "materiell*",
                "inhaltlich*",
                "weder",
            ]);
            let verlangt = teil.sagt(&VERLANGT) && !frei;
            match teil.erstes(&BESCHLUSS).filter(|_| verlangt) {
                Some(beschluss) => return Redaktionell::Beschluss(beschluss),
                None => gefunden = Redaktionell::Frei,
            }
        }
    }
    gefunden
}

/// Words for changes that a council has to decide on.
const WESENTLICH: [&str; 3] = ["wesentlich*", "inhaltlich*", "materiell*"];

/// Words in the same part that limit them, or forbid what is said.
const BEGRENZT: [&str; 12] = [
    "nicht",
    "nur",
    "keine",
    "keinen",
    "soweit",
    "sofern",
    "geringfügig*",
    "klein*",
    "untergeordnet*",
    "unwesentlich*",
    "bedürfen eines",
    "erst",
];

/// Words with which no decision is asked for.
const OHNE_BESCHLUSS: [&str; 10] = [
    "ohne neuen Beschluss",
    "ohne erneuten Beschluss",
    "ohne weiteren Beschluss",
    "ohne erneute Beschlussfassung",
    "ohne erneute Befassung",
    "ohne weitere Befassung",
    "keines neuen Beschlusses",
    "keines erneuten Beschlusses",
    "keines weiteren Beschlusses",
    "keiner erneuten Beschlussfassung",
];

/// „auch wesentliche Änderungen ohne erneuten Beschluss“.
fn wesentliche<'b>(abschnitt: &Passage<'b>) -> Option<Passage<'b>> {
    if !abschnitt.sagt(&OHNE_BESCHLUSS) {
        return None;
    }
    let saetze = abschnitt.saetze_mit(WESENTLICH).into_iter();
    saetze.into_iter().find_map(|satz| {
        let stellen = WESENTLICH.iter().flat_map(|wort| satz.finde(wort));
        let mut stellen: Vec<_> = stellen.collect();
        stellen.sort_by_key(|stelle| satz.versatz(stelle));
        stellen.into_iter().find_map(|stelle| {
            let teil = satz.teilsatz_um(&stelle);
            if !teil.sagt(&OHNE_BESCHLUSS) || teil.sagt(&BEGRENZT) {
                return None;
            }
            let von = satz.versatz(&stelle);
            let danach = satz.text().get(von + stelle.text().len()..)?;
            // „wesentliche inhaltliche Änderungen“
            let mut bis = von + stelle.text().len();
            for wort in danach.split_inclusive(' ').take(4) {
                bis += wort.len();
                let nackt = wort.trim_end_matches(|c: char| !c.is_alphabetic());
                let nomen = ["Änderung", "Anpassung", "Abweichung"];
                if nomen.iter().any(|nomen| nackt.starts_with(nomen)) {
                    return Some(satz.teil(von..bis - (wort.len() - nackt.len())));
                }
            }
            None
        })
    })
}

/// Words before the number of a paper whose annex is meant.
const ANLAGE_ZU: [&str; 10] = [
    "Anlage zur Drucksache",
    "Anlage der Drucksache",
    "Anlage zu Drucksache",
    "Anlage zur Drucksache Nr.",
    "Anlage zur Vorlage",
    "Anlage der Vorlage",
    "Anlage zur Vorlage Nr.",
    "dieser Drucksache",
    "dieser Vorlage",
    "Anlage zur Beschlussvorlage",
];

/// Words before the number of any paper.
const DRUCKSACHE: [&str; 6] = [
    "Drucksache",
    "Drucksache Nr.",
    "Vorlage",
    "Vorlage Nr.",
    "Beschlussvorlage",
    "Drucksachennummer",
];

/// The annex of this paper lies under its own number; a number that has its digits in another order is mistyped.
fn fremde_nummer(
    lage: &Lage<'_>,
    drucksache: &Drucksache,
    abschnitt: &Passage<'_>,
    protokoll: &mut Protokoll<'_>,
) {
    let eigene = drucksache.nummer.to_string();
    let ziffern = |text: &str| {
        let mut ziffern: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
        ziffern.sort_unstable();
        ziffern
    };
    for satz in abschnitt.saetze() {
        for worte in ANLAGE_ZU.iter().chain(&DRUCKSACHE) {
            for stelle in satz.finde(worte) {
                let von = satz.versatz(&stelle) + stelle.text().len();
                let Some(rest) = satz
                    .text()
                    .get(von..)
                    .and_then(|rest| rest.strip_prefix(' '))
                else {
                    continue;
                };
                let nummer = rest.split([' ', '\t']).next().unwrap_or_default();
                let nummer = nummer.trim_end_matches([',', ';', '.', ':', ')', '“']);
                let ist_nummer =
                    nummer.contains(['/', '-']) && nummer.contains(|c: char| c.is_ascii_digit());
                let bekannt = lage
                    .vorgang
                    .drucksachen
                    .iter()
                    .any(|andere| andere.nummer.to_string() == nummer);
                let ihre = ANLAGE_ZU.contains(worte) || ziffern(nummer) == ziffern(&eigene);
                if ist_nummer && !bekannt && ihre {
                    let stelle = satz.teil(von + 1..von + 1 + nummer.len());
                    protokoll
                        .melde(
                            &stelle,
                            format!("„{nummer}“: diese Drucksache hat die Nummer {eigene}"),
                        )
                        .abhilfe(
                            "die Nummer berichtigen oder durch {{ drucksache.nummer }} ersetzen",
                        );
                    return;
                }
            }
        }
    }
}
