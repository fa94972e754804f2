//! Use cases of properties: editing, publishing and searching them, their calendars and prices.

mod access;
mod calendar;
mod create;
mod delete;
mod get;
mod get_many;
mod least_prices;
mod list_all;
mod permission;
mod publish;
mod quote;
mod reinstate;
mod search;
mod suspend;
mod unpublish;
mod update;
mod views;

pub(crate) use access::is_suspended;
pub use calendar::{
    CalendarDay, CalendarError, CalendarsError, NightChanges, PropertyCalendar, RangeChange,
    SetCalendar, SetCalendarError, TakenNight, get_calendar, get_calendars, set_calendar,
};
pub use create::{CreateError, create};
pub use delete::{DeleteError, delete};
pub use get::{GetError, get};
pub use get_many::get_many;
pub use list_all::list_all;
pub use permission::{permit_change, permit_view};
pub use publish::{PublishError, publish};
pub(crate) use quote::QUOTE_TOKEN;
pub use quote::{HostAmounts, QuoteError, QuoteRequest, SealedQuote, quote};
pub use reinstate::reinstate;
pub use search::{
    Cluster, MOST_COUNTED, PriceHistogram, SearchError, SearchRequest, SearchResult, SearchSummary,
    search, similar, summarise,
};
pub(crate) use suspend::moderation_change;
pub use suspend::suspend;
pub use unpublish::unpublish;
pub use update::{UpdateError, update};
pub use views::PropertyView;
