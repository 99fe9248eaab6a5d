//! Directives: block comments that tell the layout what Markdown has no word for.
//!
//! This file reads one comment; where a directive may stand is the matter of `assemble`.

/// What a comment says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Comment {
    /// An instruction to the layout.
    Directive(Directive),
    /// A directive that is spelled or filled wrongly.
    Faulty {
        /// The name of the rule it breaks.
        regel: &'static str,
        /// What is wrong.
        text: String,
        /// What to do.
        abhilfe: String,
    },
    /// Anything else.
    Remark,
}

/// An instruction to the layout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Directive {
    /// The key of the clause whose heading follows.
    Klausel(String),
    /// The beginning of a group.
    Open(Group),
    /// The end of a group.
    Close(Group),
    /// A signature block.
    Unterschrift {
        /// The body.
        party: String,
        /// The office.
        office: String,
    },
    /// A new page.
    Seite,
    /// The widths of the next table's columns.
    Spalten(Vec<u32>),
    /// The caption of the next table or figure.
    Titel(String),
    /// An annex begins; what it bears at its head.
    Anlage(String),
}

/// What holds blocks together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    /// On one page.
    Zusammen,
    /// On pages turned by 90°.
    Quer,
}

impl Group {
    /// The directive's name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Zusammen => "zusammen",
            Self::Quer => "quer",
        }
    }
}

/// The names of all directives, for „meinten Sie …?“.
const NAMES: [&str; 10] = [
    "anlage",
    "klausel",
    "zusammen",
    "/zusammen",
    "unterschrift",
    "quer",
    "/quer",
    "seite",
    "spalten",
    "titel",
];

/// The largest weight of a column.
const LARGEST_WEIGHT: u32 = 999;

/// Reads the text between `<!--` and `-->`.
pub(super) fn read(comment: &str) -> Comment {
    let comment = comment.trim();
    let (name, value) = match comment.split_once(':') {
        Some((name, value)) => (name.trim(), Some(value.trim())),
        None => (comment, None),
    };
    match (name, value.filter(|v| !v.is_empty())) {
        ("klausel", Some(key)) => clause(key),
        ("unterschrift", Some(value)) => signature(value),
        ("spalten", Some(value)) => columns(value),
        ("anlage", Some(value)) => match one_line(value.lines().next().unwrap_or_default()) {
            label if label.is_empty() => annex_without_label(),
            label => Comment::Directive(Directive::Anlage(label)),
        },
        ("anlage", None) => annex_without_label(),
        ("titel", Some(caption)) => Comment::Directive(Directive::Titel(one_line(caption))),
        ("klausel", None) => faulty(
            "der Anweisung „klausel“ fehlt der Schlüssel",
            "<!-- klausel: kosten -->",
        ),
        ("unterschrift", None) => faulty(
            "der Anweisung „unterschrift“ fehlen Körperschaft und Amt",
            "<!-- unterschrift: Kreis Unna | Der Landrat -->",
        ),
        ("spalten", None) => faulty(
            "der Anweisung „spalten“ fehlen die Breiten",
            "<!-- spalten: 4 2 2 -->",
        ),
        ("titel", None) => faulty(
            "der Anweisung „titel“ fehlt der Text",
            "<!-- titel: Anteile 2022 -->",
        ),
        ("zusammen" | "/zusammen" | "quer" | "/quer" | "seite", _) if value.is_some() => faulty(
            format!("die Anweisung „{name}“ kennt keinen Wert"),
            format!("<!-- {name} -->"),
        ),
        ("zusammen", _) => Comment::Directive(Directive::Open(Group::Zusammen)),
        ("/zusammen", _) => Comment::Directive(Directive::Close(Group::Zusammen)),
        ("quer", _) => Comment::Directive(Directive::Open(Group::Quer)),
        ("/quer", _) => Comment::Directive(Directive::Close(Group::Quer)),
        ("seite", _) => Comment::Directive(Directive::Seite),
        _ => unknown(name),
    }
}

/// A comment that is nearly the name of a directive was meant as one; all others are remarks.
fn unknown(name: &str) -> Comment {
    let lower = name.to_lowercase();
    let nearest = NAMES
        .iter()
        .map(|known| (distance(&lower, known), *known))
        .min_by_key(|(distance, _)| *distance);
    match nearest {
        Some((distance, known)) if distance <= 2 => Comment::Faulty {
            regel: "anweisung-unbekannt",
            text: format!("die Anweisung „{name}“ gibt es nicht"),
            abhilfe: format!("meinten Sie „{known}“?"),
        },
        _ => Comment::Remark,
    }
}

fn annex_without_label() -> Comment {
    faulty(
        "der Anweisung „anlage“ fehlt, was am Kopf der Anlage steht",
        "<!-- anlage: Anlage 1 zur Drucksache 215/21 -->",
    )
}

fn clause(key: &str) -> Comment {
    let plain = |c: char| c.is_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
    if key.chars().all(plain) {
        Comment::Directive(Directive::Klausel(key.to_owned()))
    } else {
        faulty(
            format!(
                "„{key}“ ist kein Schlüssel einer Klausel: erlaubt sind Kleinbuchstaben, Ziffern, „-“ und „_“"
            ),
            "<!-- klausel: kosten -->",
        )
    }
}

fn signature(value: &str) -> Comment {
    let mut parts = value.split('|').map(one_line);
    match (parts.next(), parts.next(), parts.next()) {
        (Some(party), Some(office), None) if !party.is_empty() && !office.is_empty() => {
            Comment::Directive(Directive::Unterschrift { party, office })
        }
        _ => faulty(
            "die Anweisung „unterschrift“ braucht genau Körperschaft und Amt, getrennt durch „|“",
            "<!-- unterschrift: Kreis Unna | Der Landrat -->",
        ),
    }
}

fn columns(value: &str) -> Comment {
    let weights: Option<Vec<u32>> = value
        .split_whitespace()
        .map(|word| {
            word.parse()
                .ok()
                .filter(|weight| (1..=LARGEST_WEIGHT).contains(weight))
        })
        .collect();
    match weights {
        Some(weights) => Comment::Directive(Directive::Spalten(weights)),
        None => faulty(
            format!(
                "„{value}“ sind keine Breiten: erlaubt sind ganze Zahlen von 1 bis {LARGEST_WEIGHT}"
            ),
            "<!-- spalten: 4 2 2 -->",
        ),
    }
}

fn faulty(text: impl Into<String>, example: impl AsRef<str>) -> Comment {
    Comment::Faulty {
        regel: "anweisung-fehlerhaft",
        text: text.into(),
        abhilfe: format!("zum Beispiel „{}“ schreiben", example.as_ref()),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How many characters must change to make `right` of `left`; more than 8 apart in length is just far.
fn distance(left: &str, right: &str) -> usize {
    let left_length = left.chars().count();
    let right: Vec<char> = right.chars().collect();
    if left_length.abs_diff(right.len()) > 8 {
        return usize::MAX;
    }
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (index, a) in left.chars().enumerate() {
        let mut next = vec![index + 1];
        for ((b, diagonal), above) in right.iter().zip(&row).zip(row.iter().skip(1)) {
            let before = next.last().copied().unwrap_or(usize::MAX);
            next.push(
                (diagonal + usize::from(a != *b))
                    .min(above + 1)
                    .min(before + 1),
            );
        }
        row = next;
    }
    row.last().copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn directive(comment: &str) -> Directive {
        match read(comment) {
            Comment::Directive(directive) => directive,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn each_directive_is_read() {
        assert_eq!(
            directive(" klausel: kosten "),
            Directive::Klausel("kosten".into())
        );
        assert_eq!(directive("zusammen"), Directive::Open(Group::Zusammen));
        assert_eq!(directive("/zusammen"), Directive::Close(Group::Zusammen));
        assert_eq!(directive("quer"), Directive::Open(Group::Quer));
        assert_eq!(directive("/quer"), Directive::Close(Group::Quer));
        assert_eq!(directive("seite"), Directive::Seite);
        assert_eq!(
            directive("anlage: Anlage  zur Drucksache 1\nmuster: ja\n"),
            Directive::Anlage("Anlage zur Drucksache 1".into())
        );
        assert_eq!(
            directive("spalten: 4 2  2"),
            Directive::Spalten(vec![4, 2, 2])
        );
        assert_eq!(
            directive("titel: Anteile: je 1/8"),
            Directive::Titel("Anteile: je 1/8".into())
        );
        assert_eq!(
            directive("unterschrift: Kreis Unna | Der Landrat"),
            Directive::Unterschrift {
                party: "Kreis Unna".into(),
                office: "Der Landrat".into()
            }
        );
    }

    #[test]
    fn a_misspelt_name_gets_a_suggestion() {
        for (wrong, right) in [
            ("klasuel: x", "klausel"),
            ("Zusammen", "zusammen"),
            ("/zusamen", "/zusammen"),
            ("spalte: 1", "spalten"),
        ] {
            match read(wrong) {
                Comment::Faulty { regel, abhilfe, .. } => {
                    assert_eq!(regel, "anweisung-unbekannt");
                    assert_eq!(abhilfe, format!("meinten Sie „{right}“?"));
                }
                other => panic!("{wrong}: {other:?}"),
            }
        }
    }

    #[test]
    fn a_wrong_value_is_faulty() {
        for wrong in [
            "klausel",
            "klausel:",
            "klausel: Zwei Wörter",
            "unterschrift: Kreis Unna",
            "unterschrift: a | b | c",
            "unterschrift: | b",
            "spalten: 4 0",
            "spalten: breit",
            "spalten: 1000",
            "seite: 3",
            "zusammen: ja",
            "titel:",
            "anlage:",
            "anlage",
        ] {
            assert!(
                matches!(
                    read(wrong),
                    Comment::Faulty {
                        regel: "anweisung-fehlerhaft",
                        ..
                    }
                ),
                "{wrong}: {:?}",
                read(wrong)
            );
        }
    }

    #[test]
    fn any_other_comment_is_a_remark() {
        assert_eq!(read("TODO: Zahlen prüfen"), Comment::Remark);
        assert_eq!(read(""), Comment::Remark);
        assert_eq!(read(&"x".repeat(100_000)), Comment::Remark);
    }
}
