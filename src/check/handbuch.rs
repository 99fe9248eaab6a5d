//! What the program says about its rules: one rule for `explain`, all of them with the ledger as a handbook.
//!
//! Both are Markdown in the dialect of our papers, so `drucksache pdf` typesets them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Ledger, Norm, REGELN, Regel, ledger, meldungen};
use crate::input::suggest;
use crate::recht::{self, Beleg, Gesetz};

/// Rules of older versions, each with the name that it bears now.
pub const UMBENANNT: &[(&str, &str)] = &[];

/// What a name of a rule leads to.
#[derive(Debug, Clone, Copy)]
pub enum Suche {
    /// The rule of this name.
    Gefunden(&'static Regel),
    /// A rule had this name in an older version.
    Umbenannt(&'static Regel),
    /// No rule; the name that may be meant.
    Unbekannt(Option<&'static str>),
}

/// Looks for a rule by name.
pub fn suche(name: &str) -> Suche {
    suche_in(name, UMBENANNT)
}

/// The same with this list of older names.
pub(super) fn suche_in(name: &str, umbenannt: &[(&str, &str)]) -> Suche {
    if let Some(regel) = super::regel(name) {
        return Suche::Gefunden(regel);
    }
    let neuer = umbenannt.iter().find(|(alt, _)| *alt == name);
    if let Some(regel) = neuer.and_then(|(_, neu)| super::regel(neu)) {
        return Suche::Umbenannt(regel);
    }
    Suche::Unbekannt(naechster(name, REGELN.iter().map(|regel| regel.name)))
}

/// The rule or other finding that is meant by a name that none of them bears.
pub fn gemeint(name: &str) -> Option<&'static str> {
    let regeln = REGELN.iter().map(|regel| regel.name);
    naechster(name, regeln.chain(meldungen().map(|meldung| meldung.name)))
}

fn naechster(
    name: &str,
    mut namen: impl Iterator<Item = &'static str> + Clone,
) -> Option<&'static str> {
    suggest::nearest(name, namen.clone()).or_else(|| {
        let passt = |regel: &&str| !name.is_empty() && regel.contains(name);
        let einer = namen.find(passt)?;
        namen.find(passt).is_none().then_some(einer)
    })
}

/// A rule explained: what it looks at, why, what to do, examples, its norms with their states.
pub fn erklaerung(regel: &Regel) -> String {
    let mut text = format!("# {}\n\n", regel.name);
    abschnitte(&mut text, regel, "##", &recht::recht().gesetze);
    text
}

/// All rules explained, the laws with their states, and which clause is served by which rule.
pub fn handbuch() -> String {
    let gesetze = recht::recht().gesetze;
    let mut text = String::from(
        "---\ndrucksache: 1\nart: handbuch\ntitel: Handbuch der Prüfregeln\nsprache: de-DE\n---\n\n\
         # Handbuch der Prüfregeln\n\n",
    );
    let _ = write!(
        text,
        "`drucksache check` prüft einen Vorgang mit {} Regeln. Ein Fehler verletzt eine zwingende Vorschrift oder eine \
         Rechnung; eine Warnung ist ein Anlass hinzusehen; ein Hinweis ist gut zu wissen. Fehlt einer Regel eine Angabe, \
         sagt sie es. Die Prüfung ersetzt keine Rechtsprüfung.\n\n\
         Wer einen Befund bewusst hinnimmt, hält es mit `drucksache vermerken` fest: mit Grund und Namen, neben dem \
         Vorgang. Ändert sich, was er gedeckt hat, verfällt der Vermerk: der Wortlaut des Befundes, der Wert oder der \
         Absatz an seiner Stelle, bei einer Überschrift ihr ganzer Abschnitt, oder der Rechtsstand. Eine andere \
         Schreibweise desselben Wertes, Bemerkungen, die Reihenfolge von Angaben und Worte in anderen Absätzen ändern \
         nichts.\n\n\
         Regeln, die Texte lesen, kennen Wendungen, nicht den Sinn eines Satzes. Was eine Regel deshalb nicht sieht, \
         sagt ihr Abschnitt „Was geprüft wird“; wo zwei Lesarten möglich sind, schweigt sie.\n\n",
        REGELN.len()
    );
    stand(&mut text, &gesetze);
    for regel in REGELN {
        let _ = write!(text, "## {}\n\n", regel.name);
        abschnitte(&mut text, regel, "###", &gesetze);
    }
    vorschriften(&mut text, &ledger(), &gesetze);
    weitere(&mut text);
    text
}

/// What the program says beside its rules.
fn weitere(text: &mut String) {
    text.push_str(
        "\n## Weitere Meldungen\n\nWas das Programm sonst meldet: beim Lesen, Rechnen, Schreiben und Setzen, zu Vermerken \
         und beim Vergleich. Ein solcher Befund lässt sich beheben, nicht hinnehmen.\n\n",
    );
    let mut gruppe = "";
    for meldung in meldungen() {
        if meldung.gruppe != gruppe {
            gruppe = meldung.gruppe;
            let _ = write!(text, "### {gruppe}\n\n");
        }
        let _ = write!(
            text,
            "**{}**: {}. {}\n\n",
            meldung.name, meldung.titel, meldung.text
        );
    }
}

fn abschnitte(text: &mut String, regel: &Regel, ebene: &str, gesetze: &BTreeMap<String, Gesetz>) {
    let anleitung = regel.anleitung();
    let _ = write!(text, "**{}**\n\n", anleitung.titel);
    let _ = write!(text, "| | |\n|---|---|\n");
    let mut zeile = |was: &str, wert: &str| {
        let _ = writeln!(text, "| **{was}** | {} |", wert.replace('|', "\\|"));
    };
    zeile("Wiegt", regel.schwere.wortlaut());
    zeile("Grundlage", regel.grundlage.wortlaut());
    for norm in regel.normen {
        zeile("Vorschrift", &vorschrift(norm, gesetze));
    }
    zeile("Gilt", regel.gilt);
    if !regel.braucht.is_empty() {
        zeile("Braucht", &format!("`{}`", regel.braucht.join("`, `")));
    }
    text.push('\n');
    for (kopf, inhalt) in anleitung.abschnitte {
        let _ = write!(text, "{ebene} {kopf}\n\n{inhalt}\n\n");
    }
}

/// „§ 24 Abs. 2 GkG NRW (Stand 09.07.2025), aus zweiter Hand“.
fn vorschrift(norm: &Norm, gesetze: &BTreeMap<String, Gesetz>) -> String {
    let gelesen = match norm.beleg {
        Beleg::Gesehen => "",
        Beleg::Sekundaer => ", nur zum Teil oder aus zweiter Hand gelesen",
        Beleg::Erinnert => ", nicht am Wortlaut geprüft",
    };
    format!("{}{gelesen}", norm.mit_stand(gesetze))
}

fn stand(text: &mut String, gesetze: &BTreeMap<String, Gesetz>) {
    text.push_str(
        "## Rechtsstand\n\nBis zu diesem Tag sind die Änderungen eines Gesetzes erfasst. Ohne Tag ist nicht geprüft, ob \
         es seither geändert wurde.\n\n| Gesetz | Stand |\n|---|---|\n",
    );
    for gesetz in gesetze.values() {
        let stand = gesetz
            .vollstaendig_bis
            .map_or_else(|| "nicht hinterlegt".to_owned(), |tag| tag.to_string());
        let _ = writeln!(text, "| {} | {stand} |", gesetz.kurz);
    }
    text.push('\n');
}

fn vorschriften(text: &mut String, ledger: &Ledger, gesetze: &BTreeMap<String, Gesetz>) {
    text.push_str(
        "## Welche Vorschrift welche Regel trägt\n\n| Vorschrift | Inhalt | Regel, oder warum keine |\n|---|---|---|\n",
    );
    for klausel in &ledger.normen {
        let kurz = gesetze
            .get(&klausel.gesetz)
            .map_or(klausel.gesetz.as_str(), |gesetz| gesetz.kurz.as_str());
        let mut regeln: Vec<&str> = klausel.regeln.iter().map(String::as_str).collect();
        regeln.retain(|name| super::regel(name).is_some());
        let mut dazu = regeln.join(", ");
        if let Some(warum) = &klausel.warum {
            let vor = if dazu.is_empty() { "" } else { ". " };
            let _ = write!(dazu, "{vor}{warum}");
        }
        if dazu.is_empty() {
            dazu.push_str("noch keine Regel");
        }
        let _ = writeln!(
            text,
            "| {} {kurz} | {} | {dazu} |",
            klausel.stelle, klausel.inhalt
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown;

    #[test]
    fn the_handbook_is_a_paper_without_a_finding() {
        let (dokument, befunde) = markdown::parse(&handbuch());
        assert_eq!(befunde, []);
        assert_eq!(dokument.title().as_deref(), Some("Handbuch der Prüfregeln"));
    }

    #[test]
    fn each_rule_has_its_chapter() {
        let text = handbuch();
        for regel in REGELN {
            assert!(
                text.contains(&format!("\n## {}\n", regel.name)),
                "{}",
                regel.name
            );
        }
    }

    #[test]
    fn an_explanation_is_a_paper_without_a_finding() {
        for regel in REGELN {
            let (_, befunde) = markdown::parse(&erklaerung(regel));
            assert_eq!(befunde, [], "{}", regel.name);
        }
    }

    #[test]
    fn a_slip_of_the_finger_leads_to_the_rule() {
        assert!(matches!(
            suche("kosten-nur-verwisen"),
            Suche::Unbekannt(Some("kosten-nur-verwiesen"))
        ));
    }

    #[test]
    fn a_part_of_a_name_leads_to_the_only_rule_that_has_it() {
        assert!(matches!(
            suche("haushaltsjahr-ohne"),
            Suche::Unbekannt(Some("haushaltsjahr-ohne-betrag"))
        ));
    }

    #[test]
    fn a_name_of_an_older_version_leads_to_its_rule() {
        let umbenannt = [("kosten-ausgelagert", "kosten-nur-verwiesen")];
        let Suche::Umbenannt(regel) = suche_in("kosten-ausgelagert", &umbenannt) else {
            panic!();
        };
        assert_eq!(regel.name, "kosten-nur-verwiesen");
    }

    #[test]
    fn each_older_name_leads_to_a_rule_and_is_none_itself() {
        for (alt, neu) in UMBENANNT {
            assert!(super::super::regel(alt).is_none(), "{alt}");
            assert!(super::super::regel(neu).is_some(), "{neu}");
        }
    }
}
