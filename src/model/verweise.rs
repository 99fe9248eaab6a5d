//! Names that one section uses of another: each must exist, each interval must begin before it ends.

use std::collections::BTreeMap;

use super::drucksache::Drucksache;
use super::koerperschaft::{Kasus, Koerperschaft, Schluessel};
use super::namen;
use super::vereinbarung::Vereinbarung;
use super::vorgang::Vorgang;
use crate::diagnostic::{Befund, Route, Stelle};
use crate::input::suggest;

mod drucksachen;
mod kosten;
mod vereinbarungen;
mod verfahren;

/// All names that lead nowhere and all values that contradict another section.
pub(super) fn pruefe(vorgang: &Vorgang) -> Vec<Befund> {
    let mut pruefung = Pruefung {
        vorgang,
        befunde: Vec::new(),
    };
    pruefung.kopf();
    for koerperschaft in vorgang.koerperschaften.values() {
        pruefung.koerperschaft(koerperschaft);
    }
    for vereinbarung in vorgang.vereinbarungen.values() {
        pruefung.vereinbarung(vereinbarung);
    }
    pruefung.nutzung();
    pruefung.ueberschneidungen();
    pruefung.kosten();
    for drucksache in &vorgang.drucksachen {
        pruefung.drucksache(drucksache);
    }
    pruefung.nummern();
    pruefung.inhalt();
    pruefung.befunde
}

/// Findings on base data that only the papers need: the facts are sound without them.
const NUR_FUER_PAPIERE: [&str; 4] = [
    "vertretung-fehlt",
    "rechtsstand-fehlt",
    "kasus-fehlt",
    "amtsform-ohne-beugung",
];

/// Whether a finding keeps papers from being made and nothing else: figures can be computed, and rules that read no paper
/// can look.
pub(crate) fn haelt_nur_papiere_auf(befund: &Befund) -> bool {
    NUR_FUER_PAPIERE.contains(&befund.regel)
}

/// Whether the rules can look at papers with a stand-in for what a finding misses: an office.
pub(crate) fn ist_ersetzbar(befund: &Befund) -> bool {
    befund.regel == "vertretung-fehlt"
}

struct Pruefung<'a> {
    vorgang: &'a Vorgang,
    befunde: Vec<Befund>,
}

impl Pruefung<'_> {
    fn kopf(&mut self) {
        if let Some(schluessel) = &self.vorgang.kopf.federfuehrend {
            self.bekannte_koerperschaft(schluessel, self.vorgang.kopf.route.feld("federführend"));
        }
    }

    fn koerperschaft(&mut self, koerperschaft: &Koerperschaft) {
        if !self.vorgang.gattungen.contains_key(&koerperschaft.gattung) {
            self.unbekannt(
                "unbekannte-gattung",
                koerperschaft.route.feld("gattung"),
                format!(
                    "die Gattung „{}“ ist nicht beschrieben",
                    koerperschaft.gattung
                ),
                &koerperschaft.gattung,
                self.vorgang.gattungen.keys().map(String::as_str),
                "die Gattung mit ihren Beugungsformen in den Stammdaten unter `gattungen:` eintragen",
            );
        }
        if let Some(kreis) = &koerperschaft.kreis {
            self.bekannte_koerperschaft(kreis, koerperschaft.route.feld("kreis"));
        }
        self.einwohner(koerperschaft);
        for (i, vertretung) in koerperschaft.vertretung.iter().enumerate() {
            let route = koerperschaft.route.feld("vertretung").index(i);
            self.bekanntes_amt(&vertretung.amt, route.feld("amt"));
            for (j, amt) in vertretung.weitere_unterschriften.iter().enumerate() {
                self.bekanntes_amt(amt, route.feld("weitere_unterschriften").index(j));
            }
        }
    }

    fn vereinbarung(&mut self, vereinbarung: &Vereinbarung) {
        let mut gesehen = BTreeMap::new();
        for (i, partei) in vereinbarung.parteien.iter().enumerate() {
            let route = vereinbarung.route.feld("parteien").index(i);
            if let Some(erste) = gesehen.insert(partei, route.clone()) {
                self.befunde.push(
                    Befund::fehler(
                        "doppelte-partei",
                        Stelle::Route(route.clone()),
                        format!("„{partei}“ ist zweimal Partei"),
                    )
                    .abhilfe("einen der beiden Einträge löschen")
                    .dazu(Stelle::Route(erste), "zuerst hier"),
                );
            }
            self.bekannte_koerperschaft(partei, route);
        }
        if let Some(ersetzt) = &vereinbarung.ersetzt {
            let andere = self.vorgang.vereinbarungen.keys();
            let andere = andere.filter(|andere| **andere != vereinbarung.schluessel);
            if !self.vorgang.vereinbarungen.contains_key(ersetzt) {
                self.unbekannt(
                    "unbekannte-vereinbarung",
                    vereinbarung.route.feld("ersetzt"),
                    format!("eine Vereinbarung „{ersetzt}“ gibt es im Vorgang nicht"),
                    ersetzt.as_str(),
                    andere.map(Schluessel::as_str),
                    "die frühere Vereinbarung unter `vereinbarungen:` eintragen",
                );
            }
            if *ersetzt == vereinbarung.schluessel {
                self.befunde.push(
                    Befund::fehler(
                        "ersetzt-sich-selbst",
                        Stelle::Route(vereinbarung.route.feld("ersetzt")),
                        "eine Vereinbarung kann sich nicht selbst ersetzen",
                    )
                    .abhilfe("den Schlüssel der früheren Vereinbarung eintragen"),
                );
            }
        }
        self.reihenfolge(vereinbarung);
        for (schluessel, aufgabe) in &vereinbarung.aufgaben {
            let route = vereinbarung.route_der_aufgabe(schluessel);
            self.bekannte_koerperschaft(&aufgabe.anbieter, route.feld("anbieter"));
        }
        self.verfahren(vereinbarung);
        self.abschlaege(vereinbarung);
        self.klauseln(vereinbarung);
    }

    /// What replaces an agreement cannot be older than it.
    fn reihenfolge(&mut self, vereinbarung: &Vereinbarung) {
        let vorgaenger = vereinbarung
            .ersetzt
            .as_ref()
            .and_then(|schluessel| self.vorgang.vereinbarungen.get(schluessel));
        if let Some(vorgaenger) = vorgaenger
            && let (Some(neu), Some(alt)) = (vereinbarung.geschlossen, vorgaenger.geschlossen)
            && neu < alt
        {
            self.befunde.push(
                Befund::fehler(
                    "ersetzt-spaetere",
                    Stelle::Route(vereinbarung.route.feld("geschlossen")),
                    format!("am {neu} gab es die Vereinbarung noch nicht, die diese ersetzt: sie ist vom {alt}"),
                )
                .abhilfe("die beiden Daten prüfen")
                .dazu(Stelle::Route(vorgaenger.route.feld("geschlossen")), "die ersetzte Vereinbarung"),
            );
        }
    }

    fn nutzung(&mut self) {
        for eintrag in &self.vorgang.nutzung {
            self.bekannte_koerperschaft(&eintrag.anwender, eintrag.route.feld("anwender"));
            if let Some(bis) = eintrag.bis.filter(|bis| *bis < eintrag.von) {
                self.befunde.push(
                    Befund::fehler(
                        "ende-vor-beginn",
                        Stelle::Route(eintrag.route.feld("bis")),
                        format!(
                            "die Nutzung endet am {bis}, bevor sie am {} beginnt",
                            eintrag.von
                        ),
                    )
                    .abhilfe("„von“ und „bis“ vertauschen oder das Jahr prüfen"),
                );
            }
        }
    }

    fn drucksache(&mut self, drucksache: &Drucksache) {
        if let Some(schluessel) = &drucksache.koerperschaft {
            self.bekannte_koerperschaft(schluessel, drucksache.route.feld("körperschaft"));
        }
        if let Some(schluessel) = &drucksache.vereinbarung {
            self.bekannte_vereinbarung(schluessel, drucksache.route.feld("vereinbarung"));
        }
        self.bezug(drucksache);
        self.zustaendigkeit(drucksache);
        self.prosa(drucksache);
        self.anlagen(drucksache);
        if let Some(koerperschaft) = self.vorgang.koerperschaft_von(drucksache) {
            self.gremien(drucksache, koerperschaft);
        }
        if drucksache.datum.is_some() && drucksache.gremium.is_none() {
            self.befunde.push(
                Befund::fehler(
                    "datum-ohne-gremium",
                    Stelle::Route(drucksache.route.feld("datum")),
                    "hier steht der Tag einer Sitzung, aber kein `gremium`",
                )
                .abhilfe(
                    "`gremium` ergänzen, oder den Tag als `sitzungsdatum` in die Beratungsfolge schreiben; \
                     das Datum der Vorlage selbst heißt `vorlage_vom`",
                ),
            );
        }
        if drucksache.gremium.is_some() && !drucksache.beratungsfolge.is_empty() {
            self.befunde.push(
                Befund::fehler(
                    "gremium-und-beratungsfolge",
                    Stelle::Route(drucksache.route.feld("gremium")),
                    "hier stehen `gremium` und `beratungsfolge` zugleich",
                )
                .abhilfe("nur eines von beiden angeben")
                .dazu(
                    Stelle::Route(drucksache.route.feld("beratungsfolge")),
                    "die Beratungsfolge",
                ),
            );
        }
    }

    fn gremien(&mut self, drucksache: &Drucksache, koerperschaft: &Koerperschaft) {
        if koerperschaft.gremien.is_empty() {
            return;
        }
        let bekannt = |name: &str| {
            koerperschaft
                .gremien
                .iter()
                .any(|g| g.name.as_str() == name)
        };
        let namen = || koerperschaft.gremien.iter().map(|g| g.name.as_str());
        for (i, beratung) in drucksache.beratungsfolge.iter().enumerate() {
            if !bekannt(beratung.gremium.as_str()) {
                self.unbekannt(
                    "unbekanntes-gremium",
                    drucksache
                        .route
                        .feld("beratungsfolge")
                        .index(i)
                        .feld("gremium"),
                    format!(
                        "{} hat kein Gremium „{}“",
                        self.name(koerperschaft),
                        beratung.gremium
                    ),
                    beratung.gremium.as_str(),
                    namen(),
                    "das Gremium in den Stammdaten eintragen",
                );
            }
        }
        if let Some(gremium) = drucksache.gremium.as_ref().filter(|g| !bekannt(g.as_str())) {
            self.unbekannt(
                "unbekanntes-gremium",
                drucksache.route.feld("gremium"),
                format!("{} hat kein Gremium „{gremium}“", self.name(koerperschaft)),
                gremium.as_str(),
                namen(),
                "das Gremium in den Stammdaten eintragen",
            );
        }
    }

    /// A body as sentences begin with it: „die Stadt Lünen“.
    fn name(&self, koerperschaft: &Koerperschaft) -> String {
        namen::koerperschaft(self.vorgang, koerperschaft, Kasus::Nominativ)
    }

    /// A matter without a paper or an agreement says nothing.
    fn inhalt(&mut self) {
        if let Some(datei) = &self.vorgang.leer_in {
            self.befunde.push(
                Befund::fehler(
                    "kein-papier",
                    Stelle::Pfad(datei.clone()),
                    "in diesem Vorgang steht weder eine Drucksache noch eine Vereinbarung",
                )
                .abhilfe("den Abschnitt `drucksache:` ergänzen; `drucksache new ORDNER` zeigt ein Beispiel"),
            );
        }
    }

    /// Two papers of one number would be one file.
    fn nummern(&mut self) {
        let mut gesehen = BTreeMap::new();
        for drucksache in &self.vorgang.drucksachen {
            let route = drucksache.route.feld("nummer");
            if let Some(erste) =
                gesehen.insert(drucksache.nummer.dateiname().to_lowercase(), route.clone())
            {
                self.befunde.push(
                    Befund::fehler(
                        "doppelte-nummer",
                        Stelle::Route(route),
                        format!(
                            "die Nummer {} ergibt denselben Dateinamen wie eine andere",
                            drucksache.nummer
                        ),
                    )
                    .abhilfe("jeder Drucksache ihre eigene Nummer geben")
                    .dazu(Stelle::Route(erste), "die andere steht hier"),
                );
            }
        }
    }

    fn bekannte_koerperschaft(&mut self, schluessel: &Schluessel, route: Route) {
        if !self.vorgang.koerperschaften.contains_key(schluessel) {
            self.unbekannt(
                "unbekannte-koerperschaft",
                route,
                format!("die Körperschaft „{schluessel}“ steht nicht in den Stammdaten"),
                schluessel.as_str(),
                self.vorgang.koerperschaften.keys().map(Schluessel::as_str),
                "die Körperschaft in den Stammdaten eintragen",
            );
        }
    }

    fn bekannte_vereinbarung(&mut self, schluessel: &Schluessel, route: Route) {
        if !self.vorgang.vereinbarungen.contains_key(schluessel) {
            self.unbekannt(
                "unbekannte-vereinbarung",
                route,
                format!("eine Vereinbarung „{schluessel}“ gibt es im Vorgang nicht"),
                schluessel.as_str(),
                self.vorgang.vereinbarungen.keys().map(Schluessel::as_str),
                "die Vereinbarung unter `vereinbarungen:` eintragen; eine andere Anlage als { titel: … } angeben",
            );
        }
    }

    fn unbekannt<'n>(
        &mut self,
        regel: &'static str,
        route: Route,
        text: String,
        name: &str,
        bekannte: impl Iterator<Item = &'n str>,
        abhilfe: &str,
    ) {
        let abhilfe = match suggest::nearest(name, bekannte) {
            Some(aehnlich) => format!("meinten Sie „{aehnlich}“? Sonst {abhilfe}"),
            None => abhilfe.to_owned(),
        };
        self.befunde
            .push(Befund::fehler(regel, Stelle::Route(route), text).abhilfe(abhilfe));
    }
}
