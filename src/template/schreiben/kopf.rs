//! What stands above a paper and not in it: its front matter, and the day for which it cites the law.

use std::collections::BTreeMap;

use super::super::view::{self, Gegenstand};
use super::laden::kopf_name;
use super::{Auftrag, Werkstatt};
use crate::diagnostic::Befund;
use crate::input::{Datum, Wertfehler};
use crate::markdown::front::{Absender, FrontMatter, Satz};
use crate::model::Koerperschaft;
use crate::model::beratung::Beratungsstatus;
use crate::model::koerperschaft::SatzWahl;
use crate::model::vereinbarung::Status;
use crate::recht::Zitat;

/// The kind of paper that is named after the kind of its Drucksache: Beschlussvorlage, Mitteilung, Antrag.
const HAUPTART: &str = "beschlussvorlage";

/// What the front matter says of a paper that is not public.
const NICHTOEFFENTLICH: &str = "nichtöffentlich";

impl Werkstatt<'_> {
    /// The day for which the template has the paper cite the law, if it names one.
    pub(super) fn rechtsstand(&self, auftrag: &Auftrag<'_>) -> Result<Option<Datum>, Befund> {
        if auftrag.kopf.rechtsstand.is_none() {
            return Ok(None);
        }
        let feld = kopf_name(auftrag.vorlage, "rechtsstand");
        let text = self.engine.render(&feld, auftrag.sicht)?;
        let tag = text.trim().parse().map_err(|fehler: Wertfehler| {
            let stelle = self.vorlagen.stelle(auftrag.vorlage, "rechtsstand");
            Befund::fehler("rechtsstand-ohne-datum", stelle, fehler.text)
                .abhilfe("einen Ausdruck angeben, der ein Datum wie 09.11.2021 ergibt")
        })?;
        Ok(Some(tag))
    }

    /// How the laws are cited: on the day that the template names, else on that of the subject.
    pub(super) fn zitate(
        &self,
        auftrag: &Auftrag<'_>,
        rechtsstand: Option<Datum>,
    ) -> BTreeMap<String, Zitat> {
        let tag = rechtsstand.or_else(|| view::rechtsstand(self.vorgang, auftrag.gegenstand));
        let gesetze = self.gesetze.iter();
        gesetze
            .map(|(schluessel, gesetz)| (schluessel.clone(), gesetz.zitat(tag)))
            .collect()
    }

    /// What the front matter says of the subject.
    pub(super) fn front(&self, auftrag: &Auftrag<'_>) -> FrontMatter {
        let mut front = FrontMatter {
            art: Some(auftrag.art.to_owned()),
            muster: auftrag.kopf.muster && self.vorgang.kopf.muster,
            sprache: Some("de-DE".to_owned()),
            ..FrontMatter::default()
        };
        let drucksache = match auftrag.gegenstand {
            Gegenstand::Drucksache(drucksache) => {
                front.art = Some(drucksache.art.dateiname().to_owned())
                    .filter(|_| auftrag.art == HAUPTART)
                    .or(front.art);
                drucksache
            }
            Gegenstand::Anlage(drucksache, i) => {
                front.anlage = Some(view::anlagenkopf(drucksache, i));
                drucksache
            }
            Gegenstand::Vereinbarung(vereinbarung) => {
                front.entwurf = vereinbarung.status == Status::Entwurf;
                front.datum = vereinbarung
                    .geschlossen
                    .filter(|_| auftrag.kopf.briefkopf.is_none())
                    .map(Datum::tag);
                front.absender = auftrag
                    .kopf
                    .briefkopf
                    .and_then(|_| view::antragstellend(self.vorgang, self.zahlen, vereinbarung))
                    .map(absender);
                return front;
            }
        };
        let koerperschaft = self.vorgang.koerperschaft_von(drucksache);
        front.nummer = Some(drucksache.nummer.to_string());
        front.datum = drucksache.vorlage_vom.map(Datum::tag);
        front.status =
            ist_nichtoeffentlich(auftrag.gegenstand).then(|| NICHTOEFFENTLICH.to_owned());
        front.absender = koerperschaft.map(absender);
        front.satz = match koerperschaft.map(|k| k.hausstil.satz).unwrap_or_default() {
            SatzWahl::Block => Satz::Block,
            SatzWahl::Flatter => Satz::Flatter,
        };
        front
    }
}

/// Whether the subject is nowhere dealt with in public; an annex is so too where its Drucksache is.
fn ist_nichtoeffentlich(gegenstand: Gegenstand<'_>) -> bool {
    match gegenstand {
        Gegenstand::Drucksache(drucksache) => drucksache.ist_nichtoeffentlich(),
        Gegenstand::Anlage(drucksache, i) => {
            let anlage = drucksache.anlagen.get(i);
            drucksache.ist_nichtoeffentlich()
                || anlage.is_some_and(|a| a.beratungsstatus == Beratungsstatus::Nichtoeffentlich)
        }
        Gegenstand::Vereinbarung(_) => false,
    }
}

fn absender(koerperschaft: &Koerperschaft) -> Absender {
    Absender {
        name: koerperschaft.amtsform(),
        anschrift: koerperschaft
            .anschrift
            .iter()
            .map(ToString::to_string)
            .collect(),
        logo: koerperschaft.hausstil.logo.clone(),
    }
}
