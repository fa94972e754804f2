//! Properties: editing, search, publication, calendars and quotes.

mod calendar;
mod create;
mod delete;
mod get;
mod nights;
mod publish;
mod quote;
mod reach;
mod search;
mod set_calendar;
mod unpublish;
mod update;

pub use calendar::{CalendarError, calendar};
pub use create::{CreateError, create};
pub use delete::{DeleteError, delete};
pub use get::{GetError, PropertyView, get};
pub use nights::CalendarDay;
pub use publish::{PublishError, publish};
pub use quote::{QuoteError, QuoteRequest, SignedQuote, quote};
pub use search::{SearchError, SearchRequest, SearchResult, search};
pub use set_calendar::{Patch, SetCalendar, SetCalendarError, set_calendar};
pub use unpublish::unpublish;
pub use update::{UpdateError, update};
