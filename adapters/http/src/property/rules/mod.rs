//! Prices, taxes and rules for stays of a property, as JSON.

mod pricing;
mod stay_rules;
mod tax;
mod weekday_rules;

pub(super) use pricing::PricingDto;
pub(crate) use pricing::parse_basis_points;
pub(super) use stay_rules::StayRulesDto;
pub(super) use weekday_rules::WeekdayDto;
