//! Names and sums in the cost items: who is named must exist and take part, quotas sum to 1, a period has two ends.
//!
//! What depends on the use over time, such as a year without a value, is found where costs are computed.

use std::collections::BTreeMap;

use num_rational::BigRational;
use num_traits::One;

use super::Pruefung;
use crate::diagnostic::{Befund, Route, Stelle};
use crate::input::{Betrag, Bruch, Datum};
use crate::model::kosten::{Arbeitsplatz, Beleg, Kostenposition, Verteilung};
use crate::model::{Koerperschaft, Schluessel, Text, Vereinbarung};

impl Pruefung<'_> {
    pub(super) fn kosten(&mut self) {
        for position in self.vorgang.kosten.values() {
            self.aufgabe_der_kosten(position);
            self.kostenart(position);
            self.abweichungen(position);
            self.schluessel(position);
            if let Some(platz) = &position.arbeitsplatz {
                self.arbeitsplatz(platz, &position.route.feld("arbeitsplatz"));
            }
            self.festbetraege(position);
            self.belege(position);
        }
    }

    /// The parts of one user's use must not overlap, or it would be told twice.
    pub(super) fn ueberschneidungen(&mut self) {
        let mut sortiert: Vec<_> = self.vorgang.nutzung.iter().collect();
        sortiert.sort_by_key(|nutzung| (&nutzung.anwender, nutzung.von));
        for paar in sortiert.windows(2) {
            let [erste, zweite] = paar else { continue };
            if erste.anwender == zweite.anwender && erste.bis.is_none_or(|bis| zweite.von <= bis) {
                self.befunde.push(
                    Befund::fehler(
                        "nutzung-ueberschneidet-sich",
                        Stelle::Route(zweite.route.clone()),
                        format!(
                            "„{}“ nutzt den Dienst am {} schon nach einem anderen Eintrag",
                            zweite.anwender, zweite.von
                        ),
                    )
                    .abhilfe("dort `bis` auf den Tag davor setzen oder die Einträge zusammenfassen")
                    .dazu(Stelle::Route(erste.route.clone()), "der andere Eintrag"),
                );
            }
        }
    }

    /// Counts of residents: one for each day.
    pub(super) fn einwohner(&mut self, koerperschaft: &Koerperschaft) {
        let staende = koerperschaft.einwohner.iter().map(|zahl| zahl.stand);
        let route = koerperschaft.route.feld("einwohner");
        self.zweimal(staende, &route, |stand| {
            format!("für den Stand {stand} gibt es zwei Einwohnerzahlen")
        });
    }

    /// Instalments cannot be more than the whole.
    pub(super) fn abschlaege(&mut self, vereinbarung: &Vereinbarung) {
        let abschlaege = vereinbarung.abrechnung.iter().flat_map(|a| &a.abschlaege);
        let summe: BigRational = abschlaege.map(|a| a.anteil.wert()).sum();
        if summe > BigRational::one() {
            self.fehler(
                "abschlaege-ueber-eins",
                vereinbarung.route.feld("abrechnung").feld("abschläge"),
                format!(
                    "die Abschläge ergeben zusammen {}, mehr als den Jahresbetrag",
                    zahl(&summe)
                ),
                "die Anteile so wählen, dass sie zusammen höchstens 1 ergeben",
            );
        }
    }

    fn aufgabe_der_kosten(&mut self, position: &Kostenposition) {
        let vereinbarungen = self.vorgang.vereinbarungen.values();
        let bekannte: Vec<_> = vereinbarungen
            .flat_map(|v| v.aufgaben.keys())
            .map(Schluessel::as_str)
            .collect();
        if !bekannte.contains(&position.aufgabe.as_str()) {
            self.unbekannt(
                "unbekannte-aufgabe",
                position.route.feld("aufgabe"),
                format!("keine Vereinbarung hat eine Aufgabe „{}“", position.aufgabe),
                position.aufgabe.as_str(),
                bekannte.into_iter(),
                "die Aufgabe in der Vereinbarung unter `aufgaben:` eintragen",
            );
        }
    }

    fn kostenart(&mut self, position: &Kostenposition) {
        let arten = [
            position.arbeitsplatz.is_some(),
            position.festbetrag.is_some(),
            position.rechnungen.is_some(),
        ];
        match arten.into_iter().filter(|art| *art).count() {
            1 => {}
            0 => self.fehler(
                "kostenart-fehlt",
                position.route.clone(),
                "hier steht nicht, woraus die Kosten bestehen",
                "`arbeitsplatz`, `festbetrag` oder `rechnungen` ergänzen",
            ),
            _ => self.fehler(
                "mehrere-kostenarten",
                position.route.clone(),
                "eine Kostenposition hat nur eine Art von Kosten",
                "für jede der Angaben `arbeitsplatz`, `festbetrag` und `rechnungen` eine eigene Position anlegen",
            ),
        }
    }

    fn abweichungen(&mut self, position: &Kostenposition) {
        if let Some(anbieter) = &position.anbieter {
            self.bekannte_koerperschaft(&anbieter.wer, position.route.feld("anbieter").feld("wer"));
        }
        if let Some(zahler) = &position.zahler {
            let route = position.route.feld("zahler").feld("wer");
            if zahler.wer.is_empty() {
                self.fehler(
                    "kein-zahler",
                    route.clone(),
                    "hier steht niemand, der zahlt",
                    "die Zahler nennen oder `zahler` löschen, dann zahlen alle Anwender",
                );
            }
            self.zweimal(zahler.wer.iter(), &route, |wer| {
                format!("„{wer}“ ist zweimal Zahler")
            });
            for (i, wer) in zahler.wer.iter().enumerate() {
                self.beteiligt(position, wer, route.index(i));
            }
        }
        if let Some(zeitraum) = &position.zeitraum {
            let route = position.route.feld("zeitraum");
            self.ende_nach_beginn(zeitraum.von, zeitraum.bis, &route);
        }
    }

    /// A payer must exist and be a user, or a party of an agreement that has the task.
    fn beteiligt(&mut self, position: &Kostenposition, wer: &Schluessel, route: Route) {
        if !self.vorgang.koerperschaften.contains_key(wer) {
            self.bekannte_koerperschaft(wer, route);
            return;
        }
        let nutzt = self.vorgang.nutzung.iter().any(|n| n.anwender == *wer);
        let mut vereinbarungen = self.vorgang.vereinbarungen.values();
        let ist_partei = vereinbarungen
            .any(|v| v.aufgaben.contains_key(&position.aufgabe) && self.vorgang.ist_partei(v, wer));
        if !nutzt && !ist_partei {
            self.fehler(
                "unbeteiligter-zahler",
                route,
                format!("„{wer}“ soll zahlen, ist aber weder Anwender noch Partei"),
                "eine beteiligte Körperschaft nennen oder die Nutzung ergänzen",
            );
        }
    }

    fn schluessel(&mut self, position: &Kostenposition) {
        let route = position.route.feld("schlüssel");
        let innen = route.feld(position.schluessel.name());
        match &position.schluessel {
            Verteilung::GleicheTeile => {}
            Verteilung::Direkt => self.direkt(position),
            Verteilung::Einwohner(wahlen) => {
                self.zweimal(wahlen.iter().map(|w| w.ab), &innen, |_| {
                    "zwei Stichtage gelten von demselben Tag an".to_owned()
                });
                self.nicht_leer(wahlen.is_empty(), &innen, "{ stichtag: 31.12.2022 }");
            }
            Verteilung::Fallzahlen(jahre) => {
                self.zweimal(jahre.iter().map(|j| j.jahr), &innen, |jahr| {
                    format!("für das Jahr {jahr} gibt es zwei Einträge mit Fallzahlen")
                });
                for (i, jahr) in jahre.iter().enumerate() {
                    self.namen_im_schluessel(
                        position,
                        jahr.zahlen.keys(),
                        &innen.index(i).feld("zahlen"),
                    );
                }
                self.nicht_leer(jahre.is_empty(), &innen, "{ jahr: 2022, zahlen: { … } }");
            }
            Verteilung::Lizenzen(staende) => {
                self.zweimal(staende.iter().map(|s| s.ab), &innen, |ab| {
                    format!("für den {ab} gibt es zwei Einträge mit Lizenzen")
                });
                for (i, stand) in staende.iter().enumerate() {
                    self.namen_im_schluessel(
                        position,
                        stand.zahlen.keys(),
                        &innen.index(i).feld("zahlen"),
                    );
                }
                self.nicht_leer(
                    staende.is_empty(),
                    &innen,
                    "{ ab: 01.01.2022, zahlen: { … } }",
                );
            }
            Verteilung::Quoten(fassungen) => {
                self.zweimal(fassungen.iter().map(|f| f.ab), &innen, |_| {
                    "zwei Fassungen der Quoten gelten von demselben Tag an".to_owned()
                });
                for (i, fassung) in fassungen.iter().enumerate() {
                    let route = innen.index(i).feld("anteile");
                    self.namen_im_schluessel(position, fassung.anteile.keys(), &route);
                    let summe: BigRational = fassung.anteile.values().map(Bruch::wert).sum();
                    if !summe.is_one() {
                        self.fehler(
                            "quoten-nicht-eins",
                            route,
                            format!("die Quoten ergeben zusammen {} statt 1", zahl(&summe)),
                            "die Quoten prüfen; Drittel und Siebtel gehen nur als Bruch auf, etwa 1/3",
                        );
                    }
                }
                self.nicht_leer(fassungen.is_empty(), &innen, "{ anteile: { … } }");
            }
        }
    }

    fn nicht_leer(&mut self, leer: bool, route: &Route, beispiel: &str) {
        if leer {
            self.fehler(
                "schluessel-ohne-zahlen",
                route.clone(),
                "hier fehlen die Zahlen, nach denen verteilt wird",
                &format!("einen Eintrag wie {beispiel} ergänzen"),
            );
        }
    }

    fn namen_im_schluessel<'n>(
        &mut self,
        position: &Kostenposition,
        namen: impl Iterator<Item = &'n Schluessel>,
        route: &Route,
    ) {
        for name in namen {
            self.beteiligt(position, name, route.feld(name.as_str()));
        }
    }

    /// Where nothing is shared each sum must say who bears it.
    fn direkt(&mut self, position: &Kostenposition) {
        let abhilfe = "`für` mit der Körperschaft ergänzen oder einen anderen `schlüssel` wählen";
        let text = "beim Schlüssel „direkt“ gehört zu jedem Betrag, wer ihn trägt";
        if position.arbeitsplatz.is_some() {
            self.fehler(
                "direkt-ohne-zahler",
                position.route.feld("schlüssel"),
                "ein Arbeitsplatz wird verteilt, nicht direkt berechnet",
                "einen anderen `schlüssel` wählen",
            );
        }
        for (i, fest) in position.festbetrag.iter().flatten().enumerate() {
            if fest.fuer.is_none() {
                let route = position.route.feld("festbetrag").index(i);
                self.fehler("direkt-ohne-zahler", route, text, abhilfe);
            }
        }
        for (i, beleg) in position.rechnungen.iter().flatten().enumerate() {
            if beleg.fuer.is_none() {
                let route = position.route.feld("rechnungen").index(i);
                self.fehler("direkt-ohne-zahler", route, text, abhilfe);
            }
        }
    }

    fn arbeitsplatz(&mut self, platz: &Arbeitsplatz, route: &Route) {
        if *platz.sachkosten.wert() > BigRational::one() {
            self.fehler(
                "sachkosten-ueber-eins",
                route.feld("sachkosten"),
                format!(
                    "der Anteil an der Sachkostenpauschale ist mit {} größer als 1",
                    platz.sachkosten
                ),
                "einen Anteil bis 100 % schreiben, etwa 1/4",
            );
        }
        let staende = platz.besetzung.iter().map(|b| b.ab);
        self.zweimal(staende, &route.feld("besetzung"), |ab| {
            format!("die Besetzung am {ab} steht zweimal da")
        });
        for (i, besetzung) in platz.besetzung.iter().enumerate() {
            let route = route.feld("besetzung").index(i);
            self.gruppe(platz, besetzung.gruppe.as_ref(), route.feld("gruppe"));
            if besetzung.gruppe.is_none() && besetzung.stellenanteil.is_none() {
                self.fehler(
                    "besetzung-ohne-angabe",
                    route,
                    format!(
                        "was sich am {} an der Stelle ändert, steht nicht da",
                        besetzung.ab
                    ),
                    "`gruppe` oder `stellenanteil` ergänzen",
                );
            }
        }
        let werte = platz.werte.iter();
        self.zweimal(
            werte.map(|w| (w.jahr, w.gruppe.as_ref(), w.ab)),
            &route.feld("werte"),
            |(jahr, ..)| format!("für das Jahr {jahr} gibt es zwei gleiche Einträge"),
        );
        for (i, wert) in platz.werte.iter().enumerate() {
            let route = route.feld("werte").index(i);
            self.gruppe(platz, wert.gruppe.as_ref(), route.feld("gruppe"));
            self.nicht_negativ(wert.personalkosten, route.feld("personalkosten"));
            self.nicht_negativ(
                wert.sachkosten_pauschale,
                route.feld("sachkosten_pauschale"),
            );
            if let Some(satz) = &wert.gemeinkosten
                && *satz != platz.gemeinkosten
                && wert.gemeinkosten_grund.is_none()
            {
                self.fehler(
                    "abweichung-ohne-grund",
                    route.feld("gemeinkosten"),
                    format!(
                        "für {} weicht der Satz der Gemeinkosten von dem vereinbarten ab, ohne dass ein Grund dasteht",
                        wert.jahr
                    ),
                    "`gemeinkosten_grund` ergänzen oder den abweichenden Satz löschen",
                );
            }
            if let Some(ab) = wert.ab.filter(|ab| jahr(*ab) != wert.jahr.0) {
                self.fehler(
                    "wert-ausserhalb-des-jahres",
                    route.feld("ab"),
                    format!("der {ab} liegt nicht im Jahr {}", wert.jahr),
                    "das Jahr prüfen",
                );
            }
        }
    }

    fn gruppe(&mut self, platz: &Arbeitsplatz, gruppe: Option<&Text>, route: Route) {
        let Some(gruppe) = gruppe.filter(|gruppe| !platz.bewertung.contains(gruppe)) else {
            return;
        };
        self.unbekannt(
            "unbekannte-gruppe",
            route,
            format!(
                "die Gruppe „{}“ steht nicht unter `bewertung`",
                gruppe.einzeilig()
            ),
            gruppe.as_str(),
            platz.bewertung.iter().map(Text::as_str),
            "die Gruppe unter `bewertung` ergänzen",
        );
    }

    fn nicht_negativ(&mut self, betrag: Betrag, route: Route) {
        if betrag.euro().is_sign_negative() && !betrag.euro().is_zero() {
            self.fehler(
                "negativer-wert",
                route,
                format!("{betrag} im Jahr sind keine Kosten"),
                "das Vorzeichen prüfen; eine Gutschrift gehört unter `rechnungen`",
            );
        }
    }

    fn festbetraege(&mut self, position: &Kostenposition) {
        let route = position.route.feld("festbetrag");
        let betraege: Vec<_> = position.festbetrag.iter().flatten().collect();
        if position.festbetrag.as_ref().is_some_and(Vec::is_empty) {
            self.nicht_leer(true, &route, "{ von: 01.01.2022, betrag: 1200, je: jahr }");
        }
        for (i, fest) in betraege.iter().enumerate() {
            let stelle = route.index(i);
            if let Some(fuer) = &fest.fuer {
                self.beteiligt(position, fuer, stelle.feld("für"));
            }
            if self.ende_nach_beginn(fest.von, fest.bis, &stelle) {
                continue;
            }
            let frueherer = betraege.iter().take(i).position(|anderer| {
                let vorher = anderer
                    .bis
                    .zip(fest.von)
                    .is_some_and(|(bis, von)| bis < von);
                let nachher = fest
                    .bis
                    .zip(anderer.von)
                    .is_some_and(|(bis, von)| bis < von);
                anderer.fuer == fest.fuer && !vorher && !nachher
            });
            if let Some(anderer) = frueherer {
                self.befunde.push(
                    Befund::fehler(
                        "festbetraege-ueberschneiden-sich",
                        Stelle::Route(stelle),
                        "für einen Teil dieses Zeitraums gibt es schon einen Betrag",
                    )
                    .abhilfe("`von` und `bis` prüfen; was zusätzlich anfällt, ist eine eigene Kostenposition")
                    .dazu(Stelle::Route(route.index(anderer)), "der andere Betrag"),
                );
            }
        }
    }

    fn belege(&mut self, position: &Kostenposition) {
        for (i, beleg) in position.rechnungen.iter().flatten().enumerate() {
            let route = position.route.feld("rechnungen").index(i);
            if let Some(fuer) = &beleg.fuer {
                self.beteiligt(position, fuer, route.feld("für"));
            }
            self.steuer(beleg, &route);
            if !self.ende_nach_beginn(beleg.von, beleg.bis, &route) {
                self.ein_jahr(beleg, route);
            }
        }
    }

    fn steuer(&mut self, beleg: &Beleg, route: &Route) {
        match (beleg.netto, beleg.brutto, &beleg.steuersatz) {
            (Some(_), None, Some(_)) | (None, Some(_), _) => {}
            (Some(_), None, None) => self.fehler(
                "steuersatz-fehlt",
                route.feld("netto"),
                "zu einem Nettobetrag gehört der Steuersatz",
                "`steuersatz: 19 %` ergänzen, oder 0 %, wenn keine Umsatzsteuer anfällt",
            ),
            (Some(_), Some(_), _) => self.fehler(
                "netto-und-brutto",
                route.clone(),
                "hier stehen `netto` und `brutto` zugleich",
                "nur eines von beiden angeben; das andere ergibt sich aus dem Steuersatz",
            ),
            (None, None, _) => self.fehler(
                "betrag-fehlt",
                route.clone(),
                "der Betrag der Rechnung fehlt",
                "`brutto`, oder `netto` mit `steuersatz` ergänzen",
            ),
        }
    }

    /// An invoice counts in one year.
    fn ein_jahr(&mut self, beleg: &Beleg, route: Route) {
        let erstes = beleg.von.unwrap_or(beleg.datum);
        let letztes = beleg.bis.unwrap_or(erstes);
        if jahr(erstes) != jahr(letztes) {
            self.fehler(
                "rechnung-ueber-jahreswechsel",
                route,
                format!(
                    "die Rechnung vom {} gilt für Tage aus zwei Jahren",
                    beleg.datum
                ),
                "für jedes Jahr einen Eintrag mit seinem Teil des Betrages schreiben",
            );
        }
    }

    /// Whether the end comes before the beginning, which is a finding.
    fn ende_nach_beginn(&mut self, von: Option<Datum>, bis: Option<Datum>, route: &Route) -> bool {
        let Some((von, bis)) = von.zip(bis).filter(|(von, bis)| bis < von) else {
            return false;
        };
        self.fehler(
            "ende-vor-beginn",
            route.feld("bis"),
            format!("der Zeitraum endet am {bis}, bevor er am {von} beginnt"),
            "„von“ und „bis“ vertauschen oder das Jahr prüfen",
        );
        true
    }

    /// Entries of a list that say the same twice.
    fn zweimal<T: Ord>(
        &mut self,
        werte: impl Iterator<Item = T>,
        route: &Route,
        text: impl Fn(&T) -> String,
    ) {
        let mut gesehen = BTreeMap::new();
        for (i, wert) in werte.enumerate() {
            if let Some(erster) = gesehen.get(&wert) {
                self.befunde.push(
                    Befund::fehler(
                        "doppelter-eintrag",
                        Stelle::Route(route.index(i)),
                        text(&wert),
                    )
                    .abhilfe("einen der beiden Einträge löschen")
                    .dazu(Stelle::Route(route.index(*erster)), "zuerst hier"),
                );
            } else {
                gesehen.insert(wert, i);
            }
        }
    }

    fn fehler(
        &mut self,
        regel: &'static str,
        route: Route,
        text: impl Into<String>,
        abhilfe: &str,
    ) {
        self.befunde
            .push(Befund::fehler(regel, Stelle::Route(route), text).abhilfe(abhilfe));
    }
}

/// An exact number, with a comma where it comes out even.
fn zahl(zahl: &BigRational) -> String {
    Bruch::neu(zahl.clone())
        .and_then(|bruch| bruch.dezimal())
        .unwrap_or_else(|| zahl.to_string())
}

fn jahr(tag: Datum) -> u32 {
    use chrono::Datelike;
    u32::try_from(tag.tag().year()).unwrap_or_default()
}
