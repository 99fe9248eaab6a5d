//! Anchors of headings, and whether links find theirs.
//!
//! A heading's anchor is the key of its `klausel`, else a slug as GitHub makes it: lower case, umlauts kept,
//! spaces become `-`, punctuation goes; a repeated one gets `-1`, `-2`.

use std::collections::{BTreeMap, BTreeSet};

use super::ast::{Block, BlockKind, LinkTarget};
use super::reader::Context;
use super::text;
use crate::diagnostic::{Befund, Stelle};

/// Gives every heading an anchor of its own and checks all links to anchors.
pub(super) fn resolve(blocks: &mut [Block], context: &mut Context<'_>) {
    let mut anchors = Anchors {
        taken: report_duplicates(context),
        keys: BTreeSet::new(),
        counts: BTreeMap::new(),
    };
    anchors.blocks(blocks);
    let missing = context
        .links
        .iter()
        .filter_map(|(target, range)| match target {
            LinkTarget::Anchor(anchor) if !anchors.taken.contains(anchor) => Some((anchor, range)),
            _ => None,
        });
    for (anchor, range) in missing {
        let remedy = match anchors.nearest(anchor) {
            Some(near) => format!("meinten Sie „#{near}“?"),
            None => {
                "„<!-- klausel: … -->“ mit diesem Schlüssel vor eine Überschrift setzen".to_owned()
            }
        };
        context.befunde.fehler(
            "link-ohne-anker",
            range,
            format!(
                "der Anker „#{}“ kommt in diesem Papier nicht vor",
                super::inline::shortened(anchor)
            ),
            remedy,
        );
    }
}

/// The keys of all clauses; one given twice is a finding.
fn report_duplicates(context: &mut Context<'_>) -> BTreeSet<String> {
    let mut places = BTreeMap::new();
    for (key, range) in std::mem::take(&mut context.klauseln) {
        if let Some(first) = places.get(&key) {
            let first: &std::ops::Range<usize> = first;
            context.befunde.push(
                Befund::fehler(
                    "klausel-doppelt",
                    Stelle::Papier(range),
                    format!("den Schlüssel „{key}“ trägt schon eine andere Klausel"),
                )
                .abhilfe("jeder Klausel einen eigenen Schlüssel geben")
                .dazu(Stelle::Papier(first.clone()), "hier zuerst"),
            );
        } else {
            places.insert(key, range);
        }
    }
    places.into_keys().collect()
}

struct Anchors {
    taken: BTreeSet<String>,
    /// Keys that a heading already bears.
    keys: BTreeSet<String>,
    /// How often each slug was asked for.
    counts: BTreeMap<String, usize>,
}

impl Anchors {
    fn blocks(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            match &mut block.kind {
                BlockKind::Heading { text, anchor, .. } => {
                    let first_of_key = !anchor.is_empty() && self.keys.insert(anchor.clone());
                    if !first_of_key {
                        let wanted = if anchor.is_empty() {
                            slug(&text::of_inlines(text))
                        } else {
                            anchor.clone()
                        };
                        *anchor = self.unique(wanted);
                    }
                }
                BlockKind::List(list) => {
                    for item in &mut list.items {
                        self.blocks(&mut item.blocks);
                    }
                }
                BlockKind::Quote(inner)
                | BlockKind::Together(inner)
                | BlockKind::Landscape(inner) => self.blocks(inner),
                _ => {}
            }
        }
    }

    fn unique(&mut self, slug: String) -> String {
        if self.taken.insert(slug.clone()) {
            return slug;
        }
        loop {
            let count = self.counts.entry(slug.clone()).or_insert(0);
            *count += 1;
            let candidate = format!("{slug}-{count}");
            if self.taken.insert(candidate.clone()) {
                return candidate;
            }
        }
    }

    /// An anchor that begins like the wanted one or with which the wanted one begins.
    fn nearest(&self, wanted: &str) -> Option<&str> {
        let slug = slug(wanted);
        if slug == EMPTY_SLUG {
            return None;
        }
        if let Some(same) = self.taken.get(&slug) {
            return Some(same);
        }
        let start: String = slug.chars().take(3).collect();
        self.taken
            .range(start.clone()..)
            .next()
            .filter(|candidate| candidate.starts_with(&start))
            .map(String::as_str)
    }
}

/// The slug of a heading without any letter or digit.
const EMPTY_SLUG: &str = "abschnitt";

fn slug(text: &str) -> String {
    let slug: String = text
        .trim()
        .chars()
        .flat_map(char::to_lowercase)
        .filter_map(|c| match c {
            ' ' | '\u{A0}' | '\u{202F}' => Some('-'),
            '-' | '_' => Some(c),
            _ if c.is_alphanumeric() => Some(c),
            _ => None,
        })
        .collect();
    if slug.contains(char::is_alphanumeric) {
        slug
    } else {
        EMPTY_SLUG.to_owned()
    }
}
