//! Names of bodies and of their councils and committees with the article, in the case that a sentence needs.
//!
//! Names of several bodies at once are [`crate::compute::Menge::aufzaehlung`]'s business.

use super::koerperschaft::{Formen, Kasus};
use super::{Koerperschaft, Vorgang};

/// The official form of a body with its article: „der Kreis Unna“, „der Kreisstadt Unna“.
///
/// Where nothing is known of the kind that the official form names, its kind serves; where nothing is known of that
/// either, the official form stands alone.
pub fn koerperschaft(vorgang: &Vorgang, koerperschaft: &Koerperschaft, kasus: Kasus) -> String {
    let gattungen = [koerperschaft.amtsgattung(), koerperschaft.gattung.clone()];
    let mut bekannte = gattungen
        .iter()
        .filter_map(|name| vorgang.gattungen.get(name));
    match bekannte.next() {
        Some(gattung) => mit_namen(&gattung.einzahl, kasus, koerperschaft.name.as_str()),
        None => koerperschaft.amtsform(),
    }
}

/// A kind with its article, and the name of a body of that kind.
pub fn mit_namen(formen: &Formen, kasus: Kasus, name: &str) -> String {
    format!("{} {name}", formen.in_kasus(kasus))
}

/// A council or committee with its article: „der Kreistag“, „des Haupt- und Finanzausschusses“, „der
/// Bürgermeisterkonferenz“.
///
/// The noun tells the gender. Where it does not, or where an adjective before it would have to be declined, the name is
/// quoted: „des Gremiums „Ältestenkreise““.
pub fn gremium(name: &str, kasus: Kasus) -> String {
    match hauptwort(name) {
        Some((ende, Geschlecht::Maennlich(genitiv))) => {
            let (bis, danach) = name.split_at_checked(ende).unwrap_or((name, ""));
            let endung = if kasus == Kasus::Genitiv { genitiv } else { "" };
            format!(
                "{} {bis}{endung}{danach}",
                artikel(kasus, ["der", "des", "dem", "den"])
            )
        }
        Some((_, Geschlecht::Weiblich)) => {
            format!("{} {name}", artikel(kasus, ["die", "der", "der", "die"]))
        }
        None => {
            let gremium = ["das Gremium", "des Gremiums", "dem Gremium", "das Gremium"];
            format!("{} „{name}“", artikel(kasus, gremium))
        }
    }
}

/// A council or committee with its article, and the body that it belongs to: „der Rat der Stadt Lünen“.
pub fn gremium_von(vorgang: &Vorgang, name: &str, traeger: &Koerperschaft, kasus: Kasus) -> String {
    let gremium = gremium(name, kasus);
    // „Rat der Stadt Lünen“ has said so.
    if name.contains(traeger.name.as_str()) {
        return gremium;
    }
    format!(
        "{gremium} {}",
        koerperschaft(vorgang, traeger, Kasus::Genitiv)
    )
}

/// How a noun is declined.
#[derive(Debug, Clone, Copy)]
enum Geschlecht {
    /// With this ending in the genitive.
    Maennlich(&'static str),
    Weiblich,
}

/// How nouns for councils and committees end, in lower case.
const ENDEN: [(&str, Geschlecht); 14] = [
    ("ausschuss", Geschlecht::Maennlich("es")),
    ("rat", Geschlecht::Maennlich("es")),
    ("tag", Geschlecht::Maennlich("s")),
    ("kreis", Geschlecht::Maennlich("es")),
    ("senat", Geschlecht::Maennlich("s")),
    ("vorstand", Geschlecht::Maennlich("s")),
    ("vertretung", Geschlecht::Weiblich),
    ("versammlung", Geschlecht::Weiblich),
    ("konferenz", Geschlecht::Weiblich),
    ("kommission", Geschlecht::Weiblich),
    ("gruppe", Geschlecht::Weiblich),
    ("runde", Geschlecht::Weiblich),
    ("besprechung", Geschlecht::Weiblich),
    ("fraktion", Geschlecht::Weiblich),
];

/// Where the noun of a name ends, in bytes, and how it is declined; `None` where it is not known, or where a word before it
/// would have to be declined too.
fn hauptwort(name: &str) -> Option<(usize, Geschlecht)> {
    let mut ende = 0;
    for wort in name.split_inclusive(' ') {
        let bis = ende + wort.trim_end().len();
        ende += wort.len();
        let klein = wort.trim_end().to_lowercase();
        if let Some((_, geschlecht)) = ENDEN.iter().find(|(e, _)| klein.ends_with(e)) {
            return Some((bis, *geschlecht));
        }
        // „Haupt- und Finanzausschuss“, „Bau-, Planungs- und Umweltausschuss“
        let ergaenzt = klein.trim_end_matches(',').ends_with('-');
        if !ergaenzt && !matches!(klein.as_str(), "und" | "u.") {
            return None;
        }
    }
    None
}

fn artikel(kasus: Kasus, formen: [&'static str; 4]) -> &'static str {
    let [nominativ, genitiv, dativ, akkusativ] = formen;
    match kasus {
        Kasus::Nominativ => nominativ,
        Kasus::Genitiv => genitiv,
        Kasus::Dativ => dativ,
        Kasus::Akkusativ => akkusativ,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alle(name: &str) -> [String; 4] {
        Kasus::ALLE.map(|kasus| gremium(name, kasus))
    }

    #[test]
    fn councils_and_committees_are_declined() {
        assert_eq!(alle("Rat"), ["der Rat", "des Rates", "dem Rat", "den Rat"]);
        assert_eq!(
            alle("Haupt- und Finanzausschuss"),
            [
                "der Haupt- und Finanzausschuss",
                "des Haupt- und Finanzausschusses",
                "dem Haupt- und Finanzausschuss",
                "den Haupt- und Finanzausschuss",
            ]
        );
        assert_eq!(
            alle("Bürgermeisterkonferenz"),
            [
                "die Bürgermeisterkonferenz",
                "der Bürgermeisterkonferenz",
                "der Bürgermeisterkonferenz",
                "die Bürgermeisterkonferenz",
            ]
        );
    }

    #[test]
    fn what_follows_the_noun_stays_as_it_is() {
        for (name, genitiv) in [
            ("Kreistag", "des Kreistags"),
            ("Rat der Stadt Lünen", "des Rates der Stadt Lünen"),
            (
                "Ausschuss für Klima und Umwelt",
                "des Ausschusses für Klima und Umwelt",
            ),
            (
                "Bau-, Planungs- und Umweltausschuss",
                "des Bau-, Planungs- und Umweltausschusses",
            ),
        ] {
            assert_eq!(gremium(name, Kasus::Genitiv), genitiv);
        }
    }

    #[test]
    fn a_name_that_cannot_be_declined_is_quoted() {
        for name in [
            "Ständiger Ausschuss",
            "Interfraktionelles",
            "Werkleitung",
            "",
        ] {
            let zitiert = format!("dem Gremium „{name}“");
            assert_eq!(gremium(name, Kasus::Dativ), zitiert);
        }
    }

    #[test]
    fn a_council_belongs_to_its_body() {
        let (vorgang, _) = Vorgang::aus(&[], &[]);
        let stadt = Koerperschaft {
            route: Default::default(),
            schluessel: Default::default(),
            name: "Unna".into(),
            gattung: "Stadt".to_owned(),
            amtsform: Some("Kreisstadt Unna".into()),
            ags: None,
            anschrift: vec![],
            regierungsbezirk: None,
            kreis: None,
            vertretung: vec![],
            bekanntmachung: None,
            steuer: None,
            einwohner: vec![],
            gremien: vec![],
            hausstil: Default::default(),
        };
        let von = |name, kasus| gremium_von(&vorgang, name, &stadt, kasus);
        assert_eq!(von("Rat", Kasus::Nominativ), "der Rat der Kreisstadt Unna");
        assert_eq!(
            von("Rat der Stadt Unna", Kasus::Dativ),
            "dem Rat der Stadt Unna"
        );
        // Nobody said how „Hansestadt“ is declined.
        let hanse = Koerperschaft {
            amtsform: Some("Hansestadt Unna".into()),
            ..stadt
        };
        assert_eq!(
            koerperschaft(&vorgang, &hanse, Kasus::Akkusativ),
            "die Stadt Unna"
        );
    }
}
