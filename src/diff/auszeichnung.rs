//! Changed words as Markdown with `<del>` and `<ins>`: marks of the new text stay whole, those of the old one go.

use std::ops::Range;

use super::bericht::{fussnote_in_worten, sicher};
use super::text::{Block, Stueck, fussnote, vergleiche, zerlege};

/// Which side a piece of text belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seite {
    Alt,
    Neu,
}

/// Words of a block in a row, by their bytes in the old and the new text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lauf {
    pub(super) alt: Range<usize>,
    pub(super) neu: Range<usize>,
    pub(super) gleich: bool,
}

/// The words of a block as people read them: changes that blanks alone part are one.
pub(super) fn laeufe(block: &Block, alt: &str) -> Vec<Lauf> {
    let mut laeufe: Vec<Lauf> = Vec::new();
    let (mut a, mut n) = (
        block.alt.as_ref().map_or(0, |b| b.start),
        block.neu.as_ref().map_or(0, |b| b.start),
    );
    for stueck in &block.stuecke {
        let (alt, neu, gleich) = match stueck {
            Stueck::Gleich { alt, neu } => (alt.clone(), neu.clone(), true),
            Stueck::Weg(alt) => (alt.clone(), n..n, false),
            Stueck::Neu { neu, .. } => (a..a, neu.clone(), false),
        };
        (a, n) = (alt.end, neu.end);
        match laeufe.last_mut() {
            Some(voriger) if voriger.gleich == gleich => {
                (voriger.alt.end, voriger.neu.end) = (a, n);
            }
            _ => laeufe.push(Lauf { alt, neu, gleich }),
        }
    }
    let ist_luecke = |lauf: &Lauf| {
        let text = alt.get(lauf.alt.clone());
        lauf.gleich && text.is_some_and(|text| text.chars().all(|c| c == ' '))
    };
    let mut i = 1;
    while let (Some(davor), Some(luecke), Some(danach)) =
        (laeufe.get(i - 1), laeufe.get(i), laeufe.get(i + 1))
    {
        if ist_luecke(luecke) && !davor.gleich && !danach.gleich {
            let ganz = Lauf {
                alt: davor.alt.start..danach.alt.end,
                neu: davor.neu.start..danach.neu.end,
                gleich: false,
            };
            laeufe.splice(i - 1..=i + 1, [ganz]);
        } else {
            i += 1;
        }
    }
    laeufe
}

/// One line as it was and as it is, its changed words marked; `sicher` makes a piece of it Markdown.
pub(super) fn wortweise(alt: &str, neu: &str, sicher: &dyn Fn(&str) -> String) -> String {
    let (weg, dazu) = (
        |text: &str| format!("<del>{}</del>", sicher(text)),
        |text: &str| format!("<ins>{}</ins>", sicher(text)),
    );
    let vergleich = vergleiche(alt, neu);
    let [block] = vergleich.bloecke.as_slice() else {
        return format!("{} {}", weg(alt), dazu(neu));
    };
    let mut ziel = String::new();
    for lauf in laeufe(block, alt) {
        let worte = |text: &str, bereich: Range<usize>| text.get(bereich).map(str::to_owned);
        let (alte, neue) = (worte(alt, lauf.alt), worte(neu, lauf.neu));
        let (alte, neue) = (alte.unwrap_or_default(), neue.unwrap_or_default());
        if lauf.gleich {
            ziel.push_str(&sicher(&neue));
            continue;
        }
        if !alte.is_empty() {
            ziel.push_str(&weg(&alte));
        }
        if !alte.is_empty() && !neue.is_empty() {
            ziel.push(' ');
        }
        if !neue.is_empty() {
            ziel.push_str(&dazu(&neue));
        }
    }
    ziel
}

/// A piece of Markdown, its words marked as taken out or put in. What steers the layout is kept of the new text alone.
pub(super) fn markiert(roh: &str, seite: Seite) -> String {
    let (auf, zu) = match seite {
        Seite::Alt => ("<del>", "</del>"),
        Seite::Neu => ("<ins>", "</ins>"),
    };
    let hat_verweis = roh.contains("](");
    let mut ziel = String::with_capacity(roh.len() + 16);
    let mut lauf = String::new();
    let schliesse = |lauf: &mut String, ziel: &mut String| {
        let kern = lauf.trim();
        if kern.is_empty() {
            ziel.push_str(lauf);
        } else {
            // Blank space stays outside, so that marks hug their words.
            let vorn = lauf.len() - lauf.trim_start().len();
            let hinten = lauf.trim_end().len();
            ziel.push_str(lauf.get(..vorn).unwrap_or_default());
            ziel.push_str(auf);
            ziel.push_str(kern);
            ziel.push_str(zu);
            ziel.push_str(lauf.get(hinten..).unwrap_or_default());
        }
        lauf.clear();
    };
    let mut teile = zerlege(roh).into_iter();
    while let Some(teil) = teile.next() {
        if teil == "\\" {
            lauf.push_str(teil);
            lauf.push_str(teile.next().unwrap_or_default());
        } else if seite == Seite::Alt && fussnote(teil).is_some() {
            // What it led to is gone, or stands elsewhere.
            lauf.push_str(&format!(" ({})", sicher(&fussnote_in_worten(teil))));
        } else if ist_steuerung(teil, hat_verweis) {
            schliesse(&mut lauf, &mut ziel);
            match seite {
                Seite::Neu => ziel.push_str(teil),
                Seite::Alt if teil == "|" || teil == "<br>" => ziel.push(' '),
                Seite::Alt => {}
            }
        } else if seite == Seite::Alt && teil.starts_with('\n') {
            lauf.push(' ');
        } else {
            lauf.push_str(teil);
        }
    }
    schliesse(&mut lauf, &mut ziel);
    ziel
}

fn ist_steuerung(teil: &str, hat_verweis: bool) -> bool {
    matches!(teil, "**" | "*" | "_" | "`" | "|")
        || (hat_verweis && matches!(teil, "[" | "!"))
        || teil.starts_with("](")
        || teil.starts_with("<!--")
        || (teil.len() > 2 && teil.starts_with('<') && teil.ends_with('>'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_marked_without_the_blank_space_around_them() {
        assert_eq!(
            markiert(" acht Tage ", Seite::Alt),
            " <del>acht Tage</del> "
        );
    }

    #[test]
    fn changes_that_blanks_part_are_one() {
        let gezeigt = |alt: &str, neu: &str| wortweise(alt, neu, &str::to_owned);
        assert_eq!(
            gezeigt("Sie tragen acht Tage Zins.", "Sie zahlen neun Wochen Zins."),
            "Sie <del>tragen acht Tage</del> <ins>zahlen neun Wochen</ins> Zins."
        );
        assert_eq!(
            gezeigt("der Kreistag tagt", "der Kreisausschuss tagt"),
            "der <del>Kreistag</del> <ins>Kreisausschuss</ins> tagt"
        );
    }

    #[test]
    fn a_new_reference_stays_one_and_an_old_one_is_only_words() {
        assert_eq!(
            markiert("[§ 6](#kosten)", Seite::Neu),
            "[<ins>§ 6</ins>](#kosten)"
        );
        assert_eq!(markiert("[§ 6](#kosten)", Seite::Alt), "<del>§ 6</del>");
    }

    #[test]
    fn a_new_footnote_is_one_and_an_old_one_is_only_words() {
        assert_eq!(markiert("Ja.[^1]", Seite::Neu), "<ins>Ja.[^1]</ins>");
        assert_eq!(
            markiert("Ja.[^1]", Seite::Alt),
            "<del>Ja. (Fußnote 1)</del>"
        );
    }

    #[test]
    fn each_cell_of_a_row_is_marked_by_itself() {
        assert_eq!(
            markiert("| a | **b** |", Seite::Neu),
            "| <ins>a</ins> | **<ins>b</ins>** |"
        );
    }
}
