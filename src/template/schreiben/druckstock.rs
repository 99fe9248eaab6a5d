//! Templates and prose ready to render: those that the program ships are read once in its life, those of a matter once
//! for all its states.

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::super::auswahl::Auswahl;
use super::super::engine::Engine;
use super::super::gedaechtnis::Gedaechtnis;
use super::super::view::form;
use super::super::vorlage::{EINGEBAUT, Vorlagen};
use super::laden::lade_vorlagen;
use super::{Texte, Werkstatt};
use crate::compute::Zahlen;
use crate::model::Vorgang;

/// The templates that the program ships, ready to render, each by itself.
static EINGEBAUTE: [OnceLock<Engine>; EINGEBAUT.len()] =
    [const { OnceLock::new() }; EINGEBAUT.len()];

/// The template of this place among those that the program ships. Reading it must not wait for other threads: they may
/// wait for it.
fn eingebaute(i: usize, platz: &'static OnceLock<Engine>) -> &'static Engine {
    platz.get_or_init(|| {
        let mut engine = Engine::stueck(i);
        // That it is sound is tested.
        lade_vorlagen(&mut engine, &Vorlagen::eingebaute(i), &[]);
        engine
    })
}

/// All templates that the program ships.
fn alle_eingebauten() -> Engine {
    let plaetze = EINGEBAUTE.iter().enumerate();
    Engine::aus(plaetze.map(|(i, platz)| eingebaute(i, platz)).collect())
}

/// Reads the templates that the program ships; later it is done. For threads that have nothing else to do.
pub fn lies_eingebaute() {
    let plaetze = EINGEBAUTE.par_iter().enumerate();
    plaetze.for_each(|(i, platz)| {
        eingebaute(i, platz);
    });
}

/// Works out which facts there can be; later it is done. For a thread that has nothing else to do.
pub fn lies_form() {
    form::fakten();
}

/// Templates and prose ready to render, for whoever writes the papers of many states of one matter.
pub struct Druckstock {
    pub(super) engine: Engine,
    /// The facts of the state that it was made for.
    pub(super) gedaechtnis: Option<Arc<Gedaechtnis>>,
}

impl Druckstock {
    /// The templates that the program ships, for a matter whose own are still to come.
    pub(super) fn eingebauter() -> Self {
        Self {
            engine: alle_eingebauten(),
            gedaechtnis: None,
        }
    }

    /// The templates and the prose of a matter.
    pub fn neu(
        vorgang: &Vorgang,
        zahlen: &Zahlen<'_>,
        vorlagen: &Vorlagen,
        texte: Texte<'_>,
    ) -> Self {
        let mut werkstatt = Werkstatt::neu(vorgang, zahlen, vorlagen, texte, alle_eingebauten());
        werkstatt.lade();
        werkstatt.neues = Some((Gedaechtnis::default(), Arc::new(werkstatt.engine.lesende())));
        werkstatt.titel();
        werkstatt.alle(&Auswahl::default());
        let neues = werkstatt.neues.take().map(|(neues, _)| Gedaechtnis {
            vorrat: Arc::clone(&werkstatt.vorrat),
            ..neues
        });
        Self {
            engine: werkstatt.engine,
            gedaechtnis: neues.map(Arc::new),
        }
    }

    /// The same without what is known of its state.
    #[cfg(test)]
    pub(crate) fn vergesslich(self) -> Self {
        Self {
            gedaechtnis: None,
            ..self
        }
    }

    /// A copy to write one state with; copies may be used at the same time.
    pub fn kopie(&self) -> Self {
        Self {
            engine: self.engine.kopie(),
            gedaechtnis: self.gedaechtnis.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_templates_are_sound() {
        for i in 0..EINGEBAUT.len() {
            let mut engine = Engine::stueck(i);
            let befunde = lade_vorlagen(&mut engine, &Vorlagen::eingebaute(i), &[]);
            assert!(befunde.is_empty(), "{befunde:?}");
            let unbekannte = engine.unbekannte_namen();
            assert!(unbekannte.is_empty(), "{unbekannte:?}");
            assert!(engine.hat_platz(), "{i}");
        }
    }
}
