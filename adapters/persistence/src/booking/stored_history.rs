//! The history of a booking as stored text.

use sojourn_domain::booking::{BookingCommand, HistoryEntry, TRANSITIONS};
use sojourn_domain::shared::RepositoryError;

use crate::columns::json::from_json;

/// Beginnings of the reasons with which the events of an alteration were stored before an entry
/// carried its command.
const ALTERATION_REASONS: [(&str, BookingCommand); 7] = [
    ("alteration proposed", BookingCommand::Alter),
    ("alteration accepted", BookingCommand::AcceptAlteration),
    ("alteration declined", BookingCommand::DeclineAlteration),
    ("alteration withdrawn", BookingCommand::WithdrawAlteration),
    ("alteration paid", BookingCommand::PayAlteration),
    ("alteration refused", BookingCommand::RefuseAlteration),
    ("alteration expired", BookingCommand::ExpireAlteration),
];

/// The history of a row. Entries that were stored without their command get it from their states,
/// their role and, for an alteration, their reason.
pub(super) fn from_stored(text: &str) -> Result<Vec<HistoryEntry>, RepositoryError> {
    let mut history: Vec<HistoryEntry> = from_json(text)?;
    for entry in &mut history {
        entry.command = entry.command.or_else(|| command_of(entry));
    }
    Ok(history)
}

fn command_of(entry: &HistoryEntry) -> Option<BookingCommand> {
    let from = entry.from?;
    if from == entry.to {
        let reason = entry.reason.as_deref().unwrap_or_default();
        let known = ALTERATION_REASONS
            .iter()
            .find(|(beginning, _)| reason.starts_with(beginning));
        return Some(known.map_or(BookingCommand::Alter, |(_, command)| *command));
    }
    TRANSITIONS
        .iter()
        .find(|it| it.from == from && it.to == entry.to && it.by.contains(&entry.by))
        .map(|it| it.command)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn commands(stored: &str) -> Vec<Option<BookingCommand>> {
        let history = from_stored(stored).unwrap();
        history.iter().map(|entry| entry.command).collect()
    }

    #[test]
    fn an_entry_without_a_command_gets_the_one_that_was_given() {
        let entry = |from: &str, to: &str, by: &str, reason: &str| {
            format!(
                r#"{{"at":"2026-06-01T12:00:00Z","from":{from},"to":"{to}","by":"{by}","reason":{reason}}}"#
            )
        };
        let stored = [
            entry("null", "pending_payment", "guest", "null"),
            entry("\"pending_payment\"", "pending_payment", "guest", "null"),
            entry("\"pending_payment\"", "confirmed", "system", "null"),
            entry(
                "\"confirmed\"",
                "confirmed",
                "guest",
                "\"alteration proposed\"",
            ),
            entry(
                "\"confirmed\"",
                "confirmed",
                "system",
                "\"alteration refused: card_declined\"",
            ),
            entry("\"confirmed\"", "checked_in", "host", "null"),
            entry("\"checked_in\"", "completed", "system", "null"),
        ];
        let expected = [
            None,
            Some(BookingCommand::Alter),
            Some(BookingCommand::Capture),
            Some(BookingCommand::Alter),
            Some(BookingCommand::RefuseAlteration),
            Some(BookingCommand::CheckIn),
            Some(BookingCommand::TimeOut),
        ];
        assert_eq!(commands(&format!("[{}]", stored.join(","))), expected);
    }

    #[test]
    fn a_stored_command_is_kept() {
        let stored = r#"[{"at":"2026-06-01T12:00:00Z","from":"checked_in","to":"completed","command":"cancel","by":"guest","reason":null}]"#;
        assert_eq!(commands(stored), [Some(BookingCommand::Cancel)]);
    }
}
