//! The ledger and the table of rules say the same.

use std::collections::BTreeSet;

use drucksache::check::{REGELN, ledger};
use drucksache::recht;

fn geschrieben() -> BTreeSet<String> {
    REGELN.iter().map(|regel| regel.name.to_owned()).collect()
}

#[test]
fn the_numbers_name_the_rules_that_are_written() {
    let benannt: BTreeSet<_> = ledger().nummern.into_values().flatten().collect();
    assert_eq!(benannt, geschrieben());
}

#[test]
fn all_47_numbers_are_there() {
    let nummern: Vec<_> = ledger().nummern.into_keys().collect();
    assert_eq!(nummern.len(), 47, "{nummern:?}");
}

#[test]
fn each_clause_has_a_rule_that_exists_or_a_reason() {
    let ledger = ledger();
    let bekannt = geschrieben();
    let gesetze = recht::recht().gesetze;
    for klausel in &ledger.normen {
        let wo = format!("{} {}", klausel.gesetz, klausel.stelle);
        assert!(gesetze.contains_key(&klausel.gesetz), "{wo}");
        assert!(
            !klausel.regeln.is_empty() || klausel.warum.is_some(),
            "{wo}"
        );
        for regel in &klausel.regeln {
            assert!(bekannt.contains(regel), "{wo}: {regel}");
        }
    }
}

#[test]
fn a_rule_names_the_clauses_that_the_ledger_gives_it() {
    let ledger = ledger();
    for regel in REGELN {
        for klausel in ledger
            .normen
            .iter()
            .filter(|k| k.regeln.iter().any(|r| r == regel.name))
        {
            let nennt = regel.normen.iter().any(|norm| {
                norm.gesetz == klausel.gesetz && gehoert_zu(norm.stelle, &klausel.stelle)
            });
            assert!(
                nennt,
                "{}: {} {}",
                regel.name, klausel.gesetz, klausel.stelle
            );
        }
        for norm in regel.normen {
            let im_ledger = ledger.normen.iter().filter(|k| k.gesetz == norm.gesetz);
            let ist_gemeint = |k: &&drucksache::check::LedgerKlausel| {
                gehoert_zu(norm.stelle, &k.stelle) || gehoert_zu(&k.stelle, norm.stelle)
            };
            let Some(klausel) = im_ledger.clone().find(ist_gemeint) else {
                continue;
            };
            let genannt = im_ledger
                .filter(ist_gemeint)
                .any(|k| k.regeln.iter().any(|r| r == regel.name));
            assert!(
                genannt,
                "{}: {} {}",
                regel.name, klausel.gesetz, klausel.stelle
            );
        }
    }
}

/// `§ 23 Abs. 4 Satz 1` belongs to `§ 23 Abs. 4`, but `§ 23 Abs. 41` does not.
fn gehoert_zu(genau: &str, klausel: &str) -> bool {
    genau == klausel
        || genau
            .strip_prefix(klausel)
            .is_some_and(|rest| rest.starts_with(' '))
}
