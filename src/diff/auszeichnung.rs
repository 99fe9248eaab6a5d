//! Changed words as Markdown with `<del>` and `<ins>`: marks of the new text stay whole, those of the old one go.

use super::text::zerlege;

/// Which side a piece of text belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seite {
    Alt,
    Neu,
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
    fn a_new_reference_stays_one_and_an_old_one_is_only_words() {
        assert_eq!(
            markiert("[§ 6](#kosten)", Seite::Neu),
            "[<ins>§ 6</ins>](#kosten)"
        );
        assert_eq!(markiert("[§ 6](#kosten)", Seite::Alt), "<del>§ 6</del>");
    }

    #[test]
    fn each_cell_of_a_row_is_marked_by_itself() {
        assert_eq!(
            markiert("| a | **b** |", Seite::Neu),
            "| <ins>a</ins> | **<ins>b</ins>** |"
        );
    }
}
