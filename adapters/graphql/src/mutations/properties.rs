//! Mutations of properties.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use sojourn_application::property;
use sojourn_domain::property::PropertyDetails;

use super::payload::{DonePayload, PropertyPayload, begin};
use crate::context::{ApiResult, judged};
use crate::inputs::{CalendarChanges, PropertyChanges, PropertyInput, parse_calendar};
use crate::scalars::Id;
use crate::types::CalendarNight;

/// A property to change.
#[derive(InputObject)]
pub(crate) struct PropertyCommandInput {
    /// Id of the property.
    property_id: Id,
    /// Version that the caller knows; any other fails with `precondition_failed`.
    expected_version: Option<i64>,
}

/// Changes to the details of a property.
#[derive(InputObject)]
pub(crate) struct UpdatePropertyInput {
    /// Id of the property.
    property_id: Id,
    /// Version that the caller knows; any other fails with `precondition_failed`.
    expected_version: Option<i64>,
    /// The changes.
    changes: PropertyChanges,
}

/// Changes to the calendar of a property: of one range, or of several.
#[derive(InputObject)]
pub(crate) struct SetCalendarInput {
    /// Id of the property.
    property_id: Id,
    /// The changes of one range.
    changes: Option<CalendarChanges>,
    /// The changes of 1 to 50 ranges, all within 732 nights, which are applied in this order.
    ranges: Option<Vec<CalendarChanges>>,
}

/// Result of a change of a calendar.
#[derive(SimpleObject)]
pub(crate) struct CalendarPayload {
    /// The nights of the ranges after the change.
    nights: Vec<CalendarNight>,
}

#[derive(Default)]
pub(crate) struct PropertyMutations;

#[Object]
impl PropertyMutations {
    /// Creates a property. It is a draft, which may be incomplete; the caller becomes its host.
    async fn create_property(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The details.")] input: PropertyInput,
    ) -> ApiResult<PropertyPayload> {
        let call = begin(ctx);
        let (actor, details) = (call.actor()?, input.parse());
        let view = property::create(&call.ports, actor, details?).await?;
        Ok(view.into())
    }

    /// Updates the details of a property. A listed property must stay complete.
    async fn update_property(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The changes.")] input: UpdatePropertyInput,
    ) -> ApiResult<PropertyPayload> {
        let call = begin(ctx);
        let (actor, id) = (call.actor()?, input.property_id.into());
        let changes = input.changes;
        let change = move |details: &PropertyDetails| changes.apply(details);
        let expected = input.expected_version;
        let view = property::update(&call.ports, actor, id, &change, expected).await?;
        Ok(view.into())
    }

    /// Lists a property. If it is incomplete, the violations name everything that is missing.
    async fn publish_property(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The property.")] input: PropertyCommandInput,
    ) -> ApiResult<PropertyPayload> {
        let call = begin(ctx);
        let (actor, id) = (call.actor()?, input.property_id.into());
        let view = property::publish(&call.ports, actor, id, input.expected_version).await?;
        Ok(view.into())
    }

    /// Unlists a property. Existing bookings stay valid.
    async fn unpublish_property(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The property.")] input: PropertyCommandInput,
    ) -> ApiResult<PropertyPayload> {
        let call = begin(ctx);
        let (actor, id) = (call.actor()?, input.property_id.into());
        let view = property::unpublish(&call.ports, actor, id, input.expected_version).await?;
        Ok(view.into())
    }

    /// Deletes a property. Fails while it has active bookings; past and cancelled bookings stay readable.
    async fn delete_property(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The property.")] input: PropertyCommandInput,
    ) -> ApiResult<DonePayload> {
        let call = begin(ctx);
        let (actor, id) = (call.actor()?, input.property_id.into());
        property::delete(&call.ports, actor, id, input.expected_version).await?;
        Ok(DonePayload::DONE)
    }

    /// Sets blocks, prices and rules of the nights of a range, or of several that are applied one after another: of two
    /// for one night the later one wins. Everything is changed or nothing: blocking a night that is booked or held
    /// fails.
    async fn set_calendar(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The changes.")] input: SetCalendarInput,
    ) -> ApiResult<CalendarPayload> {
        let call = begin(ctx);
        let (actor, id) = (call.actor()?, input.property_id.into());
        let permission = property::permit_change(&call.ports, actor, id);
        let change = parse_calendar(input.changes, input.ranges);
        let change = judged(change, permission).await?;
        let days = property::set_calendar(&call.ports, actor, id, change).await?;
        Ok(CalendarPayload {
            nights: days.into_iter().map(Into::into).collect(),
        })
    }
}
