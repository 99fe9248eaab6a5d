//! The shell around the pipeline: arguments, files, terminal, exit code.

use std::process::ExitCode;

mod ausgabe;
mod befehle;
mod check;
mod diff;
mod explain;
mod faeden;
mod felder;
mod fortschritt;
mod git;
mod golden;
mod handbuchseite;
mod herkunft;
mod kosten;
mod lesen;
mod melden;
mod neu;
mod pdf;
mod render;
mod schema;
mod vermerken;
mod vervollstaendigung;

use befehle::Befehl;
use melden::Ausgang;

fn main() -> ExitCode {
    let ausgang = match befehle::lies(std::env::args_os()) {
        Ok(Befehl::Render(befehl)) => render::render(&befehl),
        Ok(Befehl::Check(befehl)) => check::check(&befehl),
        Ok(Befehl::Explain(befehl)) => explain::explain(&befehl),
        Ok(Befehl::Vermerken(befehl)) => vermerken::vermerken(&befehl),
        Ok(Befehl::Kosten(befehl)) => kosten::kosten(&befehl),
        Ok(Befehl::Felder(befehl)) => felder::zeige(&befehl),
        Ok(Befehl::Pdf(befehl)) => pdf::pdf(&befehl),
        Ok(Befehl::Golden(befehl)) => golden::golden(&befehl),
        Ok(Befehl::Diff(befehl)) => diff::diff(&befehl),
        Ok(Befehl::Herkunft(befehl)) => herkunft::herkunft(&befehl),
        Ok(Befehl::Neu(befehl)) => neu::neu(&befehl),
        Ok(Befehl::Schema(befehl)) => schema::schema(&befehl),
        Ok(Befehl::Vervollstaendigung(befehl)) => {
            vervollstaendigung::vervollstaendigung(befehl.shell)
        }
        Ok(Befehl::Handbuchseite) => handbuchseite::handbuchseite(),
        Err(ausgang) => ausgang,
    };
    ExitCode::from(melden::abschluss(ausgang) as u8)
}

/// Names of files in a message: „a.md, b.md und c.md“.
fn aufgezaehlt(namen: &[&str]) -> String {
    drucksache::compute::sprache::aufzaehlung(namen, drucksache::compute::sprache::Verbindung::Und)
}

/// What ends a command early: said already, only the exit code is left.
type Ergebnis<T> = Result<T, Ausgang>;
