//! What templates see of the way of an agreement into effect: the authority, decisions, approval, publication.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::{Blick, leer};
use super::gross;
use crate::compute::{Beteiligte, Zustaendigkeit};
use crate::input::Datum;
use crate::model::Koerperschaft;
use crate::model::vereinbarung::{Beschluss, Status, Vereinbarung};

/// The authority.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct AufsichtSicht {
    /// „die Bezirksregierung Arnsberg“.
    pub nominativ: String,
    /// The same after a preposition or verb: „die Bezirksregierung Arnsberg“.
    pub akkusativ: String,
    /// The same at the beginning of a line.
    pub satzanfang: String,
    /// „der Bezirksregierung Arnsberg“.
    pub genitiv: String,
    /// „der Bezirksregierung Arnsberg“.
    pub dativ: String,
    /// Its gazette, after „im“.
    pub amtsblatt: String,
    /// Lines of its address, where they are known.
    pub anschrift: Vec<String>,
}

/// A decision of a council.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct BeschlussSicht {
    /// Official form of the party.
    pub koerperschaft: String,
    /// Its council.
    pub gremium: String,
    /// The day.
    pub datum: String,
    /// Number of the paper, or empty.
    pub nummer: String,
}

/// The approval.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct GenehmigungSicht {
    /// The day.
    pub vom: String,
    /// The reference, or empty.
    pub aktenzeichen: String,
}

/// The publication.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct VeroeffentlichungSicht {
    /// The day.
    pub am: String,
    /// The day after it: day of effect unless the agreement names a later one.
    pub tag_danach: String,
    /// Day of effect.
    pub wirksam: String,
    /// Whether that day has come, as far as the facts say so.
    pub ist_wirksam: bool,
    /// Number of the issue.
    pub nummer: String,
    /// The page, or empty.
    pub seite: String,
}

impl Blick<'_> {
    pub(super) fn beschluss(&self, beschluss: &Beschluss) -> BeschlussSicht {
        BeschlussSicht {
            koerperschaft: self
                .vorgang
                .koerperschaften
                .get(&beschluss.koerperschaft)
                .map(Koerperschaft::amtsform)
                .unwrap_or_default(),
            gremium: beschluss.gremium.to_string(),
            datum: beschluss.datum.to_string(),
            nummer: leer(beschluss.nummer.as_ref()),
        }
    }
}

pub(super) fn aufsicht(beteiligte: &Beteiligte<'_>) -> Option<AufsichtSicht> {
    match &beteiligte.zustaendigkeit {
        Zustaendigkeit::Klar(behoerde) => Some(AufsichtSicht {
            nominativ: behoerde.nominativ.clone(),
            akkusativ: behoerde.akkusativ.clone(),
            satzanfang: gross(&behoerde.nominativ),
            genitiv: behoerde.genitiv.clone(),
            dativ: behoerde.dativ.clone(),
            amtsblatt: behoerde.amtsblatt.clone(),
            anschrift: behoerde.anschrift.clone(),
        }),
        Zustaendigkeit::Unklar(_) | Zustaendigkeit::Unbekannt(_) => None,
    }
}

pub(super) fn gilt_als_genehmigt(vereinbarung: &Vereinbarung) -> bool {
    vereinbarung.status >= Status::Genehmigt
        && vereinbarung.genehmigung.is_none()
        && vereinbarung.eingang.is_some()
        && vereinbarung.einwendung.is_none()
}

pub(super) fn genehmigung(vereinbarung: &Vereinbarung) -> Option<GenehmigungSicht> {
    let genehmigung = vereinbarung.genehmigung.as_ref()?;
    Some(GenehmigungSicht {
        vom: genehmigung.vom.to_string(),
        aktenzeichen: leer(genehmigung.aktenzeichen.as_ref()),
    })
}

pub(super) fn veroeffentlichung(vereinbarung: &Vereinbarung) -> Option<VeroeffentlichungSicht> {
    let veroeffentlichung = vereinbarung.veroeffentlichung.as_ref()?;
    let danach = Datum::from(veroeffentlichung.am.tag().succ_opt()?);
    Some(VeroeffentlichungSicht {
        am: veroeffentlichung.am.to_string(),
        tag_danach: danach.to_string(),
        wirksam: vereinbarung
            .beginn()
            .map_or(danach, |beginn| beginn.max(danach))
            .to_string(),
        ist_wirksam: vereinbarung.status == Status::InKraft || vereinbarung.in_kraft_seit.is_some(),
        nummer: veroeffentlichung.nummer.to_string(),
        seite: leer(veroeffentlichung.seite.as_ref()),
    })
}
