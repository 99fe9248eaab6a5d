//! A Vorlage with its annexes in one paper: text, pages, bookmarks, attached files.

use drucksache::layout::page::{Artifact, Item, Owner, Page};
use drucksache::layout::{self, Pictures};
use drucksache::markdown::{self, ast::BlockKind};
use drucksache::pipeline;

use crate::fixture::{self, baue_ganz, ersetze, markdown};

fn ganzes() -> String {
    markdown(&baue_ganz(&fixture::vorgang("klima-check")), "88-26-gesamt")
}

fn beiwerk() -> Pictures {
    fixture::vorgang("klima-check").vorgang.dateien
}

fn text_von(page: &Page, artifact: Artifact) -> Vec<String> {
    page.marks
        .iter()
        .filter(|mark| mark.owner == Owner::Artifact(artifact))
        .flat_map(|mark| &mark.items)
        .filter_map(|item| match item {
            Item::Text(run) => Some(run.text.clone()),
            _ => None,
        })
        .collect()
}

#[test]
fn the_text_of_each_annex_stands_in_the_whole_as_in_its_own_paper() {
    let ergebnis = baue_ganz(&fixture::vorgang("klima-check"));
    let ganzes = markdown(&ergebnis, "88-26-gesamt");
    for name in ["88-26-beschlussvorlage", "88-26-anlage-1", "88-26-anlage-2"] {
        let papier = markdown(&ergebnis, name);
        let text = papier.split_once("\n---\n").unwrap().1;
        assert!(ganzes.contains(text), "{name}");
    }
}

#[test]
fn an_annex_begins_a_page_and_counts_its_own() {
    let (dokument, befunde) = markdown::parse(&ganzes());
    assert_eq!(befunde, []);
    let (seiten, befunde) = layout::layout(&dokument, &beiwerk());
    assert_eq!(befunde, []);
    let fuss: Vec<_> = seiten
        .pages
        .iter()
        .map(|page| text_von(page, Artifact::Footer)[0].clone())
        .collect();
    assert_eq!(
        fuss,
        [
            "Seite 1 von 4",
            "Seite 2 von 4",
            "Seite 1 von 1 dieser Anlage · Seite 3 von 4",
            "Seite 1 von 1 dieser Anlage · Seite 4 von 4",
        ]
    );
}

#[test]
fn later_pages_of_an_annex_bear_its_label_and_the_closed_mark_of_the_whole() {
    let ganzes = markdown(
        &baue_ganz(&fixture::vorgang("klima-check")),
        "88-26-1-gesamt",
    );
    let (seiten, _) = layout::layout(&markdown::parse(&ganzes).0, &beiwerk());
    assert_eq!(
        text_von(&seiten.pages[3], Artifact::Header)[0],
        "Anlage 2 zur Drucksache 88/26-1"
    );
    for page in &seiten.pages {
        let fuss = text_von(page, Artifact::Footer).concat();
        assert!(
            fuss.contains("Stadt Beispielstadt · Nichtöffentlich"),
            "{fuss}"
        );
    }
}

#[test]
fn one_outline_holds_the_vorlage_and_below_each_label_its_annex() {
    let (seiten, _) = layout::layout(&markdown::parse(&ganzes()).0, &beiwerk());
    let oben: Vec<_> = seiten
        .outline
        .iter()
        .filter(|item| item.level == 1)
        .map(|item| item.text.as_str())
        .collect();
    assert_eq!(
        oben,
        [
            "Photovoltaikanlage auf dem Dach der Grundschule Am Beispielweg",
            "Anlage 1 zur Drucksache 88/26",
            "Anlage 2 zur Drucksache 88/26",
        ]
    );
    let darunter = seiten
        .outline
        .iter()
        .find(|item| item.text == "Klima-Check im Einzelnen");
    assert_eq!(darunter.unwrap().level, 2);
}

#[test]
fn footnotes_and_links_of_two_papers_do_not_meddle() {
    let (dokument, befunde) = markdown::parse(
        "# A\n\nText[^x], [siehe](#a).\n\n[^x]: erste\n\n<!-- anlage: Anlage zu 1\nmuster: ja\ndrucksache: 1\n-->\n\n# A\n\n\
         Text[^x], [siehe](#a).\n\n[^x]: zweite\n",
    );
    assert_eq!(befunde, []);
    assert_eq!(dokument.notes.len(), 2);
    assert_eq!(dokument.links.len(), 2);
    assert_ne!(dokument.links[0], dokument.links[1]);
    assert_eq!(
        markdown::plain_text(&dokument),
        "A\nText1, siehe.\nAnlage zu 1\nA\nText2, siehe.\n1 erste\n2 zweite"
    );
    let anlage = dokument.blocks.iter().find_map(|block| match &block.kind {
        BlockKind::Annex { label, front } => Some((label.as_str(), front.muster)),
        _ => None,
    });
    assert_eq!(anlage, Some(("Anlage zu 1", true)));
}

#[test]
fn a_fault_in_an_annex_stands_at_its_place() {
    let vor = "# A\n\n<!-- anlage: Anlage zu 1\ndrucksache: 1\nmustr: ja\n-->\n\n";
    let text = format!("{vor}[weg](#fehlt)\n");
    let (_, befunde) = markdown::parse(&text);
    let stellen: Vec<_> = befunde
        .iter()
        .map(|befund| match &befund.stelle {
            drucksache::diagnostic::Stelle::Papier(bereich) => &text[bereich.clone()],
            andere => panic!("{andere:?}"),
        })
        .collect();
    assert_eq!(stellen, ["mustr", "[weg](#fehlt)"]);
}

#[test]
fn a_directive_in_code_begins_no_annex() {
    let (dokument, _) = markdown::parse("```\n<!-- anlage: Anlage zu 1 -->\n```\n");
    assert!(matches!(dokument.blocks[0].kind, BlockKind::Code(_)));
}

#[test]
fn an_annex_in_a_list_is_a_finding() {
    let (_, befunde) = markdown::parse("- Punkt\n\n  <!-- anlage: Anlage zu 1 -->\n");
    assert_eq!(befunde[0].regel, "anweisung-falsche-stelle");
}

#[test]
fn the_pdf_carries_the_file_unchanged_with_its_title() {
    let (gesetzt, befunde) = pipeline::setze(&ganzes(), &beiwerk()).unwrap();
    assert_eq!(befunde, []);
    let gesetzt = gesetzt.unwrap();
    assert!(gesetzt.beilagen.contains_key("anlagen/lageplan.pdf"));
    let pdf = lopdf::Document::load_mem(&gesetzt.pdf).unwrap();
    let namen = pdf
        .catalog()
        .unwrap()
        .get_deref(b"Names", &pdf)
        .unwrap()
        .as_dict()
        .unwrap()
        .get_deref(b"EmbeddedFiles", &pdf)
        .unwrap()
        .as_dict()
        .unwrap()
        .get(b"Names")
        .unwrap()
        .as_array()
        .unwrap();
    assert_eq!(namen[0].as_str().unwrap(), b"lageplan.pdf");
    let datei = pdf
        .get_object(namen[1].as_reference().unwrap())
        .unwrap()
        .as_dict()
        .unwrap();
    assert_eq!(
        datei.get(b"Desc").unwrap().as_str().unwrap(),
        b"Anlage 3: Lageplan des Schuldachs"
    );
    let strom = datei
        .get(b"EF")
        .unwrap()
        .as_dict()
        .unwrap()
        .get_deref(b"F", &pdf)
        .unwrap()
        .as_stream()
        .unwrap();
    assert_eq!(
        strom.decompressed_content().unwrap(),
        beiwerk()["anlagen/lageplan.pdf"].to_vec()
    );
}

#[test]
fn what_is_not_public_stays_out_of_a_public_whole() {
    let mut eingabe = fixture::vorgang("klima-check");
    ersetze(
        &mut eingabe.vorgang,
        "drucksachen/88-26.yaml",
        "text: texte/wirtschaftlichkeit.md }",
        "text: texte/wirtschaftlichkeit.md, beratungsstatus: nichtöffentlich }",
    );
    let ergebnis = baue_ganz(&eingabe);
    let ganzes = markdown(&ergebnis, "88-26-gesamt");
    assert!(!ganzes.contains("Einsparung in einem Jahr"), "{ganzes}");
    assert!(ganzes.contains("Anlage 2 zur Drucksache 88/26"));
    let regeln: Vec<_> = ergebnis.befunde.iter().map(|befund| befund.regel).collect();
    assert_eq!(regeln, ["anlage-nichtoeffentlich"]);
    let anlage = markdown(&ergebnis, "88-26-anlage-1");
    assert!(anlage.contains("status: nichtöffentlich"), "{anlage}");
}

#[test]
fn papers_of_an_agreement_are_joined_in_their_order() {
    let mut eingabe = fixture::drucksache_215_21();
    for (name, gesamt) in [("zweites", 8), ("erstes", 7)] {
        let vorlage = format!(
            "---\nje: vereinbarung\nwenn: not vereinbarung.geschlossen\ndatei: {name}\ntitel: {name}\nmuster: ja\ngesamt: {gesamt}\n---\n# Das Papier {name}\n\nText.\n"
        );
        eingabe
            .vorgang
            .dateien
            .insert(format!("templates/{name}.md"), vorlage.into_bytes().into());
    }
    let ganzes = markdown(&baue_ganz(&eingabe), "215-21-gesamt");
    let erstes = ganzes.find("# Das Papier erstes").unwrap();
    let zweites = ganzes.find("# Das Papier zweites").unwrap();
    assert!(erstes < zweites);
    assert_eq!(
        ganzes
            .matches("<!-- anlage: Anlage zur Drucksache 215/21\n")
            .count(),
        ganzes.matches("<!-- anlage:").count()
    );
    assert!(ganzes[erstes - 300..erstes].contains("muster: ja"));
}
