//! YAML → front matter, strictly: an unknown or misspelt key is an error.

use std::ops::Range;

use serde::Deserialize;

use super::{Absender, Anhang, FrontMatter, Satz};
use crate::diagnostic::{Befund, Route, Stelle};
use crate::input::{self, Datum, Tree};
use crate::markdown::finding::Befunde;
use crate::markdown::{html, links};
use crate::source::Source;

/// The format of the Markdown that this program reads.
const FORMAT: u32 = 1;

/// Reads the YAML at `range` of `markdown`.
///
/// Only `drucksache: 1` has to be there. Where there is an error nothing is taken over.
pub(in crate::markdown) fn read(
    markdown: &str,
    range: Range<usize>,
    befunde: &mut Befunde,
) -> FrontMatter {
    let yaml = markdown.get(range.clone()).unwrap_or_default();
    let source = Source::new("vorspann", yaml);
    let tree = match input::parse(&source) {
        Ok(tree) => tree,
        Err(befund) => {
            befunde.push(shifted(befund, range.start));
            return FrontMatter::default();
        }
    };
    let (written, mut found) = input::decode::<Written>(&tree);
    found.extend(written.iter().flat_map(|written| check(written, &tree)));
    found.extend_from_slice(tree.remarks());
    let fit = !found.iter().any(Befund::ist_fehler);
    for befund in found {
        befunde.push(shifted(befund, range.start));
    }
    written
        .filter(|_| fit)
        .map(FrontMatter::from)
        .unwrap_or_default()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    drucksache: u32,
    art: Option<String>,
    titel: Option<String>,
    kurztitel: Option<String>,
    nummer: Option<String>,
    anlage: Option<String>,
    datum: Option<Datum>,
    status: Option<String>,
    entwurf: Option<bool>,
    muster: Option<bool>,
    sprache: Option<String>,
    absender: Option<WrittenAbsender>,
    satz: Option<WrittenSatz>,
    #[serde(default)]
    anhang: Vec<WrittenAnhang>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenAnhang {
    datei: String,
    titel: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenAbsender {
    name: String,
    #[serde(default)]
    anschrift: Vec<String>,
    logo: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum WrittenSatz {
    Block,
    Flatter,
}

impl From<Written> for FrontMatter {
    fn from(written: Written) -> Self {
        Self {
            art: written.art,
            titel: written.titel,
            kurztitel: written.kurztitel,
            nummer: written.nummer,
            anlage: written.anlage,
            datum: written.datum.map(Datum::tag),
            status: written.status,
            entwurf: written.entwurf.unwrap_or_default(),
            muster: written.muster.unwrap_or_default(),
            sprache: written.sprache,
            absender: written.absender.map(|absender| Absender {
                name: absender.name,
                anschrift: absender.anschrift,
                logo: absender.logo,
            }),
            satz: match written.satz {
                Some(WrittenSatz::Flatter) => Satz::Flatter,
                Some(WrittenSatz::Block) | None => Satz::Block,
            },
            anhang: written
                .anhang
                .into_iter()
                .map(|anhang| Anhang {
                    datei: anhang.datei,
                    titel: anhang.titel,
                })
                .collect(),
        }
    }
}

/// What the types alone cannot refuse.
fn check(written: &Written, tree: &Tree) -> Vec<Befund> {
    let root = Route::wurzel("vorspann");
    let place = |route: &Route| tree.stelle(input::locate(tree, route));
    let mut found = Vec::new();
    if written.drucksache != FORMAT {
        found.push(
            Befund::fehler(
                "vorspann-format",
                place(&root.feld("drucksache")),
                format!(
                    "das Format {} kennt dieses Programm nicht",
                    written.drucksache
                ),
            )
            .abhilfe(format!("„drucksache: {FORMAT}“ schreiben")),
        );
    }
    if let Some(tag) = written
        .sprache
        .as_ref()
        .filter(|tag| !html::is_language(tag))
    {
        found.push(
            Befund::fehler(
                "vorspann-sprache",
                place(&root.feld("sprache")),
                format!("„{tag}“ ist kein Kürzel einer Sprache"),
            )
            .abhilfe("zum Beispiel „sprache: de-DE“ schreiben"),
        );
    }
    let logo = written
        .absender
        .as_ref()
        .and_then(|absender| absender.logo.as_ref());
    if let Some(logo) = logo {
        let reason = links::figure_path(logo).err();
        found.extend(reason.map(|reason| {
            let place = place(&root.feld("absender").feld("logo"));
            Befund::fehler(
                "vorspann-logo",
                place,
                format!("„{logo}“ lässt sich nicht als Logo setzen"),
            )
            .abhilfe(reason)
        }));
    }
    for (i, anhang) in written.anhang.iter().enumerate() {
        found.extend(links::attachment_path(&anhang.datei).err().map(|reason| {
            let place = place(&root.feld("anhang").index(i).feld("datei"));
            Befund::fehler(
                "vorspann-anhang",
                place,
                format!("„{}“ lässt sich nicht anhängen", anhang.datei),
            )
            .abhilfe(reason)
        }));
    }
    found
}

/// The same finding with its places in the Markdown instead of in the YAML.
fn shifted(mut befund: Befund, offset: usize) -> Befund {
    let shift = |stelle: Stelle| match stelle {
        Stelle::Datei { bereich, .. } => {
            Stelle::Papier(bereich.start + offset..bereich.end + offset)
        }
        other => other,
    };
    befund.stelle = shift(befund.stelle);
    befund.dazu = befund
        .dazu
        .into_iter()
        .map(|(stelle, wort)| (shift(stelle), wort))
        .collect();
    befund
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::parse;

    fn front(yaml: &str) -> (FrontMatter, Vec<Befund>) {
        let (document, befunde) = parse(&format!("---\n{yaml}---\n\nText\n"));
        (document.front, befunde)
    }

    #[test]
    fn all_keys_are_read() {
        let (front, befunde) = front(
            "drucksache: 1\nart: beschlussvorlage\ntitel: \"Vereinbarung: neu\"\nkurztitel: Kurz\nnummer: 215/21\n\
             datum: 09.11.2021\nstatus: öffentlich\nentwurf: ja\nmuster: nein\nsprache: de-DE\nabsender:\n  name: Kreis Unna\n  \
             anschrift: [\"Friedrich-Ebert-Straße 17\", 59425 Unna]\n  logo: wappen.png\nsatz: flatter\n\
             anlage: Anlage 1 zur Drucksache 215/21\nanhang: [{datei: anlagen/plan.pdf, titel: Plan}]\n",
        );
        assert_eq!(befunde, []);
        assert_eq!(
            front,
            FrontMatter {
                art: Some("beschlussvorlage".into()),
                titel: Some("Vereinbarung: neu".into()),
                kurztitel: Some("Kurz".into()),
                nummer: Some("215/21".into()),
                datum: chrono::NaiveDate::from_ymd_opt(2021, 11, 9),
                status: Some("öffentlich".into()),
                entwurf: true,
                muster: false,
                sprache: Some("de-DE".into()),
                absender: Some(Absender {
                    name: "Kreis Unna".into(),
                    anschrift: vec!["Friedrich-Ebert-Straße 17".into(), "59425 Unna".into()],
                    logo: Some("wappen.png".into()),
                }),
                satz: Satz::Flatter,
                anlage: Some("Anlage 1 zur Drucksache 215/21".into()),
                anhang: vec![Anhang {
                    datei: "anlagen/plan.pdf".into(),
                    titel: "Plan".into(),
                }],
            }
        );
    }

    #[test]
    fn an_unknown_key_is_an_error_at_its_place_in_the_markdown() {
        let (_, befunde) = front("drucksache: 1\ntittel: X\n");
        let place = "---\ndrucksache: 1\n".len();
        assert_eq!(befunde.len(), 1, "{befunde:?}");
        assert_eq!(
            befunde[0].stelle,
            Stelle::Papier(place..place + "tittel".len())
        );
        assert!(befunde[0].ist_fehler());
    }

    #[test]
    fn broken_yaml_keeps_the_text_of_the_paper() {
        let (document, befunde) = parse("---\ntitel: \"offen\n---\n\nText\n");
        assert_eq!(document.blocks.len(), 1);
        assert!(befunde.iter().any(Befund::ist_fehler));
    }

    #[test]
    fn another_format_language_or_logo_is_refused() {
        for (yaml, regel) in [
            ("drucksache: 2\n", "vorspann-format"),
            (
                "drucksache: 1\nsprache: deutsch und mehr\n",
                "vorspann-sprache",
            ),
            (
                "drucksache: 1\nabsender: {name: K, logo: ../wappen.png}\n",
                "vorspann-logo",
            ),
            (
                "drucksache: 1\nabsender: {name: K, logo: wappen.tif}\n",
                "vorspann-logo",
            ),
            (
                "drucksache: 1\nanhang: [{datei: ../plan.pdf, titel: Plan}]\n",
                "vorspann-anhang",
            ),
        ] {
            let (_, befunde) = front(yaml);
            assert_eq!(
                befunde.iter().map(|b| b.regel).collect::<Vec<_>>(),
                [regel],
                "{yaml}"
            );
        }
    }

    #[test]
    fn a_warning_keeps_the_front_matter() {
        let (front, befunde) = front("drucksache: 1\ntitel: Los #2 der Vergabe\n");
        assert!(befunde.iter().all(|b| !b.ist_fehler()) && !befunde.is_empty());
        assert_eq!(front.titel.as_deref(), Some("Los"));
    }

    #[test]
    fn the_format_has_to_be_named() {
        let (_, befunde) = front("titel: X\n");
        assert_eq!(befunde.len(), 1, "{befunde:?}");
    }
}
