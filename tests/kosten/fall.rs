//! Random cases as plain numbers, and the way from such a case to the program's own types.

use drucksache::input::{Betrag, Bruch, Datum};
use drucksache::model::koerperschaft::Einwohnerzahl;
use drucksache::model::kosten::{
    AbweichenderZeitraum, Anzahl, Arbeitsplatz, Beleg, Besetzung, Fallzahlen, Festbetrag,
    Gemeinkostenbasis, Jahreswert, Kalenderjahr, Kostenposition, Lizenzstand, Quotenfassung,
    Stellenanteil, Stichtagswahl, Takt, Umfang, Verteilung,
};
use drucksache::model::nutzung::Nutzung;
use drucksache::model::vereinbarung::{AngefangenerMonat, Zeitrechnung};
use drucksache::model::{Schluessel, Vorgang};
use num_rational::BigRational;

/// Year, month, day.
pub(crate) type Tag = (u32, u32, u32);

/// The bodies; their keys and their AGS order differently, and the last has none.
pub(crate) const AGS: [&str; 6] = [
    "05978040", "05978036", "05978004", "05978016", "05978008", "",
];

/// How time is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Zeit {
    Tage,
    Zaehlt,
    ZaehltNicht,
}

/// A key with its figures, by body.
#[derive(Debug, Clone)]
pub(crate) enum Key {
    Gleich,
    Direkt,
    /// From when on which count holds, and the counts by their day.
    Einwohner(Vec<(Option<Tag>, usize)>, [[u32; 6]; 2]),
    Fallzahlen(Vec<(u32, [u32; 6])>),
    Lizenzen(Vec<(Tag, [Option<u32>; 6])>),
    /// Parts of their sum; who has none is named with 0 or not at all.
    Quoten(Vec<(Option<Tag>, [Option<u32>; 6])>),
}

/// A year's figures: grade 0 or 1, amounts in cents, rate in thousandths.
#[derive(Debug, Clone)]
pub(crate) struct Wert {
    pub(crate) jahr: u32,
    pub(crate) ab: Option<Tag>,
    pub(crate) gruppe: Option<usize>,
    pub(crate) personal: i64,
    pub(crate) pauschale: i64,
    pub(crate) satz: Option<u32>,
}

/// A post: shares in hundredths, rate in thousandths.
#[derive(Debug, Clone)]
pub(crate) struct Platz {
    pub(crate) anteil: u32,
    pub(crate) satz: u32,
    pub(crate) auf_beides: bool,
    pub(crate) sach: u32,
    pub(crate) besetzung: Vec<(Tag, Option<usize>, Option<u32>)>,
    pub(crate) werte: Vec<Wert>,
}

/// An agreed sum in cents.
#[derive(Debug, Clone)]
pub(crate) struct Fest {
    pub(crate) von: Option<Tag>,
    pub(crate) bis: Option<Tag>,
    pub(crate) cent: i64,
    pub(crate) je_monat: bool,
    pub(crate) fuer: Option<usize>,
}

/// An invoice in cents; with a rate in thousandths if net.
#[derive(Debug, Clone)]
pub(crate) struct Rechnung {
    pub(crate) datum: Tag,
    pub(crate) cent: i64,
    pub(crate) netto_plus: Option<u32>,
    pub(crate) zeitraum: Option<(Tag, Tag)>,
    pub(crate) fuer: Option<usize>,
}

/// What it costs.
#[derive(Debug, Clone)]
pub(crate) enum Art {
    Platz(Platz),
    Fest(Vec<Fest>),
    Belege(Vec<Rechnung>),
}

/// A case.
#[derive(Debug, Clone)]
pub(crate) struct Fall {
    pub(crate) zeit: Zeit,
    pub(crate) nutzung: Vec<(usize, Tag, Option<Tag>)>,
    pub(crate) zeitraum: Option<(Option<Tag>, Option<Tag>)>,
    pub(crate) key: Key,
    pub(crate) art: Art,
}

/// A generator of numbers that gives the same ones for the same seed (SplitMix64).
pub(crate) struct Wuerfel(u64);

impl Wuerfel {
    pub(crate) fn neu(saat: u64) -> Self {
        Self(saat.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0xD1B5_4A32_D192_ED03)
    }

    fn naechste(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 to before `n`.
    pub(crate) fn unter(&mut self, n: u32) -> u32 {
        u32::try_from(self.naechste() % u64::from(n)).unwrap()
    }

    fn oft(&mut self, von_hundert: u32) -> bool {
        self.unter(100) < von_hundert
    }

    fn wer(&mut self) -> usize {
        self.unter(6) as usize
    }

    fn tag(&mut self, jahr: u32) -> Tag {
        let monat = self.unter(12) + 1;
        let letzter = tage_im_monat(jahr, monat);
        // The edges of months are where faults hide.
        let tag = match self.unter(4) {
            0 => 1,
            1 => letzter,
            _ => self.unter(letzter) + 1,
        };
        (jahr, monat, tag)
    }

    fn cent(&mut self) -> i64 {
        let groesse = [100, 10_000, 1_000_000, 100_000_000][self.unter(4) as usize];
        i64::from(self.unter(groesse))
    }
}

pub(crate) fn tage_im_monat(jahr: u32, monat: u32) -> u32 {
    match monat {
        2 if jahr.is_multiple_of(4) && (!jahr.is_multiple_of(100) || jahr.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The day after.
pub(crate) fn danach((jahr, monat, tag): Tag) -> Tag {
    if tag < tage_im_monat(jahr, monat) {
        (jahr, monat, tag + 1)
    } else if monat < 12 {
        (jahr, monat + 1, 1)
    } else {
        (jahr + 1, 1, 1)
    }
}

impl Fall {
    /// The case of a seed.
    pub(crate) fn neu(saat: u64) -> Self {
        let mut w = Wuerfel::neu(saat);
        let zeit = [Zeit::Tage, Zeit::Zaehlt, Zeit::ZaehltNicht][w.unter(3) as usize];
        let (erstes, letztes) = {
            let erstes = 2019 + w.unter(3);
            (erstes, erstes + w.unter(3))
        };
        let key = key(&mut w, erstes, letztes);
        let art = match w.unter(3) {
            0 if !matches!(key, Key::Direkt) => platz(&mut w, erstes, letztes),
            1 => feste(&mut w, erstes, letztes, matches!(key, Key::Direkt)),
            _ => belege(&mut w, erstes, letztes, matches!(key, Key::Direkt)),
        };
        let mut nutzung = nutzung(&mut w, erstes, letztes, matches!(key, Key::Quoten(_)));
        let key = match key {
            Key::Quoten(_) if w.oft(60) => wechsel_der_quoten(&mut w, erstes, &mut nutzung),
            key => key,
        };
        let zeitraum = w.oft(15).then(|| {
            let von = w.oft(70).then(|| w.tag(erstes));
            (von, w.oft(50).then(|| (letztes, 1 + w.unter(12), 28)))
        });
        Self {
            zeit,
            nutzung,
            zeitraum: zeitraum
                .filter(|(von, bis)| von.zip(*bis).is_none_or(|(von, bis)| von < bis)),
            key,
            art,
        }
    }

    /// The case in the program's own types, on a matter that has the bodies and an agreement.
    pub(crate) fn auf(&self, grund: &Vorgang) -> Vorgang {
        let mut vorgang = grund.clone();
        vorgang.nutzung = self
            .nutzung
            .iter()
            .map(|(wer, von, bis)| Nutzung {
                route: Default::default(),
                anwender: schluessel(*wer),
                von: datum(*von),
                bis: bis.map(datum),
            })
            .collect();
        let abrechnung = vorgang
            .vereinbarungen
            .values_mut()
            .next()
            .and_then(|v| v.abrechnung.as_mut())
            .unwrap();
        abrechnung.zeitrechnung = match self.zeit {
            Zeit::Tage => Zeitrechnung::Tage,
            _ => Zeitrechnung::Monate,
        };
        abrechnung.angefangener_monat = match self.zeit {
            Zeit::ZaehltNicht => AngefangenerMonat::ZaehltNicht,
            _ => AngefangenerMonat::Zaehlt,
        };
        if let Key::Einwohner(_, zahlen) = &self.key {
            for wer in 0..6 {
                let k = vorgang.koerperschaften.get_mut(&schluessel(wer)).unwrap();
                k.einwohner = (0..2)
                    .map(|i| Einwohnerzahl {
                        stand: stand(i),
                        zahl: Anzahl(zahlen[i][wer]),
                        quelle: "a".into(),
                    })
                    .collect();
            }
        }
        vorgang.kosten = [(Schluessel::from("p"), self.position())]
            .into_iter()
            .collect();
        vorgang
    }

    fn position(&self) -> Kostenposition {
        let (mut arbeitsplatz, mut festbetrag, mut rechnungen) = (None, None, None);
        match &self.art {
            Art::Platz(platz) => arbeitsplatz = Some(arbeitsplatz_aus(platz)),
            Art::Fest(feste) => {
                festbetrag = Some(
                    feste
                        .iter()
                        .map(|f| Festbetrag {
                            von: f.von.map(datum),
                            bis: f.bis.map(datum),
                            betrag: betrag(f.cent),
                            je: if f.je_monat { Takt::Monat } else { Takt::Jahr },
                            fuer: f.fuer.map(schluessel),
                            quelle: None,
                        })
                        .collect(),
                );
            }
            Art::Belege(belege) => {
                rechnungen = Some(
                    belege
                        .iter()
                        .map(|b| Beleg {
                            datum: datum(b.datum),
                            text: "a".into(),
                            netto: b.netto_plus.map(|_| betrag(b.cent)),
                            brutto: b.netto_plus.is_none().then(|| betrag(b.cent)),
                            steuersatz: b.netto_plus.map(|satz| bruch(satz, 1000)),
                            von: b.zeitraum.map(|(von, _)| datum(von)),
                            bis: b.zeitraum.map(|(_, bis)| datum(bis)),
                            fuer: b.fuer.map(schluessel),
                            quelle: None,
                        })
                        .collect(),
                );
            }
        }
        Kostenposition {
            route: Default::default(),
            aufgabe: "a".into(),
            bezeichnung: None,
            schluessel: verteilung(&self.key),
            anbieter: None,
            zahler: None,
            zeitraum: self.zeitraum.map(|(von, bis)| AbweichenderZeitraum {
                von: von.map(datum),
                bis: bis.map(datum),
                grund: "a".into(),
            }),
            annahmen: vec![],
            arbeitsplatz,
            festbetrag,
            rechnungen,
        }
    }
}

fn nutzung(
    w: &mut Wuerfel,
    erstes: u32,
    letztes: u32,
    alle: bool,
) -> Vec<(usize, Tag, Option<Tag>)> {
    let mut nutzung = Vec::new();
    let durchgehend = w.oft(90);
    for wer in 0..6 {
        if (wer == 0 && durchgehend) || (alle && w.oft(97)) {
            nutzung.push((wer, (2018, 1, 1), None));
            continue;
        }
        if w.oft(20) {
            continue;
        }
        let jahr = erstes - 1 + w.unter(letztes - erstes + 2);
        let von = w.tag(jahr);
        if w.oft(50) {
            nutzung.push((wer, von, None));
            continue;
        }
        let jahr = jahr + w.unter(2);
        let bis = w.tag(jahr);
        if bis < von {
            nutzung.push((wer, von, None));
            continue;
        }
        nutzung.push((wer, von, Some(bis)));
        let wieder = if w.oft(30) {
            danach(bis)
        } else {
            w.tag(bis.0 + 1)
        };
        if w.oft(40) && bis < wieder {
            nutzung.push((wer, wieder, None));
        }
    }
    nutzung
}

/// Quotas that change when somebody goes, or somebody else comes, on the day or on another of the month.
fn wechsel_der_quoten(
    w: &mut Wuerfel,
    jahr: u32,
    nutzung: &mut Vec<(usize, Tag, Option<Tag>)>,
) -> Key {
    let (geht, kommt) = (w.oft(70), w.oft(50));
    let letzter = w.tag(jahr);
    let ab = if w.oft(80) {
        danach(letzter)
    } else {
        (letzter.0, letzter.1, 1 + w.unter(28))
    };
    nutzung.clear();
    nutzung.extend((0..4).map(|wer| (wer, (2018, 1, 1), None)));
    nutzung.push((4, (2018, 1, 1), geht.then_some(letzter)));
    let mut vorher: [Option<u32>; 6] = sechs(w, 9).map(|teil| Some(teil + 1));
    let mut nachher: [Option<u32>; 6] = sechs(w, 9).map(|teil| Some(teil + 1));
    vorher[5] = w.oft(30).then_some(0);
    if geht {
        nachher[4] = w.oft(30).then_some(0);
    }
    if kommt {
        nutzung.push((5, danach(letzter), None));
    } else {
        nachher[5] = None;
    }
    let mut fassungen = vec![(None, vorher), (Some(ab), nachher)];
    if w.oft(20) {
        let mut noch_einmal = nachher;
        noch_einmal[0] = Some(20);
        let tag = (ab.0, ab.1, 1 + w.unter(28));
        if tag != ab {
            fassungen.push((Some(tag), noch_einmal));
        }
    }
    Key::Quoten(fassungen)
}

fn sechs(w: &mut Wuerfel, unter: u32) -> [u32; 6] {
    let mut zahlen = [0; 6];
    for zahl in &mut zahlen {
        *zahl = if w.oft(10) { 0 } else { w.unter(unter) };
    }
    zahlen
}

fn key(w: &mut Wuerfel, erstes: u32, letztes: u32) -> Key {
    let jahr = |w: &mut Wuerfel| erstes + w.unter(letztes - erstes + 1);
    match w.unter(8) {
        0 => Key::Direkt,
        1 | 2 => {
            let zahlen = [sechs(w, 300_000), sechs(w, 300_000)];
            let mut wahl = vec![(None, 0)];
            if w.oft(50) {
                let jahr = jahr(w);
                wahl.push((Some(w.tag(jahr)), 1));
            }
            Key::Einwohner(wahl, zahlen)
        }
        3 => Key::Fallzahlen(
            (erstes..=letztes)
                .filter_map(|jahr| {
                    let zahlen = sechs(w, 500);
                    w.oft(97).then_some((jahr, zahlen))
                })
                .collect(),
        ),
        4 => {
            let mut staende = vec![((2018, 1, 1), sechs(w, 40).map(Some))];
            for _ in 0..w.unter(3) {
                let jahr = jahr(w);
                let ab = w.tag(jahr);
                if staende.iter().all(|(anderer, _)| *anderer != ab) {
                    staende.push((ab, sechs(w, 40).map(|zahl| (zahl > 15).then_some(zahl))));
                }
            }
            Key::Lizenzen(staende)
        }
        5 => {
            let quoten = |w: &mut Wuerfel| {
                let mut teile = sechs(w, 9);
                teile[0] += 1;
                teile.map(|teil| (teil > 0 || w.oft(50)).then_some(teil))
            };
            let mut fassungen = vec![(None, quoten(w))];
            if w.oft(40) {
                let jahr = jahr(w);
                fassungen.push((Some(w.tag(jahr)), quoten(w)));
            }
            Key::Quoten(fassungen)
        }
        _ => Key::Gleich,
    }
}

fn platz(w: &mut Wuerfel, erstes: u32, letztes: u32) -> Art {
    let mit_gruppen = w.oft(60);
    let mut besetzung: Vec<(Tag, Option<usize>, Option<u32>)> = Vec::new();
    if mit_gruppen {
        besetzung.push(((2018, 1, 1), Some(0), None));
        for _ in 0..w.unter(3) {
            let jahr = erstes + w.unter(letztes - erstes + 1);
            let ab = w.tag(jahr);
            let gruppe = w.oft(70).then(|| w.unter(2) as usize);
            let anteil = (gruppe.is_none() || w.oft(40)).then(|| w.unter(101));
            if besetzung.iter().all(|(anderer, ..)| *anderer != ab) {
                besetzung.push((ab, gruppe, anteil));
            }
        }
    }
    let mut werte = Vec::new();
    for jahr in erstes..=letztes {
        let gruppen = if mit_gruppen && w.oft(80) {
            vec![Some(0), Some(1)]
        } else {
            vec![None]
        };
        for gruppe in gruppen {
            let wert = |w: &mut Wuerfel, ab| Wert {
                jahr,
                ab,
                gruppe,
                personal: w.cent(),
                pauschale: w.cent(),
                satz: w.oft(20).then(|| w.unter(300)),
            };
            if w.oft(98) {
                werte.push(wert(w, None));
            }
            if w.oft(25) {
                let ab = w.tag(jahr);
                werte.push(wert(w, Some(ab)));
            }
        }
    }
    Art::Platz(Platz {
        anteil: 1 + w.unter(150),
        satz: w.unter(400),
        auf_beides: w.oft(40),
        sach: w.unter(101),
        besetzung,
        werte,
    })
}

fn feste(w: &mut Wuerfel, erstes: u32, letztes: u32, direkt: bool) -> Art {
    let mut feste = Vec::new();
    let mut von = (w.oft(50)).then(|| w.tag(erstes));
    for i in 0..=w.unter(3) {
        let bis = {
            let jahr = von.map_or(erstes, |(jahr, ..)| jahr) + w.unter(2);
            w.tag(jahr.min(letztes))
        };
        let letzter = i == 2 || von.is_some_and(|von| bis < von) || w.oft(30);
        feste.push(Fest {
            von,
            bis: (!letzter).then_some(bis),
            cent: w.cent(),
            je_monat: w.oft(40),
            fuer: direkt.then(|| w.wer()),
        });
        if letzter {
            break;
        }
        von = Some(if w.oft(70) {
            danach(bis)
        } else {
            danach(danach(danach(danach(bis))))
        });
    }
    // What one body alone bears may overlap with what another does.
    if direkt {
        let wer = w.wer();
        feste.iter_mut().for_each(|f| f.fuer = Some(wer));
    }
    Art::Fest(feste)
}

fn belege(w: &mut Wuerfel, erstes: u32, letztes: u32, direkt: bool) -> Art {
    let mut belege = Vec::new();
    let gutschriften = w.oft(30);
    for jahr in erstes..=letztes {
        for _ in 0..=w.unter(3) {
            let zeitraum = w.oft(40).then(|| {
                let (a, b) = (w.tag(jahr), w.tag(jahr));
                (a.min(b), a.max(b))
            });
            let cent = w.cent();
            belege.push(Rechnung {
                datum: w.tag(jahr),
                cent: if gutschriften && w.oft(50) {
                    -cent
                } else {
                    cent
                },
                netto_plus: w.oft(50).then(|| [0, 70, 190][w.unter(3) as usize]),
                zeitraum,
                fuer: (direkt || w.oft(25)).then(|| w.wer()),
            });
        }
    }
    Art::Belege(belege)
}

fn arbeitsplatz_aus(platz: &Platz) -> Arbeitsplatz {
    let gruppe = |i: usize| ["A11", "EG 10"][i].into();
    Arbeitsplatz {
        stellenanteil: Stellenanteil(bruch(platz.anteil, 100)),
        bewertung: vec![gruppe(0), gruppe(1)],
        besetzung: platz
            .besetzung
            .iter()
            .map(|(ab, g, anteil)| Besetzung {
                ab: datum(*ab),
                gruppe: g.map(gruppe),
                stellenanteil: anteil.map(|anteil| Umfang(bruch(anteil, 100))),
            })
            .collect(),
        gemeinkosten: bruch(platz.satz, 1000),
        gemeinkosten_auf: Some(if platz.auf_beides {
            Gemeinkostenbasis::PersonalUndSachkosten
        } else {
            Gemeinkostenbasis::Personalkosten
        }),
        sachkosten: bruch(platz.sach, 100),
        bericht: None,
        ausgabe: None,
        werte: platz
            .werte
            .iter()
            .map(|wert| Jahreswert {
                jahr: Kalenderjahr(wert.jahr),
                ab: wert.ab.map(datum),
                gruppe: wert.gruppe.map(gruppe),
                personalkosten: betrag(wert.personal),
                sachkosten_pauschale: betrag(wert.pauschale),
                gemeinkosten: wert.satz.map(|satz| bruch(satz, 1000)),
                gemeinkosten_grund: None,
                quelle: "a".into(),
                ausgabe: None,
                stichtag: None,
                seite: None,
            })
            .collect(),
    }
}

fn verteilung(key: &Key) -> Verteilung {
    let karte = |zahlen: &[u32; 6]| (0..6).map(|i| (schluessel(i), Anzahl(zahlen[i]))).collect();
    match key {
        Key::Gleich => Verteilung::GleicheTeile,
        Key::Direkt => Verteilung::Direkt,
        Key::Einwohner(wahlen, _) => Verteilung::Einwohner(
            wahlen
                .iter()
                .map(|(ab, i)| Stichtagswahl {
                    ab: ab.map(datum),
                    stichtag: stand(*i),
                })
                .collect(),
        ),
        Key::Fallzahlen(jahre) => Verteilung::Fallzahlen(
            jahre
                .iter()
                .map(|(jahr, zahlen)| Fallzahlen {
                    jahr: Kalenderjahr(*jahr),
                    zahlen: karte(zahlen),
                    quelle: None,
                })
                .collect(),
        ),
        Key::Lizenzen(staende) => Verteilung::Lizenzen(
            staende
                .iter()
                .map(|(ab, zahlen)| Lizenzstand {
                    ab: datum(*ab),
                    zahlen: (0..6)
                        .filter_map(|i| Some((schluessel(i), Anzahl(zahlen[i]?))))
                        .collect(),
                    quelle: None,
                })
                .collect(),
        ),
        Key::Quoten(fassungen) => Verteilung::Quoten(
            fassungen
                .iter()
                .map(|(ab, teile)| Quotenfassung {
                    ab: ab.map(datum),
                    anteile: (0..6)
                        .filter_map(|i| {
                            let summe = teile.iter().flatten().sum();
                            Some((schluessel(i), bruch(teile[i]?, summe)))
                        })
                        .collect(),
                })
                .collect(),
        ),
    }
}

/// The key of a body.
pub(crate) fn schluessel(wer: usize) -> Schluessel {
    Schluessel::from(format!("k{wer}").as_str())
}

fn stand(i: usize) -> Datum {
    datum((2015 + u32::try_from(i).unwrap(), 12, 31))
}

fn datum((jahr, monat, tag): Tag) -> Datum {
    format!("{tag:02}.{monat:02}.{jahr}").parse().unwrap()
}

fn betrag(cent: i64) -> Betrag {
    let zeichen = if cent < 0 { "-" } else { "" };
    let cent = cent.unsigned_abs();
    format!("{zeichen}{},{:02}", cent / 100, cent % 100)
        .parse()
        .unwrap()
}

fn bruch(zaehler: u32, nenner: u32) -> Bruch {
    Bruch::neu(BigRational::new(zaehler.into(), nenner.into())).unwrap()
}
