//! Old and new side by side with a remark: a Markdown paper of our dialect, landscape.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::ops::Range;

use super::auszeichnung::{Seite, laeufe};
use super::bericht::{
    bilanz, nur_text, nur_text_mit_rand, ohne_rand, quelle, sicher, sinn, warnungen, wortlos,
};
use super::klasse::UNSICHTBAR;
use super::redline::{Vergleichspapier, ohne_html};
use super::stellen::{KOPFDATEN, Lageplan, Paar, Rohstelle, Stellenart};
use super::text::{Block, Blockart, fussnote};
use super::{Aenderung, Unterschied};
use crate::markdown::front::{FrontMatter, Satz};

/// So many facts are told of a change; how many more there are is said, and its places show them.
const BEDEUTUNGEN: usize = 12;
/// Headings of more characters are named by their first words.
const LAENGSTER_ORT: usize = 34;
/// So many words are kept on each side of a change.
const UMGEBUNG: usize = 12;

/// The Synopse of all papers that changed.
pub fn synopse(unterschied: &Unterschied) -> Vergleichspapier {
    let [alt, neu] = unterschied.namen();
    let front = FrontMatter {
        art: Some("synopse".to_owned()),
        titel: Some(format!("Synopse: {neu} gegenüber {alt}")),
        kurztitel: Some("Synopse".to_owned()),
        sprache: Some("de-DE".to_owned()),
        satz: Satz::Flatter,
        ..FrontMatter::default()
    };
    let mut md = front.to_markdown();
    let _ = write!(
        md,
        "\n<!-- quer -->\n\n# Synopse\n\nBisher: {}. Neu: {}.\n\n**{}**\n",
        sicher(&alt),
        sicher(&neu),
        sicher(&bilanz(unterschied))
    );
    for warnung in warnungen(unterschied) {
        let punkt = if warnung.ends_with('?') { "" } else { "." };
        let _ = write!(md, "\nHinweis: {}{punkt}\n", sicher(&warnung));
    }
    if !unterschied.aenderungen.is_empty() {
        md.push_str("\n## Änderungen und ihre Ursachen\n\n<!-- spalten: 1 3 6 6 -->\n\n| Nr. | Einordnung | Ursache | Bedeutung |\n|---|---|---|---|\n");
        for aenderung in &unterschied.aenderungen {
            md.push_str(&zeile(aenderung));
        }
    }
    for paar in unterschied
        .paare
        .iter()
        .filter(|paar| paar.alt.is_some() != paar.neu.is_some() || paar.zeigt_aenderung())
    {
        papier(paar, unterschied, &mut md);
    }
    md.push_str("\n<!-- /quer -->\n");
    Vergleichspapier {
        name: "synopse".to_owned(),
        markdown: ohne_html(md),
    }
}

fn zeile(aenderung: &Aenderung) -> String {
    let quellen: Vec<String> = aenderung
        .ursache
        .quellen
        .iter()
        .map(|q| sicher(&quelle(q)))
        .collect();
    let mut bedeutung: Vec<String> = sinn(&aenderung.sinn).iter().map(|s| sicher(s)).collect();
    let weitere = bedeutung.len().saturating_sub(BEDEUTUNGEN);
    if weitere > 1 {
        bedeutung.truncate(BEDEUTUNGEN);
        bedeutung.push(format!("und {weitere} weitere; die Stellen stehen unten"));
    }
    let bedeutung = if bedeutung.is_empty() {
        let sichtbare = aenderung.stellen.iter().filter(|s| s.grund != UNSICHTBAR);
        match sichtbare.count() {
            0 => "keine Stelle in den Papieren".to_owned(),
            1 => "1 Stelle in den Papieren".to_owned(),
            orte => format!("{orte} Stellen in den Papieren"),
        }
    } else {
        bedeutung.join("<br>")
    };
    let mut ursache = aenderung.ursache.art.wortlaut().to_owned();
    for quelle in quellen {
        let _ = write!(ursache, "<br>{quelle}");
    }
    format!(
        "| {} | {} ({}) | {ursache} | {bedeutung} |\n",
        aenderung.nummer,
        aenderung.klasse.name(),
        sicher(&aenderung.grund)
    )
}

fn papier(paar: &Paar, unterschied: &Unterschied, md: &mut String) {
    let titel = format!(
        "\n## {} ({})\n",
        sicher(letztes(&paar.titel)),
        sicher(letztes(&paar.name))
    );
    let nur = match (&paar.alt, &paar.neu) {
        (Some(_), None) => Some("alten"),
        (None, Some(_)) => Some("neuen"),
        _ => None,
    };
    if let Some(stand) = nur {
        let _ = write!(md, "{titel}\nDieses Papier gibt es nur im {stand} Stand.\n");
        return;
    }
    let bemerkungen = bemerkungen(paar, unterschied);
    let plan = Lageplan::aus(paar);
    let mut zeilen = String::new();
    let mut letzte = String::new();
    // What moved may begin with what no reader sees; its first row says it.
    let mut umzug = String::new();
    let mut ist_neuer_umzug = false;
    for (i, block) in paar.vergleich.bloecke.iter().enumerate() {
        let (bisher, neu) = spalten(paar, block);
        if !paar.ist_sichtbar(block) || (bisher.is_empty() && neu.is_empty()) {
            let bemerkung = bemerkung(&bemerkungen, block);
            if block.art == Blockart::Verschoben && !bemerkung.is_empty() {
                (umzug, ist_neuer_umzug) = (bemerkung, true);
            }
            continue;
        }
        let wo = stelle(i, block);
        let ort = plan.ort(&wo);
        let mut bemerkung = bemerkung(&bemerkungen, block);
        if bemerkung.is_empty() {
            // The head repeats what the text shows; else the place was shown together with the one before it.
            if ort == KOPFDATEN {
                continue;
            }
            let ist_umzug = block.art == Blockart::Verschoben && !umzug.is_empty();
            bemerkung.clone_from(if ist_umzug { &umzug } else { &letzte });
        } else if block.art == Blockart::Verschoben && ist_neuer_umzug {
            bemerkung = format!("{bemerkung}; {umzug}");
        }
        ist_neuer_umzug = false;
        letzte.clone_from(&bemerkung);
        // Below new columns rows stand otherwise and say the same.
        let nur_gesteuert = bemerkung.ends_with(&format!("({UNSICHTBAR})"));
        if block.art == Blockart::Geblieben && bisher == neu && nur_gesteuert {
            continue;
        }
        if block.art == Blockart::Verschoben {
            let bisher = plan.bisheriger_ort(&wo);
            let umgezogen = if bisher.is_empty() || bisher == ort {
                "an anderer Stelle".to_owned()
            } else {
                format!("bisher {}", sicher(&bisher))
            };
            let trenner = if bemerkung.is_empty() { "" } else { "; " };
            bemerkung = format!("{bemerkung}{trenner}{umgezogen}");
        }
        let _ = writeln!(
            zeilen,
            "| {} | {bisher} | {neu} | {bemerkung} |",
            sicher(&kurzer_ort(&ort))
        );
    }
    // What no reader sees has no row.
    if !zeilen.is_empty() {
        let _ = write!(
            md,
            "{titel}\n<!-- spalten: 2 5 5 3 -->\n\n| Stelle | Bisher | Neu | Bemerkung |\n|---|---|---|---|\n{zeilen}"
        );
    }
}

/// The last part of a path: a text of which no matter is known bears the name of its file.
fn letztes(name: &str) -> &str {
    let ist_pfad = name.ends_with(".md");
    let letztes = name.rsplit(['/', '\\']).next().unwrap_or(name);
    if ist_pfad { letztes } else { name }
}

/// A long heading by its first words: it stands in each row of its section.
fn kurzer_ort(ort: &str) -> String {
    if ort.chars().count() <= LAENGSTER_ORT {
        return ort.to_owned();
    }
    let kurz: String = ort.chars().take(LAENGSTER_ORT).collect();
    let bis = kurz.rfind(' ').unwrap_or(kurz.len());
    format!("{} …", kurz.get(..bis).unwrap_or_default())
}

fn stelle(i: usize, block: &Block) -> Rohstelle {
    Rohstelle {
        paar: 0,
        art: if block.neu.is_some() {
            Stellenart::Wortlaut
        } else {
            Stellenart::Weg
        },
        alt: block.alt.clone().unwrap_or_default(),
        neu: block.neu.clone().unwrap_or_default(),
        alter_text: String::new(),
        neuer_text: String::new(),
        block: i,
    }
}

/// Old and new words of a block, each a cell.
fn spalten(paar: &Paar, block: &Block) -> (String, String) {
    let (mut bisher, mut neu) = (String::new(), String::new());
    let laeufe = laeufe(block, paar.alter_text());
    let letzter = laeufe.len().saturating_sub(1);
    let text = |text: &str, bereich: &Range<usize>| {
        text.get(bereich.clone()).unwrap_or_default().to_owned()
    };
    for (i, lauf) in laeufe.iter().enumerate() {
        let (alter, neuer) = (
            text(paar.alter_text(), &lauf.alt),
            text(paar.neuer_text(), &lauf.neu),
        );
        if lauf.gleich {
            let gekuerzt = gekuerzt(&alter, i == 0, i == letzter);
            bisher.push_str(&gekuerzt);
            neu.push_str(&gekuerzt);
        } else {
            match wortlos(&alter, &neuer).filter(|_| ist_wortlos(&alter) && ist_wortlos(&neuer)) {
                Some((alter, neuer)) => {
                    bisher.push_str(&zelle(&sicher(&alter), Seite::Alt));
                    neu.push_str(&zelle(&sicher(&neuer), Seite::Neu));
                }
                None => {
                    bisher.push_str(&zelle(&alter, Seite::Alt));
                    neu.push_str(&zelle(&neuer, Seite::Neu));
                }
            }
        }
    }
    (ein_strich(&bisher), ein_strich(&neu))
}

fn ist_wortlos(text: &str) -> bool {
    nur_text(text).is_empty()
}

/// Words of a cell, marked; what steers the layout of the paper has no place in a cell.
fn zelle(roh: &str, seite: Seite) -> String {
    let rand = |c: Option<char>| {
        if c.is_some_and(char::is_whitespace) {
            " "
        } else {
            ""
        }
    };
    let (kern, mit_rand) = (nur_text(roh), nur_text_mit_rand(roh));
    let (vorn, hinten) = (rand(roh.chars().next()), rand(roh.chars().next_back()));
    // What parts cells stands outside of the mark.
    let trenner = |am_rand: bool| if am_rand { " · " } else { "" };
    let davor = trenner(mit_rand.trim_start().starts_with('·'));
    if kern.is_empty() {
        return format!("{vorn}{davor}");
    }
    let dahinter = trenner(mit_rand.trim_end().ends_with('·'));
    // The word for a footnote is parted from what it belongs to.
    let vorn = if fussnote(roh).is_some() && kern.starts_with('(') {
        " "
    } else {
        vorn
    };
    format!(
        "{vorn}{davor}{}{dahinter}{hinten}",
        markiert_ganz(&kern, seite)
    )
}

/// The words were escaped already; only the mark around them is missing.
fn markiert_ganz(kern: &str, seite: Seite) -> String {
    match seite {
        Seite::Alt => format!("<del>{kern}</del>"),
        Seite::Neu => format!("<ins>{kern}</ins>"),
    }
}

/// Kept words, shortened in the middle or at the outer end.
fn gekuerzt(roh: &str, am_anfang: bool, am_ende: bool) -> String {
    let text = nur_text_mit_rand(roh).trim().to_owned();
    let rand = |c: Option<char>| {
        if c.is_some_and(char::is_whitespace) {
            " "
        } else {
            ""
        }
    };
    let (vorn, hinten) = (rand(roh.chars().next()), rand(roh.chars().next_back()));
    let woerter: Vec<&str> = text.split(' ').collect();
    let n = woerter.len();
    let kopf = woerter.get(..UMGEBUNG).unwrap_or_default().join(" ");
    let fuss = woerter
        .get(n.saturating_sub(UMGEBUNG)..)
        .unwrap_or_default()
        .join(" ");
    let kern = match (am_anfang, am_ende) {
        (true, false) if n > UMGEBUNG => format!("… {fuss}"),
        (false, true) if n > UMGEBUNG => format!("{kopf} …"),
        (false, false) if n > 2 * UMGEBUNG => format!("{kopf} … {fuss}"),
        _ => text,
    };
    format!("{vorn}{kern}{hinten}")
}

fn ein_strich(text: &str) -> String {
    ohne_rand(&text.replace("</del><ins>", "</del> <ins>"))
}

/// The remarks of a paper by the byte where each place begins: first those of the new text, then those of the old one.
fn bemerkungen(paar: &Paar, unterschied: &Unterschied) -> BTreeMap<(bool, usize), Vec<String>> {
    let mut bemerkungen: BTreeMap<(bool, usize), Vec<String>> = BTreeMap::new();
    for aenderung in &unterschied.aenderungen {
        for stelle in aenderung.stellen.iter().filter(|s| s.papier == paar.name) {
            let text = format!(
                "Nr. {}: {} ({})",
                aenderung.nummer,
                stelle.klasse.name(),
                sicher(&stelle.grund)
            );
            bemerkungen
                .entry((stelle.art == Stellenart::Weg, stelle.byte))
                .or_default()
                .push(text);
        }
    }
    bemerkungen
}

fn bemerkung(alle: &BTreeMap<(bool, usize), Vec<String>>, block: &Block) -> String {
    let mut texte: Vec<&str> = Vec::new();
    let bereiche = [(false, &block.neu), (true, &block.alt)];
    for (ist_alt, bereich) in bereiche {
        let Some(bereich) = bereich else { continue };
        for text in alle
            .range((ist_alt, bereich.start)..(ist_alt, bereich.end))
            .flat_map(|(_, t)| t)
        {
            if !texte.contains(&text.as_str()) {
                texte.push(text);
            }
        }
    }
    texte.join("; ")
}
