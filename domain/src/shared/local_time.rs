//! Civil time in a property's time zone, and instants that do not overflow.

use chrono::{
    DateTime, Days, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc,
};
use chrono_tz::Tz;

/// The instant of a local date and time in `zone`. A local time skipped by a daylight saving change
/// means the first instant after the gap; an ambiguous one means the earlier instant.
///
/// ```
/// use chrono::{NaiveDate, NaiveTime};
/// use sojourn_domain::shared::instant_of;
///
/// let skipped = (NaiveDate::from_ymd_opt(2026, 3, 8).unwrap(), NaiveTime::from_hms_opt(2, 30, 0).unwrap());
/// let instant = instant_of(chrono_tz::America::New_York, skipped.0, skipped.1);
/// assert_eq!(instant.to_rfc3339(), "2026-03-08T07:00:00+00:00"); // 03:00 EDT
/// ```
#[must_use]
pub fn instant_of(zone: Tz, date: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
    let wall = date.and_time(time);
    match zone.from_local_datetime(&wall) {
        LocalResult::Single(instant) | LocalResult::Ambiguous(instant, _) => instant.to_utc(),
        LocalResult::None => after_gap(zone, wall),
    }
}

/// First instant after the gap that contains `wall`, found by bisection between the local times a
/// day before and after.
fn after_gap(zone: Tz, wall: NaiveDateTime) -> DateTime<Utc> {
    let exists = |wall: NaiveDateTime| zone.from_local_datetime(&wall).earliest();
    let before = wall.checked_sub_days(Days::new(1)).and_then(exists);
    let after = wall.checked_add_days(Days::new(1)).and_then(exists);
    let (Some(mut low), Some(mut high)) = (before.map(|t| t.to_utc()), after.map(|t| t.to_utc()))
    else {
        return wall.and_utc();
    };
    while high - low > TimeDelta::seconds(1) {
        let middle = low + TimeDelta::seconds((high - low).num_seconds() / 2);
        if middle.with_timezone(&zone).naive_local() < wall {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

/// The civil date in `zone` at an instant.
#[must_use]
pub fn local_date(zone: Tz, at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&zone).date_naive()
}

/// The instant `by` later, or earlier if negative, saturating at the last and first representable
/// instant.
pub(crate) fn saturating_add(at: DateTime<Utc>, by: TimeDelta) -> DateTime<Utc> {
    at.checked_add_signed(by)
        .unwrap_or(if by < TimeDelta::zero() {
            DateTime::<Utc>::MIN_UTC
        } else {
            DateTime::<Utc>::MAX_UTC
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ambiguous_time_is_the_earlier_instant() {
        let (date, time) = (
            NaiveDate::from_ymd_opt(2026, 11, 1).unwrap(),
            NaiveTime::from_hms_opt(1, 30, 0).unwrap(),
        );
        assert_eq!(
            instant_of(chrono_tz::America::New_York, date, time).to_rfc3339(),
            "2026-11-01T05:30:00+00:00"
        );
    }

    #[test]
    fn skipped_day_is_the_first_instant_after_the_gap() {
        let (date, time) = (
            NaiveDate::from_ymd_opt(2011, 12, 30).unwrap(),
            NaiveTime::from_hms_opt(15, 0, 0).unwrap(),
        );
        assert_eq!(
            instant_of(chrono_tz::Pacific::Apia, date, time).to_rfc3339(),
            "2011-12-30T10:00:00+00:00"
        );
    }

    #[test]
    fn instants_saturate_at_both_ends() {
        let hours = TimeDelta::hours(u32::MAX.into());
        let epoch = DateTime::UNIX_EPOCH;
        assert_eq!(saturating_add(epoch, hours), DateTime::<Utc>::MAX_UTC);
        assert_eq!(saturating_add(epoch, -hours), DateTime::<Utc>::MIN_UTC);
        let day = TimeDelta::days(1);
        assert_eq!(saturating_add(epoch, day) - epoch, day);
        assert_eq!(epoch - saturating_add(epoch, -day), day);
    }
}
