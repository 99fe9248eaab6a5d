//! The facts that a template sees, as Tera's values.

use std::collections::BTreeSet;
use std::sync::Arc;

use tera::value::Key;
use tera::{Context, Value};

use crate::diagnostic::{Befund, Stelle};
use crate::template::gedaechtnis::{Gemerkt, Merkzettel};
use crate::template::namen::Schritt;
use crate::template::view::Fakten;
use crate::template::werte;

/// The facts that a template sees.
#[derive(Clone)]
pub(in crate::template) struct Sicht {
    pub(super) werte: Context,
    /// What is known of another state of the matter.
    pub(in crate::template) zettel: Merkzettel,
}

/// Calls a macro with the names of all groups of the facts.
macro_rules! mit_allen_gruppen {
    ($macro:ident) => {
        $macro!(
            vorgang,
            drucksache,
            koerperschaft,
            koerperschaften,
            vereinbarung,
            vorgaenger,
            aufgaben,
            kosten,
            parteien,
            bestand,
            beitritt,
            anwender,
            federfuehrend,
            termine,
            angaben,
            anlage
        )
    };
}

macro_rules! namen {
    ($($gruppe:ident),*) => { [$(stringify!($gruppe)),*] };
}

/// The names of all groups of the facts.
pub(super) const GRUPPEN: [&str; 16] = mit_allen_gruppen!(namen);

impl Sicht {
    /// The facts for Tera. Groups that are equal to those of another state are taken from there.
    ///
    /// # Errors
    /// If they do not serialise, which would be our bug.
    pub(in crate::template) fn aus(
        fakten: &Fakten,
        frueher: Option<&Arc<Gemerkt>>,
    ) -> Result<Self, Befund> {
        let mut werte = Context::new();
        let mut gleich = BTreeSet::new();
        macro_rules! gruppen {
            ($($gruppe:ident),*) => {{
                // Every group of the facts is named, or this does not compile.
                let Fakten { $($gruppe),* } = fakten;
                $(
                    let name = stringify!($gruppe);
                    let da = frueher.filter(|frueher| frueher.fakten.$gruppe == *$gruppe);
                    let wert = match da.and_then(|frueher| frueher.sicht.werte.get(name)) {
                        Some(wert) => {
                            gleich.insert(name);
                            wert.clone()
                        }
                        None => werte::fuer_vorlagen($gruppe).map_err(nicht_uebergeben)?,
                    };
                    werte.insert_value(name, wert);
                )*
            }};
        }
        mit_allen_gruppen!(gruppen);
        Ok(Self {
            werte,
            zettel: Merkzettel::neben(frueher, gleich),
        })
    }

    /// Adds values to one group of facts.
    pub(in crate::template) fn ergaenze(&mut self, gruppe: &str, werte: Vec<(String, Wert)>) {
        let mut karte = self
            .werte
            .get(gruppe)
            .and_then(|wert| wert.clone().into_map())
            .unwrap_or_default();
        for (name, wert) in werte {
            let wert = wert.fuer_tera();
            if werte::ist_leer(&wert) {
                karte.shift_remove(&Key::from(name));
            } else {
                karte.insert(name.into(), wert);
            }
        }
        let karte = Value::from(karte);
        self.zettel.ergaenzt(gruppe, &karte);
        self.werte.insert_value(gruppe.to_owned(), karte);
    }
}

#[expect(clippy::needless_pass_by_value, reason = "handed to map_err")]
fn nicht_uebergeben(fehler: tera::Error) -> Befund {
    Befund::fehler(
        "fakten",
        Stelle::Pfad("templates".into()),
        format!(
            "die Angaben lassen sich nicht an die Vorlagen übergeben. Originalmeldung: {fehler}"
        ),
    )
}

/// A value that is known only after the facts are.
pub(in crate::template) enum Wert {
    /// Data: escaped where it is printed.
    Daten(String),
    /// Rendered prose: Markdown already.
    Prosa(String),
    /// Values by name.
    Karte(Vec<(String, Wert)>),
    /// Values in order.
    Liste(Vec<Wert>),
}

impl Wert {
    fn fuer_tera(self) -> Value {
        match self {
            Self::Daten(text) => Value::from(text),
            Self::Prosa(text) => Value::safe_string(&text),
            Self::Karte(werte) => {
                let mut karte = tera::Map::new();
                for (name, wert) in werte {
                    karte.insert(name.into(), wert.fuer_tera());
                }
                Value::from(karte)
            }
            Self::Liste(werte) => {
                Value::from(werte.into_iter().map(Self::fuer_tera).collect::<Vec<_>>())
            }
        }
    }
}

impl Sicht {
    /// The first step of a path that has no value here. What a loop runs over is not followed: there it is the step to
    /// `feld`, or the last one.
    pub(super) fn fehlt_ab(&self, pfad: &[Schritt], feld: &str) -> Option<usize> {
        let mut hier: Option<&Value> = None;
        for (i, schritt) in pfad.iter().enumerate() {
            let Some(name) = schritt.name() else {
                let danach = pfad.iter().skip(i);
                return danach
                    .rev()
                    .position(|schritt| schritt.name() == Some(feld))
                    .map(|von_hinten| pfad.len() - 1 - von_hinten)
                    .or((feld.is_empty()).then_some(pfad.len() - 1));
            };
            let wert = match hier {
                None => self.werte.get(name),
                Some(wert) => wert
                    .as_map()
                    .and_then(|karte| karte.get(&Key::from(name.to_owned()))),
            };
            match wert {
                Some(wert) if !wert.is_none() && !wert.is_undefined() => hier = Some(wert),
                _ => return Some(i),
            }
        }
        None
    }
}
