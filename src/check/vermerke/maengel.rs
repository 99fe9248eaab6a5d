//! What is wrong with waivers, in words: each finding on a waiver that could be read is made here.

use super::{Eintrag, Geschrieben};
use crate::compute::sprache::{Verbindung, aufzaehlung};
use crate::diagnostic::Befund;

/// How many other findings of its rule are shown beside a waiver that covers none.
const HOECHSTENS: usize = 3;

/// How to accept a finding anew.
const NEU: &str = "den Befund neu bewerten und mit `drucksache vermerken` neu vermerken; das ersetzt diesen Eintrag";

/// How to accept a finding anew whose place has another name.
const NEU_DORT: &str =
    "den Befund neu bewerten, mit `drucksache vermerken` neu vermerken und diesen Eintrag löschen";

/// A finding that a waiver may have meant, at a place that now has another name.
#[derive(Debug)]
pub(super) struct Umzug<'a> {
    pub(super) befund: &'a Befund,
    /// The place now.
    pub(super) neu: &'a str,
    /// Whether words, data and law are what was accepted.
    pub(super) unveraendert: bool,
    /// What of them changed, as far as is known.
    pub(super) anders: Vec<&'static str>,
}

/// Whether a text says something: it has letters.
pub fn sagt_etwas(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

impl Eintrag {
    /// Whether it says in words who accepts the finding, and why.
    pub(super) fn hat_namen_und_grund(&self) -> bool {
        sagt_etwas(self.name.as_str()) && sagt_etwas(self.grund.as_str())
    }
}

impl Geschrieben {
    /// The name of who accepted it, on one line.
    fn wer(&self) -> String {
        self.eintrag.name.einzeilig()
    }

    pub(super) fn ohne_namen_oder_grund(&self) -> Vec<Befund> {
        let felder = [
            (
                "name",
                &self.eintrag.name,
                "kein Name",
                "unter `name` eintragen, wer den Befund hinnimmt; der Tag gehört unter `am`",
            ),
            (
                "grund",
                &self.eintrag.grund,
                "kein Grund",
                "unter `grund` in Worten sagen, warum der Befund hingenommen wird",
            ),
        ];
        let leere = felder
            .into_iter()
            .filter(|(_, text, ..)| !sagt_etwas(text.as_str()));
        leere
            .map(|(feld, text, was, abhilfe)| {
                Befund::fehler(
                    "vermerk-unvollstaendig",
                    self.ort(feld),
                    format!(
                        "unter `{feld}` steht {was}, sondern „{}“; der Vermerk gilt nicht",
                        text.einzeilig()
                    ),
                )
                .abhilfe(abhilfe)
            })
            .collect()
    }

    pub(super) fn alter_name(&self, neu: &str) -> Befund {
        Befund::hinweis(
            "vermerk-alter-regelname",
            self.ort("regel"),
            format!(
                "die Regel „{}“ heißt jetzt „{neu}“; der Vermerk gilt weiter",
                self.eintrag.regel
            ),
        )
        .abhilfe(format!("„{neu}“ eintragen"))
    }

    pub(super) fn unbekannte_regel(&self, vorschlag: Option<&str>) -> Befund {
        let befund = Befund::warnung(
            "vermerk-unbekannte-regel",
            self.ort("regel"),
            format!(
                "die Regel „{}“ gibt es nicht; der Vermerk deckt nichts",
                self.eintrag.regel.einzeilig()
            ),
        );
        befund.abhilfe(match vorschlag {
            Some(vorschlag) => format!("meinten Sie „{vorschlag}“?"),
            None => "den Vermerk löschen oder eine Regel nennen, die `drucksache explain` aufzählt"
                .to_owned(),
        })
    }

    pub(super) fn doppelt(&self, erster: &Self) -> Befund {
        Befund::warnung(
            "vermerk-doppelt",
            self.ort("stelle"),
            "zu dieser Stelle gibt es schon einen Vermerk; es gilt der erste",
        )
        .abhilfe("einen der beiden löschen")
        .dazu(erster.ort("stelle"), "der erste Vermerk")
    }

    /// The finding is still there, and not what was accepted; `anders` says what changed, as far as is known.
    pub(super) fn abgelaufen(&self, befund: &Befund, anders: &[&str]) -> Befund {
        let abgelaufen = Befund::warnung(
            "vermerk-abgelaufen",
            self.ort("deckt"),
            format!(
                "der Vermerk von {} gilt nicht mehr; seither geändert: {}",
                self.wer(),
                geaendert(anders)
            ),
        );
        if befund.zaehlt() {
            abgelaufen.abhilfe(NEU).dazu(befund.stelle.clone(), WIEDER)
        } else {
            abgelaufen.abhilfe("diesen Eintrag löschen; ein neuerer Vermerk deckt den Befund")
        }
    }

    /// The place has another name: a file or row was renamed, or a row got a day.
    pub(super) fn umgezogen(&self, umzug: &Umzug<'_>) -> Befund {
        let Umzug {
            befund,
            neu,
            anders,
            ..
        } = umzug;
        let verfallen = if umzug.unveraendert {
            Befund::warnung(
                "vermerk-alte-stelle",
                self.ort("stelle"),
                format!(
                    "der Vermerk von {} deckt nichts mehr: die Stelle heißt jetzt „{neu}“; der Befund dort ist derselbe",
                    self.wer()
                ),
            )
            .abhilfe(format!("unter `stelle` eintragen: „{neu}“"))
        } else {
            Befund::warnung(
                "vermerk-abgelaufen",
                self.ort("stelle"),
                format!(
                    "der Vermerk von {} gilt nicht mehr: die Stelle heißt jetzt „{neu}“; seither geändert: {}",
                    self.wer(),
                    geaendert(anders)
                ),
            )
            .abhilfe(NEU_DORT)
        };
        verfallen.dazu(befund.stelle.clone(), WIEDER)
    }

    pub(super) fn aeltere_fassung(&self) -> Befund {
        Befund::warnung(
            "vermerk-abgelaufen",
            self.ort("deckt"),
            format!(
                "der Vermerk von {} gilt nicht mehr: `deckt` hat nicht die heutige Form; eine frühere Fassung des Programms schrieb ihn, oder jemand hat die Zeile geändert",
                self.wer()
            ),
        )
        .abhilfe(NEU)
    }

    /// The rule cannot look any more, so nobody knows whether there is something to accept.
    pub(super) fn nicht_pruefbar(&self, befund: &Befund) -> Befund {
        Befund::warnung(
            "vermerk-ohne-befund",
            self.ort("stelle"),
            format!(
                "der Vermerk von {} deckt nichts: die Regel „{}“ kann hier nicht mehr prüfen",
                self.wer(),
                befund.regel
            ),
        )
        .abhilfe(
            "die fehlende Angabe ergänzen; danach zeigt sich, ob der Vermerk noch gebraucht wird",
        )
        .dazu(befund.stelle.clone(), befund.text.clone())
    }

    /// Nothing is left to accept; `offene` are the findings of the rule at other places, `fehlt` the file or paper that
    /// is gone.
    pub(super) fn ohne_befund(&self, offene: &[&Befund], fehlt: Option<&str>) -> Befund {
        let regel = self.eintrag.regel.einzeilig();
        let (text, abhilfe) = match (offene, fehlt) {
            ([], _) => (
                format!(
                    "die Regel „{regel}“ findet nichts mehr; den Vermerk von {} braucht es nicht mehr",
                    self.wer()
                ),
                "den Vermerk zurücknehmen: diesen Eintrag löschen",
            ),
            (_, None) => (
                format!(
                    "die Regel „{regel}“ findet an dieser Stelle nichts mehr; den Vermerk von {} braucht es nicht mehr",
                    self.wer()
                ),
                "den Vermerk zurücknehmen: diesen Eintrag löschen; war ein anderer Befund gemeint, ihn mit `drucksache vermerken` vermerken",
            ),
            (_, Some(fehlt)) => (
                format!(
                    "„{fehlt}“ gibt es im Vorgang nicht; der Vermerk von {} deckt nichts",
                    self.wer()
                ),
                "den Vermerk zurücknehmen: diesen Eintrag löschen; wurde die Datei umbenannt, den Befund dort mit `drucksache vermerken` neu vermerken",
            ),
        };
        let mut befund =
            Befund::warnung("vermerk-ohne-befund", self.ort("stelle"), text).abhilfe(abhilfe);
        for anderer in offene.iter().take(HOECHSTENS) {
            befund = befund.dazu(anderer.stelle.clone(), "hier findet die Regel noch etwas");
        }
        befund
    }
}

/// What changed of a finding, after „seither geändert:“.
fn geaendert(teile: &[&str]) -> String {
    match teile {
        [] => "Angaben, Text oder Rechtsstand an dieser Stelle".to_owned(),
        teile => aufzaehlung(teile, Verbindung::Und),
    }
}

/// What is said of a finding whose waiver ended.
const WIEDER: &str = "der Befund, der jetzt wieder zählt";
