//! Who decides in a proposal: a council of the body that gets the paper, not one of a body of another kind.

use super::super::super::{Lage, Passage, Protokoll};
use super::amt::Sorte;
use crate::model::Drucksache;

/// What a council does in the sentence that it is to adopt.
const BESCHLIESST: [&str; 12] = [
    "beschließt",
    "beauftragt",
    "ermächtigt",
    "bevollmächtigt",
    "stimmt",
    "nimmt",
    "genehmigt",
    "empfiehlt",
    "billigt",
    "fasst",
    "bittet",
    "ersucht",
];

/// How many words of a name may stand between the council and what it does: „der Stadt Lünen“.
const NAME: usize = 5;

/// Reports each sentence that lets a council of another kind of body decide.
pub(super) fn beschlussorgan(
    lage: &Lage<'_>,
    drucksache: &Drucksache,
    abschnitt: &Passage<'_>,
    protokoll: &mut Protokoll<'_>,
) {
    let koerperschaft = lage.vorgang.koerperschaft_von(drucksache);
    let Some(sorte) = Sorte::von(drucksache, koerperschaft) else {
        return;
    };
    let beratungen = drucksache.beratungen();
    let gremien = koerperschaft.iter().flat_map(|k| &k.gremien);
    let eigene: Vec<&str> = gremien
        .map(|gremium| gremium.name.as_str())
        .chain(beratungen.iter().map(|b| b.gremium.as_str()))
        .chain(sorte.organe().iter().copied())
        .collect();
    let fremde = sorte.fremde_organe().iter();
    for organ in fremde.filter(|organ| !eigene.contains(organ)) {
        if !abschnitt.enthaelt(organ) {
            continue;
        }
        for satz in abschnitt.saetze_mit([*organ]) {
            // „Der Rat der Stadt Selm stimmt am 16.12.2021 zu; der Kreistag nimmt das zur Kenntnis.“
            if satz.tage().next().is_some() || eigene.iter().any(|name| satz.enthaelt(name)) {
                continue;
            }
            let mut stellen = satz.finde(organ);
            let Some(stelle) = stellen.find(|stelle| beschliesst(&satz, stelle)) else {
                continue;
            };
            let wessen = koerperschaft.map_or_else(
                || "dieser Drucksache".to_owned(),
                |k| format!("dieser Drucksache ({})", k.amtsform()),
            );
            protokoll
                .melde(
                    &stelle,
                    format!(
                        "„{}“ ist kein Organ der Körperschaft {wessen}: {}",
                        stelle.text(),
                        sorte.wer_entscheidet()
                    ),
                )
                .abhilfe("das Organ berichtigen; was ein anderes beschließt, gehört in dessen Drucksache");
        }
    }
}

/// Whether a sentence begins with this council and goes on with what it does.
fn beschliesst(satz: &Passage<'_>, organ: &Passage<'_>) -> bool {
    let von = satz.versatz(organ);
    let davor = satz.text().get(..von).unwrap_or_default();
    let danach = satz.text().get(von + organ.text().len()..);
    // Before it stands the label of an item at most.
    let beginnt = davor.strip_suffix("Der ").is_some_and(|label| {
        let mut worte = label.split(|c: char| !c.is_alphanumeric());
        worte.all(|wort| wort.chars().count() <= 2)
    });
    let mut worte = danach.unwrap_or_default().split_whitespace().take(NAME + 1);
    beginnt
        && worte
            .find(|wort| {
                let name = wort.starts_with(char::is_uppercase) || matches!(*wort, "der" | "des");
                !name
            })
            .is_some_and(|wort| BESCHLIESST.contains(&wort.trim_end_matches([',', ':', ';'])))
}
