//! German grammar that follows from numbers and lists: number words, enumerations, alphabetical order.

/// What stands before the last part of an enumeration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verbindung {
    /// „und“.
    Und,
    /// „sowie“: after an „und“ inside a part.
    Sowie,
}

impl Verbindung {
    /// The word between blanks.
    pub fn wort(self) -> &'static str {
        match self {
            Self::Und => " und ",
            Self::Sowie => " sowie ",
        }
    }
}

/// „A, B und C“.
pub fn aufzaehlung(teile: &[&str], verbindung: Verbindung) -> String {
    match teile {
        [] => String::new(),
        [einziges] => (*einziges).to_owned(),
        [vorn @ .., letztes] => format!("{}{}{letztes}", vorn.join(", "), verbindung.wort()),
    }
}

/// Numbers in words, from null.
const ZAHLWORTE: [&str; 21] = [
    "null",
    "ein",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwölf",
    "dreizehn",
    "vierzehn",
    "fünfzehn",
    "sechzehn",
    "siebzehn",
    "achtzehn",
    "neunzehn",
    "zwanzig",
];

/// The largest number that running text has in words.
const IN_WORTEN: usize = 12;

/// The count that a word in lower case stands for, up to twenty; running text has it so up to twelve.
pub fn zahl(wort: &str) -> Option<usize> {
    ZAHLWORTE.iter().position(|zahlwort| *zahlwort == wort)
}

/// The count or the number of times that a word in lower case stands for: „zwei“, „zweimal“.
pub fn zahl_oder_male(wort: &str) -> Option<usize> {
    zahl(wort.strip_suffix("mal").unwrap_or(wort))
}

/// A count as running text has it: words up to twelve, digits above.
pub fn zahlwort(anzahl: usize) -> String {
    ZAHLWORTE
        .get(anzahl)
        .filter(|_| anzahl <= IN_WORTEN)
        .map_or_else(|| anzahl.to_string(), |wort| (*wort).to_owned())
}

/// A number as Roman numerals, from 1 to 3999.
pub fn roemisch(zahl: u64) -> Option<String> {
    const ZEICHEN: [(u64, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..=3999).contains(&zahl) {
        return None;
    }
    let mut rest = zahl;
    let mut ziffern = String::new();
    for (wert, zeichen) in ZEICHEN {
        while rest >= wert {
            ziffern.push_str(zeichen);
            rest -= wert;
        }
    }
    Some(ziffern)
}

/// A length of time after „innerhalb von“ or „mit einer Frist von“: „einem Monat“, „drei Monaten“, „30 Tagen“.
///
/// `einheit` is a masculine noun whose dative plural ends in „en“: `Tag`, `Monat`.
pub fn dauer_dativ(anzahl: u32, einheit: &str) -> String {
    match anzahl {
        1 => format!("einem {einheit}"),
        _ => {
            let zahl = usize::try_from(anzahl).unwrap_or(usize::MAX);
            format!("{} {einheit}en", zahlwort(zahl))
        }
    }
}

/// What alphabetical order compares (DIN 5007-1): ä as a, ß as ss, case ignored.
pub fn sortierform(name: &str) -> String {
    let mut form = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        match c {
            'ä' => form.push('a'),
            'ö' => form.push('o'),
            'ü' => form.push('u'),
            'ß' => form.push_str("ss"),
            _ => form.push(c),
        }
    }
    form
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enumerations_of_none_one_and_many() {
        assert_eq!(aufzaehlung(&[], Verbindung::Und), "");
        assert_eq!(aufzaehlung(&["A"], Verbindung::Und), "A");
        assert_eq!(
            aufzaehlung(&["A", "B", "C"], Verbindung::Sowie),
            "A, B sowie C"
        );
    }

    #[test]
    fn roman_numerals_subtract() {
        assert_eq!(roemisch(4).as_deref(), Some("IV"));
        assert_eq!(roemisch(1994).as_deref(), Some("MCMXCIV"));
        assert_eq!(roemisch(0), None);
    }

    #[test]
    fn lengths_of_time_in_the_dative() {
        assert_eq!(dauer_dativ(1, "Monat"), "einem Monat");
        assert_eq!(dauer_dativ(12, "Monat"), "zwölf Monaten");
        assert_eq!(dauer_dativ(30, "Tag"), "30 Tagen");
    }

    #[test]
    fn counts_above_twelve_are_digits() {
        assert_eq!(zahlwort(6), "sechs");
        assert_eq!(zahlwort(12), "zwölf");
        assert_eq!(zahlwort(13), "13");
    }
}
