//! Towns that a text names among those who take part, and that do not.

use super::super::super::{Blatt, Lage, Passage, Protokoll};
use super::{Abweichung, melde, namen};
use crate::compute::{Beteiligte, Menge};
use crate::model::{Koerperschaft, Vereinbarung};

/// Words of a sentence that says who takes part, uses or pays.
const TEILNAHME: [&str; 21] = [
    "Anwender*",
    "Partei*",
    "Vertragspart*",
    "Beitritt*",
    "beitreten",
    "beigetreten",
    "tritt",
    "treten",
    "beteilig*",
    "nutzen",
    "nutzt",
    "trägt",
    "tragen",
    "getragen",
    "zahlt",
    "zahlen",
    "schließt",
    "schließen",
    "geschlossen",
    "abgeschlossen",
    "abzuschließen",
];

/// Those that name the step by which a town becomes a party.
const BEITRITT: [&str; 4] = ["Beitritt*", "beitreten", "beigetreten", "treten"];

/// Words of a sentence that speaks of those who take no part, of other times, or of what may be.
const NICHT_DABEI: [&str; 36] = [
    "nicht",
    "kein*",
    "weder",
    "ohne",
    "außer",
    "ausgeschieden*",
    "ausscheide*",
    "ausschied",
    "bisher*",
    "ehemal*",
    "frühere*",
    "früher",
    "damals",
    "bis",
    "war",
    "waren",
    "hatte*",
    "trug*",
    "nutzte*",
    "möglich*",
    "denkbar*",
    "später*",
    "könnte*",
    "kann",
    "interess*",
    "angefragt",
    "ggf",
    "gegebenenfalls",
    "beispielsweise",
    "Beispiel",
    "z. B.",
    "etwa",
    "ähnlich*",
    "andere*",
    "anderes",
    "Vorbild*",
];

/// Where the municipalities that a sentence names stand.
struct Genannte<'b> {
    /// Those that stand after what they are, or among known ones.
    namen: Vec<Passage<'b>>,
    /// How many of them take part.
    dabei: usize,
}

/// Who takes part.
struct Kreis<'r, 'a> {
    beteiligte: &'r Beteiligte<'a>,
    vorgaenger: Option<(&'r Vereinbarung, &'r Menge<'a>)>,
}

/// Each town that the paper names among those who take part does.
pub(super) fn pruefe(
    lage: &Lage<'_>,
    vereinbarung: &Vereinbarung,
    beteiligte: &Beteiligte<'_>,
    blatt: &Blatt<'_>,
    protokoll: &mut Protokoll<'_>,
) {
    let vorgaenger = vereinbarung.ersetzt.as_ref().and_then(|schluessel| {
        let vorgaenger = lage.vorgang.vereinbarungen.get(schluessel)?;
        Some((vorgaenger, &lage.beteiligte(vorgaenger)?.parteien))
    });
    let kreis = Kreis {
        beteiligte,
        vorgaenger,
    };
    let in_ihr = blatt.papier.art == "vereinbarung";
    // What the rubrum and the proposal name is looked at by itself.
    let woanders: Vec<_> = super::rubrum(blatt)
        .map(|(_, rubrum)| rubrum)
        .filter(|_| in_ihr)
        .into_iter()
        .chain(blatt.abschnitt("Beschlussvorschlag"))
        .map(|teil| {
            let von = blatt.alles().versatz(&teil);
            von..von + teil.text().len()
        })
        .collect();
    let titel = blatt.papier.front.titel.as_deref().unwrap_or_default();
    let gemeinden = lage.vorgang.koerperschaften.values();
    let gemeinden = gemeinden.filter(|wer| wer.ist_gemeinde());
    let worte = gemeinden
        .map(|wer| wer.name.as_str())
        .chain(namen::GATTUNGEN);
    for satz in blatt.alles().saetze_mit(worte) {
        let genannte = genannte(lage, &kreis, &satz);
        if genannte.namen.is_empty() || satz.sagt(&NICHT_DABEI) {
            continue;
        }
        let von = blatt.alles().versatz(&satz);
        if woanders.iter().any(|bereich| bereich.contains(&von)) {
            continue;
        }
        let ist_titel =
            (von == 0 || titel.contains(satz.text().trim())) && satz.enthaelt("Vereinbarung*");
        if in_ihr {
            fehlende(lage, beteiligte, &satz, &genannte, protokoll);
        }
        let frueher = kreis.nennt_vorgaenger(&satz);
        // „Im Jahr 2015 wurde … geschlossen“ tells of others.
        if !frueher && satz.sagt(&["wurde", "wurden"]) {
            continue;
        }
        for stelle in &genannte.namen {
            let dabei =
                kreis.nimmt_teil(stelle.text()) || frueher && kreis.war_partei(stelle.text());
            if dabei {
                continue;
            }
            let hier = satz.teilsatz_um(stelle);
            let gemeint = ist_titel
                || genannte.dabei > 1 && satz.sagt(&TEILNAHME)
                || in_ihr && hier.sagt(&TEILNAHME)
                || satz.sagt(&BEITRITT) && satz.enthaelt("Vereinbarung*");
            if gemeint {
                fremd(lage, stelle, protokoll);
            }
        }
    }
}

/// „Anwenderkommunen sind …“ names all of them.
fn fehlende(
    lage: &Lage<'_>,
    beteiligte: &Beteiligte<'_>,
    satz: &Passage<'_>,
    genannte: &Genannte<'_>,
    protokoll: &mut Protokoll<'_>,
) {
    let Some(stelle) = satz.erstes(&["Anwenderkommunen sind", "Anwender sind"]) else {
        return;
    };
    if genannte.dabei < 2 {
        return;
    }
    let fehlen: Vec<&Koerperschaft> = beteiligte
        .anwender
        .iter()
        .filter(|wer| !satz.enthaelt(wer.name.as_str()))
        .collect();
    melde(
        lage,
        Abweichung::Fehlt,
        &stelle,
        &fehlen,
        "unter den Anwenderkommunen",
        protokoll,
    );
}

fn fremd(lage: &Lage<'_>, stelle: &Passage<'_>, protokoll: &mut Protokoll<'_>) {
    let name = stelle.text();
    let wo = "hier unter den Beteiligten";
    match lage
        .vorgang
        .koerperschaften
        .values()
        .find(|wer| heisst(wer, name))
    {
        Some(wer) => melde(lage, Abweichung::Fremd, stelle, &[wer], wo, protokoll),
        None => super::unbekannt(stelle, name, wo, protokoll),
    }
}

/// The municipalities of a sentence.
fn genannte<'b>(lage: &Lage<'_>, kreis: &Kreis<'_, '_>, satz: &Passage<'b>) -> Genannte<'b> {
    let text = satz.text();
    let mut namen = Vec::new();
    if ["Stadt", "Städte", "Gemeinde", "stadt"]
        .iter()
        .any(|wort| text.contains(wort))
    {
        namen = namen::aufgezaehlte(satz);
    }
    let alle = lage.vorgang.koerperschaften.values();
    let bekannte = alle.filter(|wer| wer.ist_gemeinde() && text.contains(wer.name.as_str()));
    if bekannte.count() > 1 {
        let bekannt = |name: &str| {
            let mut alle = lage.vorgang.koerperschaften.values();
            alle.any(|wer| wer.ist_gemeinde() && heisst(wer, name))
        };
        for stelle in namen::unter_bekannten(satz, &bekannt) {
            if !namen
                .iter()
                .any(|da| satz.versatz(da) == satz.versatz(&stelle))
            {
                namen.push(stelle);
            }
        }
    }
    let dabei = namen
        .iter()
        .filter(|name| kreis.nimmt_teil(name.text()))
        .count();
    Genannte { namen, dabei }
}

/// Whether a body is called so: „Fröndenberg“ for „Fröndenberg/Ruhr“ too.
pub(super) fn heisst(wer: &Koerperschaft, name: &str) -> bool {
    let eigener = wer.name.as_str();
    eigener == name || eigener.split([' ', '/']).next() == Some(name)
}

impl Kreis<'_, '_> {
    fn nimmt_teil(&self, name: &str) -> bool {
        let mut alle = self
            .beteiligte
            .parteien
            .iter()
            .chain(self.beteiligte.anwender.iter());
        alle.any(|wer| heisst(wer, name))
    }

    fn war_partei(&self, name: &str) -> bool {
        let mut alle = self
            .vorgaenger
            .iter()
            .flat_map(|(_, parteien)| parteien.iter());
        alle.any(|wer| heisst(wer, name))
    }

    /// Whether a sentence speaks of the predecessor: by its day, or of those who were its parties.
    fn nennt_vorgaenger(&self, satz: &Passage<'_>) -> bool {
        let Some((vorgaenger, _)) = self.vorgaenger else {
            return false;
        };
        satz.enthaelt("Bestandskommune*")
            || vorgaenger
                .geschlossen
                .is_some_and(|geschlossen| satz.tage().any(|(_, tag)| tag == geschlossen))
    }
}
