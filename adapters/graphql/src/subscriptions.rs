//! The fields of `Subscription`. Each event of the caller is executed as a request of its own, whose fields are read
//! then: a subscription gives the item of the event, or nothing if the event does not concern it.

use async_graphql::{Context, Subscription};
use futures_util::stream::{Iter, iter};
use sojourn_application::booking;
use sojourn_application::notification::notification_text;
use sojourn_application::ports::EventSubject;
use sojourn_domain::shared::BookingId;

use crate::context::{ApiError, CallExt, found};
use crate::scalars::Id;
use crate::types::{Booking, Notification};

/// The item of an event, or nothing.
type Items<T> = Iter<std::option::IntoIter<T>>;

/// The root of subscriptions.
#[derive(Default)]
pub(crate) struct Subscriptions;

/// Changes that concern the caller, over Server-Sent Events.
#[Subscription(name = "Subscription")]
impl Subscriptions {
    /// A booking of the caller, as guest or host, whenever it has changed, in its present state. Changes in quick
    /// succession may show the last state more than once.
    async fn booking_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only this booking.")] booking_id: Option<Id>,
    ) -> Result<Items<Booking>, ApiError> {
        let call = ctx.call();
        let actor = call.actor()?;
        let only = booking_id.map(BookingId::from);
        let Some(event) = &call.event else {
            // The beginning of the subscription.
            if let Some(id) = only {
                booking::get(&call.ports, actor, id).await?;
            }
            return Ok(iter(None));
        };
        let changed = match event.subject {
            EventSubject::Booking(id) if only.is_none_or(|only| only == id) => id,
            _ => return Ok(iter(None)),
        };
        let view = found(booking::get(&call.ports, actor, changed).await)?;
        Ok(iter(view.map(Booking::from)))
    }

    /// A notification to the caller: a booking changed, a review was published, or the login of the account changed.
    async fn notification_added(&self, ctx: &Context<'_>) -> Result<Items<Notification>, ApiError> {
        let call = ctx.call();
        call.actor()?;
        let Some(event) = &call.event else {
            return Ok(iter(None));
        };
        let text = match &event.notification {
            Some(notification) => notification_text(&call.ports, notification).await?,
            None => None,
        };
        Ok(iter(text.map(|text| Notification::new(event, text))))
    }
}
