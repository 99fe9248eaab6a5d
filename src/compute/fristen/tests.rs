use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::compute::rechne;
use crate::input::parse;
use crate::model::Schluessel;
use crate::model::frist::Wochentag;
use crate::source::Source;

const STAMMDATEN: &str = "
ämter:
  landrat: { nominativ: der Landrat, akkusativ: den Landrat }
körperschaften:
  kreis-a: { name: A, gattung: Kreis, regierungsbezirk: Arnsberg, gremien: [{ name: Kreistag, rolle: vertretung }] }
  stadt-b: { name: B, gattung: Stadt, kreis: kreis-a }
";

/// A matter with an agreement of two parties; `zeilen` are further keys of it, indented by four.
fn vorgang(stammdaten: &str, zeilen: &str, drucksache: &str) -> Vorgang {
    let yaml = format!(
        "vorgang: {{ federführend: kreis-a }}\nvereinbarungen:\n  v:\n    parteien: [kreis-a, stadt-b]\n{zeilen}{drucksache}"
    );
    let baum = |name: &str, text: &str| parse(&Source::new(name, text)).unwrap();
    let (vorgang, befunde) = Vorgang::aus(
        &[baum("vorgang.yaml", &yaml)],
        &[baum(
            "stammdaten.yaml",
            &format!("{STAMMDATEN}{stammdaten}"),
        )],
    );
    assert!(befunde.is_empty(), "{befunde:?}");
    vorgang
}

fn aus(vorgang: &Vorgang) -> Fristen {
    rechne(vorgang).vereinbarungen[&Schluessel::from("v")]
        .fristen
        .clone()
}

fn fristen(zeilen: &str) -> Fristen {
    aus(&vorgang("", zeilen, ""))
}

fn tag(text: &str) -> Datum {
    text.parse().unwrap()
}

/// The ways with the end of the fiction and the day of effect.
fn verlaeufe(fristen: &Fristen) -> Vec<(Fall, Option<String>, Option<String>)> {
    fristen
        .verlaeufe
        .iter()
        .map(|v| {
            (
                v.fall,
                v.fiktion.map(|tag| tag.to_string()),
                v.wirksam.map(|tag| tag.to_string()),
            )
        })
        .collect()
}

fn weg(fall: Fall, fiktion: &str, wirksam: &str) -> (Fall, Option<String>, Option<String>) {
    (fall, Some(fiktion.to_owned()), Some(wirksam.to_owned()))
}

const SAMSTAGS: &str =
    "    amtsblatt: { wochentag: samstag, vorlauf_tage: 3, quelle: Beispielwert }\n";

#[test]
fn both_fictions_after_a_receipt() {
    let fristen = fristen(&format!("    eingang: 09.11.2021\n{SAMSTAGS}"));
    assert_eq!(
        verlaeufe(&fristen),
        [
            weg(Fall::OhneEinwendung, "07.12.2021", "12.12.2021"),
            weg(Fall::OhneEroerterung, "04.01.2022", "09.01.2022"),
            (Fall::Eroerterung, None, None),
        ]
    );
    assert_eq!(fristen.luecken, []);
}

#[test]
fn a_later_day_that_the_agreement_names_wins() {
    let fristen = fristen(&format!(
        "    eingang: 09.11.2021\n    wirksam_ab: 01.01.2022\n{SAMSTAGS}"
    ));
    assert_eq!(fristen.verlaeufe[0].fruehestens, Some(tag("12.12.2021")));
    assert_eq!(fristen.verlaeufe[0].wirksam, Some(tag("01.01.2022")));
    assert_eq!(fristen.verlaeufe[1].wirksam, Some(tag("09.01.2022")));
}

#[test]
fn the_lead_of_the_gazette_can_cost_a_week() {
    // The approval counts as given with the end of Tuesday; a text of Wednesday comes four days before a Saturday too late.
    let fristen = fristen(
        "    eingang: 09.11.2021\n    amtsblatt: { wochentag: samstag, vorlauf_tage: 4, quelle: Beispielwert }\n",
    );
    assert_eq!(fristen.verlaeufe[0].bekanntmachung, Some(tag("18.12.2021")));
}

#[test]
fn an_end_on_a_holiday_moves_and_says_so() {
    // Four weeks after 24.11.2021 is Wednesday 22.12.2021; after 27.11.2021 it is Christmas Day, a Saturday.
    let fristen = fristen("    eingang: 27.11.2021\n");
    let erster = &fristen.verlaeufe[0];
    assert_eq!(erster.fiktion, Some(tag("27.12.2021")));
    assert!(
        erster.schritte.iter().any(|s| s.beleg == Beleg::Erinnert
            && s.tag == Some(tag("25.12.2021"))
            && s.worte.contains("1. Weihnachtstag")),
        "{erster:?}"
    );
}

#[test]
fn without_a_weekday_no_gazette_appears_on_a_sunday_or_holiday() {
    let ausgaben = |eingang: &str| {
        let fristen = fristen(&format!("    eingang: {eingang}\n"));
        let ausgaben = fristen.verlaeufe.iter().filter_map(|v| v.bekanntmachung);
        ausgaben.map(|tag| tag.to_string()).collect::<Vec<_>>()
    };
    // The fiction ends on Friday 24.12.2021; Christmas and a Sunday follow.
    assert_eq!(ausgaben("26.11.2021"), ["27.12.2021", "22.01.2022"]);
    // Friday 31.12.2021; New Year's Day and a Sunday follow. Saturday 29.01.2022 is a Werktag.
    assert_eq!(ausgaben("03.12.2021"), ["03.01.2022", "29.01.2022"]);
    assert_eq!(ausgaben("09.11.2021"), ["08.12.2021", "05.01.2022"]);
}

#[test]
fn a_weekday_that_was_typed_is_kept_on_a_holiday() {
    let fristen = fristen(
        "    eingang: 26.11.2021\n    amtsblatt: { wochentag: samstag, vorlauf_tage: 0, quelle: Beispielwert }\n",
    );
    assert_eq!(fristen.verlaeufe[0].bekanntmachung, Some(tag("25.12.2021")));
    assert!(fristen.verlaeufe[0].ist_fruehestens);
}

#[test]
fn no_step_rests_on_memory_where_no_end_moves() {
    let fristen = fristen(&format!("    eingang: 09.11.2021\n{SAMSTAGS}"));
    let schritte = fristen.verlaeufe.iter().flat_map(|v| &v.schritte);
    assert!(schritte.into_iter().all(|s| s.beleg == Beleg::Gesehen));
}

#[test]
fn an_objection_in_time_closes_the_first_way() {
    let fristen = fristen("    eingang: 09.11.2021\n    einwendung: { am: 07.12.2021 }\n");
    let faelle: Vec<_> = fristen.verlaeufe.iter().map(|v| v.fall).collect();
    assert_eq!(faelle, [Fall::OhneEroerterung, Fall::Eroerterung]);
}

#[test]
fn an_objection_too_late_is_none() {
    let fristen = fristen(
        "    eingang: 09.11.2021\n    einwendung: { am: 08.12.2021, erörterung_anberaumt_am: 09.12.2021 }\n",
    );
    let faelle: Vec<_> = fristen.verlaeufe.iter().map(|v| v.fall).collect();
    assert_eq!(faelle, [Fall::OhneEinwendung]);
}

#[test]
fn a_hearing_set_in_time_leaves_the_day_open() {
    let fristen = fristen(
        "    eingang: 09.11.2021\n    einwendung: { am: 01.12.2021, erörterung_anberaumt_am: 04.01.2022 }\n",
    );
    assert_eq!(verlaeufe(&fristen), [(Fall::Eroerterung, None, None)]);
}

#[test]
fn a_hearing_set_too_late_does_not_help() {
    let fristen = fristen(
        "    eingang: 09.11.2021\n    einwendung: { am: 01.12.2021, erörterung_anberaumt_am: 05.01.2022 }\n",
    );
    let faelle: Vec<_> = fristen.verlaeufe.iter().map(|v| v.fall).collect();
    assert_eq!(faelle, [Fall::OhneEroerterung]);
}

#[test]
fn without_a_receipt_the_last_signature_is_the_earliest_day() {
    let fristen = fristen(
        "    unterzeichnet:\n      - { körperschaft: kreis-a, am: 09.11.2021 }\n      - { körperschaft: stadt-b, am: 01.11.2021 }\n",
    );
    let eingang = fristen.eingang.unwrap();
    assert_eq!(
        (eingang.tag, eingang.grundlage),
        (tag("09.11.2021"), Grundlage::Unterschrift)
    );
    assert!(fristen.verlaeufe[0].ist_fruehestens);
    assert_eq!(felder(&fristen), ["eingang", "amtsblatt"]);
}

#[test]
fn a_missing_signature_leaves_the_day_by_which_all_mean_to_have_signed() {
    let fristen = fristen(
        "    unterzeichnet_bis: 15.11.2021\n    unterzeichnet: [{ körperschaft: kreis-a, am: 09.11.2021 }]\n",
    );
    let eingang = fristen.eingang.unwrap();
    assert_eq!(
        (eingang.tag, eingang.grundlage),
        (tag("15.11.2021"), Grundlage::UnterzeichnetBis)
    );
    assert!(
        fristen
            .luecken
            .iter()
            .any(|l| l.text == "die Tage der Unterschriften fehlen: Stadt B")
    );
}

#[test]
fn else_the_last_known_decision_counts_and_taking_note_is_none() {
    let v = vorgang(
        "",
        "    beschlüsse:\n      - { körperschaft: kreis-a, gremium: Kreistag, datum: 02.11.2021 }\n      \
         - { körperschaft: stadt-b, gremium: Rat, datum: 20.11.2021, ergebnis: kenntnisgenommen }\n",
        "drucksache:\n  nummer: 1/21\n  titel: V\n  beschlussvorschlag: Ja.\n  sachbericht: Ja.\n  vereinbarung: v\n  \
         gremium: Kreistag\n  datum: 09.11.2021\n",
    );
    let eingang = aus(&v).eingang.unwrap();
    assert_eq!(
        (eingang.tag, eingang.grundlage),
        (tag("09.11.2021"), Grundlage::Beschluss)
    );
}

#[test]
fn where_no_day_is_known_nothing_is_computed() {
    let fristen = fristen("");
    assert_eq!((fristen.eingang, fristen.verlaeufe.len()), (None, 0));
    assert_eq!(felder(&fristen), ["eingang"]);
}

#[test]
fn an_approval_leads_to_the_gazette_without_a_fiction() {
    let fristen = fristen(&format!(
        "    eingang: 09.11.2021\n    genehmigung: {{ vom: 30.11.2021 }}\n{SAMSTAGS}"
    ));
    assert_eq!(
        verlaeufe(&fristen),
        [(Fall::Genehmigt, None, Some("05.12.2021".to_owned()))]
    );
}

#[test]
fn a_publication_decides_alone() {
    let fristen =
        fristen("    eingang: 09.11.2021\n    veröffentlichung: { am: 18.12.2021, nummer: 50 }\n");
    assert_eq!(
        verlaeufe(&fristen),
        [(Fall::Veroeffentlicht, None, Some("19.12.2021".to_owned()))]
    );
    assert_eq!(fristen.luecken, []);
}

#[test]
fn base_data_know_the_gazette_by_its_name() {
    let v = vorgang(
        "amtsblätter:\n  Amtsblatt für den Regierungsbezirk Arnsberg: { wochentag: montag, quelle: Beispielwert }\n",
        "    eingang: 09.11.2021\n",
        "",
    );
    assert_eq!(aus(&v).verlaeufe[0].bekanntmachung, Some(tag("13.12.2021")));
}

#[test]
fn a_gazette_on_a_holiday_is_a_doubt() {
    let fristen = fristen(&format!("    eingang: 22.11.2021\n{SAMSTAGS}"));
    assert_eq!(fristen.verlaeufe[0].bekanntmachung, Some(tag("25.12.2021")));
    assert!(
        fristen
            .luecken
            .iter()
            .any(|l| l.text.contains("1. Weihnachtstag"))
    );
}

#[test]
fn an_agreement_in_force_without_its_day_says_only_that() {
    let fristen = fristen("    status: in-kraft\n    geschlossen: 30.10.2019\n");
    assert_eq!(fristen.verlaeufe, []);
    assert_eq!(felder(&fristen), ["in_kraft_seit"]);
}

#[test]
fn the_table_shows_days_and_doubts() {
    let zeilen = tabelle(&fristen("    unterzeichnet_bis: 09.11.2021\n"));
    let zeilen: Vec<_> = zeilen.iter().map(|(a, b)| format!("{a} | {b}")).collect();
    assert_eq!(
        zeilen,
        [
            "Eingang bei der Aufsichtsbehörde | frühestens 09.11.2021 (bis dahin unterzeichnet)",
            "ohne Einwendung | gilt frühestens mit Ablauf des 07.12.2021 als genehmigt, Amtsblatt frühestens 08.12.2021, \
             wirksam frühestens 09.12.2021",
            "Einwendung, aber kein Erörterungstermin | gilt frühestens mit Ablauf des 04.01.2022 als genehmigt, Amtsblatt \
             frühestens 05.01.2022, wirksam frühestens 06.01.2022",
            "Erörterungstermin anberaumt | offen",
            "nicht bekannt | der Tag des Eingangs bei der Aufsichtsbehörde fehlt",
            "nicht bekannt | die Tage der Unterschriften fehlen: Kreis A, Stadt B",
            "nicht bekannt | an welchem Wochentag das Amtsblatt erscheint und mit welchem Vorlauf, ist nicht angegeben",
        ]
    );
}

fn felder(fristen: &Fristen) -> Vec<&'static str> {
    fristen.luecken.iter().map(|luecke| luecke.feld).collect()
}

/// A receipt, the lead and weekday of a gazette, and what follows from them.
fn nach_eingang(eingang: Datum, wochentag: Wochentag, vorlauf_tage: u16) -> Fristen {
    static VORGANG: std::sync::OnceLock<Vorgang> = std::sync::OnceLock::new();
    let vorgang = VORGANG.get_or_init(|| vorgang("", "    eingang: 09.11.2021\n", ""));
    let mut vereinbarung = vorgang.vereinbarungen[&Schluessel::from("v")].clone();
    vereinbarung.eingang = Some(eingang);
    vereinbarung.amtsblatt = Some(Amtsblatt {
        wochentag,
        vorlauf_tage,
        quelle: "Beispielwert".into(),
    });
    let unklar = Zustaendigkeit::Unklar(String::new());
    super::fristen(vorgang, &vereinbarung, &Menge::default(), &unklar)
}

fn tage() -> impl Strategy<Value = Datum> {
    // From 1995 on, which is when the holidays are known.
    (728_300..767_000_i32)
        .prop_map(|nummer| Datum::from(NaiveDate::from_num_days_from_ce_opt(nummer).unwrap()))
}

fn wochentage() -> impl Strategy<Value = Wochentag> {
    prop::sample::select(vec![
        Wochentag::Montag,
        Wochentag::Donnerstag,
        Wochentag::Samstag,
        Wochentag::Sonntag,
    ])
}

proptest! {
    #[test]
    fn a_fiction_is_never_earlier_than_its_weeks_and_ends_on_a_werktag(eingang in tage()) {
        let fristen = nach_eingang(eingang, Wochentag::Samstag, 0);
        let recht = Kalendertest::get();
        for (verlauf, wochen) in fristen.verlaeufe.iter().zip([4, 8]) {
            let ende = verlauf.fiktion.unwrap();
            prop_assert!(ende >= plus_tage(eingang, 7 * wochen).unwrap());
            prop_assert!(ende <= plus_tage(eingang, 7 * wochen + 8).unwrap());
            prop_assert_eq!(recht.kein_fristende(ende), None);
        }
    }

    #[test]
    fn effect_is_after_the_gazette_and_the_gazette_after_the_fiction(
        eingang in tage(),
        wochentag in wochentage(),
        vorlauf in 0..30_u16,
    ) {
        for verlauf in nach_eingang(eingang, wochentag, vorlauf).verlaeufe {
            if let (Some(fiktion), Some(ausgabe), Some(wirksam)) =
                (verlauf.fiktion, verlauf.bekanntmachung, verlauf.wirksam)
            {
                prop_assert!(wochentag.ist(ausgabe));
                prop_assert!(ausgabe > plus_tage(fiktion, vorlauf.into()).unwrap());
                prop_assert!(ausgabe <= plus_tage(fiktion, u32::from(vorlauf) + 7).unwrap());
                prop_assert_eq!(wirksam, plus_tage(ausgabe, 1).unwrap());
            }
        }
    }

    #[test]
    fn a_receipt_one_day_later_never_leads_to_an_earlier_day(
        eingang in tage(),
        wochentag in wochentage(),
        vorlauf in 0..30_u16,
    ) {
        let danach = plus_tage(eingang, 1).unwrap();
        let heute = nach_eingang(eingang, wochentag, vorlauf);
        let morgen = nach_eingang(danach, wochentag, vorlauf);
        for (heute, morgen) in heute.verlaeufe.iter().zip(&morgen.verlaeufe) {
            prop_assert!(heute.fiktion <= morgen.fiktion);
            prop_assert!(heute.wirksam <= morgen.wirksam);
        }
    }
}

/// The holidays, read once.
struct Kalendertest;

impl Kalendertest {
    fn get() -> &'static crate::recht::Kalender {
        static KALENDER: std::sync::OnceLock<crate::recht::Kalender> = std::sync::OnceLock::new();
        KALENDER.get_or_init(|| crate::recht::recht().kalender)
    }
}
