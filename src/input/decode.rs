//! YAML tree → values of the model, with every shape and value error of the file.
//!
//! serde stops at the first error. So the tree is read again and again: each run leaves out what earlier runs found
//! wrong, until nothing is. Needed fields that are missing get a stand-in, so that one gap hides no other.
//!
//! Types are plain `#[derive(Deserialize)]` with `deny_unknown_fields`; `flatten`, `untagged` and internally tagged enums would
//! lose the places and are not supported.

use std::ops::Range;

use serde::de::DeserializeOwned;

use super::fault::{Fault, FaultKind, Site};
use super::spelling::{shorten, unquoted};
use super::suggest::nearest;
use super::tree::{Kind, Node, Tree};
use super::value::Wertfehler;
use super::walk::{FieldOf, Known, Walk};
use crate::diagnostic::{Befund, Stelle};

/// How many findings a file gets before the rest is left for later.
pub const MAX_FINDINGS: usize = 200;

/// How many nodes all runs together may look at; bounds the time for a huge file that is wrong everywhere.
const MAX_VISITS: usize = 2_000_000;

/// Reads a value of type `T` from the tree.
///
/// Gives the value only if there is no finding. The findings are in the order of the file.
pub fn decode<T: DeserializeOwned>(tree: &Tree) -> (Option<T>, Vec<Befund>) {
    decode_node(tree, tree.root())
}

/// As [`decode`], from one node of the tree: what is wrong elsewhere in the file is not looked at.
pub fn decode_node<T: DeserializeOwned>(tree: &Tree, root: &Node) -> (Option<T>, Vec<Befund>) {
    let mut reading = Reading {
        tree,
        root,
        known: Known::default(),
        misspelt: Vec::new(),
        findings: Vec::new(),
    };
    let runs = (MAX_VISITS / root.id.max(1)).clamp(10, 4 * MAX_FINDINGS);
    for _ in 0..runs {
        match T::deserialize(Walk::root(root, &reading.known)) {
            Ok(value) => {
                let findings = reading.finish();
                return (findings.is_empty().then_some(value), findings);
            }
            Err(fault) => {
                if !reading.note(fault) || reading.findings.len() >= MAX_FINDINGS {
                    return (None, reading.finish());
                }
            }
        }
    }
    (None, reading.finish())
}

/// How the finding on a number begins that a comma within brackets cut in two.
const CUT: &str = "das Komma vor ";

/// The bytes that a finding marks.
fn range(befund: &Befund) -> Option<&Range<usize>> {
    match &befund.stelle {
        Stelle::Datei { bereich, .. } => Some(bereich),
        _ => None,
    }
}

struct Reading<'t> {
    tree: &'t Tree,
    /// The node that is read.
    root: &'t Node,
    known: Known,
    /// Fields that a mistyped key most likely meant: they are not missing as well.
    misspelt: Vec<(usize, &'static str)>,
    /// A finding with its place, and the missing field that it is about.
    findings: Vec<(usize, Befund, Option<FieldOf>)>,
}

impl Reading<'_> {
    /// Notes what a run stumbled over; false if no further run would tell more.
    fn note(&mut self, fault: Fault) -> bool {
        let root = self.root;
        let site = fault.at.unwrap_or(Site {
            node: root.id,
            map: None,
            range: 0..0,
            key: None,
            item: None,
            stand_in: false,
        });
        if site.stand_in {
            return self.bury(site.node);
        }
        let (befund, field) = match fault.kind {
            FaultKind::MissingField(field) => return self.missing(&site, field),
            FaultKind::UnknownField { name, known } => {
                let glued = known.iter().copied().find(|field| {
                    name.strip_prefix(field)
                        .is_some_and(|rest| rest.starts_with(':'))
                });
                let meant = glued.or_else(|| nearest(&name, known.iter().copied()));
                if let (Some(map), Some(meant)) = (site.map, meant) {
                    self.misspelt.extend(
                        known
                            .iter()
                            .find(|field| **field == meant)
                            .map(|field| (map, *field)),
                    );
                }
                (self.unknown_field(&site, &name, meant, known), None)
            }
            FaultKind::UnknownVariant { name, known } => {
                (self.unknown_variant(&site, &name, known), None)
            }
            FaultKind::Empty => (self.empty(&site), None),
            FaultKind::Type {
                found,
                expected,
                remedy,
            } => {
                let befund = self.befund(
                    "falscher-typ",
                    &site,
                    format!("erwartet wird {expected}, hier steht {found}"),
                );
                (with_remedy(befund, remedy.map(str::to_owned)), None)
            }
            FaultKind::Value(message) => {
                let fehler = Wertfehler::from_message(&message);
                let befund = self.befund("ungueltiger-wert", &site, fehler.text);
                (with_remedy(befund, fehler.abhilfe), None)
            }
        };
        self.findings.push((site.range.start, befund, field));
        self.bury(site.node)
    }

    /// Leaves a node out from now on; false if that changes nothing.
    fn bury(&mut self, node: usize) -> bool {
        node != self.root.id && self.known.dead.insert(node)
    }

    fn missing(&mut self, site: &Site, field: &'static str) -> bool {
        let field_of = (site.node, field);
        let node = find(self.root, site.node);
        match node.and_then(|node| node.entry(field)) {
            // It was refused before, that is enough.
            Some(entry) if self.known.dead.contains(&entry.value.id) => {}
            Some(entry) => {
                let site = Site {
                    range: entry.key_range.clone(),
                    ..site.clone()
                };
                let text = format!("„{field}“ ist leer");
                let befund = self.befund("leerer-wert", &site, text);
                self.findings
                    .push((site.range.start, befund, Some(field_of)));
            }
            None if self.misspelt.contains(&field_of) => {}
            None => {
                let text = match site.within().as_str() {
                    "" => format!("es fehlt „{field}“"),
                    within => format!("{within}fehlt „{field}“"),
                };
                let befund = self.befund("fehlender-schluessel", site, text);
                self.findings
                    .push((site.range.start, befund, Some(field_of)));
            }
        }
        self.known.supplied.insert(field_of)
    }

    fn befund(&self, regel: &'static str, site: &Site, text: impl Into<String>) -> Befund {
        Befund::fehler(regel, self.tree.stelle(site.range.clone()), text)
    }

    fn unknown_field(
        &self,
        site: &Site,
        name: &str,
        meant: Option<&str>,
        known: &[&str],
    ) -> Befund {
        if let Some(meant) = meant.filter(|meant| unquoted(name) == Some(*meant)) {
            let text = format!("die Anführungszeichen um „{meant}“ gehören nicht zum Schlüssel");
            return self
                .befund("unbekannter-schluessel", site, text)
                .abhilfe(format!("nur „{meant}:“ schreiben"));
        }
        if let Some(meant) =
            meant.filter(|meant| name.len() > meant.len() && name.starts_with(&format!("{meant}:")))
        {
            let text = format!("hinter „{meant}:“ fehlt ein Leerzeichen");
            return self
                .befund("unbekannter-schluessel", site, text)
                .abhilfe(format!("„{meant}: …“ schreiben"));
        }
        if let Some(value) = self.cut_by_comma(site, name) {
            let text = format!(
                "{CUT}„{}“ trennt in einer Klammer zwei Angaben",
                shorten(name)
            );
            return self
                .befund("unbekannter-schluessel", site, text)
                .abhilfe(format!(
                    "den Wert davor in Anführungszeichen setzen: \"{value}\""
                ));
        }
        let befund = self.befund(
            "unbekannter-schluessel",
            site,
            format!("unbekannter Schlüssel „{}“", shorten(name)),
        );
        befund.abhilfe(match meant {
            Some(meant) => format!("meinten Sie „{meant}“?"),
            None if known.is_empty() => {
                "den Schlüssel löschen, hier ist keiner vorgesehen".to_owned()
            }
            None => format!("erlaubt sind hier: {}", known.join(", ")),
        })
    }

    /// The number that a comma within brackets cut in two: `88000,00` is a value and a key without one for YAML.
    fn cut_by_comma(&self, site: &Site, name: &str) -> Option<String> {
        let before = self.tree.source().text.get(..site.range.start)?;
        let whole = before.strip_suffix(',')?;
        let start = whole.rfind([' ', '{', ',', ':']).map_or(0, |at| at + 1);
        let whole = whole.get(start..)?;
        let is_cut = whole.ends_with(|c: char| c.is_ascii_digit())
            && name.starts_with(|c: char| c.is_ascii_digit())
            && name.len() <= 12;
        is_cut.then(|| format!("{whole},{name}"))
    }

    fn unknown_variant(&self, site: &Site, name: &str, known: &[&str]) -> Befund {
        let befund = self.befund(
            "ungueltiger-wert",
            site,
            format!("„{}“ ist hier nicht vorgesehen", shorten(name)),
        );
        let allowed = format!("erlaubt sind: {}", known.join(", "));
        befund.abhilfe(match nearest(name, known.iter().copied()) {
            Some(meant) => format!("meinten Sie „{meant}“? ({allowed})"),
            None => allowed,
        })
    }

    fn empty(&self, site: &Site) -> Befund {
        let text = match (&site.key, site.item) {
            (Some(key), None) => format!("„{key}“ ist leer"),
            _ => "hier fehlt der Wert".to_owned(),
        };
        self.befund("leerer-wert", site, text)
            .abhilfe("den Wert ergänzen oder die Zeile löschen")
    }

    fn finish(self) -> Vec<Befund> {
        let wanted = self.known.wanted.into_inner();
        let mut findings = self.findings;
        findings.sort_by_key(|(start, ..)| *start);
        // What a comma left over of a number is no number of its own: the remedy is to quote the whole.
        let cut: Vec<usize> = findings
            .iter()
            .filter(|(_, befund, _)| befund.text.starts_with(CUT))
            .filter_map(|(_, befund, _)| range(befund)?.start.checked_sub(1))
            .collect();
        findings
            .into_iter()
            .filter(|(_, befund, _)| !range(befund).is_some_and(|range| cut.contains(&range.end)))
            .map(|(_, befund, field)| match field {
                Some(field) if befund.abhilfe.is_none() => {
                    let line = match befund.regel {
                        "leerer-wert" => format!("hinter „{}:“ den Wert ergänzen", field.1),
                        _ => format!("die Zeile „{}: …“ ergänzen", field.1),
                    };
                    let wanted = wanted.get(&field).map(|wanted| format!(" ({wanted})"));
                    befund.abhilfe(line + &wanted.unwrap_or_default())
                }
                _ => befund,
            })
            .collect()
    }
}

fn with_remedy(befund: Befund, abhilfe: Option<String>) -> Befund {
    match abhilfe {
        Some(abhilfe) => befund.abhilfe(abhilfe),
        None => befund,
    }
}

/// The node of this name. Children have smaller names than their parents, and all of one child smaller ones than the next.
fn find(node: &Node, id: usize) -> Option<&Node> {
    if node.id == id {
        return Some(node);
    }
    match &node.kind {
        Kind::Scalar(_) => None,
        Kind::List(items) => items
            .get(items.partition_point(|item| item.id < id))
            .and_then(|item| find(item, id)),
        Kind::Map(entries) => entries
            .get(entries.partition_point(|entry| entry.value.id < id))
            .and_then(|entry| find(&entry.value, id)),
    }
}
