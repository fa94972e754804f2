//! Documentation of the booking states, generated from the transition table.

use std::fmt::Write;

use super::{Status, TRANSITIONS, Transition};
use crate::shared::Party;

/// Content of `docs/booking-states.md`: a diagram and a table of [`TRANSITIONS`].
#[must_use]
pub fn states_page() -> String {
    format!(
        "# Booking states\n\n\
         Generated from `TRANSITIONS` in `domain/src/booking/transitions.rs` by\n\
         `cargo run -p sojourn-domain --example booking_states > docs/booking-states.md`.\n\n\
         ```mermaid\n{}```\n\n\
         Alterations lead from a state to itself and appear only in the table.\n\n{}",
        diagram(),
        table()
    )
}

fn diagram() -> String {
    let mut lines = String::from("stateDiagram-v2\n    [*] --> pending_payment: reserve (guest)\n");
    for arrow in TRANSITIONS.iter().filter(|arrow| arrow.from != arrow.to) {
        let Transition {
            from, command, to, ..
        } = arrow;
        let _ = writeln!(
            lines,
            "    {from} --> {to}: {command} ({})",
            parties(arrow.by)
        );
    }
    for status in Status::ALL.iter().filter(|status| status.is_terminal()) {
        let _ = writeln!(lines, "    {status} --> [*]");
    }
    lines
}

fn table() -> String {
    let mut lines = String::from("| state | command | by | leads to |\n|---|---|---|---|\n");
    for Transition {
        from,
        command,
        by,
        to,
    } in TRANSITIONS
    {
        let _ = writeln!(
            lines,
            "| `{from}` | `{command}` | {} | `{to}` |",
            parties(by)
        );
    }
    lines
}

fn parties(parties: &[Party]) -> String {
    let word = |party: &Party| match party {
        Party::Guest => "guest",
        Party::Host => "host",
        Party::Admin => "admin",
        Party::System => "system",
    };
    parties.iter().map(word).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_in_docs_says_what_the_table_says() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/booking-states.md");
        let stored = std::fs::read_to_string(path).unwrap_or_default();
        assert_eq!(
            stored,
            states_page(),
            "regenerate it: cargo run -p sojourn-domain --example booking_states > docs/booking-states.md"
        );
    }
}
