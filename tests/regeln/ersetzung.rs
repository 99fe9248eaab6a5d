//! Changes in the files of a fixture, as cases name them.

use std::fs;
use std::path::Path;

use drucksache::pipeline::Eingabe;

/// Puts another text into a file of a matter, of its base data (`stammdaten/…`) or into a built-in template, which then
/// stands beside the matter and wins. What is looked for must occur exactly once.
pub(crate) fn ersetze(
    eingabe: &mut Eingabe,
    datei: &str,
    suche: &str,
    durch: &str,
) -> Result<(), String> {
    let (ordner, pfad) = match datei.strip_prefix("stammdaten/") {
        Some(innen) => (&mut eingabe.stammdaten, innen),
        None => (&mut eingabe.vorgang, datei),
    };
    let bytes = match ordner.dateien.get(pfad) {
        Some(bytes) => Some(bytes.to_vec()),
        None if pfad.starts_with("templates/") => {
            fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(pfad)).ok()
        }
        None => None,
    };
    let bytes = bytes.ok_or_else(|| format!("{datei} gibt es nicht"))?;
    let text = String::from_utf8(bytes).unwrap();
    match text.matches(suche).count() {
        1 => {}
        n => return Err(format!("„{suche}“ steht {n}-mal in {datei}, nicht einmal")),
    }
    let neu = text.replacen(suche, durch, 1).into_bytes().into();
    ordner.dateien.insert(pfad.to_owned(), neu);
    Ok(())
}
