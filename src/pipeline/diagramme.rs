//! The charts that papers show, drawn from computed values.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Setzer;
use crate::diagramm::Diagramm;
use crate::layout::Pictures;
use crate::template::Papier;

impl Setzer {
    /// The charts that one of the papers names, by their files.
    pub(super) fn diagramme(
        &mut self,
        schaubilder: &BTreeMap<String, Diagramm>,
        papiere: &[&Papier],
    ) -> Pictures {
        schaubilder
            .iter()
            .filter(|(datei, _)| papiere.iter().any(|p| p.markdown.contains(datei.as_str())))
            .map(|(datei, diagramm)| {
                let svg = diagramm.svg(&mut self.shaper);
                (datei.clone(), Arc::from(svg.into_bytes()))
            })
            .collect()
    }
}
