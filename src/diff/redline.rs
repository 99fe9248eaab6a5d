//! A paper with all changes in its text: taken out struck, put in underlined, moved said in words. Markdown of our dialect,
//! so that the one way to the PDF sets it.

use super::Unterschied;
use super::auszeichnung::{Seite, markiert};
use super::bericht::{nur_text, sicher};
use super::gliederung::{Form, Gliederung, gliedere, label};
use super::stellen::{Paar, block_bei};
use super::text::{Block, Blockart, Stueck};
use crate::markdown::{self, front::FrontMatter};

/// A paper made of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vergleichspapier {
    /// Name of its files without their endings.
    pub name: String,
    /// Front matter and text.
    pub markdown: String,
}

/// A redline of each paper that both states have and that changed.
pub fn redlines(unterschied: &Unterschied) -> Vec<Vergleichspapier> {
    unterschied
        .paare
        .iter()
        .filter(|paar| paar.alt.is_some() && paar.neu.is_some() && paar.alt != paar.neu)
        .map(|paar| Vergleichspapier {
            name: format!("{}-aenderungsfassung", dateiname(&paar.name)),
            markdown: redline(paar, unterschied),
        })
        .collect()
}

/// The last part of a path without its ending.
pub(super) fn dateiname(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    name.strip_suffix(".md").unwrap_or(name).to_owned()
}

fn redline(paar: &Paar, unterschied: &Unterschied) -> String {
    let (dokument, _) = markdown::parse(paar.neuer_text());
    let titel = dokument.title().unwrap_or_else(|| paar.titel.clone());
    let front = FrontMatter {
        titel: Some(format!("Änderungsfassung: {titel}")),
        kurztitel: Some(format!(
            "Änderungsfassung: {}",
            dokument.front.kurztitel.clone().unwrap_or(titel)
        )),
        anhang: Vec::new(),
        ..dokument.front
    };
    let hinweis = format!(
        "**Änderungsfassung gegenüber {}:** Eingefügtes ist unterstrichen, Gestrichenes durchgestrichen; was verschoben wurde, nennt seinen bisherigen Ort.",
        sicher(&unterschied.alt)
    );
    let mut satz = Satz {
        ziel: front.to_markdown(),
        letzte: Form::Kopf,
        eng: false,
    };
    let werk = Werk {
        paar,
        alt: gliedere(paar.alter_text()),
        neu: gliedere(paar.neuer_text()),
    };
    let mut hinweis = Some(hinweis);
    if !werk
        .neu
        .bloecke
        .iter()
        .any(|b| b.form == Form::Ueberschrift)
        && let Some(hinweis) = hinweis.take()
    {
        satz.setze(&hinweis, Form::Absatz, false);
    }
    let mut verschoben_bis = None;
    for (i, block) in paar.vergleich.bloecke.iter().enumerate() {
        let neu_verschoben = block.art == Blockart::Verschoben && verschoben_bis != Some(i);
        if block.art == Blockart::Verschoben {
            verschoben_bis = Some(i + 1);
        }
        let war_da = satz.ziel.len();
        werk.setze(block, neu_verschoben, &mut satz);
        if werk.form(block) == Some(Form::Anweisung) && neu_verschoben {
            // The mark belongs to the heading behind the directive.
            verschoben_bis = None;
        }
        if satz.letzte == Form::Ueberschrift
            && satz.ziel.len() > war_da
            && let Some(hinweis) = hinweis.take()
        {
            satz.setze(&hinweis, Form::Absatz, false);
        }
    }
    satz.ziel.push('\n');
    satz.ziel
}

/// The Markdown in the making.
struct Satz {
    ziel: String,
    letzte: Form,
    /// Whether the block before was an item of a tight list.
    eng: bool,
}

impl Satz {
    fn setze(&mut self, text: &str, form: Form, eng: bool) {
        if text.trim().is_empty() {
            return;
        }
        let zeilen = (form == Form::Zeile && self.letzte == Form::Zeile)
            || (form == Form::Punkt && self.letzte == Form::Punkt && self.eng);
        while self.ziel.ends_with('\n') {
            self.ziel.pop();
        }
        self.ziel.push_str(if zeilen { "\n" } else { "\n\n" });
        self.ziel.push_str(text.trim_end());
        self.letzte = form;
        self.eng = eng;
    }
}

struct Werk<'p> {
    paar: &'p Paar,
    alt: Gliederung,
    neu: Gliederung,
}

impl Werk<'_> {
    fn form(&self, block: &Block) -> Option<Form> {
        let (gliederung, bereich) = match (&block.neu, &block.alt) {
            (Some(neu), _) => (&self.neu, neu),
            (None, Some(alt)) => (&self.alt, alt),
            (None, None) => return None,
        };
        Some(
            gliederung
                .bloecke
                .get(block_bei(gliederung, bereich.start)?)?
                .form,
        )
    }

    fn setze(&self, block: &Block, nennt_ort: bool, satz: &mut Satz) {
        let Some(form) = self.form(block) else { return };
        let (alt, neu) = (self.paar.alter_text(), self.paar.neuer_text());
        let alter = block
            .alt
            .as_ref()
            .and_then(|b| alt.get(b.clone()))
            .unwrap_or_default();
        let neuer = block
            .neu
            .as_ref()
            .and_then(|b| neu.get(b.clone()))
            .unwrap_or_default();
        let eng = form == Form::Punkt && !neuer.is_empty() && !neuer.ends_with("\n\n");
        match (form, block.art) {
            (Form::Kopf, _) => {}
            (Form::Anweisung, art) => self.anweisung(alter, neuer, art, satz),
            (_, Blockart::Weg) => gestrichen(alter, form, satz),
            (Form::Code, _) => satz.setze(neuer, form, false),
            (_, Blockart::Neu) => satz.setze(
                &mit_vorsatz(neuer, "", |rest| markiert(rest, Seite::Neu)),
                form,
                eng,
            ),
            (_, Blockart::Geblieben | Blockart::Verschoben) => {
                let ort = if nennt_ort {
                    self.bisher(block)
                } else {
                    String::new()
                };
                satz.setze(&self.geaendert(block, neuer, &ort), form, eng);
            }
        }
    }

    /// Directives steer the layout of the new text; a signature that comes or goes is told in words.
    fn anweisung(&self, alter: &str, neuer: &str, art: Blockart, satz: &mut Satz) {
        let unterschrift = |text: &str| {
            let innen = text.trim().strip_prefix("<!--")?.strip_suffix("-->")?;
            Some(sicher(innen.trim().strip_prefix("unterschrift:")?.trim()).replace("\\|", "–"))
        };
        match (art, unterschrift(alter), unterschrift(neuer)) {
            (Blockart::Weg, Some(wer), _) => {
                satz.setze(
                    &format!("<del>Unterschrift: {wer}</del>"),
                    Form::Absatz,
                    false,
                );
            }
            (Blockart::Neu, _, Some(wer)) => {
                satz.setze(
                    &format!("<ins>Unterschrift: {wer}</ins>"),
                    Form::Absatz,
                    false,
                );
            }
            (Blockart::Geblieben | Blockart::Verschoben, Some(vorher), Some(nachher))
                if vorher != nachher =>
            {
                satz.setze(
                    &format!(
                        "<del>Unterschrift: {vorher}</del> <ins>Unterschrift: {nachher}</ins>"
                    ),
                    Form::Absatz,
                    false,
                );
            }
            _ => {}
        }
        if art != Blockart::Weg {
            satz.setze(neuer, Form::Anweisung, false);
        }
    }

    /// „(verschoben; bisher § 5 Abs. 2)“
    fn bisher(&self, block: &Block) -> String {
        let ort = block.alt.as_ref().and_then(|bereich| {
            let alter = self.alt.bloecke.get(block_bei(&self.alt, bereich.start)?)?;
            let abschnitt = self.alt.abschnitte.get(alter.abschnitt)?;
            Some(match (abschnitt.paragraf(), alter.absatz) {
                (Some(nummer), Some(absatz)) => format!("§ {nummer} Abs. {absatz}"),
                (Some(nummer), None) => format!("§ {nummer}"),
                _ => abschnitt.titel.clone(),
            })
        });
        match ort.filter(|ort| !ort.is_empty()) {
            Some(ort) => format!("<ins>(verschoben; bisher {})</ins> ", sicher(&ort)),
            None => "<ins>(verschoben)</ins> ".to_owned(),
        }
    }

    fn geaendert(&self, block: &Block, neuer: &str, ort: &str) -> String {
        let (alt, neu) = (self.paar.alter_text(), self.paar.neuer_text());
        let alter = block
            .alt
            .as_ref()
            .and_then(|b| alt.get(b.clone()))
            .unwrap_or_default();
        let laenge = |text: &str| vorsatz(text);
        let ab_alt = block.alt.as_ref().map_or(0, |b| b.start) + laenge(alter);
        let ab_neu = block.neu.as_ref().map_or(0, |b| b.start) + laenge(neuer);
        let (marke_alt, marke_neu) = (
            alter.get(..laenge(alter)).unwrap_or_default(),
            neuer.get(..laenge(neuer)).unwrap_or_default(),
        );
        let mut text = marke_neu.to_owned();
        if marke_alt.trim() != marke_neu.trim() && !marke_alt.trim_matches(['#', ' ']).is_empty() {
            text.push_str(&format!("<del>{}</del> ", sicher(marke_alt.trim())));
        }
        let ist_zeile = neuer.trim_start().starts_with('|');
        if !ist_zeile {
            text.push_str(ort);
        }
        for stueck in &block.stuecke {
            match stueck {
                Stueck::Gleich { neu: bereich, .. } => {
                    let von = bereich.start.max(ab_neu);
                    text.push_str(neu.get(von..bereich.end).unwrap_or_default());
                }
                Stueck::Weg(bereich) => {
                    let roh = alt
                        .get(bereich.start.max(ab_alt)..bereich.end)
                        .unwrap_or_default();
                    fuege_an(&mut text, &markiert(roh, Seite::Alt));
                }
                Stueck::Neu { neu: bereich, .. } => {
                    let roh = neu
                        .get(bereich.start.max(ab_neu)..bereich.end)
                        .unwrap_or_default();
                    fuege_an(&mut text, &markiert(roh, Seite::Neu));
                }
            }
        }
        text
    }
}

/// Taken out and put in words side by side need a blank between them.
fn fuege_an(text: &mut String, neues: &str) {
    if text.ends_with("</del>") && neues.starts_with("<ins>") {
        text.push(' ');
    }
    text.push_str(neues);
}

/// A block that is gone: what it was in form no longer counts, its words are struck.
fn gestrichen(alter: &str, form: Form, satz: &mut Satz) {
    let kern = alter.trim();
    match form {
        Form::Zeile => {
            if kern.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ')) {
                return;
            }
            let zellen: Vec<String> = kern
                .trim_matches('|')
                .split('|')
                .map(nur_text)
                .map(|zelle| {
                    if zelle.is_empty() {
                        zelle
                    } else {
                        format!("<del>{zelle}</del>")
                    }
                })
                .collect();
            if satz.letzte == Form::Zeile {
                satz.setze(&format!("| {} |", zellen.join(" | ")), Form::Zeile, false);
            } else {
                // The first row of a table that is gone would become the head of the next one.
                let zellen: Vec<String> = zellen.into_iter().filter(|z| !z.is_empty()).collect();
                satz.setze(&zellen.join(" · "), Form::Absatz, false);
            }
        }
        Form::Ueberschrift => {
            let text = kern.trim_start_matches('#').trim();
            satz.setze(
                &format!("**<del>{}</del>**", nur_text(text)),
                Form::Absatz,
                false,
            );
        }
        Form::Code => satz.setze("<del>(Programmtext gestrichen)</del>", Form::Absatz, false),
        _ => {
            let text = nur_text(kern);
            if !text.is_empty() {
                satz.setze(&format!("<del>{text}</del>"), Form::Absatz, false);
            }
        }
    }
}

/// How many bytes of a block only tell its form: the marks of a heading, the label of an item.
fn vorsatz(text: &str) -> usize {
    if text.starts_with('#') {
        let marken = text.len() - text.trim_start_matches('#').len();
        return (marken + 1).min(text.len());
    }
    label(text).unwrap_or(0).min(text.len())
}

fn mit_vorsatz(text: &str, ort: &str, mache: impl Fn(&str) -> String) -> String {
    let (vorn, rest) = text.split_at_checked(vorsatz(text)).unwrap_or(("", text));
    format!("{vorn}{ort}{}", mache(rest))
}
