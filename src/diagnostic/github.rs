//! Findings as annotations for GitHub Actions: one line each, shown beside the changed line of a pull request.

use super::ort::ort;
use super::{Befund, Schwere};
use crate::source::Sources;

/// The findings, one workflow command a line.
pub fn github(befunde: &[Befund], quellen: &Sources) -> String {
    befunde
        .iter()
        .map(|befund| zeile(befund, quellen))
        .collect()
}

fn zeile(befund: &Befund, quellen: &Sources) -> String {
    let art = match befund.schwere {
        Schwere::Fehler => "error",
        Schwere::Warnung => "warning",
        Schwere::Hinweis => "notice",
    };
    let mut angaben = vec![format!("title={}", eigenschaft(befund.regel))];
    if let Some(ort) = ort(&befund.stelle, quellen) {
        angaben.push(format!("file={}", eigenschaft(ort.datei)));
        if let Some((von, bis)) = ort.bereich {
            angaben.push(format!("line={},endLine={}", von.line, bis.line));
            // GitHub refuses columns where a place reaches over several lines.
            if von.line == bis.line {
                angaben.push(format!("col={},endColumn={}", von.column, bis.column));
            }
        }
    }
    let mut text = befund.text.clone();
    if let Some(abhilfe) = &befund.abhilfe {
        text.push_str("\nAbhilfe: ");
        text.push_str(abhilfe);
    }
    format!("::{art} {}::{}\n", angaben.join(","), inhalt(&text))
}

fn inhalt(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn eigenschaft(text: &str) -> String {
    inhalt(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Stelle;
    use crate::source::Source;

    #[test]
    fn a_finding_is_one_line_with_its_signs_escaped() {
        let mut quellen = Sources::default();
        quellen.insert(Source::new("a,b/c.yaml", "gemeinkosten: 10\n"));
        let stelle = Stelle::Datei {
            datei: "a,b/c.yaml".into(),
            bereich: 14..16,
        };
        let befund =
            Befund::warnung("x", stelle, "„10“ ist zweideutig").abhilfe("„10 %“ schreiben");
        assert_eq!(
            github(&[befund], &quellen),
            "::warning title=x,file=a%2Cb/c.yaml,line=1,endLine=1,col=15,endColumn=17::„10“ ist zweideutig%0AAbhilfe: „10 %25“ schreiben\n"
        );
    }

    #[test]
    fn a_folder_has_no_line() {
        let befund = Befund::fehler(
            "nicht-lesbar",
            Stelle::Pfad("a".into()),
            "„a“ gibt es nicht",
        );
        assert_eq!(
            github(&[befund], &Sources::default()),
            "::error title=nicht-lesbar,file=a::„a“ gibt es nicht\n"
        );
    }
}
