//! What a body is paid for a task may bear turnover tax: the agreement provides for it, and the facts are known.

use rust_decimal::Decimal;

use super::super::{Blatt, Gewicht, Grundlage, Lage, Norm, Protokoll, Regel};
use crate::compute::kosten::{Jahr, Rechnung};
use crate::input::{Betrag, Datum};
use crate::model::Vereinbarung;
use crate::model::koerperschaft::Kasus;
use crate::model::steuer::{Option27, Steuer};
use crate::model::vereinbarung::Entgelt;

pub(super) const REGEL: Regel = Regel {
    name: "umsatzsteuer-offen",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Gesetz,
    normen: &[
        Norm::sekundaer("ustg", "§ 2b Abs. 1"),
        Norm::sekundaer("ustg", "§ 2b Abs. 2"),
        Norm::gesehen("ustg", "§ 27 Abs. 22"),
        Norm::erinnert("ustg", "§ 27 Abs. 22a"),
    ],
    gilt: "wenn für eine Aufgabe etwas gezahlt wird",
    braucht: &["körperschaften.*.steuer"],
    text: include_str!("umsatzsteuer_offen.md"),
    pruefe,
};

/// Words for the tax itself; the name of its law is none.
const STEUER: [&str; 4] = [
    "Umsatzsteuer",
    "umsatzsteuerpflichtig*",
    "umsatzsteuerfrei*",
    "Mehrwertsteuer",
];

/// Words in sentences that speak of the tax.
const UEBERGANG: [&str; 5] = [
    "Umsatzsteuer*",
    "umsatzsteuer*",
    "§ 27 Abs. 22",
    "§ 27 Abs. 22a",
    "§ 2b",
];

/// Words in the same sentence that speak of an end, not of a payment.
const ENDE: [&str; 16] = [
    "Übergang*",
    "Frist",
    "Option*",
    "§ 27 Abs. 22",
    "§ 27 Abs. 22a",
    "endet",
    "endete",
    "enden",
    "läuft",
    "verlängert",
    "längstens",
    "bis",
    "anzuwenden",
    "anwendbar",
    "zwingend",
    "verpflichtend",
];

/// Words before the first day of the new law.
const SEIT: [&str; 4] = [
    "seit",
    "seit dem Jahr",
    "seit dem 1. Januar",
    "seit dem 01.01.",
];

/// Words with which the new law is said to hold for everybody.
const ZWINGEND: [&str; 5] = [
    "anzuwenden",
    "anwendbar",
    "zwingend",
    "verpflichtend",
    "gilt",
];

/// Words of a sentence that says for whom it does, or that it need not.
const FREIWILLIG: [&str; 7] = [
    "nicht",
    "freiwillig",
    "optional",
    "kann",
    "können",
    "widerruf*",
    "widerrufen",
];

/// Words in the same sentence that speak of what once was so.
const FRUEHER: [&str; 3] = ["ursprünglich*", "zunächst", "anfangs"];

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        let Some(beteiligte) = lage.beteiligte(vereinbarung) else {
            continue;
        };
        let tag = lage.vorgang.rechtsstand(vereinbarung);
        if let Some(blatt) = lage.blatt_der_vereinbarung(vereinbarung) {
            if wird_bezahlt(vereinbarung, &beteiligte.kosten.rechnungen)
                && !STEUER.iter().any(|worte| blatt.alles().enthaelt(worte))
            {
                let stelle = blatt.klausel("kosten").unwrap_or_else(|| blatt.alles());
                protokoll
                    .melde(
                        stelle.erste_zeile(),
                        "für eine Aufgabe wird gezahlt, aber die Vereinbarung sagt nichts zur Umsatzsteuer",
                    )
                    .abhilfe("regeln, ob die Beträge ohne Umsatzsteuer gelten und wer sie trägt, wenn sie anfällt");
            }
            uebergang(lage, blatt, tag, protokoll);
        }
        for drucksache in lage.drucksachen_zu(vereinbarung) {
            let vom = drucksache.vorlage_vom.or(drucksache.entscheidungstag());
            if let Some(blatt) = lage.vorlage(drucksache) {
                uebergang(lage, blatt, vom, protokoll);
            }
        }
        match tag {
            Some(tag) => {
                for rechnung in &beteiligte.kosten.rechnungen {
                    anbieter(lage, rechnung, tag, protokoll);
                }
            }
            None if !beteiligte.kosten.rechnungen.is_empty() => protokoll.nicht_pruefbar(
                &vereinbarung.route,
                "es fehlt der Tag, an dem die Übergangsfrist zu prüfen ist: `rechtsstand` oder ein Sitzungsdatum",
            ),
            None => {}
        }
    }
}

fn wird_bezahlt(vereinbarung: &Vereinbarung, kosten: &[Rechnung<'_>]) -> bool {
    !kosten.is_empty()
        || vereinbarung.aufgaben.values().any(|aufgabe| {
            !aufgabe.auslagen.is_empty()
                || aufgabe
                    .entgelt
                    .is_some_and(|entgelt| entgelt != Entgelt::Unentgeltlich)
        })
}

/// An end of the transition that a paper names is the one that was known on the paper's day.
fn uebergang(
    lage: &Lage<'_>,
    blatt: &Blatt<'_>,
    tag: Option<Datum>,
    protokoll: &mut Protokoll<'_>,
) {
    let steuer = &lage.vorgang.recht.umsatzsteuer;
    let bekannt = tag.and_then(|tag| Some((tag, steuer.uebergang_am(tag)?)));
    if tag.is_some() && bekannt.is_none() {
        return;
    }
    for satz in blatt.alles().saetze() {
        let spricht = |worte: &[&str]| worte.iter().any(|worte| satz.enthaelt(worte));
        if !spricht(&UEBERGANG) || !spricht(&ENDE) {
            continue;
        }
        let tage = satz
            .tage()
            .map(|(stelle, genannt)| (stelle, genannt, genannt.to_string()));
        // „Ende 2024“ is the last day of that year.
        let jahre = steuer.uebergang.iter().flat_map(|uebergang| {
            let jahr = jahr_von(uebergang.ende);
            let satz = &satz;
            ["Ende", "Ende des Jahres", "Ablauf des Jahres"]
                .into_iter()
                .filter_map(move |vor| {
                    let worte = format!("{vor} {jahr}");
                    let stelle = satz.finde(&worte).next()?;
                    Some((stelle, uebergang.ende, worte))
                })
        });
        let gilt_seither = spricht(&["§ 2b"]) && spricht(&ZWINGEND) && !spricht(&FREIWILLIG);
        // „ab 2025“, „seit dem 1. Januar 2025“: that begins where the transition ends.
        let danach = steuer.uebergang.iter().flat_map(|uebergang| {
            let jahr = jahr_von(uebergang.ende).saturating_add(1);
            let satz = &satz;
            let seit: &[&str] = if gilt_seither { &SEIT } else { &[] };
            let ab = ["ab", "ab dem Jahr", "ab dem 1. Januar", "ab dem 01.01."].into_iter();
            let worte = ab.chain(seit.iter().copied());
            worte.filter_map(move |vor| {
                let luecke = if vor.ends_with("01.") { "" } else { " " };
                let worte = format!("{vor}{luecke}{jahr}");
                let stelle = satz.finde(&worte).next()?;
                Some((stelle, uebergang.ende, worte))
            })
        });
        let genannte: Vec<_> = tage.chain(jahre).chain(danach).collect();
        let ist_ende = |genannt: Datum| steuer.uebergang.iter().any(|u| u.ende == genannt);
        let Some((tag, richtig)) = bekannt else {
            let mut enden = genannte.iter().filter(|(_, genannt, _)| ist_ende(*genannt));
            if let Some((stelle, ..)) = enden.next() {
                protokoll.nicht_pruefbar(
                    stelle,
                    "es fehlt der Tag des Papiers, `vorlage_vom` oder ein Sitzungsdatum; von ihm hängt ab, welches Ende des Übergangs zu nennen ist",
                );
            }
            continue;
        };
        // „lief ursprünglich bis 2020 und wurde bis 2022 verlängert“: who names the right end may tell of earlier ones.
        let nennt_richtigen = genannte
            .iter()
            .any(|(_, genannt, _)| *genannt == richtig.ende);
        if nennt_richtigen || spricht(&FRUEHER) {
            continue;
        }
        for (stelle, genannt, worte) in genannte {
            if ist_ende(genannt) && genannt != richtig.ende {
                protokoll
                    .melde(
                        &stelle,
                        format!(
                            "das Papier ist vom {tag}; damals endete der Übergang am {}, {}",
                            richtig.ende,
                            if worte.starts_with(|c: char| c.is_ascii_digit()) {
                                format!("nicht am {worte}")
                            } else if worte.starts_with("seit") {
                                format!("„{worte}“ passt nicht dazu")
                            } else {
                                format!("nicht „{worte}“")
                            }
                        ),
                    )
                    .abhilfe(format!(
                        "den {} nennen ({}) oder keinen Tag",
                        richtig.ende, richtig.durch
                    ));
            }
        }
    }
}

/// Whether the tax of a provider can be told, year by year; the first year that is open is reported.
fn anbieter(lage: &Lage<'_>, rechnung: &Rechnung<'_>, tag: Datum, protokoll: &mut Protokoll<'_>) {
    let ohne = Steuer::default();
    let steuer = rechnung.anbieter.steuer.as_ref().unwrap_or(&ohne);
    let recht = &lage.vorgang.recht.umsatzsteuer;
    let (Some(uebergang), Some(grenze)) = (recht.uebergang_am(tag), recht.grenze_am(tag)) else {
        return;
    };
    // Years before the agreement are there for comparison; nothing is invoiced under it.
    let beginn = rechnung.vereinbarung.beginn().map_or(0, jahr_von);
    let ab_beginn = rechnung
        .jahre
        .iter()
        .filter(|jahr| i64::from(jahr.jahr) >= beginn);
    let offen = ab_beginn.into_iter().find(|jahr| {
        let im_uebergang = jahr_von(uebergang.ende) >= i64::from(jahr.jahr);
        let altes_recht = steuer.option_27_22 == Option27::Erklaert && im_uebergang;
        let ist_klein = summe(jahr, steuer).is_some_and(|s| s <= grenze.betrag.euro());
        // What the others do for pay is known only where somebody has said it.
        let sicher_klein = ist_klein && steuer.umsatz_gleichartig.is_some();
        let geregelt = steuer.betraege.is_some() && steuer.satz.is_some();
        !altes_recht && !sicher_klein && !geregelt
    });
    let Some(jahr) = offen else {
        return;
    };
    let name = lage.name(rechnung.anbieter, Kasus::Nominativ);
    let gross = summe(jahr, steuer).is_some_and(|s| s > grenze.betrag.euro());
    let vergleich = if gross { "mehr als" } else { "bis zu" };
    let zusammen = steuer
        .umsatz_gleichartig
        .and_then(Betrag::cent)
        .and_then(|andere| jahr.rechnungen.checked_add(andere));
    let andere = match (steuer.umsatz_gleichartig, zusammen) {
        (Some(andere), Some(gesamt)) => {
            format!("; mit {andere} aus gleichartigen Leistungen sind es {gesamt}")
        }
        _ => String::new(),
    };
    let betrag = format!(
        "{name} stellt {} für {} in Rechnung{andere}, {vergleich} {}",
        jahr.rechnungen, jahr.jahr, grenze.betrag
    );
    // Past the end of the transition nobody asks any more what a body had opted for.
    let nach_dem_uebergang = jahr_von(uebergang.ende) < i64::from(jahr.jahr);
    match steuer.option_27_22 {
        Option27::Unbekannt if !nach_dem_uebergang => protokoll.nicht_pruefbar(
            &rechnung.position.route,
            &format!("es fehlt `steuer.option_27_22`; {betrag}"),
        ),
        _ if !gross => protokoll.nicht_pruefbar(
            &rechnung.position.route,
            &format!("es fehlt `steuer.umsatz_gleichartig`; {betrag}"),
        ),
        option => {
            let grund = match option {
                Option27::Erklaert => format!("die Option gilt nur bis zum {}", uebergang.ende),
                Option27::Unbekannt => format!("eine Option gälte nur bis zum {}", uebergang.ende),
                Option27::Nein => "eine Option ist nicht erklärt".to_owned(),
            };
            protokoll
                .melde(
                    &rechnung.position.route,
                    format!("{betrag}; {grund}, und ob Umsatzsteuer anfällt, ist nicht geklärt"),
                )
                .abhilfe(
                    "die Steuerpflicht klären und unter `steuer` `beträge` und `satz` eintragen",
                )
                .dazu(&rechnung.anbieter.route, "der Anbieter");
        }
    }
}

/// What a provider is paid in a year for like services, this task and others, in euros.
fn summe(jahr: &Jahr<'_>, steuer: &Steuer) -> Option<Decimal> {
    let andere = steuer
        .umsatz_gleichartig
        .map_or(Decimal::ZERO, Betrag::euro);
    Decimal::new(jahr.rechnungen.0, 2).checked_add(andere)
}

fn jahr_von(tag: Datum) -> i64 {
    use chrono::Datelike;
    tag.tag().year().into()
}
