//! The authority that somebody typed, in the data or in prose, is the one that follows from parties and seats.

use super::super::{Blatt, Gewicht, Grundlage, Lage, Norm, Protokoll, Regel};
use crate::compute::zustaendigkeit::{self, Zustaendigkeit};

pub(super) const REGEL: Regel = Regel {
    name: "aufsicht-abweichend",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Gesetz,
    normen: &[
        Norm::sekundaer("gkg", "§ 29 Abs. 4"),
        Norm::gesehen("gkg", "§ 24 Abs. 3"),
    ],
    gilt: "wenn unter `aufsicht` eine Behörde eingetragen ist, und wo ein Papier sagt, wer genehmigt oder wo bekannt gemacht wird",
    braucht: &[],
    text: include_str!("aufsicht_abweichend.md"),
    pruefe,
};

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        let Some(beteiligte) = lage.beteiligte(vereinbarung) else {
            continue;
        };
        if let Zustaendigkeit::Klar(behoerde) = &beteiligte.zustaendigkeit {
            let vorlagen = lage.drucksachen_zu(vereinbarung);
            let vorlagen = vorlagen.filter_map(|drucksache| lage.vorlage(drucksache));
            let eigenes = lage.blatt_der_vereinbarung(vereinbarung).into_iter();
            for blatt in eigenes.chain(vorlagen) {
                amtsblatt(blatt, &behoerde.amtsblatt, protokoll);
            }
        }
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
                        "eingetragen ist „{}“; nach den Parteien und ihrem Sitz ist {} zuständig",
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
        if !sagt(&GENEHMIGT) || !sagt(&["Vereinbarung*"]) || satz.von_anderen_vereinbarungen() {
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
                    format!("hier steht „{}“; nach den Parteien und ihrem Sitz ist {zustaendig} zuständig", stelle.text()),
                )
                .abhilfe("die Behörde berichtigen oder durch {{ vereinbarung.aufsicht.nominativ }} ersetzen");
        }
    }
}

/// Words for a gazette.
const AMTSBLATT: [&str; 4] = [
    "Amtsblatt*",
    "Amtsblatts",
    "Veröffentlichungsblatt*",
    "Mitteilungsblatt*",
];

/// Whose gazette it may be.
const TRAEGER: [&str; 16] = [
    "Kreis",
    "Kreises",
    "Kreise",
    "Stadt",
    "Kreisstadt",
    "Gemeinde",
    "Regierungsbezirk",
    "Regierungsbezirks",
    "Regierungsbezirkes",
    "Bezirksregierung",
    "Regierung",
    "Landes",
    "Landschaftsverbandes",
    "Landschaftsverbands",
    "Landrats",
    "Landrates",
];

/// Words between a gazette and whose it is.
const VOR_TRAEGER: [&str; 6] = ["des", "der", "für", "den", "von", "vom"];

/// Words of a sentence that has the agreement published with effect.
const WIRKSAM: [&str; 6] = [
    "wirksam",
    "in Kraft",
    "Tag nach",
    "Tage nach",
    "Bekanntmachung*",
    "bekannt gemacht",
];

/// Words of a sentence on another publication: the notice of each party, and what was published before.
const HINWEIS: [&str; 9] = [
    "Hinweis*",
    "weist",
    "weisen",
    "hingewiesen",
    "hinzuweisen",
    "wurde",
    "wurden",
    "worden",
    "Satzung*",
];

/// A sentence that has the agreement take effect by another gazette than that of its authority.
fn amtsblatt(blatt: &Blatt<'_>, richtiges: &str, protokoll: &mut Protokoll<'_>) {
    let alles = blatt.alles();
    for satz in alles.saetze_mit(AMTSBLATT) {
        let sagt = |worte: &[&str]| worte.iter().any(|worte| satz.enthaelt(worte));
        if !sagt(&WIRKSAM) || sagt(&HINWEIS) {
            continue;
        }
        // In other papers the sentence must say what is published.
        let davon = blatt.papier.art == "vereinbarung" || sagt(&["Vereinbarung*"]);
        let stellen = AMTSBLATT.iter().flat_map(|worte| satz.finde(worte));
        for stelle in stellen.filter(|_| davon) {
            let von = satz.versatz(&stelle);
            let danach = von + stelle.text().len();
            let danach = satz.text().get(danach..).unwrap_or_default();
            if let Some(wessen) = wessen(danach).filter(|wessen| anderes(wessen, richtiges)) {
                let stelle = satz.teil(von..von + stelle.text().len() + wessen.len());
                protokoll
                    .melde(
                        &stelle,
                        format!("hier steht „{}“; wirksam wird die Vereinbarung durch die Bekanntmachung im {richtiges}", stelle.text()),
                    )
                    .abhilfe("das Veröffentlichungsblatt berichtigen oder durch {{ vereinbarung.aufsicht.amtsblatt }} ersetzen");
                break;
            }
        }
    }
}

/// Whose gazette it is, as it follows: „ des Kreises Unna“.
fn wessen(danach: &str) -> Option<&str> {
    let mut worte = danach.split(' ');
    // The gazette itself ends with a blank.
    let mut lang = worte.next().filter(|leer| leer.is_empty())?.len();
    let mut traeger = false;
    for wort in worte {
        let nackt = wort.trim_end_matches([',', ';', '.', ':', ')']);
        lang += 1 + nackt.len();
        if traeger {
            let name = nackt.starts_with(char::is_uppercase);
            return danach.get(..lang).filter(|_| name);
        }
        traeger = TRAEGER.contains(&nackt);
        if nackt.len() != wort.len() || !(traeger || VOR_TRAEGER.contains(&nackt)) {
            return None;
        }
    }
    None
}

/// Whether this is not whose gazette it ought to be: „Regierungsbezirk“ and „Bezirksregierung“ are one.
fn anderes(wessen: &str, richtiges: &str) -> bool {
    let name = wessen.rsplit(' ').next().unwrap_or_default();
    let hat_name = richtiges
        .split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '/'))
        .any(|wort| wort == name);
    let bezirk = |text: &str| text.contains("ezirk") || text.contains("Regierung");
    !hat_name || bezirk(wessen) != bezirk(richtiges)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whose_gazette_it_is_stands_behind_it() {
        assert_eq!(
            wessen(" des Kreises Unna wirksam"),
            Some(" des Kreises Unna")
        );
        assert_eq!(
            wessen(" für den Regierungsbezirk Münster, "),
            Some(" für den Regierungsbezirk Münster")
        );
        assert_eq!(wessen(" der Aufsichtsbehörde wirksam"), None);
        assert_eq!(wessen(" des Kreises, der es führt"), None);
        assert_eq!(wessen(", das erscheint"), None);
    }

    #[test]
    fn a_gazette_has_other_names() {
        let richtiges = "Amtsblatt für den Regierungsbezirk Arnsberg";
        assert!(!anderes(" der Bezirksregierung Arnsberg", richtiges));
        assert!(anderes(" des Kreises Unna", richtiges));
        assert!(anderes(" für den Regierungsbezirk Münster", richtiges));
        assert!(!anderes(" des Kreises Unna", "Amtsblatt des Kreises Unna"));
    }
}
