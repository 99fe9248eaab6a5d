//! Tables of shares and amounts as printed: the shares are 1, and the amounts are the sum that stands below them.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

use super::super::super::{Blatt, Passage, Protokoll};
use crate::input::{Betrag, Bruch, Cent};

/// What the head of a column with shares begins with.
const ANTEILE: [&str; 2] = ["Anteil", "Kostenanteil"];

/// What the first cell of a row with totals begins with.
const SUMMEN: [&str; 4] = ["Summe", "Gesamt", "Insgesamt", "Endsumme"];

/// The same, where nothing but the word tells that amounts are added: „Gesamtergebnis“ may be a difference.
const SICHERE_SUMMEN: [&str; 3] = ["Summe", "Gesamtsumme", "Endsumme"];

/// What the first cell of a row begins with that repeats what stands in others.
const TEILSUMMEN: [&str; 6] = [
    "Zwischensumme",
    "Teilsumme",
    "Übertrag",
    "Brutto",
    "davon",
    "darunter",
];

/// What the first cell of a row begins with that may be taken off, in lower case.
const ABZUEGE: [&str; 12] = [
    "abzüglich",
    "./.",
    "minus",
    "–",
    "-",
    "ertr",
    "einnahme",
    "einzahlung",
    "zuwendung",
    "zuschuss",
    "förder",
    "erstattung",
];

/// Words in the head of a column whose amounts are not added, in lower case.
const EINZELN: [&str; 5] = ["je ", "pro ", "durchschnitt", "einzelpreis", "satz"];

/// A table: the cells of its head, and its rows.
struct Tabelle<'b> {
    titel: Vec<&'b str>,
    reihen: Vec<Passage<'b>>,
    /// Whether one of the rows holds totals.
    hat_summe: bool,
}

/// Reports what does not add up in the tables of a paper.
pub(super) fn pruefe(blatt: &Blatt<'_>, protokoll: &mut Protokoll<'_>) {
    let alles = blatt.alles();
    let mut tabelle: Option<Tabelle<'_>> = None;
    for zeile in alles.zeilen() {
        if !zeile.text().contains('\t') {
            if let Some(fertig) = tabelle.take() {
                eine(blatt, &fertig, protokoll);
            }
            continue;
        }
        let zellen = zellen(&zeile);
        match &mut tabelle {
            Some(offen) if !beginnt_neu(offen, &zellen) => {
                offen.hat_summe |= beginnt_mit(&zeile, &SUMMEN);
                offen.reihen.push(zeile);
            }
            _ => {
                let neue = Tabelle {
                    titel: zellen,
                    reihen: Vec::new(),
                    hat_summe: false,
                };
                if let Some(fertig) = tabelle.replace(neue) {
                    eine(blatt, &fertig, protokoll);
                }
            }
        }
    }
    if let Some(fertig) = tabelle {
        eine(blatt, &fertig, protokoll);
    }
}

fn zellen<'b>(zeile: &Passage<'b>) -> Vec<&'b str> {
    zeile.text().split('\t').map(str::trim).collect()
}

fn zelle<'b>(zeile: &Passage<'b>, i: usize) -> &'b str {
    zeile.text().split('\t').nth(i).unwrap_or_default().trim()
}

fn ist_anteil(titel: &str) -> bool {
    ANTEILE.iter().any(|wort| titel.starts_with(wort))
}

fn beginnt_mit(zeile: &Passage<'_>, worte: &[&str]) -> bool {
    let erste = zelle(zeile, 0);
    worte.iter().any(|wort| erste.starts_with(wort))
}

/// A second table right behind: another head, or a row without numbers behind the totals.
fn beginnt_neu(tabelle: &Tabelle<'_>, zellen: &[&str]) -> bool {
    let ohne_zahl = zellen
        .iter()
        .all(|z| !z.contains(|c: char| c.is_ascii_digit()));
    zellen.iter().any(|zelle| ist_anteil(zelle)) || tabelle.hat_summe && ohne_zahl
}

fn eine(blatt: &Blatt<'_>, tabelle: &Tabelle<'_>, protokoll: &mut Protokoll<'_>) {
    let mit_anteil = tabelle.titel.iter().any(|titel| ist_anteil(titel));
    let summen: &[&str] = if mit_anteil { &SUMMEN } else { &SICHERE_SUMMEN };
    let letzte = tabelle.reihen.iter().rposition(|r| beginnt_mit(r, summen));
    let reihen: Vec<&Passage<'_>> = tabelle
        .reihen
        .iter()
        .take(letzte.unwrap_or(tabelle.reihen.len()))
        .filter(|r| !beginnt_mit(r, &TEILSUMMEN) && !beginnt_mit(r, &SUMMEN))
        .collect();
    match letzte.and_then(|i| tabelle.reihen.get(i)) {
        Some(summe) => mit_summe(&tabelle.titel, &reihen, summe, mit_anteil, protokoll),
        None if mit_anteil => ohne_summe(blatt, &tabelle.titel, &reihen, protokoll),
        None => {}
    }
}

/// A table without a row of totals may show only some of the shares; that they are not 1 is worth a look.
fn ohne_summe(
    blatt: &Blatt<'_>,
    titel: &[&str],
    reihen: &[&Passage<'_>],
    protokoll: &mut Protokoll<'_>,
) {
    let spalte = titel.iter().position(|titel| ist_anteil(titel));
    let (Some(i), Some(letzte), true) = (spalte, reihen.last(), reihen.len() > 1) else {
        return;
    };
    // A computed table shows what it means to show.
    let berechnet = reihen.iter().any(|zeile| {
        let zelle = zelle(zeile, i);
        let von = zeile.text().rfind(zelle).unwrap_or_default();
        let zelle = zeile.teil(von..von + zelle.len());
        blatt.papier.ausdruck(&zelle.bereich()).is_some()
    });
    if berechnet {
        return;
    }
    let spalte: Vec<&str> = reihen.iter().map(|zeile| zelle(zeile, i)).collect();
    let titel = titel.get(i).copied().unwrap_or_default();
    if let Some(Anteile { summe, .. }) = anteile(&spalte, titel).filter(|a| !a.gehen_auf) {
        protokoll
            .melde_milder(
                *letzte,
                format!("die Anteile dieser Tabelle ergeben zusammen {summe}"),
            )
            .abhilfe("die Anteile prüfen, die fehlenden ergänzen und durch Ausdrücke ersetzen");
    }
}

fn mit_summe(
    titel: &[&str],
    reihen: &[&Passage<'_>],
    summe_der_tabelle: &Passage<'_>,
    mit_anteil: bool,
    protokoll: &mut Protokoll<'_>,
) {
    let abgezogen = !mit_anteil
        && reihen.iter().any(|zeile| {
            let erste = zelle(zeile, 0).to_lowercase();
            ABZUEGE.iter().any(|wort| erste.starts_with(wort))
        });
    for (i, titel) in titel.iter().enumerate() {
        let spalte: Vec<&str> = reihen.iter().map(|zeile| zelle(zeile, i)).collect();
        if ist_anteil(titel)
            && let Some(anteile) = anteile(&spalte, titel)
        {
            if !anteile.gehen_auf {
                let text = format!(
                    "die Anteile dieser Tabelle ergeben zusammen {}",
                    anteile.summe
                );
                // „Anteil der Fälle“ is no share of the costs.
                let anderes = titel.starts_with("Anteil der") || titel.starts_with("Anteil an");
                let meldung = if anderes && !titel.to_lowercase().contains("kosten") {
                    protokoll.melde_milder(summe_der_tabelle, text)
                } else {
                    protokoll.melde(summe_der_tabelle, text)
                };
                meldung.abhilfe("die Anteile prüfen und durch Ausdrücke ersetzen");
            }
            continue;
        }
        let klein = titel.to_lowercase();
        if abgezogen || EINZELN.iter().any(|wort| klein.contains(wort)) {
            continue;
        }
        let betraege: Option<Vec<Cent>> = spalte.iter().map(|z| betrag(z, titel)).collect();
        let gedruckt = betrag(zelle(summe_der_tabelle, i), titel);
        let (Some(betraege), Some(gedruckt)) = (betraege.filter(|b| !b.is_empty()), gedruckt)
        else {
            continue;
        };
        let Some(summe) = summe(betraege.into_iter()).filter(|summe| *summe != gedruckt) else {
            continue;
        };
        let text = format!("die Beträge dieser Tabelle ergeben zusammen {summe}, nicht {gedruckt}");
        let meldung = if mit_anteil {
            protokoll.melde(summe_der_tabelle, text)
        } else {
            // What the rows of any other table are, only its authors know.
            protokoll.melde_milder(summe_der_tabelle, text)
        };
        meldung.abhilfe("die Beträge prüfen und durch Ausdrücke ersetzen");
    }
}

/// The sum of amounts; `None` if it is too large.
pub(super) fn summe(mut betraege: impl Iterator<Item = Cent>) -> Option<Cent> {
    betraege.try_fold(Cent(0), Cent::checked_add)
}

/// What a column of shares sums up to.
struct Anteile {
    /// In words after „ergeben zusammen“.
    summe: String,
    /// Whether that is the whole, as far as the digits tell.
    gehen_auf: bool,
}

/// The shares of a column, all of them fractions, all percentages, or all decimals below 1.
fn anteile(spalte: &[&str], titel: &str) -> Option<Anteile> {
    if spalte.is_empty() {
        return None;
    }
    let summe = |werte: Vec<BigRational>| werte.into_iter().fold(BigRational::zero(), |a, b| a + b);
    if let Some(brueche) = spalte.iter().map(|z| bruch(z)).collect::<Option<Vec<_>>>() {
        let summe = summe(brueche);
        return Some(Anteile {
            gehen_auf: summe.is_one(),
            summe: format!("{summe}, nicht 1"),
        });
    }
    // „Anteil in %“ needs no sign in its cells; without one, 0,125 is an eighth.
    let in_prozent = titel.contains('%') || spalte.iter().any(|z| z.ends_with('%'));
    let zahlen: Vec<(BigRational, u32)> = spalte
        .iter()
        .map(|z| dezimalzahl(z.strip_suffix('%').filter(|_| in_prozent).unwrap_or(z)))
        .collect::<Option<Vec<_>>>()?;
    let stellen = zahlen.iter().map(|(_, stellen)| *stellen).max()?;
    let unter_eins = |(wert, _): &(BigRational, u32)| *wert < BigRational::one();
    if !in_prozent && (stellen == 0 || !zahlen.iter().all(unter_eins)) {
        return None;
    }
    // Each may be rounded by half of its last digit.
    let spiel = BigRational::new(
        BigInt::from(zahlen.len()),
        BigInt::from(2) * BigInt::from(10).pow(stellen),
    );
    let summe = summe(zahlen.into_iter().map(|(wert, _)| wert).collect());
    let (ganzes, einheit) = if in_prozent { (100, " %") } else { (1, "") };
    let soll = BigRational::from_integer(BigInt::from(ganzes));
    Some(Anteile {
        gehen_auf: (&summe - &soll).abs() <= spiel,
        summe: format!(
            "{}{einheit}, nicht {ganzes}{einheit}",
            dezimal(&summe, stellen)
        ),
    })
}

/// A number with that many digits behind the comma; it has no more.
fn dezimal(wert: &BigRational, stellen: u32) -> String {
    let ganz = (wert * BigRational::from_integer(BigInt::from(10).pow(stellen))).to_integer();
    let ziffern = ganz.to_string();
    let Ok(stellen) = usize::try_from(stellen) else {
        return ziffern;
    };
    if stellen == 0 {
        return ziffern;
    }
    let ziffern = format!("{ziffern:0>breite$}", breite = stellen + 1);
    let (vor, nach) = ziffern.split_at(ziffern.len() - stellen);
    format!("{vor},{nach}")
}

/// „12,5“ as printed, and how many digits stand behind the comma.
fn dezimalzahl(zelle: &str) -> Option<(BigRational, u32)> {
    let zahl = zelle.trim();
    let (ganz, nach) = zahl.split_once(',').unwrap_or((zahl, ""));
    let nur_ziffern = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if ganz.is_empty() || !nur_ziffern(ganz) || !nur_ziffern(nach) || zahl.len() > MEHR_ALS_GENUG {
        return None;
    }
    let stellen = u32::try_from(nach.len()).ok()?;
    let zaehler: BigInt = format!("{ganz}{nach}").parse().ok()?;
    Some((
        BigRational::new(zaehler, BigInt::from(10).pow(stellen)),
        stellen,
    ))
}

/// No percentage has more characters.
const MEHR_ALS_GENUG: usize = 12;

/// „1/8“ as printed.
fn bruch(zelle: &str) -> Option<BigRational> {
    let (zaehler, nenner) = zelle.split_once('/')?;
    let zaehler: BigInt = zaehler.trim().parse().ok()?;
    let nenner: BigInt = nenner.trim().parse().ok()?;
    if nenner.is_zero() {
        return None;
    }
    Bruch::neu(BigRational::new(zaehler, nenner)).map(|bruch| bruch.wert().clone())
}

/// „3.328,13 €“ as printed, or „3.328,13“ below a head that names euros.
fn betrag(zelle: &str, titel: &str) -> Option<Cent> {
    let zahl = match zelle.strip_suffix('€') {
        Some(zahl) => zahl,
        None if in_euro(titel) => zelle,
        None => return None,
    };
    zahl.trim().parse::<Betrag>().ok()?.cent()
}

/// Whether a head says that the numbers below are euros, not thousands of them.
fn in_euro(titel: &str) -> bool {
    let tausende = ["T€", "TEUR", "Tsd", "Mio"];
    let worte = || titel.split(|c: char| !c.is_alphanumeric() && c != '€');
    worte().any(|wort| matches!(wort, "€" | "Euro" | "EUR"))
        && !tausende.iter().any(|wort| titel.contains(wort))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_may_be_rounded_but_not_more() {
        let auf = |spalte: &[&str]| anteile(spalte, "Anteil").map(|a| a.gehen_auf);
        assert_eq!(auf(&["33 %", "33 %", "33 %"]), Some(true));
        assert_eq!(auf(&["33,3 %", "33,3 %", "33,3 %"]), Some(true));
        assert_eq!(auf(&["25 %", "25 %", "60 %"]), Some(false));
        assert_eq!(auf(&["25 %", "1/4"]), None);
    }

    #[test]
    fn decimals_are_shares_of_one_and_percentages_where_the_head_says_so() {
        let auf = |spalte: &[&str], titel: &str| anteile(spalte, titel).map(|a| a.gehen_auf);
        assert_eq!(auf(&["0,125"; 8], "Anteil"), Some(true));
        assert_eq!(auf(&["0,143"; 7], "Anteil"), Some(true));
        assert_eq!(auf(&["0,125"; 7], "Anteil"), Some(false));
        assert_eq!(auf(&["12,5"; 8], "Anteil in %"), Some(true));
        assert_eq!(auf(&["12,5"; 7], "Anteil in %"), Some(false));
        assert_eq!(auf(&["12,5"; 8], "Anteil"), None);
        assert_eq!(auf(&["1", "2"], "Anteile"), None);
    }

    #[test]
    fn a_sum_of_percentages_is_written_as_printed() {
        let summe = |spalte: &[&str]| anteile(spalte, "Anteil").map(|a| a.summe);
        assert_eq!(
            summe(&["25,5 %", "80 %"]).as_deref(),
            Some("105,5 %, nicht 100 %")
        );
        assert_eq!(summe(&["1/2", "1/3"]).as_deref(), Some("5/6, nicht 1"));
    }

    #[test]
    fn euros_are_named_by_the_cell_or_by_the_head() {
        assert_eq!(betrag("25,00 €", "Betrag"), Some(Cent(2500)));
        assert_eq!(betrag("25,00", "Betrag [€]"), Some(Cent(2500)));
        assert_eq!(betrag("25,00", "Betrag"), None);
        assert_eq!(betrag("25", "Betrag in Tsd. €"), None);
    }
}
