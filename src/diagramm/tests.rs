//! Geometry of the charts, in a face whose glyphs are all half an em wide.

use std::ops::Range;

use proptest::prelude::*;

use super::zeichnung::{Farbe, Rechteck, Text, Zeichnung, umbrochen};
use super::*;

struct Schreibmaschine;

impl Schrift for Schreibmaschine {
    fn zeile(&mut self, text: &str, _: Schnitt) -> Zeile {
        let glyphen: Vec<_> = text
            .chars()
            .zip(0..)
            .map(|(zeichen, stelle)| (zeichen as u16, stelle * 500, 0))
            .collect();
        Zeile {
            face: 0,
            breite: 500 * i64::try_from(glyphen.len()).unwrap(),
            glyphen,
        }
    }

    fn umriss(&self, _: u8, glyphe: u16) -> Vec<Strich> {
        if glyphe == u16::from(b' ') {
            return Vec::new();
        }
        vec![
            Strich::Nach(50, 0),
            Strich::Linie(450, 0),
            Strich::Bogen(450, 650, 50, 650),
            Strich::Zu,
        ]
    }
}

fn zeichnung(diagramm: &Diagramm) -> Zeichnung {
    match &diagramm.form {
        Form::Anteile { balken, zeigt } => anteile::zeichne(balken, zeigt, &mut Schreibmaschine),
        Form::Jahre {
            jahre,
            reihen,
            summe,
            zeigt_jahre,
            zeigt_reihen,
        } => jahre::zeichne(
            &jahre::Bild {
                jahre,
                reihen,
                summe: summe.as_ref(),
                zeigt_jahre,
                zeigt_reihen,
            },
            &mut Schreibmaschine,
        ),
    }
}

fn inhalt(text: &Text) -> String {
    let zeichen = text.zeile.glyphen.iter();
    zeichen
        .map(|(glyphe, _, _)| char::from_u32(u32::from(*glyphe)).unwrap())
        .collect()
}

fn balken(zeichnung: &Zeichnung) -> Vec<&Rechteck> {
    let rechtecke = zeichnung.rechtecke.iter();
    rechtecke.filter(|r| r.farbe == Farbe::Balken).collect()
}

fn anteile_von(werte: &[(&str, i64)]) -> Diagramm {
    let balken = werte
        .iter()
        .map(|(name, cent)| Balken {
            name: (*name).into(),
            betrag: Cent(*cent),
            zusatz: String::new(),
        })
        .collect();
    Diagramm::anteile("Anteile".into(), "Balken".into(), balken)
}

fn reihe(name: &str, werte: &[Option<i64>]) -> Reihe {
    Reihe {
        name: name.into(),
        werte: werte.iter().map(|cent| cent.map(Cent)).collect(),
    }
}

fn jahre_von(reihen: Vec<Reihe>) -> Diagramm {
    let anzahl = reihen.first().map_or(0, |reihe| reihe.werte.len());
    let jahre = (2019..).take(anzahl).map(|jahr| jahr.to_string()).collect();
    Diagramm::jahre("Jahre".into(), "Säulen".into(), jahre, reihen, None)
}

type Kasten = (Range<i64>, Range<i64>);

fn kasten(text: &Text) -> Kasten {
    let hoch = 700 * text.grad / 1_000;
    let tief = 200 * text.grad / 1_000;
    (text.x..text.x + text.breite(), text.y - hoch..text.y + tief)
}

fn schneiden(a: &Kasten, b: &Kasten) -> bool {
    let teilen = |a: &Range<i64>, b: &Range<i64>| a.start < b.end && b.start < a.end;
    teilen(&a.0, &b.0) && teilen(&a.1, &b.1)
}

/// That nothing leaves the drawing and no text lies on another or on a bar or line.
fn ist_lesbar(zeichnung: &Zeichnung) -> Result<(), TestCaseError> {
    let kaesten: Vec<_> = zeichnung.texte.iter().map(kasten).collect();
    for (index, eines) in kaesten.iter().enumerate() {
        prop_assert!(eines.0.start >= 0 && eines.1.start >= 0, "{eines:?}");
        prop_assert!(eines.0.end <= zeichnung.breite, "{eines:?}");
        prop_assert!(eines.1.end <= zeichnung.hoehe + 60, "{eines:?}");
        for anderes in &kaesten[..index] {
            prop_assert!(!schneiden(eines, anderes), "{eines:?} {anderes:?}");
        }
        for r in &zeichnung.rechtecke {
            let flaeche = (r.x..r.x + r.breite, r.y..r.y + r.hoehe);
            prop_assert!(!schneiden(eines, &flaeche), "{eines:?} {flaeche:?}");
        }
    }
    for r in &zeichnung.rechtecke {
        prop_assert!(
            r.x >= 0 && r.y >= -30 && r.breite > 0 && r.hoehe > 0,
            "{r:?}"
        );
        prop_assert!(r.x + r.breite <= zeichnung.breite, "{r:?}");
        prop_assert!(r.y + r.hoehe <= zeichnung.hoehe, "{r:?}");
    }
    Ok(())
}

/// That each length is the amount's part of the largest one's, to the nearest unit.
fn ist_verhaeltnis(laengen: &[(i64, i64)]) -> Result<(), TestCaseError> {
    let Some((groesster, ganz)) = laengen.iter().copied().max() else {
        return Ok(());
    };
    for (betrag, laenge) in laengen {
        let fehler =
            i128::from(*laenge) * i128::from(groesster) - i128::from(*betrag) * i128::from(ganz);
        prop_assert!(2 * fehler.abs() <= i128::from(groesster), "{laengen:?}");
    }
    Ok(())
}

#[test]
fn a_bar_of_half_the_amount_is_half_as_long() {
    let bild = zeichnung(&anteile_von(&[
        ("Kreis Unna", 200_000),
        ("Stadt Lünen", 100_000),
    ]));
    let laengen: Vec<_> = balken(&bild).iter().map(|b| b.breite).collect();
    assert_eq!(laengen[0], laengen[1] * 2 + laengen[0] % 2);
}

#[test]
fn the_longest_bar_leaves_just_room_for_its_amount() {
    let bild = zeichnung(&anteile_von(&[("Kreis Unna", 200_000)]));
    let betrag = bild
        .texte
        .iter()
        .find(|t| inhalt(t) == "2.000,00 €")
        .unwrap();
    assert_eq!(betrag.x + betrag.breite(), bild.breite);
}

#[test]
fn names_begin_at_the_left_edge() {
    let bild = zeichnung(&anteile_von(&[("Kreis Unna", 2), ("Stadt Lünen", 1)]));
    let links = bild.texte.iter().filter(|text| text.x == 0).map(inhalt);
    assert_eq!(links.collect::<Vec<_>>(), ["Kreis Unna", "Stadt Lünen"]);
}

#[test]
fn a_credit_runs_to_the_left_of_the_axis() {
    let bild = zeichnung(&anteile_von(&[("A", 100), ("B", -50)]));
    let [a, b] = balken(&bild)[..] else { panic!() };
    assert_eq!(b.x + b.breite, a.x);
}

#[test]
fn nothing_to_pay_has_an_amount_and_no_bar() {
    let bild = zeichnung(&anteile_von(&[("A", 0)]));
    assert!(balken(&bild).is_empty());
    assert!(bild.texte.iter().any(|text| inhalt(text) == "0,00 €"));
}

#[test]
fn a_word_behind_the_amount_makes_an_outline() {
    let diagramm = Diagramm::anteile(
        String::new(),
        String::new(),
        vec![Balken {
            name: "Stadt Lünen".into(),
            betrag: Cent(5),
            zusatz: "Eigenanteil".into(),
        }],
    );
    let bild = zeichnung(&diagramm);
    assert!(balken(&bild)[0].leer);
    assert!(bild.texte.iter().any(|text| inhalt(text) == "Eigenanteil"));
}

#[test]
fn no_use_in_a_year_is_a_dash() {
    let bild = zeichnung(&jahre_von(vec![reihe("Stadt Selm", &[None, Some(5)])]));
    assert!(bild.texte.iter().any(|text| inhalt(text) == "–"));
    assert_eq!(balken(&bild).len(), 1);
}

#[test]
fn a_column_stands_under_its_year() {
    let bild = zeichnung(&jahre_von(vec![reihe("Stadt Selm", &[Some(7), Some(5)])]));
    let jahr = bild
        .texte
        .iter()
        .find(|text| inhalt(text) == "2020")
        .unwrap();
    let saeule = balken(&bild)[1];
    assert_eq!(jahr.x + jahr.breite() / 2, saeule.x + saeule.breite / 2);
}

#[test]
fn a_credit_hangs_below_its_line() {
    let bild = zeichnung(&jahre_von(vec![reihe("Stadt Selm", &[Some(7), Some(-5)])]));
    let [soll, haben] = balken(&bild)[..] else {
        panic!()
    };
    assert_eq!(soll.y + soll.hoehe, haben.y);
}

#[test]
fn a_long_name_breaks_between_words_and_after_hyphens() {
    let zeilen = |name| -> Vec<String> {
        let zeilen = umbrochen(name, 5_000, &mut Schreibmaschine);
        zeilen.iter().map(inhalt).collect()
    };
    assert_eq!(zeilen("Kreisstadt Unna"), ["Kreisstadt", "Unna"]);
    assert_eq!(zeilen("Neu-Altenhagen"), ["Neu-", "Altenhagen"]);
    assert_eq!(zeilen("Oberverwaltung"), ["Oberverwa-", "ltung"]);
}

#[test]
fn a_chart_that_fits_is_its_only_part() {
    let diagramm = anteile_von(&[("A", 1), ("B", 2)]);
    assert_eq!(diagramm.teile(), [diagramm]);
}

#[test]
fn each_part_says_in_words_what_it_shows() {
    let namen: Vec<_> = (0..50).map(|i| format!("Stadt {i}")).collect();
    let werte: Vec<_> = namen.iter().map(|name| (name.as_str(), 1)).collect();
    let teile = anteile_von(&werte).teile();
    let anfang = "Teil 2 von 2 zeigt Stadt 25 bis Stadt 49; ";
    assert!(
        teile[1].beschreibung.starts_with(anfang),
        "{}",
        teile[1].beschreibung
    );
    let reihen: Vec<_> = namen
        .iter()
        .take(16)
        .map(|name| Reihe {
            name: name.clone(),
            werte: vec![Some(Cent(1)), Some(Cent(1))],
        })
        .collect();
    let jahre = vec!["2021".to_owned(), "2022".to_owned()];
    let teile = Diagramm::jahre(
        "Anteile".to_owned(),
        "Säulen.".to_owned(),
        jahre,
        reihen,
        None,
    )
    .teile();
    assert_eq!(
        teile[1].beschreibung,
        "Teil 2 von 2 zeigt 2021 bis 2022, Stadt 8 bis Stadt 15; alle Teile haben denselben Maßstab. Säulen."
    );
}

#[test]
fn a_hundred_bars_come_in_three_parts_of_one_scale() {
    let werte: Vec<_> = (0..100).map(|i| ("Gemeinde", 1 + i % 10)).collect();
    let teile = anteile_von(&werte).teile();
    assert_eq!(teile[2].titel, "Anteile (Teil 3 von 3, gleicher Maßstab)");
    assert!(teile.iter().all(|teil| {
        teil.beschreibung
            .contains("alle Teile haben denselben Maßstab")
    }));
    let laengste = teile.iter().map(|teil| {
        let bild = zeichnung(teil);
        balken(&bild).iter().map(|b| b.breite).max()
    });
    let laengste: Vec<_> = laengste.collect();
    assert!(laengste.iter().all(|l| *l == laengste[0]), "{laengste:?}");
}

#[test]
fn long_amounts_put_fewer_years_side_by_side() {
    let teile = jahre_von(vec![reihe("A", &[Some(100_000_000_000_000); 10])]).teile();
    assert_eq!(teile.len(), 3);
}

#[test]
fn sums_stand_below_the_last_rows() {
    let reihen: Vec<_> = (0..20).map(|_| reihe("A", &[Some(1)])).collect();
    let summe = Some(reihe("Summe", &[Some(20)]));
    let diagramm = Diagramm::jahre(
        String::new(),
        String::new(),
        vec!["2022".into()],
        reihen,
        summe,
    );
    let mit_summe = diagramm
        .teile()
        .iter()
        .map(|teil| matches!(&teil.form, Form::Jahre { summe: Some(_), .. }))
        .collect::<Vec<_>>();
    assert_eq!(mit_summe, [false, true]);
}

#[test]
fn colours_stand_out_three_to_one_even_in_grey() {
    #[allow(clippy::float_arithmetic)]
    fn kontrast(farbe: Farbe) -> f64 {
        let linear = |wert: u8| {
            let wert = f64::from(wert) / 255.0;
            if wert <= 0.04045 {
                wert / 12.92
            } else {
                ((wert + 0.055) / 1.055).powf(2.4)
            }
        };
        let [r, g, b] = farbe.rgb().map(linear);
        1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05)
    }
    for farbe in [Farbe::Balken, Farbe::Achse] {
        assert!(kontrast(farbe) >= 3.0, "{farbe:?}");
    }
    for farbe in [Farbe::Schwarz, Farbe::Grau] {
        assert!(kontrast(farbe) >= 4.5, "{farbe:?}");
    }
}

#[test]
fn the_file_has_whole_numbers_and_no_text() {
    let svg = jahre_von(vec![reihe("Stadt Selm", &[Some(7), None])]).svg(&mut Schreibmaschine);
    let (_, koerper) = svg.split_once("</desc>").unwrap();
    assert!(!koerper.contains('.'), "{koerper}");
    assert!(!koerper.contains("<text"));
}

#[test]
fn the_file_says_what_it_shows() {
    let mut diagramm = anteile_von(&[("A & B", 1)]);
    diagramm.titel = "Anteile <2022>".into();
    let svg = diagramm.svg(&mut Schreibmaschine);
    assert!(svg.contains("<title id=\"titel\">Anteile &lt;2022&gt;</title>"));
    assert!(svg.contains("<desc id=\"beschreibung\">Balken</desc>"));
}

#[test]
fn every_outline_is_written_once() {
    let svg = anteile_von(&[("AAAA", 1_111)]).svg(&mut Schreibmaschine);
    // A, 1, comma, €
    assert_eq!(svg.matches("<path id=").count(), 4);
}

#[test]
fn nothing_to_show_is_an_empty_drawing() {
    for diagramm in [anteile_von(&[]), jahre_von(Vec::new())] {
        for teil in diagramm.teile() {
            assert!(teil.svg(&mut Schreibmaschine).ends_with("</svg>\n"));
        }
    }
}

fn namen() -> impl Strategy<Value = String> {
    "[A-ZÄÖÜ][a-zäöüß]{1,12}([ -][A-Z][a-z]{1,25}){0,6}"
}

fn betrag() -> impl Strategy<Value = i64> {
    prop_oneof![
        4 => 0_i64..10_000_000,
        1 => -10_000_000_i64..0,
        1 => -100_000_000_000_000_i64..100_000_000_000_000,
        1 => Just(0_i64),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn bars_are_in_proportion_and_labels_apart(
        zeilen in prop::collection::vec((namen(), betrag(), any::<bool>()), 1..60)
    ) {
        let balken_: Vec<_> = zeilen.iter().map(|(name, cent, eigen)| Balken {
            name: name.clone(),
            betrag: Cent(*cent),
            zusatz: if *eigen { "Eigenanteil".into() } else { String::new() },
        }).collect();
        let diagramm = Diagramm::anteile(String::new(), String::new(), balken_);
        let mut gezeigt = 0;
        for teil in diagramm.teile() {
            let bild = zeichnung(&teil);
            ist_lesbar(&bild)?;
            let Form::Anteile { zeigt, .. } = &teil.form else { panic!() };
            prop_assert_eq!(zeigt.start, gezeigt);
            gezeigt = zeigt.end;
        }
        prop_assert_eq!(gezeigt, zeilen.len());
        let bild = zeichnung(&diagramm);
        // A bar shorter than half a unit is not drawn.
        let mut laengen: Vec<_> = balken(&bild).iter().map(|b| b.breite).collect();
        let mut betraege: Vec<_> = zeilen.iter().map(|(_, cent, _)| cent.abs()).collect();
        laengen.sort_unstable_by(|a, b| b.cmp(a));
        betraege.sort_unstable_by(|a, b| b.cmp(a));
        laengen.resize(betraege.len(), 0);
        ist_verhaeltnis(&betraege.into_iter().zip(laengen).collect::<Vec<_>>())?;
    }

    #[test]
    fn columns_are_in_proportion_and_labels_apart(
        zeilen in prop::collection::vec((namen(), prop::collection::vec(prop::option::of(betrag()), 12)), 1..20),
        jahre in 1_usize..12,
        mit_summe in any::<bool>(),
    ) {
        let reihen: Vec<_> = zeilen.iter().map(|(name, werte)| reihe(name, &werte[..jahre])).collect();
        let summe = mit_summe.then(|| reihe("Summe", &vec![Some(1_234_567); jahre]));
        let namen = (2015..).take(jahre).map(|jahr| jahr.to_string()).collect();
        let diagramm = Diagramm::jahre(String::new(), String::new(), namen, reihen.clone(), summe);
        let mut laengen = Vec::new();
        for teil in diagramm.teile() {
            let bild = zeichnung(&teil);
            ist_lesbar(&bild)?;
            laengen.extend(balken(&bild).iter().map(|b| b.hoehe));
        }
        let mut betraege: Vec<_> = reihen.iter().flat_map(|r| r.werte.iter().flatten()).map(|c| c.0.abs()).collect();
        laengen.sort_unstable_by(|a, b| b.cmp(a));
        betraege.sort_unstable_by(|a, b| b.cmp(a));
        laengen.resize(betraege.len(), 0);
        ist_verhaeltnis(&betraege.into_iter().zip(laengen).collect::<Vec<_>>())?;
    }
}
