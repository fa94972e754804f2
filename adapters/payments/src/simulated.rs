//! A gateway that moves no money and answers as a provider would.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use sojourn_application::ports::{Charge, GatewayError, PaymentGateway};
use sojourn_domain::payment::{CallKind, GatewayOutcome};

/// How many keys are remembered; of more, the oldest are forgotten.
const REMEMBERED: usize = 100_000;

/// Answers by the name of the card, as Stripe's test cards do: `pm_card_visa` and `pm_card_mastercard` succeed;
/// `pm_card_chargeDeclined`, `pm_card_insufficientFunds` and `pm_card_authenticationRequired` are refused.
///
/// The answer follows from the question, so that it is the same in every process and after a restart.
#[derive(Default)]
pub struct SimulatedGateway {
    answered: Mutex<Memory>,
}

#[derive(Default)]
struct Memory {
    answers: HashMap<String, (Charge, GatewayOutcome)>,
    order: VecDeque<String>,
}

impl SimulatedGateway {
    /// A gateway that was asked nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

#[async_trait]
impl PaymentGateway for SimulatedGateway {
    async fn call(&self, charge: Charge) -> Result<GatewayOutcome, GatewayError> {
        Ok(self.answered.lock().unwrap_or_else(PoisonError::into_inner).answer(charge))
    }
}

impl Memory {
    fn answer(&mut self, charge: Charge) -> GatewayOutcome {
        if let Some((first, outcome)) = self.answers.get(&charge.idempotency_key) {
            return if *first == charge { outcome.clone() } else { refused("idempotency_key_in_use") };
        }
        let outcome = decide(&charge);
        if self.order.len() >= REMEMBERED
            && let Some(oldest) = self.order.pop_front()
        {
            self.answers.remove(&oldest);
        }
        self.order.push_back(charge.idempotency_key.clone());
        self.answers.insert(charge.idempotency_key.clone(), (charge, outcome.clone()));
        outcome
    }
}

fn decide(charge: &Charge) -> GatewayOutcome {
    if charge.amount.amount() <= 0 {
        return refused("amount_too_small");
    }
    match (charge.kind, charge.reference.as_deref(), charge.method.as_deref()) {
        (CallKind::Void | CallKind::Refund, None, _) => refused("missing_reference"),
        (CallKind::Capture | CallKind::Void | CallKind::Refund, Some(_), _) => done(charge),
        (CallKind::Authorize | CallKind::Capture, _, method) => match method {
            Some("pm_card_visa" | "pm_card_mastercard") => done(charge),
            Some("pm_card_chargeDeclined") => refused("card_declined"),
            Some("pm_card_insufficientFunds") => refused("insufficient_funds"),
            Some("pm_card_authenticationRequired") => refused("authentication_required"),
            _ => refused("invalid_payment_method"),
        },
    }
}

fn done(charge: &Charge) -> GatewayOutcome {
    GatewayOutcome::Done { reference: format!("sim_{}", charge.idempotency_key) }
}

fn refused(code: &str) -> GatewayOutcome {
    GatewayOutcome::Refused { code: code.to_owned() }
}

#[cfg(test)]
mod tests {
    use sojourn_domain::shared::{Currency, Money};

    use super::*;

    fn charge(key: &str, kind: CallKind, method: Option<&str>, reference: Option<&str>) -> Charge {
        Charge {
            idempotency_key: key.to_owned(),
            kind,
            amount: Money::new(12_345, Currency::parse("EUR").unwrap()),
            method: method.map(str::to_owned),
            reference: reference.map(str::to_owned),
        }
    }

    #[test]
    fn cards_do_what_their_names_say() {
        let table = [
            ("pm_card_visa", None),
            ("pm_card_mastercard", None),
            ("pm_card_chargeDeclined", Some("card_declined")),
            ("pm_card_insufficientFunds", Some("insufficient_funds")),
            ("pm_card_authenticationRequired", Some("authentication_required")),
            ("4242424242424242", Some("invalid_payment_method")),
        ];
        for kind in [CallKind::Authorize, CallKind::Capture] {
            for (method, refusal) in table {
                let outcome = Memory::default().answer(charge("k", kind, Some(method), None));
                let expected = refusal.map_or_else(|| done(&charge("k", kind, None, None)), refused);
                assert_eq!(outcome, expected, "{method}");
            }
        }
    }

    #[test]
    fn later_moves_need_the_reference_of_the_charge() {
        for kind in [CallKind::Void, CallKind::Refund] {
            assert_eq!(decide(&charge("k", kind, Some("pm_card_visa"), None)), refused("missing_reference"));
        }
        for kind in [CallKind::Capture, CallKind::Void, CallKind::Refund] {
            assert!(matches!(decide(&charge("k", kind, None, Some("sim_x"))), GatewayOutcome::Done { .. }));
        }
    }

    #[test]
    fn a_key_belongs_to_one_charge() {
        let mut memory = Memory::default();
        let first = memory.answer(charge("k", CallKind::Capture, Some("pm_card_visa"), None));
        assert_eq!(memory.answer(charge("k", CallKind::Capture, Some("pm_card_visa"), None)), first);
        let other = memory.answer(charge("k", CallKind::Capture, Some("pm_card_mastercard"), None));
        assert_eq!(other, refused("idempotency_key_in_use"));
    }
}
