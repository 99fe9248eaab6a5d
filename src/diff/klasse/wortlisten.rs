//! Words that weigh: those that bind, turn, count or name a kind of municipality.

use crate::compute::sprache;

/// Words that carry the binding force of a sentence.
pub(super) const MODALE: [&str; 16] = [
    "kann",
    "können",
    "könnte",
    "könnten",
    "soll",
    "sollen",
    "sollte",
    "sollten",
    "muss",
    "müssen",
    "müsste",
    "müssten",
    "darf",
    "dürfen",
    "verpflichtet",
    "berechtigt",
];
/// Words that turn or bound a sentence.
pub(super) const VERNEINUNG: [&str; 14] = [
    "nicht",
    "kein",
    "keine",
    "keinen",
    "keiner",
    "keinem",
    "ohne",
    "nur",
    "ausschließlich",
    "mindestens",
    "höchstens",
    "oder",
    "außer",
    "nie",
];
/// Words of number and time besides the numbers themselves.
const ZAHL_UND_ZEIT: [&str; 22] = [
    "eine",
    "eins",
    "halb",
    "hälfte",
    "drittel",
    "viertel",
    "tag",
    "tage",
    "tagen",
    "woche",
    "wochen",
    "monat",
    "monate",
    "monaten",
    "jahr",
    "jahre",
    "jahren",
    "januar",
    "februar",
    "quartal",
    "halbjahr",
    "kalenderjahr",
];
/// Kinds of municipalities: another one before the same name names the same body.
pub(super) const GATTUNGEN: [&str; 8] = [
    "Stadt",
    "Gemeinde",
    "Kreisstadt",
    "Hansestadt",
    "Universitätsstadt",
    "Landeshauptstadt",
    "Markt",
    "Kolpingstadt",
];

/// Whether a word in lower case is one of number or time: „acht“, „zweimal“, „Wochen“.
pub(super) fn ist_zahl_oder_zeit(wort: &str) -> bool {
    sprache::zahl_oder_male(wort).is_some() || ZAHL_UND_ZEIT.contains(&wort)
}
