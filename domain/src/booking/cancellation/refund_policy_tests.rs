//! Selection of the refund policy.

use rstest::rstest;

use crate::booking::cancellation::refund_policy::RefundPolicy;
use crate::booking::pricing::price::RatePlan;
use crate::fixtures::{cabin, stay};
use crate::property::enums::{CancellationPolicy, LongStayPolicy};

const DAYS_27: &str = "2026-07-01/2026-07-28";
const DAYS_28: &str = "2026-07-01/2026-07-29";
const DAYS_29: &str = "2026-07-01/2026-07-30";

#[rstest]
#[case(
    LongStayPolicy::Firm,
    DAYS_27,
    RatePlan::Standard,
    RefundPolicy::Flexible
)]
#[case(
    LongStayPolicy::Firm,
    DAYS_28,
    RatePlan::Standard,
    RefundPolicy::LongTermFirm
)]
#[case(
    LongStayPolicy::Strict,
    DAYS_28,
    RatePlan::Standard,
    RefundPolicy::LongTermStrict
)]
#[case(
    LongStayPolicy::Strict,
    DAYS_29,
    RatePlan::Standard,
    RefundPolicy::LongTermStrict
)]
#[case(
    LongStayPolicy::Firm,
    DAYS_27,
    RatePlan::NonRefundable,
    RefundPolicy::NonRefundable
)]
#[case(
    LongStayPolicy::Firm,
    DAYS_28,
    RatePlan::NonRefundable,
    RefundPolicy::NonRefundable
)]
fn policy_precedence_is_rate_then_length_then_property(
    #[case] long: LongStayPolicy,
    #[case] dates: &str,
    #[case] rate: RatePlan,
    #[case] policy: RefundPolicy,
) {
    let property = cabin(|details| details.long_stay_policy = long);
    assert_eq!(
        RefundPolicy::in_force(&property.details, stay(dates), rate),
        policy
    );
}

#[test]
fn each_policy_of_a_property_is_a_refund_policy_of_the_same_name() {
    let graceful = ["flexible", "moderate", "limited", "firm", "strict"];
    for policy in CancellationPolicy::ALL {
        let property = cabin(|details| details.cancellation_policy = *policy);
        let in_force = RefundPolicy::in_force(&property.details, stay(DAYS_27), RatePlan::Standard);
        assert_eq!(in_force.as_str(), policy.as_str());
    }
    for policy in RefundPolicy::ALL {
        assert_eq!(
            policy.has_grace(),
            graceful.contains(&policy.as_str()),
            "{policy}"
        );
    }
}
