//! A literal count of municipalities or parties fits a set of the matter on some day.

mod frueher;
mod saetze;

use std::collections::BTreeSet;

use chrono::Days;

use frueher::{Stand, Zeit};
use saetze::{
    aufgezaehlte, ist_politisch, ist_schwelle, ist_teilmenge, ist_vergangen, mit_artikel,
    spricht_von_teilnahme,
};

use super::super::zaehlung::{Fund, Zaehlt, funde};
use super::super::{Blatt, Gewicht, Grundlage, Lage, Passage, Protokoll, Regel};
use crate::compute::{Menge, mengen, sprache};
use crate::diagnostic::Stelle;
use crate::input::Datum;
use crate::template::Herkunft;

pub(super) const REGEL: Regel = Regel {
    name: "zahl-passt-zu-keiner-menge",
    schwere: Gewicht::WarnungOderHinweis,
    grundlage: Grundlage::Redaktion,
    normen: &[],
    gilt: "für jede Vereinbarung, aus der ein Papier entsteht, und die Drucksachen dazu",
    braucht: &["nutzung", "vereinbarungen.*.parteien"],
    text: include_str!("zahl_passt_zu_keiner_menge.md"),
    pruefe,
};

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    let anwender = anwender_je_tag(lage);
    let mengen = alle_mengen(lage, &anwender);
    let mut hingewiesen: BTreeSet<(String, usize)> = BTreeSet::new();
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        let Some(beteiligte) = lage.beteiligte(vereinbarung) else {
            continue;
        };
        let mut blaetter: Vec<&Blatt<'_>> = Vec::new();
        for art in ["vereinbarung", "organisationskonzept", "kostenuebersicht"] {
            blaetter.extend(lage.papier_zu(vereinbarung, art));
        }
        for drucksache in lage.drucksachen_zu(vereinbarung) {
            blaetter.extend(lage.vorlage(drucksache));
        }
        let stand = Stand::von(lage, vereinbarung, beteiligte, &anwender);
        let vergleich = Vergleich {
            mengen: &mengen,
            stand,
        };
        for blatt in blaetter {
            pruefe_blatt(blatt, &vergleich, &mut hingewiesen, protokoll);
        }
    }
}

/// What a number is held against.
struct Vergleich<'l, 'a> {
    /// All sets of the matter.
    mengen: &'l [Menge<'a>],
    /// Those of the agreement.
    stand: Stand<'l, 'a>,
}

fn pruefe_blatt(
    blatt: &Blatt<'_>,
    vergleich: &Vergleich<'_, '_>,
    hingewiesen: &mut BTreeSet<(String, usize)>,
    protokoll: &mut Protokoll<'_>,
) {
    for satz in blatt.alles().saetze() {
        let funde = funde(satz.text());
        if funde.is_empty() || satz.von_anderen_vereinbarungen() {
            continue;
        }
        let teilmenge = ist_teilmenge(satz.text());
        let politisch = ist_politisch(satz.text());
        for fund in funde {
            // „die acht Kommunen“ are all of them, whatever they do.
            let alle = mit_artikel(satz.text(), &fund.zahl);
            if politisch || teilmenge && !alle || ist_schwelle(satz.text(), &fund) {
                continue;
            }
            // „Die beiden Städte Selm und Werne“ says itself which ones it counts.
            if satz
                .text()
                .get(fund.nomen.end..)
                .is_some_and(|danach| aufgezaehlte(danach) == fund.wert)
            {
                continue;
            }
            let zahl = satz.teil(fund.zahl.clone());
            let ganz = satz.teil(fund.zahl.start..fund.nomen.end);
            if !ist_woertlich(blatt, &zahl, &ganz) {
                continue;
            }
            let gemeint = alle || spricht_von_teilnahme(&satz, &fund);
            let urteil = urteil(blatt, vergleich, &satz, &fund, alle, gemeint);
            // Of a number that fits, one note in each place of the prose: templates are included in many papers.
            let neu = |hingewiesen: &mut BTreeSet<_>| {
                in_prosa(blatt, &zahl).is_some_and(|stelle| hingewiesen.insert(stelle))
            };
            let text = ganz.text();
            match urteil {
                Urteil::NieAlle => protokoll
                    .melde(&ganz, format!("„{text}“: so viele sind es zu keiner Zeit"))
                    .abhilfe(AUSDRUCK),
                Urteil::NieVielleicht => protokoll
                    .melde_milder(
                        &ganz,
                        format!("„{text}“: falls damit alle gemeint sind, stimmt die Zahl nicht; so viele sind es zu keiner Zeit"),
                    )
                    .abhilfe("prüfen, ob nur ein Teil gemeint ist; sind es alle, die Zahl berichtigen"),
                Urteil::Frueher(schwer) if schwer || neu(hingewiesen) => {
                    let jetzt = sprache::zahlwort(vergleich.stand.jetzt(fund.zaehlt));
                    let text = format!("„{text}“: so viele waren es früher; nach der Vereinbarung sind es {jetzt}");
                    let meldung = if schwer {
                        protokoll.melde(&ganz, text)
                    } else {
                        protokoll.melde_milder(&ganz, text)
                    };
                    meldung.abhilfe(match fund.zaehlt {
                        Zaehlt::Alle => "die Zahl prüfen; am besten einen Ausdruck wie {{ parteien.zahlwort }} schreiben",
                        _ => AUSDRUCK,
                    })
                }
                Urteil::VonHand if neu(hingewiesen) => protokoll
                    .melde_milder(
                        &ganz,
                        format!("„{text}“ stimmt, ändert sich aber nicht mit den Angaben"),
                    )
                    .abhilfe("statt der Zahl einen Ausdruck wie {{ anwender.zahlwort }} oder {{ bestand.zahlwort }} schreiben"),
                Urteil::Frueher(_) | Urteil::VonHand | Urteil::Keins => continue,
            };
        }
    }
}

/// What to do about a number that does not fit.
const AUSDRUCK: &str =
    "die Zahl prüfen; am besten einen Ausdruck wie {{ anwender.zahlwort }} schreiben";

/// What there is to say of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Urteil {
    /// All are counted, and there never were so many.
    NieAlle,
    /// The same, if all are counted.
    NieVielleicht,
    /// There were so many only before the agreement; whether the sentence speaks of its time.
    Frueher(bool),
    /// It fits, but somebody typed it.
    VonHand,
    /// Nothing.
    Keins,
}

fn urteil(
    blatt: &Blatt<'_>,
    vergleich: &Vergleich<'_, '_>,
    satz: &Passage<'_>,
    fund: &Fund,
    alle: bool,
    gemeint: bool,
) -> Urteil {
    if !groessen(vergleich.mengen, fund.zaehlt, fund.uebrige).contains(&fund.wert) {
        return match (alle, gemeint) {
            (true, _) => Urteil::NieAlle,
            (false, true) => Urteil::NieVielleicht,
            (false, false) => Urteil::Keins,
        };
    }
    if ist_vergangen(satz) {
        return Urteil::Keins;
    }
    let zeit = vergleich.stand.zeit(satz);
    if zeit == Zeit::Andere || !vergleich.stand.war_nur_frueher(satz, fund) {
        return Urteil::VonHand;
    }
    if !gemeint {
        return Urteil::Keins;
    }
    // What an agreement says, it says of its own time.
    Urteil::Frueher(zeit == Zeit::Vereinbarung || blatt.papier.art == "vereinbarung")
}

/// Whether somebody wrote the number down: no expression made it alone.
fn ist_woertlich(blatt: &Blatt<'_>, zahl: &Passage<'_>, ganz: &Passage<'_>) -> bool {
    match blatt.papier.ausdruck(&zahl.bereich()) {
        None => true,
        // A longer value of the facts holds number and noun; what is computed gives the number alone.
        Some(ausdruck) => ausdruck.end >= ganz.bereich().end && ausdruck.len() > ganz.text().len(),
    }
}

/// The place in the matter's prose, if the number stands there as such.
fn in_prosa(blatt: &Blatt<'_>, zahl: &Passage<'_>) -> Option<(String, usize)> {
    let bereich = zahl.bereich();
    let spuren = &blatt.papier.spuren;
    let i = spuren.partition_point(|(spur, _)| spur.start <= bereich.start);
    let (_, ursprung) = spuren.get(i.checked_sub(1)?)?;
    if ursprung.ausdruck || ursprung.art != Herkunft::Prosa {
        return None;
    }
    match blatt.papier.ursprung(&bereich)? {
        Stelle::Datei { datei, bereich } => Some((datei.to_string(), bereich.start)),
        _ => None,
    }
}

/// All sets of the matter, on all days on which one changes.
fn alle_mengen<'a>(lage: &Lage<'a>, anwender: &[Anwenderstand<'a>]) -> Vec<Menge<'a>> {
    let vorgang = lage.vorgang;
    let mut mengen = Vec::new();
    for beteiligte in lage.zahlen.vereinbarungen.values() {
        mengen.push(beteiligte.parteien.clone());
        mengen.push(beteiligte.bestand.clone());
        mengen.push(beteiligte.beitritt.clone());
        mengen.push(beteiligte.anwender.clone());
        mengen.extend(beteiligte.empfaenger.values().cloned());
    }
    mengen.extend(anwender.iter().map(|(_, menge)| menge.clone()));
    mengen.push(Menge::aus(vorgang, vorgang.koerperschaften.values()));
    mengen
}

/// Who uses the service from a day on.
type Anwenderstand<'a> = (Datum, Menge<'a>);

/// Who uses the service, on all days on which that changes.
fn anwender_je_tag<'a>(lage: &Lage<'a>) -> Vec<Anwenderstand<'a>> {
    let vorgang = lage.vorgang;
    let mut tage: BTreeSet<Datum> = BTreeSet::new();
    for nutzung in &vorgang.nutzung {
        tage.insert(nutzung.von);
        let danach = nutzung
            .bis
            .and_then(|bis| bis.tag().checked_add_days(Days::new(1)));
        tage.extend(danach.map(Datum::from));
    }
    tage.into_iter()
        .map(|tag| (tag, mengen::anwender_am(vorgang, tag)))
        .collect()
}

/// How many of the sets' bodies the noun can count.
fn groessen<'m, 'a: 'm>(
    mengen: impl IntoIterator<Item = &'m Menge<'a>>,
    zaehlt: Zaehlt,
    uebrige: bool,
) -> BTreeSet<usize> {
    let mut groessen = BTreeSet::new();
    for menge in mengen {
        let gemeinden = menge.gemeinden();
        let staedte = gemeinden.iter().filter(|k| k.gattung == "Stadt").count();
        let alle = gemeinden.anzahl();
        match zaehlt {
            Zaehlt::Gemeinden => groessen.extend([alle]),
            Zaehlt::Staedte => groessen.extend([staedte]),
            Zaehlt::Gattungslose => groessen.extend([alle, alle - staedte]),
            Zaehlt::Alle => groessen.extend([menge.anzahl(), alle]),
        }
    }
    if uebrige {
        let weniger: Vec<usize> = groessen.iter().map(|n| n.saturating_sub(1)).collect();
        groessen.extend(weniger);
    }
    groessen
}
