//! Lists whose entries have a key and whose order the author means: tasks, cost items, sections of a paper.
//!
//! Not for sets of bodies, which have an order of their own, nor for what is only looked up.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::koerperschaft::Schluessel;

/// Entries by key, in the order in which they were typed. A key stands once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reihe<V, K = Schluessel> {
    eintraege: Vec<(K, V)>,
    /// The place of each key, because matters with thousands of entries must stay quick to read.
    plaetze: BTreeMap<K, usize>,
}

impl<V, K: Ord> Reihe<V, K> {
    /// The entry with this key.
    pub fn get(&self, schluessel: &K) -> Option<&V> {
        let platz = self.plaetze.get(schluessel)?;
        self.eintraege.get(*platz).map(|(_, wert)| wert)
    }

    /// Whether there is an entry with this key.
    pub fn contains_key(&self, schluessel: &K) -> bool {
        self.plaetze.contains_key(schluessel)
    }
}

impl<V, K: Ord + Clone> Reihe<V, K> {
    /// Puts an entry at the end; one with the same key keeps its place and gets the value.
    pub fn insert(&mut self, schluessel: K, wert: V) {
        let alter = self.plaetze.get(&schluessel);
        match alter.and_then(|platz| self.eintraege.get_mut(*platz)) {
            Some(eintrag) => eintrag.1 = wert,
            None => {
                self.plaetze
                    .insert(schluessel.clone(), self.eintraege.len());
                self.eintraege.push((schluessel, wert));
            }
        }
    }
}

impl<V, K> Reihe<V, K> {
    /// Whether there are no entries.
    pub fn is_empty(&self) -> bool {
        self.eintraege.is_empty()
    }

    /// The entries with their keys, in order.
    pub fn iter(&self) -> Iter<'_, V, K> {
        self.eintraege.iter().map(|(k, v)| (k, v))
    }

    /// The keys in order.
    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.eintraege.iter().map(|(schluessel, _)| schluessel)
    }

    /// The entries in order.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.eintraege.iter().map(|(_, wert)| wert)
    }
}

/// Goes through a [`Reihe`] in order.
pub type Iter<'a, V, K = Schluessel> =
    std::iter::Map<std::slice::Iter<'a, (K, V)>, fn(&'a (K, V)) -> (&'a K, &'a V)>;

impl<'a, V, K> IntoIterator for &'a Reihe<V, K> {
    type Item = (&'a K, &'a V);
    type IntoIter = Iter<'a, V, K>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<V, K> IntoIterator for Reihe<V, K> {
    type Item = (K, V);
    type IntoIter = std::vec::IntoIter<(K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.eintraege.into_iter()
    }
}

impl<V, K> Default for Reihe<V, K> {
    fn default() -> Self {
        Self {
            eintraege: Vec::new(),
            plaetze: BTreeMap::new(),
        }
    }
}

impl<V, K: Ord + Clone> FromIterator<(K, V)> for Reihe<V, K> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(eintraege: I) -> Self {
        let mut reihe = Self::default();
        for (schluessel, wert) in eintraege {
            reihe.insert(schluessel, wert);
        }
        reihe
    }
}

impl<'de, V: Deserialize<'de>, K: Deserialize<'de> + Ord + Clone> Deserialize<'de> for Reihe<V, K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ReiheVisitor<V, K>(PhantomData<(V, K)>);

        impl<'de, V: Deserialize<'de>, K: Deserialize<'de> + Ord + Clone> Visitor<'de>
            for ReiheVisitor<V, K>
        {
            type Value = Reihe<V, K>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("Einträge mit Schlüssel")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut reihe = Reihe::default();
                while let Some((schluessel, wert)) = map.next_entry()? {
                    reihe.insert(schluessel, wert);
                }
                Ok(reihe)
            }
        }

        deserializer.deserialize_map(ReiheVisitor(PhantomData))
    }
}

impl<V: Serialize, K: Serialize> Serialize for Reihe<V, K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<V: JsonSchema, K: JsonSchema> JsonSchema for Reihe<V, K> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        BTreeMap::<K, V>::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        BTreeMap::<K, V>::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        BTreeMap::<K, V>::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::{decode, parse};
    use crate::source::Source;

    fn gelesen(yaml: &str) -> Reihe<u8> {
        decode(&parse(&Source::new("reihe.yaml", yaml)).unwrap())
            .0
            .unwrap()
    }

    #[test]
    fn the_order_of_the_file_stays() {
        let reihe = gelesen("zoo: 1\nanbau: 2\nmitte: 3\n");
        let schluessel: Vec<_> = reihe.keys().map(Schluessel::as_str).collect();
        assert_eq!(schluessel, ["zoo", "anbau", "mitte"]);
    }

    #[test]
    fn entries_are_found_by_their_key() {
        let reihe = gelesen("zoo: 1\nanbau: 2\n");
        let anbau = reihe.keys().nth(1).cloned().unwrap();
        assert_eq!(reihe.get(&anbau), Some(&2));
    }

    #[test]
    fn a_key_stands_once() {
        let mut reihe: Reihe<u8, &str> = [("zoo", 1), ("anbau", 2)].into_iter().collect();
        reihe.insert("zoo", 3);
        let alle: Vec<_> = reihe.into_iter().collect();
        assert_eq!(alle, [("zoo", 3), ("anbau", 2)]);
    }
}
