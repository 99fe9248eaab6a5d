//! What a rule reports to. It fills in the rule's name, weight and norms, so that no finding says otherwise than the table.

use std::collections::BTreeMap;

use super::{Norm, Regel};
use crate::diagnostic::{Befund, Pruefung, Schwere, Stelle};
use crate::model::Koerperschaft;
use crate::recht::Gesetz;

/// Collects the findings of one rule.
#[derive(Debug)]
pub struct Protokoll<'a> {
    regel: &'static Regel,
    gesetze: &'a BTreeMap<String, Gesetz>,
    befunde: Vec<Befund>,
}

impl<'a> Protokoll<'a> {
    /// An empty one.
    pub(super) fn neu(regel: &'static Regel, gesetze: &'a BTreeMap<String, Gesetz>) -> Self {
        Self {
            regel,
            gesetze,
            befunde: Vec::new(),
        }
    }

    /// Reports a violation. `text`: a German sentence without a full stop; the remedy follows with [`Meldung::abhilfe`].
    pub fn melde(&mut self, stelle: impl Into<Stelle>, text: impl Into<String>) -> Meldung<'_> {
        self.nimm(self.regel.schwere.schwer(), stelle.into(), text.into())
    }

    /// Reports a milder case, if the rule's [`super::Gewicht`] knows one.
    pub fn melde_milder(
        &mut self,
        stelle: impl Into<Stelle>,
        text: impl Into<String>,
    ) -> Meldung<'_> {
        self.nimm(self.regel.schwere.milder(), stelle.into(), text.into())
    }

    /// Reports that the rule cannot look here. `was_fehlt` goes on after „nicht prüfbar:“ and begins with „es fehlt“.
    ///
    /// One note for each place, however often it is reported; never an error.
    pub fn nicht_pruefbar(&mut self, stelle: impl Into<Stelle>, was_fehlt: &str) {
        let stelle = stelle.into();
        let schon = self
            .befunde
            .iter()
            .any(|befund| befund.ist_nicht_pruefbar() && befund.stelle == stelle);
        if schon {
            return;
        }
        let text = format!("nicht prüfbar: {was_fehlt}");
        let meldung = self.nimm(Schwere::Hinweis, stelle, text);
        if let Some(pruefung) = meldung.befund.and_then(|befund| befund.pruefung.as_mut()) {
            pruefung.nicht_pruefbar = true;
        }
    }

    fn nimm(&mut self, schwere: Schwere, stelle: Stelle, text: String) -> Meldung<'_> {
        let mut befund = Befund::mit_schwere(self.regel.name, schwere, stelle, text);
        befund.pruefung = Some(Box::new(Pruefung {
            normen: self
                .regel
                .normen
                .iter()
                .map(|norm| norm.mit_stand(self.gesetze))
                .collect(),
            ..Pruefung::default()
        }));
        self.befunde.push(befund);
        Meldung {
            befund: self.befunde.last_mut(),
            regel: self.regel,
            gesetze: self.gesetze,
        }
    }

    /// What was reported.
    pub(super) fn befunde(self) -> Vec<Befund> {
        self.befunde
    }
}

/// A finding that was just reported, to say more of it.
#[derive(Debug)]
pub struct Meldung<'p> {
    befund: Option<&'p mut Befund>,
    regel: &'static Regel,
    gesetze: &'p BTreeMap<String, Gesetz>,
}

impl Meldung<'_> {
    /// What to do about it: a German sentence in the infinitive without a full stop.
    pub fn abhilfe(self, abhilfe: impl Into<String>) -> Self {
        self.mit(|befund| befund.abhilfe = Some(abhilfe.into()))
    }

    /// Names only those norms of the rule that this finding rests on: for a council § 41 GO, for a Kreistag § 26 KrO.
    pub(super) fn nur(self, gilt: impl Fn(&Norm) -> bool) -> Self {
        let normen: Vec<String> = self
            .regel
            .normen
            .iter()
            .filter(|norm| gilt(norm))
            .map(|norm| norm.mit_stand(self.gesetze))
            .collect();
        self.mit(|befund| {
            if let Some(pruefung) = &mut befund.pruefung {
                pruefung.normen = normen;
            }
        })
    }

    /// Names only the norms for this body: those of the Gemeindeordnung or those of the Kreisordnung.
    pub(super) fn fuer(self, koerperschaft: &Koerperschaft) -> Self {
        let gesetz = if koerperschaft.ist_gemeinde() {
            "go"
        } else {
            "kro"
        };
        self.nur(|norm| norm.gesetz == gesetz)
    }

    /// Like [`Self::fuer`]; all norms where the body is not known.
    pub(super) fn fuer_eine(self, koerperschaft: Option<&Koerperschaft>) -> Self {
        match koerperschaft {
            Some(koerperschaft) => self.fuer(koerperschaft),
            None => self,
        }
    }

    /// Another place that explains it, with a word on it.
    pub fn dazu(self, stelle: impl Into<Stelle>, wort: impl Into<String>) -> Self {
        self.mit(|befund| befund.dazu.push((stelle.into(), wort.into())))
    }

    fn mit(mut self, aendere: impl FnOnce(&mut Befund)) -> Self {
        if let Some(befund) = &mut self.befund {
            aendere(befund);
        }
        self
    }
}
