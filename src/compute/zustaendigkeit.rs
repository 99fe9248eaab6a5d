//! Which authority approves an agreement, and where it publishes (§ 29 Abs. 4 GkG NRW).
//!
//! A Kreis, a kreisfreie Stadt or a municipality of another Land takes part → Bezirksregierung of the seat of the body that performs the task; else the
//! Landrat as untere staatliche Verwaltungsbehörde. Where that leaves a choice, nothing is chosen.

use std::collections::BTreeSet;

use super::Menge;
use crate::diagnostic::Route;
use crate::model::koerperschaft::Koerperschaft;
use crate::model::{Text, Vereinbarung, Vorgang};

/// What an AGS of the Land begins with.
const NRW: &str = "05";

/// The authority of an agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Zustaendigkeit {
    /// It follows from the parties and their seats, or was typed with a reason.
    Klar(Behoerde),
    /// It does not follow; why, as a German sentence without a full stop.
    Unklar(String),
    /// What it follows from is not in the base data.
    Unbekannt(Fehlt),
}

/// What the base data must say before the authority follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fehlt {
    /// The entry in which it is missing.
    pub stelle: Route,
    /// Whose entry that is: „Kreis Unna“.
    pub koerperschaft: String,
    /// The key that is missing: `regierungsbezirk`.
    pub feld: &'static str,
}

impl Fehlt {
    fn bei(koerperschaft: &Koerperschaft, feld: &'static str) -> Zustaendigkeit {
        Zustaendigkeit::Unbekannt(Self {
            stelle: koerperschaft.route.clone(),
            koerperschaft: koerperschaft.amtsform(),
            feld,
        })
    }

    /// A German sentence without a full stop.
    pub fn worte(&self) -> String {
        let Self {
            koerperschaft,
            feld,
            ..
        } = self;
        format!("in den Stammdaten fehlt die Angabe `{feld}` zu „{koerperschaft}“")
    }
}

/// An authority with its forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behoerde {
    /// „die Bezirksregierung Arnsberg“.
    pub nominativ: String,
    /// „der Bezirksregierung Arnsberg“.
    pub genitiv: String,
    /// „der Bezirksregierung Arnsberg“.
    pub dativ: String,
    /// „die Bezirksregierung Arnsberg“.
    pub akkusativ: String,
    /// Its gazette, after „im“: „Amtsblatt für den Regierungsbezirk Arnsberg“.
    pub amtsblatt: String,
    /// Lines of its address, where the base data have them.
    pub anschrift: Vec<String>,
}

/// The authority of an agreement with these parties.
pub(super) fn zustaendigkeit(
    vorgang: &Vorgang,
    vereinbarung: &Vereinbarung,
    parteien: &Menge<'_>,
) -> Zustaendigkeit {
    match &vereinbarung.aufsicht {
        Some(aufsicht) => Zustaendigkeit::Klar(Behoerde {
            nominativ: aufsicht.nominativ.to_string(),
            genitiv: aufsicht.genitiv.to_string(),
            dativ: aufsicht.dativ.to_string(),
            akkusativ: aufsicht.akkusativ.to_string(),
            amtsblatt: aufsicht.amtsblatt.to_string(),
            anschrift: if aufsicht.anschrift.is_empty() {
                anschrift(vorgang, aufsicht.nominativ.as_str())
            } else {
                aufsicht.anschrift.iter().map(Text::to_string).collect()
            },
        }),
        None => berechnet(vorgang, vereinbarung, parteien),
    }
}

/// The authority as § 29 Abs. 4 GkG NRW has it, whatever was typed.
pub fn berechnet(
    vorgang: &Vorgang,
    vereinbarung: &Vereinbarung,
    parteien: &Menge<'_>,
) -> Zustaendigkeit {
    let obere = parteien
        .iter()
        .any(|partei| !partei.ist_gemeinde() || partei.ist_kreisfrei() || liegt_ausserhalb(partei));
    if !obere {
        return untere(vorgang, vereinbarung, parteien);
    }
    let ausfuehrende: Vec<_> = vereinbarung
        .aufgaben
        .values()
        .filter_map(|aufgabe| vorgang.koerperschaften.get(&aufgabe.anbieter))
        .collect();
    let sitze = if ausfuehrende.is_empty() {
        parteien.iter().collect()
    } else {
        ausfuehrende
    };
    bezirksregierung(vorgang, &sitze)
}

/// Whether a body lies in another Land, as far as its AGS says so.
fn liegt_ausserhalb(koerperschaft: &Koerperschaft) -> bool {
    let ags = koerperschaft.ags.as_ref();
    ags.is_some_and(|ags| !ags.as_str().starts_with(NRW))
}

fn bezirksregierung(vorgang: &Vorgang, sitze: &[&Koerperschaft]) -> Zustaendigkeit {
    let mut bezirke = BTreeSet::new();
    for koerperschaft in sitze {
        match bezirk(vorgang, koerperschaft) {
            Some(bezirk) => bezirke.insert(bezirk),
            // A Kreis has it for all its municipalities.
            None => {
                let kreis = kreis(vorgang, koerperschaft).unwrap_or(koerperschaft);
                return Fehlt::bei(kreis, "regierungsbezirk");
            }
        };
    }
    let bezirke: Vec<_> = bezirke.into_iter().collect();
    match bezirke.as_slice() {
        [bezirk] => Zustaendigkeit::Klar(Behoerde {
            nominativ: format!("die Bezirksregierung {bezirk}"),
            genitiv: format!("der Bezirksregierung {bezirk}"),
            dativ: format!("der Bezirksregierung {bezirk}"),
            akkusativ: format!("die Bezirksregierung {bezirk}"),
            amtsblatt: format!("Amtsblatt für den Regierungsbezirk {bezirk}"),
            anschrift: anschrift(vorgang, &format!("die Bezirksregierung {bezirk}")),
        }),
        _ => Zustaendigkeit::Unklar(format!(
            "die ausführenden Parteien haben ihren Sitz in mehreren Regierungsbezirken: {}",
            bezirke.join(", ")
        )),
    }
}

/// The address of an authority as the base data have it, under its name without the article.
fn anschrift(vorgang: &Vorgang, nominativ: &str) -> Vec<String> {
    let name = nominativ
        .split_once(' ')
        .filter(|(artikel, _)| matches!(*artikel, "der" | "die" | "das"))
        .map_or(nominativ, |(_, name)| name);
    let behoerde = vorgang.behoerden.get(name);
    behoerde
        .iter()
        .flat_map(|behoerde| behoerde.anschrift.iter().map(Text::to_string))
        .collect()
}

/// The Regierungsbezirk of a body: its own entry, else that of its Kreis.
fn bezirk<'a>(vorgang: &'a Vorgang, koerperschaft: &'a Koerperschaft) -> Option<&'a str> {
    std::iter::once(koerperschaft)
        .chain(kreis(vorgang, koerperschaft))
        .find_map(|k| k.regierungsbezirk.as_ref())
        .map(Text::as_str)
}

/// The Kreis in which a body lies, if the base data have it.
fn kreis<'a>(vorgang: &'a Vorgang, koerperschaft: &Koerperschaft) -> Option<&'a Koerperschaft> {
    let kreis = koerperschaft.kreis.as_ref()?;
    vorgang.koerperschaften.get(kreis)
}

fn untere(vorgang: &Vorgang, vereinbarung: &Vereinbarung, parteien: &Menge<'_>) -> Zustaendigkeit {
    let mut kreise = BTreeSet::new();
    for partei in parteien.iter() {
        match &partei.kreis {
            Some(kreis) => kreise.insert(kreis),
            None => return Fehlt::bei(partei, "kreis"),
        };
    }
    let mut kreise = kreise.into_iter();
    let (Some(kreis), None) = (kreise.next(), kreise.next()) else {
        return Zustaendigkeit::Unklar(
            "die Parteien liegen in mehreren Kreisen, ein Kreis ist nicht beteiligt".to_owned(),
        );
    };
    let Some(kreis) = vorgang.koerperschaften.get(kreis) else {
        return Zustaendigkeit::Unklar("der Kreis steht nicht in den Stammdaten".to_owned());
    };
    let [nominativ, genitiv, dativ, akkusativ] = landratsamt(vorgang, vereinbarung, kreis);
    let anschrift = kreis.anschrift.iter().map(ToString::to_string).collect();
    let kreis = format!("des Kreises {}", kreis.name);
    Zustaendigkeit::Klar(Behoerde {
        nominativ: format!("{nominativ} {kreis} als untere staatliche Verwaltungsbehörde"),
        genitiv: format!("{genitiv} {kreis} als unterer staatlicher Verwaltungsbehörde"),
        dativ: format!("{dativ} {kreis} als unterer staatlicher Verwaltungsbehörde"),
        akkusativ: format!("{akkusativ} {kreis} als untere staatliche Verwaltungsbehörde"),
        amtsblatt: format!("Veröffentlichungsblatt {kreis}"),
        anschrift,
    })
}

/// The office that represents the Kreis, in the four cases: as the base data name it in all of them, else as the
/// institution, since the law means the office and not who holds it.
fn landratsamt(
    vorgang: &Vorgang,
    vereinbarung: &Vereinbarung,
    kreis: &Koerperschaft,
) -> [String; 4] {
    let amt = kreis
        .vertretung_zu(vorgang.rechtsstand(vereinbarung))
        .and_then(|vertretung| vorgang.aemter.get(&vertretung.amt));
    let formen = amt.and_then(|amt| {
        Some([
            amt.nominativ.to_string(),
            amt.genitiv.as_ref()?.to_string(),
            amt.dativ.as_ref()?.to_string(),
            amt.akkusativ.as_ref()?.to_string(),
        ])
    });
    formen.unwrap_or_else(|| {
        [
            "die Landrätin oder der Landrat",
            "der Landrätin oder des Landrats",
            "der Landrätin oder dem Landrat",
            "die Landrätin oder den Landrat",
        ]
        .map(str::to_owned)
    })
}
