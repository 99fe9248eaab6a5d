//! Each party has said in which form it makes things public, because each must point to the gazette in its own form.

use super::super::{Gewicht, Grundlage, Lage, Norm, Protokoll, Regel};
use crate::compute::Menge;
use crate::model::koerperschaft::Kasus;

pub(super) const REGEL: Regel = Regel {
    name: "bekanntmachungsform-fehlt",
    schwere: Gewicht::Hinweis,
    grundlage: Grundlage::Gesetz,
    normen: &[Norm::gesehen("gkg", "§ 24 Abs. 3")],
    gilt: "für jede Vereinbarung, aus der ein Papier entsteht",
    braucht: &["körperschaften.*.bekanntmachung"],
    text: include_str!("bekanntmachungsform_fehlt.md"),
    pruefe,
};

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        let Some(beteiligte) = lage.beteiligte(vereinbarung) else {
            continue;
        };
        let parteien = &beteiligte.parteien;
        let ohne = parteien.iter().filter(|p| p.bekanntmachung.is_none());
        let ohne = Menge::aus(lage.vorgang, ohne);
        let text = match ohne.anzahl() {
            0 => continue,
            alle if alle == parteien.anzahl() => {
                "von keiner Partei ist bekannt, in welcher Form sie auf die Veröffentlichung im Amtsblatt hinweist".to_owned()
            }
            einige => format!(
                "nicht bekannt ist, in welcher Form {} auf die Veröffentlichung im Amtsblatt {}",
                ohne.aufzaehlung(Kasus::Nominativ),
                if einige == 1 { "hinweist" } else { "hinweisen" }
            ),
        };
        protokoll
            .melde(&vereinbarung.route, text)
            .abhilfe("die Form jeder Partei in den Stammdaten unter `bekanntmachung` eintragen");
    }
}
