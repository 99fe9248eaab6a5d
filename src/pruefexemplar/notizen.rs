//! The numbered notes of a review copy, and the pages that explain them.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::stellen::im_papier;
use super::zahlen::{Auskuenfte, Zahl};
use super::{AmRand, Zeile};
use crate::diagnostic::render::{Tafel, bilanz};
use crate::diagnostic::{Befund, Schwere, Stelle};
use crate::gesamt;
use crate::herkunft::Index;
use crate::layout::page::Pages;
use crate::layout::review::{self, Count, FIGURE, Line, Place};
use crate::markdown::ast::Document;
use crate::markdown::front::{FrontMatter, Satz};
use crate::pipeline::{Eingabe, Ergebnis, Ordner};
use crate::template::Papier;

/// Begins what a link from a note into the paper is called.
const ZIEL: &str = "ort-";
/// So many lines are named for a number.
const ORTE: usize = 6;

/// A note.
#[derive(Debug)]
struct Notiz {
    /// Its line; none for what shows nowhere in the paper.
    place: Option<Place>,
    /// A link „S. 3, Z. 14“, or where else it belongs.
    ort: String,
    /// Lines of its text, as Markdown.
    text: Vec<String>,
}

/// All notes of a paper in the order of their numbers, which count from 1.
#[derive(Debug)]
pub(super) struct Notizen {
    notizen: Vec<Notiz>,
    ungeprueft: Vec<String>,
    tafeln: Vec<Tafel>,
    /// The numbers, each with its origin.
    zahlen: Vec<Zahl>,
    /// A row for each of them.
    zahlzeilen: Vec<String>,
    bilanz: String,
}

impl Notizen {
    /// The findings that concern a paper, sorted by their lines; those without a line come last.
    pub(super) fn aus(
        papier: &Papier,
        seiten: &Pages,
        zeilen: &[Vec<Line>],
        (eingabe, ergebnis): (&Eingabe, &Ergebnis),
        index: Option<&Index>,
    ) -> Self {
        let auskuenfte = index.map(|index| Auskuenfte::ueber(papier, index));
        let auskuenfte = auskuenfte.unwrap_or_default();
        let befunde = ergebnis.pruefung.iter().chain(&ergebnis.befunde);
        let betroffene: Vec<&Befund> = befunde
            .filter(|befund| betrifft(befund, papier, ergebnis))
            .collect();
        let (ungeprueft, gezeigte): (Vec<&Befund>, Vec<&Befund>) = betroffene
            .into_iter()
            .partition(|befund| befund.ist_nicht_pruefbar());
        let mut notizen: Vec<(bool, Option<Place>, Schwere, Notiz)> = gezeigte
            .iter()
            .map(|befund| {
                let am_wert = || {
                    let Stelle::Datei { datei, .. } = &befund.stelle else {
                        return None;
                    };
                    auskuenfte.zum_wert(&befund.stelle, &ergebnis.quellen.get(datei)?.text)
                };
                let place = im_papier(befund, papier, ergebnis)
                    .or_else(am_wert)
                    .and_then(|bereich| review::place(seiten, zeilen, &papier.markdown, &bereich));
                let ort = match place {
                    Some(place) => verweis(place, zeilen),
                    None if befund.papiere.is_empty() => "Vorgang".to_owned(),
                    None => "ohne Zeile".to_owned(),
                };
                let text = text(befund, (eingabe, ergebnis));
                let notiz = Notiz { place, ort, text };
                (place.is_none(), place, befund.schwere, notiz)
            })
            .collect();
        notizen.sort_by_key(|(ohne, place, schwere, _)| (*ohne, *place, *schwere));
        let alle: Vec<Befund> = gezeigte.into_iter().cloned().collect();
        let zahlen = auskuenfte.zahlen(papier, (seiten, zeilen), eingabe);
        Self {
            zahlzeilen: zahlen
                .iter()
                .enumerate()
                .map(|(i, zahl)| zeile_der_zahl(i + 1, zahl, zeilen))
                .collect(),
            zahlen,
            bilanz: bilanz(&alle),
            tafeln: ergebnis
                .tafeln
                .iter()
                .filter(|tafel| tafel.papier == papier.name)
                .cloned()
                .collect(),
            notizen: notizen.into_iter().map(|(.., notiz)| notiz).collect(),
            ungeprueft: ungeprueft
                .into_iter()
                .map(|befund| {
                    let text = befund.text.strip_prefix("nicht prüfbar: ");
                    let text = satz(text.unwrap_or(&befund.text));
                    format!("{}: {}", befund.regel, maskiert(&text))
                })
                .collect(),
        }
    }

    /// The numbers of the notes and of what explains a figure, by line.
    pub(super) fn am_rand(&self) -> AmRand {
        let mut am_rand = AmRand::new();
        for (i, notiz) in self.notizen.iter().enumerate() {
            if let Some(place) = notiz.place {
                am_rand.entry(place).or_default().notes.push(i + 1);
            }
        }
        for (i, zahl) in self.zahlen.iter().enumerate() {
            for place in &zahl.orte {
                am_rand.entry(*place).or_default().figures.push(i + 1);
            }
        }
        am_rand
    }

    /// The pages behind the paper, as Markdown. Their front matter bears no number: what has one is called a Drucksache.
    pub(super) fn markdown(
        &self,
        dokument: &Document,
        papier: &Papier,
        stempel: &str,
        zaehlung: Count,
    ) -> String {
        let titel = dokument.title().unwrap_or_else(|| papier.name.clone());
        let front = FrontMatter {
            art: Some(review::NOTES.to_owned()),
            titel: Some(format!("Prüfnotizen: {titel}")),
            kurztitel: Some(format!("Prüfnotizen zu {}.pdf", papier.name)),
            sprache: Some("de-DE".to_owned()),
            satz: Satz::Flatter,
            ..FrontMatter::default()
        };
        let gezaehlt = match zaehlung {
            Count::PerPage => "je Seite von 1 an",
            Count::Through => "durch das ganze Papier",
        };
        let mut md = front.to_markdown();
        let _ = write!(
            md,
            "\n# Prüfnotizen\n\n**{}. {}**\n\nDie Zahlen am linken Rand zählen die Zeilen {gezaehlt}; die Nummern in eckigen Klammern am rechten Rand sind die der folgenden Notizen{}. Seiten und Zeilen sind dieselben wie in der Reinfassung „{}.pdf“. Zeilenzahlen, Nummern, Stempel und dieses Blatt gehören nicht zum Papier.\n",
            maskiert(stempel),
            maskiert(&satz(&self.bilanz)),
            if self.zahlen.is_empty() {
                String::new()
            } else {
                format!(
                    "; hinter {FIGURE} steht, unter welcher Nummer am Schluss erklärt ist, woher eine Zahl der Zeile kommt (eine Zahl ohne Nummer steht fest im Text einer Vorlage oder gehört zu einem Namen oder einer Fundstelle)"
                )
            },
            maskiert(&papier.name),
        );
        if !self.notizen.is_empty() {
            md.push_str("\n## Befunde und Vermerke\n\n<!-- spalten: 2 5 25 -->\n\n| Nr. | Stelle | Notiz |\n|---|---|---|\n");
        }
        for (i, notiz) in self.notizen.iter().enumerate() {
            let nummer = i + 1;
            let _ = writeln!(
                md,
                "| **{nummer}** | {} | {} |",
                notiz.ort,
                notiz.text.join("<br>")
            );
        }
        for tafel in &self.tafeln {
            let _ = write!(md, "\n## {}\n\n| | |\n|---|---|\n", maskiert(&tafel.titel));
            for (was, wert) in &tafel.zeilen {
                let _ = writeln!(md, "| **{}** | {} |", maskiert(was), maskiert(wert));
            }
        }
        if !self.ungeprueft.is_empty() {
            md.push_str("\n## Nicht geprüft\n\nDazu fehlen Angaben:\n\n");
            for zeile in &self.ungeprueft {
                let _ = writeln!(md, "- {zeile}");
            }
        }
        if papier.art == gesamt::ART {
            md.push_str(
                "\nWoher die Zahlen kommen, sagen die Prüfexemplare der einzelnen Papiere.\n",
            );
        }
        if !self.zahlen.is_empty() {
            md.push_str("\n## Woher die Zahlen kommen\n\n<!-- spalten: 3 6 7 22 -->\n\n| Nr. | Zahl | Stelle | Rechnung und Angaben |\n|---|---|---|---|\n");
            for zahl in &self.zahlzeilen {
                md.push_str(zahl);
            }
        }
        md
    }
}

/// The lines beside which not all numbers have room, with all of their numbers, as Markdown; nothing if there are none.
pub(super) fn gekuerzt(
    am_rand: &AmRand,
    gekuerzt: &BTreeSet<Place>,
    zeilen: &[Vec<Line>],
) -> String {
    let mut md = String::new();
    for (place, beside) in am_rand.iter().filter(|(place, _)| gekuerzt.contains(place)) {
        if md.is_empty() {
            md.push_str("\n## Gekürzte Nummern am Rand\n\nWo am Rand ein Pluszeichen mit einer Zahl steht, gehören zur Zeile so viele weitere Nummern. Alle sind:\n\n<!-- spalten: 6 16 16 -->\n\n| Stelle | Notizen | Zahlen |\n|---|---|---|\n");
        }
        let nummern = |vorsatz: &str, nummern: &[usize]| match nummern {
            [] => "–".to_owned(),
            nummern => format!("{vorsatz}{}", review::listed(nummern)),
        };
        let _ = writeln!(
            md,
            "| {} | {} | {} |",
            verweis(*place, zeilen),
            nummern("", &beside.notes),
            nummern(FIGURE, &beside.figures)
        );
    }
    md
}

fn zeile_der_zahl(nummer: usize, zahl: &Zahl, zeilen: &[Vec<Line>]) -> String {
    let mut orte: Vec<String> = zahl
        .orte
        .iter()
        .take(ORTE)
        .map(|place| verweis(*place, zeilen))
        .collect();
    if zahl.orte.len() > ORTE {
        orte.push("u. a.".to_owned());
    }
    format!(
        "| **{FIGURE}{nummer}** | **{}** | {} | {} |\n",
        maskiert(&zahl.text),
        orte.join("<br>"),
        zahl.woher.join("<br>")
    )
}

/// „S. 3, Z. 14“
pub(super) fn ort(place: Place, line: &Line) -> String {
    format!("S. {}, Z. {}", place.page + 1, line.number)
}

/// A link to a line: `[S. 3, Z. 14](#ort-2-13)`.
fn verweis(place: Place, zeilen: &[Vec<Line>]) -> String {
    let ort = zeile(zeilen, place).map_or_else(String::new, |line| ort(place, line));
    format!("[{ort}](#{ZIEL}{}-{})", place.page, place.line)
}

/// The line to which a link of the notes leads.
pub(super) fn ziel<'l>(ziel: &str, zeilen: &'l [Vec<Line>]) -> Option<Zeile<'l>> {
    let (page, line) = ziel.strip_prefix(ZIEL)?.split_once('-')?;
    let place = Place {
        page: page.parse().ok()?,
        line: line.parse().ok()?,
    };
    Some((place, zeile(zeilen, place)?))
}

fn zeile(zeilen: &[Vec<Line>], place: Place) -> Option<&Line> {
    zeilen.get(place.page)?.get(place.line)
}

/// A finding concerns the papers that it names; one that names none, all of them. A whole shows what stands in it.
fn betrifft(befund: &Befund, papier: &Papier, ergebnis: &Ergebnis) -> bool {
    befund.papiere.is_empty()
        || befund.papiere.iter().any(|name| **name == *papier.name)
        || (papier.art == gesamt::ART && im_papier(befund, papier, ergebnis).is_some())
}

/// Weight and rule, sentence, remedy, norm, place of the value, and who accepted it.
fn text(befund: &Befund, (eingabe, ergebnis): (&Eingabe, &Ergebnis)) -> Vec<String> {
    let schwere = match befund.schwere {
        Schwere::Fehler => "Fehler",
        Schwere::Warnung => "Warnung",
        Schwere::Hinweis => "Hinweis",
    };
    let kopf = match befund.vermerk() {
        Some(_) => format!("**Vermerk** zu {schwere} · {}", befund.regel),
        None => format!("**{schwere}** · {}", befund.regel),
    };
    let mut zeilen = vec![kopf, maskiert(&satz(&befund.text))];
    if let Some(vermerk) = befund.vermerk() {
        let am = vermerk.am.as_ref();
        let am = am.map_or_else(String::new, |am| format!(" am {am}"));
        let text = format!(
            "Hingenommen von {}{am}: {}",
            vermerk.name,
            satz(&vermerk.grund)
        );
        zeilen.push(maskiert(&text));
    } else if let Some(abhilfe) = &befund.abhilfe {
        zeilen.push(maskiert(&format!("Abhilfe: {}", satz_klein(abhilfe))));
    }
    let normen = befund.pruefung.iter().flat_map(|p| &p.normen);
    for norm in normen {
        zeilen.push(maskiert(&format!("Vorschrift: {norm}")));
    }
    if let Some(ort) = angabe(&befund.stelle, eingabe, ergebnis) {
        zeilen.push(maskiert(&format!("Angabe: {ort}")));
    }
    zeilen
}

/// „kosten.yaml:12“: the file as it lies in the matter, wherever the user stands.
fn angabe(stelle: &Stelle, eingabe: &Eingabe, ergebnis: &Ergebnis) -> Option<String> {
    let (datei, zeile) = match stelle {
        Stelle::Datei { datei, bereich } => {
            let quelle = ergebnis.quellen.get(datei);
            let zeile = quelle.map(|quelle| quelle.line_column(bereich.start).line);
            (datei, zeile)
        }
        Stelle::Pfad(pfad) => (pfad, None),
        Stelle::Route(route) => (&route.datei, None),
        Stelle::Papier(_) | Stelle::ImPapier { .. } => return None,
    };
    let name = innen(datei, eingabe);
    Some(match zeile {
        Some(zeile) => format!("{name}:{zeile}"),
        None => name,
    })
}

/// A file's path in the matter, or in the base data behind `stammdaten/`: the same wherever the user stands.
pub(super) fn innen(datei: &str, eingabe: &Eingabe) -> String {
    let ohne = |ordner: &Ordner| {
        let rest = datei.strip_prefix(ordner.anzeige.as_str())?;
        let rest = rest.trim_start_matches('/').to_owned();
        ordner.dateien.contains_key(&rest).then_some(rest)
    };
    ohne(&eingabe.vorgang)
        .or_else(|| Some(format!("stammdaten/{}", ohne(&eingabe.stammdaten)?)))
        .unwrap_or_else(|| datei.to_owned())
}

/// A sentence of a finding, which begins small and has no full stop.
fn satz(text: &str) -> String {
    let mut zeichen = text.chars();
    let gross: String = match zeichen.next() {
        Some(erstes) => erstes.to_uppercase().chain(zeichen).collect(),
        None => String::new(),
    };
    satz_klein(&gross)
}

fn satz_klein(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() || text.ends_with(['.', '!', '?', ':']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

/// Text that Markdown could read as marks, escaped, in one line.
pub(super) fn maskiert(text: &str) -> String {
    let mut maskiert = String::with_capacity(text.len());
    // Names of fields stand between backticks, which are kept; within them only the sign between cells is a mark.
    let gepaart = text.matches('`').count().is_multiple_of(2);
    let mut im_code = false;
    for wort in text.split_whitespace() {
        if !maskiert.is_empty() {
            maskiert.push(' ');
        }
        for c in wort.chars() {
            let ist_marke = match c {
                '`' if gepaart => {
                    im_code = !im_code;
                    false
                }
                '|' => true,
                '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '~' | '&' => !im_code,
                _ => false,
            };
            if ist_marke {
                maskiert.push('\\');
            }
            maskiert.push(c);
        }
    }
    maskiert
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_becomes_a_sentence() {
        assert_eq!(satz("die Angabe fehlt"), "Die Angabe fehlt.");
        assert_eq!(satz("„x“ gibt es nicht?"), "„x“ gibt es nicht?");
    }

    #[test]
    fn marks_of_markdown_are_text() {
        assert_eq!(maskiert("a|b  <c>\n*d*"), "a\\|b \\<c\\> \\*d\\*");
        assert_eq!(maskiert("`in_kraft` *x*"), "`in_kraft` \\*x\\*");
        assert_eq!(maskiert("ein ` allein_"), "ein \\` allein\\_");
    }
}
