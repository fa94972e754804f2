//! Reading the calendars of several properties of a host.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use sojourn_domain::booking::Offer;
use sojourn_domain::property::{Calendar, Property};
use sojourn_domain::shared::{Actor, PropertyId, RepositoryError, Violations};

use super::days::{CalendarDay, calendar_days, date_range};
use crate::access::PermissionError;
use crate::failure::{Failure, UseCaseError};
use crate::ports::Ports;

/// Maximum number of properties whose calendars are read at once.
const MAX_PROPERTIES: usize = 20;

/// Maximum number of nights of each of several calendars.
const MAX_NIGHTS_OF_EACH: u32 = 92;

/// The calendar of a property, as its host sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PropertyCalendar {
    /// The property.
    pub property_id: PropertyId,
    /// Its nights in chronological order.
    pub days: Vec<CalendarDay>,
}

/// Errors of reading several calendars.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarsError {
    /// One of the properties does not exist or is not visible to the caller.
    #[error("no such property")]
    NotFound,
    /// One of the properties belongs to another account.
    #[error("only the host may do this")]
    Forbidden,
    /// Too many properties, or the dates are not a range of 1 to 92 nights.
    #[error("{0}")]
    Invalid(Violations),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for CalendarsError {
    fn failure(&self) -> Failure {
        match self {
            Self::NotFound => Failure::not_found(),
            Self::Forbidden => Failure::forbidden(),
            Self::Invalid(found) => Failure::invalid(found.clone()),
            Self::Store(error) => error.failure(),
        }
    }
}

impl From<PermissionError> for CalendarsError {
    fn from(error: PermissionError) -> Self {
        match error {
            PermissionError::NotFound => Self::NotFound,
            PermissionError::Forbidden => Self::Forbidden,
            PermissionError::Store(error) => Self::Store(error),
        }
    }
}

/// The nights of `from ≤ date < to` of 1 to 20 properties, each once and in the order of their ids, for their host and
/// operators. All of them are answered or none. Three statements, whatever the number of properties and nights.
///
/// # Errors
/// [`CalendarsError`].
pub async fn get_calendars(
    ports: &Ports,
    actor: &Actor,
    mut ids: Vec<PropertyId>,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<PropertyCalendar>, CalendarsError> {
    let mut once = HashSet::new();
    ids.retain(|&id| once.insert(id));
    let mut found = Violations::new();
    let few = found.count("/property_ids", ids.len(), MAX_PROPERTIES);
    let given = !ids.is_empty();
    found.require(given, "/property_ids", "required", "must name a property");
    let range = match date_range(from, to, MAX_NIGHTS_OF_EACH) {
        Ok(range) if few && given => range,
        Ok(_) => return Err(CalendarsError::Invalid(found)),
        Err(wrong) => {
            for it in wrong.into_vec() {
                found.add(it.pointer, it.code, it.detail);
            }
            return Err(CalendarsError::Invalid(found));
        }
    };
    let properties = load_managed(ports, actor, &ids).await?;
    let mut calendars = ports.property_queries.calendars(ids, from, to).await?;
    let now = ports.clock.now();
    let calendar_of = |property: Property| {
        let stored = calendars.remove(&property.id);
        let calendar = stored.unwrap_or_else(|| Calendar::free(property.id, from, to));
        let offer = Offer::new(&property, &calendar, &ports.terms);
        let days =
            calendar_days(&offer, range.dates(), true, now).map_err(RepositoryError::from)?;
        Ok(PropertyCalendar {
            property_id: property.id,
            days,
        })
    };
    properties.into_iter().map(calendar_of).collect()
}

/// The properties in the order of their ids, if the caller manages each. One that is not visible to the caller is
/// missing, and hides that another one is not the caller's.
async fn load_managed(
    ports: &Ports,
    actor: &Actor,
    ids: &[PropertyId],
) -> Result<Vec<Property>, PermissionError> {
    let found = ports.properties.get_many(ids).await?;
    let mut found: HashMap<_, _> = found.into_iter().map(|it| (it.id, it)).collect();
    let visible = ids.iter().map(|id| {
        let property = found.remove(id).filter(|it| it.visible_to(Some(actor)));
        property.ok_or(PermissionError::NotFound)
    });
    let visible: Vec<Property> = visible.collect::<Result<_, _>>()?;
    if visible.iter().all(|it| it.managed_by(actor)) {
        Ok(visible)
    } else {
        Err(PermissionError::Forbidden)
    }
}

#[cfg(test)]
mod tests {
    use sojourn_domain::property::{ClaimKind, NightClaim, PropertyStatus};

    use super::*;
    use crate::test_support::test_ports::{
        TestPorts, actor_of, date, listed, operator, stranger, user,
    };

    fn property(number: u128, status: PropertyStatus) -> Property {
        let mut record = listed().into_record();
        record.id = PropertyId::new(uuid::Uuid::from_u128(number));
        record.status = status;
        Property::restore(record).unwrap()
    }

    /// The calendars of these properties, asked for in the opposite order.
    async fn seen_by(
        actor: &Actor,
        properties: Vec<Property>,
    ) -> Result<Vec<PropertyCalendar>, CalendarsError> {
        let mut ids: Vec<_> = properties.iter().map(|it| it.id).collect();
        ids.reverse();
        let mut test = TestPorts::new();
        test.properties
            .expect_get_many()
            .once()
            .return_once(|_| Ok(properties));
        test.property_queries
            .expect_calendars()
            .returning(|ids, from, to| {
                let claim = NightClaim {
                    night: from,
                    kind: ClaimKind::Held,
                    booking_id: None,
                };
                let held = Calendar::try_new(ids[0], (from, to), [], [claim]).unwrap();
                Ok(HashMap::from([(ids[0], held)]))
            });
        let (from, to) = (date("2026-07-01"), date("2026-07-03"));
        get_calendars(&test.ports(), actor, ids, from, to).await
    }

    #[tokio::test]
    async fn the_host_sees_each_calendar_in_the_order_of_the_ids() {
        let own = || {
            let draft = property(8, PropertyStatus::Draft);
            vec![property(7, PropertyStatus::Listed), draft]
        };
        for actor in [actor_of(&user()), operator()] {
            let calendars = seen_by(&actor, own()).await.unwrap();
            let ids = calendars.iter().map(|it| it.property_id.uuid().as_u128());
            assert_eq!(ids.collect::<Vec<_>>(), [8, 7]);
            let first: Vec<_> = calendars[0].days.iter().map(|it| it.reason).collect();
            assert_eq!(first, [Some("held"), None]);
            let second: Vec<_> = calendars[1].days.iter().map(|it| it.reason).collect();
            assert_eq!(second, [None, None]);
        }
    }

    #[tokio::test]
    async fn one_that_is_not_the_callers_refuses_all() {
        let shown = || property(7, PropertyStatus::Listed);
        let hidden = || property(8, PropertyStatus::Draft);
        let refused = seen_by(&stranger(), vec![shown()]).await;
        assert_eq!(refused, Err(CalendarsError::Forbidden));
        for properties in [vec![hidden()], vec![shown(), hidden()]] {
            let refused = seen_by(&stranger(), properties).await;
            assert_eq!(refused, Err(CalendarsError::NotFound));
        }
    }

    #[tokio::test]
    async fn an_unknown_property_refuses_all() {
        let mut test = TestPorts::new();
        test.properties
            .expect_get_many()
            .return_once(|_| Ok(vec![listed()]));
        let ids = vec![listed().id, PropertyId::new(uuid::Uuid::from_u128(9))];
        let (from, to) = (date("2026-07-01"), date("2026-07-03"));
        let refused = get_calendars(&test.ports(), &actor_of(&user()), ids, from, to).await;
        assert_eq!(refused, Err(CalendarsError::NotFound));
    }

    #[tokio::test]
    async fn the_number_of_properties_and_nights_is_bounded() {
        let many = |count: u128| {
            let id = |number| PropertyId::new(uuid::Uuid::from_u128(number));
            (0..count).map(id).collect::<Vec<_>>()
        };
        for (ids, to, pointers) in [
            (many(21), "2026-10-01", vec!["/property_ids"]),
            (many(0), "2026-10-01", vec!["/property_ids"]),
            (many(20), "2026-10-02", vec!["/to"]),
            (many(21), "2026-07-01", vec!["/property_ids", "/to"]),
        ] {
            let actor = actor_of(&user());
            let (from, to) = (date("2026-07-01"), date(to));
            let refused = get_calendars(&TestPorts::new().ports(), &actor, ids, from, to).await;
            let Err(CalendarsError::Invalid(found)) = refused else {
                panic!("expected violations: {refused:?}")
            };
            let named: Vec<_> = found.iter().map(|it| it.pointer.as_str()).collect();
            assert_eq!(named, pointers);
        }
    }
}
