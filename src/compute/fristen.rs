//! Days of effect: from receipt at the authority over the approval that counts as given to the gazette (§ 24 GkG NRW).
//!
//! Each result carries the steps that led to it and what was missing on the way, so that a paper or a finding can show both.
//! Nothing here judges a planned day; that is the business of `check`.

use super::{Menge, Zustaendigkeit};
use crate::input::Datum;
use crate::model::frist::Amtsblatt;
use crate::model::vereinbarung::Status;
use crate::model::{Vereinbarung, Vorgang};
use crate::recht::kalender::plus_tage;
use crate::recht::{Beleg, Genehmigungsfiktion, Recht};

mod eingang;
pub mod ladung;
mod tabelle;
mod weg;

pub use eingang::{Eingang, Grundlage};
pub use tabelle::tabelle;
use weg::Weg;

/// When an agreement takes effect.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fristen {
    /// From which day the periods run; `None` where no day is known at all.
    pub eingang: Option<Eingang>,
    /// The ways that are still open, the shortest first; one alone once it is known which.
    pub verlaeufe: Vec<Verlauf>,
    /// What is not known, each a German sentence without a full stop.
    pub luecken: Vec<Luecke>,
}

/// A way to the day of effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verlauf {
    /// Which way.
    pub fall: Fall,
    /// The last day of the period after which the approval counts as given, where it is such a way.
    pub fiktion: Option<Datum>,
    /// Day of the gazette; the earliest one that is possible, no Sunday or holiday, where its weekday is not known.
    pub bekanntmachung: Option<Datum>,
    /// The day after the gazette: no effect is possible before it.
    pub fruehestens: Option<Datum>,
    /// Day of effect: that day or a later one that the agreement names; `None` where it is open.
    pub wirksam: Option<Datum>,
    /// Whether the days are only the earliest ones that are possible.
    pub ist_fruehestens: bool,
    /// How it came about.
    pub schritte: Vec<Schritt>,
}

/// Which way leads to the day of effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fall {
    /// The day is known.
    InKraft,
    /// The gazette has appeared.
    Veroeffentlicht,
    /// The authority has approved.
    Genehmigt,
    /// The authority does not object in time: the approval counts as given.
    OhneEinwendung,
    /// It objects in time and sets no hearing: the approval counts as given later.
    OhneEroerterung,
    /// It objects and sets a hearing in time: nothing counts as given.
    Eroerterung,
}

/// A step on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schritt {
    /// The norm with its law, or where the day was typed.
    pub norm: String,
    /// How far the norm was seen; what rests on one that is only remembered is a warning at most.
    pub beleg: Beleg,
    /// The day, where there is one.
    pub tag: Option<Datum>,
    /// What happens, as German words without a full stop.
    pub worte: String,
}

/// Something that is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Luecke {
    /// The key that is missing: `eingang`, `amtsblatt`.
    pub feld: &'static str,
    /// What is not known, as a German sentence without a full stop.
    pub text: String,
}

/// The days of effect of an agreement.
pub(super) fn fristen(
    vorgang: &Vorgang,
    vereinbarung: &Vereinbarung,
    parteien: &Menge<'_>,
    zustaendigkeit: &Zustaendigkeit,
) -> Fristen {
    let mut rechner = Rechner {
        recht: &vorgang.recht,
        vereinbarung,
        amtsblatt: amtsblatt(vorgang, vereinbarung, zustaendigkeit),
        luecken: Vec::new(),
    };
    let eingang = rechner.eingang(vorgang, parteien);
    let verlaeufe = rechner.verlaeufe(eingang);
    Fristen {
        eingang,
        verlaeufe,
        luecken: rechner.luecken,
    }
}

/// When the gazette appears: as the agreement says, else the base data under the gazette's name.
fn amtsblatt<'a>(
    vorgang: &'a Vorgang,
    vereinbarung: &'a Vereinbarung,
    zustaendigkeit: &Zustaendigkeit,
) -> Option<&'a Amtsblatt> {
    vereinbarung.amtsblatt.as_ref().or_else(|| {
        let Zustaendigkeit::Klar(behoerde) = zustaendigkeit else {
            return None;
        };
        vorgang.amtsblaetter.get(&behoerde.amtsblatt)
    })
}

struct Rechner<'a> {
    recht: &'a Recht,
    vereinbarung: &'a Vereinbarung,
    amtsblatt: Option<&'a Amtsblatt>,
    luecken: Vec<Luecke>,
}

impl Rechner<'_> {
    fn verlaeufe(&mut self, eingang: Option<Eingang>) -> Vec<Verlauf> {
        let v = self.vereinbarung;
        if let Some(tag) = v.in_kraft_seit {
            return vec![in_kraft(tag)];
        }
        if let Some(veroeffentlichung) = &v.veroeffentlichung {
            let weg = Weg::neu(Fall::Veroeffentlicht, false);
            return vec![self.ab_bekanntmachung(weg, veroeffentlichung.am)];
        }
        if let Some(genehmigung) = &v.genehmigung {
            let mut weg = Weg::neu(Fall::Genehmigt, false);
            weg.schritt(
                "§ 24 Abs. 2 GkG NRW",
                Beleg::Gesehen,
                Some(genehmigung.vom),
                "die Aufsichtsbehörde genehmigt",
            );
            return vec![self.ab_genehmigung(weg, genehmigung.vom)];
        }
        if v.status == Status::InKraft {
            self.luecke(
                "in_kraft_seit",
                "seit wann die Vereinbarung in Kraft ist, ist nicht angegeben",
            );
            return Vec::new();
        }
        let Some(eingang) = eingang else {
            return Vec::new();
        };
        let recht = self.recht;
        let Some(fiktion) = recht.genehmigungsfiktion_am(eingang.tag) else {
            self.luecke(
                "recht",
                "die Fristen des § 24 Abs. 2 GkG NRW sind nicht bekannt",
            );
            return Vec::new();
        };
        if !recht.kalender.kennt(eingang.tag) {
            self.luecke(
                "recht",
                &format!(
                    "die Feiertage vor {} sind nicht vollständig",
                    recht.kalender.bekannt_ab
                ),
            );
        }
        self.offene(eingang, fiktion)
    }

    /// The ways after a receipt that are still open.
    fn offene(&mut self, eingang: Eingang, fiktion: &Genehmigungsfiktion) -> Vec<Verlauf> {
        let Some((einwenden, eroertern)) = self.fristenden(eingang, fiktion) else {
            return Vec::new();
        };
        let ohne_einwendung = |rechner: &mut Self| {
            let mut weg = rechner.weg(Fall::OhneEinwendung, eingang);
            let wochen = fiktion.einwendung_wochen;
            rechner.frist(
                &mut weg,
                fiktion,
                einwenden,
                &format!("{wochen} Wochen ohne Einwendung: die Genehmigung gilt mit Ablauf dieses Tages als erteilt"),
            );
            rechner.ab_fiktion(weg, einwenden.1)
        };
        let ohne_eroerterung = |rechner: &mut Self| {
            let mut weg = rechner.weg(Fall::OhneEroerterung, eingang);
            let wochen = fiktion.eroerterung_wochen;
            rechner.frist(
                &mut weg,
                fiktion,
                eroertern,
                &format!("{wochen} weitere Wochen ohne Erörterungstermin: die Genehmigung gilt mit Ablauf dieses Tages als erteilt"),
            );
            rechner.ab_fiktion(weg, eroertern.1)
        };
        let Some(einwendung) = &self.vereinbarung.einwendung else {
            return vec![
                ohne_einwendung(self),
                ohne_eroerterung(self),
                self.offen(eingang, fiktion, None),
            ];
        };
        if einwendung.am > einwenden.1 {
            return vec![ohne_einwendung(self)];
        }
        match einwendung.eroerterung_anberaumt_am {
            Some(am) if am <= eroertern.1 => vec![self.offen(eingang, fiktion, Some(am))],
            Some(_) => vec![ohne_eroerterung(self)],
            None => vec![ohne_eroerterung(self), self.offen(eingang, fiktion, None)],
        }
    }

    /// The ends of both periods, each as counted and as moved to a day on which a period may end.
    ///
    /// The further weeks follow the first ones as those really end; where the first end is not moved that is the same.
    fn fristenden(
        &self,
        eingang: Eingang,
        fiktion: &Genehmigungsfiktion,
    ) -> Option<((Datum, Datum), (Datum, Datum))> {
        let ende = |ab: Datum, wochen: u32| {
            let gezaehlt = plus_tage(ab, wochen.checked_mul(7)?)?;
            Some((gezaehlt, self.recht.kalender.naechstes_fristende(gezaehlt)))
        };
        let einwenden = ende(eingang.tag, fiktion.einwendung_wochen)?;
        let eroertern = ende(einwenden.1, fiktion.eroerterung_wochen)?;
        Some((einwenden, eroertern))
    }

    fn weg(&self, fall: Fall, eingang: Eingang) -> Weg {
        let mut weg = Weg::neu(fall, eingang.ist_fruehestens());
        weg.schritt(
            "§ 24 Abs. 2 GkG NRW",
            Beleg::Gesehen,
            Some(eingang.tag),
            eingang.worte(),
        );
        weg
    }

    /// The end of a period; a second step where it moved.
    fn frist(
        &self,
        weg: &mut Weg,
        fiktion: &Genehmigungsfiktion,
        (gezaehlt, ende): (Datum, Datum),
        worte: &str,
    ) {
        if let (Some(grund), Some(fristende)) = (
            self.recht.kalender.kein_fristende(gezaehlt),
            &self.recht.fristende,
        ) {
            weg.schritt(
                &fristende.norm,
                fristende.beleg,
                Some(gezaehlt),
                &format!("das Ende der Frist fällt auf: {grund}; sie endet am nächsten Werktag"),
            );
        }
        weg.schritt(&fiktion.norm, fiktion.beleg, Some(ende), worte);
    }

    fn offen(
        &self,
        eingang: Eingang,
        fiktion: &Genehmigungsfiktion,
        anberaumt: Option<Datum>,
    ) -> Verlauf {
        let mut weg = self.weg(Fall::Eroerterung, eingang);
        let worte = "die Behörde beraumt rechtzeitig einen Erörterungstermin an: der Tag ist offen";
        weg.schritt(&fiktion.norm, fiktion.beleg, anberaumt, worte);
        weg.ende(None, None, None, None)
    }

    fn ab_fiktion(&mut self, weg: Weg, fiktion: Datum) -> Verlauf {
        let mut verlauf = self.ab_genehmigung(weg, fiktion);
        verlauf.fiktion = Some(fiktion);
        verlauf
    }

    /// From the day on which the approval is given or counts as given to the first gazette after it.
    ///
    /// Where nobody said on which weekday the gazette appears, its earliest day is the first Werktag (a Saturday is one):
    /// no office issues a gazette on a Sunday or holiday, so „frühestens 25.12.“ would promise a day that cannot be. A
    /// weekday that was typed is kept even on a holiday: whether that issue comes sooner or later only the authority knows.
    fn ab_genehmigung(&mut self, mut weg: Weg, tag: Datum) -> Verlauf {
        let Some(amtsblatt) = self.amtsblatt else {
            self.luecke(
                "amtsblatt",
                "an welchem Wochentag das Amtsblatt erscheint und mit welchem Vorlauf, ist nicht angegeben",
            );
            weg.fruehestens = true;
            let kalender = &self.recht.kalender;
            return match plus_tage(tag, 1).and_then(|tag| kalender.naechster_werktag(tag)) {
                Some(naechster) => self.ab_bekanntmachung(weg, naechster),
                None => weg.ende(None, None, None, None),
            };
        };
        match ausgabe(amtsblatt, tag) {
            Some(ausgabe) => {
                if let Some(feiertag) = self.recht.kalender.feiertag(ausgabe) {
                    let text = format!(
                        "am {ausgabe} ist {feiertag}; das Amtsblatt kann an einem anderen Tag erscheinen"
                    );
                    self.luecke("amtsblatt", &text);
                    // What follows from this day is as uncertain as the day itself.
                    weg.fruehestens = true;
                }
                self.ab_bekanntmachung(weg, ausgabe)
            }
            None => weg.ende(None, None, None, None),
        }
    }

    /// From the gazette to the day of effect: the day after, or a later one that the agreement names.
    fn ab_bekanntmachung(&self, mut weg: Weg, tag: Datum) -> Verlauf {
        let worte = match (weg.fall, self.amtsblatt) {
            (Fall::Veroeffentlicht, _) => "das Amtsblatt ist erschienen",
            (_, Some(_)) => "das Amtsblatt erscheint",
            (_, None) => "das Amtsblatt erscheint frühestens",
        };
        weg.schritt("§ 24 Abs. 3 GkG NRW", Beleg::Gesehen, Some(tag), worte);
        let Some(danach) = plus_tage(tag, 1) else {
            return weg.ende(None, Some(tag), None, None);
        };
        let spaeter = self.vereinbarung.beginn().filter(|beginn| *beginn > danach);
        let worte = match spaeter {
            Some(_) => "die Vereinbarung nennt einen späteren Tag: er gilt",
            None => "sie wird am Tag nach der Bekanntmachung wirksam",
        };
        let wirksam = spaeter.unwrap_or(danach);
        weg.schritt("§ 24 Abs. 4 GkG NRW", Beleg::Gesehen, Some(wirksam), worte);
        weg.ende(None, Some(tag), Some(danach), Some(wirksam))
    }

    fn luecke(&mut self, feld: &'static str, text: &str) {
        let luecke = Luecke {
            feld,
            text: text.to_owned(),
        };
        if !self.luecken.contains(&luecke) {
            self.luecken.push(luecke);
        }
    }
}

fn in_kraft(tag: Datum) -> Verlauf {
    let mut weg = Weg::neu(Fall::InKraft, false);
    weg.schritt(
        "§ 24 Abs. 4 GkG NRW",
        Beleg::Gesehen,
        Some(tag),
        "sie ist seit diesem Tag in Kraft",
    );
    weg.ende(None, None, None, Some(tag))
}

/// The first issue after a day that still takes a text handed in on the day after it.
fn ausgabe(amtsblatt: &Amtsblatt, tag: Datum) -> Option<Datum> {
    let ab = plus_tage(tag, 1 + u32::from(amtsblatt.vorlauf_tage))?;
    (0..7)
        .filter_map(|tage| plus_tage(ab, tage))
        .find(|tag| amtsblatt.wochentag.ist(*tag))
}

#[cfg(test)]
mod tests;
