//! `drucksache diff` as it is called.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

fn ordner(name: &str) -> PathBuf {
    let ordner = env::temp_dir().join(format!("drucksache-diff-{}-{name}", std::process::id()));
    let _ = fs::remove_dir_all(&ordner);
    fs::create_dir_all(&ordner).unwrap();
    ordner
}

fn lauf(in_ordner: &Path, argumente: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_drucksache"))
        .current_dir(in_ordner)
        .arg("diff")
        .args(argumente)
        .output()
        .unwrap()
}

fn git(in_ordner: &Path, argumente: &[&str]) {
    let ausgabe = Command::new("git")
        .current_dir(in_ordner)
        .args([
            "-c",
            "user.name=Test",
            "-c",
            "user.email=test@example.org",
            "-c",
            "commit.gpgsign=false",
        ])
        .args(argumente)
        .output()
        .unwrap();
    assert!(ausgabe.status.success(), "{ausgabe:?}");
}

fn stderr(ausgabe: &Output) -> String {
    String::from_utf8_lossy(&ausgabe.stderr).into_owned()
}

const YAML: &str = "nummer: 88/26\ntitel: Neue Bänke\ngremium: Rat\ndatum: 17.03.2026\nbeschlussvorschlag: Der Rat beschließt, zehn Bänke zu beschaffen.\nsachbericht: Die alten Bänke sind morsch.\n";

#[test]
fn an_earlier_revision_is_compared_and_a_folder_that_was_not_there_is_said() {
    let ordner = ordner("git");
    git(&ordner, &["init", "-q"]);
    fs::write(ordner.join("LIESMICH.md"), "x\n").unwrap();
    git(&ordner, &["add", "-A"]);
    git(&ordner, &["commit", "-qm", "leer"]);
    fs::create_dir(ordner.join("v")).unwrap();
    fs::write(ordner.join("v/vorgang.yaml"), YAML).unwrap();
    git(&ordner, &["add", "-A"]);
    git(&ordner, &["commit", "-qm", "alt"]);
    let gleich = lauf(&ordner, &["v", "--git", "HEAD"]);
    assert_eq!(gleich.status.code(), Some(0), "{}", stderr(&gleich));
    fs::write(ordner.join("v/vorgang.yaml"), YAML.replace("zehn", "zwölf")).unwrap();
    let anders = lauf(&ordner, &["v", "--git", "HEAD", "--format", "json"]);
    assert_eq!(anders.status.code(), Some(1), "{}", stderr(&anders));
    let json: serde_json::Value = serde_json::from_slice(&anders.stdout).unwrap();
    assert_eq!(json["schema"], "drucksache.diff/1");
    assert_eq!(json["bilanz"]["materiell"], 1);
    for (stand, wort) in [
        ("HEAD~1", "sein erster Stand ist"),
        ("gibtesnicht", "keinen Stand"),
        ("--version", "git kennt"),
    ] {
        let argument = format!("--git={stand}");
        let ausgabe = lauf(&ordner, &["v", &argument]);
        assert_eq!(ausgabe.status.code(), Some(2));
        assert!(
            stderr(&ausgabe).contains(wort),
            "{stand}: {}",
            stderr(&ausgabe)
        );
    }
    fs::remove_dir_all(ordner).unwrap();
}

#[test]
fn a_folder_that_bore_another_name_is_compared_with_what_it_was() {
    let ordner = ordner("umbenannt");
    git(&ordner, &["init", "-q"]);
    fs::create_dir_all(ordner.join("v/texte")).unwrap();
    fs::write(ordner.join("v/vorgang.yaml"), YAML).unwrap();
    fs::write(ordner.join("v/texte/a.md"), "Ein Text.\n").unwrap();
    git(&ordner, &["add", "-A"]);
    git(&ordner, &["commit", "-qm", "alt"]);
    let pruefe = |name: &str| {
        fs::write(
            ordner.join(name).join("vorgang.yaml"),
            YAML.replace("zehn", "zwölf"),
        )
        .unwrap();
        let ausgabe = lauf(&ordner, &[name, "--git", "HEAD"]);
        let text = String::from_utf8_lossy(&ausgabe.stdout).into_owned();
        assert_eq!(ausgabe.status.code(), Some(1), "{}", stderr(&ausgabe));
        assert!(text.contains("[-zehn-]{+zwölf+}"), "{text}");
        assert!(text.contains("hieß der Ordner „v“"), "{text}");
        assert!(text.contains("1 materielle Änderung;"), "{text}");
    };
    git(&ordner, &["mv", "v", "neu"]);
    pruefe("neu");
    // Without a word to git.
    fs::rename(ordner.join("neu"), ordner.join("anders")).unwrap();
    git(&ordner, &["rm", "-rq", "--cached", "neu"]);
    pruefe("anders");
    // A matter that is copied is none that bore another name.
    git(&ordner, &["checkout", "-q", "HEAD", "--", "v"]);
    let ausgabe = lauf(&ordner, &["anders", "--git", "HEAD"]);
    assert_eq!(ausgabe.status.code(), Some(2));
    let klage = stderr(&ausgabe);
    assert!(klage.contains("hat git noch in keinem Stand"), "{klage}");
    fs::remove_dir_all(ordner).unwrap();
}

#[test]
fn a_folder_that_git_does_not_manage_is_said() {
    let ordner = ordner("ohne");
    fs::write(ordner.join("vorgang.yaml"), YAML).unwrap();
    let ausgabe = lauf(&ordner, &["--git", "HEAD"]);
    assert_eq!(ausgabe.status.code(), Some(2));
    assert!(stderr(&ausgabe).contains("git"), "{}", stderr(&ausgabe));
    fs::remove_dir_all(ordner).unwrap();
}

#[test]
fn redlines_and_the_synopse_are_written() {
    let ordner = ordner("pdf");
    for (name, text) in [("a", YAML.to_owned()), ("b", YAML.replace("zehn", "zwölf"))] {
        fs::create_dir(ordner.join(name)).unwrap();
        fs::write(ordner.join(name).join("vorgang.yaml"), text).unwrap();
    }
    let ausgabe = lauf(&ordner, &["a", "b", "--format", "pdf", "-o", "aus"]);
    assert_eq!(ausgabe.status.code(), Some(1), "{}", stderr(&ausgabe));
    for name in [
        "88-26-beschlussvorlage-aenderungsfassung.pdf",
        "synopse.pdf",
    ] {
        assert!(
            fs::read(ordner.join("aus").join(name))
                .unwrap()
                .starts_with(b"%PDF-")
        );
    }
    fs::remove_dir_all(ordner).unwrap();
}

#[test]
fn a_state_that_cannot_be_built_is_named() {
    let ordner = ordner("kaputt");
    for (name, text) in [
        ("a", YAML.to_owned()),
        ("b", YAML.replace("nummer", "numer")),
    ] {
        fs::create_dir(ordner.join(name)).unwrap();
        fs::write(ordner.join(name).join("vorgang.yaml"), text).unwrap();
    }
    let ausgabe = lauf(&ordner, &["a", "b"]);
    assert_eq!(ausgabe.status.code(), Some(2));
    assert!(
        stderr(&ausgabe).contains("der neue Stand lässt sich nicht setzen"),
        "{}",
        stderr(&ausgabe)
    );
    fs::write(ordner.join("alt.md"), "Ein alter Text.\n").unwrap();
    let ausgabe = lauf(&ordner, &["alt.md", "a", "--papier", "gibtesnicht"]);
    assert_eq!(ausgabe.status.code(), Some(2));
    assert!(
        stderr(&ausgabe).contains("88-26-beschlussvorlage"),
        "{}",
        stderr(&ausgabe)
    );
    fs::remove_dir_all(ordner).unwrap();
}

#[test]
fn a_text_is_compared_with_a_text() {
    let ordner = ordner("texte");
    fs::write(
        ordner.join("alt.md"),
        "§ 1 Ziel\n\nDie Stadt kann helfen.\n",
    )
    .unwrap();
    fs::write(
        ordner.join("neu.md"),
        "§ 1 Ziel\n\nDie Stadt muss helfen.\n",
    )
    .unwrap();
    let ausgabe = lauf(&ordner, &["alt.md", "neu.md"]);
    assert_eq!(ausgabe.status.code(), Some(1), "{}", stderr(&ausgabe));
    let text = String::from_utf8_lossy(&ausgabe.stdout).into_owned();
    assert!(text.contains("[-kann-]{+muss+}"), "{text}");
    fs::write(ordner.join("leer.md"), "\n").unwrap();
    fs::write(ordner.join("alt.docx"), "PK").unwrap();
    for (alt, wort) in [
        ("leer.md", "ist leer"),
        ("alt.docx", "mit der Endung .md speichern"),
        ("fehlt.md", "gibt es nicht"),
    ] {
        let ausgabe = lauf(&ordner, &[alt, "neu.md"]);
        assert_eq!(ausgabe.status.code(), Some(2), "{alt}");
        assert!(
            stderr(&ausgabe).contains(wort),
            "{alt}: {}",
            stderr(&ausgabe)
        );
    }
    fs::remove_dir_all(ordner).unwrap();
}

/// The new text as the script in the JSON makes it of the old one.
fn nach_skript(json: &[u8], alt: &str) -> String {
    let json: serde_json::Value = serde_json::from_slice(json).unwrap();
    let mut neu = String::new();
    let bloecke = json["papiere"][0]["bloecke"].as_array().unwrap();
    for stueck in bloecke
        .iter()
        .flat_map(|block| block["stuecke"].as_array().unwrap())
    {
        if let Some(text) = stueck["neu"].as_str() {
            neu.push_str(text);
        } else if let Some(bytes) = stueck["gleich"].as_array() {
            let byte = |i: usize| usize::try_from(bytes[i].as_u64().unwrap()).unwrap();
            neu.push_str(&alt[byte(0)..byte(1)]);
        }
    }
    neu
}

#[test]
fn bytes_of_an_old_text_count_without_its_mark_and_with_single_line_ends() {
    let ordner = ordner("bom");
    let alt = "§ 1 Ziel\n\nDie Stadt kann für Bürger Gutes tun.\n\n§ 2 Maß\n\nÜber das Maß entscheidet der Rat.\n";
    let neu = alt.replace("kann", "muss").replace("Rat", "Kreistag");
    fs::write(ordner.join("neu.md"), &neu).unwrap();
    for wie_gespeichert in [
        alt.to_owned(),
        format!("\u{feff}{alt}"),
        format!("\u{feff}{}", alt.replace('\n', "\r\n")),
        alt.replace('ü', "u\u{308}"),
    ] {
        fs::write(ordner.join("alt.md"), &wie_gespeichert).unwrap();
        let ausgabe = lauf(&ordner, &["alt.md", "neu.md", "--format", "json"]);
        assert_eq!(ausgabe.status.code(), Some(1), "{}", stderr(&ausgabe));
        assert_eq!(
            nach_skript(&ausgabe.stdout, alt),
            neu,
            "{wie_gespeichert:?}"
        );
    }
    fs::remove_dir_all(ordner).unwrap();
}

#[test]
fn html_in_a_text_is_named_where_it_stands_and_all_papers_are_written() {
    let ordner = ordner("html");
    let alt = "# Alt\n\nDie Frist beträgt sechs Monate.\n\n<table><tr><td>x</td></tr></table>\n";
    fs::write(ordner.join("alt.md"), alt).unwrap();
    fs::write(ordner.join("neu.md"), alt.replace("sechs", "zwölf")).unwrap();
    let ausgabe = lauf(
        &ordner,
        &["alt.md", "neu.md", "--format", "pdf", "-o", "aus"],
    );
    assert_eq!(ausgabe.status.code(), Some(1), "{}", stderr(&ausgabe));
    assert!(
        stderr(&ausgabe).contains("neu.md:5:1"),
        "{}",
        stderr(&ausgabe)
    );
    for name in ["neu-aenderungsfassung.pdf", "synopse.pdf"] {
        assert!(ordner.join("aus").join(name).is_file(), "{name}");
    }
    fs::remove_dir_all(ordner).unwrap();
}

#[test]
fn a_paper_is_named_only_for_a_text() {
    let ordner = ordner("papier");
    for name in ["a", "b"] {
        fs::create_dir(ordner.join(name)).unwrap();
        fs::write(ordner.join(name).join("vorgang.yaml"), YAML).unwrap();
    }
    let ausgabe = lauf(&ordner, &["a", "b", "--papier", "gibtesnicht"]);
    assert_eq!(ausgabe.status.code(), Some(2));
    assert!(
        stderr(&ausgabe).contains("--papier gibtesnicht"),
        "{}",
        stderr(&ausgabe)
    );
    fs::remove_dir_all(ordner).unwrap();
}
