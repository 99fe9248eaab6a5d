//! Counts what of the templates is reached while they render: the numbers of origins in the output, and the branches
//! that call theirs. Changes no output.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use tera::{Kwargs, State, Tera, TeraResult, Value};

use super::instrument::Zweig;
use super::zeichen::{URSPRUNG, URSPRUNG_ENDE};
use crate::source::FileName;

/// What was reached.
pub(super) struct Messung {
    /// All branches by number: file, byte of the tag in the file, kind.
    pub(super) zweige: Vec<(FileName, usize, Zweig)>,
    erreicht: Arc<Mutex<Erreicht>>,
}

/// Numbers of what was reached.
#[derive(Debug, Clone, Default)]
pub(super) struct Erreicht {
    /// Origins.
    pub(super) marken: BTreeSet<usize>,
    /// Branches.
    pub(super) zweige: BTreeSet<usize>,
}

impl Messung {
    /// Nothing reached yet; branches report to it.
    pub(super) fn neu(tera: &mut Tera) -> Self {
        let erreicht = Arc::new(Mutex::new(Erreicht::default()));
        let melden = Arc::clone(&erreicht);
        tera.register_function(
            "zweig",
            move |kwargs: Kwargs, _: &State| -> TeraResult<Value> {
                let nummer = kwargs.must_get::<usize>("n")?;
                // Nothing can be half done behind the lock, so a poisoned one is as good.
                melden
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .zweige
                    .insert(nummer);
                Ok(Value::safe_string(""))
            },
        );
        Self {
            zweige: Vec::new(),
            erreicht,
        }
    }

    /// Files a branch and gives its number.
    pub(super) fn zweig(&mut self, datei: &FileName, offset: usize, art: Zweig) -> usize {
        self.zweige.push((datei.clone(), offset, art));
        self.zweige.len() - 1
    }

    /// Takes note of the origins in an output.
    pub(super) fn lies(&self, ausgabe: &str) {
        let mut erreicht = self.erreicht.lock().unwrap_or_else(PoisonError::into_inner);
        for stueck in ausgabe.split(URSPRUNG).skip(1) {
            let nummer = stueck
                .split_once(URSPRUNG_ENDE)
                .and_then(|(nummer, _)| nummer.parse::<usize>().ok());
            erreicht.marken.extend(nummer);
        }
    }

    /// What was reached so far.
    pub(super) fn erreicht(&self) -> Erreicht {
        self.erreicht
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}
