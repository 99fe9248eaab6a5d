//! Finds the paper and the piece of it that somebody asks for, and says in German why there is none.

use std::ops::Range;

use super::Fehlschlag;
use crate::compute::sprache::{Verbindung, aufzaehlung};
use crate::input::suggest;
use crate::source;
use crate::template::Papier;

/// Most lines that are named where a text stands several times.
const HOECHSTENS: usize = 8;
/// Longest piece of a line that is shown.
const AUSSCHNITT: usize = 60;

/// The name of a paper, however it was typed: `ausgabe/x/215-21-beschlussvorlage.md` too.
fn papiername(gesucht: &str) -> &str {
    let datei = gesucht.rsplit(['/', '\\']).next().unwrap_or(gesucht);
    [".md", ".pdf"]
        .iter()
        .find_map(|endung| datei.strip_suffix(endung))
        .unwrap_or(datei)
}

/// The paper of this name, by index.
pub(super) fn papier(papiere: &[Papier], gesucht: &str) -> Result<usize, Fehlschlag> {
    let name = papiername(gesucht);
    let namen = || papiere.iter().map(|papier| papier.name.as_str());
    namen()
        .position(|da| da == name)
        .ok_or_else(|| Fehlschlag::KeinPapier {
            gesucht: gesucht.to_owned(),
            aehnlich: suggest::nearest(name, namen()).map(str::to_owned),
            vorhanden: namen().map(str::to_owned).collect(),
        })
}

/// The bytes of a line.
pub(super) fn zeile(
    papiere: &[Papier],
    papier: usize,
    zeile: usize,
) -> Result<Range<usize>, Fehlschlag> {
    let (name, md) = papiere
        .get(papier)
        .map_or(("", ""), |p| (p.name.as_str(), p.markdown.as_str()));
    let zeilen = md.lines().count();
    if zeile == 0 || zeile > zeilen {
        return Err(Fehlschlag::KeineZeile {
            papier: name.to_owned(),
            zeile,
            zeilen,
        });
    }
    let bereich = source::line_range(md, zeile);
    if md
        .get(bereich.clone())
        .is_none_or(|text| text.trim().is_empty())
    {
        return Err(Fehlschlag::LeereZeile {
            papier: name.to_owned(),
            zeile,
        });
    }
    Ok(bereich)
}

/// The bytes of the one place where a paper says this.
pub(super) fn suche(
    papiere: &[Papier],
    papier: usize,
    gesucht: &str,
) -> Result<Range<usize>, Fehlschlag> {
    let (name, md) = papiere
        .get(papier)
        .map_or(("", ""), |p| (p.name.as_str(), p.markdown.as_str()));
    let funde = funde(md, gesucht);
    let zeile = |at: usize| source::line_column(md, at).line;
    match funde.as_slice() {
        [] => Err(Fehlschlag::NichtGefunden {
            papier: name.to_owned(),
            gesucht: gesucht.to_owned(),
            zeile: aehnlichste(md, gesucht),
            anderswo: papiere
                .iter()
                .filter(|p| !self::funde(&p.markdown, gesucht).is_empty())
                .map(|p| p.name.clone())
                .collect(),
        }),
        [einer] => Ok(einer.clone()),
        [erster, weitere @ ..] => {
            // Several times in one line: the line is meant.
            if weitere
                .iter()
                .all(|f| zeile(f.start) == zeile(erster.start))
            {
                return Ok(source::line_range(md, zeile(erster.start)));
            }
            let mut zeilen: Vec<(usize, String)> = funde
                .iter()
                .map(|fund| {
                    let nummer = zeile(fund.start);
                    let text = md.get(source::line_range(md, nummer)).unwrap_or_default();
                    (nummer, text.to_owned())
                })
                .collect();
            zeilen.dedup();
            Err(Fehlschlag::Mehrfach {
                papier: name.to_owned(),
                gesucht: gesucht.to_owned(),
                zeilen,
            })
        }
    }
}

/// All places of a text; any blank space counts as one blank, escapes do not count.
fn funde(md: &str, gesucht: &str) -> Vec<Range<usize>> {
    let gesucht = gesucht.split_whitespace().collect::<Vec<_>>().join(" ");
    if gesucht.is_empty() {
        return Vec::new();
    }
    let mut schlicht = String::with_capacity(md.len());
    let mut stellen = Vec::with_capacity(md.len());
    for (at, c) in md.char_indices() {
        let c = if c.is_whitespace() { ' ' } else { c };
        if (c == ' ' && schlicht.ends_with(' ')) || (c == '\\' && !gesucht.contains('\\')) {
            continue;
        }
        schlicht.push(c);
        stellen.extend(std::iter::repeat_n(at, c.len_utf8()));
    }
    schlicht
        .match_indices(&gesucht)
        .filter_map(|(at, text)| {
            let von = *stellen.get(at)?;
            let letztes = *stellen.get(at + text.len() - 1)?;
            let lang = md.get(letztes..)?.chars().next()?.len_utf8();
            Some(von..letztes + lang)
        })
        .collect()
}

/// The line that has most of the words.
fn aehnlichste(md: &str, gesucht: &str) -> Option<(usize, String)> {
    let woerter: Vec<&str> = gesucht
        .split_whitespace()
        .filter(|w| w.chars().count() > 2)
        .collect();
    let treffer = |zeile: &str| woerter.iter().filter(|wort| zeile.contains(**wort)).count();
    let (nummer, anzahl) = md
        .lines()
        .enumerate()
        .map(|(i, zeile)| (i + 1, treffer(zeile)))
        .min_by_key(|(_, anzahl)| std::cmp::Reverse(*anzahl))?;
    let zeile = md.lines().nth(nummer - 1).unwrap_or_default();
    (anzahl > 0 && anzahl * 2 >= woerter.len()).then(|| (nummer, zeile.to_owned()))
}

fn kurz(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(AUSSCHNITT) {
        Some((at, _)) => format!("{} …", text.get(..at).unwrap_or_default().trim_end()),
        None => text.to_owned(),
    }
}

fn und(namen: &[String]) -> String {
    let namen: Vec<&str> = namen.iter().map(String::as_str).collect();
    aufzaehlung(&namen, Verbindung::Und)
}

pub(super) fn kein_papier(gesucht: &str, aehnlich: Option<&str>, vorhanden: &[String]) -> String {
    let was = format!("das Papier „{gesucht}“ hat dieser Vorgang nicht");
    match aehnlich {
        Some(aehnlich) => format!("{was}; meinten Sie „{aehnlich}“?"),
        None => format!("{was}; er hat {}", und(vorhanden)),
    }
}

pub(super) fn keine_zeile(papier: &str, zeile: usize, zeilen: usize) -> String {
    if zeile == 0 {
        return "Zeilen zählen ab 1".to_owned();
    }
    format!("„{papier}“ hat nur {zeilen} Zeilen, eine Zeile {zeile} gibt es nicht")
}

pub(super) fn nicht_gefunden(
    papier: &str,
    gesucht: &str,
    zeile: Option<&(usize, String)>,
    anderswo: &[String],
) -> String {
    let was = format!("„{}“ steht nicht in „{papier}“", kurz(gesucht));
    match (anderswo, zeile) {
        ([_, ..], _) => format!("{was}, wohl aber in {}", und(anderswo)),
        (_, Some((nummer, zeile))) => format!(
            "{was}; am ähnlichsten ist Zeile {nummer}:\n  {nummer:>5}  {}",
            kurz(zeile)
        ),
        _ => format!("{was}; gesucht wird im Markdown, so wie render es schreibt"),
    }
}

pub(super) fn mehrfach(papier: &str, gesucht: &str, zeilen: &[(usize, String)]) -> String {
    let mut text = format!(
        "„{}“ steht in {} Zeilen von „{papier}“; mehr von der Stelle angeben, oder die Zeile mit --zeile:",
        kurz(gesucht),
        zeilen.len()
    );
    for (nummer, zeile) in zeilen.iter().take(HOECHSTENS) {
        text.push_str(&format!("\n  {nummer:>5}  {}", kurz(zeile)));
    }
    if zeilen.len() > HOECHSTENS {
        text.push_str(&format!(
            "\n         und {} weitere",
            zeilen.len() - HOECHSTENS
        ));
    }
    text
}
