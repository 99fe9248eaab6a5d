//! The numbered notes of a review copy, and the pages that explain them.

use std::fmt::Write;

use super::stellen::im_papier;
use super::{AmRand, Zeile};
use crate::diagnostic::render::{Tafel, bilanz};
use crate::diagnostic::{Befund, Schwere, Stelle};
use crate::gesamt;
use crate::layout::page::Pages;
use crate::layout::review::{self, Count, Line, Place};
use crate::markdown::ast::Document;
use crate::markdown::front::{FrontMatter, Satz};
use crate::pipeline::{Eingabe, Ergebnis, Ordner};
use crate::template::Papier;

/// Begins what a link from a note into the paper is called.
const ZIEL: &str = "stelle-";

/// A note.
#[derive(Debug)]
struct Notiz {
    /// Its line; none for what shows nowhere in the paper.
    place: Option<Place>,
    /// „S. 3, Z. 14“, or where else it belongs.
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
    bilanz: String,
}

impl Notizen {
    /// The findings that concern a paper, sorted by their lines; those without a line come last.
    pub(super) fn aus(
        papier: &Papier,
        seiten: &Pages,
        zeilen: &[Vec<Line>],
        (eingabe, ergebnis): (&Eingabe, &Ergebnis),
    ) -> Self {
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
                let place = im_papier(befund, papier, ergebnis)
                    .and_then(|bereich| review::place(seiten, zeilen, &papier.markdown, &bereich));
                let ort = place
                    .and_then(|place| Some(ort(place, zeile(zeilen, place)?)))
                    .unwrap_or_else(|| {
                        if befund.papiere.is_empty() {
                            "Vorgang".to_owned()
                        } else {
                            "ohne Zeile".to_owned()
                        }
                    });
                let text = text(befund, (eingabe, ergebnis));
                let notiz = Notiz { place, ort, text };
                (place.is_none(), place, befund.schwere, notiz)
            })
            .collect();
        notizen.sort_by_key(|(ohne, place, schwere, _)| (*ohne, *place, *schwere));
        let alle: Vec<Befund> = gezeigte.into_iter().cloned().collect();
        Self {
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

    /// The numbers of the notes by line.
    pub(super) fn am_rand(&self) -> AmRand {
        let mut am_rand = AmRand::new();
        for (i, notiz) in self.notizen.iter().enumerate() {
            if let Some(place) = notiz.place {
                am_rand.entry(place).or_default().push(i + 1);
            }
        }
        am_rand
    }

    /// Where a link of the notes leads.
    pub(super) fn ziel<'l>(&self, ziel: &str, zeilen: &'l [Vec<Line>]) -> Option<Zeile<'l>> {
        let nummer: usize = ziel.strip_prefix(ZIEL)?.parse().ok()?;
        let place = self.notizen.get(nummer.checked_sub(1)?)?.place?;
        Some((place, zeile(zeilen, place)?))
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
            art: Some("pruefnotizen".to_owned()),
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
            "\n# Prüfnotizen\n\n**{}. {}.**\n\nDie Zahlen am linken Rand zählen die Zeilen {gezaehlt}; die Nummern in eckigen Klammern am rechten Rand sind die der folgenden Notizen. Seiten und Zeilen sind dieselben wie in der Reinfassung „{}.pdf“. Zeilenzahlen, Nummern, Stempel und dieses Blatt gehören nicht zum Papier.\n",
            maskiert(stempel),
            maskiert(&self.bilanz),
            maskiert(&papier.name),
        );
        if !self.notizen.is_empty() {
            md.push_str("\n## Befunde und Vermerke\n\n<!-- spalten: 2 5 25 -->\n\n| Nr. | Stelle | Notiz |\n|---|---|---|\n");
        }
        for (i, notiz) in self.notizen.iter().enumerate() {
            let nummer = i + 1;
            let stelle = match notiz.place {
                Some(_) => format!("[{}](#{ZIEL}{nummer})", notiz.ort),
                None => maskiert(&notiz.ort),
            };
            let _ = writeln!(
                md,
                "| **{nummer}** | {stelle} | {} |",
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
        md
    }
}

/// „S. 3, Z. 14“
pub(super) fn ort(place: Place, line: &Line) -> String {
    format!("S. {}, Z. {}", place.page + 1, line.number)
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
    let ohne = |ordner: &Ordner| {
        let rest = datei.strip_prefix(ordner.anzeige.as_str())?;
        Some(rest.trim_start_matches('/').to_owned())
    };
    let name = if eingabe.vorgang.anzeige.is_empty() {
        datei.to_string()
    } else {
        ohne(&eingabe.vorgang)
            .or_else(|| Some(format!("stammdaten/{}", ohne(&eingabe.stammdaten)?)))
            .unwrap_or_else(|| datei.to_string())
    };
    Some(match zeile {
        Some(zeile) => format!("{name}:{zeile}"),
        None => name,
    })
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
fn maskiert(text: &str) -> String {
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
