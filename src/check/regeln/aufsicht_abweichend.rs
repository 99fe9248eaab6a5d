//! The authority that somebody typed, in the data or in prose, is the one that follows from parties and seats.

use super::super::{Blatt, Gewicht, Grundlage, Lage, Norm, Protokoll, Regel};
use crate::compute::zustaendigkeit::{self, Zustaendigkeit};

pub(super) const REGEL: Regel = Regel {
    name: "aufsicht-abweichend",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Gesetz,
    normen: &[Norm::sekundaer("gkg", "§ 29 Abs. 4")],
    gilt: "wenn unter `aufsicht` eine Behörde eingetragen ist, und wo ein Papier sagt, wer genehmigt",
    braucht: &[],
    text: include_str!("aufsicht_abweichend.md"),
    pruefe,
};

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        let Some(beteiligte) = lage.beteiligte(vereinbarung) else {
            continue;
        };
        let berechnet = zustaendigkeit::berechnet(lage.vorgang, vereinbarung, &beteiligte.parteien);
        let Zustaendigkeit::Klar(behoerde) = berechnet else {
            continue;
        };
        let Some(aufsicht) = &vereinbarung.aufsicht else {
            let vorlagen = lage.drucksachen_zu(vereinbarung);
            let vorlagen = vorlagen.filter_map(|drucksache| lage.vorlage(drucksache));
            for blatt in lage
                .blatt_der_vereinbarung(vereinbarung)
                .into_iter()
                .chain(vorlagen)
            {
                im_text(blatt, &behoerde.nominativ, protokoll);
            }
            continue;
        };
        if ohne_artikel(&behoerde.nominativ) != ohne_artikel(aufsicht.nominativ.as_str()) {
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

/// Words of a sentence that says who approves the agreement.
const GENEHMIGT: [&str; 2] = ["Genehmigung*", "genehmig*"];

/// The other authority: § 29 Abs. 4 knows two kinds.
const UNTERE: [&str; 2] = [
    "untere* staatliche* Verwaltungsbehörde",
    "unteren staatlichen Verwaltungsbehörde",
];

/// A sentence on the approval that names another authority.
fn im_text(blatt: &Blatt<'_>, zustaendig: &str, protokoll: &mut Protokoll<'_>) {
    for satz in blatt.alles().saetze() {
        let sagt = |worte: &[&str]| worte.iter().any(|worte| satz.enthaelt(worte));
        // Other papers are approved by others, and other agreements were.
        if !sagt(&GENEHMIGT) || !sagt(&["Vereinbarung*"]) {
            continue;
        }
        let bezirk = satz.finde("Bezirksregierung*").find_map(|stelle| {
            let von = satz.versatz(&stelle);
            let danach = satz.text().get(von + stelle.text().len()..)?;
            let name = danach
                .strip_prefix(' ')?
                .split(|c: char| !c.is_alphabetic())
                .next()?;
            let ist_name = name.starts_with(char::is_uppercase);
            let bis = von + stelle.text().len() + 1 + name.len();
            (ist_name && !zustaendig.contains(name)).then(|| satz.teil(von..bis))
        });
        let untere = UNTERE.iter().flat_map(|worte| satz.finde(worte)).next();
        let untere = untere.filter(|_| zustaendig.contains("Bezirksregierung"));
        if let Some(stelle) = bezirk.or(untere) {
            protokoll
                .melde(
                    &stelle,
                    format!("hier steht „{}“, nach Parteien und Sitzen ist {zustaendig} zuständig", stelle.text()),
                )
                .abhilfe("die Behörde berichtigen oder durch {{ vereinbarung.aufsicht.nominativ }} ersetzen");
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
