//! What templates and prose see: facts and computed values in the forms in which German sentences need them.
//!
//! Names are ASCII here; in a template `körperschaft` may be written as in the YAML. Everything is text, number or list:
//! a template never computes.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::compute::{Beteiligte, Menge, Zahlen, haushalt, sprache};
use crate::input::{Betrag, Cent, Datum, umschrift};
use crate::model::anlage::{Anlage, Inhalt};
use crate::model::beratung::{Beratung, Beratungsstatus, Beschlussstatus, Ergebnis};
use crate::model::drucksache::{Drucksache, Haushalt};
use crate::model::koerperschaft::{Formen, Kasus};
use crate::model::kosten::{Gemeinkostenbasis, Kostenposition, Verteilung};
use crate::model::vereinbarung::Vereinbarung;
use crate::model::{Koerperschaft, Reihe, Schluessel, Text, Vorgang};
use geteilt::Vorrat;

pub(in crate::template) mod form;
pub(in crate::template) mod geteilt;
mod kosten;
mod schaubild;
mod vereinbarung;
mod verfahren;
mod verteilung;

pub use geteilt::Geteilt;
pub use kosten::schaubilder;
pub use schaubild::SchaubildSicht;
pub(in crate::template) use vereinbarung::papierart;
pub use vereinbarung::{AufgabeSicht, Titel, VEREINBARUNG, VereinbarungSicht};

/// What the prose and the templates of one subject see.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct Fakten {
    /// The matter.
    pub vorgang: VorgangSicht,
    /// The paper for a council, where the subject is one.
    pub drucksache: Option<DrucksacheSicht>,
    /// The body whose council gets the paper.
    pub koerperschaft: Option<Geteilt<KoerperschaftSicht>>,
    /// All bodies by key, with `_` for `-`.
    pub koerperschaften: BTreeMap<String, Geteilt<KoerperschaftSicht>>,
    /// The agreement that the paper is about.
    pub vereinbarung: Option<VereinbarungSicht>,
    /// The agreement that it replaces.
    pub vorgaenger: Option<VereinbarungSicht>,
    /// The tasks of the agreement by key.
    pub aufgaben: Reihe<AufgabeSicht, String>,
    /// The cost items by key.
    pub kosten: Reihe<KostenSicht, String>,
    /// All parties of the agreement.
    pub parteien: Geteilt<MengeSicht>,
    /// The municipal parties of the predecessor.
    pub bestand: Geteilt<MengeSicht>,
    /// The municipal parties that the predecessor does not have.
    pub beitritt: Geteilt<MengeSicht>,
    /// All who use the service on the day that the agreement names.
    pub anwender: MengeSicht,
    /// The body that leads the matter.
    pub federfuehrend: Option<Geteilt<KoerperschaftSicht>>,
    /// Days that the prose mentions, by key.
    pub termine: Reihe<String, String>,
    /// Whatever else the council's own templates want to know, by key.
    pub angaben: Reihe<String, String>,
    /// The annex that the paper is made for, where the subject is one.
    pub anlage: Option<AnlageSicht>,
}

/// The matter.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct VorgangSicht {
    /// Its title.
    pub titel: String,
    /// Whether its agreements are samples.
    pub muster: bool,
}

/// A paper for a council.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct DrucksacheSicht {
    /// Its number.
    pub nummer: String,
    /// Its number for file names.
    pub dateiname: String,
    /// Its kind: `Beschlussvorlage`.
    pub art: &'static str,
    /// Its kind for file names: `beschlussvorlage`.
    pub art_dateiname: &'static str,
    /// The number of the paper that it adds to, or empty.
    pub zu: String,
    /// Its title.
    pub titel: String,
    /// Its title for the heads of pages.
    pub kurztitel: String,
    /// Number of its file, or empty.
    pub aktenzeichen: String,
    /// Whether no step is in public.
    pub nichtoeffentlich: bool,
    /// Whether it is known what came of a step, as far as this paper may tell: a public one is silent on what is not.
    pub hat_ergebnis: bool,
    /// Its own date, or empty.
    pub vorlage_vom: String,
    /// Unit that wrote it, or empty.
    pub organisationseinheit: String,
    /// Who presents it, or empty.
    pub berichterstattung: String,
    /// The steps of deliberation.
    pub beratungsfolge: Vec<BeratungSicht>,
    /// What it means for the budget.
    pub haushalt: Option<HaushaltSicht>,
    /// Its annexes.
    pub anlagen: Vec<AnlageSicht>,
}

/// A step of deliberation.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct BeratungSicht {
    /// The body's name.
    pub gremium: String,
    /// Day of the session, or empty.
    pub sitzungsdatum: String,
    /// What the body does.
    pub beschlussstatus: &'static str,
    /// Whether the body decides.
    pub entscheidet: bool,
    /// In public or not.
    pub beratungsstatus: &'static str,
    /// Whether it is not public.
    pub nichtoeffentlich: bool,
    /// What came of it, once the session was held.
    pub ergebnis: Option<ErgebnisSicht>,
}

/// What came of a step; votes that were not counted are empty.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct ErgebnisSicht {
    /// What the body did: `vertagt`.
    pub status: &'static str,
    /// Votes in favour.
    pub ja: String,
    /// Votes against.
    pub nein: String,
    /// Abstentions.
    pub enthaltungen: String,
    /// Members who are biased.
    pub befangen: String,
    /// What was decided, where it is not what had been proposed, or empty.
    pub wortlaut: String,
    /// Whether votes were counted.
    pub gezaehlt: bool,
}

/// The budget block; what is not known is empty.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct HaushaltSicht {
    /// Budget.
    pub budget: String,
    /// Produktgruppe.
    pub produktgruppe: String,
    /// Produkt.
    pub produkt: String,
    /// Haushaltsjahr.
    pub haushaltsjahr: String,
    /// Income, formatted.
    pub ertrag: String,
    /// Expense, formatted.
    pub aufwand: String,
}

/// An annex.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct AnlageSicht {
    /// „Anlage“ where it is the only one, else „Anlage 1“ …
    pub name: String,
    /// Its place among the annexes, from 1.
    pub nummer: usize,
    /// Its title.
    pub titel: String,
    /// The name of its file, where it was made elsewhere, or empty.
    pub datei: String,
    /// Whether it is not public.
    pub nichtoeffentlich: bool,
}

/// A body with its forms.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct KoerperschaftSicht {
    /// Name without kind.
    pub name: String,
    /// Kind.
    pub gattung: String,
    /// Official form.
    pub amtsform: String,
    /// Official form with its article: „der Kreisstadt Unna“.
    pub amtsform_dativ: String,
    /// The same: „die Kreisstadt Unna“.
    pub amtsform_akkusativ: String,
    /// Whether it is a Kreis.
    pub ist_kreis: bool,
    /// The office that represents it on the day of the paper.
    pub amt: Option<AmtSicht>,
    /// Where it publishes, or empty.
    pub bekanntmachung: String,
    /// Lines of the address.
    pub anschrift: Vec<String>,
    /// „die Stadt Lünen“.
    pub nominativ: String,
    /// „Die Stadt Lünen“, at the beginning of a sentence.
    pub satzanfang: String,
    /// „der Stadt Lünen“.
    pub genitiv: String,
    /// „der Stadt Lünen“.
    pub dativ: String,
    /// „die Stadt Lünen“.
    pub akkusativ: String,
    /// First day of use, or empty.
    pub nutzung_von: String,
    /// Whether use has begun by the day of decision.
    pub nutzt_bereits: bool,
}

/// An office. A form that the base data do not give is absent.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct AmtSicht {
    /// „der Landrat“.
    pub nominativ: String,
    /// „Der Landrat“.
    pub satzanfang: String,
    /// „des Landrats“.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub genitiv: Option<String>,
    /// „dem Landrat“.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dativ: Option<String>,
    /// „den Landrat“.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub akkusativ: Option<String>,
    /// The offices that sign, in order, each as it begins a line.
    pub unterschriften: Vec<String>,
}

/// A set of bodies. The empty one has no forms: an expression that names them is a finding, not a hole in a sentence.
#[derive(Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct MengeSicht {
    /// How many.
    pub anzahl: usize,
    /// How many, in words up to twelve.
    pub zahlwort: String,
    /// The equal share of each: `1/8`; of the users only where every cost item is shared equally.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub anteil: String,
    /// „Bergkamen, Bönen und Lünen“.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub namen: String,
    /// „die Städte und Gemeinden“ by case.
    pub gattungen: BTreeMap<&'static str, String>,
    /// „die Städte Bergkamen und Lünen sowie die Gemeinde Bönen“.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub nominativ: String,
    /// The same at the beginning of a sentence.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub satzanfang: String,
    /// The same in the genitive.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub genitiv: String,
    /// The same in the dative.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub dativ: String,
    /// The same in the accusative.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub akkusativ: String,
    /// First day on which one of them used the service, or empty.
    pub nutzung_von: String,
    /// The bodies: Kreise, Städte, Gemeinden, each by name.
    pub glieder: Vec<Geteilt<KoerperschaftSicht>>,
}

/// A cost item.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct KostenSicht {
    /// Share of a full-time post: `0,25`.
    pub stellenanteil: String,
    /// The grades.
    pub bewertung: Vec<String>,
    /// Rate of the Gemeinkosten: `10 %`.
    pub gemeinkosten: String,
    /// Share of the Sachkosten: `¼`.
    pub sachkosten: String,
    /// Whether the Gemeinkosten are charged on the Sachkosten too.
    pub gemeinkosten_auf_sachkosten: bool,
    /// „zu gleichen Teilen“.
    pub schluessel: &'static str,
    /// Whether all have the same share.
    pub gleiche_teile: bool,
    /// From when on the post is held otherwise than first agreed: „ab dem 1. September 2022 mit 0,3 Vollzeitäquivalent“.
    pub besetzung: Vec<String>,
    /// Agreed sums that the key shares: „1.200,00 € im Jahr“, „100,00 € im Monat ab dem 01.07.2022“.
    pub festbetraege: Vec<String>,
    /// The report that the figures are taken from, or empty.
    pub bericht: String,
    /// Which edition of the report counts, or empty.
    pub ausgabe: String,
    /// What is assumed because nobody has said it.
    pub annahmen: Vec<String>,
}

/// What a paper is made for.
#[derive(Debug, Clone, Copy)]
pub enum Gegenstand<'a> {
    /// A Drucksache.
    Drucksache(&'a Drucksache),
    /// An agreement.
    Vereinbarung(&'a Vereinbarung),
    /// An annex that is a text of the matter: its Drucksache, and its place among the annexes, from 0.
    Anlage(&'a Drucksache, usize),
}

/// The facts as the papers of a subject need them.
///
/// `titel` are the titles of the papers as far as they are known.
pub fn fakten(
    vorgang: &Vorgang,
    zahlen: &Zahlen<'_>,
    titel: &Titel,
    gegenstand: Gegenstand<'_>,
) -> Fakten {
    fakten_mit(
        &Vorrat::default(),
        &|_| true,
        vorgang,
        zahlen,
        titel,
        gegenstand,
    )
}

/// As [`fakten`], with views that several subjects share; of the agreements, which take the longest, only those that
/// `will` asks for by the name of their group.
pub(in crate::template) fn fakten_mit(
    vorrat: &Vorrat,
    will: &(dyn Fn(&str) -> bool + Sync),
    vorgang: &Vorgang,
    zahlen: &Zahlen<'_>,
    titel: &Titel,
    gegenstand: Gegenstand<'_>,
) -> Fakten {
    let (drucksache, vereinbarung) = match gegenstand {
        Gegenstand::Drucksache(drucksache) | Gegenstand::Anlage(drucksache, _) => {
            (Some(drucksache), vorgang.vereinbarung_zu(drucksache))
        }
        Gegenstand::Vereinbarung(vereinbarung) => (None, Some(vereinbarung)),
    };
    let blick = Blick {
        vorgang,
        zahlen,
        titel,
        vorrat,
        stichtag: drucksache.and_then(Drucksache::entscheidungstag),
        amtstag: rechtsstand(vorgang, gegenstand),
    };
    let beteiligte = vereinbarung.and_then(|v| zahlen.vereinbarungen.get(&v.schluessel));
    let menge = |waehle: for<'m, 'a> fn(&'m Beteiligte<'a>) -> &'m Menge<'a>| {
        beteiligte
            .map(|b| blick.menge(waehle(b)))
            .unwrap_or_default()
    };
    Fakten {
        vorgang: VorgangSicht {
            titel: leer(vorgang.kopf.titel.as_ref()),
            muster: vorgang.kopf.muster,
        },
        drucksache: drucksache.map(|drucksache| blick.drucksache(drucksache)),
        koerperschaft: drucksache
            .and_then(|drucksache| vorgang.koerperschaft_von(drucksache))
            .map(|k| blick.koerperschaft(k)),
        koerperschaften: vorgang
            .koerperschaften
            .values()
            .map(|k| (name(&k.schluessel), blick.koerperschaft(k)))
            .collect(),
        vereinbarung: vereinbarung
            .filter(|_| will("vereinbarung"))
            .map(|v| blick.vereinbarung(v)),
        vorgaenger: vereinbarung
            .filter(|_| will("vorgaenger"))
            .and_then(|v| vorgang.vereinbarungen.get(v.ersetzt.as_ref()?))
            .map(|v| blick.vereinbarung(v)),
        aufgaben: vereinbarung
            .iter()
            .flat_map(|v| v.aufgaben.iter().map(move |(s, aufgabe)| (v, s, aufgabe)))
            .map(|(v, schluessel, aufgabe)| {
                (name(schluessel), blick.aufgabe(v, schluessel, aufgabe))
            })
            .collect(),
        kosten: vorgang
            .kosten
            .iter()
            .map(|(schluessel, position)| {
                let von = vereinbarung.and_then(Vereinbarung::beginn);
                (name(schluessel), kosten(position, von))
            })
            .collect(),
        parteien: menge(|b| &b.parteien),
        bestand: menge(|b| &b.bestand),
        beitritt: menge(|b| &b.beitritt),
        anwender: {
            let anwender = beteiligte
                .map(|b| blick.menge_frei(&b.anwender))
                .unwrap_or_default();
            let gleich = vereinbarung.is_none_or(|v| blick.tragen_gleich(v));
            // „je 1/8“ would be wrong in every sentence about costs that are shared otherwise.
            let anteil = if gleich {
                anwender.anteil
            } else {
                String::new()
            };
            MengeSicht { anteil, ..anwender }
        },
        federfuehrend: vorgang
            .kopf
            .federfuehrend
            .as_ref()
            .and_then(|schluessel| vorgang.koerperschaften.get(schluessel))
            .map(|k| blick.koerperschaft(k)),
        termine: drucksache
            .iter()
            .flat_map(|drucksache| &drucksache.termine)
            .map(|(schluessel, tag)| (name(schluessel), tag.to_string()))
            .collect(),
        angaben: drucksache
            .iter()
            .flat_map(|drucksache| &drucksache.angaben)
            .map(|(schluessel, angabe)| (name(schluessel), angabe.to_string()))
            .collect(),
        anlage: match gegenstand {
            Gegenstand::Anlage(drucksache, i) => blick.anlagen(drucksache).into_iter().nth(i),
            _ => None,
        },
    }
}

/// The day for which the papers of a subject cite the law and name offices.
pub fn rechtsstand(vorgang: &Vorgang, gegenstand: Gegenstand<'_>) -> Option<Datum> {
    match gegenstand {
        Gegenstand::Drucksache(drucksache) | Gegenstand::Anlage(drucksache, _) => {
            let vereinbarung = || vorgang.vereinbarung_zu(drucksache);
            let tag = drucksache.entscheidungstag();
            tag.or_else(|| vorgang.rechtsstand(vereinbarung()?))
        }
        Gegenstand::Vereinbarung(vereinbarung) => vorgang.rechtsstand(vereinbarung),
    }
}

/// A key as templates spell it: `-` as `_`, umlauts written out.
pub(super) fn name(schluessel: &Schluessel) -> String {
    let mut name = String::new();
    for c in schluessel.as_str().chars() {
        match umschrift(c) {
            Some(umschrift) => name.push_str(umschrift),
            None => name.push(if c == '-' { '_' } else { c }),
        }
    }
    name
}

/// The matter as seen on the day of decision.
struct Blick<'a> {
    vorgang: &'a Vorgang,
    zahlen: &'a Zahlen<'a>,
    titel: &'a Titel,
    vorrat: &'a Vorrat,
    stichtag: Option<Datum>,
    /// The day on which offices are looked up.
    amtstag: Option<Datum>,
}

impl Blick<'_> {
    /// Whether all who use the service bear each of its cost items in equal parts, and nobody a sum of its own; also where
    /// there are none.
    fn tragen_gleich(&self, vereinbarung: &Vereinbarung) -> bool {
        let anwender = self.zahlen.vereinbarungen.get(&vereinbarung.schluessel);
        let Some(anwender) = anwender.map(|beteiligte| &beteiligte.anwender) else {
            return true;
        };
        self.vorgang
            .kosten
            .values()
            .filter(|position| vereinbarung.aufgaben.contains_key(&position.aufgabe))
            .all(|position| {
                let tragende = self.tragende_der_position(vereinbarung, position);
                position.schluessel == Verteilung::GleicheTeile
                    && kosten::direkte(position).next().is_none()
                    && tragende.ohne(anwender).ist_leer()
                    && anwender.ohne(&tragende).ist_leer()
            })
    }

    fn drucksache(&self, drucksache: &Drucksache) -> DrucksacheSicht {
        DrucksacheSicht {
            nummer: drucksache.nummer.to_string(),
            dateiname: drucksache.nummer.dateiname(),
            art: drucksache.art.wortlaut(),
            art_dateiname: drucksache.art.dateiname(),
            zu: leer(drucksache.zu.as_ref()),
            titel: drucksache.titel.as_str().to_owned(),
            kurztitel: drucksache
                .kurztitel
                .as_ref()
                .unwrap_or(&drucksache.titel)
                .as_str()
                .to_owned(),
            aktenzeichen: leer(drucksache.aktenzeichen.as_ref()),
            nichtoeffentlich: drucksache.ist_nichtoeffentlich(),
            hat_ergebnis: drucksache.beratungen().iter().any(|beratung| {
                beratung.ergebnis.is_some()
                    && (drucksache.ist_nichtoeffentlich() || !ist_nichtoeffentlich(beratung))
            }),
            vorlage_vom: leer(drucksache.vorlage_vom),
            organisationseinheit: leer(drucksache.organisationseinheit.as_ref()),
            berichterstattung: leer(drucksache.berichterstattung.as_ref()),
            beratungsfolge: drucksache.beratungen().iter().map(beratung).collect(),
            haushalt: drucksache
                .haushalt
                .as_ref()
                .map(|h| self.haushalt(drucksache, h)),
            anlagen: self.anlagen(drucksache),
        }
    }

    fn haushalt(&self, drucksache: &Drucksache, haushalt: &Haushalt) -> HaushaltSicht {
        let berechnet = haushalt::betraege(self.vorgang, &self.zahlen.vereinbarungen, drucksache);
        let beispiel = self.haushalt_ist_beispiel(drucksache, haushalt);
        let betrag = |eingetragen: Option<Betrag>, berechnet: Option<Cent>| {
            let berechnet = || match berechnet {
                // What rests on invented figures must not look like a fact.
                Some(cent) if beispiel => format!("{cent} (Beispielwert)"),
                berechnet => leer(berechnet),
            };
            eingetragen.map_or_else(berechnet, |betrag| betrag.to_string())
        };
        HaushaltSicht {
            budget: leer(haushalt.budget.as_ref()),
            produktgruppe: leer(haushalt.produktgruppe.as_ref()),
            produkt: leer(haushalt.produkt.as_ref()),
            haushaltsjahr: leer(haushalt.haushaltsjahr.as_ref()),
            ertrag: betrag(haushalt.ertrag, berechnet.and_then(|b| b.ertrag)),
            aufwand: betrag(haushalt.aufwand, berechnet.and_then(|b| b.aufwand)),
        }
    }

    /// Whether what the budget block takes from the costs rests on an invented figure.
    fn haushalt_ist_beispiel(&self, drucksache: &Drucksache, haushalt: &Haushalt) -> bool {
        let vereinbarung = self.vorgang.vereinbarung_zu(drucksache);
        let beteiligte = vereinbarung.and_then(|v| self.zahlen.vereinbarungen.get(&v.schluessel));
        let (Some(jahr), Some(wer), Some(beteiligte)) = (
            haushalt.kosten_des_jahres,
            self.vorgang.koerperschaft_von(drucksache),
            beteiligte,
        ) else {
            return false;
        };
        beteiligte.kosten.rechnungen.iter().any(|rechnung| {
            rechnung.jahre.iter().any(|dieses| {
                dieses.jahr == jahr.0
                    && (rechnung.anbieter.schluessel == wer.schluessel
                        || dieses.anteil_von(&wer.schluessel).is_some())
                    && kosten::ist_beispiel(rechnung, dieses)
            })
        })
    }

    fn anlagen(&self, drucksache: &Drucksache) -> Vec<AnlageSicht> {
        let anlagen = drucksache.anlagen.iter().enumerate();
        anlagen
            .map(|(i, anlage)| AnlageSicht {
                name: anlagenname(drucksache, i),
                nummer: i + 1,
                titel: self.anlagentitel(anlage),
                datei: match &anlage.inhalt {
                    Inhalt::Datei { datei, .. } => dateiname(datei.as_str()).to_owned(),
                    _ => String::new(),
                },
                nichtoeffentlich: anlage.beratungsstatus == Beratungsstatus::Nichtoeffentlich,
            })
            .collect()
    }

    fn anlagentitel(&self, anlage: &Anlage) -> String {
        match &anlage.inhalt {
            Inhalt::Titel(titel) | Inhalt::Text { titel, .. } | Inhalt::Datei { titel, .. } => {
                titel.to_string()
            }
            Inhalt::Vereinbarung(schluessel) => self
                .vorgang
                .vereinbarungen
                .get(schluessel)
                .and_then(|v| self.titel(v, VEREINBARUNG))
                .unwrap_or_default(),
            Inhalt::Drucksache(nummer) => self
                .vorgang
                .drucksache(nummer)
                .map(|d| format!("{} {nummer}", d.art.wortlaut()))
                .unwrap_or_default(),
        }
    }

    fn koerperschaft(&self, koerperschaft: &Koerperschaft) -> Geteilt<KoerperschaftSicht> {
        let tage = (self.stichtag, self.amtstag);
        self.vorrat
            .koerperschaft(&koerperschaft.schluessel, tage, || {
                self.koerperschaft_frei(koerperschaft)
            })
    }

    fn koerperschaft_frei(&self, koerperschaft: &Koerperschaft) -> KoerperschaftSicht {
        let formen = self
            .vorgang
            .gattungen
            .get(&koerperschaft.gattung)
            .map(|g| &g.einzahl);
        let form = |kasus| form(formen, kasus, koerperschaft.name.as_str());
        let amtsgattung = koerperschaft.amtsgattung();
        let amtsformen = self.vorgang.gattungen.get(&amtsgattung).map(|g| &g.einzahl);
        let amtsform = |kasus| self::form(amtsformen, kasus, koerperschaft.name.as_str());
        let beginn = self.nutzungsbeginn(koerperschaft);
        KoerperschaftSicht {
            name: koerperschaft.name.to_string(),
            gattung: koerperschaft.gattung.clone(),
            amtsform: koerperschaft.amtsform(),
            amtsform_dativ: amtsform(Kasus::Dativ),
            amtsform_akkusativ: amtsform(Kasus::Akkusativ),
            ist_kreis: !koerperschaft.ist_gemeinde(),
            amt: self.amt(koerperschaft),
            bekanntmachung: leer(koerperschaft.bekanntmachung.as_ref()),
            anschrift: koerperschaft
                .anschrift
                .iter()
                .map(ToString::to_string)
                .collect(),
            satzanfang: vereinbarung::gross(&form(Kasus::Nominativ)),
            nominativ: form(Kasus::Nominativ),
            genitiv: form(Kasus::Genitiv),
            dativ: form(Kasus::Dativ),
            akkusativ: form(Kasus::Akkusativ),
            nutzung_von: leer(beginn),
            nutzt_bereits: beginn
                .zip(self.stichtag)
                .is_some_and(|(beginn, stichtag)| beginn <= stichtag),
        }
    }

    fn amt(&self, koerperschaft: &Koerperschaft) -> Option<AmtSicht> {
        let vertretung = koerperschaft.vertretung_am(self.amtstag?)?;
        let amt = self.vorgang.aemter.get(&vertretung.amt)?;
        let weitere = vertretung
            .weitere_unterschriften
            .iter()
            .filter_map(|schluessel| self.vorgang.aemter.get(schluessel));
        let text = |text: &Option<Text>| text.as_ref().map(ToString::to_string);
        Some(AmtSicht {
            nominativ: amt.nominativ.to_string(),
            satzanfang: vereinbarung::gross(amt.nominativ.as_str()),
            genitiv: text(&amt.genitiv),
            dativ: text(&amt.dativ),
            akkusativ: text(&amt.akkusativ),
            unterschriften: std::iter::once(amt)
                .chain(weitere)
                .map(|amt| vereinbarung::gross(amt.nominativ.as_str()))
                .collect(),
        })
    }

    fn nutzungsbeginn(&self, koerperschaft: &Koerperschaft) -> Option<Datum> {
        self.vorgang
            .nutzung
            .iter()
            .filter(|nutzung| nutzung.anwender == koerperschaft.schluessel)
            .map(|nutzung| nutzung.von)
            .min()
    }

    fn menge(&self, menge: &Menge<'_>) -> Geteilt<MengeSicht> {
        let wer = menge.iter().map(|k| k.schluessel.clone()).collect();
        let tage = (self.stichtag, self.amtstag);
        self.vorrat.menge(wer, tage, || self.menge_frei(menge))
    }

    fn menge_frei(&self, menge: &Menge<'_>) -> MengeSicht {
        MengeSicht {
            anzahl: menge.anzahl(),
            zahlwort: sprache::zahlwort(menge.anzahl()),
            anteil: leer(menge.anteil()),
            namen: menge.namen(),
            gattungen: Kasus::ALLE
                .into_iter()
                .map(|kasus| (kasus.name(), menge.gattungen(kasus)))
                .collect(),
            nominativ: menge.aufzaehlung(Kasus::Nominativ),
            satzanfang: vereinbarung::gross(&menge.aufzaehlung(Kasus::Nominativ)),
            genitiv: menge.aufzaehlung(Kasus::Genitiv),
            dativ: menge.aufzaehlung(Kasus::Dativ),
            akkusativ: menge.aufzaehlung(Kasus::Akkusativ),
            nutzung_von: leer(menge.iter().filter_map(|k| self.nutzungsbeginn(k)).min()),
            glieder: menge.iter().map(|k| self.koerperschaft(k)).collect(),
        }
    }
}

/// „Anlage“ for the only annex of a paper, „Anlage 2“ for the second of several.
pub fn anlagenname(drucksache: &Drucksache, index: usize) -> String {
    if drucksache.anlagen.len() > 1 {
        format!("Anlage {}", index + 1)
    } else {
        "Anlage".to_owned()
    }
}

/// What an annex bears at its head: „Anlage 2 zur Drucksache 88/26“.
pub fn anlagenkopf(drucksache: &Drucksache, index: usize) -> String {
    format!(
        "{} zur Drucksache {}",
        anlagenname(drucksache, index),
        drucksache.nummer
    )
}

/// The last part of a path.
fn dateiname(pfad: &str) -> &str {
    pfad.rsplit('/').next().unwrap_or(pfad)
}

fn form(formen: Option<&Formen>, kasus: Kasus, name: &str) -> String {
    formen
        .map(|formen| format!("{} {name}", formen.in_kasus(kasus)))
        .unwrap_or_default()
}

fn beratung(beratung: &Beratung) -> BeratungSicht {
    BeratungSicht {
        gremium: beratung.gremium.to_string(),
        sitzungsdatum: leer(beratung.sitzungsdatum),
        beschlussstatus: beratung.beschlussstatus.wortlaut(),
        entscheidet: beratung.beschlussstatus == Beschlussstatus::Entscheidung,
        beratungsstatus: beratung.beratungsstatus.wortlaut(),
        nichtoeffentlich: ist_nichtoeffentlich(beratung),
        ergebnis: beratung.ergebnis.as_ref().map(ergebnis),
    }
}

fn ist_nichtoeffentlich(beratung: &Beratung) -> bool {
    beratung.beratungsstatus == Beratungsstatus::Nichtoeffentlich
}

fn ergebnis(ergebnis: &Ergebnis) -> ErgebnisSicht {
    let Ergebnis {
        status,
        ja,
        nein,
        enthaltungen,
        befangen,
        wortlaut,
    } = ergebnis;
    ErgebnisSicht {
        status: status.wortlaut(),
        ja: leer(*ja),
        nein: leer(*nein),
        enthaltungen: leer(*enthaltungen),
        befangen: leer(*befangen),
        wortlaut: leer(wortlaut.as_ref()),
        gezaehlt: [ja, nein, enthaltungen].into_iter().any(Option::is_some),
    }
}

/// `von` is the first day that the papers speak of: what is assumed of earlier times they do not repeat.
fn kosten(position: &Kostenposition, von: Option<Datum>) -> KostenSicht {
    let platz = position.arbeitsplatz.as_ref();
    KostenSicht {
        stellenanteil: leer(platz.map(|platz| kosten::stellenanteil(platz, von))),
        besetzung: platz
            .map(|platz| kosten::besetzung(platz, von))
            .unwrap_or_default(),
        bewertung: platz
            .iter()
            .flat_map(|platz| platz.bewertung.iter().map(ToString::to_string))
            .collect(),
        gemeinkosten: leer(platz.map(|platz| {
            let satz = &platz.gemeinkosten;
            satz.prozent().unwrap_or_else(|| satz.to_string())
        })),
        sachkosten: leer(platz.map(|platz| platz.sachkosten.zeichen())),
        gemeinkosten_auf_sachkosten: platz
            .is_some_and(|platz| platz.basis() == Gemeinkostenbasis::PersonalUndSachkosten),
        schluessel: position.schluessel.wortlaut(),
        gleiche_teile: position.schluessel == Verteilung::GleicheTeile,
        festbetraege: position
            .festbetrag
            .iter()
            .flatten()
            .filter(|fest| fest.fuer.is_none())
            .map(kosten::festbetrag)
            .collect(),
        bericht: leer(platz.and_then(|platz| platz.bericht.as_ref())),
        ausgabe: leer(platz.and_then(|platz| platz.ausgabe.as_ref())),
        annahmen: position
            .annahmen_in(von, None)
            .into_iter()
            .map(str::to_owned)
            .collect(),
    }
}

/// The value as text; empty where there is none.
fn leer(wert: Option<impl ToString>) -> String {
    wert.map(|wert| wert.to_string()).unwrap_or_default()
}
