//! The dates of an instant in the zones of properties.

use chrono::{DateTime, Utc};
use chrono_tz::TZ_VARIANTS;
use sojourn_domain::shared::local_date;

/// The names of the zones whose date is this number of days after that of UTC. It is -1, 0 or 1 in every zone.
pub(crate) fn zones_apart(now: DateTime<Utc>, days: i64) -> Vec<&'static str> {
    let today = now.date_naive();
    let zones = TZ_VARIANTS
        .iter()
        .filter(|&&zone| (local_date(zone, now) - today).num_days() == days);
    zones.map(|zone| zone.name()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_of_each_zone_is_near_that_of_utc() {
        for hour in 0..24 {
            let now: DateTime<Utc> = format!("2027-03-01T{hour:02}:30:00Z").parse().unwrap();
            let found = [-1, 0, 1].map(|days| zones_apart(now, days).len());
            assert_eq!(found.iter().sum::<usize>(), TZ_VARIANTS.len(), "{now}");
        }
        let noon: DateTime<Utc> = "2027-03-01T13:00:00Z".parse().unwrap();
        assert!(zones_apart(noon, 1).contains(&"Pacific/Auckland"));
        assert!(zones_apart(noon, 0).contains(&"Europe/Lisbon"));
        let early: DateTime<Utc> = "2027-03-01T03:00:00Z".parse().unwrap();
        assert!(zones_apart(early, -1).contains(&"America/New_York"));
    }
}
