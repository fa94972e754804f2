//! Changing a property's calendar.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use sojourn_domain::booking::Offer;
use sojourn_domain::property::CalendarCommitError;
use sojourn_domain::shared::{Actor, PropertyId, RepositoryError, Violations};

use super::changes::{SetCalendar, Step, check_prices, decide, span};
use super::days::{CalendarDay, calendar_days};
use crate::access::PermissionError;
use crate::failure::{Failure, UseCaseError};
use crate::ports::Ports;
use crate::property::permission::load_to_change;

/// A night that cannot be blocked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenNight {
    /// Date on which it begins.
    pub night: NaiveDate,
    /// Pointer to the field that blocks it.
    pub pointer: String,
}

/// Errors of changing a calendar.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SetCalendarError {
    /// No such property, or it is not visible to the caller.
    #[error("no such property")]
    NotFound,
    /// The resource belongs to another account.
    #[error("only the host may do this")]
    Forbidden,
    /// These nights are booked and cannot be blocked.
    #[error("some of the nights are already taken")]
    NightsTaken(Vec<TakenNight>),
    /// Invalid fields.
    #[error("{0}")]
    Invalid(Violations),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for SetCalendarError {
    fn failure(&self) -> Failure {
        match self {
            Self::NotFound => Failure::not_found(),
            Self::Forbidden => Failure::forbidden(),
            Self::NightsTaken(nights) => nights_taken(nights),
            Self::Invalid(found) => Failure::invalid(found.clone()),
            Self::Store(error) => error.failure(),
        }
    }
}

impl From<PermissionError> for SetCalendarError {
    fn from(error: PermissionError) -> Self {
        match error {
            PermissionError::NotFound => Self::NotFound,
            PermissionError::Forbidden => Self::Forbidden,
            PermissionError::Store(error) => Self::Store(error),
        }
    }
}

fn nights_taken(nights: &[TakenNight]) -> Failure {
    let mut found = Violations::new();
    for TakenNight { night, pointer } in nights {
        let detail = format!("the night of {night} is taken");
        found.add(pointer, "nights_taken", detail);
    }
    let names: Vec<_> = nights.iter().map(|it| it.night.to_string()).collect();
    let detail = format!(
        "Nothing was changed, because these nights are taken: {}.",
        names.join(", ")
    );
    Failure::conflict("nights_taken", detail)
        .with_member("nights", names)
        .with_violations(found)
}

/// Changes all nights of one range or several, or none; returns the resulting nights of all ranges, each once and in
/// chronological order. Operators can also remove the blocks left by a host's cancellation; hosts cannot.
///
/// # Errors
/// [`SetCalendarError`].
pub async fn set_calendar(
    ports: &Ports,
    actor: &Actor,
    id: PropertyId,
    set: SetCalendar,
) -> Result<Vec<CalendarDay>, SetCalendarError> {
    let property = load_to_change(ports, actor, id).await?;
    let steps = set.steps().map_err(SetCalendarError::Invalid)?;
    let Some((first, end)) = span(&steps) else {
        return Ok(Vec::new());
    };
    let mut found = Violations::new();
    check_prices(&ports.terms, &property, &steps, &mut found);
    let before = ports.properties.calendar(id, first, end).await?;
    let change = decide(&property, &before, &steps, &mut found).map_err(RepositoryError::from)?;
    let mut change = found
        .into_result(change)
        .map_err(SetCalendarError::Invalid)?;
    change.lift_cancellation_blocks = actor.admin;
    match ports.properties.commit_calendar(id, change).await {
        Ok(()) => {}
        Err(CalendarCommitError::NightsTaken(nights)) => {
            return Err(SetCalendarError::NightsTaken(located(&steps, &nights)));
        }
        Err(CalendarCommitError::Repository(error)) => return Err(error.into()),
    }
    let after = ports.properties.calendar(id, first, end).await?;
    let offer = Offer::new(&property, &after, &ports.terms);
    let dates: BTreeSet<_> = steps.iter().flat_map(|it| it.range.dates()).collect();
    let days = calendar_days(&offer, dates, true, ports.clock.now());
    Ok(days.map_err(RepositoryError::from)?)
}

/// The nights, each with the pointer to the last field that blocks it.
fn located(steps: &[Step<'_>], nights: &[NaiveDate]) -> Vec<TakenNight> {
    let locate = |&night| {
        let step = steps.iter().rev().find(|step| step.blocks(night));
        let prefix = step.map_or("", |step| step.pointer.as_str());
        TakenNight {
            night,
            pointer: format!("{prefix}/blocked"),
        }
    };
    nights.iter().map(locate).collect()
}
