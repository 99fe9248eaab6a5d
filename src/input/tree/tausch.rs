//! Another value in the place of one that was read: for whoever tries what hangs on it.
//!
//! Places stay those of the file as it was written.

use super::{Entry, Kind, Node, Tree};
use crate::diagnostic::{Route, Schritt};
use crate::input::scalar::Scalar;

/// What is put in the place of a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Angabe {
    /// A text, a number, a date.
    Text(String),
    /// A list.
    Liste(Vec<Angabe>),
    /// Keys with their values.
    Gruppe(Vec<(String, Angabe)>),
}

impl From<&str> for Angabe {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Angabe {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl Tree {
    /// Puts something else as the value at a route, or takes the entry or item there out. An entry that a map lacks is put
    /// in, behind the others and with the place of the first of them.
    ///
    /// `None`, and nothing is changed, if the route leads nowhere, or to an empty map or list.
    pub(crate) fn replace(&mut self, route: &Route, neu: Option<&Angabe>) -> Option<()> {
        let (last, way) = route.schritte.split_last()?;
        let mut node = &mut self.root;
        for schritt in way {
            node = node.step_mut(schritt)?;
        }
        match neu {
            Some(neu) if node.step(last).is_some() => {
                let node = node.step_mut(last)?;
                node.kind = neu.kind(&node.erster_text()?, node);
            }
            Some(neu) => {
                let (Schritt::Feld(name), Kind::Map(entries)) = (last, &mut node.kind) else {
                    return None;
                };
                let first = entries.first()?;
                let (key, key_range) = (first.key.mit(name), first.key_range.clone());
                let platz = Node {
                    id: entries.last()?.value.id,
                    range: key_range.clone(),
                    kind: Kind::Scalar(first.key.clone()),
                };
                let value = Node {
                    kind: neu.kind(&first.key, &platz),
                    ..platz
                };
                entries.push(Entry {
                    key,
                    key_range,
                    value,
                });
            }
            None => match (last, &mut node.kind) {
                (Schritt::Feld(name), Kind::Map(entries)) => {
                    entries.retain(|entry| entry.key.text() != name);
                }
                (Schritt::Index(index), Kind::List(items)) if *index < items.len() => {
                    items.remove(*index);
                }
                _ => return None,
            },
        }
        Some(())
    }
}

impl Node {
    /// The first text in it, by whose place all that is put here is placed.
    fn erster_text(&self) -> Option<Scalar> {
        match &self.kind {
            Kind::Scalar(scalar) => Some(scalar.clone()),
            Kind::List(items) => items.first()?.erster_text(),
            Kind::Map(entries) => Some(entries.first()?.key.clone()),
        }
    }
}

impl Angabe {
    fn kind(&self, muster: &Scalar, platz: &Node) -> Kind {
        let node = |angabe: &Self| Node {
            id: platz.id,
            range: platz.range.clone(),
            kind: angabe.kind(muster, platz),
        };
        match self {
            Self::Text(text) => Kind::Scalar(muster.mit(text)),
            Self::Liste(glieder) => Kind::List(glieder.iter().map(node).collect()),
            Self::Gruppe(felder) => {
                let eintraege = felder.iter().map(|(name, wert)| Entry {
                    key: muster.mit(name),
                    key_range: platz.range.clone(),
                    value: node(wert),
                });
                Kind::Map(eintraege.collect())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::{parse, read};

    fn getauscht(yaml: &str, schritte: &[Schritt], neu: &Angabe) -> Option<Tree> {
        let quelle = read("a.yaml".into(), yaml.as_bytes()).unwrap();
        let mut baum = parse(&quelle).unwrap();
        let mut route = Route::wurzel("a.yaml");
        route.schritte = schritte.to_vec();
        baum.replace(&route, Some(neu))?;
        Some(baum)
    }

    fn texte(baum: &Tree) -> Vec<String> {
        let texte = baum.scalars();
        texte.map(|(_, text)| text.text().to_owned()).collect()
    }

    #[test]
    fn a_text_becomes_a_group_and_a_group_a_text() {
        let weg = [Schritt::Feld("a".into())];
        let gruppe = Angabe::Gruppe(vec![(
            "b".to_owned(),
            Angabe::Liste(vec!["1".into(), "2".into()]),
        )]);
        let baum = getauscht("a: x\nc: y\n", &weg, &gruppe).unwrap();
        assert_eq!(texte(&baum), ["1", "2", "y"]);
        let baum = getauscht("a: { b: [1, 2] }\nc: y\n", &weg, &"x".into()).unwrap();
        assert_eq!(texte(&baum), ["x", "y"]);
    }

    #[test]
    fn an_entry_that_is_missing_is_put_in_behind_the_others() {
        let weg = [Schritt::Feld("c".into())];
        let baum = getauscht("a: x\nb: y\n", &weg, &"z".into()).unwrap();
        assert_eq!(texte(&baum), ["x", "y", "z"]);
    }

    #[test]
    fn a_way_that_leads_nowhere_changes_nothing() {
        let weg = [Schritt::Feld("a".into()), Schritt::Index(3)];
        assert!(getauscht("a: [x]\n", &weg, &"z".into()).is_none());
    }
}
