//! Files that want to use up time or memory are refused or read within the budgets.

use super::findings;
use crate::input::decode::MAX_FINDINGS;
use crate::input::parse;
use crate::source::Source;

fn refusal(text: &str) -> &'static str {
    match parse(&Source::new("a", text)) {
        Ok(_) => "read",
        Err(befund) => befund.regel,
    }
}

#[test]
fn deep_nesting() {
    assert_eq!(refusal(&"[".repeat(10_000)), "zu-gross");
    assert_eq!(refusal(&"{a: ".repeat(10_000)), "zu-gross");
    assert_eq!(refusal(&"- ".repeat(10_000)), "zu-gross");
    let steps: String = (0..1_000)
        .map(|depth| format!("{}a:\n", " ".repeat(depth)))
        .collect();
    assert_eq!(refusal(&steps), "zu-gross");
    let mixed = format!("{}{}x{}", "- ".repeat(60), "[".repeat(60), "]".repeat(60));
    assert_eq!(refusal(&mixed), "zu-gross");
}

#[test]
fn allowed_nesting() {
    assert_eq!(
        refusal(&format!("{}x{}", "[".repeat(60), "]".repeat(60))),
        "read"
    );
}

#[test]
fn many_keys() {
    let text: String = (0..205_000).map(|key| format!("k{key}: 1\n")).collect();
    assert_eq!(refusal(&text), "zu-gross");
    assert_eq!(refusal(&format!("[{}]", "a,".repeat(205_000))), "zu-gross");
}

#[test]
fn alias_bombs() {
    assert_eq!(
        refusal("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"),
        "yaml-syntax"
    );
}

#[test]
fn long_lines() {
    let words = "wort ".repeat(200_000);
    assert_eq!(refusal(&format!("a: {words}\n")), "read");
    assert_eq!(refusal(&format!("{words}: a\n")), "yaml-syntax");
    assert_eq!(refusal(&format!("a: \"{words}\n")), "yaml-syntax");
    assert_eq!(refusal(&format!("a: '{}'\n", "''".repeat(250_000))), "read");
    assert_eq!(
        refusal(&format!("a: |\n{}", "  x\n".repeat(250_000))),
        "read"
    );
    assert_eq!(refusal(&"#\n".repeat(400_000)), "read");
    assert_eq!(refusal(&"\n".repeat(800_000)), "read");
}

#[test]
fn a_file_that_is_wrong_everywhere() {
    let text = format!(
        "quoten: {{{}}}\n",
        (0..50_000)
            .map(|key| format!("k{key}: x,"))
            .collect::<String>()
    );
    let count = findings(&text).len();
    assert!((10..=MAX_FINDINGS).contains(&count), "{count}");
}
