//! Views that many others hold: of a body, of a set of bodies. Each is put together once and turned into a value for
//! templates once, however many papers speak of it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::ser::Error;
use serde::{Serialize, Serializer};
use tera::Value;

use super::{KoerperschaftSicht, MengeSicht};
use crate::input::Datum;
use crate::model::Schluessel;
use crate::template::werte;

/// A view that is held in several places; it reads and serialises as what it holds.
#[derive(Debug, Default)]
pub struct Geteilt<T>(Arc<Innen<T>>);

#[derive(Debug, Default)]
struct Innen<T> {
    sicht: T,
    /// The same for templates, as soon as one asks.
    wert: OnceLock<Value>,
}

impl<T> Geteilt<T> {
    fn neu(sicht: T) -> Self {
        Self(Arc::new(Innen {
            sicht,
            wert: OnceLock::new(),
        }))
    }
}

impl<T> Clone for Geteilt<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Deref for Geteilt<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0.sicht
    }
}

impl<T: PartialEq> PartialEq for Geteilt<T> {
    fn eq(&self, andere: &Self) -> bool {
        Arc::ptr_eq(&self.0, &andere.0) || self.0.sicht == andere.0.sicht
    }
}

impl<T: Serialize> Serialize for Geteilt<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let wert = match self.0.wert.get() {
            Some(wert) => wert,
            None => {
                let neu = werte::fuer_vorlagen(&self.0.sicht).map_err(S::Error::custom)?;
                self.0.wert.get_or_init(|| neu)
            }
        };
        wert.serialize(serializer)
    }
}

impl<T: JsonSchema> JsonSchema for Geteilt<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

/// The days that a view of a body depends on: that of the decision, and that for which offices are looked up.
pub(super) type Tage = (Option<Datum>, Option<Datum>);

/// The shared views of one state of a matter.
#[derive(Debug, Default)]
pub(in crate::template) struct Vorrat {
    koerperschaften: Fach<Schluessel, KoerperschaftSicht>,
    mengen: Fach<Vec<Schluessel>, MengeSicht>,
    mehrere_geschriebene: OnceLock<bool>,
    /// Those of another state of the same matter: what is equal there is taken from there.
    frueher: Option<Arc<Vorrat>>,
}

impl Vorrat {
    /// An empty one, beside that of another state.
    pub(in crate::template) fn neben(frueher: Arc<Vorrat>) -> Self {
        Self {
            frueher: Some(frueher),
            ..Self::default()
        }
    }

    /// The view of a body on these days, put together if it is not there yet.
    pub(super) fn koerperschaft(
        &self,
        wer: &Schluessel,
        tage: Tage,
        mache: impl FnOnce() -> KoerperschaftSicht,
    ) -> Geteilt<KoerperschaftSicht> {
        let frueher = self.frueher.as_ref().map(|vorrat| &vorrat.koerperschaften);
        self.koerperschaften
            .nimm((wer.clone(), tage), frueher, mache)
    }

    /// Whether papers are made of several agreements, counted if nobody has yet.
    pub(super) fn mehrere_geschriebene(&self, zaehle: impl FnOnce() -> bool) -> bool {
        *self.mehrere_geschriebene.get_or_init(zaehle)
    }

    /// The view of a set of bodies on these days, put together if it is not there yet.
    pub(super) fn menge(
        &self,
        wer: Vec<Schluessel>,
        tage: Tage,
        mache: impl FnOnce() -> MengeSicht,
    ) -> Geteilt<MengeSicht> {
        let frueher = self.frueher.as_ref().map(|vorrat| &vorrat.mengen);
        self.mengen.nimm((wer, tage), frueher, mache)
    }
}

/// Views of one kind by what they are of, and by the days.
#[derive(Debug)]
struct Fach<K, T>(Mutex<BTreeMap<(K, Tage), Geteilt<T>>>);

impl<K, T> Default for Fach<K, T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Ord + Clone, T: PartialEq> Fach<K, T> {
    fn nimm(
        &self,
        schluessel: (K, Tage),
        frueher: Option<&Self>,
        mache: impl FnOnce() -> T,
    ) -> Geteilt<T> {
        if let Some(da) = self.da(&schluessel) {
            return da;
        }
        let neu = mache();
        let frueher = frueher.and_then(|fach| fach.da(&schluessel));
        let neu = frueher
            .filter(|frueher| **frueher == neu)
            .unwrap_or_else(|| Geteilt::neu(neu));
        let mut fach = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        fach.entry(schluessel).or_insert(neu).clone()
    }

    fn da(&self, schluessel: &(K, Tage)) -> Option<Geteilt<T>> {
        let fach = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        fach.get(schluessel).cloned()
    }
}
