//! Documentation of the booking states, generated from the transition table.

use std::fmt::Write;

use crate::booking::lifecycle::transitions::{BookingStatus, TRANSITIONS, Transition};
use crate::shared::booking_role::BookingRole;

/// Content of `docs/booking-states.md`: a diagram and a table of [`TRANSITIONS`].
#[must_use]
pub fn state_diagram() -> String {
    format!(
        "# Booking states\n\n\
         Generated from `TRANSITIONS` in `domain/src/booking/lifecycle/transitions.rs` by\n\
         `cargo run -p sojourn-domain --example booking_states > docs/booking-states.md`.\n\n\
         ```mermaid\n{}```\n\n\
         Alterations lead from a state to itself and appear only in the table.\n\n{}",
        diagram(),
        table()
    )
}

fn diagram() -> String {
    let mut lines = String::from("stateDiagram-v2\n    [*] --> pending_payment: reserve (guest)\n");
    for transition in TRANSITIONS
        .iter()
        .filter(|transition| transition.from != transition.to)
    {
        let Transition {
            from, command, to, ..
        } = transition;
        let _ = writeln!(
            lines,
            "    {from} --> {to}: {command} ({})",
            role_names(transition.by)
        );
    }
    for status in BookingStatus::ALL
        .iter()
        .filter(|status| status.is_terminal())
    {
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
            role_names(by)
        );
    }
    lines
}

fn role_names(roles: &[BookingRole]) -> String {
    let name = |role: &BookingRole| match role {
        BookingRole::Guest => "guest",
        BookingRole::Host => "host",
        BookingRole::Admin => "admin",
        BookingRole::System => "system",
    };
    roles.iter().map(name).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn docs_page_matches_the_transition_table() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/booking-states.md");
        let stored = std::fs::read_to_string(path).unwrap_or_default();
        assert_eq!(
            stored,
            state_diagram(),
            "regenerate it: cargo run -p sojourn-domain --example booking_states > docs/booking-states.md"
        );
    }
}
