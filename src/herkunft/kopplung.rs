//! Trials of a value that cannot be another one alone: what else says the same is changed with it, it changes places with
//! another of its kind, or its item goes with others.

use super::skalare::Skalar;
use super::versuche::Versuch;
use super::werte::PROBETEXT;
use crate::diagnostic::{Route, Schritt};
use crate::pipeline::entwurf::Tausch;

/// A value that cannot be another one alone: what else says the same is changed with it, what stands beside it first;
/// or it changes places with another of its kind; or its item goes with all before it or behind it; or a word takes the
/// place of the group in which it stands.
pub(super) fn gekoppelte(skalare: &[Skalar], i: usize) -> Vec<Versuch> {
    let Some(skalar) = skalare.get(i) else {
        return Vec::new();
    };
    let mut versuche = umbenennungen(skalare, i, skalar);
    let andere = skalare.iter().filter(|s| {
        s.muster == skalar.muster && s.route.datei == skalar.route.datei && s.text != skalar.text
    });
    versuche.extend(andere.map(|andere| Versuch {
        werte: vec![i],
        tausche: vec![
            (skalar.route.clone(), Some(andere.text.as_str().into())),
            (andere.route.clone(), Some(skalar.text.as_str().into())),
        ],
    }));
    versuche.extend(ohne_anfang_und_ende(skalare, i, skalar));
    let umgebend = skalar.umgebend.iter();
    versuche.extend(umgebend.map(|(route, wort)| Versuch {
        werte: vec![i],
        tausche: vec![(route.clone(), Some(wort.as_str().into()))],
    }));
    versuche
}

/// The values that a trial changes with this one.
pub(super) fn mitgeaenderte(skalare: &[Skalar], i: usize, versuch: &Versuch) -> Vec<Route> {
    let eigen = skalare.get(i).map(|skalar| &skalar.route);
    let betroffen = |skalar: &&Skalar| {
        versuch.tausche.iter().any(|(route, _)| {
            route.datei == skalar.route.datei && skalar.route.schritte.starts_with(&route.schritte)
        })
    };
    let routen = skalare.iter().filter(betroffen).map(|s| &s.route);
    routen.filter(|r| Some(*r) != eigen).cloned().collect()
}

/// What a trial takes out beside the item of its value.
pub(super) fn andere_weggenommene(skalare: &[Skalar], i: usize, versuch: &Versuch) -> Vec<Tausch> {
    let Some(skalar) = skalare.get(i) else {
        return Vec::new();
    };
    let weggenommen = versuch.tausche.iter().filter(|(_, neu)| neu.is_none());
    let andere = weggenommen.filter(|(route, _)| {
        let schritte = &skalar.route.schritte;
        route.datei != skalar.route.datei || !schritte.starts_with(&route.schritte)
    });
    andere.cloned().collect()
}

fn ohne_anfang_und_ende(skalare: &[Skalar], i: usize, skalar: &Skalar) -> Vec<Versuch> {
    let Some((Schritt::Index(hier), liste)) = skalar
        .glied
        .as_ref()
        .and_then(|glied| glied.schritte.split_last())
    else {
        return Vec::new();
    };
    let mut glieder: Vec<usize> = skalare
        .iter()
        .filter(|s| s.route.datei == skalar.route.datei)
        .filter_map(|s| match s.route.schritte.strip_prefix(liste)?.first() {
            Some(Schritt::Index(glied)) => Some(*glied),
            _ => None,
        })
        .collect();
    glieder.sort_unstable();
    glieder.dedup();
    // Taken out from the end, so that the numbers of the others stay.
    glieder.reverse();
    let ohne = |weg: &dyn Fn(usize) -> bool| Versuch {
        werte: vec![i],
        tausche: glieder
            .iter()
            .filter(|glied| weg(**glied))
            .map(|glied| {
                let mut route = Route::wurzel(skalar.route.datei.clone());
                route.schritte.extend(liste.iter().cloned());
                (route.index(*glied), None)
            })
            .collect(),
    };
    vec![ohne(&|glied| glied <= *hier), ohne(&|glied| glied >= *hier)]
}

fn umbenennungen(skalare: &[Skalar], i: usize, skalar: &Skalar) -> Vec<Versuch> {
    let text = skalar.text.trim();
    if text.chars().count() < 3 {
        return Vec::new();
    }
    let neu = match text.rfind(|c: char| c.is_ascii_digit()) {
        // A number stays one.
        Some(at) if text.starts_with(|c: char| c.is_ascii_digit()) => {
            let ziffer = if text.get(at..=at) == Some("9") {
                "8"
            } else {
                "9"
            };
            let mut neu = text.to_owned();
            neu.replace_range(at..=at, ziffer);
            neu
        }
        _ => PROBETEXT.to_owned(),
    };
    let neben = |s: &&Skalar| {
        let (a, b) = (&s.route.schritte, &skalar.route.schritte);
        a.len() == b.len()
            && s.route.datei == skalar.route.datei
            && a.split_last().map(|(_, oben)| oben) == b.split_last().map(|(_, oben)| oben)
            && s.text.contains(text)
    };
    let gleich = |s: &&Skalar| s.text.trim() == text;
    let versuch = |welche: &dyn Fn(&&Skalar) -> bool| Versuch {
        werte: vec![i],
        tausche: skalare
            .iter()
            .filter(|s| welche(s))
            .map(|s| (s.route.clone(), Some(s.text.replace(text, &neu).into())))
            .collect(),
    };
    let versuche = [versuch(&neben), versuch(&gleich)];
    versuche
        .into_iter()
        .filter(|v| v.tausche.len() > 1)
        .collect()
}
