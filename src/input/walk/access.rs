//! The items of a list, the entries of a map and the variants of an enum, one after the other.

use serde::de::value::StrDeserializer;
use serde::de::{DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

use super::{Context, Walk};
use crate::input::fault::{Fault, FaultKind, Site};
use crate::input::scalar::Scalar;
use crate::input::stand_in::StandIn;
use crate::input::tree::{Entry, Node};
use crate::input::value::Wertfehler;

/// The items of a list, without those that an earlier run found wrong.
pub(super) struct Items<'w, 't> {
    items: &'t [Node],
    next: usize,
    list: &'w Walk<'t>,
}

impl<'w, 't> Items<'w, 't> {
    pub(super) fn new(items: &'t [Node], list: &'w Walk<'t>) -> Self {
        Self {
            items,
            next: 0,
            list,
        }
    }
}

impl<'de> SeqAccess<'de> for Items<'_, '_> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Fault> {
        while let Some(node) = self.items.get(self.next) {
            let item = self.next;
            self.next += 1;
            if self.list.known.dead.contains(&node.id) {
                continue;
            }
            let context = Context {
                key: self.list.context.key.clone(),
                map: None,
                item: Some(item),
            };
            let walk = Walk::new(node, context, self.list.known);
            let place = walk.clone();
            return place.place(seed.deserialize(walk)).map(Some);
        }
        Ok(None)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len().saturating_sub(self.next))
    }
}

/// The entries of a map, without those that an earlier run found wrong.
pub(super) struct Entries<'w, 't> {
    entries: &'t [Entry],
    /// The fields of a struct; none for a map with free keys.
    fields: Option<&'static [&'static str]>,
    /// Fields that get a stand-in. They come last: a type that refuses its stand-in hides nothing then.
    supplied: Vec<&'static str>,
    current: Option<Current<'t>>,
    map: &'w Walk<'t>,
}

enum Current<'t> {
    Entry(&'t Entry),
    Supplied(&'static str),
}

impl<'w, 't> Entries<'w, 't> {
    pub(super) fn new(
        entries: &'t [Entry],
        fields: Option<&'static [&'static str]>,
        map: &'w Walk<'t>,
    ) -> Self {
        let is_supplied = |field: &&'static str| map.known.supplied.contains(&(map.id, *field));
        let supplied = fields
            .unwrap_or_default()
            .iter()
            .copied()
            .filter(is_supplied);
        Self {
            entries,
            fields,
            supplied: supplied.collect(),
            current: None,
            map,
        }
    }

    /// Left out are entries that an earlier run found wrong, and fields of a struct without a value: those count as not given.
    fn is_left_out(&self, entry: &Entry) -> bool {
        let is_field = |fields: &[&str]| fields.contains(&entry.key.text());
        let is_blank = || entry.value.scalar().is_some_and(Scalar::is_empty);
        self.map.known.dead.contains(&entry.value.id)
            || self
                .fields
                .is_some_and(|fields| is_field(fields) && is_blank())
    }
}

impl<'de> MapAccess<'de> for Entries<'_, '_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Fault> {
        while let Some((entry, rest)) = self.entries.split_first() {
            self.entries = rest;
            if self.is_left_out(entry) {
                continue;
            }
            self.current = Some(Current::Entry(entry));
            let key = Walk::key(entry, self.map.id, self.map.known);
            let place = key.clone();
            return place.place(seed.deserialize(key)).map(Some);
        }
        let Some(field) = self.supplied.pop() else {
            return Ok(None);
        };
        self.current = Some(Current::Supplied(field));
        seed.deserialize(StrDeserializer::new(field)).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Fault> {
        match self.current.take() {
            Some(Current::Entry(entry)) => {
                let walk = self.map.value(entry);
                let place = walk.clone();
                place.place(seed.deserialize(walk))
            }
            Some(Current::Supplied(field)) => {
                let learn = |wanted| {
                    self.map
                        .known
                        .wanted
                        .borrow_mut()
                        .insert((self.map.id, field), wanted);
                };
                seed.deserialize(StandIn::new(&learn)).map_err(|fault| {
                    fault.at(|| Site {
                        stand_in: true,
                        ..self.map.site()
                    })
                })
            }
            None => Err(self.map.fault(FaultKind::Empty)),
        }
    }
}

/// A variant of an enum: a word, or a map with one key.
pub(super) struct Choice<'t> {
    name: &'t str,
    name_at: Walk<'t>,
    content: Option<Walk<'t>>,
    whole: Walk<'t>,
}

impl<'t> Choice<'t> {
    pub(super) fn word(name: &'t str, whole: &Walk<'t>) -> Self {
        Self {
            name,
            name_at: whole.clone(),
            content: None,
            whole: whole.clone(),
        }
    }

    pub(super) fn entry(entry: &'t Entry, whole: &Walk<'t>) -> Self {
        Self {
            name: entry.key.text(),
            name_at: Walk::key(entry, whole.id, whole.known),
            content: Some(whole.value(entry)),
            whole: whole.clone(),
        }
    }

    /// Refuses a name that no variant has; the finding stands on the name, and the whole value is left out.
    pub(super) fn check(&self, variants: &'static [&'static str]) -> Result<(), Fault> {
        if variants.contains(&self.name) {
            return Ok(());
        }
        let unknown = FaultKind::UnknownVariant {
            name: self.name.to_owned(),
            known: variants,
        };
        Err(self.name_at.fault(unknown).of_node(self.whole.id))
    }

    fn content(self) -> Result<Walk<'t>, Fault> {
        self.content.ok_or_else(|| {
            let fehler = Wertfehler::new(format!("zu „{}“ gehört eine weitere Angabe", self.name))
                .abhilfe(format!("„{}: …“ schreiben", self.name));
            self.whole.refuse(fehler)
        })
    }
}

impl<'de> EnumAccess<'de> for Choice<'_> {
    type Error = Fault;
    type Variant = Self;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Self), Fault> {
        let name = self
            .name_at
            .place(seed.deserialize(StrDeserializer::<Fault>::new(self.name)))?;
        Ok((name, self))
    }
}

impl<'de> VariantAccess<'de> for Choice<'_> {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        match &self.content {
            Some(content) if !content.is_empty() => {
                let fehler =
                    Wertfehler::new(format!("zu „{}“ gehört keine weitere Angabe", self.name))
                        .abhilfe(format!("nur „{}“ schreiben", self.name));
                Err(self.whole.refuse(fehler))
            }
            _ => Ok(()),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Fault> {
        let content = self.content()?;
        let place = content.clone();
        place.place(seed.deserialize(content))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        self.content()?.visit_list(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.content()?.visit_entries(Some(fields), visitor)
    }
}
