//! The page of the rules states the numbers of the code.

use crate::booking::cancellation::refund_policy::RefundPolicy;
use crate::booking::cancellation::refund_schedule::RefundTier;
use crate::booking::cancellation::refund_strategies::{deadlines, four_nights};
use crate::fixtures::at;
use crate::shared::marketplace_terms::MarketplaceTerms;

const PAGE: &str = include_str!("rules.md");

const BOOKED: &str = "2026-03-01T17:00:00Z";

/// The settings with their defaults and their bounds.
fn terms() -> String {
    let defaults = MarketplaceTerms::default().values();
    let limits = MarketplaceTerms::LIMITS.into_iter().zip(defaults);
    let rows = limits
        .map(|((name, min, max), value)| format!("| `{name}` | {value} | {min} to {max} |\n"));
    format!(
        "| setting | default | bounds |\n|---|---|---|\n{}",
        rows.collect::<String>()
    )
}

/// The refunds of four nights from July 10 at 15:00, by the time of the cancellation.
fn refunds() -> String {
    let deadlines = deadlines("2026-07-10/2026-07-14", BOOKED);
    let terms = MarketplaceTerms::default();
    let mut table = "| policy | refund of 546.48, until (UTC) |\n|---|---|\n".to_owned();
    let long = [RefundPolicy::LongTermFirm, RefundPolicy::LongTermStrict];
    for &policy in RefundPolicy::ALL.iter().filter(|it| !long.contains(it)) {
        let price = four_nights();
        let tiers = RefundTier::schedule(policy, &price, &deadlines, &terms, at(BOOKED)).unwrap();
        let is_constant = tiers.len() == 1;
        let tiers = tiers.iter().map(|tier| {
            let amount = tier.refund.to_string().replace(" USD", "");
            match tier.until {
                Some(until) => format!("{amount} until {}", until.format("%-d %B %H:%M")),
                None if is_constant => format!("{amount} at any time"),
                None => format!("{amount} after that"),
            }
        });
        let tiers = tiers.collect::<Vec<_>>().join(" · ");
        table.push_str(&format!("| `{policy}` | {tiers} |\n"));
    }
    table
}

#[test]
fn the_page_states_the_numbers_of_the_code() {
    for table in [terms(), refunds()] {
        assert!(PAGE.contains(&table), "rules.md must contain:\n{table}");
    }
}
