//! How good a place for a hyphen is: compounds are best broken between their words.

/// How good a place for a hyphen is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quality {
    /// Between two words of a compound.
    Joint,
    /// Between two syllables of a word.
    Inner,
    /// Leaving three letters on a line.
    Poor,
}

/// How good it is to break a word at this byte.
pub(crate) fn quality(word: &str, at: u32) -> Quality {
    let (before, after) = word.split_at_checked(at as usize).unwrap_or((word, ""));
    let few = |letters: &mut dyn Iterator<Item = char>| {
        letters.take_while(|c| c.is_alphabetic()).count() <= super::LEAST_LETTERS
    };
    let lower = after.to_lowercase();
    if few(&mut before.chars().rev()) || few(&mut after.chars()) {
        Quality::Poor
    } else if LINKS.iter().any(|link| before.ends_with(link))
        || MEMBERS.iter().any(|member| lower.starts_with(member))
    {
        Quality::Joint
    } else {
        Quality::Inner
    }
}

/// What stands between the words of a compound and nowhere else.
const LINKS: [&str; 7] = ["ungs", "heits", "keits", "schafts", "ions", "täts", "lings"];

/// Words that often end the compounds of councils, or begin their last part.
const MEMBERS: &[&str] = &[
    "abgabe",
    "abrechnung",
    "abschluss",
    "abteilung",
    "analyse",
    "angabe",
    "angelegenheit",
    "anlage",
    "anspruch",
    "anteil",
    "antrag",
    "anwendung",
    "arbeit",
    "aufgabe",
    "aufsicht",
    "aufwand",
    "aufwend",
    "ausgabe",
    "ausgleich",
    "ausschuss",
    "ausschüsse",
    "bedarf",
    "begehren",
    "behörde",
    "beirat",
    "beitrag",
    "beiträge",
    "berechnung",
    "bereich",
    "bericht",
    "bescheid",
    "beschluss",
    "beschlüsse",
    "besitz",
    "betrag",
    "beträge",
    "betreuung",
    "betrieb",
    "bewerber",
    "beziehung",
    "büro",
    "dienst",
    "einheit",
    "einrichtung",
    "entgelt",
    "entscheid",
    "entwicklung",
    "entwurf",
    "erklärung",
    "ermächtigung",
    "erstattung",
    "ertrag",
    "fläche",
    "folge",
    "förderung",
    "führung",
    "gebiet",
    "gebühr",
    "gemeinde",
    "genehmigung",
    "gesellschaft",
    "gesetz",
    "gremien",
    "gremium",
    "gruppe",
    "haushalt",
    "jahr",
    "kommune",
    "kommission",
    "konzept",
    "kosten",
    "leistung",
    "leitung",
    "maßnahme",
    "meister",
    "mitglied",
    "mittel",
    "nachweis",
    "nutzung",
    "ordnung",
    "pflicht",
    "planung",
    "politik",
    "projekt",
    "prüfung",
    "rechnung",
    "recht",
    "regelung",
    "regierung",
    "reinigung",
    "rückstell",
    "sachbearbeit",
    "satzung",
    "schaden",
    "schlüssel",
    "schutz",
    "schule",
    "sicherung",
    "sitzung",
    "stelle",
    "steuer",
    "system",
    "träger",
    "übersicht",
    "übertragung",
    "umlage",
    "unterkunft",
    "unterlage",
    "unterstützung",
    "verband",
    "verbände",
    "vereinbarung",
    "verfahren",
    "verfassung",
    "verhältnis",
    "vermögen",
    "verordnung",
    "versammlung",
    "versorgung",
    "vertrag",
    "verträge",
    "vertretung",
    "verwaltung",
    "verzeichnis",
    "vorlage",
    "vorschlag",
    "vorsitz",
    "wahrnehmung",
    "wesen",
    "wirtschaft",
    "zeichnung",
    "zusammenarbeit",
    "zuständigkeit",
    "zweck",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compounds_are_best_broken_at_their_joints() {
        let rated = |word: &str| -> Vec<(String, Quality)> {
            super::super::points(word)
                .into_iter()
                .map(|at| (word[..at as usize].to_owned(), quality(word, at)))
                .collect()
        };
        let joints = |word: &str| -> Vec<String> {
            let rated = rated(word).into_iter();
            rated
                .filter(|(_, quality)| *quality == Quality::Joint)
                .map(|(before, _)| before)
                .collect()
        };
        assert_eq!(
            joints("Rechnungsprüfungsausschuss"),
            ["Rechnungs", "Rechnungsprüfungs"]
        );
        assert_eq!(joints("Haushaltssatzung"), ["Haushalts"]);
        assert_eq!(joints("Vereinbarungen"), Vec::<String>::new());
        assert_eq!(
            rated("Personen"),
            [
                ("Per".to_owned(), Quality::Poor),
                ("Perso".to_owned(), Quality::Poor)
            ]
        );
    }
}
