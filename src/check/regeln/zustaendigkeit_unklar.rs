//! It is clear which authority approves an agreement (§ 29 Abs. 4 GkG NRW).
//!
//! Why it matters: an application to the wrong authority may start no period, and an approval by it is unlawful. Where
//! parties and seats leave a choice, nobody chooses but the authorities themselves.

use super::super::{Gewicht, Grundlage, Lage, Norm, Protokoll, Regel};
use crate::compute::Zustaendigkeit;

pub(super) const REGEL: Regel = Regel {
    name: "zustaendigkeit-unklar",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Gesetz,
    normen: &[Norm::sekundaer("gkg", "§ 29 Abs. 4")],
    gilt: "für jede Vereinbarung, aus der ein Papier entsteht",
    braucht: &[
        "körperschaften.*.regierungsbezirk",
        "körperschaften.*.kreis",
    ],
    text: include_str!("zustaendigkeit_unklar.md"),
    pruefe,
};

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        match lage.beteiligte(vereinbarung).map(|b| &b.zustaendigkeit) {
            Some(Zustaendigkeit::Unklar(grund)) => {
                protokoll
                    .melde(
                        &vereinbarung.route,
                        format!("welche Behörde genehmigt, steht nicht fest: {grund}"),
                    )
                    .abhilfe(
                        "die Zuständigkeit klären und die Behörde unter `aufsicht` mit einem Grund eintragen",
                    );
            }
            Some(Zustaendigkeit::Unbekannt(fehlt)) => protokoll.nicht_pruefbar(
                &fehlt.stelle,
                &format!(
                    "es fehlt die Angabe `{}` zu „{}“, aus der sich ergibt, welche Behörde genehmigt; sie in den Stammdaten eintragen",
                    fehlt.feld, fehlt.koerperschaft
                ),
            ),
            Some(Zustaendigkeit::Klar(_)) | None => {}
        }
    }
}
