//! Amounts of money: read exactly, printed as German papers do.
//!
//! Reads and prints only; shares and roundings are computed elsewhere.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer};

use super::spelling::{shorten, tidy};
use super::value::{Wertfehler, deserialize_scalar};

const BEISPIEL: &str = "88.000,00";

/// The largest amount, in euros, that is read; anything above is a slip of the finger.
const MAX_EURO: i64 = 1_000_000_000_000;

/// How many signs a number may have; the largest amount has 17 and its cents.
const MAX_SIGNS: usize = 32;

/// How many digits behind the comma anybody may ask for.
const MAX_STELLEN: usize = 8;

/// An exact amount in euros, at most 10¹² either way.
/// Written 88000, 88000,00, 88.000,00, 88 000,00 or 12,50 €, with `-` or `−` in front if negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Betrag(Decimal);

impl Betrag {
    /// The amount in euros.
    pub fn euro(self) -> Decimal {
        self.0
    }

    /// The amount in cents, if it has no parts of a cent.
    pub fn cent(self) -> Option<Cent> {
        let cent = self.0.checked_mul(Decimal::ONE_HUNDRED)?;
        if !cent.fract().is_zero() {
            return None;
        }
        i64::try_from(cent.trunc()).ok().map(Cent)
    }

    /// Reads an amount that may have up to `stellen` digits behind the comma (at most 8), for unit prices and the like.
    ///
    /// # Errors
    /// Says what is wrong: ambiguous (`88.000`), English (`12.50`), wrongly grouped, too many digits, too large, no amount.
    pub fn mit_stellen(text: &str, stellen: usize) -> Result<Self, Wertfehler> {
        let tidy = tidy(text);
        Self::lies(&tidy, stellen).map_err(|fehler| match gemeint(&tidy) {
            Some(gemeint) if fehler.text.ends_with("ist kein Betrag") => {
                match Self::lies(&gemeint, stellen) {
                    Ok(betrag) => fehler.abhilfe(format!("„{}“ schreiben", number(betrag.0))),
                    Err(_) => fehler,
                }
            }
            Some(_) => fehler,
            None => {
                fehler.abhilfe("gibt es keinen Betrag, die Zeile weglassen; auch 0 ist eine Angabe")
            }
        })
    }

    fn lies(tidy: &str, stellen: usize) -> Result<Self, Wertfehler> {
        let number = without_currency(tidy);
        let (negative, number) = match number.strip_prefix(['-', '−']) {
            Some(rest) => (true, rest.trim_start()),
            None => (false, number),
        };
        let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ');
        if !number.starts_with(|c: char| c.is_ascii_digit()) || !number.chars().all(is_number) {
            return Err(kein_betrag(tidy));
        }
        if number.len() > MAX_SIGNS {
            let is_whole = !number.contains(',');
            return Err(if is_whole {
                zu_gross(tidy)
            } else {
                kein_betrag(tidy)
            });
        }
        let (whole, fraction) = split(number, stellen.min(MAX_STELLEN))?;
        let digits = format!("{}{whole}.{fraction}0", if negative { "-" } else { "" });
        let amount = digits.parse::<Decimal>().map_err(|_| kein_betrag(tidy))?;
        if amount.abs() > Decimal::from(MAX_EURO) {
            return Err(zu_gross(tidy));
        }
        // Without this „−0,00“ would stay negative.
        Ok(Self(if amount.is_zero() {
            Decimal::ZERO
        } else {
            amount
        }))
    }
}

/// The digits before and behind the comma.
fn split(number: &str, stellen: usize) -> Result<(String, &str), Wertfehler> {
    let (whole, fraction) = match number.split_once(',') {
        Some((_, fraction)) if fraction.contains([',', '.']) => return Err(englisch(number)),
        Some((_, "")) => {
            return Err(
                Wertfehler::new(format!("hinter dem Komma von „{number}“ fehlen Ziffern"))
                    .abhilfe(format!("„{number}00“ schreiben")),
            );
        }
        Some((whole, fraction)) => (whole, fraction),
        None => (number, ""),
    };
    if fraction.contains(' ') {
        return Err(kein_betrag(number));
    }
    if fraction.len() > stellen {
        return Err(zu_viele_stellen(number, whole, fraction, stellen));
    }
    if whole.contains('.') && whole.contains(' ') {
        return Err(falsch_gruppiert(number));
    }
    let groups: Vec<&str> = whole.split(['.', ' ']).collect();
    let Some((first, rest)) = groups.split_first() else {
        return Err(kein_betrag(number));
    };
    let grouped = (1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3);
    match rest {
        [] => {}
        [one] if fraction.is_empty() && whole.contains('.') && !number.contains(',') => {
            return Err(if grouped && !first.starts_with('0') {
                zweideutig(number, first, one)
            } else {
                englisch(number)
            });
        }
        _ if !grouped => return Err(falsch_gruppiert(number)),
        _ => {}
    }
    Ok((groups.concat(), fraction))
}

fn without_currency(text: &str) -> &str {
    let bare = ["€", "EUR", "Euro"]
        .iter()
        .find_map(|sign| text.strip_suffix(sign));
    bare.unwrap_or(text).trim_end()
}

/// The amount as it was probably meant, in the one spelling that is read: `€ 5`, `5,–`, `–5`, `5-`, `1'000`, `5 eur`.
/// `None` for words and dashes that stand for „nothing“.
fn gemeint(text: &str) -> Option<String> {
    const NICHTS: [&str; 9] = [
        "-",
        "−",
        "–",
        "—",
        "k.a.",
        "k. a.",
        "keine",
        "keiner",
        "entfällt",
    ];
    let klein = text.to_lowercase();
    if NICHTS.contains(&klein.as_str()) {
        return None;
    }
    let mut rest = klein.as_str();
    for zeichen in ["€", "euro", "eur"] {
        rest = rest.strip_prefix(zeichen).unwrap_or(rest).trim();
        rest = rest.strip_suffix(zeichen).unwrap_or(rest).trim();
    }
    for runde in [",--", ",-", ",–", ",—", ",−"] {
        rest = rest.strip_suffix(runde).unwrap_or(rest);
    }
    let vorn = rest.strip_prefix(['-', '−', '–', '—']);
    let hinten = rest.strip_suffix(['-', '−', '–', '—']);
    let ziffern = vorn
        .or(hinten)
        .or(rest.strip_prefix('+'))
        .unwrap_or(rest)
        .trim();
    let gruppiert = ziffern.replace(['\'', '’'], ".");
    // Where the cents were a dash, the points can only group.
    let ganze = ziffern != text && gruppiert.contains('.') && !gruppiert.contains(',');
    let minus = if vorn.is_some() || hinten.is_some() {
        "-"
    } else {
        ""
    };
    Some(format!(
        "{minus}{gruppiert}{}",
        if ganze { ",00" } else { "" }
    ))
}

fn kein_betrag(text: &str) -> Wertfehler {
    Wertfehler::new(format!("„{}“ ist kein Betrag", shorten(text)))
        .abhilfe(format!("einen Betrag wie {BEISPIEL} oder 88000 schreiben"))
}

fn zu_gross(text: &str) -> Wertfehler {
    Wertfehler::new(format!(
        "„{}“ ist größer als {}",
        shorten(text),
        euro(Decimal::from(MAX_EURO))
    ))
    .abhilfe("den Betrag prüfen")
}

fn zweideutig(number: &str, thousands: &str, rest: &str) -> Wertfehler {
    Wertfehler::new(format!(
        "„{number}“ ist zweideutig: {thousands}{rest},00 oder {thousands},{rest}"
    ))
    .abhilfe(format!(
        "„{number},00“ oder „{thousands}{rest}“ schreiben, wenn {thousands} Tausend gemeint sind"
    ))
}

fn englisch(number: &str) -> Wertfehler {
    // The last sign of an English number is its decimal point, all others group.
    let (whole, fraction) = number.rsplit_once('.').unwrap_or((number, ""));
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    let fehler = Wertfehler::new(format!(
        "„{number}“ ist nicht deutsch geschrieben: vor den Cent steht ein Komma"
    ));
    if fraction.is_empty() || fraction.len() > 2 || number.matches('.').count() > 1 {
        fehler.abhilfe(format!("einen Betrag wie {BEISPIEL} schreiben"))
    } else {
        fehler.abhilfe(format!("„{whole},{fraction:0<2}“ schreiben"))
    }
}

fn falsch_gruppiert(number: &str) -> Wertfehler {
    Wertfehler::new(format!(
        "„{number}“ ist falsch gruppiert: zwischen den Trennzeichen stehen je drei Ziffern"
    ))
    .abhilfe(format!("einen Betrag wie {BEISPIEL} oder 88000 schreiben"))
}

fn zu_viele_stellen(number: &str, whole: &str, fraction: &str, stellen: usize) -> Wertfehler {
    if fraction.len() == 3 && stellen == 2 && whole.len() <= 3 && !whole.contains(['.', ' ']) {
        return Wertfehler::new(format!("„{number}“ ist zweideutig: {whole} mit drei Nachkommastellen oder {whole}{fraction}"))
            .abhilfe(format!("„{whole}{fraction}“ oder „{whole}.{fraction},00“ schreiben, wenn {whole} Tausend gemeint sind"));
    }
    Wertfehler::new(format!(
        "„{}“ hat mehr als {stellen} Stellen hinter dem Komma",
        shorten(number)
    ))
    .abhilfe("den Betrag runden und die Stellen weglassen")
}

impl FromStr for Betrag {
    type Err = Wertfehler;

    /// # Errors
    /// As [`Betrag::mit_stellen`], with two digits behind the comma.
    fn from_str(text: &str) -> Result<Self, Wertfehler> {
        Self::mit_stellen(text, 2)
    }
}

impl fmt::Display for Betrag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&euro(self.0))
    }
}

impl<'de> Deserialize<'de> for Betrag {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_scalar(deserializer, "ein Betrag", BEISPIEL, str::parse)
    }
}

/// An amount in whole cents. Printed 88.000,00 €.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cent(pub i64);

impl Cent {
    /// The sum, unless it is too large for 64 bits.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// The difference, unless it is too large for 64 bits.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// The amount without the sign of the currency: 88.000,00.
    pub fn zahl(self) -> String {
        number(Decimal::new(self.0, 2))
    }
}

impl fmt::Display for Cent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&euro(Decimal::new(self.0, 2)))
    }
}

fn euro(amount: Decimal) -> String {
    format!("{} €", number(amount))
}

/// Grouped by points, with a comma and at least two digits behind it, and the minus sign of typography.
fn number(amount: Decimal) -> String {
    let digits = amount.normalize().abs().to_string();
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    let sign = if amount < Decimal::ZERO { "−" } else { "" };
    format!("{sign}{grouped},{fraction:0<2}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> String {
        match text.parse::<Betrag>() {
            Ok(betrag) => betrag.to_string(),
            Err(fehler) => format!("{} | {}", fehler.text, fehler.abhilfe.unwrap_or_default()),
        }
    }

    #[test]
    fn whole_euros() {
        assert_eq!(read("88000"), "88.000,00 €");
    }

    #[test]
    fn with_cents() {
        assert_eq!(read("88000,00"), "88.000,00 €");
    }

    #[test]
    fn one_digit_of_cents() {
        assert_eq!(read("12,5"), "12,50 €");
    }

    #[test]
    fn grouped_by_points() {
        assert_eq!(read("88.000,00"), "88.000,00 €");
        assert_eq!(read("1.234.567,89"), "1.234.567,89 €");
    }

    #[test]
    fn two_groups_without_cents_have_one_reading() {
        assert_eq!(read("1.234.567"), "1.234.567,00 €");
    }

    #[test]
    fn grouped_by_blanks() {
        assert_eq!(read("88\u{A0}000,00"), "88.000,00 €");
        assert_eq!(read("88\u{202F}000"), "88.000,00 €");
    }

    #[test]
    fn both_minus_signs() {
        assert_eq!(read("-5,00"), "−5,00 €");
        assert_eq!(read("−5,00"), "−5,00 €");
    }

    #[test]
    fn nothing_is_not_negative() {
        assert_eq!(read("-0,00"), "0,00 €");
    }

    #[test]
    fn with_a_currency() {
        for text in ["12,50 €", "12,50€", "12,50 EUR", "12,50 Euro"] {
            assert_eq!(read(text), "12,50 €", "{text}");
        }
    }

    #[test]
    fn one_point_and_three_digits_are_ambiguous() {
        assert_eq!(
            read("88.000"),
            "„88.000“ ist zweideutig: 88000,00 oder 88,000 | „88.000,00“ oder „88000“ schreiben, wenn 88 Tausend gemeint sind"
        );
    }

    #[test]
    fn one_comma_and_three_digits_are_ambiguous() {
        assert_eq!(
            read("88,000"),
            "„88,000“ ist zweideutig: 88 mit drei Nachkommastellen oder 88000 | „88000“ oder „88.000,00“ schreiben, wenn 88 Tausend gemeint sind"
        );
    }

    #[test]
    fn an_english_point_is_corrected() {
        assert_eq!(
            read("12.50"),
            "„12.50“ ist nicht deutsch geschrieben: vor den Cent steht ein Komma | „12,50“ schreiben"
        );
        assert!(read("88,000.00").ends_with("| „88000,00“ schreiben"));
        assert!(read("1,234,567").ends_with("einen Betrag wie 88.000,00 schreiben"));
    }

    #[test]
    fn wrong_groups() {
        for text in [
            "88.000.00",
            "8.80.000",
            "8800.000,00",
            "1.23,00",
            "88 00,00",
            "1.234 567,00",
        ] {
            assert!(
                read(text).contains("falsch gruppiert"),
                "{text}: {}",
                read(text)
            );
        }
    }

    #[test]
    fn a_leading_zero_is_no_thousand() {
        assert!(read("0.125").contains("nicht deutsch geschrieben"));
    }

    #[test]
    fn powers_of_ten_are_no_amounts() {
        assert_eq!(
            read("1e3"),
            "„1e3“ ist kein Betrag | einen Betrag wie 88.000,00 oder 88000 schreiben"
        );
    }

    #[test]
    fn no_amount_at_all() {
        for text in [
            "", "€", "zehn", ",50", "5,00-", "+5", "$ 5", "12,5 0", "--5", "1'000", "٣",
        ] {
            assert!(
                read(text).contains("ist kein Betrag"),
                "{text}: {}",
                read(text)
            );
        }
    }

    #[test]
    fn what_was_probably_meant_is_proposed() {
        for (text, gemeint) in [
            ("€ 1.234,56", "1.234,56"),
            ("5 EURO", "5,00"),
            ("5.000,-", "5.000,00"),
            ("5.000,– €", "5.000,00"),
            ("–5,00", "−5,00"),
            ("5,00-", "−5,00"),
            ("+5", "5,00"),
            ("1'234,56", "1.234,56"),
        ] {
            assert!(
                read(text).ends_with(&format!("ist kein Betrag | „{gemeint}“ schreiben")),
                "{text}: {}",
                read(text)
            );
        }
    }

    #[test]
    fn nothing_is_better_left_out() {
        for text in ["-", "–", "k.A.", "entfällt"] {
            assert!(
                read(text).contains("die Zeile weglassen"),
                "{text}: {}",
                read(text)
            );
        }
    }

    #[test]
    fn a_comma_needs_digits() {
        assert_eq!(
            read("88,"),
            "hinter dem Komma von „88,“ fehlen Ziffern | „88,00“ schreiben"
        );
    }

    #[test]
    fn parts_of_a_cent_are_refused_unless_stated() {
        assert!(read("0,1234").contains("mehr als 2 Stellen"));
        assert_eq!(
            Betrag::mit_stellen("0,1234", 4).map(|b| b.to_string()),
            Ok("0,1234 €".to_owned())
        );
        assert_eq!(Betrag::mit_stellen("0,1234", 4).unwrap().cent(), None);
    }

    #[test]
    fn the_largest_amount() {
        assert_eq!(read("1000000000000"), "1.000.000.000.000,00 €");
        assert!(read("1000000000000,01").contains("ist größer als 1.000.000.000.000,00 €"));
        assert!(read(&"9".repeat(99)).contains("ist größer als"));
    }

    #[test]
    fn cents_are_exact() {
        assert_eq!(
            "-1.234,05".parse::<Betrag>().unwrap().cent(),
            Some(Cent(-123_405))
        );
        assert_eq!(Cent(-5).to_string(), "−0,05 €");
        assert_eq!(Cent(8_800_000).zahl(), "88.000,00");
        assert_eq!(Cent(i64::MIN).zahl(), "−92.233.720.368.547.758,08");
    }

    #[test]
    fn cents_do_not_overflow() {
        assert_eq!(Cent(i64::MAX).checked_add(Cent(1)), None);
        assert_eq!(Cent(1).checked_sub(Cent(3)), Some(Cent(-2)));
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_again(cent in -100_000_000_000_000_i64..=100_000_000_000_000) {
            let printed = Cent(cent).to_string();
            prop_assert_eq!(printed.parse::<Betrag>().map(Betrag::cent), Ok(Some(Cent(cent))));
        }

        #[test]
        fn no_text_panics(text in "[-−0-9., €e]{0,20}") {
            let _ = text.parse::<Betrag>();
        }
    }
}
