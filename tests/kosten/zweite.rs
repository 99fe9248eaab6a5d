//! A second implementation, written from the rules alone: it walks through the days or months of a year one by one and
//! adds integers over denominators that it clears at the end. It shares no code with the program.

use std::collections::BTreeMap;

use num_bigint::BigInt;

use crate::fall::{AGS, Art, Fall, Fest, Key, Platz, Rechnung, Tag, Zeit, danach, tage_im_monat};

/// The shares of all six in cents, by year; `None` if the case has no answer.
pub(crate) fn rechne(fall: &Fall) -> Option<BTreeMap<u32, [i64; 6]>> {
    if let Some((von, bis)) = fall.zeitraum {
        // A period in which nothing counts is none.
        let mut alle = (2017..2027).flat_map(|jahr| einheiten(fall.zeit, jahr));
        if (von.is_some() || bis.is_some()) && !alle.any(|e| im_zeitraum(fall, e)) {
            return None;
        }
    }
    if let Art::Fest(feste) = &fall.art {
        // A sum for which no unit counts would be gone without a word.
        let wirkt = |fest: &Fest| {
            (2015..2031)
                .flat_map(|jahr| einheiten(fall.zeit, jahr))
                .any(|e| fest_in(fall.zeit, feste, e).is_some_and(|f| std::ptr::eq(f, fest)))
        };
        // One that is written in pieces is not, where one of them counts.
        let folgt = |a: &Fest, b: &Fest| a.bis.map(danach) == b.von && b.von.is_some();
        let steht = |fest: &Fest| {
            wirkt(fest)
                || feste.iter().any(|anderer| {
                    (anderer.cent, anderer.je_monat, anderer.fuer)
                        == (fest.cent, fest.je_monat, fest.fuer)
                        && (folgt(anderer, fest) || folgt(fest, anderer))
                        && wirkt(anderer)
                })
        };
        if !feste.iter().all(steht) {
            return None;
        }
    }
    jahre(fall)
        .into_iter()
        .map(|jahr| Some((jahr, ein_jahr(fall, jahr)?)))
        .collect()
}

/// A day or a month: its first and its last day.
type Einheit = (Tag, Tag);

fn einheiten(zeit: Zeit, jahr: u32) -> Vec<Einheit> {
    let mut einheiten = Vec::new();
    for monat in 1..=12 {
        let letzter = tage_im_monat(jahr, monat);
        if zeit == Zeit::Tage {
            einheiten.extend((1..=letzter).map(|tag| ((jahr, monat, tag), (jahr, monat, tag))));
        } else {
            einheiten.push(((jahr, monat, 1), (jahr, monat, letzter)));
        }
    }
    einheiten
}

/// Whether a unit counts of what lasts in these intervals: a day, some day, or every day of it.
fn zaehlt(zeit: Zeit, (von, bis): Einheit, intervalle: &[(Option<Tag>, Option<Tag>)]) -> bool {
    let beginnt = |(anfang, _): &(Option<Tag>, _), tag| anfang.is_none_or(|anfang| anfang <= tag);
    let dauert = |(_, ende): &(_, Option<Tag>), tag| ende.is_none_or(|ende| tag <= ende);
    if intervalle.iter().any(|i| beginnt(i, von) && dauert(i, bis)) {
        return true;
    }
    if !intervalle.iter().any(|i| beginnt(i, bis) && dauert(i, von)) {
        return false;
    }
    let dabei = |tag: Tag| intervalle.iter().any(|i| beginnt(i, tag) && dauert(i, tag));
    let (mut tag, mut einer, mut alle) = (von, false, true);
    while tag <= bis {
        let ist = dabei(tag);
        einer |= ist;
        alle &= ist;
        tag = danach(tag);
    }
    match zeit {
        Zeit::ZaehltNicht => alle,
        Zeit::Tage | Zeit::Zaehlt => einer,
    }
}

/// The day on which a unit looks at what changes.
fn blick(zeit: Zeit, (von, bis): Einheit) -> Tag {
    if zeit == Zeit::ZaehltNicht { von } else { bis }
}

fn nutzt(fall: &Fall, wer: usize, einheit: Einheit) -> bool {
    // Where nobody's use is told the parties take part all the time.
    if fall.nutzung.is_empty() {
        return true;
    }
    let mut intervalle = [(Some((9999, 1, 1)), None); 3];
    let eigene = fall.nutzung.iter().filter(|(dieser, ..)| *dieser == wer);
    for (platz, (_, von, bis)) in intervalle.iter_mut().zip(eigene) {
        *platz = (Some(*von), *bis);
    }
    zaehlt(fall.zeit, einheit, &intervalle)
}

/// Whether there are costs in a unit: in the period of the item, else between the first and the last use.
fn im_zeitraum(fall: &Fall, einheit: Einheit) -> bool {
    let (von, bis) = fall.zeitraum.unwrap_or_default();
    let jemand = |einheit| (0..6).any(|wer| nutzt(fall, wer, einheit));
    let nach_beginn = match von {
        Some(von) => zaehlt(fall.zeit, einheit, &[(Some(von), None)]),
        None if fall.nutzung.is_empty() => true,
        None => {
            let erster = fall.nutzung.iter().map(|(_, von, _)| *von).min().unwrap();
            jemand(einheit) || frueher(fall, einheit, erster)
        }
    };
    let vor_ende = match bis {
        Some(bis) => zaehlt(fall.zeit, einheit, &[(None, Some(bis))]),
        None if fall.nutzung.is_empty() => true,
        None => {
            let offen = fall.nutzung.iter().any(|(_, _, bis)| bis.is_none());
            offen || jemand(einheit) || spaeter(fall, einheit)
        }
    };
    nach_beginn && vor_ende
}

/// Whether somebody used in a unit before.
fn frueher(fall: &Fall, (von, _): Einheit, erster: Tag) -> bool {
    (erster.0..=von.0)
        .flat_map(|jahr| einheiten(fall.zeit, jahr))
        .filter(|andere| andere.1 < von)
        .any(|andere| (0..6).any(|wer| nutzt(fall, wer, andere)))
}

/// Whether somebody uses in a unit after, where all use ends.
fn spaeter(fall: &Fall, (_, bis): Einheit) -> bool {
    let letzter = fall.nutzung.iter().filter_map(|(_, _, ende)| *ende).max();
    (bis.0..=letzter.map_or(bis.0, |letzter| letzter.0))
        .flat_map(|jahr| einheiten(fall.zeit, jahr))
        .filter(|andere| andere.0 > bis)
        .any(|andere| (0..6).any(|wer| nutzt(fall, wer, andere)))
}

/// The years with costs.
fn jahre(fall: &Fall) -> Vec<u32> {
    let mut jahre: Vec<u32> = match &fall.art {
        Art::Platz(platz) => {
            let genannt: Vec<u32> = platz.werte.iter().map(|wert| wert.jahr).collect();
            let letztes = genannt.iter().max().copied();
            let mut genannt = genannt;
            if let Some((von, bis)) = fall.zeitraum {
                genannt.extend(von.map(|v| v.0).filter(|v| letztes.is_none_or(|l| *v <= l)));
                genannt.extend(bis.map(|b| b.0));
                genannt.retain(|jahr| {
                    von.is_none_or(|von| von.0 <= *jahr) && bis.is_none_or(|bis| *jahr <= bis.0)
                });
            }
            match (genannt.iter().min(), genannt.iter().max()) {
                (Some(a), Some(b)) => (*a..=*b).collect(),
                _ => vec![],
            }
        }
        Art::Fest(feste) => {
            let genannt: Vec<u32> = feste
                .iter()
                .flat_map(|f| [f.von, f.bis])
                .flatten()
                .map(|t| t.0)
                .collect();
            let erste_nutzung = || {
                (2017..2027).find(|jahr| {
                    let im_voraus = fall.zeitraum.is_some_and(|(von, _)| von.is_some());
                    (im_voraus || fall.nutzung.iter().any(|n| n.1.0 <= *jahr))
                        && einheiten(fall.zeit, *jahr)
                            .into_iter()
                            .any(|e| im_zeitraum(fall, e))
                })
            };
            let erstes = genannt
                .iter()
                .min()
                .copied()
                .or_else(erste_nutzung)
                .unwrap_or(0);
            let letztes = genannt
                .iter()
                .max()
                .copied()
                .or_else(erste_nutzung)
                .unwrap_or(0);
            let im = |jahr: &u32| {
                let alle = einheiten(fall.zeit, *jahr);
                alle.into_iter().any(|e| im_zeitraum(fall, e))
            };
            // The years of the period: none before the first use, and an open end is far away.
            let anfang = (2017..2027).find(im);
            let ende = (2017..2027).rev().find(im);
            let mut jahre = Vec::new();
            for f in feste {
                // Without a day of its own it holds from the first use on.
                let seit_je =
                    fall.nutzung.is_empty() && fall.zeitraum.is_none_or(|(von, _)| von.is_none());
                let frueh = anfang.filter(|_| f.von.is_none() && !seit_je);
                for jahr in frueh.unwrap_or(erstes)..=letztes {
                    let ab = f.von.map_or(anfang, |von| Some(von.0));
                    let bis = f.bis.map_or(ende, |bis| Some(bis.0));
                    if ab.is_none_or(|ab| ab <= jahr) && bis.is_none_or(|bis| jahr <= bis) {
                        jahre.push(jahr);
                    }
                }
            }
            jahre
        }
        Art::Belege(belege) => belege.iter().map(beleg_jahr).collect(),
    };
    jahre.sort_unstable();
    jahre.dedup();
    jahre
}

fn beleg_jahr(beleg: &Rechnung) -> u32 {
    beleg.zeitraum.map_or(beleg.datum, |(von, _)| von).0
}

/// What is left to share in a unit: numerators by denominator, in cents.
type Summe = BTreeMap<i128, i128>;

fn ein_jahr(fall: &Fall, jahr: u32) -> Option<[i64; 6]> {
    let alle = einheiten(fall.zeit, jahr);
    let laenge = alle.len() as i128;
    let zeitraum: Vec<_> = alle
        .iter()
        .copied()
        .filter(|e| im_zeitraum(fall, *e))
        .collect();
    if zeitraum.is_empty() {
        return None;
    }
    // Shares of each, by denominator.
    let mut konto: BTreeMap<i128, [i128; 6]> = BTreeMap::new();
    let mut kosten: BTreeMap<Einheit, Summe> = BTreeMap::new();
    let mut dazu = |einheit: Einheit, nenner: i128, zaehler: i128| {
        *kosten
            .entry(einheit)
            .or_default()
            .entry(nenner)
            .or_default() += zaehler;
    };
    match &fall.art {
        Art::Platz(platz) => {
            for einheit in &zeitraum {
                let zaehler = stelle(fall.zeit, platz, jahr, *einheit)?;
                dazu(*einheit, 100 * 1000 * laenge, zaehler);
            }
        }
        Art::Fest(feste) => {
            for einheit in &alle {
                let Some(fest) = fest_in(fall.zeit, feste, *einheit) else {
                    continue;
                };
                // A month costs its sum: a day of it is one part of as many as the month has.
                let monat = einheit.0;
                let (nenner, zaehler) = match (fest.je_monat, fall.zeit) {
                    (true, Zeit::Tage) => (
                        i128::from(tage_im_monat(monat.0, monat.1)),
                        i128::from(fest.cent),
                    ),
                    (true, _) => (1, i128::from(fest.cent)),
                    (false, _) => (laenge, i128::from(fest.cent)),
                };
                if !zeitraum.contains(einheit) {
                    // A bound that is typed is meant: nobody pays for what lies outside.
                    let davor = *einheit < zeitraum[0];
                    let gemeint = if davor {
                        fest.von.is_some()
                    } else {
                        fest.bis.is_some()
                    };
                    if gemeint && ueberlappt(fall.zeit, feste, fest, &zeitraum) {
                        return None;
                    }
                    continue;
                }
                match fest.fuer {
                    Some(wer) => konto.entry(nenner).or_default()[wer] += zaehler,
                    None => dazu(*einheit, nenner, zaehler),
                }
            }
        }
        Art::Belege(belege) => {
            for beleg in belege.iter().filter(|b| beleg_jahr(b) == jahr) {
                let zaehler =
                    i128::from(beleg.cent) * i128::from(1000 + beleg.netto_plus.unwrap_or(0));
                if let Some(wer) = beleg.fuer {
                    konto.entry(1000).or_default()[wer] += zaehler;
                    continue;
                }
                let intervall = beleg
                    .zeitraum
                    .map_or((None, None), |(a, b)| (Some(a), Some(b)));
                let gemeint: Vec<_> = zeitraum
                    .iter()
                    .filter(|e| zaehlt(fall.zeit, **e, &[intervall]))
                    .collect();
                if gemeint.is_empty() {
                    return None;
                }
                for einheit in &gemeint {
                    dazu(**einheit, 1000 * gemeint.len() as i128, zaehler);
                }
            }
        }
    }
    for (einheit, summe) in kosten {
        // Whether anything is left is asked of the exact sum.
        let (mut z, mut n) = (BigInt::from(0), BigInt::from(1));
        for (nenner, zaehler) in &summe {
            z = z * nenner + &n * *zaehler;
            n *= *nenner;
        }
        if z == BigInt::from(0) {
            continue;
        }
        let gewichte = gewichte(fall, jahr, einheit)?;
        let zusammen: u32 = gewichte.iter().sum();
        if zusammen == 0 {
            return None;
        }
        for (nenner, zaehler) in summe {
            let konto = konto.entry(nenner * i128::from(zusammen)).or_default();
            for wer in 0..6 {
                konto[wer] += zaehler * i128::from(gewichte[wer]);
            }
        }
    }
    Some(verteile(&konto))
}

/// Cost of a post in a unit, in cents times 100 · 1000 · units of the year.
fn stelle(zeit: Zeit, platz: &Platz, jahr: u32, einheit: Einheit) -> Option<i128> {
    let heute = blick(zeit, einheit);
    let mut bisher: Vec<_> = platz
        .besetzung
        .iter()
        .filter(|(ab, ..)| *ab <= heute)
        .collect();
    bisher.sort_by_key(|(ab, ..)| *ab);
    let (mut gruppe, mut anteil) = (None, platz.anteil);
    for (_, neue_gruppe, neuer_anteil) in bisher {
        gruppe = neue_gruppe.or(gruppe);
        anteil = neuer_anteil.unwrap_or(anteil);
    }
    let passende = || {
        platz.werte.iter().filter(|wert| {
            wert.jahr == jahr
                && wert.ab.is_none_or(|ab| ab <= heute)
                && (wert.gruppe.is_none() || wert.gruppe == gruppe)
        })
    };
    // The grade's own figures come before those for any grade; of these the latest.
    let eigene = passende()
        .filter(|wert| wert.gruppe.is_some())
        .max_by_key(|wert| wert.ab);
    let wert = eigene.or_else(|| passende().max_by_key(|wert| wert.ab))?;
    let satz = i128::from(wert.satz.unwrap_or(platz.satz));
    let personal = i128::from(wert.personal) * i128::from(anteil);
    let sach = i128::from(wert.pauschale) * i128::from(platz.sach);
    let gemein = satz * (personal + if platz.auf_beides { sach } else { 0 });
    Some(1000 * (personal + sach) + gemein)
}

/// The sum that counts in a unit; they follow each other and are all for the same body or for all.
fn fest_in(zeit: Zeit, feste: &[Fest], einheit: Einheit) -> Option<&Fest> {
    let intervalle: Vec<_> = feste.iter().map(|f| (f.von, f.bis)).collect();
    if !zaehlt(zeit, einheit, &intervalle) {
        return None;
    }
    let heute = blick(zeit, einheit);
    feste
        .iter()
        .filter(|f| f.von.is_none_or(|von| von <= heute))
        .max_by_key(|f| f.von)
}

/// Whether a sum counts in some unit of the year within the period.
fn ueberlappt(zeit: Zeit, feste: &[Fest], fest: &Fest, zeitraum: &[Einheit]) -> bool {
    zeitraum
        .iter()
        .any(|e| fest_in(zeit, feste, *e).is_some_and(|f| std::ptr::eq(f, fest)))
}

/// The weights of a unit, nothing for who takes no part.
fn gewichte(fall: &Fall, jahr: u32, einheit: Einheit) -> Option<[u32; 6]> {
    let heute = blick(fall.zeit, einheit);
    let gilt = |ab: &Option<Tag>| ab.is_none_or(|ab| ab <= heute);
    let zahlen: [Option<u32>; 6] = match &fall.key {
        Key::Gleich | Key::Direkt => [Some(1); 6],
        Key::Einwohner(wahlen, zahlen) => {
            let (_, i) = wahlen
                .iter()
                .filter(|(ab, _)| gilt(ab))
                .max_by_key(|(ab, _)| *ab)?;
            zahlen[*i].map(Some)
        }
        Key::Fallzahlen(jahre) => jahre
            .iter()
            .find(|(dieses, _)| *dieses == jahr)
            .map_or([None; 6], |(_, zahlen)| zahlen.map(Some)),
        Key::Lizenzen(staende) => {
            let mut sortiert: Vec<_> = staende.iter().filter(|(ab, _)| *ab <= heute).collect();
            sortiert.sort_by_key(|(ab, _)| *ab);
            let mut jetzt = [None; 6];
            for (_, zahlen) in sortiert {
                for wer in 0..6 {
                    jetzt[wer] = zahlen[wer].or(jetzt[wer]);
                }
            }
            jetzt
        }
        Key::Quoten(fassungen) => return quoten(fall, fassungen, einheit),
    };
    let mut gewichte = [0; 6];
    for wer in 0..6 {
        if nutzt(fall, wer, einheit) {
            gewichte[wer] = zahlen[wer]?;
        }
    }
    Some(gewichte)
}

/// The quotas of a unit: of the versions of its days that which names just those who count, else the last if a month
/// that has begun counts, else the first.
fn quoten(
    fall: &Fall,
    fassungen: &[(Option<Tag>, [Option<u32>; 6])],
    einheit: Einheit,
) -> Option<[u32; 6]> {
    let am = |tag: Tag| {
        let alle = fassungen
            .iter()
            .filter(|(ab, _)| ab.is_none_or(|ab| ab <= tag));
        alle.max_by_key(|(ab, _)| *ab)
    };
    let mut tage = vec![einheit.0];
    while *tage.last().unwrap() < einheit.1 {
        tage.push(danach(*tage.last().unwrap()));
    }
    let mut moegliche: Vec<_> = tage.iter().filter_map(|tag| am(*tag)).collect();
    moegliche.dedup();
    if fall.zeit == Zeit::ZaehltNicht {
        am(einheit.0)?;
        moegliche.reverse();
    }
    let zaehlt: Vec<bool> = (0..6).map(|wer| nutzt(fall, wer, einheit)).collect();
    let passt = |teile: &[Option<u32>; 6]| {
        (0..6).all(|wer| match zaehlt[wer] {
            true => teile[wer].is_some(),
            false => teile[wer].unwrap_or(0) == 0,
        })
    };
    let passende = moegliche.iter().rev().find(|(_, teile)| passt(teile));
    let gilt = *passende.or(moegliche.last())?;
    let nutzt_am = |wer: usize, tag: Tag| {
        let mut eigene = fall.nutzung.iter().filter(|(dieser, ..)| *dieser == wer);
        fall.nutzung.is_empty()
            || eigene.any(|(_, von, bis)| *von <= tag && bis.is_none_or(|bis| tag <= bis))
    };
    let mut gewichte = [0; 6];
    for wer in 0..6 {
        let teil = gilt.1[wer];
        let in_ordnung = match (zaehlt[wer], teil) {
            (true, Some(_)) | (false, None | Some(0)) => true,
            _ if moegliche.len() == 1 => false,
            // On all days of its use somebody else's version names it.
            (true, None) => tage
                .iter()
                .filter(|tag| nutzt_am(wer, **tag))
                .all(|tag| am(*tag).is_some_and(|(_, teile)| teile[wer].is_some())),
            // On all days of the version it uses.
            (false, Some(_)) => tage
                .iter()
                .filter(|tag| am(**tag) == Some(gilt))
                .all(|tag| nutzt_am(wer, *tag)),
        };
        if !in_ordnung {
            return None;
        }
        gewichte[wer] = if zaehlt[wer] || teil.unwrap_or(0) > 0 {
            teil.unwrap_or(0)
        } else {
            0
        };
    }
    Some(gewichte)
}

/// Whole cents for each: the total rounded once, then the largest remainders.
fn verteile(konto: &BTreeMap<i128, [i128; 6]>) -> [i64; 6] {
    let null = || BigInt::from(0);
    // One denominator for all: their product would do as well, but grows.
    let mut nenner = BigInt::from(1);
    for n in konto.keys() {
        let n = BigInt::from(*n);
        let g = ggt(nenner.clone(), n.clone());
        nenner = nenner / g * n;
    }
    let mut genau: Vec<BigInt> = vec![null(); 6];
    for (n, zaehler) in konto {
        for wer in 0..6 {
            genau[wer] += BigInt::from(zaehler[wer]) * (&nenner / BigInt::from(*n));
        }
    }
    let summe: BigInt = genau.iter().sum();
    let reihenfolge = {
        let mut wer: Vec<usize> = (0..6).collect();
        // No AGS comes first; of several without one the key decides.
        wer.sort_by_key(|i| (AGS[*i], *i));
        wer
    };
    // Turn all signs so that the total is a debit; a total of nothing takes the sign of the first amount.
    let cent = (2 * betrag(&summe) + &nenner) / (2 * &nenner);
    let dreht = if cent > null() {
        summe < null()
    } else {
        reihenfolge
            .iter()
            .map(|i| &genau[*i])
            .find(|g| **g != null())
            .is_some_and(|g| *g < null())
    };
    if dreht {
        genau.iter_mut().for_each(|g| *g = -g.clone());
    }
    let summe = betrag(&summe);
    let gemischt = genau.iter().any(|g| *g < null());
    let mut ganz = vec![null(); 6];
    let mut rest = vec![null(); 6];
    for wer in 0..6 {
        // Amounts of one sign are shares of the rounded total, others stand for themselves.
        let (oben, unten) = if gemischt || summe == null() {
            (genau[wer].clone(), nenner.clone())
        } else {
            (&genau[wer] * &cent, summe.clone())
        };
        let mut q = &oben / &unten;
        let mut r = &oben - &q * &unten;
        if r < null() {
            q -= 1;
            r += &unten;
        }
        (ganz[wer], rest[wer]) = (q, r);
    }
    let mut uebrig = cent - ganz.iter().sum::<BigInt>();
    while uebrig > null() {
        // The first of those with the largest remainder, which then has had its turn.
        let bester = reihenfolge
            .iter()
            .copied()
            .reduce(|a, b| if rest[b] > rest[a] { b } else { a })
            .unwrap();
        ganz[bester] += 1;
        rest[bester] = BigInt::from(-1);
        uebrig -= 1;
    }
    let mut anteile = [0; 6];
    for wer in 0..6 {
        let cent = i64::try_from(&ganz[wer]).unwrap();
        anteile[wer] = if dreht { -cent } else { cent };
    }
    anteile
}

fn betrag(zahl: &BigInt) -> BigInt {
    if *zahl < BigInt::from(0) {
        -zahl
    } else {
        zahl.clone()
    }
}

fn ggt(mut a: BigInt, mut b: BigInt) -> BigInt {
    while b != BigInt::from(0) {
        (a, b) = (b.clone(), a % b);
    }
    a
}
