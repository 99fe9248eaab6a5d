//! `drucksache vervollstaendigung`: scripts with which shells complete commands and options.

use clap_complete::{Shell as Ziel, generate};

use crate::befehle::{self, Shell};
use crate::melden::{self, Ausgang};

/// Runs the command.
pub(crate) fn vervollstaendigung(shell: Shell) -> Ausgang {
    let ziel = match shell {
        Shell::Bash => Ziel::Bash,
        Shell::Zsh => Ziel::Zsh,
        Shell::Fish => Ziel::Fish,
        Shell::Powershell => Ziel::PowerShell,
    };
    let mut skript = Vec::new();
    generate(ziel, &mut befehle::befehl(), "drucksache", &mut skript);
    melden::sage(&String::from_utf8_lossy(&skript));
    Ausgang::Gut
}
