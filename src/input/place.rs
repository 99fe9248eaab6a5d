//! Routes into the YAML → bytes of the file.

use std::ops::Range;

use super::tree::{Kind, Node, Tree};
use crate::diagnostic::{Route, Schritt};

/// The bytes of the value that a route leads to.
///
/// Where a step does not exist or holds nothing, the deepest key that does exist is the place; at the root the first key of the
/// file. A map or a list below a key is placed whole, from its first key or item to its last.
pub fn locate(tree: &Tree, route: &Route) -> Range<usize> {
    let walk = walk(tree, route);
    match walk.value {
        Some(node) if !node.range.is_empty() => node.range.clone(),
        _ => walk.key.unwrap_or_else(|| first_line(tree.root())),
    }
}

/// The bytes of the last key on the way of a route: the one that names the value, or the map or list around it.
///
/// At the root, and for an item of a list that stands under no key, the first key there.
pub fn locate_key(tree: &Tree, route: &Route) -> Range<usize> {
    let walk = walk(tree, route);
    walk.key.unwrap_or_else(|| first_line(walk.deepest))
}

/// The first key of a map, the first item of a list: a range that reads well where the whole would be too much.
pub(crate) fn first_line(node: &Node) -> Range<usize> {
    match &node.kind {
        Kind::Map(entries) => entries
            .first()
            .map_or(node.range.clone(), |entry| entry.key_range.clone()),
        Kind::List(items) => items.first().map_or(node.range.clone(), first_line),
        Kind::Scalar(_) => node.range.clone(),
    }
}

struct Walk<'t> {
    /// The key of the deepest step that exists, or its first line where it is an item.
    key: Option<Range<usize>>,
    /// The value at the end of the route, if the whole route exists.
    value: Option<&'t Node>,
    /// The deepest node that exists.
    deepest: &'t Node,
}

fn walk<'t>(tree: &'t Tree, route: &Route) -> Walk<'t> {
    let mut walk = Walk {
        key: None,
        value: None,
        deepest: tree.root(),
    };
    for schritt in &route.schritte {
        let Some(next) = walk.deepest.step(schritt) else {
            return walk;
        };
        match schritt {
            Schritt::Feld(name) => {
                let entry = walk.deepest.entry(name);
                walk.key = entry.map(|entry| entry.key_range.clone());
            }
            Schritt::Index(_) => {
                let line = first_line(next);
                if !line.is_empty() {
                    walk.key = Some(line);
                }
            }
        }
        walk.deepest = next;
    }
    walk.value = Some(walk.deepest);
    walk
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::parse;
    use crate::source::Source;

    const TEXT: &str = "nummer: 215/21\nhaushalt:\n  budget: 01\n  produkt:\nschritte:\n  - gremium: KA\n    datum: x\n  - gremium: KT\n";

    fn tree() -> Tree {
        parse(&Source::new("a", TEXT)).unwrap()
    }

    fn value(route: &Route) -> &'static str {
        &TEXT[locate(&tree(), route)]
    }

    fn key(route: &Route) -> &'static str {
        &TEXT[locate_key(&tree(), route)]
    }

    fn root() -> Route {
        Route::wurzel("a")
    }

    #[test]
    fn a_value() {
        assert_eq!(value(&root().feld("haushalt").feld("budget")), "01");
        assert_eq!(
            value(&root().feld("schritte").index(1).feld("gremium")),
            "KT"
        );
    }

    #[test]
    fn a_map_is_whole() {
        assert_eq!(
            value(&root().feld("schritte").index(0)),
            "gremium: KA\n    datum: x"
        );
    }

    #[test]
    fn an_empty_value_is_its_key() {
        assert_eq!(value(&root().feld("haushalt").feld("produkt")), "produkt");
    }

    #[test]
    fn a_missing_field_is_the_key_of_its_map() {
        assert_eq!(value(&root().feld("haushalt").feld("jahr")), "haushalt");
        assert_eq!(
            value(&root().feld("schritte").index(1).feld("datum").feld("tag")),
            "gremium"
        );
        assert_eq!(value(&root().feld("titel")), "nummer");
    }

    #[test]
    fn a_missing_item_is_the_key_of_its_list() {
        assert_eq!(value(&root().feld("schritte").index(7)), "schritte");
    }

    #[test]
    fn a_step_into_a_text_is_its_key() {
        assert_eq!(value(&root().feld("nummer").feld("x")), "nummer");
    }

    #[test]
    fn keys() {
        assert_eq!(key(&root().feld("haushalt").feld("budget")), "budget");
        assert_eq!(key(&root().feld("schritte").index(1)), "gremium");
        assert_eq!(key(&root()), "nummer");
        assert_eq!(key(&root().feld("haushalt").feld("jahr")), "haushalt");
    }

    #[test]
    fn an_empty_file_has_a_place() {
        let tree = parse(&Source::new("a", "")).unwrap();
        assert_eq!(locate(&tree, &root().feld("titel")), 0..0);
        assert_eq!(locate_key(&tree, &root().feld("titel")), 0..0);
    }
}
