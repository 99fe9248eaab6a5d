//! It is clear which authority approves an agreement (§ 29 Abs. 4 GkG NRW).
//!
//! Why it matters: an application to the wrong authority starts no period, and an approval by it is worth nothing. Where
//! parties and seats leave a choice, nobody chooses but the authorities themselves.

use super::{Grundlage, Lage, Regel};
use crate::compute::Zustaendigkeit;
use crate::diagnostic::{Befund, Schwere, Stelle};

pub(super) const REGEL: Regel = Regel {
    name: "zustaendigkeit-unklar",
    schwere: Schwere::Warnung,
    grundlage: Grundlage::Gesetz,
    pruefe,
};

fn pruefe(lage: &Lage<'_>) -> Vec<Befund> {
    let mut befunde = Vec::new();
    for vereinbarung in lage.vorgang.vereinbarungen.values() {
        let beteiligte = lage.zahlen.vereinbarungen.get(&vereinbarung.schluessel);
        let Some(Zustaendigkeit::Unklar(grund)) = beteiligte.map(|b| &b.zustaendigkeit) else {
            continue;
        };
        if vereinbarung.wird_geschrieben() {
            befunde.push(
                Befund::warnung(
                    REGEL.name,
                    Stelle::Route(vereinbarung.route.clone()),
                    format!("welche Behörde genehmigt, steht nicht fest: {grund}"),
                )
                .abhilfe(
                    "die Zuständigkeit klären und die Behörde unter `aufsicht` mit einem Grund eintragen",
                ),
            );
        }
    }
    befunde
}
