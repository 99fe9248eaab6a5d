//! The tag tree as a golden file: one element a line, long texts cut, because the text has a file of its own.

/// Longest text of an element that is kept whole, in characters.
const GANZ: usize = 48;

/// The tree with long texts cut to their beginning and their length, so that text is not kept twice.
pub(super) fn text(baum: &str) -> String {
    let mut text = String::with_capacity(baum.len());
    for zeile in baum.lines() {
        kuerze(zeile, &mut text);
        text.push('\n');
    }
    text
}

fn kuerze(zeile: &str, ziel: &mut String) {
    let gekuerzt = zeile.find('„').and_then(|von| {
        let inhalt = zeile[von..].strip_prefix('„')?.strip_suffix('“')?;
        let laenge = inhalt.chars().count();
        let (ende, _) = inhalt.char_indices().nth(GANZ)?;
        Some(format!(
            "{}„{}…“ ({laenge})",
            &zeile[..von],
            &inhalt[..ende]
        ))
    });
    ziel.push_str(gekuerzt.as_deref().unwrap_or(zeile));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_texts_stay_and_long_ones_keep_their_length() {
        let lang = "ä".repeat(60);
        assert_eq!(
            text(&format!("Document\n  H1 „Kurz“\n  P „{lang}“\n")),
            format!("Document\n  H1 „Kurz“\n  P „{}…“ (60)\n", "ä".repeat(48))
        );
    }
}
