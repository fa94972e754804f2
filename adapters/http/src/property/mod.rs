//! Properties over HTTP.

mod api;
mod calendar;
mod calendar_dto;
mod create;
mod created;
mod delete;
mod dto;
mod get;
mod get_quote;
mod input;
mod line;
mod list;
pub(crate) mod patch_schema;
mod pricing;
mod publish;
mod quote;
mod quote_dto;
mod refusal;
mod reviews;
mod routes;
mod search;
mod search_params;
mod set_calendar;
mod stay;
mod stay_rules;
mod tax;
mod unpublish;
mod update;
mod weekday_rules;
mod why;
mod words;

pub use api::PropertyApi;
pub(crate) use created::created;
pub(crate) use dto::PropertyDto;
pub(crate) use line::LineDto;
pub(crate) use list::PropertyList;
pub(crate) use pricing::share;
pub(crate) use refusal::{no_such_rate, refused, unpriced};
pub use routes::routes;
pub(crate) use stay::{GuestsDto, date, rate, stay};
pub(crate) use words::{
    BookingStatusWord, CauseWord, LineKindWord, PaymentStatusWord, PayoutStatusWord,
    PropertyStatusWord, RateWord, RefundPolicyWord, SubjectWord, word,
};
