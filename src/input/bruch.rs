//! Exact fractions and percentages.
//!
//! Reads and prints only; shares are computed elsewhere.

use std::fmt;
use std::str::FromStr;

use num_bigint::BigInt;
use num_rational::BigRational;
use serde::{Deserialize, Deserializer};

use super::spelling::{shorten, tidy};
use super::value::{Wertfehler, deserialize_scalar};

const BEISPIEL: &str = "10 %";

/// How many digits a number in a fraction may have.
const MAX_DIGITS: usize = 18;

/// Fractions that have a character of their own.
const ZEICHEN: [(&str, u8, u8); 15] = [
    ("¼", 1, 4),
    ("½", 1, 2),
    ("¾", 3, 4),
    ("⅓", 1, 3),
    ("⅔", 2, 3),
    ("⅕", 1, 5),
    ("⅖", 2, 5),
    ("⅗", 3, 5),
    ("⅘", 4, 5),
    ("⅙", 1, 6),
    ("⅚", 5, 6),
    ("⅛", 1, 8),
    ("⅜", 3, 8),
    ("⅝", 5, 8),
    ("⅞", 7, 8),
];

/// An exact fraction, never negative. Written 1/4, ¼, 25 % or 0,25; printed 1/4.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bruch(BigRational);

impl Bruch {
    /// The fraction as a number, in lowest terms.
    pub fn wert(&self) -> &BigRational {
        &self.0
    }

    /// The fraction in percent, 12,5 %, if that comes out even: a third does not.
    pub fn prozent(&self) -> Option<String> {
        let percent = even(&(&self.0 * BigRational::from_integer(100.into())))?;
        Some(format!("{percent} %"))
    }

    /// Reads a fraction where a bare whole number is clear as well, such as a number of posts: 2, 1,5 or 1/4.
    ///
    /// # Errors
    /// As the plain reading, but for whole numbers.
    pub fn als_zahl(text: &str) -> Result<Self, Wertfehler> {
        let tidy = tidy(text);
        if is_digits(&tidy) {
            return decimal(&tidy).map(Self);
        }
        tidy.parse()
    }
}

impl FromStr for Bruch {
    type Err = Wertfehler;

    /// # Errors
    /// Says what is wrong: a bare whole number („10“ for „10 %“), a negative one, a zero below the line, an English point.
    fn from_str(text: &str) -> Result<Self, Wertfehler> {
        let text = tidy(text);
        if text.starts_with(['-', '−']) {
            return Err(Wertfehler::new(format!("„{}“ ist negativ", shorten(&text)))
                .abhilfe("einen Anteil ab 0 % schreiben"));
        }
        if let Some((_, above, below)) = ZEICHEN.iter().find(|(sign, ..)| *sign == text) {
            return Ok(Self(BigRational::new((*above).into(), (*below).into())));
        }
        if let Some((above, below)) = text.split_once(['/', '⁄', '∕']) {
            return quotient(&text, above.trim(), below.trim()).map(Self);
        }
        let percent = text
            .strip_suffix('%')
            .or_else(|| text.strip_suffix("Prozent"));
        if let Some(number) = percent {
            let hundred = BigRational::from_integer(100.into());
            return decimal(number.trim_end()).map(|number| Self(number / hundred));
        }
        if is_digits(&text) {
            return Err(ohne_prozent(&text));
        }
        decimal(&text).map(Self)
    }
}

impl Bruch {
    /// A fraction; `None` if it is negative.
    pub fn neu(wert: BigRational) -> Option<Self> {
        (wert >= BigRational::from_integer(0.into())).then_some(Self(wert))
    }

    /// Whether it is nothing.
    pub fn ist_null(&self) -> bool {
        self.0 == BigRational::from_integer(0.into())
    }

    /// 1/n, the equal share of each of n; `None` for 0.
    pub fn stammbruch(n: usize) -> Option<Self> {
        (n > 0).then(|| Self(BigRational::new(1.into(), n.into())))
    }

    /// The fraction as its own character where there is one, `¼`, else as `1/4`.
    pub fn zeichen(&self) -> String {
        ZEICHEN
            .iter()
            .find(|(_, above, below)| self.0 == BigRational::new((*above).into(), (*below).into()))
            .map_or_else(|| self.to_string(), |(sign, ..)| (*sign).to_owned())
    }

    /// The fraction as a decimal number, 0,25, if that comes out even.
    pub fn dezimal(&self) -> Option<String> {
        even(&self.0)
    }
}

fn quotient(text: &str, above: &str, below: &str) -> Result<BigRational, Wertfehler> {
    let (Some(above), Some(below)) = (whole(above), whole(below)) else {
        return Err(kein_bruch(text));
    };
    if below == BigInt::ZERO {
        return Err(Wertfehler::new(format!("„{text}“ teilt durch null"))
            .abhilfe("unter dem Bruchstrich eine Zahl ab 1 schreiben"));
    }
    Ok(BigRational::new(above, below))
}

/// A number with or without a comma.
fn decimal(text: &str) -> Result<BigRational, Wertfehler> {
    let (above, behind) = text.split_once(',').unwrap_or((text, "0"));
    if let Some((above, behind)) = text.split_once('.')
        && is_digits(above)
        && is_digits(behind)
    {
        return Err(Wertfehler::new(format!(
            "„{}“ ist nicht deutsch geschrieben: vor den Nachkommastellen steht ein Komma",
            shorten(text)
        ))
        .abhilfe(format!("„{above},{behind}“ schreiben")));
    }
    let (Some(_), Some(_), Some(digits)) = (
        whole(above),
        whole(behind),
        whole(&format!("{above}{behind}")),
    ) else {
        return Err(kein_bruch(text));
    };
    let places = u32::try_from(behind.len()).unwrap_or_default();
    Ok(BigRational::new(digits, BigInt::from(10).pow(places)))
}

fn whole(text: &str) -> Option<BigInt> {
    (is_digits(text) && text.len() <= MAX_DIGITS)
        .then(|| text.parse().ok())
        .flatten()
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// A number with a comma, if it comes out even.
fn even(number: &BigRational) -> Option<String> {
    let ten = BigInt::from(10);
    let mut denominator = number.denom().clone();
    let mut power = BigInt::from(1);
    let mut digits = 0_usize;
    while denominator != BigInt::from(1) {
        let reduced = BigRational::new(ten.clone(), denominator.clone());
        // A step that takes nothing away from the denominator never ends.
        if *reduced.denom() == denominator {
            return None;
        }
        denominator = reduced.denom().clone();
        power *= &ten;
        digits += 1;
    }
    let scaled = (number * BigRational::from_integer(power))
        .to_integer()
        .to_string();
    let scaled = format!("{scaled:0>width$}", width = digits + 1);
    let (whole, fraction) = scaled.split_at(scaled.len() - digits);
    let comma = if fraction.is_empty() { "" } else { "," };
    Some(format!("{whole}{comma}{fraction}"))
}

fn kein_bruch(text: &str) -> Wertfehler {
    Wertfehler::new(format!("„{}“ ist kein Anteil", shorten(text)))
        .abhilfe("einen Anteil wie 1/4, 10 % oder 0,25 schreiben")
}

fn ohne_prozent(text: &str) -> Wertfehler {
    let text = shorten(text);
    Wertfehler::new(format!(
        "„{text}“ ist zweideutig: {text} % oder das {text}-Fache"
    ))
    .abhilfe(if text == "1" {
        "„100 %“ schreiben, wenn das Ganze gemeint ist, oder „1 %“".to_owned()
    } else {
        format!("„{text} %“ schreiben, wenn Prozent gemeint sind")
    })
}

impl fmt::Display for Bruch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl<'de> Deserialize<'de> for Bruch {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_scalar(deserializer, "ein Anteil", BEISPIEL, str::parse)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> String {
        show(text.parse())
    }

    fn show(result: Result<Bruch, Wertfehler>) -> String {
        match result {
            Ok(bruch) => bruch.to_string(),
            Err(fehler) => format!("{} | {}", fehler.text, fehler.abhilfe.unwrap_or_default()),
        }
    }

    #[test]
    fn with_a_stroke() {
        assert_eq!(read("1/4"), "1/4");
        assert_eq!(read("2 / 8"), "1/4");
        assert_eq!(read("1⁄3"), "1/3");
    }

    #[test]
    fn in_percent() {
        assert_eq!(read("10 %"), "1/10");
        assert_eq!(read("10%"), "1/10");
        assert_eq!(read("12,5\u{A0}%"), "1/8");
        assert_eq!(read("10 Prozent"), "1/10");
        assert_eq!(read("100 %"), "1");
    }

    #[test]
    fn with_a_comma() {
        assert_eq!(read("0,25"), "1/4");
        assert_eq!(read("1,50"), "3/2");
    }

    #[test]
    fn as_one_character() {
        for (text, expected) in [("¼", "1/4"), ("½", "1/2"), ("¾", "3/4"), ("⅛", "1/8")] {
            assert_eq!(read(text), expected);
        }
    }

    #[test]
    fn a_bare_number_is_ambiguous() {
        assert_eq!(
            read("10"),
            "„10“ ist zweideutig: 10 % oder das 10-Fache | „10 %“ schreiben, wenn Prozent gemeint sind"
        );
    }

    #[test]
    fn a_bare_number_of_posts_is_clear() {
        assert_eq!(show(Bruch::als_zahl("2")), "2");
        assert_eq!(show(Bruch::als_zahl("0,25")), "1/4");
        assert!(show(Bruch::als_zahl("-1")).contains("negativ"));
    }

    #[test]
    fn zero_below_the_line() {
        assert_eq!(
            read("1/0"),
            "„1/0“ teilt durch null | unter dem Bruchstrich eine Zahl ab 1 schreiben"
        );
    }

    #[test]
    fn negative() {
        assert!(read("-10 %").starts_with("„-10 %“ ist negativ"));
        assert!(read("−1/4").contains("ist negativ"));
    }

    #[test]
    fn an_english_point_is_corrected() {
        assert!(read("0.25").ends_with("| „0,25“ schreiben"));
        assert!(read("12.5 %").ends_with("| „12,5“ schreiben"));
    }

    #[test]
    fn no_fraction_at_all() {
        for text in [
            "",
            "%",
            "ein Viertel",
            "1/4/8",
            "1/-4",
            "0,",
            ",5",
            "1e3",
            "1,2,3",
            &"9".repeat(40),
            "1/x",
        ] {
            let found = read(text);
            assert!(
                found.contains("ist kein Anteil") || found.contains("zweideutig"),
                "{text}: {found}"
            );
        }
    }

    #[test]
    fn percent_that_comes_out_even() {
        let percent = |text: &str| text.parse::<Bruch>().ok().and_then(|bruch| bruch.prozent());
        assert_eq!(percent("1/4").as_deref(), Some("25 %"));
        assert_eq!(percent("1/8").as_deref(), Some("12,5 %"));
        assert_eq!(percent("1/1000").as_deref(), Some("0,1 %"));
        assert_eq!(percent("0 %").as_deref(), Some("0 %"));
        assert_eq!(percent("1/3"), None);
    }

    #[test]
    fn fractions_sort_by_value() {
        assert!("1/8".parse::<Bruch>().unwrap() < "12,6 %".parse::<Bruch>().unwrap());
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_again(above in 0_u32..10_000, below in 2_u32..10_000) {
            let bruch: Bruch = format!("{above}/{below}").parse().unwrap();
            prop_assert_eq!(Bruch::als_zahl(&bruch.to_string()), Ok(bruch.clone()));
            if let Some(percent) = bruch.prozent() {
                prop_assert_eq!(percent.parse(), Ok(bruch));
            }
        }
    }
}
