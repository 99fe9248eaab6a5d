//! Shares in words: „je 1/8“, „zu je einem Achtel“, „je 12,5 %“.

use super::super::super::zaehlung::{Zaehlt, funde};
use super::super::super::{Blatt, Passage, Protokoll};
use super::Teilende;

mod jeder;

/// Words in the same sentence for those who share.
const TEILENDE: [&str; 9] = [
    "Kommune*",
    "Anwender*",
    "Anwenderkommune*",
    "Bestandskommune*",
    "Parteien",
    "Vertragspartei*",
    "Beteiligten",
    "Städte*",
    "Gemeinden",
];

/// Words near a share for parts of something else.
const ANDERES: [&str; 11] = [
    "Sachkosten*",
    "Stelle*",
    "Stellenanteil*",
    "Vollzeit*",
    "Land",
    "Jahre*",
    "Zuschlag*",
    "Gemeinkosten*",
    "Personalkosten*",
    "steig*",
    "erhöh*",
];

/// Words in the same sentence for parts of a year's amount, and for what is no cost at all.
const RATEN: [&str; 10] = [
    "Abschlag*",
    "Abschläge*",
    "Rate",
    "Raten*",
    "Quartal*",
    "Vierteljahr*",
    "vierteljährlich*",
    "fällig*",
    "Sitzung*",
    "Vorauszahlung*",
];

/// Words in the same sentence for how it was before.
const FRUEHER: [&str; 9] = [
    "teilten", "trugen", "trug", "wurde", "wurden", "damals", "früher", "bisher", "bislang",
];

/// Parts of words for what is shared.
const KOSTEN: [&str; 5] = ["kosten", "aufwend", "aufwand", "auslagen", "jahresbetrag"];

/// Words with which it is shared.
const TRAGEN: [&str; 19] = [
    "tragen",
    "trägt",
    "getragen",
    "verteilt",
    "verteilen",
    "aufgeteilt",
    "umgelegt",
    "übernommen",
    "übernehmen",
    "erstattet",
    "erstatten",
    "beteiligt",
    "übernimmt",
    "entfällt",
    "entfallen",
    "zahlt",
    "zahlen",
    "bezahlt",
    "gleichen Teilen",
];

/// Words with which somebody pays.
const ZAHLEN: [&str; 3] = ["zahl*", "Zahlung*", "beteiligen"];

/// Shares in words: „je einem Neuntel“.
const BRUCHTEILE: [(&str, usize); 9] = [
    ("Hälfte", 2),
    ("Drittel", 3),
    ("Viertel", 4),
    ("Fünftel", 5),
    ("Sechstel", 6),
    ("Siebtel", 7),
    ("Achtel", 8),
    ("Neuntel", 9),
    ("Zehntel", 10),
];

/// Words of a sentence that speaks of some other time than that of the agreement.
const ANDERE_ZEIT: [&str; 15] = [
    "zunächst",
    "derzeit",
    "zurzeit",
    "aktuell*",
    "gegenwärtig*",
    "heute",
    "noch",
    "bis zum",
    "bis dahin",
    "Bestandskommune*",
    "bisherige*",
    "frühere*",
    "vor dem",
    "künftig",
    "Beispiel*",
];

/// Words for what only might be.
const GEDACHT: [&str; 6] = ["würde*", "wäre*", "käme*", "hätte*", "trüge*", "entfielen"];

/// A share that each of several bears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Anteil {
    /// One of so many parts.
    Teil(usize),
    /// All of so many parts: „zu neun gleichen Teilen“.
    GleicheTeile(usize),
    /// Per cent with so many decimals, without the point; whether the text says that it is rounded.
    Prozent { zahl: u64, stellen: u32, rund: bool },
}

impl Anteil {
    /// Whether so many of these shares are the whole.
    fn ergibt_eins(self, anzahl: usize) -> bool {
        match self {
            Self::Teil(n) | Self::GleicheTeile(n) => n == anzahl,
            Self::Prozent {
                zahl,
                stellen,
                rund,
            } => {
                let Ok(n) = u64::try_from(anzahl) else {
                    return false;
                };
                let Some(ganz) = 10_u64.checked_pow(stellen).map(|stufe| stufe * 100) else {
                    return false;
                };
                let Some(summe) = zahl.checked_mul(n).filter(|_| n > 0) else {
                    return false;
                };
                // 12,5 % of eight is exact; a third of 100 % never is, and is rounded in any text.
                let geht_auf = 10_000 % n == 0;
                summe == ganz || (rund || !geht_auf && stellen > 0) && summe.abs_diff(ganz) * 2 <= n
            }
        }
    }
}

/// Shares that do not make a whole: „je 1/7“ where eight share. What „je 1/2“ shares is only known where the sentence names
/// those who share.
pub(super) fn pruefe(
    blatt: &Blatt<'_>,
    teilende: &Teilende,
    in_der_zeit: bool,
    protokoll: &mut Protokoll<'_>,
) {
    for satz in blatt.alles().saetze() {
        let von_allen = TEILENDE
            .iter()
            .any(|worte| satz.enthaelt(worte))
            .then(|| gleicher_teil(&satz).or_else(|| prozent(&satz)))
            .flatten();
        let zu_gleichen = || {
            let teil = gleicher_teil(&satz).or_else(|| prozent(&satz))?;
            (satz.enthaelt("gleichen Teilen") && teil.1 != Anteil::Teil(2)).then_some(teil)
        };
        let eigener = || eigener_teil(&satz).map(|(stelle, n)| (stelle, Anteil::Teil(n)));
        let gefunden = von_allen
            .or_else(zu_gleichen)
            .or_else(eigener)
            .or_else(|| jeder::teil(&satz))
            .or_else(|| jeder::gleiche_teile(&satz));
        let Some((stelle, anteil)) = gefunden else {
            continue;
        };
        // „je 1/4 Stelle“ is no share of the costs.
        let danach = satz.versatz(&stelle) + stelle.text().len();
        let danach = satz
            .text()
            .get(danach..)
            .and_then(|rest| rest.strip_prefix(' '));
        let von_etwas = danach.is_some_and(|rest| rest.starts_with(char::is_uppercase))
            || ist_anderes(&satz, &stelle);
        // „je ein Viertel der Kommunen“ counts municipalities.
        let von_ihnen = danach
            .and_then(|rest| rest.strip_prefix("der "))
            .is_some_and(|rest| rest.starts_with(char::is_uppercase) && !ist_kosten(rest));
        if von_etwas || von_ihnen || satz.sagt(&RATEN) || satz.sagt(&FRUEHER) || satz.sagt(&GEDACHT)
        {
            continue;
        }
        let Some((schwer, text)) = einwand(blatt, &satz, &stelle, anteil, teilende, in_der_zeit)
        else {
            continue;
        };
        let kosten = ist_kosten(satz.text());
        let meldung = if schwer && kosten && (satz.sagt(&TRAGEN) || satz.enthaelt("Anteil")) {
            protokoll.melde(&stelle, text)
        } else if kosten || satz.sagt(&TRAGEN) || satz.sagt(&ZAHLEN) {
            protokoll.melde_milder(&stelle, text)
        } else {
            continue;
        };
        meldung.abhilfe("den Anteil durch einen Ausdruck wie {{ anwender.anteil }} ersetzen");
    }
}

/// What is wrong with a share, and whether that is an error.
fn einwand(
    blatt: &Blatt<'_>,
    satz: &Passage<'_>,
    stelle: &Passage<'_>,
    anteil: Anteil,
    teilende: &Teilende,
    in_der_zeit: bool,
) -> Option<(bool, String)> {
    let passt = |groessen: &[usize]| groessen.iter().any(|n| anteil.ergibt_eins(*n));
    if passt(&teilende.jetzt) {
        return None;
    }
    let worte = stelle.text();
    let gezaehlt = gezaehlte(satz.text());
    if !gezaehlt.is_empty() && !passt(&gezaehlt) {
        let zahl = gezaehlt.first().copied().unwrap_or_default();
        return Some((
            true,
            match anteil {
                Anteil::GleicheTeile(_) => {
                    format!("„{worte}“ passt nicht zu den {zahl} Zahlenden")
                }
                _ => format!("„{worte}“ ergibt bei {zahl} Zahlenden zusammen nicht 1"),
            },
        ));
    }
    if !passt(&teilende.je) {
        // „Zehn Kommunen tragen je 1/10“ adds up. Whether they are those of the agreement is asked of the number.
        if !gezaehlt.is_empty() && !satz.enthaelt("Anwender*") {
            return None;
        }
        let text = match anteil {
            Anteil::Teil(n) => {
                format!(
                    "„{worte}“ ergibt zusammen nicht 1: zu keiner Zeit teilen sich {n} Beteiligte die Kosten"
                )
            }
            Anteil::GleicheTeile(n) => {
                format!("„{worte}“: zu keiner Zeit teilen sich {n} Beteiligte die Kosten")
            }
            Anteil::Prozent { .. } => format!("„{worte}“ ergibt zusammen zu keiner Zeit 100 %"),
        };
        // „Im Kreis Soest tragen …“ may speak of others.
        let von_ihnen = !satz.sagt(&["Kreis", "Kreises"]) || satz.enthaelt("Anwender*");
        return Some((von_ihnen, text));
    }
    let zahl = teilende
        .jetzt
        .first()
        .filter(|_| gezaehlt.is_empty() && in_der_zeit && !hat_andere_zeit(satz, stelle))?;
    // What an expression made follows the data, whichever of them it names.
    let ende = stelle.teil(stelle.text().len().saturating_sub(1)..stelle.text().len());
    if blatt.papier.ausdruck(&ende.bereich()).is_some() {
        return None;
    }
    let in_ihr = blatt.papier.art == "vereinbarung";
    Some((
        in_ihr,
        format!(
            "„{worte}“: so viele waren es früher; nach der Vereinbarung teilen sich {zahl} Beteiligte die Kosten, je 1/{zahl}"
        ),
    ))
}

/// How many a sentence says that share: none where it names several numbers.
fn gezaehlte(satz: &str) -> Vec<usize> {
    let funde = funde(satz);
    let Some(erster) = funde.first() else {
        return Vec::new();
    };
    if funde.iter().any(|fund| fund.wert != erster.wert) {
        return Vec::new();
    }
    let mut groessen = vec![erster.wert];
    // „die übrigen sieben“ leave one out; of all parties one may not pay.
    if erster.uebrige {
        groessen.push(erster.wert + 1);
    }
    if erster.zaehlt == Zaehlt::Alle {
        groessen.push(erster.wert.saturating_sub(1));
    }
    groessen
}

/// Whether a sentence speaks of another time; what stands in brackets without the share does not count.
fn hat_andere_zeit(satz: &Passage<'_>, stelle: &Passage<'_>) -> bool {
    let text = satz.text();
    let share = satz.versatz(stelle);
    let in_klammern = |worte: &Passage<'_>| {
        let at = satz.versatz(worte);
        let davor = text.get(..at).unwrap_or_default();
        let offen = davor
            .rfind('(')
            .filter(|von| !davor.get(*von..).unwrap_or_default().contains(')'));
        offen.is_some_and(|von| {
            let bis = text
                .get(von..)
                .and_then(|rest| rest.find(')'))
                .map_or(text.len(), |i| von + i);
            !(von..bis).contains(&share)
        })
    };
    let mut worte = ANDERE_ZEIT.iter().flat_map(|worte| satz.finde(worte));
    satz.tage().next().is_some() || hat_jahr(text) || worte.any(|worte| !in_klammern(&worte))
}

/// Whether a year stands in a text: „2021“.
fn hat_jahr(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit())
        .any(|ziffern| ziffern.len() == 4 && ziffern.starts_with("20"))
}

/// Words with which a percentage is said to be rounded.
const GERUNDET: [&str; 6] = ["rund ", "ca. ", "etwa ", "circa ", "gerundet ", "knapp "];

/// The equal share in per cent: „je 12,5 %“.
fn prozent<'b>(satz: &Passage<'b>) -> Option<(Passage<'b>, Anteil)> {
    let text = satz.text();
    if !text.contains('%') && !text.contains("Prozent") {
        return None;
    }
    let stellen = ["je", "jeweils"].into_iter().flat_map(|je| satz.finde(je));
    stellen.into_iter().find_map(|je| {
        let von = satz.versatz(&je);
        let nach = von + je.text().len();
        let (bis, anteil) =
            prozentsatz(text, nach + text.get(nach..)?.strip_prefix(' ').map(|_| 1)?)?;
        Some((satz.teil(von..bis), anteil))
    })
}

/// The percentage that begins here, and where it ends.
fn prozentsatz(text: &str, von: usize) -> Option<(usize, Anteil)> {
    let rest = text.get(von..)?;
    let ohne = GERUNDET.iter().find_map(|wort| rest.strip_prefix(wort));
    let zahl = ohne.unwrap_or(rest);
    let lang = zahl.len()
        - zahl
            .trim_start_matches(|c: char| c.is_ascii_digit() || c == ',')
            .len();
    let ziffern = zahl.get(..lang)?;
    let danach = zahl.get(lang..)?;
    let einheit = danach.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let wort = ["%", "Prozent"]
        .iter()
        .find(|wort| einheit.starts_with(**wort))?;
    let (ganz, bruch) = ziffern.split_once(',').unwrap_or((ziffern, ""));
    let wert: u64 = format!("{ganz}{bruch}").parse().ok()?;
    let anteil = Anteil::Prozent {
        zahl: wert,
        stellen: u32::try_from(bruch.len()).ok().filter(|n| *n <= 6)?,
        rund: ohne.is_some(),
    };
    // More than a half is no equal share.
    let ganze: u64 = ganz.parse().ok()?;
    let bis = text.len() - einheit.len() + wort.len();
    (1..=50).contains(&ganze).then_some((bis, anteil))
}

fn ist_kosten(text: &str) -> bool {
    let klein = text.to_lowercase();
    KOSTEN.iter().any(|teil| klein.contains(teil))
}

/// How far around a share a word belongs to it, in bytes.
const NAEHE: usize = 25;

fn ist_anderes(satz: &Passage<'_>, stelle: &Passage<'_>) -> bool {
    let text = satz.text();
    let von = satz.versatz(stelle);
    let bis = von + stelle.text().len();
    let umfeld = satz.teil(
        text.floor_char_boundary(von.saturating_sub(NAEHE))..text.ceil_char_boundary(bis + NAEHE),
    );
    ANDERES.iter().any(|worte| umfeld.enthaelt(worte))
}

/// Words of a sentence that says what one body bears.
const TRAEGT: [&str; 5] = ["Anteil*", "trägt", "übernimmt", "zahlt", "entfällt"];

/// What a share of all costs stands before.
const DER_KOSTEN: [&str; 11] = [
    "der Kosten",
    "der Gesamtkosten",
    "der jährlichen Kosten",
    "der laufenden Kosten",
    "der anfallenden Kosten",
    "der Aufwendungen",
    "der jährlichen Aufwendungen",
    "der anfallenden Aufwendungen",
    "des Aufwands",
    "des Aufwandes",
    "des Jahresbetrags",
];

/// Whether a text goes on with all costs: „der Kosten“, not „der Kostensteigerung“.
fn beginnt_mit_allen_kosten(text: &str) -> bool {
    DER_KOSTEN.iter().any(|worte| {
        let rest = text.strip_prefix(worte);
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    })
}

/// The share of one body in all costs, and among how many that would be: „Der Anteil der Stadt beträgt 1/9 der Kosten“.
fn eigener_teil<'b>(satz: &Passage<'b>) -> Option<(Passage<'b>, usize)> {
    if !TRAEGT.iter().any(|worte| satz.enthaelt(worte)) {
        return None;
    }
    let in_ziffern = satz.finde("1/*").filter_map(|stelle| {
        let n = stelle.text().strip_prefix("1/")?.parse().ok()?;
        Some((stelle, n))
    });
    // „Ein Drittel der Kosten trägt das Land“ is a share of somebody else.
    let jeder = satz.enthaelt("jede*") || TEILENDE.iter().any(|worte| satz.enthaelt(worte));
    let in_worten = BRUCHTEILE.iter().filter(|_| jeder).flat_map(|(wort, n)| {
        let stellen = ["ein", "einem"].into_iter();
        let stellen =
            stellen.flat_map(move |ein| satz.finde(&format!("{ein} {wort}")).collect::<Vec<_>>());
        stellen.map(|stelle| (stelle, *n))
    });
    in_ziffern.chain(in_worten).find_map(|(stelle, n)| {
        let danach = satz.versatz(&stelle) + stelle.text().len();
        let danach = satz.text().get(danach..)?.trim_start();
        beginnt_mit_allen_kosten(danach).then_some((stelle, n))
    })
}

/// The first equal share that a sentence names.
fn gleicher_teil<'b>(satz: &Passage<'b>) -> Option<(Passage<'b>, Anteil)> {
    let gleich = satz.enthaelt("gleichen Teilen");
    let in_ziffern = ["je 1/*", "jeweils 1/*", "jede* 1/*", "zu 1/*"]
        .into_iter()
        .filter(|worte| gleich || !worte.starts_with("zu"))
        .flat_map(|worte| {
            satz.finde(worte)
                .filter_map(|stelle| {
                    let (_, bruch) = stelle.text().split_once('/')?;
                    let n = bruch.parse().ok()?;
                    Some((stelle, n))
                })
                .collect::<Vec<_>>()
        });
    // Where no „tel“ stands, no such word does.
    let hat_teile = satz.text().contains("tel") || satz.text().contains("Hälfte");
    let in_worten = BRUCHTEILE
        .iter()
        .filter(|_| hat_teile)
        .filter(|(wort, _)| satz.enthaelt(wort))
        .filter_map(|(wort, n)| {
            [
                "je ein",
                "je einem",
                "jeweils ein",
                "jeweils einem",
                "jede* ein",
                "jede* zu einem",
                "zu einem",
            ]
            .iter()
            .filter(|je| gleich || **je != "zu einem")
            .find_map(|je| satz.finde(&format!("{je} {wort}")).next())
            .map(|stelle| (stelle, *n))
        });
    in_ziffern
        .chain(in_worten)
        .min_by_key(|(stelle, _)| satz.versatz(stelle))
        .map(|(stelle, n)| (stelle, Anteil::Teil(n)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prozent(zahl: u64, stellen: u32) -> Anteil {
        Anteil::Prozent {
            zahl,
            stellen,
            rund: false,
        }
    }

    #[test]
    fn a_percentage_that_can_be_exact_has_to_be() {
        assert!(prozent(125, 1).ergibt_eins(8));
        assert!(!prozent(13, 0).ergibt_eins(8));
        assert!(!prozent(12, 0).ergibt_eins(8));
        assert!(prozent(20, 0).ergibt_eins(5));
    }

    #[test]
    fn a_percentage_that_never_is_exact_may_be_rounded() {
        assert!(prozent(143, 1).ergibt_eins(7));
        assert!(prozent(1429, 2).ergibt_eins(7));
        assert!(!prozent(14, 0).ergibt_eins(7));
        let rund = Anteil::Prozent {
            zahl: 14,
            stellen: 0,
            rund: true,
        };
        assert!(rund.ergibt_eins(7));
    }

    #[test]
    fn a_sentence_counts_those_who_share() {
        assert_eq!(gezaehlte("bei acht Anwenderkommunen je 1/7"), [8]);
        assert_eq!(
            gezaehlte("die übrigen sieben Kommunen tragen je 1/8"),
            [7, 8]
        );
        assert!(gezaehlte("sechs Kommunen und zwei Parteien").is_empty());
    }
}
