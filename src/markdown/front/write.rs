//! Front matter → YAML, always in the same order and quoted wherever a reader of YAML could take it for something else.

use super::{FrontMatter, Satz};
use crate::input::Datum;
use crate::markdown::characters;

impl FrontMatter {
    /// The `---` block, its two lines of dashes included, with a line break at the end.
    ///
    /// Keys stand in a fixed order, those without a value are left out. [`parse`](crate::markdown::parse) reads the same
    /// front matter back if its texts are composed (NFC), neither blank nor with blanks around, without control and
    /// private-use characters, which are refused there, and its date lies in the years 1900 to 2199.
    pub fn to_markdown(&self) -> String {
        let mut out = String::from("---\ndrucksache: 1\n");
        push_text(&mut out, "", "art", self.art.as_deref());
        push_text(&mut out, "", "titel", self.titel.as_deref());
        push_text(&mut out, "", "kurztitel", self.kurztitel.as_deref());
        push_text(&mut out, "", "nummer", self.nummer.as_deref());
        push_text(&mut out, "", "anlage", self.anlage.as_deref());
        if let Some(datum) = self.datum {
            push_line(&mut out, "", "datum", &Datum::from(datum).to_string());
        }
        push_text(&mut out, "", "status", self.status.as_deref());
        if self.entwurf {
            push_line(&mut out, "", "entwurf", "ja");
        }
        if self.muster {
            push_line(&mut out, "", "muster", "ja");
        }
        push_text(&mut out, "", "sprache", self.sprache.as_deref());
        if let Some(absender) = &self.absender {
            out.push_str("absender:\n");
            push_text(&mut out, "  ", "name", Some(&absender.name));
            if !absender.anschrift.is_empty() {
                out.push_str("  anschrift:\n");
                for line in &absender.anschrift {
                    out.push_str("    - ");
                    out.push_str(&scalar(line));
                    out.push('\n');
                }
            }
            push_text(&mut out, "  ", "logo", absender.logo.as_deref());
        }
        let satz = match self.satz {
            Satz::Block => "block",
            Satz::Flatter => "flatter",
        };
        push_line(&mut out, "", "satz", satz);
        if !self.anhang.is_empty() {
            out.push_str("anhang:\n");
            for anhang in &self.anhang {
                push_text(&mut out, "  - ", "datei", Some(&anhang.datei));
                push_text(&mut out, "    ", "titel", Some(&anhang.titel));
            }
        }
        out.push_str("---\n");
        out
    }

    /// The comment that begins an annex with this front matter of its own, without a line break at the end.
    ///
    /// [`parse`](crate::markdown::parse) reads label and front matter back under the same conditions.
    pub fn to_annex(&self, label: &str) -> String {
        let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
        // In a value the end of a comment stands in quotes, where YAML has another spelling for it.
        let yaml = self.to_markdown().replace("-->", "--\\x3E");
        let yaml = yaml.strip_prefix("---\n").unwrap_or(&yaml);
        let yaml = yaml.strip_suffix("---\n").unwrap_or(yaml);
        format!("<!-- anlage: {}\n{yaml}-->", label.replace("-->", "--"))
    }
}

/// Words that some reader of YAML takes for a truth value or for nothing.
const WORDS: [&str; 14] = [
    "ja", "nein", "true", "false", "yes", "no", "on", "off", "y", "n", "j", "null", "none", "nan",
];

fn push_text(out: &mut String, indent: &str, key: &str, text: Option<&str>) {
    if let Some(text) = text {
        push_line(out, indent, key, &scalar(text));
    }
}

fn push_line(out: &mut String, indent: &str, key: &str, value: &str) {
    out.push_str(indent);
    out.push_str(key);
    out.push_str(": ");
    out.push_str(value);
    out.push('\n');
}

/// A text as YAML: plain where it is plainly a text, else in double quotes.
fn scalar(text: &str) -> String {
    let plain_char = |c: char| c.is_alphanumeric() || " -_/.,;()§%€„“‚‘–".contains(c);
    let plain = text.starts_with(char::is_alphabetic)
        && !text.ends_with(' ')
        && text.chars().all(plain_char)
        && !WORDS.contains(&text.to_lowercase().as_str());
    if plain { text.to_owned() } else { quoted(text) }
}

fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if c.is_control() || characters::is_dropped(c) => {
                out.push_str(&format!("\\U{:08X}", u32::from(c)));
            }
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::is_nfc;

    use super::super::{Absender, Anhang};
    use super::*;
    use crate::input::encoding::is_refused;
    use crate::markdown::ast::BlockKind;
    use crate::markdown::parse;

    #[test]
    fn keys_stand_in_a_fixed_order() {
        let front = FrontMatter {
            satz: Satz::Flatter,
            muster: true,
            nummer: Some("215/21".into()),
            titel: Some("Vereinbarung; \"neu\"".into()),
            art: Some("vereinbarung".into()),
            datum: chrono::NaiveDate::from_ymd_opt(2021, 11, 9),
            absender: Some(Absender {
                name: "Kreis Unna".into(),
                anschrift: vec!["59425 Unna".into()],
                logo: None,
            }),
            ..FrontMatter::default()
        };
        assert_eq!(
            front.to_markdown(),
            "---\ndrucksache: 1\nart: vereinbarung\ntitel: \"Vereinbarung; \\\"neu\\\"\"\nnummer: \"215/21\"\n\
             datum: 09.11.2021\nmuster: ja\nabsender:\n  name: Kreis Unna\n  anschrift:\n    - \"59425 Unna\"\nsatz: flatter\n---\n"
        );
    }

    #[test]
    fn whatever_could_be_misread_is_quoted() {
        for risky in [
            "ja", "Nein", "null", "a: b", "a #b", "- a", "1", "0x1", "#", "'", "\"", "", " a",
            "a ", "a\nb", "\u{7}", "&a", "*a", "!a", "%a", "@a", "`a", "[a", "{a", "|", ">", "?",
            "---", "...", "~", "\u{202E}",
        ] {
            assert!(scalar(risky).starts_with('"'), "{risky:?}");
        }
        assert_eq!(
            scalar("Öffentlich-rechtliche Vereinbarung, § 23"),
            "Öffentlich-rechtliche Vereinbarung, § 23"
        );
    }

    fn text() -> impl Strategy<Value = String> {
        let nasty = prop_oneof![
            "[a-zäß]{1,4}",
            "[:#\"'\\\\&*!%@`\\[\\]{}|>?~,. \n\t-]{1,3}",
            "[\u{A0}\u{2028}\u{202E}\u{FEFF}\u{AD}]",
            Just("ja".to_owned()),
            Just("---".to_owned()),
            any::<char>().prop_map(String::from),
        ];
        prop::collection::vec(nasty, 1..6)
            .prop_map(|parts| parts.concat().trim().to_owned())
            .prop_filter(
                "blank and uncomposed texts are read as something else, control characters are refused",
                |text| !text.is_empty() && is_nfc(text) && !text.contains(is_refused),
            )
    }

    fn absender() -> impl Strategy<Value = Absender> {
        let logo = prop::option::of(Just("wappen.png".to_owned()));
        (text(), prop::collection::vec(text(), 0..3), logo).prop_map(|(name, anschrift, logo)| {
            Absender {
                name,
                anschrift,
                logo,
            }
        })
    }

    fn front() -> impl Strategy<Value = FrontMatter> {
        let some = || prop::option::of(text());
        let datum = prop::option::of((1900..2200i32, 1..366u32));
        let flags = (any::<bool>(), any::<bool>(), any::<bool>());
        let texts = (some(), some(), some(), some(), some());
        let sprache = prop::option::of(Just("de-DE".to_owned()));
        let anhang = text().prop_map(|titel| Anhang {
            datei: "anlagen/lageplan.pdf".to_owned(),
            titel,
        });
        let annexes = (some(), prop::collection::vec(anhang, 0..3));
        (
            texts,
            datum,
            flags,
            sprache,
            prop::option::of(absender()),
            annexes,
        )
            .prop_map(
                |(
                    (art, titel, kurztitel, nummer, status),
                    datum,
                    (entwurf, muster, flatter),
                    sprache,
                    absender,
                    (anlage, anhang),
                )| FrontMatter {
                    art,
                    titel,
                    kurztitel,
                    nummer,
                    datum: datum.and_then(|(year, day)| chrono::NaiveDate::from_yo_opt(year, day)),
                    status,
                    entwurf,
                    muster,
                    sprache,
                    absender,
                    satz: if flatter { Satz::Flatter } else { Satz::Block },
                    anlage,
                    anhang,
                },
            )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        #[test]
        fn what_is_written_is_read_again(front in front()) {
            let (document, befunde) = parse(&front.to_markdown());
            prop_assert_eq!(&befunde, &vec![], "{}", front.to_markdown());
            prop_assert_eq!(document.front, front);
        }

        #[test]
        fn an_annex_keeps_its_front_matter(front in front()) {
            let markdown = format!("Text\n\n{}\n\n# Anlage\n", front.to_annex("Anlage 1 zu 2"));
            let (document, befunde) = parse(&markdown);
            prop_assert_eq!(&befunde, &vec![], "{}", markdown);
            let annex = document.blocks.into_iter().find_map(|block| match block.kind {
                BlockKind::Annex { label, front } => Some((label, *front)),
                _ => None,
            });
            prop_assert_eq!(annex, Some(("Anlage 1 zu 2".to_owned(), front)));
        }
    }
}
