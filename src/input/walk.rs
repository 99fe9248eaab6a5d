//! The tree as a serde deserializer: each field reads the source text as it wants it.
//!
//! This file turns a node into what a type asks for; [`access`] hands out the nodes below it.
//! Every error leaves with the node that it arose at. Nodes that an earlier run found wrong are left out.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::de::{Deserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::builtin::{boolean, integer};
use super::fault::{Fault, FaultKind, Site};
use super::place::first_line;
use super::scalar::Scalar;
use super::spelling::shorten;
use super::stand_in::expected;
use super::tree::{Entry, Kind, Node};
use super::value::{Wertfehler, without_quotes};
use access::{Choice, Entries, Items};

mod access;

const AS_VALUE: &str =
    "einen einzelnen Wert hinter den Doppelpunkt schreiben, ohne „- “, Klammern und Unterpunkte";
const AS_LIST: &str = "jeden Eintrag in eine eigene Zeile schreiben, mit „- “ davor";
const AS_GROUP: &str = "die Angaben eingerückt darunter schreiben, jede als „schlüssel: Wert“";

/// A field of a map: the map's node and the field's name.
pub(crate) type FieldOf = (usize, &'static str);

/// What earlier runs found.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// Nodes that are wrong and left out.
    pub(crate) dead: BTreeSet<usize>,
    /// Needed fields that are not there and get a stand-in.
    pub(crate) supplied: BTreeSet<FieldOf>,
    /// What the supplied fields want to have, in German.
    pub(crate) wanted: RefCell<BTreeMap<FieldOf, String>>,
}

/// One node on its way into a type.
#[derive(Clone)]
pub(crate) struct Walk<'t> {
    view: View<'t>,
    id: usize,
    range: Range<usize>,
    context: Context<'t>,
    known: &'t Known,
}

#[derive(Clone, Copy)]
enum View<'t> {
    Scalar(&'t Scalar),
    List(&'t [Node]),
    Map(&'t [Entry]),
}

/// Where a node stands: the nearest key above, the map of that key, and the position in the list below it.
#[derive(Clone, Default)]
struct Context<'t> {
    key: Option<(&'t str, Range<usize>)>,
    map: Option<usize>,
    item: Option<usize>,
}

impl<'t> Walk<'t> {
    pub(crate) fn root(node: &'t Node, known: &'t Known) -> Self {
        Self::new(node, Context::default(), known)
    }

    fn new(node: &'t Node, context: Context<'t>, known: &'t Known) -> Self {
        let view = match &node.kind {
            Kind::Scalar(scalar) => View::Scalar(scalar),
            Kind::List(items) => View::List(items),
            Kind::Map(entries) => View::Map(entries),
        };
        let range = match (&node.kind, &context) {
            (Kind::Scalar(_), _) if !node.range.is_empty() => node.range.clone(),
            (
                _,
                Context {
                    key: Some((_, key)),
                    item: None,
                    ..
                },
            ) => key.clone(),
            _ => first_line(node),
        };
        Self {
            view,
            id: node.id,
            range,
            context,
            known,
        }
    }

    /// The key of an entry, which dies with the entry.
    fn key(entry: &'t Entry, map: usize, known: &'t Known) -> Self {
        Self {
            view: View::Scalar(&entry.key),
            id: entry.value.id,
            range: entry.key_range.clone(),
            context: Context {
                map: Some(map),
                ..Context::default()
            },
            known,
        }
    }

    /// The value of an entry of this map.
    fn value(&self, entry: &'t Entry) -> Self {
        let context = Context {
            key: Some((entry.key.text(), entry.key_range.clone())),
            map: Some(self.id),
            item: None,
        };
        Self::new(&entry.value, context, self.known)
    }

    fn site(&self) -> Site {
        Site {
            node: self.id,
            map: self.context.map,
            range: self.range.clone(),
            key: self.context.key.as_ref().map(|(key, _)| shorten(key)),
            item: self.context.item,
            stand_in: false,
        }
    }

    fn fault(&self, kind: FaultKind) -> Fault {
        Fault::new(kind).at(|| self.site())
    }

    fn wrong_type(&self, expected: String, remedy: &'static str) -> Fault {
        let found = match self.view {
            View::Scalar(scalar) => format!("der Text „{}“", shorten(scalar.text())),
            View::List(_) => "eine Liste".to_owned(),
            View::Map(_) => "eine Gruppe von Angaben („schlüssel: Wert“)".to_owned(),
        };
        self.fault(FaultKind::Type {
            found,
            expected,
            remedy: Some(remedy),
        })
    }

    /// The text for a type that wants one; blanks at its end never count.
    fn text(&self, expected: impl FnOnce() -> String) -> Result<&'t str, Fault> {
        match self.view {
            View::Scalar(scalar) if scalar.is_empty() => Err(self.fault(FaultKind::Empty)),
            View::Scalar(scalar) => Ok(scalar.text().trim_end()),
            View::List(_) | View::Map(_) => Err(self.wrong_type(expected(), AS_VALUE)),
        }
    }

    fn is_empty(&self) -> bool {
        matches!(self.view, View::Scalar(scalar) if scalar.is_empty())
    }

    fn place<T>(&self, result: Result<T, Fault>) -> Result<T, Fault> {
        result.map_err(|fault| fault.at(|| self.site()))
    }

    fn refuse(&self, fehler: Wertfehler) -> Fault {
        Fault::at(fehler.into_serde(), || self.site())
    }

    fn visit_text<'de, V: Visitor<'de>>(&self, visitor: V) -> Result<V::Value, Fault> {
        let text = self.text(|| expected(&visitor))?;
        self.place(visitor.visit_str(text))
    }

    fn visit_list<'de, V: Visitor<'de>>(&self, visitor: V) -> Result<V::Value, Fault> {
        let items = match self.view {
            View::List(items) => items,
            View::Scalar(_) if self.is_empty() => &[],
            View::Scalar(_) | View::Map(_) => {
                return Err(self.wrong_type("eine Liste („- …“)".to_owned(), AS_LIST));
            }
        };
        self.place(visitor.visit_seq(Items::new(items, self)))
    }

    fn visit_entries<'de, V: Visitor<'de>>(
        &self,
        fields: Option<&'static [&'static str]>,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let entries = match self.view {
            View::Map(entries) => entries,
            View::Scalar(_) if self.is_empty() => &[],
            View::Scalar(_) | View::List(_) => {
                let expected = match fields {
                    Some(fields) => format!(
                        "eine Gruppe von Angaben („schlüssel: Wert“) mit {}",
                        some_of(fields)
                    ),
                    None => "eine Gruppe von Angaben („schlüssel: Wert“)".to_owned(),
                };
                return Err(self.wrong_type(expected, AS_GROUP));
            }
        };
        self.place(visitor.visit_map(Entries::new(entries, fields, self)))
    }
}

/// The fields of a struct for a sentence: a few of them, if there are many.
fn some_of(fields: &[&str]) -> String {
    const MANY: usize = 8;
    match fields.get(..4) {
        Some(first) if fields.len() > MANY => format!("{}, …", first.join(", ")),
        _ => fields.join(", "),
    }
}

macro_rules! integers {
    ($($method:ident $visit:ident $int:ty;)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            let text = self.text(|| expected(&visitor))?;
            let read = |text: &str| integer(text, i128::from(<$int>::MIN), i128::from(<$int>::MAX));
            let number = read(text).map_err(|fehler| {
                self.refuse(without_quotes(text, fehler, |inner| read(inner).is_ok()))
            })?;
            let number = <$int>::try_from(number).map_err(|_| self.wrong_type(expected(&visitor), AS_VALUE))?;
            self.place(visitor.$visit(number))
        })*
    };
}

impl<'de> Deserializer<'de> for Walk<'_> {
    type Error = Fault;

    integers! {
        deserialize_i8 visit_i8 i8;
        deserialize_i16 visit_i16 i16;
        deserialize_i32 visit_i32 i32;
        deserialize_i64 visit_i64 i64;
        deserialize_u8 visit_u8 u8;
        deserialize_u16 visit_u16 u16;
        deserialize_u32 visit_u32 u32;
        deserialize_u64 visit_u64 u64;
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.view {
            View::Scalar(_) => self.visit_text(visitor),
            View::List(_) => self.visit_list(visitor),
            View::Map(_) => self.visit_entries(None, visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let text = self.text(|| expected(&visitor))?;
        let value = boolean(text).map_err(|fehler| {
            self.refuse(without_quotes(text, fehler, |inner| boolean(inner).is_ok()))
        })?;
        self.place(visitor.visit_bool(value))
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.visit_text(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.visit_text(visitor)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.visit_text(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.view {
            // A key is a word, even where it says `null`.
            View::Scalar(scalar) => self.place(visitor.visit_str(scalar.text().trim_end())),
            View::List(_) | View::Map(_) => self.visit_text(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if self.is_empty() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let outer = self.clone();
        outer.place(visitor.visit_newtype_struct(self))
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.visit_list(visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        self.visit_list(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.visit_list(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.visit_entries(None, visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.visit_entries(Some(fields), visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let choice = match self.view {
            View::Scalar(_) => Choice::word(self.text(String::new)?, &self),
            View::Map([entry]) => Choice::entry(entry, &self),
            View::Map(_) => {
                return Err(self.wrong_type(
                    format!("genau eine Angabe von {}", variants.join(", ")),
                    "die übrigen Angaben löschen",
                ));
            }
            View::List(_) => {
                return Err(self.wrong_type(format!("eins von {}", variants.join(", ")), AS_VALUE));
            }
        };
        choice.check(variants)?;
        self.place(visitor.visit_enum(choice))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! { f32 f64 bytes byte_buf unit unit_struct }
}
