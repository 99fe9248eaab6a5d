//! Costs: the vectors that were computed by hand, laws that hold for any figures, and a second implementation.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(clippy::needless_range_loop, reason = "bodies are numbers here")]
#![expect(clippy::needless_pass_by_value, reason = "what is compared is used up")]

mod fall;
mod fehler;
mod gesetze;
mod vektoren;
mod von_hand;
mod vorgang;
mod zweite;
