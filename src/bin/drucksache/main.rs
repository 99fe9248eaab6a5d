//! The shell around the pipeline: arguments, files, terminal, exit code.

use std::process::ExitCode;

mod ausgabe;
mod befehle;
mod check;
mod fortschritt;
mod golden;
mod lesen;
mod melden;
mod pdf;
mod render;

use befehle::Befehl;
use melden::Ausgang;

fn main() -> ExitCode {
    let ausgang = match befehle::lies(std::env::args_os()) {
        Ok(Befehl::Render(befehl)) => render::render(&befehl),
        Ok(Befehl::Check(befehl)) => check::check(&befehl),
        Ok(Befehl::Pdf(befehl)) => pdf::pdf(&befehl),
        Ok(Befehl::Golden(befehl)) => golden::golden(&befehl),
        Err(ausgang) => ausgang,
    };
    ExitCode::from(ausgang as u8)
}

/// Names of files in a message: „a.md, b.md und c.md“.
fn aufgezaehlt(namen: &[&str]) -> String {
    drucksache::compute::sprache::aufzaehlung(namen, drucksache::compute::sprache::Verbindung::Und)
}

/// What ends a command early: said already, only the exit code is left.
type Ergebnis<T> = Result<T, Ausgang>;
