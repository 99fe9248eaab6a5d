//! Fractions for print.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::ToPrimitive;

use crate::input::{Bruch, Cent};

/// A fraction with a denominator that people can grasp, else about how much it is in percent.
pub fn lesbar(bruch: &Bruch) -> String {
    let wert = bruch.wert();
    if *wert.denom() <= BigInt::from(1_000) {
        return bruch.to_string();
    }
    let doppelte: BigInt = wert.numer() * 20_000 + wert.denom();
    let hundertstel = doppelte.div_floor(&(wert.denom() * 2_u32));
    match hundertstel.to_i64() {
        Some(zahl) => format!("≈ {} %", Cent(zahl).zahl()),
        None => bruch.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unwieldy_fraction_is_told_in_percent() {
        let bruch = |text| Bruch::als_zahl(text).unwrap();
        assert_eq!(lesbar(&bruch("13/84")), "13/84");
        assert_eq!(lesbar(&bruch("49263/335260")), "≈ 14,69 %");
    }
}
