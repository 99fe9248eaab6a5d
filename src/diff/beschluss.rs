//! Whether what changed after a decision asks for a new one: a hint for those who decide that, no verdict.

use std::collections::BTreeSet;

use super::stellen::Paar;
use super::{Aenderung, Bereich, Klasse};
use crate::compute::sprache::{Verbindung, aufzaehlung};
use crate::model::beratung::{Beschlussstatus, Ergebnisstatus};
use crate::model::vereinbarung::Status;
use crate::model::{Koerperschaft, Vorgang};
use crate::template::Bezug;

/// Whether a new decision is needed, as far as the matter shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Beschlussfrage {
    /// No: why.
    Nein(String),
    /// Yes: the changes that ask for it, by number, and why.
    Ja {
        /// Numbers of the changes.
        wegen: Vec<usize>,
        /// What was decided.
        beschlossen: Vec<String>,
    },
    /// Two texts without facts: nobody knows what was decided.
    Unbekannt,
}

/// What the old state says has been decided, and what it covers.
struct Beschlossen {
    was: Vec<String>,
    bezuege: BTreeSet<Bezug>,
}

/// Answers the question for the changes between two states.
pub(super) fn frage(alt: &Vorgang, paare: &[Paar], aenderungen: &[Aenderung]) -> Beschlussfrage {
    let beschlossen = beschlossen(alt);
    let materielle: Vec<&Aenderung> = aenderungen
        .iter()
        .filter(|a| a.klasse == Klasse::Materiell)
        .collect();
    if beschlossen.was.is_empty() {
        let inhaltlich = materielle.iter().any(|a| a.bereich == Bereich::Inhalt);
        return Beschlussfrage::Nein(vorher(alt, inhaltlich));
    }
    let gedeckt: BTreeSet<&str> = paare
        .iter()
        .filter(|paar| {
            paar.bezug
                .as_ref()
                .is_some_and(|bezug| umfasst(&beschlossen.bezuege, bezug))
        })
        .map(|paar| paar.name.as_str())
        .collect();
    let trifft = |a: &Aenderung| {
        a.stellen
            .iter()
            .any(|s| gedeckt.contains(s.papier.as_str()))
    };
    let wegen: Vec<usize> = materielle
        .iter()
        .filter(|a| a.bereich == Bereich::Inhalt && trifft(a))
        .map(|a| a.nummer)
        .collect();
    if wegen.is_empty() {
        Beschlussfrage::Nein(nur(&materielle, paare))
    } else {
        Beschlussfrage::Ja {
            wegen,
            beschlossen: beschlossen.was,
        }
    }
}

/// Why what was decided is not touched.
fn nur(materielle: &[&Aenderung], paare: &[Paar]) -> String {
    if materielle.is_empty() {
        return "seit dem Beschluss hat sich nichts Materielles geändert".to_owned();
    }
    let mut worauf: Vec<String> = Vec::new();
    let mut merke = |wort: String| {
        if !worauf.contains(&wort) {
            worauf.push(wort);
        }
    };
    for aenderung in materielle {
        if aenderung.bereich == Bereich::Verfahren {
            merke("das Verfahren".to_owned());
        } else if aenderung.stellen.is_empty() {
            merke("Angaben, die kein Papier zeigt".to_owned());
        }
    }
    for stelle in materielle
        .iter()
        .filter(|a| a.bereich == Bereich::Inhalt)
        .flat_map(|a| &a.stellen)
    {
        let bezug = paare
            .iter()
            .find(|paar| paar.name == stelle.papier)
            .and_then(|paar| paar.bezug.as_ref());
        merke(match bezug {
            Some(Bezug::Drucksache(nummer) | Bezug::Anlage(nummer, _)) => {
                format!("{nummer}, worüber nicht beschlossen ist")
            }
            _ => format!("„{}“, worüber nicht beschlossen ist", stelle.papier),
        });
    }
    let worauf: Vec<&str> = worauf.iter().map(String::as_str).collect();
    let anfang = if materielle.len() == 1 {
        "die materielle Änderung betrifft nur"
    } else {
        "die materiellen Änderungen betreffen nur"
    };
    format!("{anfang} {}", aufzaehlung(&worauf, Verbindung::Und))
}

/// What the old state tells of the way to a decision that has not been taken.
fn vorher(alt: &Vorgang, hat_inhalt: bool) -> String {
    let mut empfohlen = Vec::new();
    let mut abgelehnt = Vec::new();
    for drucksache in &alt.drucksachen {
        for beratung in drucksache.beratungen() {
            let Some(ergebnis) = &beratung.ergebnis else {
                continue;
            };
            let am = beratung
                .sitzungsdatum
                .map(|tag| format!(" am {tag}"))
                .unwrap_or_default();
            let wer = format!("{} zu {}{am}", beratung.gremium, drucksache.nummer);
            let stimmt_zu = matches!(
                ergebnis.status,
                Ergebnisstatus::Beschlossen | Ergebnisstatus::Geaendert
            );
            match beratung.beschlussstatus {
                Beschlussstatus::Entscheidung if ergebnis.status == Ergebnisstatus::Abgelehnt => {
                    abgelehnt.push(wer);
                }
                Beschlussstatus::Empfehlungsbeschluss if stimmt_zu => {
                    let gremium = beratung.gremium.to_string();
                    empfohlen.push(match artikel(&gremium) {
                        Some(artikel) => format!("{artikel} {wer}"),
                        None => wer,
                    });
                }
                _ => {}
            }
        }
    }
    for vereinbarung in alt.vereinbarungen.values() {
        for beschluss in &vereinbarung.beschluesse {
            if beschluss.ergebnis == Some(Ergebnisstatus::Abgelehnt) {
                abgelehnt.push(format!("{} am {}", beschluss.gremium, beschluss.datum));
            }
        }
    }
    let liste = |namen: &[String]| {
        let namen: Vec<&str> = namen.iter().map(String::as_str).collect();
        aufzaehlung(&namen, Verbindung::Und)
    };
    if !abgelehnt.is_empty() {
        return format!("die Entscheidung lautete abgelehnt ({})", liste(&abgelehnt));
    }
    if empfohlen.is_empty() {
        return "im alten Stand ist noch kein Beschluss vermerkt".to_owned();
    }
    let hat = if empfohlen.len() == 1 { "hat" } else { "haben" };
    let rat = if hat_inhalt {
        ": erneut beraten lassen"
    } else {
        ""
    };
    format!(
        "noch keine Entscheidung; empfohlen {hat} {}{rat}",
        liste(&empfohlen)
    )
}

/// The article of a council or committee, as far as its name tells: „der“ for „Haupt- und Finanzausschuss“.
fn artikel(gremium: &str) -> Option<&'static str> {
    const ENDUNGEN: [(&str, &str); 15] = [
        ("ausschuss", "der"),
        ("rat", "der"),
        ("tag", "der"),
        ("vorstand", "der"),
        ("senat", "der"),
        ("kreis", "der"),
        ("versammlung", "die"),
        ("vertretung", "die"),
        ("kommission", "die"),
        ("konferenz", "die"),
        ("bürgerschaft", "die"),
        ("gruppe", "die"),
        ("gremium", "das"),
        ("präsidium", "das"),
        ("forum", "das"),
    ];
    let klein = gremium.to_lowercase();
    // The noun is the first word that is one: „Ausschuss für Kreisstraßen und Landrat“ is an Ausschuss.
    klein.split([' ', ',']).find_map(|wort| {
        let passend = ENDUNGEN.iter().find(|(endung, _)| wort.ends_with(endung));
        passend.map(|(_, artikel)| *artikel)
    })
}

fn umfasst(bezuege: &BTreeSet<Bezug>, bezug: &Bezug) -> bool {
    match bezug {
        Bezug::Anlage(nummer, _) => bezuege.contains(&Bezug::Drucksache(nummer.clone())),
        _ => bezuege.contains(bezug),
    }
}

fn beschlossen(vorgang: &Vorgang) -> Beschlossen {
    let mut beschlossen = Beschlossen {
        was: Vec::new(),
        bezuege: BTreeSet::new(),
    };
    for drucksache in &vorgang.drucksachen {
        let gefallen = drucksache.beratungen().into_iter().find(|beratung| {
            beratung.beschlussstatus == Beschlussstatus::Entscheidung
                && beratung.ergebnis.as_ref().is_some_and(|e| {
                    matches!(
                        e.status,
                        Ergebnisstatus::Beschlossen | Ergebnisstatus::Geaendert
                    )
                })
        });
        let Some(beratung) = gefallen else { continue };
        let am = beratung
            .sitzungsdatum
            .map(|tag| format!(" am {tag}"))
            .unwrap_or_default();
        beschlossen
            .was
            .push(format!("{} zu {}{am}", beratung.gremium, drucksache.nummer));
        beschlossen
            .bezuege
            .insert(Bezug::Drucksache(drucksache.nummer.clone()));
        if let Some(vereinbarung) = vorgang.vereinbarung_zu(drucksache) {
            beschlossen
                .bezuege
                .insert(Bezug::Vereinbarung(vereinbarung.schluessel.clone()));
        }
    }
    for (schluessel, vereinbarung) in &vorgang.vereinbarungen {
        let mut gefallen = false;
        for beschluss in vereinbarung.beschluesse.iter().filter(|b| b.stimmt_zu()) {
            let wer = vorgang.koerperschaften.get(&beschluss.koerperschaft);
            let wer = wer.map_or_else(
                || beschluss.koerperschaft.to_string(),
                Koerperschaft::amtsform,
            );
            beschlossen.was.push(format!(
                "{} ({wer}) am {}",
                beschluss.gremium, beschluss.datum
            ));
            gefallen = true;
        }
        if !gefallen
            && vereinbarung.wird_geschrieben()
            && vereinbarung.status >= Status::Beschlossen
        {
            beschlossen
                .was
                .push(format!("Status der Vereinbarung „{schluessel}“"));
            gefallen = true;
        }
        if gefallen {
            beschlossen
                .bezuege
                .insert(Bezug::Vereinbarung(schluessel.clone()));
        }
    }
    beschlossen.was.dedup();
    beschlossen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_noun_of_a_committee_tells_its_article() {
        for (gremium, erwartet) in [
            ("Kreisausschuss", Some("der")),
            ("Haupt- und Finanzausschuss", Some("der")),
            ("Ausschuss für Klima und Umwelt", Some("der")),
            ("Rat der Stadt Bergkamen", Some("der")),
            ("Kreistag", Some("der")),
            ("Bezirksvertretung Mitte", Some("die")),
            ("Verbandsversammlung", Some("die")),
            ("Ältestenrunde", None),
        ] {
            assert_eq!(artikel(gremium), erwartet, "{gremium}");
        }
    }
}
