//! A paper with all changes in its text: taken out struck, put in underlined, moved said in words. Markdown of our dialect,
//! so that the one way to the PDF sets it.

use std::ops::Range;

use super::Unterschied;
use super::auszeichnung::{Seite, laeufe, markiert, wortweise};
use super::bericht::{nur_text, sicher, wortlos};
use super::gliederung::{Form, Gliederung, Rohblock, gliedere, label};
use super::stellen::{Paar, block_bei};
use super::text::{Block, Blockart, fussnote};
use crate::diagnostic::Stelle;
use crate::markdown::{self, front::FrontMatter};

mod satz;

use satz::{Lage, Teil, in_erster_zelle, zusammengesetzt};
pub(super) use satz::{ist_strich, zellen};

/// By so many words a paragraph is named that stands elsewhere now.
const WORTE_DES_ANFANGS: usize = 6;
/// So many places of HTML in one paper are shown as text.
const HTML_STELLEN: usize = 200;
/// Marks that this program writes itself.
const MARKEN: [&str; 5] = ["<ins>", "</ins>", "<del>", "</del>", "<br>"];

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
        .filter(|paar| paar.alt.is_some() && paar.neu.is_some() && paar.zeigt_aenderung())
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
    let [alter_name, _] = unterschied.namen();
    let hinweis = format!(
        "**Änderungsfassung gegenüber {}:** Eingefügtes ist unterstrichen, Gestrichenes durchgestrichen; was verschoben wurde, nennt seinen bisherigen Ort.",
        sicher(&alter_name)
    );
    let werk = Werk {
        paar,
        alt: gliedere(paar.alter_text()),
        neu: gliedere(paar.neuer_text()),
    };
    let mut teile: Vec<Teil> = Vec::new();
    let mut verschoben_bis = None;
    let mut umgezogen = werk.umgezogene().into_iter().peekable();
    for (i, block) in paar.vergleich.bloecke.iter().enumerate() {
        // Where a clause stood its new place is told.
        if let (Blockart::Geblieben, Some(alt)) = (block.art, &block.alt) {
            while let Some((_, notiz)) = umgezogen.next_if(|(von, _)| *von < alt.start) {
                teile.push(Teil::notiz(notiz));
            }
        }
        let neu_verschoben = block.art == Blockart::Verschoben && verschoben_bis != Some(i);
        if block.art == Blockart::Verschoben {
            verschoben_bis = Some(i + 1);
        }
        werk.setze(block, neu_verschoben, &mut teile);
        if werk.form(block) == Some(Form::Anweisung) && neu_verschoben {
            // The mark belongs to the heading behind the directive.
            verschoben_bis = None;
        }
    }
    teile.extend(umgezogen.map(|(_, notiz)| Teil::notiz(notiz)));
    // Below the title, or at the top where there is none.
    let hinter_titel = teile.iter().position(|t| t.form == Form::Ueberschrift);
    let platz = hinter_titel.map_or(0, |at| at + 1);
    teile.insert(platz, Teil::neu(hinweis, Form::Absatz, Lage::Bleibt));
    ohne_html(zusammengesetzt(front.to_markdown(), teile))
}

/// What cannot be set is shown as text: signs of HTML in a text of others are escaped until none is left.
pub(super) fn ohne_html(mut md: String) -> String {
    for _ in 0..HTML_STELLEN {
        let (_, befunde) = markdown::parse(&md);
        let stelle = befunde
            .iter()
            .filter(|befund| befund.ist_fehler())
            .find_map(|befund| match &befund.stelle {
                Stelle::Papier(bereich) => md
                    .get(bereich.clone())
                    .and_then(|text| text.find('<'))
                    .map(|at| bereich.start + at),
                _ => None,
            });
        let Some(stelle) = stelle else { break };
        let zeile = md.get(stelle..).and_then(|rest| rest.split('\n').next());
        let ersatz = zeile.unwrap_or_default().replace('<', "\\<");
        let ersatz = MARKEN.iter().fold(ersatz, |text, marke| {
            text.replace(&format!("\\{marke}"), marke)
        });
        let bis = stelle + zeile.map_or(0, str::len);
        md.replace_range(stelle..bis, &ersatz);
    }
    md
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

    /// Where headings, paragraphs and tables stood that stand elsewhere now, in order, and what is told there.
    fn umgezogene(&self) -> Vec<(usize, String)> {
        let mut umgezogen = self.umgezogene_abschnitte();
        umgezogen.extend(self.umgezogene_bloecke());
        umgezogen.sort_unstable();
        umgezogen
    }

    /// Runs of blocks that moved without their heading, each told once. A row and an item of a list are told behind the
    /// table or the list in which they stood: within it a note would part it.
    fn umgezogene_bloecke(&self) -> Vec<(usize, String)> {
        let mut umgezogen = Vec::new();
        let mut vorher: Option<Range<usize>> = None;
        let mut mit_abschnitt = false;
        for block in &self.paar.vergleich.bloecke {
            let (Blockart::Verschoben, Some(a), Some(n)) = (block.art, &block.alt, &block.neu)
            else {
                continue;
            };
            let folgt = vorher.as_ref().is_some_and(|v| v.end == a.start);
            vorher = Some(a.clone());
            let Some(alter) = block_bei(&self.alt, a.start).and_then(|i| self.alt.bloecke.get(i))
            else {
                continue;
            };
            mit_abschnitt = alter.form == Form::Ueberschrift || (folgt && mit_abschnitt);
            let text = bytes(self.paar.alter_text(), Some(a));
            let was = match alter.form {
                _ if folgt || mit_abschnitt => continue,
                Form::Absatz if ist_abbildung(text) => "Abbildung".to_owned(),
                Form::Absatz => format!("Absatz „{}“", anfang(&nur_text(text))),
                Form::Anweisung => match titel_der_tabelle(text) {
                    Some(titel) => format!("Tabelle „{}“", sicher(titel)),
                    None => continue,
                },
                Form::Zeile if !ist_strich(text) => {
                    let zelle = zellen(text).first().map(|zelle| nur_text(zelle));
                    format!("Zeile „{}“", anfang(&zelle.unwrap_or_default()))
                }
                Form::Punkt => {
                    let inhalt = text.get(vorsatz(text)..).unwrap_or_default();
                    format!("Punkt „{}“", anfang(&nur_text(inhalt)))
                }
                _ => continue,
            };
            let notiz = format!("<ins>({was}: verschoben {})</ins>", self.wohin(a, n));
            umgezogen.push((self.ende_der_reihe(a.start), notiz));
        }
        umgezogen
    }

    /// The last row of the table, or the last item of the list, in which a block of the old text stands; else itself.
    fn ende_der_reihe(&self, byte: usize) -> usize {
        let Some(i) = block_bei(&self.alt, byte) else {
            return byte;
        };
        let bloecke = self.alt.bloecke.get(i..).unwrap_or_default();
        let Some(erster) = bloecke.first() else {
            return byte;
        };
        let text = self.paar.alter_text();
        let ist_absatz = |block: &Rohblock| {
            let inhalt = text.get(block.inhalt.clone());
            inhalt.is_some_and(|inhalt| inhalt.starts_with('('))
        };
        let in_reihe = matches!(erster.form, Form::Zeile | Form::Punkt) && !ist_absatz(erster);
        bloecke
            .iter()
            .take_while(|b| in_reihe && b.form == erster.form && !ist_absatz(b))
            .last()
            .map_or(byte, |letzter| letzter.bereich.start)
    }

    /// „nach § 7 Abs. 2“, „weiter nach unten“
    fn wohin(&self, alt: &Range<usize>, neu: &Range<usize>) -> String {
        let (alter, neuer) = (ort(&self.alt, alt.start), ort(&self.neu, neu.start));
        match neuer.filter(|neuer| !neuer.is_empty() && Some(neuer) != alter.as_ref()) {
            Some(neuer) => format!("nach {}", sicher(&neuer)),
            None if self.steht_davor(alt, neu) => "weiter nach oben".to_owned(),
            None => "weiter nach unten".to_owned(),
        }
    }

    /// Whether a moved block now stands before what it stood behind.
    fn steht_davor(&self, alt: &Range<usize>, neu: &Range<usize>) -> bool {
        let geblieben = self.paar.vergleich.bloecke.iter();
        let mut geblieben = geblieben.filter(|block| block.art == Blockart::Geblieben);
        geblieben.any(|block| {
            let (Some(a), Some(n)) = (&block.alt, &block.neu) else {
                return false;
            };
            a.start < alt.start && n.start > neu.start
        })
    }

    fn umgezogene_abschnitte(&self) -> Vec<(usize, String)> {
        let (alt, neu) = (&self.alt, &self.neu);
        let umgezogen = self
            .paar
            .vergleich
            .bloecke
            .iter()
            .filter(|block| block.art == Blockart::Verschoben)
            .filter_map(|block| {
                let (a, n) = (block.alt.as_ref()?, block.neu.as_ref()?);
                let alter = alt.bloecke.get(block_bei(alt, a.start)?)?;
                let neuer = neu.bloecke.get(block_bei(neu, n.start)?)?;
                if alter.form != Form::Ueberschrift {
                    return None;
                }
                let titel = &alt.abschnitte.get(alter.abschnitt)?.titel;
                let ziel = neu.abschnitte.get(neuer.abschnitt)?;
                let wohin = match ziel.paragraf() {
                    Some(nummer) => format!("nach § {nummer}"),
                    None if self.steht_davor(a, n) => "weiter nach oben".to_owned(),
                    None => "weiter nach unten".to_owned(),
                };
                let notiz = format!("<ins>{}: verschoben {wohin}</ins>", sicher(titel));
                Some((a.start, notiz))
            });
        umgezogen.collect()
    }

    fn setze(&self, block: &Block, nennt_ort: bool, teile: &mut Vec<Teil>) {
        let Some(form) = self.form(block) else { return };
        let alter = bytes(self.paar.alter_text(), block.alt.as_ref());
        let neuer = bytes(self.paar.neuer_text(), block.neu.as_ref());
        let eng = form == Form::Punkt && !neuer.is_empty() && !neuer.ends_with("\n\n");
        let lage = match block.art {
            Blockart::Weg => Lage::Weg,
            Blockart::Neu => Lage::Neu,
            Blockart::Geblieben | Blockart::Verschoben => Lage::Bleibt,
        };
        let text = match (form, block.art) {
            (Form::Kopf, _) => return,
            (Form::Anweisung, art) => return anweisung(alter, neuer, art, teile),
            (_, Blockart::Weg) => return gestrichen(alter, form, teile),
            (Form::Code, _) => neuer.to_owned(),
            (Form::Zeile, _) if ist_strich(neuer) => neuer.trim().to_owned(),
            _ if ist_abbildung(neuer) => {
                if block.art != Blockart::Neu && block.ist_geaendert() {
                    let beschreibung = self.geaendert(block, neuer, "");
                    let worte = beschreibung.trim_start_matches("![");
                    let worte = worte.rsplit_once("](").map_or(worte, |(worte, _)| worte);
                    if worte.contains("<ins>") || worte.contains("<del>") {
                        teile.push(Teil::notiz(format!("Beschreibung der Abbildung: {worte}")));
                    } else {
                        teile.push(Teil::notiz("<ins>(geänderte Abbildung)</ins>"));
                    }
                }
                neuer.trim().to_owned()
            }
            (_, Blockart::Neu) => mit_vorsatz(neuer, "", |rest| markiert(rest, Seite::Neu)),
            (_, Blockart::Geblieben | Blockart::Verschoben) => {
                let ort = if nennt_ort {
                    self.bisher(block)
                } else {
                    String::new()
                };
                self.geaendert(block, neuer, &ort)
            }
        };
        teile.push(Teil {
            text,
            form,
            lage,
            eng,
        });
    }

    /// „(verschoben; bisher § 5 Abs. 2)“
    fn bisher(&self, block: &Block) -> String {
        let (Some(alt), Some(neu)) = (&block.alt, &block.neu) else {
            return "<ins>(verschoben)</ins> ".to_owned();
        };
        let alter = ort(&self.alt, alt.start).filter(|ort| !ort.is_empty());
        match alter.filter(|alter| ort(&self.neu, neu.start).as_ref() != Some(alter)) {
            Some(alter) => format!("<ins>(verschoben; bisher {})</ins> ", sicher(&alter)),
            // Within its section only the direction tells anything.
            None if self.steht_davor(alt, neu) => {
                "<ins>(verschoben; bisher weiter unten)</ins> ".to_owned()
            }
            None => "<ins>(verschoben; bisher weiter oben)</ins> ".to_owned(),
        }
    }

    fn geaendert(&self, block: &Block, neuer: &str, ort: &str) -> String {
        let (alt, neu) = (self.paar.alter_text(), self.paar.neuer_text());
        let alter = bytes(alt, block.alt.as_ref());
        let laenge = |text: &str| vorsatz(text);
        let ab_alt = block.alt.as_ref().map_or(0, |b| b.start) + laenge(alter);
        let ab_neu = block.neu.as_ref().map_or(0, |b| b.start) + laenge(neuer);
        let (marke_alt, marke_neu) = (
            alter.get(..laenge(alter)).unwrap_or_default(),
            neuer.get(..laenge(neuer)).unwrap_or_default(),
        );
        let mut text = marke_neu.to_owned();
        let zaehlt =
            !marke_alt.trim_matches(['#', ' ']).is_empty() && fussnote(marke_alt).is_none();
        if marke_alt.trim() != marke_neu.trim() && zaehlt {
            text.push_str(&format!("<del>{}</del> ", sicher(marke_alt.trim())));
        }
        let ist_zeile = neuer.trim_start().starts_with('|');
        if !ist_zeile {
            text.push_str(ort);
        }
        for lauf in laeufe(block, alt) {
            let (roh_alt, roh_neu) = (
                alt.get(lauf.alt.start.max(ab_alt)..lauf.alt.end),
                neu.get(lauf.neu.start.max(ab_neu)..lauf.neu.end),
            );
            if lauf.gleich {
                text.push_str(roh_neu.unwrap_or_default());
                continue;
            }
            let (roh_alt, roh_neu) = (roh_alt.unwrap_or_default(), roh_neu.unwrap_or_default());
            let ohne_worte = wortlos(roh_alt, roh_neu);
            let ist_abstand = ohne_worte.is_some() && roh_alt.trim().is_empty();
            if !(ist_abstand && roh_neu.trim().is_empty()) {
                // Blank space that went where words came was the end of the block, or parted what is parted now.
                if !roh_alt.trim().is_empty() || roh_neu.trim().is_empty() {
                    fuege_an(&mut text, &markiert(roh_alt, Seite::Alt));
                }
                fuege_an(&mut text, &markiert(roh_neu, Seite::Neu));
            }
            // The number of a footnote is too small to bear a mark that anybody sees.
            if fussnote(roh_neu.trim()) == Some(roh_neu.trim().len())
                && fussnote(roh_alt.trim()).is_none()
            {
                text.truncate(text.trim_end().len());
                text.push_str(" <ins>(neue Fußnote)</ins>");
            }
            // What shows no words is told in words.
            if let Some((alt, neu)) = ohne_worte {
                if !ist_abstand && !text.ends_with(char::is_whitespace) {
                    text.push(' ');
                }
                for (wort, marke) in [(alt, "del"), (neu, "ins")] {
                    if !wort.is_empty() {
                        fuege_an(&mut text, &format!("<{marke}>{}</{marke}>", sicher(&wort)));
                    }
                }
                if ist_abstand {
                    text.push_str(roh_neu);
                }
            }
        }
        if ist_zeile {
            let einfach: Vec<&str> = text.split(' ').filter(|wort| !wort.is_empty()).collect();
            text = satz::mit_zellen(&einfach.join(" "), zellen(neuer).len());
        }
        if ist_zeile && !ort.is_empty() {
            text = in_erster_zelle(&text, ort.trim());
        }
        text
    }
}

/// „§ 5 Abs. 2“, else the heading.
fn ort(gliederung: &Gliederung, byte: usize) -> Option<String> {
    let block = gliederung.bloecke.get(block_bei(gliederung, byte)?)?;
    let abschnitt = gliederung.abschnitte.get(block.abschnitt)?;
    Some(match (abschnitt.paragraf(), block.absatz) {
        (Some(nummer), Some(absatz)) => format!("§ {nummer} Abs. {absatz}"),
        (Some(nummer), None) => format!("§ {nummer}"),
        _ => abschnitt.titel.clone(),
    })
}

/// The words with which a paragraph begins.
fn anfang(text: &str) -> String {
    let mut worte = text.split_whitespace();
    let anfang: Vec<&str> = worte.by_ref().take(WORTE_DES_ANFANGS).collect();
    let mehr = if worte.next().is_some() { " …" } else { "" };
    format!("{}{mehr}", anfang.join(" "))
}

fn titel_der_tabelle(anweisung: &str) -> Option<&str> {
    let innen = anweisung.trim().strip_prefix("<!--")?.strip_suffix("-->")?;
    Some(innen.trim().strip_prefix("titel:")?.trim())
}

/// Taken out and put in words side by side need a blank between them.
fn fuege_an(text: &mut String, neues: &str) {
    if text.ends_with("</del>") && neues.starts_with("<ins>") {
        text.push(' ');
    }
    text.push_str(neues);
}

/// Directives steer the layout of the new text; a signature or a caption that comes, goes or changes is told in words.
fn anweisung(alter: &str, neuer: &str, art: Blockart, teile: &mut Vec<Teil>) {
    let wert = |text: &str, name: &str| {
        let innen = text.trim().strip_prefix("<!--")?.strip_suffix("-->")?;
        let wert = innen.trim().strip_prefix(name)?.trim();
        Some(wert.replace('|', "–"))
    };
    for (name, wort) in [("unterschrift:", "Unterschrift"), ("titel:", "Titel")] {
        let (vorher, nachher) = (wert(alter, name), wert(neuer, name));
        let text = match (vorher, nachher) {
            // Whether a new caption is told depends on whether its table or figure is new.
            (None, Some(_)) if name == "titel:" => continue,
            (vorher, nachher) if vorher == nachher => continue,
            (Some(vorher), None) => format!("<del>{wort}: {}</del>", sicher(&vorher)),
            (None, Some(nachher)) => format!("<ins>{wort}: {}</ins>", sicher(&nachher)),
            (Some(vorher), Some(nachher)) => {
                format!("{wort}: {}", wortweise(&vorher, &nachher, &sicher))
            }
            (None, None) => continue,
        };
        teile.push(Teil::notiz(text));
    }
    if art != Blockart::Weg {
        let lage = if art == Blockart::Neu {
            Lage::Neu
        } else {
            Lage::Bleibt
        };
        teile.push(Teil::neu(neuer.trim(), Form::Anweisung, lage));
    }
}

/// A block that is gone: its words are struck.
fn gestrichen(alter: &str, form: Form, teile: &mut Vec<Teil>) {
    let kern = alter.trim();
    let (text, form) = match form {
        // What becomes of rows depends on those around them.
        Form::Zeile => (zellen_ohne_auszeichnung(kern), Form::Zeile),
        Form::Ueberschrift => {
            let text = kern.trim_start_matches('#').trim();
            (format!("**<del>{}</del>**", nur_text(text)), Form::Absatz)
        }
        Form::Code => (
            "<del>(Programmtext gestrichen)</del>".to_owned(),
            Form::Absatz,
        ),
        _ if ist_abbildung(kern) => {
            let worte = kern.trim_start_matches("![");
            let worte = worte.rsplit_once("](").map_or(worte, |(worte, _)| worte);
            let text = format!(
                "<ins>(Abbildung entfällt)</ins> <del>{}</del>",
                nur_text(worte)
            );
            (text, Form::Absatz)
        }
        _ => match nur_text(kern) {
            text if text.is_empty() => return,
            text => (format!("<del>{text}</del>"), Form::Absatz),
        },
    };
    teile.push(Teil::neu(text, form, Lage::Weg));
}

/// A row whose cells hold their words alone; the rule below a head stays one.
fn zellen_ohne_auszeichnung(zeile: &str) -> String {
    if ist_strich(zeile) {
        return zeile.to_owned();
    }
    let zellen: Vec<String> = zellen(zeile).iter().map(|zelle| nur_text(zelle)).collect();
    format!("| {} |", zellen.join(" | "))
}

fn ist_abbildung(text: &str) -> bool {
    text.trim_start().starts_with("![")
}

/// The bytes of a text, none where there are none.
fn bytes<'t>(text: &'t str, bereich: Option<&Range<usize>>) -> &'t str {
    bereich
        .and_then(|bereich| text.get(bereich.clone()))
        .unwrap_or_default()
}

/// How many bytes of a block only tell its form: the marks of a heading, the label of an item or of a footnote.
fn vorsatz(text: &str) -> usize {
    if text.starts_with('#') {
        let marken = text.len() - text.trim_start_matches('#').len();
        return (marken + 1).min(text.len());
    }
    // What stands before the text of a footnote makes it one.
    if let Some(laenge) = fussnote(text) {
        let rest = text.get(laenge..).unwrap_or_default();
        return rest.strip_prefix(':').map_or(0, |danach| {
            laenge + 1 + danach.len() - danach.trim_start_matches(' ').len()
        });
    }
    label(text).unwrap_or(0).min(text.len())
}

fn mit_vorsatz(text: &str, ort: &str, mache: impl Fn(&str) -> String) -> String {
    let (vorn, rest) = text.split_at_checked(vorsatz(text)).unwrap_or(("", text));
    format!("{vorn}{ort}{}", mache(rest))
}
