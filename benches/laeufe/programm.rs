//! The program as a process of its own: its time, its memory, its exit status.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// What was measured of a run.
pub(crate) struct Lauf {
    pub(crate) dauer: Duration,
    /// At its peak; 0 where the system does not say.
    pub(crate) mb: u64,
    /// `None` where it was ended from outside, by the limit or by a signal.
    pub(crate) rueckgabe: Option<i32>,
}

/// Runs the program in a folder, for no longer than `hoechstens`.
pub(crate) fn lauf(ordner: &Path, argumente: &[&OsStr], hoechstens: Duration) -> Lauf {
    let beginn = Instant::now();
    let mut kind = Command::new(env!("CARGO_BIN_EXE_drucksache"))
        .args(argumente)
        .current_dir(ordner)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // The highest mark so far; what the last moment adds is little.
    let status = format!("/proc/{}/status", kind.id());
    let mut kb = 0_u64;
    let ende = loop {
        if let Some(ende) = kind.try_wait().unwrap() {
            break ende;
        }
        if beginn.elapsed() > hoechstens {
            kind.kill().unwrap();
        }
        let stand = fs::read_to_string(&status).unwrap_or_default();
        let marke = stand.lines().find_map(|zeile| zeile.strip_prefix("VmHWM:"));
        let marke = marke.and_then(|marke| marke.split_whitespace().next()?.parse().ok());
        kb = marke.unwrap_or(0).max(kb);
        thread::sleep(Duration::from_millis(1));
    };
    Lauf {
        dauer: beginn.elapsed(),
        mb: kb.div_ceil(1024),
        rueckgabe: ende.code(),
    }
}

/// A measured value beside its bound.
pub(crate) fn grenze(was: &str, wert: &str, ist_gut: bool, grenze: &str) {
    let urteil = if ist_gut { "hält" } else { "ÜBERSCHRITTEN:" };
    println!("{was:35} {wert} ({urteil} höchstens {grenze})");
}
