//! A sum of cents apportioned by exact weights: the one place where shares are rounded.
//!
//! Largest remainder: each gets its exact share rounded down, the cents left over go to the largest remainders; ties go to
//! the smaller key. A credit is apportioned like the debit of the same size.

use std::collections::BTreeMap;

use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};

use crate::input::Cent;

/// The share of each key. The shares sum to `gesamt` exactly; who weighs nothing pays nothing.
///
/// The keys decide ties, so they must order as the rule of the paper says: by AGS. The order of input does not matter.
/// `None` if a weight is negative or all are zero, or a share does not fit.
pub fn anteile<K: Ord + Clone>(
    gesamt: Cent,
    gewichte: &BTreeMap<K, BigRational>,
) -> Option<BTreeMap<K, Cent>> {
    let nenner = hauptnenner(gewichte.values());
    let ganze: Vec<_> = gewichte.values().map(|g| erweitert(g, &nenner)).collect();
    let verteilt = verteile(gesamt, &ganze)?;
    Some(gewichte.keys().cloned().zip(verteilt).collect())
}

/// The share of each weight, in their order, which decides ties.
///
/// As [`anteile`]; weights are whole, on any common scale.
pub fn verteile(gesamt: Cent, gewichte: &[BigInt]) -> Option<Vec<Cent>> {
    let summe: BigInt = gewichte.iter().sum();
    if summe.is_zero() || gewichte.iter().any(Signed::is_negative) {
        return None;
    }
    let betrag = BigInt::from(gesamt.0).abs();
    if let Some(cent) = verteile_klein(gesamt, gewichte, &summe) {
        return Some(cent);
    }
    let genau = gewichte
        .iter()
        .map(|gewicht| (gewicht * &betrag).div_rem(&summe))
        .collect();
    mit_vorzeichen(aufgefuellt(genau, &betrag)?, gesamt.0 < 0)
}

/// The same for weights that need no large numbers, as nearly all do; `None` if these do.
fn verteile_klein(gesamt: Cent, gewichte: &[BigInt], summe: &BigInt) -> Option<Vec<Cent>> {
    let summe = summe.to_i128()?;
    let betrag = i128::from(gesamt.0.checked_abs()?);
    let mut genau: Vec<(i64, i128)> = Vec::with_capacity(gewichte.len());
    let mut uebrig = betrag;
    for gewicht in gewichte {
        let (ganz, rest) = gewicht.to_i128()?.checked_mul(betrag)?.div_rem(&summe);
        uebrig -= ganz;
        genau.push((i64::try_from(ganz).ok()?, rest));
    }
    let mut reihe: Vec<usize> = (0..genau.len()).collect();
    // Stable: among equal remainders the order stays.
    reihe.sort_by_key(|i| genau.get(*i).map(|(_, rest)| std::cmp::Reverse(*rest)));
    for i in reihe.into_iter().take(usize::try_from(uebrig).ok()?) {
        genau.get_mut(i)?.0 += 1;
    }
    let vorzeichen = gesamt.0.signum();
    Some(
        genau
            .into_iter()
            .map(|(ganz, _)| Cent(ganz * vorzeichen))
            .collect(),
    )
}

/// Debits and credits of one sum, in their order, which decides ties: each gets its own exact amount, rounded so that
/// all sum to `gesamt`, which is their exact sum rounded half up.
///
/// `betraege` are exact amounts in euros times `nenner`. There are no shares of a sum whose parts cancel out, so the
/// amounts themselves are rounded, by the same rule. All signs turned turn all results. `None` if one does not fit.
pub fn gerundet_auf(gesamt: Cent, betraege: &[BigInt], nenner: &BigInt) -> Option<Vec<Cent>> {
    let erstes = betraege.iter().find(|betrag| !betrag.is_zero());
    // A sum of nothing has no sign of its own; the first amount decides, so that the mirror image is one.
    let gespiegelt = match gesamt.0 {
        0 => erstes.is_some_and(Signed::is_negative),
        cent => cent < 0,
    };
    let genau = betraege
        .iter()
        .map(|betrag| {
            let cent: BigInt = betrag * 100;
            (if gespiegelt { -cent } else { cent }).div_mod_floor(nenner)
        })
        .collect();
    let ziel = BigInt::from(gesamt.0).abs();
    mit_vorzeichen(aufgefuellt(genau, &ziel)?, gespiegelt)
}

/// Whole parts with what is left to reach the sum given to the largest remainders.
fn aufgefuellt(genau: Vec<(BigInt, BigInt)>, summe: &BigInt) -> Option<Vec<BigInt>> {
    let vergeben: BigInt = genau.iter().map(|(ganz, _)| ganz).sum();
    // Fewer cents are left than there are remainders above zero, or as many.
    let uebrig = (summe - vergeben).to_usize()?;
    let mut reihe: Vec<usize> = (0..genau.len()).collect();
    // Stable: among equal remainders the order stays.
    reihe.sort_by(|a, b| rest(&genau, *b).cmp(&rest(&genau, *a)));
    let mut ganze: Vec<BigInt> = genau.into_iter().map(|(ganz, _)| ganz).collect();
    for i in reihe.into_iter().take(uebrig) {
        if let Some(ganz) = ganze.get_mut(i) {
            *ganz += 1;
        }
    }
    Some(ganze)
}

fn rest(genau: &[(BigInt, BigInt)], i: usize) -> Option<&BigInt> {
    genau.get(i).map(|(_, rest)| rest)
}

fn mit_vorzeichen(ganze: Vec<BigInt>, gespiegelt: bool) -> Option<Vec<Cent>> {
    ganze
        .into_iter()
        .map(|ganz| (if gespiegelt { -ganz } else { ganz }).to_i64().map(Cent))
        .collect()
}

/// The least denominator that all of them have in common.
pub fn hauptnenner<'z>(zahlen: impl IntoIterator<Item = &'z BigRational>) -> BigInt {
    zahlen
        .into_iter()
        .fold(BigInt::one(), |nenner, zahl| nenner.lcm(zahl.denom()))
}

/// A number times a denominator that its own divides.
pub fn erweitert(zahl: &BigRational, nenner: &BigInt) -> BigInt {
    zahl.numer() * (nenner / zahl.denom())
}

/// An exact amount in euros rounded half up to cents, away from zero; `None` if it does not fit.
pub fn gerundet(euro: &BigRational) -> Option<Cent> {
    let doppelte: BigInt = euro.numer() * 200;
    let nenner: BigInt = euro.denom() * 2;
    let betrag = (doppelte.abs() + euro.denom())
        .div_floor(&nenner)
        .to_i64()?;
    Some(Cent(if euro.numer().sign() == Sign::Minus {
        -betrag
    } else {
        betrag
    }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ganze(gewichte: &[(u32, i64)]) -> BTreeMap<u32, BigRational> {
        gewichte
            .iter()
            .map(|(k, g)| (*k, BigRational::from_integer((*g).into())))
            .collect()
    }

    fn verteilt(gesamt: i64, gewichte: &[(u32, i64)]) -> Vec<i64> {
        anteile(Cent(gesamt), &ganze(gewichte))
            .unwrap()
            .into_values()
            .map(|cent| cent.0)
            .collect()
    }

    /// Bergkamen, Bönen, Holzwickede, Lünen, Schwerte, Selm, Unna, Werne by the last digits of their AGS.
    const KREIS: [u32; 8] = [4, 8, 16, 24, 28, 32, 36, 40];

    #[test]
    fn eight_equal_shares_of_26625_euros() {
        let gewichte = KREIS.map(|ags| (ags, 1));
        let erwartet = [
            332_813, 332_813, 332_813, 332_813, 332_812, 332_812, 332_812, 332_812,
        ];
        assert_eq!(verteilt(2_662_500, &gewichte), erwartet);
    }

    #[test]
    fn seven_equal_shares_of_26625_euros() {
        let gewichte = [4, 8, 24, 28, 32, 36, 40].map(|ags| (ags, 1));
        let erwartet = [
            380_358, 380_357, 380_357, 380_357, 380_357, 380_357, 380_357,
        ];
        assert_eq!(verteilt(2_662_500, &gewichte), erwartet);
    }

    #[test]
    fn shares_of_2020_by_months() {
        // Six months among six, six among seven: 1/12 + 1/14 for the six, 1/14 for Selm.
        let voll = BigRational::new(13.into(), 84.into());
        let selm = BigRational::new(1.into(), 14.into());
        let gewichte = [4, 8, 24, 28, 32, 36, 40].map(|ags| {
            (
                ags,
                if ags == 32 {
                    selm.clone()
                } else {
                    voll.clone()
                },
            )
        });
        let anteile = anteile(Cent(2_662_500), &gewichte.into()).unwrap();
        let cent: Vec<_> = anteile.into_values().map(|cent| cent.0).collect();
        assert_eq!(
            cent,
            [
                412_054, 412_054, 412_054, 412_054, 190_178, 412_053, 412_053
            ]
        );
    }

    #[test]
    fn shares_by_residents() {
        let einwohner = [
            49_263, 18_438, 17_298, 86_868, 46_658, 26_163, 60_892, 29_680,
        ];
        let gewichte: Vec<_> = KREIS.into_iter().zip(einwohner).collect();
        let erwartet = [
            391_227, 146_427, 137_374, 689_871, 370_539, 207_776, 483_580, 235_706,
        ];
        assert_eq!(verteilt(2_662_500, &gewichte), erwartet);
    }

    #[test]
    fn nobody_to_pay_is_no_share() {
        assert_eq!(anteile(Cent(1), &ganze(&[])), None);
        assert_eq!(anteile(Cent(1), &ganze(&[(1, 0)])), None);
        assert_eq!(anteile(Cent(1), &ganze(&[(1, 2), (2, -1)])), None);
    }

    fn gemischt(gesamt: i64, cent: &[i64], nenner: i64) -> Vec<i64> {
        let betraege: Vec<_> = cent.iter().map(|z| BigInt::from(*z)).collect();
        gerundet_auf(Cent(gesamt), &betraege, &BigInt::from(nenner * 100))
            .unwrap()
            .into_iter()
            .map(|cent| cent.0)
            .collect()
    }

    #[test]
    fn debits_and_credits_that_cancel_out_keep_their_size() {
        assert_eq!(gemischt(0, &[10_000, -10_000], 1), [10_000, -10_000]);
        assert_eq!(gemischt(0, &[1, -1], 2), [1, -1]);
        assert_eq!(gemischt(0, &[-1, 1], 2), [-1, 1]);
        assert_eq!(gemischt(1, &[4, 4, -5], 3), [2, 1, -2]);
        assert_eq!(gemischt(-1, &[-4, -4, 5], 3), [-2, -1, 2]);
    }

    #[test]
    fn half_a_cent_rounds_up() {
        let euro = |z: i64, n: i64| BigRational::new(z.into(), n.into());
        assert_eq!(gerundet(&euro(1, 200)), Some(Cent(1)));
        assert_eq!(gerundet(&euro(-1, 200)), Some(Cent(-1)));
        assert_eq!(gerundet(&euro(1, 201)), Some(Cent(0)));
    }

    fn viele() -> impl Strategy<Value = BTreeMap<u32, BigRational>> {
        prop::collection::btree_map(0_u32..100, (0_i64..1000, 1_i64..50), 1..20)
            .prop_map(|karte| {
                karte
                    .into_iter()
                    .map(|(k, (z, n))| (k, BigRational::new(z.into(), n.into())))
                    .collect()
            })
            .prop_filter("nobody pays", |karte: &BTreeMap<u32, BigRational>| {
                karte.values().any(|gewicht| !gewicht.is_zero())
            })
    }

    proptest! {
        #[test]
        fn small_and_large_numbers_give_the_same(gesamt in -1_000_000_000_i64..1_000_000_000, gewichte in prop::collection::vec(0_u32..1000, 1..20)) {
            let klein: Vec<_> = gewichte.iter().map(|g| BigInt::from(*g)).collect();
            let gross: Vec<_> = klein.iter().map(|g| g * BigInt::from(u128::MAX)).collect();
            prop_assert_eq!(verteile(Cent(gesamt), &klein), verteile(Cent(gesamt), &gross));
        }

        #[test]
        fn the_sum_is_exact(gesamt in -1_000_000_000_i64..1_000_000_000, gewichte in viele()) {
            let anteile = anteile(Cent(gesamt), &gewichte).unwrap();
            prop_assert_eq!(anteile.values().map(|cent| cent.0).sum::<i64>(), gesamt);
        }

        #[test]
        fn a_credit_mirrors_the_debit(gesamt in 0_i64..1_000_000_000, gewichte in viele()) {
            let soll = anteile(Cent(gesamt), &gewichte).unwrap();
            let haben = anteile(Cent(-gesamt), &gewichte).unwrap();
            for (schluessel, cent) in soll {
                prop_assert_eq!(haben[&schluessel], Cent(-cent.0));
            }
        }

        #[test]
        fn nobody_is_further_than_a_cent_from_the_exact_share(gesamt in 0_i64..1_000_000_000, gewichte in viele()) {
            let summe: BigRational = gewichte.values().sum();
            for (schluessel, cent) in anteile(Cent(gesamt), &gewichte).unwrap() {
                let genau = &gewichte[&schluessel] / &summe * BigRational::from_integer(gesamt.into());
                let fern = (genau - BigRational::from_integer(cent.0.into())).abs();
                prop_assert!(fern < BigRational::from_integer(1.into()));
                prop_assert!(cent.0 >= 0);
                prop_assert!(!gewichte[&schluessel].is_zero() || cent.0 == 0);
            }
        }

        #[test]
        fn the_order_of_input_does_not_matter(gesamt in 0_i64..1_000_000, gewichte in viele()) {
            let rueckwaerts: BTreeMap<_, _> = gewichte.clone().into_iter().rev().collect();
            prop_assert_eq!(anteile(Cent(gesamt), &gewichte), anteile(Cent(gesamt), &rueckwaerts));
        }

        #[test]
        fn the_scale_of_the_weights_does_not_matter(gesamt in 0_i64..1_000_000, gewichte in viele(), mal in 1_i64..100) {
            let skaliert = gewichte.iter().map(|(k, g)| (*k, g * BigRational::from_integer(mal.into()))).collect();
            prop_assert_eq!(anteile(Cent(gesamt), &gewichte), anteile(Cent(gesamt), &skaliert));
        }
    }
}
