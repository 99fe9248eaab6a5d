//! A comparison for programs: `drucksache.diff/1`.

use serde_json::{Value, json};

use super::text::{Block, Blockart, Stueck, vergleiche};
use super::{
    Bereich, Beschlussfrage, Fundstelle, Klasse, Paar, Quelle, Stellenart, Unterschied, bericht,
};

/// Name and version of the format.
pub const SCHEMA: &str = "drucksache.diff/1";

/// The report as JSON, with a line break at its end.
pub fn json(unterschied: &Unterschied) -> String {
    let aenderungen: Vec<Value> = unterschied
        .aenderungen
        .iter()
        .map(|a| {
            json!({
                "nummer": a.nummer,
                "klasse": a.klasse.name(),
                "grund": a.grund,
                "bereich": match a.bereich { Bereich::Inhalt => "inhalt", Bereich::Verfahren => "verfahren" },
                "ursache": {
                    "art": a.ursache.art.name(),
                    "quellen": a.ursache.quellen.iter().map(quelle).collect::<Vec<_>>(),
                },
                "sinn": a.sinn.iter().map(|s| json!({
                    "art": s.sinn.name(), "gegenstand": s.gegenstand, "alt": s.alt, "neu": s.neu,
                })).collect::<Vec<_>>(),
                "stellen": a.stellen.iter().map(stelle).collect::<Vec<_>>(),
            })
        })
        .collect();
    let beschluss = match &unterschied.beschluss {
        Beschlussfrage::Nein(grund) => json!({ "erforderlich": false, "grund": grund }),
        Beschlussfrage::Ja { wegen, beschlossen } => {
            json!({ "erforderlich": true, "wegen": wegen, "beschlossen": beschlossen })
        }
        Beschlussfrage::Unbekannt => Value::Null,
    };
    let ganz = json!({
        "schema": SCHEMA,
        "alt": unterschied.alt,
        "neu": unterschied.neu,
        "bilanz": {
            "text": bericht::bilanz(unterschied),
            "materiell": unterschied.anzahl(Klasse::Materiell),
            "redaktionell": unterschied.anzahl(Klasse::Redaktionell),
        },
        "neuer_beschluss": beschluss,
        "hinweise": unterschied.hinweise,
        "aenderungen": aenderungen,
        "papiere": unterschied.paare.iter().map(papier).collect::<Vec<_>>(),
    });
    let mut text = serde_json::to_string_pretty(&ganz).unwrap_or_default();
    text.push('\n');
    text
}

fn quelle(quelle: &Quelle) -> Value {
    json!({
        "datei": quelle.ort.datei,
        "zeile": (quelle.ort.zeile > 0).then_some(quelle.ort.zeile),
        "pfad": quelle.pfad,
        "alt": quelle.alt,
        "neu": quelle.neu,
        "umgestellt": quelle.umgestellt,
    })
}

fn stelle(stelle: &Fundstelle) -> Value {
    json!({
        "papier": stelle.papier,
        "ort": stelle.ort,
        "bisher": (!stelle.bisher.is_empty()).then_some(&stelle.bisher),
        "art": match stelle.art {
            Stellenart::Wortlaut => "wortlaut",
            Stellenart::Neu => "neu",
            Stellenart::Weg => "weg",
            Stellenart::Verschoben => "verschoben",
            Stellenart::PapierNeu => "papier-neu",
            Stellenart::PapierWeg => "papier-weg",
        },
        "alt": stelle.alt,
        "neu": stelle.neu,
        "vorher": stelle.vorher,
        "nachher": stelle.nachher,
        "klasse": stelle.klasse.name(),
        "grund": stelle.grund,
    })
}

/// A paper with the script that makes its new text of the old one: bytes of the old Markdown that are kept or dropped,
/// and text that is put in. The bytes are those of the text that was given, whatever its dialect: as UTF-8 in its composed
/// form, without a byte order mark, each line end one byte.
fn papier(paar: &Paar) -> Value {
    let gleich = paar.urtext.as_ref().or(paar.alt.as_ref()) == paar.neu.as_ref();
    let bloecke: Vec<Value> = match (&paar.urtext, &paar.neu) {
        _ if gleich => Vec::new(),
        (Some(urtext), Some(neu)) => {
            let vergleich = vergleiche(urtext, neu);
            vergleich.bloecke.iter().map(block).collect()
        }
        _ => paar.vergleich.bloecke.iter().map(block).collect(),
    };
    json!({
        "name": paar.name,
        "titel": paar.titel,
        "in_alt": paar.alt.is_some(),
        "in_neu": paar.neu.is_some(),
        "gleich": gleich,
        "bloecke": bloecke,
    })
}

fn block(block: &Block) -> Value {
    let stuecke: Vec<Value> = block
        .stuecke
        .iter()
        .map(|stueck| match stueck {
            Stueck::Gleich { alt, .. } => json!({ "gleich": [alt.start, alt.end] }),
            Stueck::Weg(alt) => json!({ "weg": [alt.start, alt.end] }),
            Stueck::Neu { text, .. } => json!({ "neu": text }),
        })
        .collect();
    json!({
        "art": match block.art {
            Blockart::Geblieben => "geblieben",
            Blockart::Verschoben => "verschoben",
            Blockart::Neu => "neu",
            Blockart::Weg => "weg",
        },
        "stuecke": stuecke,
    })
}
