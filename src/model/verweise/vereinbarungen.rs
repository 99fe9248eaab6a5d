//! Names and values in the clauses of an agreement, and what its paper needs of the base data.

use std::collections::BTreeMap;

use super::Pruefung;
use crate::diagnostic::{Befund, Route, Stelle};
use crate::input::Datum;
use crate::model::koerperschaft::{Kasus, Koerperschaft, Schluessel};
use crate::model::namen;
use crate::model::vereinbarung::{Aufgabenart, Status, Vereinbarung};

impl Pruefung<'_> {
    pub(super) fn klauseln(&mut self, vereinbarung: &Vereinbarung) {
        self.aufgaben(vereinbarung);
        self.namen(vereinbarung);
        self.tage(vereinbarung);
        if vereinbarung.wird_geschrieben() && self.befunde.is_empty() {
            self.stammdaten(vereinbarung);
        }
    }

    pub(super) fn bekanntes_amt(&mut self, schluessel: &Schluessel, route: Route) {
        if !self.vorgang.aemter.contains_key(schluessel) {
            self.unbekannt(
                "unbekanntes-amt",
                route,
                format!("das Amt „{schluessel}“ steht nicht in den Stammdaten"),
                schluessel.as_str(),
                self.vorgang.aemter.keys().map(Schluessel::as_str),
                "das Amt in den Stammdaten unter `ämter:` eintragen",
            );
        }
    }

    fn aufgaben(&mut self, vereinbarung: &Vereinbarung) {
        for (schluessel, aufgabe) in &vereinbarung.aufgaben {
            let route = vereinbarung.route_der_aufgabe(schluessel);
            self.partei(
                vereinbarung,
                &aufgabe.anbieter,
                route.feld("anbieter"),
                "der Anbieter",
            );
            let mut gesehen = BTreeMap::new();
            for (i, empfaenger) in aufgabe.empfaenger.iter().enumerate() {
                let stelle = route.feld("empfänger").index(i);
                self.partei(vereinbarung, empfaenger, stelle.clone(), "der Empfänger");
                if let Some(erste) = gesehen.insert(empfaenger, stelle.clone()) {
                    self.befunde.push(
                        Befund::fehler(
                            "doppelter-empfaenger",
                            Stelle::Route(stelle),
                            format!("„{empfaenger}“ ist zweimal Empfänger"),
                        )
                        .abhilfe("einen der beiden Einträge löschen")
                        .dazu(Stelle::Route(erste), "zuerst hier"),
                    );
                }
            }
            if vereinbarung.wird_geschrieben() && aufgabe.leistungen.is_empty() {
                self.befunde.push(
                    Befund::fehler(
                        "aufgabe-ohne-leistungen",
                        Stelle::Route(route.clone()),
                        format!(
                            "die Aufgabe „{}“ nennt keine Leistungen",
                            aufgabe.bezeichnung
                        ),
                    )
                    .abhilfe("unter `leistungen` einzeln aufzählen, was zur Aufgabe gehört"),
                );
            }
            if aufgabe.art == Aufgabenart::Mandatierend && aufgabe.uebergang.is_some() {
                self.befunde.push(
                    Befund::fehler(
                        "uebergang-ohne-delegation",
                        Stelle::Route(route.feld("übergang")),
                        "nur eine delegierte Aufgabe geht über",
                    )
                    .abhilfe("`art: delegierend` eintragen oder den Übergang löschen"),
                );
            }
        }
    }

    /// A body that must be a party.
    pub(super) fn partei(
        &mut self,
        vereinbarung: &Vereinbarung,
        schluessel: &Schluessel,
        route: Route,
        rolle: &str,
    ) {
        if !self.vorgang.koerperschaften.contains_key(schluessel) {
            // For a provider the unknown name is already a finding.
            if rolle != "der Anbieter" {
                self.bekannte_koerperschaft(schluessel, route);
            }
            return;
        }
        if !self.vorgang.ist_partei(vereinbarung, schluessel) {
            self.befunde.push(
                Befund::fehler(
                    "keine-partei",
                    Stelle::Route(route),
                    format!("{rolle} „{schluessel}“ ist keine Partei dieser Vereinbarung"),
                )
                .abhilfe("eine Partei nennen oder die Körperschaft unter `parteien` aufnehmen")
                .dazu(
                    Stelle::Route(vereinbarung.route.feld("parteien")),
                    "die Parteien",
                ),
            );
        }
    }

    fn namen(&mut self, vereinbarung: &Vereinbarung) {
        let route = &vereinbarung.route;
        if let Some(kuendigung) = &vereinbarung.kuendigung
            && kuendigung.ohne_gruende
            && !kuendigung.voraussetzungen.is_empty()
        {
            let route = route.feld("kündigung");
            self.befunde.push(
                Befund::fehler(
                    "kuendigung-widerspruechlich",
                    Stelle::Route(route.feld("ohne_gründe")),
                    "ohne Gründe und nur unter Voraussetzungen kann nicht zugleich gekündigt werden",
                )
                .abhilfe("`ohne_gründe` oder die `voraussetzungen` löschen")
                .dazu(
                    Stelle::Route(route.feld("voraussetzungen")),
                    "die Voraussetzungen",
                ),
            );
        }
        if let Some(kreis) = &vereinbarung.lenkungskreis {
            let route = route.feld("lenkungskreis").feld("vorsitz");
            self.partei(vereinbarung, &kreis.vorsitz, route, "der Vorsitz");
        }
        for (i, beschluss) in vereinbarung.beschluesse.iter().enumerate() {
            let route = route.feld("beschlüsse").index(i).feld("körperschaft");
            self.partei(
                vereinbarung,
                &beschluss.koerperschaft,
                route,
                "die beschließende Körperschaft",
            );
        }
        if let Some(norm) = &vereinbarung.traeger_norm {
            self.bekanntes_gesetz(norm, &route.feld("träger_norm"));
        }
    }

    fn tage(&mut self, vereinbarung: &Vereinbarung) {
        let route = &vereinbarung.route;
        if vereinbarung.status >= Status::Unterzeichnet && vereinbarung.geschlossen.is_none() {
            self.befunde.push(
                Befund::fehler(
                    "unterzeichnet-ohne-datum",
                    Stelle::Route(route.feld("status")),
                    "die Vereinbarung ist unterzeichnet, aber der Tag der letzten Unterschrift fehlt",
                )
                .abhilfe("den Tag unter `geschlossen` eintragen"),
            );
        }
        if let Some((ende, beginn)) = vereinbarung.ende.zip(vereinbarung.beginn())
            && ende < beginn
        {
            self.befunde.push(
                Befund::fehler(
                    "ende-vor-beginn",
                    Stelle::Route(route.feld("ende")),
                    format!("die Vereinbarung endet am {ende}, bevor sie am {beginn} beginnt"),
                )
                .abhilfe("das Jahr prüfen"),
            );
        }
    }

    /// What the paper needs of each party: a form of its name for the rubrum, an office, the case „vertreten durch …“.
    fn stammdaten(&mut self, vereinbarung: &Vereinbarung) {
        let tag = self.vorgang.rechtsstand(vereinbarung);
        if tag.is_none() {
            self.tag_der_aemter(vereinbarung);
        }
        for koerperschaft in self.vorgang.koerperschaften.values() {
            if self
                .vorgang
                .ist_partei(vereinbarung, &koerperschaft.schluessel)
            {
                self.amtsform(koerperschaft);
                self.amt(koerperschaft, tag);
            }
        }
    }

    /// Without a day the law is cited without its state, and who has one office for all days has it; whose office changes
    /// cannot be named.
    fn tag_der_aemter(&mut self, vereinbarung: &Vereinbarung) {
        let wechselt = self.vorgang.koerperschaften.values().find(|koerperschaft| {
            self.vorgang
                .ist_partei(vereinbarung, &koerperschaft.schluessel)
                && !koerperschaft.vertretung.is_empty()
                && koerperschaft.vertretung_zu(None).is_none()
        });
        if let Some(koerperschaft) = wechselt.filter(|_| vereinbarung.wird_geschrieben()) {
            self.befunde.push(
                Befund::fehler(
                    "rechtsstand-fehlt",
                    Stelle::Route(vereinbarung.route.clone()),
                    format!(
                        "es ist kein Tag bekannt, für den die Vereinbarung die Ämter nennen kann; wer „{}“ vertritt, hängt vom Tag ab",
                        koerperschaft.amtsform()
                    ),
                )
                .abhilfe("`rechtsstand` eintragen oder einer Drucksache zu dieser Vereinbarung ein Sitzungsdatum geben")
                .dazu(Stelle::Route(koerperschaft.route.feld("vertretung")), "vertreten nach Tagen"),
            );
        }
    }

    fn amtsform(&mut self, koerperschaft: &Koerperschaft) {
        let gattung = koerperschaft.amtsgattung();
        if !self.vorgang.gattungen.contains_key(&gattung) {
            self.unbekannt(
                "amtsform-ohne-beugung",
                koerperschaft.route.feld("amtsform"),
                format!(
                    "für das Rubrum fehlen die Beugungsformen von „{}“",
                    koerperschaft.amtsform()
                ),
                &gattung,
                self.vorgang.gattungen.keys().map(String::as_str),
                "die Gattung der Amtsform in den Stammdaten unter `gattungen:` eintragen",
            );
        }
    }

    /// What to write where an office is missing: that which bodies of this kind have.
    fn abhilfe_vertretung(&self, koerperschaft: &Koerperschaft) -> String {
        let amt = if koerperschaft.ist_gemeinde() {
            "bürgermeisteramt"
        } else {
            "landrat"
        };
        let eintrag = format!("vertretung: [{{ amt: {amt} }}]");
        let bekannt = self
            .vorgang
            .aemter
            .keys()
            .any(|schluessel| schluessel.as_str() == amt);
        if !koerperschaft.vertretung.is_empty() {
            format!(
                "den Tag unter `ab` prüfen oder die frühere Vertretung ergänzen, ohne `ab` etwa {eintrag}"
            )
        } else if bekannt {
            format!("in den Stammdaten eintragen, etwa {eintrag}")
        } else {
            format!(
                "in den Stammdaten eintragen, etwa {eintrag}, und das Amt mit seinen Beugungsformen unter `ämter:`"
            )
        }
    }

    fn amt(&mut self, koerperschaft: &Koerperschaft, tag: Option<Datum>) {
        let Some(vertretung) = koerperschaft.vertretung_zu(tag) else {
            // Without a day that is told of the agreement.
            if tag.is_none() && !koerperschaft.vertretung.is_empty() {
                return;
            }
            let wann = tag.map(|tag| format!("am {tag} ")).unwrap_or_default();
            self.befunde.push(
                Befund::fehler(
                    "vertretung-fehlt",
                    Stelle::Route(koerperschaft.route.clone()),
                    format!(
                        "wer {} {wann}vertritt, ist nicht angegeben",
                        namen::koerperschaft(self.vorgang, koerperschaft, Kasus::Akkusativ)
                    ),
                )
                .abhilfe(self.abhilfe_vertretung(koerperschaft)),
            );
            return;
        };
        let Some(amt) = self.vorgang.aemter.get(&vertretung.amt) else {
            return;
        };
        let befund = Befund::fehler(
            "kasus-fehlt",
            Stelle::Route(amt.route.clone()),
            format!(
                "das Amt „{}“ hat keinen Akkusativ; das Rubrum braucht ihn nach „vertreten durch“",
                amt.nominativ
            ),
        )
        .abhilfe("`akkusativ` eintragen, etwa den Landrat");
        // Several parties may share the office.
        if amt.akkusativ.is_none() && !self.befunde.contains(&befund) {
            self.befunde.push(befund);
        }
    }
}
