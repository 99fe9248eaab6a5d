//! The command line, in German: commands, options, and what is said of a call that cannot be understood.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::melden::{self, Ausgang};

const VORLAGE: &str = "{about}\n\nAufruf: {usage}\n\n{all-args}{after-help}";
const OPTIONEN: &str = "Optionen";

/// Aus Tatsachen, die nur einmal als YAML festgehalten sind, werden die Papiere einer Drucksache: Markdown und PDF.
#[derive(Debug, Parser)]
#[command(
    name = "drucksache",
    version,
    override_usage = "drucksache <BEFEHL> [OPTIONEN]",
    subcommand_help_heading = "Befehle",
    after_help = "\nBeispiel: drucksache render fixtures/drucksache-215-21\nMehr zu einem Befehl: drucksache <BEFEHL> --help\n"
)]
struct Aufruf {
    #[command(subcommand)]
    befehl: Befehl,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Befehl {
    /// Setzt die Papiere eines Vorgangs als Markdown und PDF
    #[command(
        override_usage = "drucksache render [PFAD…] [OPTIONEN]",
        after_help = "\nBeispiel: drucksache render vorgaenge/2026-17 --entwurf\nZum Prüfen: drucksache render vorgaenge/2026-17 --prüfexemplar --stand 08.11.2021\n"
    )]
    Render(Render),
    /// Prüft einen Vorgang gegen die Regeln, ohne etwas zu schreiben
    #[command(
        override_usage = "drucksache check [PFAD…] [OPTIONEN]",
        after_help = "\nBeispiel: drucksache check vorgaenge/2026-17\nAls Datei: drucksache check vorgaenge/2026-17 > bericht.txt\nRückgabe: 0 kein Fehler · 1 Fehler einer Regel oder eines Vermerks · 2 der Vorgang lässt sich nicht setzen\n"
    )]
    Check(Check),
    /// Erklärt eine Regel oder Meldung: was sie prüft, warum, und was zu tun ist
    #[command(
        override_usage = "drucksache explain [REGEL] [OPTIONEN]",
        after_help = "\nBeispiel: drucksache explain kosten-nur-verwiesen\nOhne Angabe: alle Regeln, eine je Zeile\nAls PDF: drucksache explain --alle > pruefregeln.md && drucksache pdf pruefregeln.md\n"
    )]
    Explain(Explain),
    /// Hält fest, dass jemand einen Befund bewusst hinnimmt: mit Grund und Namen in vermerke.yaml
    #[command(
        override_usage = "drucksache vermerken REGEL --stelle DATEI:ZEILE --grund TEXT --name NAME [PFAD]",
        after_help = "\nBeispiel: drucksache vermerken haushaltsjahr-ohne-betrag --stelle drucksachen/88-26.yaml:17 --grund 'Beträge erst mit dem Nachtrag' --name 'M. Beispiel' vorgaenge/2026-17\nDer Befund wird weiter gezeigt und nicht mehr gezählt, bis sich ändert, was der Vermerk deckt.\n"
    )]
    Vermerken(Vermerken),
    /// Rechnet die Kosten eines Vorgangs vor: Rechenweg, Anteile und Zahlungen je Jahr
    #[command(
        override_usage = "drucksache kosten [PFAD] [OPTIONEN]",
        after_help = "\nBeispiel: drucksache kosten vorgaenge/2026-17 --jahr 2027\nRückgabe: 0 gerechnet · 2 der Vorgang lässt sich nicht rechnen, oder für das Jahr gibt es keine Werte\n"
    )]
    Kosten(Kosten),
    /// Führt auf, was Vorlagen und Texte eines Vorgangs nennen können, mit den Werten
    #[command(
        override_usage = "drucksache felder [PFAD] [OPTIONEN]",
        after_help = "\nBeispiel: drucksache felder vorgaenge/2026-17 --suche sitzung\nIn einer Liste steht [] für einen Eintrag: {% for beratung in drucksache.beratungsfolge %}{{ beratung.gremium }}{% endfor %}\n"
    )]
    Felder(Felder),
    /// Setzt Markdown-Dateien als PDF
    #[command(
        override_usage = "drucksache pdf DATEI.md… [OPTIONEN]",
        after_help = "\nBeispiel: drucksache pdf ausgabe/2026-17/88-26-beschlussvorlage.md -o druck\n"
    )]
    Pdf(Pdf),
    /// Vergleicht die Papiere mit den Golden-Dateien neben dem Vorgang
    #[command(
        override_usage = "drucksache golden [PFAD…] [OPTIONEN]",
        after_help = "\nBeispiel: drucksache golden vorgaenge/2026-17 --update\nRückgabe: 0 alles gleich · 1 Abweichungen · 2 der Vorgang lässt sich nicht setzen\n"
    )]
    Golden(Golden),
    /// Vergleicht zwei Stände eines Vorgangs: was sich geändert hat, woher es kommt und ob es materiell ist
    #[command(
        override_usage = "drucksache diff ALT NEU [OPTIONEN]\n        drucksache diff [PFAD] --git STAND [OPTIONEN]",
        after_help = "\nBeispiel: drucksache diff vorgaenge/2026-17-alt vorgaenge/2026-17\nGegen einen früheren Stand: drucksache diff vorgaenge/2026-17 --git HEAD~1 --format pdf -o vergleich\nGegen den Text einer alten Vereinbarung: drucksache diff alt.md vorgaenge/2026-17 --papier vereinbarung\nRückgabe: 0 kein Unterschied · 1 Unterschiede · 2 ein Stand lässt sich nicht setzen\n"
    )]
    Diff(Diff),
    /// Sagt, woher eine Zeile oder ein Satz eines Papiers kommt: Werte, Vorlage, Texte und der Rechenweg von Beträgen
    #[command(
        override_usage = "drucksache herkunft [PFAD] PAPIER --zeile N | --suche TEXT [OPTIONEN]",
        after_help = "\nBeispiel: drucksache herkunft vorgaenge/2026-17 88-26-beschlussvorlage --zeile 25\nNach dem Wortlaut: drucksache herkunft vorgaenge/2026-17 88-26-beschlussvorlage --suche 'je 1/8'\nZeilen zählen im Markdown, das render schreibt. Jeder Wert der YAML wird probehalber geändert; was sich dabei im Papier bewegt, hängt von ihm ab.\nRückgabe: 0 gefunden · 2 das Papier oder die Stelle gibt es nicht, oder der Vorgang lässt sich nicht setzen\n"
    )]
    Herkunft(Herkunft),
    /// Legt einen kleinen, erläuterten Vorgang an, mit dem sich anfangen lässt
    #[command(
        name = "new",
        alias = "neu",
        override_usage = "drucksache new ORDNER [OPTIONEN]",
        after_help = "\nBeispiel: drucksache new vorgaenge/2026-18 --vorlage vereinbarung\n"
    )]
    Neu(Neu),
    /// Gibt das JSON-Schema der Dateien aus, mit dem Editoren ergänzen und erklären
    #[command(
        override_usage = "drucksache schema [OPTIONEN]",
        after_help = "\nBeispiel: drucksache schema > vorgang.schema.json\nIn der ersten Zeile der YAML-Datei steht dann: # yaml-language-server: $schema=vorgang.schema.json\n"
    )]
    Schema(Schema),
    /// Gibt ein Skript aus, mit dem die Shell Befehle und Optionen ergänzt
    #[command(
        override_usage = "drucksache vervollstaendigung bash|zsh|fish|powershell",
        after_help = "\nBeispiel: drucksache vervollstaendigung bash > ~/.local/share/bash-completion/completions/drucksache\n"
    )]
    Vervollstaendigung(Vervollstaendigung),
    /// Gibt die Handbuchseite für man aus
    #[command(
        override_usage = "drucksache handbuchseite",
        after_help = "\nBeispiel: drucksache handbuchseite > drucksache.1 && man ./drucksache.1\n"
    )]
    Handbuchseite,
}

/// `render`.
#[derive(Debug, Args)]
pub(crate) struct Render {
    /// Ordner der Vorgänge; ohne Angabe der Ordner, in dem Sie stehen
    #[arg(value_name = "PFAD", help_heading = "Argumente")]
    pub(crate) pfade: Vec<PathBuf>,
    /// Ordner für die Papiere; darin entsteht je Vorgang ein Ordner (sonst: ausgabe)
    #[arg(short, long, value_name = "ORDNER", default_value = "ausgabe", hide_default_value = true, help_heading = OPTIONEN)]
    pub(crate) output: PathBuf,
    /// Was geschrieben wird: md, pdf oder beides (sonst: md,pdf)
    #[arg(long, value_delimiter = ',', value_name = "FORMAT", default_value = "md,pdf", hide_default_value = true, hide_possible_values = true, help_heading = OPTIONEN)]
    pub(crate) format: Vec<Format>,
    /// Nur Papiere dieser Art, etwa beschlussvorlage
    #[arg(long, value_name = "ART", help_heading = OPTIONEN)]
    pub(crate) nur: Option<String>,
    /// Nur Papiere der Drucksache mit dieser Nummer, etwa 215-21
    #[arg(long, value_name = "NUMMER", help_heading = OPTIONEN)]
    pub(crate) drucksache: Option<String>,
    /// Kennzeichnet jede Seite als Entwurf
    #[arg(long, help_heading = OPTIONEN)]
    pub(crate) entwurf: bool,
    /// Setzt außerdem jede Vorlage mit ihren Anlagen in ein gemeinsames Papier
    #[arg(long, help_heading = OPTIONEN)]
    pub(crate) gesamt: bool,
    /// Schreibt zu jedem Papier außerdem ein Prüfexemplar: dieselben Zeilen, am Rand gezählt, Befunde und Vermerke als
    /// Notizen bei ihren Zeilen und auf einem Blatt am Ende
    #[arg(long = "prüfexemplar", alias = "pruefexemplar", help_heading = OPTIONEN)]
    pub(crate) pruefexemplar: bool,
    /// Der Tag, der auf dem Prüfexemplar als Stand des Entwurfs steht (sonst: der Tag der Entscheidung)
    #[arg(long, value_name = "DATUM", help_heading = OPTIONEN)]
    pub(crate) stand: Option<String>,
    /// Wie das Prüfexemplar Zeilen zählt: seite für jede Seite von 1 an, durchgehend durch das ganze Papier (sonst:
    /// seite)
    #[arg(long, value_name = "ART", default_value = "seite", hide_default_value = true, hide_possible_values = true, help_heading = OPTIONEN)]
    pub(crate) zeilen: Zeilenzaehlung,
    /// Rückgabe 1, wenn eine Regel einen Fehler findet
    #[arg(long, help_heading = OPTIONEN)]
    pub(crate) streng: bool,
    /// Wie viel zugleich gearbeitet wird (sonst: so viel, wie der Rechner Kerne hat); am Ergebnis ändert es nichts
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..), help_heading = OPTIONEN)]
    pub(crate) jobs: Option<u16>,
}

/// How lines of a review copy are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Zeilenzaehlung {
    /// From 1 on each page.
    Seite,
    /// Through the whole paper.
    Durchgehend,
}

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Markdown.
    Md,
    /// PDF.
    Pdf,
}

/// How findings are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// Text for people.
    Text,
    /// JSON for editors and CI.
    Json,
    /// SARIF 2.1.0 for code hosts and editors.
    Sarif,
    /// Annotations for GitHub Actions.
    Github,
}

/// `check`.
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Ordner der Vorgänge; ohne Angabe der Ordner, in dem Sie stehen
    #[arg(value_name = "PFAD", help_heading = "Argumente")]
    pub(crate) pfade: Vec<PathBuf>,
    /// Wie die Befunde ausgegeben werden: text für Menschen, json für Editoren und Programme, sarif für
    /// Plattformen, github als Anmerkungen in GitHub Actions (sonst: text)
    #[arg(long, value_name = "FORM", default_value = "text", hide_default_value = true, hide_possible_values = true, help_heading = OPTIONEN)]
    pub(crate) format: Form,
    /// Rückgabe 1 auch bei Warnungen
    #[arg(long, help_heading = OPTIONEN)]
    pub(crate) streng: bool,
}

/// `explain`.
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// Der Name der Regel oder Meldung, wie er bei Befunden in eckigen Klammern steht
    #[arg(
        value_name = "REGEL",
        help_heading = "Argumente",
        conflicts_with = "alle"
    )]
    pub(crate) regel: Option<String>,
    /// Alle Regeln und Meldungen als Handbuch in Markdown
    #[arg(long, help_heading = OPTIONEN)]
    pub(crate) alle: bool,
}

/// `vermerken`.
#[derive(Debug, Args)]
pub(crate) struct Vermerken {
    /// Der Name der Regel, wie ihn check in eckigen Klammern nennt
    #[arg(value_name = "REGEL", help_heading = "Argumente")]
    pub(crate) regel: String,
    /// Ordner des Vorgangs; ohne Angabe der Ordner, in dem Sie stehen
    #[arg(value_name = "PFAD", help_heading = "Argumente")]
    pub(crate) pfad: Option<PathBuf>,
    /// Wo der Befund steht, wie check es anzeigt: DATEI:ZEILE oder DATEI:ZEILE:SPALTE
    #[arg(long, value_name = "STELLE", help_heading = OPTIONEN)]
    pub(crate) stelle: String,
    /// Warum der Befund hingenommen wird
    #[arg(long, value_name = "TEXT", help_heading = OPTIONEN)]
    pub(crate) grund: String,
    /// Wer ihn hinnimmt
    #[arg(long, value_name = "NAME", help_heading = OPTIONEN)]
    pub(crate) name: String,
    /// Wann; ohne Angabe steht kein Tag im Vermerk
    #[arg(long, value_name = "DATUM", help_heading = OPTIONEN)]
    pub(crate) am: Option<String>,
}

/// `kosten`.
#[derive(Debug, Args)]
pub(crate) struct Kosten {
    /// Ordner des Vorgangs; ohne Angabe der Ordner, in dem Sie stehen
    #[arg(value_name = "PFAD", help_heading = "Argumente")]
    pub(crate) pfad: Option<PathBuf>,
    /// Nur dieses Jahr
    #[arg(long, value_name = "JAHR", help_heading = OPTIONEN)]
    pub(crate) jahr: Option<u32>,
    /// Wie die Zahlen ausgegeben werden: text für Menschen, json für Programme (sonst: text)
    #[arg(long, value_name = "FORM", default_value = "text", hide_default_value = true, hide_possible_values = true, help_heading = OPTIONEN)]
    pub(crate) format: Zahlenform,
}

/// `felder`.
#[derive(Debug, Args)]
pub(crate) struct Felder {
    /// Ordner des Vorgangs; ohne Angabe der Ordner, in dem Sie stehen
    #[arg(value_name = "PFAD", help_heading = "Argumente")]
    pub(crate) pfad: Option<PathBuf>,
    /// Die Drucksache, deren Werte gezeigt werden (sonst: die erste)
    #[arg(long, value_name = "NR", help_heading = OPTIONEN)]
    pub(crate) drucksache: Option<String>,
    /// Nur, was dieses Wort im Namen oder im Wert hat
    #[arg(long, value_name = "WORT", help_heading = OPTIONEN)]
    pub(crate) suche: Option<String>,
}

/// How figures are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Zahlenform {
    /// Text for people.
    Text,
    /// JSON for programs.
    Json,
}

/// `pdf`.
#[derive(Debug, Args)]
pub(crate) struct Pdf {
    /// Markdown-Dateien
    #[arg(value_name = "DATEI.md", required = true, help_heading = "Argumente")]
    pub(crate) dateien: Vec<PathBuf>,
    /// Ordner für die PDF-Dateien (sonst: neben der Markdown-Datei)
    #[arg(short, long, value_name = "ORDNER", help_heading = OPTIONEN)]
    pub(crate) output: Option<PathBuf>,
    /// Wie viele Dateien zugleich gesetzt werden (sonst: so viele, wie der Rechner Kerne hat)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..), help_heading = OPTIONEN)]
    pub(crate) jobs: Option<u16>,
}

/// How differences from golden files are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Goldenform {
    /// Text for people.
    Text,
    /// JSON for programs.
    Json,
    /// Annotations for GitHub Actions.
    Github,
}

/// `golden`.
#[derive(Debug, Args)]
pub(crate) struct Golden {
    /// Ordner der Vorgänge; ohne Angabe der Ordner, in dem Sie stehen
    #[arg(value_name = "PFAD", help_heading = "Argumente")]
    pub(crate) pfade: Vec<PathBuf>,
    /// Schreibt die Golden-Dateien neu und sagt, was sich geändert hat
    #[arg(long, help_heading = OPTIONEN)]
    pub(crate) update: bool,
    /// Wie die Abweichungen ausgegeben werden: text für Menschen, json für Programme, github als Anmerkungen in GitHub
    /// Actions (sonst: text)
    #[arg(long, value_name = "FORM", default_value = "text", hide_default_value = true, hide_possible_values = true, help_heading = OPTIONEN)]
    pub(crate) format: Goldenform,
    /// Sagt auch, welche Stellen der Vorlagen und welche Regeln keiner der Vorgänge erreicht
    #[arg(long, help_heading = OPTIONEN)]
    pub(crate) abdeckung: bool,
}

/// `diff`.
#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// Der alte Stand und der neue: Ordner von Vorgängen oder Markdown-Dateien; mit --git nur der Ordner
    #[arg(value_name = "PFAD", num_args = 0..=2, help_heading = "Argumente")]
    pub(crate) pfade: Vec<PathBuf>,
    /// Der alte Stand aus der Versionsverwaltung: eine Revision, die git kennt, etwa HEAD~1 oder v1
    #[arg(long, value_name = "STAND", help_heading = OPTIONEN)]
    pub(crate) git: Option<String>,
    /// Das Papier des neuen Standes, mit dem eine Markdown-Datei verglichen wird, etwa vereinbarung
    #[arg(long, value_name = "PAPIER", help_heading = OPTIONEN)]
    pub(crate) papier: Option<String>,
    /// Wie der Vergleich ausgegeben wird: text für Menschen, md als Markdown, json für Programme, pdf als
    /// Änderungsfassung je Papier und als Synopse (sonst: text)
    #[arg(long, value_name = "FORM", default_value = "text", hide_default_value = true, hide_possible_values = true, help_heading = OPTIONEN)]
    pub(crate) format: Vergleichsform,
    /// Ordner für die PDF-Dateien (sonst: ausgabe/vergleich)
    #[arg(short, long, value_name = "ORDNER", default_value = "ausgabe/vergleich", hide_default_value = true, help_heading = OPTIONEN)]
    pub(crate) output: PathBuf,
}

/// `herkunft`.
#[derive(Debug, Args)]
pub(crate) struct Herkunft {
    /// Ordner des Vorgangs, ohne Angabe der Ordner, in dem Sie stehen; dann das Papier, etwa 88-26-beschlussvorlage
    #[arg(value_name = "PAPIER", num_args = 1..=2, required = true, help_heading = "Argumente")]
    pub(crate) papier: Vec<PathBuf>,
    /// Die Zeile des Markdowns, ab 1
    #[arg(long, value_name = "N", help_heading = OPTIONEN)]
    pub(crate) zeile: Option<usize>,
    /// Der Wortlaut der Stelle; Zeilenumbrüche zählen wie Leerzeichen
    #[arg(long, value_name = "TEXT", help_heading = OPTIONEN)]
    pub(crate) suche: Option<String>,
    /// Wie die Herkunft ausgegeben wird: text für Menschen, json für Programme (sonst: text)
    #[arg(long, value_name = "FORM", default_value = "text", hide_default_value = true, hide_possible_values = true, help_heading = OPTIONEN)]
    pub(crate) format: Zahlenform,
}

/// How a comparison is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Vergleichsform {
    /// Text for people.
    Text,
    /// Markdown.
    Md,
    /// JSON for programs.
    Json,
    /// Redlines and Synopse.
    Pdf,
}

/// `new`.
#[derive(Debug, Args)]
pub(crate) struct Neu {
    /// Ordner für den Vorgang; er darf noch nicht bestehen oder muss leer sein
    #[arg(value_name = "ORDNER", help_heading = "Argumente")]
    pub(crate) ordner: PathBuf,
    /// Womit angefangen wird: beschlussvorlage, oder vereinbarung mit Aufgaben, Nutzung und Kosten (sonst:
    /// beschlussvorlage)
    #[arg(long, value_name = "VORLAGE", default_value = "beschlussvorlage", hide_default_value = true, hide_possible_values = true, help_heading = OPTIONEN)]
    pub(crate) vorlage: Vorlage,
}

/// What a new matter holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Vorlage {
    /// A paper for a council and nothing else.
    Beschlussvorlage,
    /// An agreement with tasks, users and costs, and the paper on it.
    Vereinbarung,
}

/// `schema`.
#[derive(Debug, Args)]
pub(crate) struct Schema {
    /// Das Schema der Stammdaten statt dem der Vorgänge
    #[arg(long, help_heading = OPTIONEN)]
    pub(crate) stammdaten: bool,
}

/// `vervollstaendigung`.
#[derive(Debug, Args)]
pub(crate) struct Vervollstaendigung {
    /// Die Shell: bash, zsh, fish oder powershell
    #[arg(
        value_name = "SHELL",
        hide_possible_values = true,
        help_heading = "Argumente"
    )]
    pub(crate) shell: Shell,
}

/// A shell that can complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Shell {
    /// GNU Bash.
    Bash,
    /// Z shell.
    Zsh,
    /// Friendly interactive shell.
    Fish,
    /// Windows PowerShell.
    Powershell,
}

/// Reads a command line. Help and complaints are said here; what is left is the exit code.
pub(crate) fn lies(argumente: impl IntoIterator<Item = OsString>) -> Result<Befehl, Ausgang> {
    let mut argumente: Vec<OsString> = argumente.into_iter().collect();
    // Many programs know `help`; here it is another word for `--help`.
    if argumente
        .get(1)
        .is_some_and(|wort| wort == "help" || wort == "hilfe")
    {
        argumente.remove(1);
        argumente.truncate(2);
        argumente.push("--help".into());
    }
    let befehl = befehl();
    let unterbefehl = argumente
        .get(1)
        .and_then(|wort| befehl.find_subcommand(wort))
        .map(|unterbefehl| unterbefehl.get_name().to_owned());
    let gelesen = befehl
        .try_get_matches_from(argumente)
        .and_then(|treffer| Aufruf::from_arg_matches(&treffer));
    match gelesen {
        Ok(aufruf) => Ok(aufruf.befehl),
        Err(fehler) => Err(melde(&fehler, unterbefehl.as_deref())),
    }
}

/// The command line with all that clap would say in English said in German.
pub(crate) fn befehl() -> clap::Command {
    let deutsch = |befehl: clap::Command| {
        befehl
            .help_template(VORLAGE)
            .disable_help_flag(true)
            .disable_version_flag(true)
            .arg(
                clap::Arg::new("help")
                    .short('h')
                    .long("help")
                    .alias("hilfe")
                    .action(clap::ArgAction::Help)
                    .help("Zeigt diese Hilfe")
                    .help_heading(OPTIONEN),
            )
    };
    let version = clap::Arg::new("version")
        .short('V')
        .long("version")
        .action(clap::ArgAction::Version)
        .help("Zeigt die Version")
        .help_heading(OPTIONEN);
    deutsch(Aufruf::command())
        .arg(version)
        .disable_help_subcommand(true)
        .mut_subcommands(deutsch)
}

fn melde(fehler: &clap::Error, unterbefehl: Option<&str>) -> Ausgang {
    if matches!(
        fehler.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    ) {
        melden::sage(&fehler.render().to_string());
        return Ausgang::Gut;
    }
    if fehler.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        melden::klage(&fehler.render().to_string());
        return Ausgang::NichtGebaut;
    }
    let kontext = |art| match fehler.get(art) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texte)) => texte.join(", "),
        _ => String::new(),
    };
    let argument = kontext(ContextKind::InvalidArg);
    let mut text = match fehler.kind() {
        ErrorKind::UnknownArgument => format!("die Angabe „{argument}“ kennt dieser Befehl nicht"),
        ErrorKind::InvalidSubcommand => format!(
            "den Befehl „{}“ gibt es nicht",
            kontext(ContextKind::InvalidSubcommand)
        ),
        ErrorKind::MissingRequiredArgument => format!("es fehlt die Angabe {argument}"),
        ErrorKind::MissingSubcommand => "es fehlt der Befehl".to_owned(),
        ErrorKind::ArgumentConflict => {
            format!("„{argument}“ verträgt sich nicht mit einer anderen Angabe")
        }
        ErrorKind::InvalidValue if kontext(ContextKind::InvalidValue).is_empty() => {
            format!("zu „{argument}“ fehlt der Wert")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!(
                "„{}“ ist kein Wert für „{argument}“",
                kontext(ContextKind::InvalidValue)
            )
        }
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("„{argument}“ hat die falsche Zahl von Werten")
        }
        ErrorKind::NoEquals => format!("„{argument}“ braucht ein Gleichheitszeichen"),
        ErrorKind::InvalidUtf8 => "eine Angabe ist kein gültiger Text".to_owned(),
        _ => format!("der Aufruf ist nicht zu verstehen. Originalmeldung: {fehler}"),
    };
    // The best of several comes last.
    let vorschlag = [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedValue,
    ]
    .into_iter()
    .find_map(|art| match fehler.get(art) {
        Some(ContextValue::Strings(texte)) => texte.last().cloned(),
        Some(ContextValue::String(text)) => Some(text.clone()),
        _ => None,
    });
    let moeglich = kontext(ContextKind::ValidValue);
    if let Some(vorschlag) = vorschlag {
        text.push_str(&format!("; meinten Sie „{vorschlag}“?"));
    } else if !moeglich.is_empty() {
        text.push_str(&format!("; möglich sind {moeglich}"));
    }
    let hilfe = match unterbefehl {
        Some(name) => format!("drucksache {name} --help"),
        None => "drucksache --help".to_owned(),
    };
    melden::klage(&format!("Fehler: {text}\nHilfe: {hilfe}\n"));
    Ausgang::NichtGebaut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        befehl().debug_assert();
    }

    /// The help of the program and of each command, by name.
    fn hilfen() -> Vec<(String, String)> {
        let mut befehl = befehl();
        befehl.build();
        let mut texte = vec![(String::new(), befehl.render_long_help().to_string())];
        texte.extend(
            befehl
                .get_subcommands_mut()
                .map(|b| (b.get_name().to_owned(), b.render_long_help().to_string())),
        );
        texte
    }

    #[test]
    fn no_help_text_is_english() {
        for (_, text) in hilfen() {
            for wort in [
                "Usage",
                "Options:",
                "Arguments",
                "Commands",
                "default:",
                "Print",
                "possible",
                "aliases",
                "Possible",
            ] {
                assert!(!text.contains(wort), "„{wort}“ in\n{text}");
            }
        }
    }

    #[test]
    fn each_help_has_an_example_of_its_own_command() {
        for (name, text) in hilfen() {
            let beispiel = format!("Beispiel: drucksache {name}");
            assert!(text.contains(beispiel.trim_end()), "{text}");
        }
    }

    #[test]
    fn each_option_is_explained() {
        let mut befehl = befehl();
        befehl.build();
        for unterbefehl in befehl.get_subcommands() {
            for argument in unterbefehl.get_arguments() {
                assert!(
                    argument.get_help().is_some(),
                    "{} {}",
                    unterbefehl.get_name(),
                    argument.get_id()
                );
            }
        }
    }
}
