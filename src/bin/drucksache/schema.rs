//! `drucksache schema`: the JSON Schema of the files, for editors.

use drucksache::model::schema;

use crate::befehle::Schema;
use crate::melden::{self, Ausgang};
use crate::neu::schema_text;

/// Runs the command.
pub(crate) fn schema(befehl: &Schema) -> Ausgang {
    let schema = if befehl.stammdaten {
        schema::stammdaten()
    } else {
        schema::vorgang()
    };
    melden::sage(&schema_text(&schema));
    Ausgang::Gut
}
