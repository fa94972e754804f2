//! Prices a stay, explains the price line by line, and prints its refund schedule: `cargo run -p
//! sojourn-domain --example price_and_refund`.
//!
//! It needs the domain crate alone: no server, no database, no clock.

use std::error::Error;

use chrono::{DateTime, Utc};
use chrono_tz::America::New_York;
use sojourn_domain::booking::{
    Deadlines, ExplainedQuote, Offer, Price, PriceExplanation, RatePlan, Refund, RefundPolicy,
    RefundTier, StayRequest, host_cancellation_fee,
};
use sojourn_domain::property::{
    Address, Calendar, CancellationPolicy, DayDiscount, ExtraGuestFee, Location, NightRules,
    Pricing, Property, PropertyDetails, Tax, TaxRate,
};
use sojourn_domain::shared::{
    Actor, BasisPoints, Currency, Guests, MarketplaceTerms, Money, PropertyId, Stay, UserId,
};
use uuid::Uuid;

fn main() -> Result<(), Box<dyn Error>> {
    let now: DateTime<Utc> = "2026-03-01T17:00:00Z".parse()?;
    let cabin = Property::draft(
        PropertyId::new(Uuid::nil()),
        UserId::new(Uuid::nil()),
        cabin()?,
        now,
    )?
    .publish(&Actor::member(UserId::new(Uuid::nil())), true, now)?;
    let independence_day = NightRules {
        price: Some(usd(220_00)?),
        ..NightRules::default()
    };
    let rules = [("2026-07-04".parse()?, independence_day)];
    let july = ("2026-07-01".parse()?, "2026-08-01".parse()?);
    let calendar = Calendar::try_new(cabin.id, july, rules, [])?;
    let (stay, guests): (Stay, _) = (
        "2026-07-03/2026-07-10".parse()?,
        Guests::try_new(2, 1, 0, 1)?,
    );
    let terms = MarketplaceTerms::default();

    let request = StayRequest::new(stay, guests);
    let ExplainedQuote {
        quote,
        explanations,
    } = Offer::new(&cabin, &calendar, &terms).explained_quote(request, now)?;
    let price = quote.price.clone();
    println!("{} nights, {stay}, three guests and a dog\n", stay.nights());
    print_price(&price);
    print_explanation(&explanations);

    let policy = RefundPolicy::in_force(&cabin.details, stay, RatePlan::Standard);
    let check_in_from = cabin.details.stay_rules.check_in_from;
    let deadlines = Deadlines {
        stay,
        zone: New_York,
        check_in_from,
        booked_at: now,
        confirmed_at: now,
        confirmed_check_in: stay.check_in(),
    };
    println!("\nRefund schedule under the policy {policy}:");
    for tier in RefundTier::schedule(policy, &price, &deadlines, &terms, now)? {
        print_tier(&tier);
    }

    let arrival = deadlines.check_in();
    println!("\nCancelled at the check-in time:");
    print_refund(
        &price,
        &Refund::by_guest(policy, &price, &deadlines, &terms, arrival)?,
    );
    println!(
        "\nCancellation fee of the host at that time: {}.",
        host_cancellation_fee(&price, &deadlines, &terms, arrival)?
    );
    Ok(())
}

fn usd(cents: i64) -> Result<Money, Box<dyn Error>> {
    Ok(Money::new(cents, Currency::parse("USD")?))
}

fn cabin() -> Result<PropertyDetails, Box<dyn Error>> {
    let pricing = Pricing {
        weekend: Some(usd(150_00)?),
        cleaning_fee: Some(usd(60_00)?),
        extra_guest_fee: Some(ExtraGuestFee {
            after: 2,
            per_night: usd(15_00)?,
        }),
        pet_fee: Some(usd(25_00)?),
        weekly_discount_bps: BasisPoints::try_new(1_000)?,
        monthly_discount_bps: BasisPoints::try_new(2_500)?,
        early_bird: Some(DayDiscount {
            days_ahead: 60,
            discount_bps: BasisPoints::try_new(500)?,
        }),
        taxes: vec![Tax {
            name: "Occupancy tax".into(),
            rate: TaxRate::Percent {
                bps: BasisPoints::try_new(875)?,
            },
            exempt_from_nights: Some(30),
        }],
        ..Pricing::nightly(usd(120_00)?)
    };
    Ok(PropertyDetails {
        title: Some("Cabin".into()),
        description: Some("By the lake".into()),
        address: Address {
            line1: Some("1 Lake Road".into()),
            city: Some("Albany".into()),
            country: Some("US".into()),
            ..Address::default()
        },
        location: Some(Location {
            latitude: 42.65,
            longitude: -73.75,
        }),
        max_guests: Some(4),
        max_pets: 1,
        time_zone: Some(New_York),
        cancellation_policy: CancellationPolicy::Moderate,
        pricing: Some(pricing),
        ..PropertyDetails::default()
    })
}

fn print_price(price: &Price) {
    for line in &price.lines {
        println!(
            "  {:<32} {:>3} × {:>11} {:>14}",
            line.label,
            line.quantity,
            line.unit_amount.to_string(),
            line.amount.to_string()
        );
    }
    println!("  {:<50} {:>14}", "Total", price.total.to_string());
    println!(
        "  {:<50} {:>14}",
        "Host payout",
        price.host_payout.to_string()
    );
}

fn print_explanation(rules: &[PriceExplanation]) {
    println!("\nExplanation:");
    for rule in rules {
        println!(
            "  {} {:24} {}",
            if rule.applied { "+" } else { "-" },
            rule.rule,
            rule.reason
        );
    }
}

fn print_tier(tier: &RefundTier) {
    match tier.until {
        Some(until) => println!(
            "  until {}  {:>14}",
            until.with_timezone(&New_York).format("%F %H:%M %Z"),
            tier.refund.to_string()
        ),
        None => println!(
            "  after that                  {:>14}",
            tier.refund.to_string()
        ),
    }
}

fn print_refund(price: &Price, refund: &Refund) {
    for (line, back) in price.lines.iter().zip(&refund.lines) {
        println!(
            "  {:<32} {:>14} of {:>12}",
            line.label,
            back.refunded.to_string(),
            back.paid.to_string()
        );
    }
    println!(
        "  {:<32} {:>14}, {} is retained",
        "Total",
        refund.refund.to_string(),
        refund.kept
    );
}
