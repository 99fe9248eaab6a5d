//! Names and days of what happened to an agreement or a paper: each body a party, each day after the one it follows.

use std::collections::BTreeMap;

use super::Pruefung;
use crate::diagnostic::{Befund, Route, Stelle};
use crate::input::Datum;
use crate::model::drucksache::Drucksache;
use crate::model::vereinbarung::{Entgelt, Norm, Vereinbarung};

/// A day with its place and its name in a sentence: „der Eingang“.
struct Tag {
    datum: Datum,
    route: Route,
    name: &'static str,
}

impl Pruefung<'_> {
    pub(super) fn verfahren(&mut self, vereinbarung: &Vereinbarung) {
        self.entgelte(vereinbarung);
        self.mitwirkung(vereinbarung);
        self.unterschriften(vereinbarung);
        self.beteiligte(vereinbarung);
        self.zeitfolge(vereinbarung);
    }

    /// Norms that a paper rests on, and the days of an urgent decision.
    pub(super) fn zustaendigkeit(&mut self, drucksache: &Drucksache) {
        if let Some(zustaendigkeit) = &drucksache.zustaendigkeit {
            let route = drucksache.route.feld("zuständigkeit").feld("norm");
            self.bekanntes_gesetz(&zustaendigkeit.norm, &route);
        }
        if let Some(dringlichkeit) = &drucksache.dringlichkeit {
            let route = drucksache.route.feld("dringlichkeit");
            self.bekanntes_gesetz(&dringlichkeit.norm, &route.feld("norm"));
            let tag = |datum: Option<Datum>, feld, name| {
                datum.map(|datum| Tag {
                    datum,
                    route: route.feld(feld),
                    name,
                })
            };
            let entscheidung = tag(
                dringlichkeit.entscheidung_am,
                "entscheidung_am",
                "die Dringlichkeitsentscheidung",
            );
            let genehmigung = tag(
                dringlichkeit.genehmigung_am,
                "genehmigung_am",
                "ihre Genehmigung",
            );
            self.nicht_vor(genehmigung.as_ref(), entscheidung.as_ref());
        }
    }

    pub(super) fn bekanntes_gesetz(&mut self, norm: &Norm, route: &Route) {
        let gesetze = &self.vorgang.recht.gesetze;
        if !gesetze.contains_key(norm.gesetz.as_str()) {
            self.unbekannt(
                "unbekanntes-gesetz",
                route.feld("gesetz"),
                format!("das Gesetz „{}“ ist nicht bekannt", norm.gesetz),
                norm.gesetz.as_str(),
                gesetze.keys().map(String::as_str),
                "ein bekanntes Gesetz angeben",
            );
        }
    }

    /// What is said of a task's pay agrees with itself and with the cost items.
    fn entgelte(&mut self, vereinbarung: &Vereinbarung) {
        for (schluessel, aufgabe) in &vereinbarung.aufgaben {
            let route = vereinbarung.route_der_aufgabe(schluessel);
            if let Some(norm) = &aufgabe.traeger_norm {
                self.bekanntes_gesetz(norm, &route.feld("träger_norm"));
            }
            if let Some(deckung) = &aufgabe.kostendeckung
                && deckung.anteil.wert().numer() > deckung.anteil.wert().denom()
            {
                self.befunde.push(
                    Befund::fehler(
                        "kostendeckung-ueber-100",
                        Stelle::Route(route.feld("kostendeckung").feld("anteil")),
                        "eine Kostendeckung kann nicht höher sein als die Kosten",
                    )
                    .abhilfe("einen Anteil bis 100 % eintragen"),
                );
            }
            let kosten = self
                .vorgang
                .kosten
                .values()
                // What others invoice is passed on even where the work itself costs nothing.
                .find(|position| position.aufgabe == *schluessel && position.rechnungen.is_none());
            let widerspruch = match aufgabe.entgelt {
                Some(Entgelt::Unentgeltlich) => kosten.map(|position| {
                    (
                        position.route.clone(),
                        "diese Aufgabe ist unentgeltlich, hat aber eine Kostenposition",
                    )
                }),
                Some(_) if aufgabe.unentgeltlich_weil.is_some() => Some((
                    route.feld("unentgeltlich_weil"),
                    "für diese Aufgabe wird gezahlt, und doch steht hier, warum nicht",
                )),
                _ => None,
            };
            if let Some((dazu, text)) = widerspruch {
                self.befunde.push(
                    Befund::fehler(
                        "entgelt-widerspruch",
                        Stelle::Route(route.feld("entgelt")),
                        text,
                    )
                    .abhilfe("eine der beiden Angaben ändern")
                    .dazu(Stelle::Route(dazu), "die andere Angabe"),
                );
            }
        }
    }

    /// A right that is granted has a content, one that is waived has none.
    fn mitwirkung(&mut self, vereinbarung: &Vereinbarung) {
        let Some(mitwirkung) = &vereinbarung.mitwirkung else {
            return;
        };
        let route = vereinbarung.route.feld("mitwirkung");
        let (stelle, text, abhilfe) = match (mitwirkung.gewaehrt, &mitwirkung.inhalt) {
            (true, None) => (
                route.feld("gewährt"),
                "ein Mitwirkungsrecht wird gewährt, aber nicht gesagt, worin es besteht",
                "das Recht unter `inhalt` als Satz der Vereinbarung eintragen",
            ),
            (false, Some(_)) => (
                route.feld("inhalt"),
                "hier steht der Inhalt eines Rechts, auf das verzichtet wird",
                "`gewährt: ja` eintragen oder den Inhalt löschen",
            ),
            _ => return,
        };
        self.befunde.push(
            Befund::fehler("mitwirkung-widerspruch", Stelle::Route(stelle), text).abhilfe(abhilfe),
        );
    }

    fn unterschriften(&mut self, vereinbarung: &Vereinbarung) {
        let mut gesehen = BTreeMap::new();
        for (i, unterschrift) in vereinbarung.unterzeichnet.iter().enumerate() {
            let route = vereinbarung.route.feld("unterzeichnet").index(i);
            let stelle = route.feld("körperschaft");
            self.partei(
                vereinbarung,
                &unterschrift.koerperschaft,
                stelle.clone(),
                "die unterzeichnende Körperschaft",
            );
            if let Some(erste) = gesehen.insert(&unterschrift.koerperschaft, stelle.clone()) {
                self.befunde.push(
                    Befund::fehler(
                        "doppelte-unterschrift",
                        Stelle::Route(stelle),
                        format!(
                            "„{}“ hat hier zweimal unterzeichnet",
                            unterschrift.koerperschaft
                        ),
                    )
                    .abhilfe("einen der beiden Einträge löschen")
                    .dazu(Stelle::Route(erste), "zuerst hier"),
                );
            }
            for (j, amt) in unterschrift.aemter.iter().enumerate() {
                self.bekanntes_amt(amt, route.feld("ämter").index(j));
            }
        }
    }

    fn beteiligte(&mut self, vereinbarung: &Vereinbarung) {
        for (i, unterrichtung) in vereinbarung.unterrichtung_kreis.iter().enumerate() {
            let route = vereinbarung
                .route
                .feld("unterrichtung_kreis")
                .index(i)
                .feld("körperschaft");
            self.partei(
                vereinbarung,
                &unterrichtung.koerperschaft,
                route,
                "die unterrichtende Körperschaft",
            );
        }
        for (i, ausscheiden) in vereinbarung.ausscheiden.iter().enumerate() {
            let route = vereinbarung.route.feld("ausscheiden").index(i);
            self.partei(
                vereinbarung,
                &ausscheiden.koerperschaft,
                route.feld("körperschaft"),
                "die ausscheidende Körperschaft",
            );
            let zum = Tag {
                datum: ausscheiden.zum,
                route: route.feld("zum"),
                name: "das Ausscheiden",
            };
            let kuendigung = ausscheiden.kuendigung_vom.map(|datum| Tag {
                datum,
                route: route.feld("kündigung_vom"),
                name: "die Kündigung",
            });
            self.nicht_vor(Some(&zum), kuendigung.as_ref());
        }
    }

    /// Signatures, receipt, objection, hearing, approval and publication follow each other; equal days are allowed.
    fn zeitfolge(&mut self, vereinbarung: &Vereinbarung) {
        let wurzel = &vereinbarung.route;
        let tag = |datum: Option<Datum>, wege: &[&str], name| {
            let route = wege
                .iter()
                .fold(wurzel.clone(), |route, feld| route.feld(feld));
            datum.map(|datum| Tag { datum, route, name })
        };
        let unterschrift = vereinbarung
            .unterzeichnet
            .iter()
            .enumerate()
            .max_by_key(|(_, unterschrift)| unterschrift.am)
            .map(|(i, unterschrift)| Tag {
                datum: unterschrift.am,
                route: wurzel.feld("unterzeichnet").index(i).feld("am"),
                name: "die letzte Unterschrift",
            });
        let geschlossen = tag(vereinbarung.geschlossen, &["geschlossen"], "der Abschluss");
        let eingang = tag(vereinbarung.eingang, &["eingang"], "der Eingang");
        let genehmigung = tag(
            vereinbarung.genehmigung.as_ref().map(|g| g.vom),
            &["genehmigung", "vom"],
            "die Genehmigung",
        );
        let veroeffentlichung = tag(
            vereinbarung.veroeffentlichung.as_ref().map(|v| v.am),
            &["veröffentlichung", "am"],
            "die Veröffentlichung",
        );
        self.nicht_vor(geschlossen.as_ref(), unterschrift.as_ref());
        let abschluss = geschlossen.or(unterschrift);
        self.nicht_vor(eingang.as_ref(), abschluss.as_ref());
        let vorher = eingang.as_ref().or(abschluss.as_ref());
        self.nicht_vor(genehmigung.as_ref(), vorher);
        self.nicht_vor(veroeffentlichung.as_ref(), genehmigung.as_ref().or(vorher));
        if let Some(einwendung) = &vereinbarung.einwendung {
            let am = tag(Some(einwendung.am), &["einwendung", "am"], "die Einwendung");
            let anberaumt = tag(
                einwendung.eroerterung_anberaumt_am,
                &["einwendung", "erörterung_anberaumt_am"],
                "die Anberaumung",
            );
            let termin = tag(
                einwendung.eroerterungstermin,
                &["einwendung", "erörterungstermin"],
                "die Erörterung",
            );
            self.nicht_vor(am.as_ref(), eingang.as_ref());
            self.nicht_vor(anberaumt.as_ref(), am.as_ref());
            self.nicht_vor(termin.as_ref(), anberaumt.as_ref().or(am.as_ref()));
            if eingang.is_none() {
                self.befunde.push(
                    Befund::fehler(
                        "einwendung-ohne-eingang",
                        Stelle::Route(wurzel.feld("einwendung")),
                        "die Behörde hat etwas eingewendet, aber der Tag des Eingangs fehlt",
                    )
                    .abhilfe("den Tag unter `eingang` eintragen; die Fristen laufen von ihm an"),
                );
            }
        }
    }

    /// A finding where the later day lies before the earlier one.
    fn nicht_vor(&mut self, spaeter: Option<&Tag>, frueher: Option<&Tag>) {
        let (Some(spaeter), Some(frueher)) = (spaeter, frueher) else {
            return;
        };
        if spaeter.datum < frueher.datum {
            self.befunde.push(
                Befund::fehler(
                    "falsche-zeitfolge",
                    Stelle::Route(spaeter.route.clone()),
                    format!(
                        "{} am {} kann nicht vor dem {} liegen: da war {}",
                        spaeter.name, spaeter.datum, frueher.datum, frueher.name
                    ),
                )
                .abhilfe("die beiden Daten prüfen")
                .dazu(Stelle::Route(frueher.route.clone()), frueher.name),
            );
        }
    }
}
