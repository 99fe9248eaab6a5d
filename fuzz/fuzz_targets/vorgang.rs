#![no_main]

libfuzzer_sys::fuzz_target!(|daten: &[u8]| drucksache_fuzz::vorgang(daten));
