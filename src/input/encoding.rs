//! Bytes of a file → its text: UTF-8, line ends `\n`, canonically composed (NFC).
//!
//! Everything after this step can rely on that form, so „ü“ typed on a Mac equals „ü“ typed elsewhere and a byte
//! range means the same to every stage. It must not guess: a file in another encoding is refused with the way to convert it.

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::diagnostic::{Befund, Stelle};
use crate::source::{FileName, LineColumn, Source, line_column};

/// The largest file that is read, in bytes. A year's matter has some 50 KB.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;

/// The characters that templates use for their own marks; no input may contain them.
pub const RESERVED: std::ops::RangeInclusive<char> = '\u{E000}'..='\u{F8FF}';

const CONVERT: &str =
    "die Datei im Editor öffnen und mit „Speichern unter …“, Kodierung „UTF-8“, neu speichern";

/// Reads the text of a file.
///
/// A byte order mark is dropped, CRLF and CR become LF, and characters are composed (NFC); places in findings count in that text.
///
/// # Errors
/// One finding on the file (`zu-gross`, `kodierung`, `steuerzeichen`): more than [`MAX_BYTES`], not UTF-8, control characters,
/// or characters of the [`RESERVED`] area.
pub fn read(name: FileName, bytes: &[u8]) -> Result<Source, Befund> {
    let befund = |regel, text: String| Befund::fehler(regel, Stelle::Pfad(name.clone()), text);
    if bytes.len() > MAX_BYTES {
        let text = format!(
            "die Datei ist größer als {} MB, mehr wird nicht gelesen",
            MAX_BYTES / (1024 * 1024)
        );
        return Err(befund("zu-gross", text).abhilfe("prüfen, ob hier die richtige Datei liegt, oder den Vorgang auf mehrere Dateien verteilen"));
    }
    if let Some(format) = foreign_format(bytes) {
        let text = format!("die Datei ist keine Textdatei, sondern {format}");
        return Err(befund("kodierung", text).abhilfe(
            "den Inhalt in einem Editor als reinen Text speichern, nicht nur die Endung ändern",
        ));
    }
    if let Some(encoding) = wide_encoding(bytes) {
        let text = format!("die Datei ist in {encoding} kodiert, gelesen wird nur UTF-8");
        return Err(befund("kodierung", text).abhilfe(CONVERT));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = match str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let valid =
                String::from_utf8_lossy(bytes.get(..error.valid_up_to()).unwrap_or_default());
            let place = line_column(&unify_line_ends(&valid), usize::MAX);
            let byte = bytes.get(error.valid_up_to()).copied().unwrap_or_default();
            return Err(befund("kodierung", narrow_encoding(byte, place)).abhilfe(CONVERT));
        }
    };
    let text = unify_line_ends(text);
    let text = if is_nfc(&text) {
        text
    } else {
        text.nfc().collect()
    };
    if let Some((at, character)) = text.char_indices().find(|(_, c)| is_refused(*c)) {
        if let Some((at, was, meant)) = misread(&text) {
            return Err(misread_befund(&befund, line_column(&text, at), &was, meant));
        }
        let place = line_column(&text, at);
        return Err(refusal(&befund, character, place));
    }
    if let Some((at, was, meant)) = misread(&text) {
        return Err(misread_befund(&befund, line_column(&text, at), &was, meant));
    }
    Ok(Source::new(name, text))
}

/// Whether a text may not contain this character: control characters and the [`RESERVED`] area.
pub(crate) fn is_refused(character: char) -> bool {
    (character.is_control() && !matches!(character, '\n' | '\t')) || RESERVED.contains(&character)
}

fn refusal(
    befund: &dyn Fn(&'static str, String) -> Befund,
    character: char,
    place: LineColumn,
) -> Befund {
    let LineColumn { line, column } = place;
    let code = u32::from(character);
    if character == '\0' {
        let text =
            format!("Zeile {line}, Spalte {column} enthält ein Nullbyte: das ist keine Textdatei");
        return befund("kodierung", text).abhilfe("prüfen, ob hier die richtige Datei liegt");
    }
    if RESERVED.contains(&character) {
        let text = format!(
            "Zeile {line}, Spalte {column} enthält das Zeichen U+{code:04X}, das nur in einer bestimmten Schrift eine Bedeutung hat"
        );
        return befund("steuerzeichen", text).abhilfe(
            "das Zeichen löschen oder durch ein gewöhnliches ersetzen, etwa „•“ oder „–“",
        );
    }
    let text =
        format!("Zeile {line}, Spalte {column} enthält das unsichtbare Steuerzeichen U+{code:04X}");
    befund("steuerzeichen", text).abhilfe("das Zeichen löschen")
}

/// What a file is by its first bytes, if that is no text.
fn foreign_format(bytes: &[u8]) -> Option<&'static str> {
    const FORMATS: [(&[u8], &str); 6] = [
        (
            b"PK\x03\x04",
            "ein Dokument von Word, Excel oder LibreOffice oder ein ZIP-Archiv",
        ),
        (
            b"\xD0\xCF\x11\xE0",
            "ein Dokument einer alten Fassung von Word oder Excel",
        ),
        (b"{\\rtf", "ein Textdokument im Format RTF"),
        (b"%PDF-", "ein PDF"),
        (b"\x89PNG", "ein Bild"),
        (b"\xFF\xD8\xFF", "ein Bild"),
    ];
    let known = FORMATS.iter().find(|(start, _)| bytes.starts_with(start));
    known.map(|(_, name)| *name)
}

/// The first umlaut, quote or dash that was once read as Windows-1252 and saved again: where it stands, what stands
/// there, and what was meant. No German text says „Ã¤“.
fn misread(text: &str) -> Option<(usize, String, char)> {
    const MEANT: [char; 12] = ['ä', 'ö', 'ü', 'Ä', 'Ö', 'Ü', 'ß', '§', '€', '„', '“', '–'];
    if !text.contains(['Ã', 'Â', 'â']) {
        return None;
    }
    let found = MEANT.iter().flat_map(|meant| {
        let mut bytes = [0; 4];
        let bytes = meant.encode_utf8(&mut bytes).as_bytes();
        let windows: String = bytes.iter().map(|byte| windows_1252(*byte)).collect();
        let latin: String = bytes.iter().map(|byte| char::from(*byte)).collect();
        [windows, latin].map(|was| Some((text.find(&was)?, was, *meant)))
    });
    found.flatten().min_by_key(|(at, ..)| *at)
}

fn misread_befund(
    befund: &dyn Fn(&'static str, String) -> Befund,
    LineColumn { line, column }: LineColumn,
    was: &str,
    meant: char,
) -> Befund {
    let was: String = was.chars().filter(|c| !c.is_control()).collect();
    let text = format!(
        "Zeile {line}, Spalte {column} enthält „{was}“, wo wohl „{meant}“ gemeint ist: die Datei wurde einmal in falscher Kodierung gelesen und gespeichert"
    );
    befund("kodierung", text)
        .abhilfe("die Datei aus der Sicherung holen oder die Zeichen im ganzen Text ersetzen")
}

/// The character of a byte in Windows-1252, where it differs from Latin-1 and occurs in [`misread`].
fn windows_1252(byte: u8) -> char {
    match byte {
        0x80 => '€',
        0x82 => '‚',
        0x84 => '„',
        0x93 => '“',
        0x96 => '–',
        0x9C => 'œ',
        0x9E => 'ž',
        0x9F => 'Ÿ',
        _ => char::from(byte),
    }
}

fn unify_line_ends(text: &str) -> String {
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text.to_owned()
    }
}

/// UTF-16 and UTF-32, by their byte order mark or because every other byte is zero.
fn wide_encoding(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"\xFF\xFE\0\0") || bytes.starts_with(b"\0\0\xFE\xFF") {
        return Some("UTF-32");
    }
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Some("UTF-16");
    }
    // Latin text in UTF-16 without a mark: nearly all bytes of one parity are zero. A few hundred bytes tell.
    let head = bytes.get(..512).unwrap_or(bytes);
    let zeros = |parity: usize| {
        head.iter()
            .skip(parity)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let pairs = head.len() / 2;
    let clear = |many: usize, few: usize| pairs >= 4 && many * 10 >= pairs * 7 && few * 10 <= pairs;
    (clear(even, odd) || clear(odd, even)).then_some("UTF-16")
}

/// What a byte that is no UTF-8 most likely is, as a sentence.
fn narrow_encoding(byte: u8, place: LineColumn) -> String {
    let LineColumn { line, column } = place;
    let character = match byte {
        0x80 => Some('€'),
        0x82 => Some('‚'),
        0x84 => Some('„'),
        0x85 => Some('…'),
        0x91 => Some('‘'),
        0x92 => Some('’'),
        0x93 => Some('“'),
        0x94 => Some('”'),
        0x96 => Some('–'),
        0x97 => Some('—'),
        0xA0..=0xFF => Some(char::from(byte)),
        _ => None,
    };
    match character {
        Some(character) => format!(
            "die Datei ist nicht in UTF-8 kodiert, sondern wohl in Windows-1252 (Latin-1): \
             in Zeile {line}, Spalte {column} steht das Byte {byte:02X}, dort ein „{character}“"
        ),
        None => format!(
            "die Datei ist nicht in UTF-8 kodiert: in Zeile {line}, Spalte {column} steht das Byte {byte:02X}"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        read("a.yaml".into(), bytes).map_or_else(
            |b| format!("{}: {}", b.regel, b.text),
            |s| s.text.to_string(),
        )
    }

    #[test]
    fn a_byte_order_mark_is_dropped() {
        assert_eq!(text(b"\xEF\xBB\xBFa: 1\n"), "a: 1\n");
    }

    #[test]
    fn line_ends_become_line_feeds() {
        assert_eq!(text(b"a: 1\r\nb: 2\rc: 3\n"), "a: 1\nb: 2\nc: 3\n");
    }

    #[test]
    fn decomposed_umlauts_become_composed() {
        assert_eq!(text("ko\u{308}rperschaft".as_bytes()), "körperschaft");
    }

    #[test]
    fn utf_16_with_a_mark_is_named() {
        assert_eq!(
            text(b"\xFF\xFEa\0:\0"),
            "kodierung: die Datei ist in UTF-16 kodiert, gelesen wird nur UTF-8"
        );
    }

    #[test]
    fn utf_16_without_a_mark_is_named() {
        let bytes: Vec<u8> = "nummer: 215/21\n"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        assert!(text(&bytes).contains("UTF-16"), "{}", text(&bytes));
    }

    #[test]
    fn windows_1252_is_named_with_place_and_character() {
        let found = text(b"a: 1\r\ntitel: gr\xFC\xDFe\n");
        assert!(found.contains("Windows-1252"), "{found}");
        assert!(
            found.contains("Zeile 2, Spalte 10 steht das Byte FC, dort ein „ü“"),
            "{found}"
        );
    }

    #[test]
    fn a_null_byte_is_no_text() {
        assert!(text(b"a: 1\nb: \0\n").contains("Zeile 2, Spalte 4 enthält ein Nullbyte"));
    }

    #[test]
    fn private_use_characters_are_refused() {
        assert!(text("a: \u{F0B7} x".as_bytes()).contains("U+F0B7"));
    }

    #[test]
    fn control_characters_are_refused() {
        assert!(text(b"a: \x0B").contains("Steuerzeichen U+000B"));
    }

    #[test]
    fn documents_of_other_programs_are_named() {
        for (bytes, name) in [
            (&b"PK\x03\x04\x14"[..], "Word"),
            (b"%PDF-1.7\n\xE2", "ein PDF"),
            (b"{\\rtf1 Hallo}", "RTF"),
            (b"\xD0\xCF\x11\xE0\xA1", "alten Fassung"),
        ] {
            assert!(text(bytes).contains(name), "{}", text(bytes));
        }
    }

    #[test]
    fn text_that_was_read_in_a_wrong_encoding_is_named() {
        for (was, meant) in [
            ("BÃ¤nke", "ä"),
            ("StraÃŸe", "ß"),
            ("GrÃ\u{9F}e", "ß"),
            ("â€žXâ€œ", "„"),
            ("Â§ 5", "§"),
            ("a â€“ b", "–"),
        ] {
            let found = text(format!("a: 1\nb: {was}").as_bytes());
            assert!(found.starts_with("kodierung: Zeile 2, Spalte "), "{found}");
            assert!(
                found.contains(&format!("wo wohl „{meant}“ gemeint ist")),
                "{found}"
            );
        }
        for fine in ["Bänke", "château", "São Paulo", "Bâle"] {
            assert_eq!(text(fine.as_bytes()), fine);
        }
    }

    #[test]
    fn a_large_file_is_refused() {
        assert!(
            text(&vec![b'a'; MAX_BYTES + 1]).starts_with("zu-gross: die Datei ist größer als 4 MB")
        );
    }

    #[test]
    fn an_empty_file_is_an_empty_text() {
        assert_eq!(text(b""), "");
    }
}
