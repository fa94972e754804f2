//! Values of requests, read in the same way by every interface: each function adds a violation for a value that cannot
//! be accepted.

mod booking;
mod places;
mod property;
mod search;
mod stay;

pub use booking::confirmation_code;
pub use places::place_search;
pub use property::{basis_points, currency, half_bathrooms, tax_rate, time_zone, wall_clock_time};
pub use search::SearchCriteria;
pub use stay::{guests, stay};
