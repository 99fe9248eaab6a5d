//! What an item costs in a year: sums, each evenly spread over a span of it, with the steps that lead to them.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::One;

use super::super::zeit::{Raster, Spanne, Wechsel};
use super::befund::{self, Meldung};
use super::monate::monatsteile;
use super::schritt::{Schritt, Schrittart};
use crate::diagnostic::Route;
use crate::input::{Betrag, Bruch, Datum};
use crate::model::kosten::{
    Arbeitsplatz, Beleg, Festbetrag, Gemeinkostenbasis, Jahreswert, Kostenposition, Takt,
};
use crate::model::{Schluessel, Text};

/// A sum that is evenly spread over a span of the year.
#[derive(Debug)]
pub(super) struct Posten<'a> {
    pub(super) spanne: Spanne,
    /// Exact, in euros.
    pub(super) betrag: BigRational,
    /// Who alone bears it.
    pub(super) direkt: Option<&'a Schluessel>,
}

/// The sums of a year, how they came about, and what keeps them from being right.
#[derive(Debug, Default)]
pub(super) struct Jahresposten<'a> {
    pub(super) posten: Vec<Posten<'a>>,
    pub(super) schritte: Vec<Schritt<'a>>,
    pub(super) befunde: Vec<Meldung>,
}

/// A year of an item, as far as the item lasts in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ausschnitt {
    pub(super) raster: Raster,
    pub(super) jahr: u32,
    /// The part of the year in which there are costs.
    pub(super) spanne: Spanne,
    /// The days on which the item's time truly begins and ends.
    pub(super) rand: [Option<Wechsel>; 2],
}

/// What an item costs in a year.
pub(super) fn posten(position: &Kostenposition, hier: Ausschnitt) -> Jahresposten<'_> {
    let mut jahr = Jahresposten::default();
    if let Some(platz) = &position.arbeitsplatz {
        jahr.arbeitsplatz(platz, hier, &position.route.feld("arbeitsplatz"));
    }
    let route = position.route.feld("festbetrag");
    let betraege = position.festbetrag.as_deref().unwrap_or_default();
    for (i, fest) in betraege.iter().enumerate() {
        let geltung = geltung(betraege, fest, hier.raster);
        let wechsel = wechsel_der_betraege(betraege, fest, hier.raster);
        jahr.fest(fest, (geltung, &wechsel), hier, route.index(i));
    }
    let route = position.route.feld("rechnungen");
    for (i, beleg) in position.rechnungen.iter().flatten().enumerate() {
        jahr.beleg(beleg, hier, route.index(i));
    }
    jahr
}

/// The post as it is between two changes.
#[derive(Clone, Copy)]
struct Stelle<'a> {
    wert: &'a Jahreswert,
    stellenanteil: &'a Bruch,
    gruppe: Option<&'a Text>,
}

impl PartialEq for Stelle<'_> {
    fn eq(&self, andere: &Self) -> bool {
        std::ptr::eq(self.wert, andere.wert)
            && self.stellenanteil == andere.stellenanteil
            && self.gruppe == andere.gruppe
    }
}

impl<'a> Jahresposten<'a> {
    fn arbeitsplatz(&mut self, platz: &'a Arbeitsplatz, hier: Ausschnitt, route: &Route) {
        let mut abschnitte: Vec<(Spanne, Stelle<'a>)> = Vec::new();
        for spanne in abschnitte_der_stelle(platz, hier) {
            let (gruppe, stellenanteil) = besetzt(platz, hier.raster, spanne.von);
            match wert(platz, hier, spanne.von, gruppe) {
                Ok(wert) => {
                    let stelle = Stelle {
                        wert,
                        stellenanteil,
                        gruppe: gruppe.or(wert.gruppe.as_ref()),
                    };
                    match abschnitte.last_mut() {
                        Some((vorige, gleich)) if *gleich == stelle => vorige.bis = spanne.bis,
                        _ => abschnitte.push((spanne, stelle)),
                    }
                }
                Err(fehlt) => self.befunde.push(fehlt.befund(hier.jahr, route)),
            }
        }
        for (spanne, stelle) in abschnitte {
            self.stelle(platz, hier, spanne, stelle, route);
        }
    }

    /// Personalkosten, Gemeinkosten and Sachkosten of a span.
    fn stelle(
        &mut self,
        platz: &'a Arbeitsplatz,
        hier: Ausschnitt,
        spanne: Spanne,
        stelle: Stelle<'a>,
        route: &Route,
    ) {
        let zeit = hier.teil_des_jahres(spanne);
        let wert = stelle.wert;
        let personal = euro(wert.personalkosten) * stelle.stellenanteil.wert() * &zeit;
        let sach = euro(wert.sachkosten_pauschale) * platz.sachkosten.wert() * &zeit;
        let satz = wert.gemeinkosten.as_ref().unwrap_or(&platz.gemeinkosten);
        let basis = platz.basis();
        let auf = match basis {
            Gemeinkostenbasis::Personalkosten => personal.clone(),
            Gemeinkostenbasis::PersonalUndSachkosten => &personal + &sach,
        };
        let gemein = &auf * satz.wert();
        let betrag = &personal + &gemein + &sach;
        let personal = (
            Schrittart::Personal {
                wert,
                stellenanteil: stelle.stellenanteil,
                gruppe: stelle.gruppe,
            },
            personal,
        );
        let sach = (
            Schrittart::Sach {
                wert,
                anteil: &platz.sachkosten,
            },
            sach,
        );
        let gemein = (
            Schrittart::Gemein {
                wert,
                satz,
                basis,
                auf,
            },
            gemein,
        );
        // What the rate is charged on stands before it.
        let schritte = match basis {
            Gemeinkostenbasis::Personalkosten => [personal, gemein, sach],
            Gemeinkostenbasis::PersonalUndSachkosten => [personal, sach, gemein],
        };
        let wechsel = wechsel_der_stelle(platz, hier);
        for (art, genau) in schritte {
            self.schritt(art, genau, hier, (spanne, &wechsel), route);
        }
        self.posten.push(Posten {
            spanne,
            betrag,
            direkt: None,
        });
    }

    fn fest(
        &mut self,
        fest: &'a Festbetrag,
        (geltung, wechsel): (Option<Spanne>, &[Wechsel]),
        hier: Ausschnitt,
        route: Route,
    ) {
        let voll = geltung.and_then(|spanne| spanne.schnitt(hier.raster.jahr(hier.jahr)));
        let Some((voll, spanne)) = voll.and_then(|voll| Some((voll, voll.schnitt(hier.spanne)?)))
        else {
            return;
        };
        // A bound that is typed is meant: what lies outside of the item's time has nobody who pays.
        let davor = fest.von.is_some() && voll.von < spanne.von;
        let danach = fest.bis.is_some() && spanne.bis < voll.bis;
        if davor || danach {
            let ohne = if davor {
                Spanne {
                    bis: spanne.von,
                    ..voll
                }
            } else {
                Spanne {
                    von: spanne.bis,
                    ..voll
                }
            };
            let tage = hier
                .raster
                .teil(hier.jahr, ohne, &[])
                .map(|teil| (teil.von, teil.bis));
            self.befunde
                .push(befund::ohne_zahler(hier.jahr, tage, false, route));
            return;
        }
        let teile = teile(fest, hier, spanne);
        let betrag: BigRational = teile.iter().map(|(_, betrag)| betrag).sum();
        let art = Schrittart::Fest { festbetrag: fest };
        self.schritt(art, betrag, hier, (spanne, wechsel), &route);
        self.posten
            .extend(teile.into_iter().map(|(spanne, betrag)| Posten {
                spanne,
                betrag,
                direkt: fest.fuer.as_ref(),
            }));
    }

    fn beleg(&mut self, beleg: &'a Beleg, hier: Ausschnitt, route: Route) {
        if jahr_von(beleg) != hier.jahr {
            return;
        }
        let gezaehlt = hier.raster.spanne(beleg.von, beleg.bis);
        let spanne = match (&beleg.fuer, gezaehlt) {
            // Who alone bears it bears it whenever.
            (Some(_), _) => hier.raster.jahr(hier.jahr),
            (None, Some(spanne)) => match spanne.schnitt(hier.spanne) {
                Some(spanne) => spanne,
                None => {
                    self.befunde.push(befund::beleg_ohne_zahler(beleg, route));
                    return;
                }
            },
            (None, None) => {
                self.befunde.push(befund::ohne_ganzen_monat(route));
                return;
            }
        };
        let betrag = summe(beleg);
        let art = Schrittart::Beleg { beleg };
        let von = beleg.von.map(|von| hier.raster.beginnt(von));
        let bis = beleg.bis.map(|bis| hier.raster.endet(bis));
        let wechsel: Vec<_> = von.into_iter().chain(bis).collect();
        self.schritt(art, betrag.clone(), hier, (spanne, &wechsel), &route);
        self.posten.push(Posten {
            spanne,
            betrag,
            direkt: beleg.fuer.as_ref(),
        });
    }

    fn schritt(
        &mut self,
        art: Schrittart<'a>,
        genau: BigRational,
        hier: Ausschnitt,
        (spanne, wechsel): (Spanne, &[Wechsel]),
        route: &Route,
    ) {
        let rand = hier.rand.into_iter().flatten();
        let wechsel: Vec<_> = rand.chain(wechsel.iter().copied()).collect();
        let schritt = hier
            .raster
            .teil(hier.jahr, spanne, &wechsel)
            .and_then(|teil| Schritt::neu(art, teil, genau));
        match schritt {
            Some(schritt) => self.schritte.push(schritt),
            None => self
                .befunde
                .push(befund::zu_gross(hier.jahr, route.clone())),
        }
    }
}

/// What an agreed sum comes to in a span of the year, in the parts over which it is evenly spread.
///
/// A sum by the month is owed for each month: where time is counted in days it is spread over the days of its month,
/// not of the year, so that whole months cost the whole sum.
fn teile(fest: &Festbetrag, hier: Ausschnitt, spanne: Spanne) -> Vec<(Spanne, BigRational)> {
    let betrag = euro(fest.betrag);
    let zwoelf = || BigRational::from_integer(12.into());
    match (fest.je, hier.raster) {
        (Takt::Jahr, _) => vec![(spanne, betrag * hier.teil_des_jahres(spanne))],
        (Takt::Monat, Raster::Monate { .. }) => {
            vec![(spanne, betrag * zwoelf() * hier.teil_des_jahres(spanne))]
        }
        (Takt::Monat, Raster::Tage) => hier
            .raster
            .teil(hier.jahr, spanne, &[])
            .map(|teil| monatsteile(teil.von, teil.bis))
            .unwrap_or_default()
            .into_iter()
            .map(|teil| (teil.tage, &betrag * teil.anteil()))
            .collect(),
    }
}

/// The units in which a sum counts: those that count of all sums for the same body together, from its own beginning to
/// that of the next. So a month in which one follows the other counts once, and where the last ends it counts as ever.
pub(super) fn geltung(
    betraege: &[Festbetrag],
    fest: &Festbetrag,
    raster: Raster,
) -> Option<Spanne> {
    let gleiche = || betraege.iter().filter(|anderer| anderer.fuer == fest.fuer);
    let seit_je = Datum::from(chrono::NaiveDate::MIN);
    let alle = gleiche().map(|anderer| (anderer.von.unwrap_or(seit_je), anderer.bis));
    let eigene = Spanne {
        von: fest.von.map_or(i64::MIN, |von| raster.ab(von)),
        bis: gleiche()
            .filter_map(|anderer| anderer.von.filter(|von| fest.von.is_none_or(|e| e < *von)))
            .min()
            .map_or(Spanne::OFFEN, |naechster| raster.ab(naechster)),
    };
    raster
        .spannen(alle)
        .into_iter()
        .find_map(|spanne| spanne.schnitt(eigene))
}

impl Ausschnitt {
    fn teil_des_jahres(self, spanne: Spanne) -> BigRational {
        let jahr = self.raster.jahr(self.jahr).laenge();
        BigRational::new(spanne.laenge().into(), jahr.into())
    }
}

/// The year in which an invoice counts.
pub(super) fn jahr_von(beleg: &Beleg) -> u32 {
    use chrono::Datelike;
    let tag = beleg.von.unwrap_or(beleg.datum).tag();
    u32::try_from(tag.year()).unwrap_or_default()
}

/// The days on which agreed sums for the same body change.
fn wechsel_der_betraege(
    betraege: &[Festbetrag],
    fest: &Festbetrag,
    raster: Raster,
) -> Vec<Wechsel> {
    let gleiche = || betraege.iter().filter(|anderer| anderer.fuer == fest.fuer);
    let von = gleiche().filter_map(|anderer| anderer.von);
    let bis = gleiche().filter_map(|anderer| anderer.bis);
    von.map(|von| raster.beginnt(von))
        .chain(bis.map(|bis| raster.endet(bis)))
        .collect()
}

/// The spans of the year between changes of the post or of the figures.
fn abschnitte_der_stelle(platz: &Arbeitsplatz, hier: Ausschnitt) -> Vec<Spanne> {
    let wechsel = wechsel_der_stelle(platz, hier);
    zerlegt(hier.spanne, wechsel.iter().map(|wechsel| wechsel.einheit))
}

/// The days on which the post or the figures change.
fn wechsel_der_stelle(platz: &Arbeitsplatz, hier: Ausschnitt) -> Vec<Wechsel> {
    let besetzung = platz.besetzung.iter().map(|b| b.ab);
    let werte = platz
        .werte
        .iter()
        .filter(|wert| wert.jahr.0 == hier.jahr)
        .filter_map(|wert| wert.ab);
    besetzung
        .chain(werte)
        .map(|ab| hier.raster.beginnt(ab))
        .collect()
}

/// A span cut at these units.
pub(super) fn zerlegt(spanne: Spanne, grenzen: impl Iterator<Item = i64>) -> Vec<Spanne> {
    let mut grenzen: Vec<_> = grenzen
        .filter(|grenze| spanne.von < *grenze && *grenze < spanne.bis)
        .chain([spanne.von, spanne.bis])
        .collect();
    grenzen.sort_unstable();
    grenzen.dedup();
    grenzen
        .windows(2)
        .filter_map(|paar| match paar {
            [von, bis] => Some(Spanne {
                von: *von,
                bis: *bis,
            }),
            _ => None,
        })
        .collect()
}

/// Grade and share of the post in a unit.
fn besetzt(platz: &Arbeitsplatz, raster: Raster, einheit: i64) -> (Option<&Text>, &Bruch) {
    let mut bisher: Vec<_> = platz
        .besetzung
        .iter()
        .filter(|b| raster.ab(b.ab) <= einheit)
        .collect();
    bisher.sort_by_key(|b| b.ab);
    let gruppe = bisher.iter().rev().find_map(|b| b.gruppe.as_ref());
    let anteil = bisher.iter().rev().find_map(|b| b.stellenanteil.as_ref());
    let einzige = match platz.bewertung.as_slice() {
        [einzige] => Some(einzige),
        _ => None,
    };
    (
        gruppe.or(einzige),
        anteil.map_or(&platz.stellenanteil.0, |umfang| &umfang.0),
    )
}

/// Why there are no figures for a part of a year.
enum Fehlt<'a> {
    Jahr,
    Gruppe(&'a Text),
    Besetzung(&'a Text),
}

impl Fehlt<'_> {
    fn befund(self, jahr: u32, route: &Route) -> Meldung {
        match self {
            Self::Jahr => befund::wert_fehlt(jahr, route),
            Self::Gruppe(gruppe) => befund::gruppe_ohne_wert(jahr, gruppe, route),
            Self::Besetzung(beispiel) => befund::besetzung_fehlt(jahr, beispiel, route),
        }
    }
}

/// The figures for a grade in a unit.
fn wert<'a>(
    platz: &'a Arbeitsplatz,
    hier: Ausschnitt,
    einheit: i64,
    gruppe: Option<&'a Text>,
) -> Result<&'a Jahreswert, Fehlt<'a>> {
    let beginn = |wert: &Jahreswert| wert.ab.map_or(i64::MIN, |ab| hier.raster.ab(ab));
    let im_jahr: Vec<_> = platz
        .werte
        .iter()
        .filter(|wert| wert.jahr.0 == hier.jahr && beginn(wert) <= einheit)
        .collect();
    if gruppe.is_none() {
        let mut gruppen = im_jahr.iter().filter_map(|wert| wert.gruppe.as_ref());
        if let Some(erste) = gruppen.next()
            && gruppen.any(|andere| andere != erste)
        {
            return Err(Fehlt::Besetzung(erste));
        }
    }
    let passt = |wert: &&&Jahreswert| {
        wert.gruppe.is_none() || gruppe.is_none() || wert.gruppe.as_ref() == gruppe
    };
    im_jahr
        .iter()
        .filter(passt)
        .max_by_key(|wert| (wert.gruppe.is_some(), wert.ab))
        .copied()
        .ok_or(match gruppe {
            Some(gruppe) if !im_jahr.is_empty() => Fehlt::Gruppe(gruppe),
            _ => Fehlt::Jahr,
        })
}

/// What an invoice comes to, in euros: with tax.
fn summe(beleg: &Beleg) -> BigRational {
    match (beleg.netto, beleg.brutto) {
        (Some(netto), _) => {
            let satz = beleg.steuersatz.as_ref().map(Bruch::wert).cloned();
            euro(netto) * (BigRational::one() + satz.unwrap_or_default())
        }
        (None, Some(brutto)) => euro(brutto),
        (None, None) => BigRational::default(),
    }
}

fn euro(betrag: Betrag) -> BigRational {
    let euro = betrag.euro();
    BigRational::new(euro.mantissa().into(), BigInt::from(10).pow(euro.scale()))
}
