//! The scalars of the YAML: where each stands, what its field is, and what stands around it.

use serde_json::Value;

use crate::diagnostic::{Route, Schritt};
use crate::input::tree::{Entry, Kind, Node};
use crate::model::schema;
use crate::pipeline::entwurf::Werkbank;

/// A scalar of the YAML.
#[derive(Debug, Clone)]
pub(super) struct Skalar {
    pub(super) route: Route,
    /// Its place without numbers of items and without keys of our users: what is said of all of its kind.
    pub(super) muster: String,
    /// The value as it is read.
    pub(super) text: String,
    /// First byte in the file, and the one behind the last.
    pub(super) bereich: std::ops::Range<usize>,
    /// Bytes of the key or item that names it.
    pub(super) schluessel: std::ops::Range<usize>,
    /// The item of a list whose first value it is: taken out, the item goes.
    pub(super) glied: Option<Route>,
    /// The fields that could stand beside it and do not.
    pub(super) daneben: Vec<String>,
    pub(super) schema: Vec<Value>,
    /// The groups around it in whose place a word could stand, each with such a word.
    pub(super) umgebend: Vec<(Route, String)>,
}

/// All scalars of a matter and of its base data, in the order of the files.
pub(super) fn skalare(werkbank: &Werkbank) -> Vec<Skalar> {
    let (eigene, stamm) = werkbank.baeume();
    let mut skalare = Vec::new();
    for (baeume, schema) in [(eigene, schema::vorgang()), (stamm, schema::stammdaten())] {
        for baum in baeume {
            let gang = Gang {
                route: Route::wurzel(baum.source().name.clone()),
                muster: String::new(),
                schluessel: baum.root().range.clone(),
                glied: None,
                daneben: Vec::new(),
                schema: vec![&schema],
                umgebend: Vec::new(),
            };
            gang.sammle(baum.root(), &mut skalare);
        }
    }
    skalare
}

/// The way to a node.
#[derive(Clone)]
struct Gang<'s> {
    route: Route,
    muster: String,
    schluessel: std::ops::Range<usize>,
    glied: Option<Route>,
    daneben: Vec<String>,
    schema: Vec<&'s Value>,
    umgebend: Vec<(Route, String)>,
}

impl Gang<'_> {
    fn sammle(&self, node: &Node, skalare: &mut Vec<Skalar>) {
        match &node.kind {
            Kind::Scalar(skalar) if !skalar.is_empty() => skalare.push(Skalar {
                route: self.route.clone(),
                muster: self.muster.clone(),
                text: skalar.text().to_owned(),
                bereich: node.range.clone(),
                schluessel: self.schluessel.clone(),
                glied: self.glied.clone(),
                daneben: self.daneben.clone(),
                schema: self.schema.iter().map(|s| (*s).clone()).collect(),
                umgebend: self.umgebend.clone(),
            }),
            Kind::Scalar(_) => {}
            Kind::List(items) => {
                for (i, item) in items.iter().enumerate() {
                    let route = self.route.index(i);
                    let gang = Self {
                        glied: Some(route.clone()),
                        route,
                        muster: format!("{}[]", self.muster),
                        schluessel: item.range.clone(),
                        daneben: Vec::new(),
                        schema: self.unter(|s| s.get("items")),
                        umgebend: self.umgebend_mit_sich(),
                    };
                    gang.sammle(item, skalare);
                }
            }
            Kind::Map(entries) => {
                let fehlende = self.fehlende(entries);
                for (i, entry) in entries.iter().enumerate() {
                    self.eintrag(entry, &fehlende)
                        .mit_glied(self, i)
                        .sammle(&entry.value, skalare);
                }
            }
        }
    }

    /// The groups around what stands in this one: those around it, and itself where a word could stand instead.
    fn umgebend_mit_sich(&self) -> Vec<(Route, String)> {
        let worte = self.schema.iter().filter(|s| s.get("pattern").is_some());
        let worte = worte.filter_map(|s| s.get("examples")?.get(0)?.as_str());
        let eigene = worte.map(|wort| (self.route.clone(), wort.to_owned()));
        self.umgebend.iter().cloned().chain(eigene).collect()
    }

    /// The fields that a map could have and has not.
    fn fehlende(&self, entries: &[Entry]) -> Vec<String> {
        let felder = self.schema.iter().filter_map(|s| s.get("properties"));
        let namen = felder.filter_map(Value::as_object).flat_map(|f| f.keys());
        namen
            .filter(|name| entries.iter().all(|entry| entry.key.text() != *name))
            .cloned()
            .collect()
    }

    fn eintrag(&self, entry: &Entry, fehlende: &[String]) -> Self {
        let name = entry.key.text();
        let feld = self.unter(|s| s.get("properties")?.get(name));
        let eigener = feld.is_empty();
        let schema = if eigener {
            self.unter(|s| s.get("additionalProperties"))
        } else {
            feld
        };
        let stufe = if eigener { "*" } else { name };
        Self {
            route: self.route.feld(name),
            muster: if self.muster.is_empty() {
                stufe.to_owned()
            } else {
                format!("{}.{stufe}", self.muster)
            },
            schluessel: entry.key_range.clone(),
            glied: None,
            daneben: fehlende.to_vec(),
            schema,
            umgebend: self.umgebend_mit_sich(),
        }
    }

    /// The first value of an item stands for the item.
    fn mit_glied(mut self, oben: &Self, stelle: usize) -> Self {
        let ist_glied = matches!(oben.route.schritte.last(), Some(Schritt::Index(_)));
        if stelle == 0 && ist_glied {
            self.glied.clone_from(&oben.glied);
        }
        self
    }
}

impl<'s> Gang<'s> {
    fn unter(&self, weg: impl Fn(&'s Value) -> Option<&'s Value>) -> Vec<&'s Value> {
        self.schema.iter().filter_map(|s| weg(s)).collect()
    }
}
