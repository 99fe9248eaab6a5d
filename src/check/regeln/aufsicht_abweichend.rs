//! The authority that somebody typed is the one that follows from parties and seats.

use super::super::{Gewicht, Grundlage, Lage, Norm, Protokoll, Regel};
use crate::compute::zustaendigkeit::{self, Zustaendigkeit};

pub(super) const REGEL: Regel = Regel {
    name: "aufsicht-abweichend",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Gesetz,
    normen: &[Norm::sekundaer("gkg", "§ 29 Abs. 4")],
    gilt: "wenn unter `aufsicht` eine Behörde eingetragen ist",
    braucht: &[],
    text: include_str!("aufsicht_abweichend.md"),
    pruefe,
};

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        let (Some(aufsicht), Some(beteiligte)) =
            (&vereinbarung.aufsicht, lage.beteiligte(vereinbarung))
        else {
            continue;
        };
        let berechnet = zustaendigkeit::berechnet(lage.vorgang, vereinbarung, &beteiligte.parteien);
        if let Zustaendigkeit::Klar(behoerde) = berechnet
            && ohne_artikel(&behoerde.nominativ) != ohne_artikel(aufsicht.nominativ.as_str())
        {
            protokoll
                .melde(
                    vereinbarung.route.feld("aufsicht"),
                    format!(
                        "eingetragen ist „{}“, nach Parteien und Sitzen ist {} zuständig",
                        aufsicht.nominativ, behoerde.nominativ
                    ),
                )
                .abhilfe(format!(
                    "den Eintrag löschen, oder die Abweichung mit der Behörde klären; angegeben ist als Grund: {}",
                    aufsicht.grund
                ));
        }
    }
}

/// „die Bezirksregierung Arnsberg“ and „Bezirksregierung Arnsberg“ are the same authority.
fn ohne_artikel(behoerde: &str) -> String {
    let name = behoerde.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = name.to_lowercase();
    let artikel = ["die ", "der ", "den ", "das "];
    artikel
        .iter()
        .find_map(|artikel| name.strip_prefix(artikel))
        .unwrap_or(&name)
        .to_owned()
}
