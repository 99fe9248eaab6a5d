//! Pieces of Markdown as people read them: on one line, without what only programs want.

use crate::diff::klasse::{ist_fremdes_ziel, ist_umbruch};
use crate::diff::text::{fussnote, zerlege};

/// The longest piece of text that is shown whole, in characters.
const LAENGSTE: usize = 600;

/// On one line; directives go, but for those that are text.
pub(super) fn lesbar(text: &str) -> String {
    let text = &ohne_striche(text);
    let mut lesbar = String::with_capacity(text.len());
    for teil in zerlege(text) {
        match (anweisungstext(teil), teil.starts_with("<!--")) {
            (Some(worte), _) => lesbar.push_str(&worte),
            (None, true) => {}
            (None, false) => lesbar.push_str(teil),
        }
    }
    einzeilig(&lesbar)
}

/// Without the rules below the heads of tables, which say nothing.
fn ohne_striche(text: &str) -> String {
    let ist_strich = |zeile: &str| {
        zeile.starts_with('|')
            && zeile.contains('-')
            && zeile.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
    };
    let zeilen: Vec<&str> = text
        .split('\n')
        .filter(|zeile| !ist_strich(zeile.trim()))
        .collect();
    zeilen.join("\n")
}

/// The words of a directive that readers see: a signature, or the caption of a table or a figure.
fn anweisungstext(teil: &str) -> Option<String> {
    let innen = teil.strip_prefix("<!--")?.strip_suffix("-->")?.trim();
    for (name, wort) in [("unterschrift:", "Unterschrift:"), ("titel:", "Titel:")] {
        if let Some(rest) = innen.strip_prefix(name) {
            return Some(format!("{wort}{}", rest.replace(" | ", " – ")));
        }
    }
    None
}

fn einzeilig(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= LAENGSTE {
        return text;
    }
    let kurz: String = text.chars().take(LAENGSTE).collect();
    format!("{kurz} …")
}

/// Blank space as one blank each, also at the ends.
pub(super) fn zusammen(text: &str) -> String {
    let mut kurz = String::with_capacity(text.len());
    for c in text.chars() {
        let c = if c.is_whitespace() { ' ' } else { c };
        if c != ' ' || !kurz.ends_with(' ') {
            kurz.push(c);
        }
    }
    kurz
}

/// A piece of Markdown as escaped running text: targets of links, emphasis and directives go, the words stay.
pub(in crate::diff) fn nur_text(markdown: &str) -> String {
    ohne_rand(&nur_text_mit_rand(markdown))
}

/// The same with what stands at its ends.
pub(in crate::diff) fn nur_text_mit_rand(markdown: &str) -> String {
    let markdown = &ohne_striche(markdown);
    let mut text = String::with_capacity(markdown.len());
    let mut teile = zerlege(markdown).into_iter().peekable();
    while let Some(teil) = teile.next() {
        if teil == "\\" {
            // What was escaped is text.
            if let Some(naechstes) = teile.next() {
                text.push_str(&sicher(naechstes));
            }
        } else if fussnote(teil).is_some() {
            let worte = sicher(&fussnote_in_worten(teil));
            // At the head of its text it is followed by a colon.
            let ist_kopf = text.trim().is_empty() && teile.peek() == Some(&":");
            if ist_kopf {
                text.push_str(&worte);
            } else {
                text.push_str(&format!(" ({worte})"));
            }
        } else if let Some(worte) = anweisungstext(teil) {
            text.push_str(&sicher(&worte));
        } else if let Some(marke) = kaestchen(teil, &teile) {
            text.push_str(&sicher(marke));
            teile.nth(1);
        } else if matches!(teil, "**" | "*" | "[" | "`" | "#")
            // It begins a figure.
            || (teil == "!" && teile.peek() == Some(&"["))
            || teil.starts_with("](")
            || teil.starts_with("<!--")
        {
        } else if teil.starts_with('<') && teil.ends_with('>') {
            text.push(' ');
        } else if teil == "|" {
            // Cells stay apart, as they are in the table; a dash may be all that one holds.
            text.push_str(ZELLENTRENNER);
        } else {
            text.push_str(&sicher(teil));
        }
    }
    zusammen(&text)
}

/// What is shown of a change that shows no words: where a link leads to, or what stands between two words.
pub(in crate::diff) fn wortlos(alt: &str, neu: &str) -> Option<(String, String)> {
    let hat_ziel = |text: &str| zerlege(text).iter().any(|teil| ist_fremdes_ziel(teil));
    if [alt, neu].iter().any(|text| hat_ziel(text)) {
        return Some((ziele(alt), ziele(neu)));
    }
    let leer = |text: &str| text.chars().all(char::is_whitespace);
    // Blanks and line breaks that are set alike are none of it.
    let sichtbar = leer(alt) && leer(neu) && alt != neu && !(ist_umbruch(alt) && ist_umbruch(neu));
    sichtbar.then(|| (abstand(alt), abstand(neu)))
}

fn ziele(text: &str) -> String {
    let teile = zerlege(text).into_iter();
    let ziele = teile.filter(|teil| ist_fremdes_ziel(teil)).map(|teil| {
        let ohne = teil.trim_start_matches(['<', ']', '(']);
        ohne.trim_end_matches(['>', ')'])
    });
    let ziele: Vec<&str> = ziele.collect();
    if ziele.is_empty() {
        String::new()
    } else {
        format!("(Ziel: {})", ziele.join(", "))
    }
}

fn abstand(text: &str) -> String {
    let wort = match text {
        "" => return String::new(),
        " " => "Leerzeichen",
        "\u{a0}" => "geschütztes Leerzeichen",
        "\u{202f}" => "schmales Leerzeichen",
        _ if text.contains('\n') => "Zeilenwechsel",
        _ => "Abstand",
    };
    format!("({wort})")
}

/// „Fußnote 1“ for `[^1]`.
pub(in crate::diff) fn fussnote_in_worten(teil: &str) -> String {
    let name = teil.trim_start_matches("[^").trim_end_matches(']');
    format!("Fußnote {name}")
}

/// The box of an item that is ticked or not: `[x]`, `[ ]`.
fn kaestchen<'t>(
    teil: &str,
    danach: &(impl Iterator<Item = &'t str> + Clone),
) -> Option<&'static str> {
    let mut danach = danach.clone();
    match (teil, danach.next()?, danach.next()?) {
        ("[", "x" | "X", "]") => Some("[x]"),
        ("[", " ", "]") => Some("[ ]"),
        _ => None,
    }
}

/// What parts cells that stand in one line.
const ZELLENTRENNER: &str = " · ";

/// Without what parts cells at both ends; what parts empty cells counts once.
pub(in crate::diff) fn ohne_rand(text: &str) -> String {
    let mut worte: Vec<&str> = Vec::new();
    for wort in text.split_whitespace() {
        if wort != "·" || worte.last().is_some_and(|letztes| *letztes != "·") {
            worte.push(wort);
        }
    }
    if worte.last() == Some(&"·") {
        worte.pop();
    }
    worte.join(" ")
}

/// Text that Markdown could read as marks, escaped.
pub(in crate::diff) fn sicher(text: &str) -> String {
    let mut sicher = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&'
        ) {
            sicher.push('\\');
        }
        sicher.push(if c == '\n' { ' ' } else { c });
    }
    sicher
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_in_one_line_is_its_cells() {
        let tabelle = "| Jahr | Betrag |\n|---|--:|\n| 2022 | – |\n";
        assert_eq!(nur_text(tabelle), "Jahr · Betrag · 2022 · –");
        assert_eq!(lesbar(tabelle), "| Jahr | Betrag | | 2022 | – |");
    }

    #[test]
    fn what_has_no_words_is_told_in_words() {
        let erwartet = |alt: &str, neu: &str| Some((alt.to_owned(), neu.to_owned()));
        assert_eq!(wortlos(" ", ""), erwartet("(Leerzeichen)", ""));
        assert_eq!(
            wortlos(" ", "\u{a0}"),
            erwartet("(Leerzeichen)", "(geschütztes Leerzeichen)")
        );
        assert_eq!(
            wortlos("](https://a.de)", "](https://b.de)"),
            erwartet("(Ziel: https://a.de)", "(Ziel: https://b.de)")
        );
        assert_eq!(wortlos(" ", "\n"), None);
        assert_eq!(wortlos(",", ""), None);
    }

    #[test]
    fn a_footnote_is_told_in_words() {
        assert_eq!(nur_text("Geprüft.[^1]"), "Geprüft. (Fußnote 1)");
        assert_eq!(nur_text("[^1]: Vom Amt."), "Fußnote 1: Vom Amt.");
    }

    #[test]
    fn a_figure_is_its_description() {
        assert_eq!(nur_text("![Balken](bild.svg)"), "Balken");
    }

    #[test]
    fn a_box_stays_one_and_a_link_is_its_words() {
        assert_eq!(nur_text("- [x] positiv"), "- \\[x\\] positiv");
        assert_eq!(nur_text("- [ ] keine"), "- \\[ \\] keine");
        assert_eq!(nur_text("nach [x](#y)"), "nach x");
    }

    #[test]
    fn empty_cells_are_parted_once() {
        assert_eq!(ohne_rand(" · Rat · · · 3 · "), "Rat · 3");
    }
}
