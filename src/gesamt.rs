//! A Vorlage and its annexes in one paper: `215-21-gesamt`.
//!
//! The whole is Markdown like any other paper: the Vorlage's text, then each annex behind a comment that begins it.
//! Papers that were made in the same run are joined as they are, PDFs made elsewhere are named as attachments.
//! Nothing is joined that must not be read together: what is not public stays out of a public paper.

use crate::diagnostic::{Befund, Stelle};
use crate::markdown::front::Anhang;
use crate::model::anlage::Inhalt;
use crate::model::beratung::Beratungsstatus;
use crate::model::drucksache::Nummer;
use crate::model::{Drucksache, Vorgang};
use crate::template::{Bezug, Papier, view};

/// Kind of such a paper.
pub const ART: &str = "gesamt";

/// The wholes of all Vorlagen that have an annex to be joined. An annex that is left out is a finding.
pub fn gesamt(vorgang: &Vorgang, papiere: &[Papier]) -> (Vec<Papier>, Vec<Befund>) {
    let mut befunde = Vec::new();
    let ganze = vorgang
        .drucksachen
        .iter()
        .filter(|drucksache| !drucksache.anlagen.is_empty())
        .filter_map(|drucksache| ganzes(vorgang, drucksache, papiere, &mut befunde))
        .collect();
    (ganze, befunde)
}

fn ganzes(
    vorgang: &Vorgang,
    drucksache: &Drucksache,
    papiere: &[Papier],
    befunde: &mut Vec<Befund>,
) -> Option<Papier> {
    let vorlage = vorlage(papiere, &drucksache.nummer)?;
    let mut teile = Vec::new();
    let mut anhang = Vec::new();
    for (i, anlage) in drucksache.anlagen.iter().enumerate() {
        let name = view::anlagenname(drucksache, i);
        let stelle = || Stelle::Route(drucksache.route.feld("anlagen").index(i));
        let anderswo = match &anlage.inhalt {
            Inhalt::Drucksache(nummer) => vorgang.drucksache(nummer),
            _ => None,
        };
        let geschlossen = anlage.beratungsstatus == Beratungsstatus::Nichtoeffentlich
            || anderswo.is_some_and(Drucksache::ist_nichtoeffentlich);
        if geschlossen && !drucksache.ist_nichtoeffentlich() {
            befunde.push(
                Befund::warnung(
                    "anlage-nichtoeffentlich",
                    stelle(),
                    format!(
                        "die {name} ist nichtöffentlich und fehlt deshalb im Gesamtdokument der öffentlichen Drucksache {}",
                        drucksache.nummer
                    ),
                )
                .abhilfe("die Anlage einer nichtöffentlichen Vorlage beifügen"),
            );
            continue;
        }
        let gefunden = match &anlage.inhalt {
            Inhalt::Datei { titel, datei } => {
                anhang.push(Anhang {
                    datei: datei.to_string(),
                    titel: format!("{name}: {}", titel.einzeilig()),
                });
                continue;
            }
            Inhalt::Vereinbarung(schluessel) => {
                alle(papiere, &Bezug::Vereinbarung(schluessel.clone()))
            }
            Inhalt::Text { .. } => alle(papiere, &Bezug::Anlage(drucksache.nummer.clone(), i)),
            Inhalt::Drucksache(nummer) => self::vorlage(papiere, nummer).into_iter().collect(),
            Inhalt::Titel(_) => Vec::new(),
        };
        if gefunden.is_empty() {
            befunde.push(
                Befund::warnung(
                    "anlage-fehlt-im-ganzen",
                    stelle(),
                    format!("die {name} hat hier keinen Text und fehlt deshalb im Gesamtdokument"),
                )
                .abhilfe(
                    "die Anlage als { titel: …, text: … } oder { titel: …, datei: … } beifügen",
                ),
            );
        }
        let kopf = view::anlagenkopf(drucksache, i);
        teile.extend(gefunden.into_iter().map(|papier| (kopf.clone(), papier)));
    }
    if teile.is_empty() && anhang.is_empty() {
        return None;
    }
    Some(zusammen(vorlage, &teile, anhang, &drucksache.nummer))
}

/// The papers of a subject that belong into a whole, in their order.
fn alle<'a>(papiere: &'a [Papier], bezug: &Bezug) -> Vec<&'a Papier> {
    let mut papiere: Vec<_> = papiere
        .iter()
        .filter(|papier| papier.bezug == *bezug && papier.gesamt.is_some())
        .collect();
    papiere.sort_by(|a, b| (a.gesamt, &a.name).cmp(&(b.gesamt, &b.name)));
    papiere
}

/// The paper that a Drucksache is above all.
fn vorlage<'a>(papiere: &'a [Papier], nummer: &Nummer) -> Option<&'a Papier> {
    alle(papiere, &Bezug::Drucksache(nummer.clone()))
        .into_iter()
        .next()
}

fn zusammen(
    vorlage: &Papier,
    teile: &[(String, &Papier)],
    anhang: Vec<Anhang>,
    nummer: &Nummer,
) -> Papier {
    let mut front = vorlage.front.clone();
    front.art = Some(ART.to_owned());
    front.anhang = anhang;
    let mut ganzes = Papier {
        name: format!("{}-{ART}", nummer.dateiname()),
        art: ART.to_owned(),
        bezug: vorlage.bezug.clone(),
        gesamt: None,
        rechtsstand: vorlage.rechtsstand,
        markdown: format!("{}\n", front.to_markdown()),
        spuren: Vec::new(),
        klauseln: Vec::new(),
        front,
    };
    ganzes.fuege_an(vorlage);
    let beigefuegt: Vec<String> = ganzes.front.anhang.iter().map(beigefuegt).collect();
    if !beigefuegt.is_empty() {
        let satz = format!("\nAls Datei beigefügt: {}.\n", beigefuegt.join(", "));
        ganzes.markdown.push_str(&satz);
    }
    for (kopf, papier) in teile {
        let mut front = papier.front.clone();
        front.anlage = None;
        if vorlage.front.status.is_some() {
            front.status.clone_from(&vorlage.front.status);
        }
        let anweisung = format!("\n{}\n\n", front.to_annex(kopf));
        ganzes.markdown.push_str(&anweisung);
        ganzes.fuege_an(papier);
    }
    ganzes
}

/// „Anlage 3 (`lageplan.pdf`)“.
fn beigefuegt(anhang: &Anhang) -> String {
    let name = anhang.titel.split(':').next().unwrap_or_default();
    let datei = anhang.datei.rsplit('/').next().unwrap_or_default();
    format!("{name} (`{}`)", datei.replace('`', ""))
}

impl Papier {
    /// Adds the text of another paper, with its origins and clauses.
    fn fuege_an(&mut self, papier: &Papier) {
        let Some(text) = papier.markdown.get(papier.textbeginn()..) else {
            return;
        };
        let (von, nach) = (papier.textbeginn(), self.markdown.len());
        let bereich = |alt: &std::ops::Range<usize>| alt.start - von + nach..alt.end - von + nach;
        let spuren = papier.spuren.iter();
        self.spuren
            .extend(spuren.map(|(spur, ursprung)| (bereich(spur), ursprung.clone())));
        let klauseln = papier.klauseln.iter().cloned().map(|mut klausel| {
            klausel.bereich = bereich(&klausel.bereich);
            klausel
        });
        self.klauseln.extend(klauseln);
        self.markdown.push_str(text);
    }

    /// Where the text begins behind the front matter.
    fn textbeginn(&self) -> usize {
        self.front.to_markdown().len() + 1
    }
}
