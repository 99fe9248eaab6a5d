//! The years that a Haushaltsjahr names.

/// The years that a Haushaltsjahr names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Jahre {
    /// The first.
    pub(super) von: u32,
    /// The last; `None` where it goes on: „2021ff.“.
    pub(super) bis: Option<u32>,
}

/// Words that let a Haushaltsjahr go on.
const OFFEN: [&str; 4] = ["folge", "fortlaufend", "künftig", "weitere"];

impl Jahre {
    /// „2022“, „2021ff.“, „ab 2021“, „2021 und Folgejahre“, „2021/2022“ (a Doppelhaushalt), „2021 bis 2024“; `None` for
    /// anything else.
    pub(super) fn aus(text: &str) -> Option<Self> {
        let klein = text.to_lowercase();
        let zahlen: Vec<u32> = klein
            .split(|c: char| !c.is_ascii_digit())
            .filter(|teil| teil.len() == 4)
            .filter_map(|teil| teil.parse().ok())
            .collect();
        let von = *zahlen.first()?;
        let letzte = zahlen.last().copied().unwrap_or(von);
        let worte = || klein.split(|c: char| !c.is_alphabetic());
        let offen = worte().any(|wort| {
            matches!(wort, "ff" | "fortfolgende")
                || OFFEN.iter().any(|stamm| wort.starts_with(stamm))
        }) || zahlen.len() == 1 && worte().any(|wort| matches!(wort, "ab" | "seit"));
        Some(Self {
            von,
            bis: (!offen).then_some(letzte),
        })
    }

    /// Whether it names the year.
    pub(super) fn enthaelt(self, jahr: u32) -> bool {
        self.von <= jahr && self.bis.is_none_or(|bis| jahr <= bis)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_read_as_budgets_print_them() {
        let jahre = |von, bis| Some(Jahre { von, bis });
        assert_eq!(Jahre::aus("2022"), jahre(2022, Some(2022)));
        assert_eq!(Jahre::aus("2021ff."), jahre(2021, None));
        assert_eq!(Jahre::aus("2021 ff"), jahre(2021, None));
        assert_eq!(Jahre::aus("2021/2022"), jahre(2021, Some(2022)));
        assert_eq!(Jahre::aus("2021 bis 2024"), jahre(2021, Some(2024)));
        assert_eq!(Jahre::aus("2026 und Folgejahre"), jahre(2026, None));
        assert_eq!(Jahre::aus("ab 2026"), jahre(2026, None));
        assert_eq!(Jahre::aus("Ab 2026 bis 2028"), jahre(2026, Some(2028)));
        assert_eq!(Jahre::aus("laufend"), None);
    }
}
