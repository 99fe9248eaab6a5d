//! A Markdown text taken apart for comparison: sections (clauses, chapters) and blocks (paragraphs, items, rows, lines of
//! the front matter). Byte-exact: the blocks of a text, one after the other, are the text.
//!
//! Reads the outer form only and knows no paper: a text that is not in our dialect falls into sections by its headings or
//! by lines such as „§ 5 Kosten“, and else stays one section.

use std::ops::Range;

/// A text in sections and blocks.
#[derive(Debug, Clone)]
pub(super) struct Gliederung {
    pub(super) abschnitte: Vec<Abschnitt>,
    pub(super) bloecke: Vec<Rohblock>,
}

/// A clause or a chapter: from its heading to the next one.
#[derive(Debug, Clone, Default)]
pub(super) struct Abschnitt {
    /// The stable key of a clause.
    pub(super) schluessel: Option<String>,
    /// Its heading without marks; empty before the first heading.
    pub(super) titel: String,
    /// Indices of its blocks.
    pub(super) bloecke: Range<usize>,
}

/// The smallest piece that is matched as a whole.
#[derive(Debug, Clone)]
pub(super) struct Rohblock {
    /// Bytes of the text, with the blank lines that follow.
    pub(super) bereich: Range<usize>,
    /// Bytes without the blank space at the end.
    pub(super) inhalt: Range<usize>,
    pub(super) form: Form,
    /// Index of its section.
    pub(super) abschnitt: usize,
    /// The label of the Absatz in which it stands: `3` in „(3) Der Jahresbetrag …“.
    pub(super) absatz: Option<u32>,
}

/// What a block is by its outer form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A line of the front matter.
    Kopf,
    /// A heading.
    Ueberschrift,
    /// A directive.
    Anweisung,
    /// A row of a table.
    Zeile,
    /// An item of a list or an Absatz: it begins with a label.
    Punkt,
    /// Fenced code.
    Code,
    /// Any other paragraph.
    Absatz,
}

impl Abschnitt {
    /// The title without its number: `kosten` for „§ 6 Kosten“.
    pub(super) fn name(&self) -> String {
        let titel = self.ueberschrift();
        // „IV. Lösung“ is known by its name, as „§ 4 Lösung“ is.
        let ohne_zahl = match titel.split_once(". ") {
            Some((zahl, rest)) if ist_roemisch(zahl) => rest.trim(),
            _ => titel,
        };
        ohne_zahl.to_lowercase()
    }

    /// The heading without „§“ or „Artikel“ and its number: „Kosten“.
    pub(super) fn ueberschrift(&self) -> &str {
        if let Some(titel) = nach_artikel(&self.titel) {
            return titel;
        }
        let titel = self.titel.trim_start_matches('§').trim_start();
        let ohne_nummer = titel.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        ohne_nummer.trim()
    }

    /// The number after „§“ in its heading.
    pub(super) fn paragraf(&self) -> Option<u32> {
        let rest = self.titel.strip_prefix('§')?.trim_start();
        let ziffern: String = rest.chars().take_while(char::is_ascii_digit).collect();
        ziffern.parse().ok()
    }
}

/// Whether a word is a number in Roman letters.
pub(super) fn ist_roemisch(wort: &str) -> bool {
    !wort.is_empty() && wort.len() <= 7 && wort.bytes().all(|b| b"IVXL".contains(&b))
}

/// What follows „Artikel 5 – “ or „Art. V“ at the beginning of a heading.
pub(super) fn nach_artikel(text: &str) -> Option<&str> {
    let rest = ["Artikel ", "Art. "]
        .iter()
        .find_map(|wort| text.strip_prefix(wort))?;
    let (nummer, titel) = rest.split_once(' ').unwrap_or((rest, ""));
    let nummer = nummer.trim_end_matches([':', '.']);
    let ist_nummer = !nummer.is_empty() && nummer.bytes().all(|b| b.is_ascii_digit());
    (ist_nummer || ist_roemisch(nummer)).then(|| titel.trim_start_matches(['–', '-', ':', ' ']))
}

/// Takes a text apart.
pub(super) fn gliedere(text: &str) -> Gliederung {
    let mut bloecke = bloecke(text);
    let mut abschnitte = vec![Abschnitt::default()];
    let mut schluessel: Option<String> = None;
    let mut absatz = None;
    let mut offen_seit = 0;
    for (i, block) in bloecke.iter_mut().enumerate() {
        let inhalt = text.get(block.inhalt.clone()).unwrap_or_default();
        let neuer = match block.form {
            Form::Anweisung => klausel(inhalt).map(|name| {
                schluessel = Some(name.to_owned());
                offen_seit = i;
            }),
            Form::Ueberschrift if schluessel.is_some() => {
                // The heading of a clause whose directive opened the section already.
                if let Some(letzter) = abschnitte.last_mut() {
                    letzter.titel = titel(inhalt).to_owned();
                }
                schluessel = None;
                absatz = None;
                block.abschnitt = abschnitte.len() - 1;
                continue;
            }
            // The title of the whole opens no section of its own.
            Form::Ueberschrift if inhalt.starts_with("# ") && abschnitte.len() == 1 => None,
            Form::Ueberschrift => Some(()),
            _ => None,
        };
        if neuer.is_some() {
            if let Some(letzter) = abschnitte.last_mut() {
                letzter.bloecke.end = i;
            }
            abschnitte.push(Abschnitt {
                schluessel: schluessel.clone(),
                titel: if block.form == Form::Ueberschrift {
                    titel(inhalt).to_owned()
                } else {
                    String::new()
                },
                bloecke: i..i,
            });
            absatz = None;
        }
        if block.form == Form::Punkt
            && let Some(label) = absatzlabel(inhalt)
        {
            absatz = Some(label);
        }
        block.absatz = absatz;
        block.abschnitt = abschnitte.len() - 1;
    }
    let ende = bloecke.len();
    if let Some(letzter) = abschnitte.last_mut() {
        letzter.bloecke.end = ende;
    }
    Gliederung {
        abschnitte,
        bloecke,
    }
}

fn bloecke(text: &str) -> Vec<Rohblock> {
    let mut bloecke: Vec<Rohblock> = Vec::new();
    let mut von = 0;
    // Whether the next line begins a block of its own.
    let mut zu = true;
    let mut im_kopf = text.starts_with("---\n");
    let mut zaun: Option<&str> = None;
    // The number of the last item, as long as no blank line parts its list.
    let mut letzte = None;
    for (nummer, zeile) in text.split_inclusive('\n').enumerate() {
        let bis = von + zeile.len();
        let kern = zeile.trim();
        let setzt_fort = zaun.is_some() || kern.is_empty();
        let form = if im_kopf { Form::Kopf } else { form(zeile) };
        let zahl = if form == Form::Punkt {
            nummer_des_punkts(kern)
        } else {
            None
        };
        // „vom ⏎ 17. Mai 2018“: a number that begins a line of a paragraph is the first of a list or the next one.
        let zaehlt = zahl.is_none_or(|zahl| zahl == 1 || letzte == zahl.checked_sub(1));
        let beginnt = !setzt_fort && (zu || (form != Form::Absatz && zaehlt));
        if beginnt {
            letzte = zahl.or_else(|| letzte.filter(|_| !zu && form == Form::Punkt));
        }
        if beginnt || bloecke.is_empty() {
            bloecke.push(Rohblock {
                bereich: von..bis,
                inhalt: von..von + zeile.trim_end().len(),
                form,
                abschnitt: 0,
                absatz: None,
            });
            zu = matches!(
                form,
                Form::Kopf | Form::Ueberschrift | Form::Anweisung | Form::Zeile
            );
        } else if let Some(block) = bloecke.last_mut() {
            block.bereich.end = bis;
            if !kern.is_empty() {
                block.inhalt.end = von + zeile.trim_end().len();
            }
            zu |= kern.is_empty() && zaun.is_none();
        }
        if im_kopf && nummer > 0 && kern == "---" {
            im_kopf = false;
            zu = true;
        } else if !im_kopf
            && let Some(zeichen) = ["```", "~~~"].into_iter().find(|z| kern.starts_with(z))
        {
            match zaun {
                Some(offen) if offen == zeichen => {
                    zaun = None;
                    zu = true;
                }
                Some(_) => {}
                None => {
                    zaun = Some(zeichen);
                    if let Some(block) = bloecke.last_mut() {
                        block.form = Form::Code;
                    }
                }
            }
        }
        von = bis;
    }
    bloecke
}

fn form(zeile: &str) -> Form {
    let kern = zeile.trim();
    if kern.starts_with("<!--") && kern.ends_with("-->") {
        Form::Anweisung
    } else if kern.starts_with('|') {
        Form::Zeile
    } else if ist_ueberschrift(kern) {
        Form::Ueberschrift
    } else if label(kern).is_some() {
        Form::Punkt
    } else {
        Form::Absatz
    }
}

/// `## § 5 Kosten`, and in texts of others „§ 5 Kosten“ or „**§ 5 Kosten**“ on a line of its own.
fn ist_ueberschrift(zeile: &str) -> bool {
    if zeile.starts_with('#') {
        return zeile.trim_start_matches('#').starts_with(' ');
    }
    let ohne = zeile.trim_matches('*').trim();
    let Some(rest) = ohne.strip_prefix('§') else {
        return false;
    };
    let rest = rest.trim_start();
    let nach = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let ziffern = rest.len() - nach.len();
    // „§ 5 Abs. 2 bleibt unberührt.“ is a sentence.
    ziffern > 0
        && ohne.chars().count() <= 90
        && !ohne.ends_with(['.', ';', ',', ':'])
        && !nach.trim_start().starts_with("Abs")
}

fn titel(zeile: &str) -> &str {
    zeile
        .trim_start_matches('#')
        .trim()
        .trim_matches('*')
        .trim()
}

/// The label with which a line begins: `(3) `, `2. `, `a) `, `aa) `, `- `; its length in bytes with the space after it.
pub(super) fn label(zeile: &str) -> Option<usize> {
    let kern = zeile.trim_start();
    let davor = zeile.len() - kern.len();
    if ["- ", "* ", "+ "].iter().any(|z| kern.starts_with(z)) {
        return Some(davor + 2);
    }
    let (klammer, rest) = match kern.strip_prefix('(') {
        Some(rest) => (1, rest),
        None => (0, kern),
    };
    let wort = rest
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(rest.len());
    let marke = rest.get(..wort).unwrap_or_default();
    let ist_zahl =
        !marke.is_empty() && marke.len() <= 3 && marke.bytes().all(|b| b.is_ascii_digit());
    let ist_buchstabe =
        !marke.is_empty() && marke.len() <= 2 && marke.bytes().all(|b| b.is_ascii_lowercase());
    let nach = rest.get(wort..).unwrap_or_default();
    let passt = if klammer == 1 {
        (ist_zahl || ist_buchstabe) && nach.starts_with(") ")
    } else {
        (ist_zahl && nach.starts_with(". "))
            || ((ist_buchstabe || ist_zahl) && nach.starts_with(") "))
    };
    passt.then_some(davor + klammer + wort + 2)
}

/// The number of an item that is labelled `2. ` or `2) `.
fn nummer_des_punkts(zeile: &str) -> Option<u32> {
    let ziffern = zeile.bytes().take_while(u8::is_ascii_digit).count();
    zeile.get(..ziffern)?.parse().ok()
}

fn absatzlabel(zeile: &str) -> Option<u32> {
    let (nummer, _) = zeile.strip_prefix('(')?.split_once(')')?;
    nummer.parse().ok()
}

fn klausel(zeile: &str) -> Option<&str> {
    let innen = zeile.trim().strip_prefix("<!--")?.strip_suffix("-->")?;
    let name = innen.trim().strip_prefix("klausel:")?.trim();
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "---\nart: x\n---\n\n# Titel\n\nZwischen\n\n<!-- klausel: kosten -->\n\n## § 6 Kosten\n\n(1) Eins\nweiter\n\n1. a,\n2. b.\n\n| A | B |\n|---|---|\n| 1 | 2 |\n";

    #[test]
    fn the_blocks_of_a_text_are_the_text() {
        let gliederung = gliedere(TEXT);
        let ganz: String = gliederung
            .bloecke
            .iter()
            .map(|block| &TEXT[block.bereich.clone()])
            .collect();
        assert_eq!(ganz, TEXT);
    }

    #[test]
    fn a_clause_is_known_by_its_key_and_its_number() {
        let gliederung = gliedere(TEXT);
        let kosten = gliederung.abschnitte.last().unwrap();
        assert_eq!(kosten.schluessel.as_deref(), Some("kosten"));
        assert_eq!(kosten.name(), "kosten");
        assert_eq!(kosten.paragraf(), Some(6));
    }

    #[test]
    fn items_and_rows_are_blocks_of_their_own() {
        let inhalte: Vec<_> = gliedere(TEXT)
            .bloecke
            .iter()
            .map(|block| TEXT[block.inhalt.clone()].to_owned())
            .collect();
        assert!(inhalte.contains(&"(1) Eins\nweiter".to_owned()));
        assert!(inhalte.contains(&"2. b.".to_owned()));
        assert!(inhalte.contains(&"| 1 | 2 |".to_owned()));
    }

    #[test]
    fn a_wrapped_line_that_begins_with_a_day_is_no_item() {
        let text = "(4) Das Gesetz vom\n17. Mai 2018 gilt:\n1. erstens am\n4. Juni,\na) ja,\n2. zweitens.\n\nNach § 3\n5) gilt das.\n\n3. Drittens.\n";
        let inhalte: Vec<&str> = gliedere(text)
            .bloecke
            .iter()
            .map(|block| &text[block.inhalt.clone()])
            .collect();
        assert_eq!(
            inhalte,
            [
                "(4) Das Gesetz vom\n17. Mai 2018 gilt:",
                "1. erstens am\n4. Juni,",
                "a) ja,",
                "2. zweitens.",
                "Nach § 3\n5) gilt das.",
                "3. Drittens.",
            ]
        );
    }

    #[test]
    fn a_text_of_others_falls_into_sections_by_its_paragraphs() {
        let gliederung = gliedere(
            "Vereinbarung\n\n§ 1 Gegenstand\n\nText.\n\n**§ 2 Kosten**\n\n§ 3 Abs. 1 gilt.\n",
        );
        let titel: Vec<_> = gliederung
            .abschnitte
            .iter()
            .map(|a| a.titel.as_str())
            .collect();
        assert_eq!(titel, ["", "§ 1 Gegenstand", "§ 2 Kosten"]);
    }
}
