//! Checks of a stored booking.

use crate::booking::alteration::alteration::Alteration;
use crate::booking::booking::{BookingRecord, Cancellation};
use crate::booking::cancellation::refund::Refund;
use crate::booking::lifecycle::transitions::BookingStatus;
use crate::booking::pricing::price::Price;
use crate::property::stay_rules::StayRules;
use crate::shared::booking_role::BookingRole;
use crate::shared::invalid_record::{InvalidRecord, check_version};
use crate::shared::money::{Money, MoneyError};

/// Checks everything that a booking guarantees.
pub(super) fn check_booking(record: &BookingRecord) -> Result<(), InvalidRecord> {
    check_version(record.version)?;
    check_parties(record)?;
    check_agreement(record)?;
    check_state(record)?;
    check_history(record)?;
    if let Some(alteration) = &record.alteration {
        check_alteration(alteration, record)?;
    }
    if let Some(cancellation) = &record.cancellation {
        check_cancellation(cancellation, &record.price)?;
    }
    Ok(())
}

fn check_parties(record: &BookingRecord) -> Result<(), InvalidRecord> {
    if record.guest_id == record.host_id {
        let rule = "hosts cannot book their own property";
        return Err(InvalidRecord::new("guest_id", record.guest_id, rule));
    }
    let most = StayRules::MOST_PREPARATION_NIGHTS;
    if record.preparation_nights > most {
        let rule = format!("at most {most} nights are claimed after a stay");
        let given = record.preparation_nights;
        return Err(InvalidRecord::new("preparation_nights", given, rule));
    }
    Ok(())
}

/// Stay, price, conditions and policy belong together.
fn check_agreement(record: &BookingRecord) -> Result<(), InvalidRecord> {
    let currency = record.price.currency();
    if !record.price.is_for(record.stay) {
        let rule = format!("it must price the nights of the stay {}", record.stay);
        return Err(InvalidRecord::new("price", nights_of(&record.price), rule));
    }
    let agreed = record.conditions.pricing.currency();
    if agreed != currency {
        let rule = format!("the price is in {currency}");
        return Err(InvalidRecord::new("conditions.pricing", agreed, rule));
    }
    let policy = record.conditions.policy_for(record.stay);
    if record.policy != policy {
        let rule = format!(
            "the conditions apply {policy} to {} nights",
            record.stay.nights()
        );
        return Err(InvalidRecord::new("policy", record.policy, rule));
    }
    Ok(())
}

/// A state has the data that leads to it, and no other.
fn check_state(record: &BookingRecord) -> Result<(), InvalidRecord> {
    use BookingStatus::{
        AwaitingHost, Cancelled, CheckedIn, Completed, Confirmed, Declined, Expired, NoShow,
        PendingPayment,
    };
    let status = record.status;
    let expected = match status {
        Confirmed | CheckedIn | Completed | NoShow => Some(true),
        PendingPayment | AwaitingHost | Declined | Expired => Some(false),
        Cancelled => None,
    };
    require(
        status,
        "confirmation",
        record.confirmation.is_some(),
        expected,
    )?;
    let expected = (status == AwaitingHost).then_some(true);
    require(
        status,
        "requested_at",
        record.requested_at.is_some(),
        expected,
    )?;
    let expected = match status {
        Cancelled => Some(true),
        // A guest who leaves early cancels in mid-stay.
        Completed => None,
        _ => Some(false),
    };
    require(
        status,
        "cancellation",
        record.cancellation.is_some(),
        expected,
    )?;
    let expected = (!matches!(status, Confirmed | CheckedIn)).then_some(false);
    require(status, "alteration", record.alteration.is_some(), expected)
}

/// Refuses a part that is present or absent against the status.
fn require(
    status: BookingStatus,
    field: &'static str,
    present: bool,
    expected: Option<bool>,
) -> Result<(), InvalidRecord> {
    let (given, rule) = match expected {
        Some(true) if !present => ("absent", format!("it is required in the status {status}")),
        Some(false) if present => ("present", format!("there is none in the status {status}")),
        _ => return Ok(()),
    };
    Err(InvalidRecord::new(field, given, rule))
}

/// The history begins with the booking, continues without a gap, and leads to its state.
fn check_history(record: &BookingRecord) -> Result<(), InvalidRecord> {
    let mut at: Option<BookingStatus> = None;
    for entry in &record.history {
        if entry.from != at {
            let given = entry.from.map_or("none", BookingStatus::as_str);
            let before = at.map_or("none", BookingStatus::as_str);
            let rule = format!("the state before it is {before}");
            return Err(InvalidRecord::new("history.from", given, rule));
        }
        at = Some(entry.to);
    }
    if at != Some(record.status) {
        let given = at.map_or("none", BookingStatus::as_str);
        let rule = format!("the last state must be the status {}", record.status);
        return Err(InvalidRecord::new("history", given, rule));
    }
    Ok(())
}

fn check_alteration(alteration: &Alteration, record: &BookingRecord) -> Result<(), InvalidRecord> {
    if !matches!(alteration.by, BookingRole::Guest | BookingRole::Host) {
        let rule = "the guest or the host proposes it";
        return Err(InvalidRecord::new("alteration.by", alteration.by, rule));
    }
    if !alteration.price.is_for(alteration.stay) {
        let rule = format!("it must price the nights of the stay {}", alteration.stay);
        let given = nights_of(&alteration.price);
        return Err(InvalidRecord::new("alteration.price", given, rule));
    }
    let (found, currency) = (alteration.price.currency(), record.price.currency());
    if found != currency {
        let rule = format!("the price of the booking is in {currency}");
        return Err(InvalidRecord::new("alteration.price", found, rule));
    }
    Ok(())
}

fn check_cancellation(cancellation: &Cancellation, price: &Price) -> Result<(), InvalidRecord> {
    check_refund(&cancellation.refund, price)?;
    let Some(fee) = cancellation.host_fee else {
        return Ok(());
    };
    if fee.amount() < 0 || fee.currency() != price.currency() {
        let rule = format!("a fee is not negative, and in {}", price.currency());
        return Err(InvalidRecord::new("cancellation.host_fee", fee, rule));
    }
    Ok(())
}

/// Refunded and retained amounts sum to the price, in total and by its lines.
fn check_refund(refund: &Refund, price: &Price) -> Result<(), InvalidRecord> {
    let refused =
        |given: Money, rule: String| Err(InvalidRecord::new("cancellation.refund", given, rule));
    let lines = refund.lines.iter().map(|line| (line.kind, line.paid));
    let priced = price.lines.iter().map(|line| (line.kind, line.amount));
    if !lines.eq(priced) {
        let given = format!("a refund of {} lines", refund.lines.len());
        let rule = "it must refund the lines of the price";
        return Err(InvalidRecord::new("cancellation.refund", given, rule));
    }
    let overflow = |error: MoneyError| {
        InvalidRecord::new("cancellation.refund", refund.refund, error.to_string())
    };
    let refunded = refund.lines.iter().map(|line| line.refunded);
    let sum = Money::sum(price.currency(), refunded).map_err(overflow)?;
    if sum != refund.refund {
        return refused(refund.refund, format!("its lines sum to {sum}"));
    }
    let whole = refund.refund.checked_add(refund.kept).map_err(overflow)?;
    if whole != price.total {
        let rule = format!("refunded and retained must sum to {}", price.total);
        return refused(whole, rule);
    }
    if refund.refund.amount() < 0 || refund.kept.amount() < 0 {
        return refused(refund.refund, format!("0 to {}", price.total));
    }
    Ok(())
}

fn nights_of(price: &Price) -> String {
    match (price.nights.first(), price.nights.last()) {
        (Some(first), Some(last)) => {
            format!("for the nights {} to {}", first.night, last.night)
        }
        _ => "for no night".to_owned(),
    }
}
