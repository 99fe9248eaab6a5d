//! Pages as text, for goldens: every run of glyphs with its place.

use std::fmt::Write;

use super::page::{Artifact, Destination, Item, Mark, Mpt, Owner, Pages};

impl Pages {
    /// Each page's runs in their order, one a line: x and baseline in pt, face, size, text.
    ///
    /// Runs of artifacts and hyphens at lines' ends are marked in front. Links follow the runs of their page, the
    /// bookmarks follow the pages.
    pub fn dump(&self) -> String {
        let mut out = String::new();
        for (index, page) in self.pages.iter().enumerate() {
            // Writing to a string cannot fail.
            let _ = writeln!(
                out,
                "Seite {} {}×{}",
                index + 1,
                points(page.width),
                points(page.height)
            );
            for mark in &page.marks {
                dump_mark(&mut out, mark);
            }
            for link in &page.links {
                let target = match &link.target {
                    Destination::Uri(uri) => uri.clone(),
                    Destination::Page { page, y } => format!("Seite {} y {}", page + 1, points(*y)),
                };
                let area = link.area;
                let _ = writeln!(
                    out,
                    "  Verweis {} {} {}×{} → {target}",
                    points(area.x),
                    points(area.y),
                    points(area.width),
                    points(area.height)
                );
            }
        }
        for item in &self.outline {
            let indent = usize::from(item.level) * 2;
            let _ = writeln!(
                out,
                "Lesezeichen{:indent$}{} Seite {} y {}",
                "",
                item.text,
                item.page + 1,
                points(item.y)
            );
        }
        out
    }
}

fn dump_mark(out: &mut String, mark: &Mark) {
    let kind = match mark.owner {
        Owner::Node(_) if mark.actual_text.is_some() => "~",
        Owner::Node(_) => " ",
        Owner::Artifact(Artifact::Header) => "^",
        Owner::Artifact(Artifact::Footer) => "_",
        Owner::Artifact(Artifact::Watermark) => "*",
        Owner::Artifact(Artifact::Layout) => "#",
    };
    for item in &mark.items {
        let (x, y, what) = match item {
            Item::Text(run) => (
                run.x,
                run.y,
                format!("{:?} {} {}", run.face, points(run.size), run.text),
            ),
            Item::Image { area, .. } => (
                area.x,
                area.y,
                format!("Bild {}×{}", points(area.width), points(area.height)),
            ),
            Item::Fill { .. } | Item::Path(_) => continue,
        };
        let _ = writeln!(out, "{kind} {} {} {what}", points(x), points(y));
    }
}

/// A length in pt with three decimals.
fn points(length: Mpt) -> String {
    let sign = if length < 0 { "-" } else { "" };
    let length = length.unsigned_abs();
    format!("{sign}{}.{:03}", length / 1_000, length % 1_000)
}

#[cfg(test)]
mod tests {
    use super::points;

    #[test]
    fn points_have_three_decimals() {
        assert_eq!(points(70_866), "70.866");
        assert_eq!(points(-5), "-0.005");
    }
}
