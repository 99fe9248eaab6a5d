//! `drucksache handbuchseite`: the man page, made from the same words as the help.

use clap::Command;

use crate::befehle;
use crate::melden::{self, Ausgang};

/// Runs the command.
pub(crate) fn handbuchseite() -> Ausgang {
    melden::sage(&seite(befehle::befehl()));
    Ausgang::Gut
}

/// The man page in roff.
fn seite(mut befehl: Command) -> String {
    befehl.build();
    let version = befehl.get_version().unwrap_or_default();
    let mut seite = format!(".TH DRUCKSACHE 1 \"\" \"drucksache {version}\" \"Benutzerbefehle\"\n");
    seite.push_str(".SH BEZEICHNUNG\ndrucksache \\- setzt die Papiere einer Drucksache aus YAML\n");
    seite.push_str(".SH ÜBERSICHT\n\\fBdrucksache\\fR \\fIBEFEHL\\fR [\\fIOPTIONEN\\fR]\n");
    seite.push_str(".SH BESCHREIBUNG\n");
    absatz(&mut seite, &text(befehl.get_about()));
    seite.push_str(".SH BEFEHLE\n");
    for unterbefehl in befehl.get_subcommands() {
        beschreibe(&mut seite, unterbefehl);
    }
    seite.push_str(".SH RÜCKGABEWERTE\n");
    for (wert, bedeutung) in RUECKGABE {
        punkt(&mut seite, wert, bedeutung);
    }
    seite
}

const RUECKGABE: [(&str, &str); 3] = [
    ("0", "Alles in Ordnung."),
    (
        "1",
        "Eine Regel hat einen Fehler gefunden, oder die Papiere weichen von den Golden-Dateien ab.",
    ),
    (
        "2",
        "Der Vorgang lässt sich nicht setzen, oder eine Datei oder der Aufruf ist fehlerhaft. Es wurde nichts geschrieben.",
    ),
];

fn beschreibe(seite: &mut String, befehl: &Command) {
    let aufruf = befehl
        .clone()
        .render_usage()
        .to_string()
        .replace("Usage: ", "");
    seite.push_str(&format!(".SS \"{}\"\n", roff(aufruf.trim())));
    absatz(seite, &text(befehl.get_about()));
    for argument in befehl.get_arguments() {
        let namen: Vec<_> = argument
            .get_short()
            .map(|kurz| format!("-{kurz}"))
            .into_iter()
            .chain(argument.get_long().map(|lang| format!("--{lang}")))
            .collect();
        let wert = argument
            .get_value_names()
            .filter(|_| argument.get_action().takes_values())
            .map(|werte| werte.join(" "))
            .unwrap_or_default();
        let kopf = format!("{} {wert}", namen.join(", "));
        punkt(seite, kopf.trim(), &text(argument.get_help()));
    }
    absatz(seite, text(befehl.get_after_help()).trim());
}

fn text(text: Option<&clap::builder::StyledStr>) -> String {
    text.map(ToString::to_string).unwrap_or_default()
}

fn absatz(seite: &mut String, text: &str) {
    if text.is_empty() {
        return;
    }
    seite.push_str(".PP\n");
    for (i, zeile) in text.lines().enumerate() {
        if i > 0 {
            seite.push_str(".br\n");
        }
        seite.push_str(&roff(zeile));
        seite.push('\n');
    }
}

fn punkt(seite: &mut String, kopf: &str, text: &str) {
    seite.push_str(&format!(".TP\n\\fB{}\\fR\n{}\n", roff(kopf), roff(text)));
}

/// Text that roff shows as it is.
fn roff(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-");
    if text.starts_with(['.', '\'']) {
        format!("\\&{text}")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_command_and_each_of_its_options_stands_in_the_page() {
        let mut befehl = befehle::befehl();
        let seite = seite(befehl.clone());
        befehl.build();
        for unterbefehl in befehl.get_subcommands() {
            assert!(
                seite.contains(&format!(".SS \"drucksache {}", unterbefehl.get_name())),
                "{}",
                unterbefehl.get_name()
            );
            for lang in unterbefehl.get_arguments().filter_map(clap::Arg::get_long) {
                assert!(
                    seite.contains(&format!("\\-\\-{}", lang.replace('-', "\\-"))),
                    "{lang}"
                );
            }
        }
        assert!(!seite.contains("Usage"), "{seite}");
    }

    #[test]
    fn signs_of_roff_are_shown_and_not_obeyed() {
        assert_eq!(roff(".a-b\\c"), "\\&.a\\-b\\ec");
    }
}
