//! The state of the gateway and the rules of a payment provider, without storage.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};

use sojourn_application::ports::GatewayRequest;
use sojourn_domain::payment::{GatewayCallKind, GatewayOutcome};
use sojourn_domain::shared::Money;

use crate::reference::{ChargeStage, parse_reference, reference_for};
use crate::simulated_card::SimulatedCard;

/// The recorded outcomes, and the state of every charge.
#[derive(Debug, Default)]
pub(crate) struct GatewayState {
    /// By idempotency key.
    outcomes: HashMap<Box<str>, RecordedOutcome>,
    /// By reference.
    charges: HashMap<Box<str>, ChargeState>,
}

#[derive(Debug)]
struct RecordedOutcome {
    fingerprint: u64,
    /// The code, if the request was declined.
    declined: Option<Box<str>>,
}

/// The state of a charge.
#[derive(Debug, Clone, Copy)]
struct ChargeState {
    stage: ChargeStage,
    amount: Money,
    /// The refunded part of a captured amount, in minor units.
    refunded: i64,
    /// The reason why an authorization can no longer be captured or voided.
    closed: Option<&'static str>,
}

impl GatewayState {
    /// The recorded outcome of this idempotency key.
    pub fn recorded_outcome(&self, request: &GatewayRequest) -> Option<GatewayOutcome> {
        let recorded = self.outcomes.get(request.idempotency_key.as_str())?;
        if recorded.fingerprint != fingerprint(request) {
            return Some(declined("idempotency_key_in_use"));
        }
        Some(match &recorded.declined {
            Some(code) => declined(code),
            None => executed(request),
        })
    }

    /// The outcome of a new request, which is not recorded yet.
    pub fn decide(&self, request: &GatewayRequest) -> GatewayOutcome {
        match self.check(request) {
            Ok(()) => executed(request),
            Err(code) => declined(code),
        }
    }

    /// Records an outcome and its effect on the charges.
    pub fn apply(&mut self, request: &GatewayRequest, outcome: &GatewayOutcome) {
        let declined = match outcome {
            GatewayOutcome::Refused { code } => Some(code.as_str().into()),
            GatewayOutcome::Succeeded { reference } => {
                self.update_charges(request, reference);
                None
            }
        };
        let recorded = RecordedOutcome {
            fingerprint: fingerprint(request),
            declined,
        };
        self.outcomes
            .insert(request.idempotency_key.as_str().into(), recorded);
    }

    fn check(&self, request: &GatewayRequest) -> Result<(), &'static str> {
        let amount = request.amount.amount();
        match request.kind {
            _ if amount < 0 => Err("amount_too_small"),
            GatewayCallKind::Authorize => check_card(request),
            GatewayCallKind::Capture if request.reference.is_none() => check_card(request),
            GatewayCallKind::Capture => self
                .open_authorization(request)
                .and_then(|charge| check_maximum(request, charge.amount.amount())),
            GatewayCallKind::Void => self.open_authorization(request).map(drop),
            GatewayCallKind::Refund | GatewayCallKind::Payout if amount == 0 => {
                Err("amount_too_small")
            }
            GatewayCallKind::Refund => self.check_refund(request),
            GatewayCallKind::Payout => request
                .account
                .is_some()
                .then_some(())
                .ok_or("missing_account"),
        }
    }

    /// The referenced authorization, as long as it can be captured or voided.
    fn open_authorization(&self, request: &GatewayRequest) -> Result<ChargeState, &'static str> {
        let charge = self.referenced_charge(request)?;
        match (charge.stage, charge.closed) {
            (ChargeStage::Authorized, None) => Ok(charge),
            (ChargeStage::Authorized, Some(code)) => Err(code),
            (ChargeStage::Captured, _) => Err("charge_already_captured"),
        }
    }

    fn check_refund(&self, request: &GatewayRequest) -> Result<(), &'static str> {
        let charge = self.referenced_charge(request)?;
        match charge.stage {
            ChargeStage::Authorized => Err("charge_not_captured"),
            ChargeStage::Captured if charge.refunded >= charge.amount.amount() => {
                Err("charge_already_refunded")
            }
            ChargeStage::Captured => {
                check_maximum(request, charge.amount.amount() - charge.refunded)
            }
        }
    }

    fn referenced_charge(&self, request: &GatewayRequest) -> Result<ChargeState, &'static str> {
        let reference = request.reference.as_deref().ok_or("missing_reference")?;
        let charge = self.charge(reference).ok_or("resource_missing")?;
        if charge.amount.currency() == request.amount.currency() {
            Ok(charge)
        } else {
            Err("currency_mismatch")
        }
    }

    /// The recorded charge or, for a charge made elsewhere, the one in the reference.
    fn charge(&self, reference: &str) -> Option<ChargeState> {
        let recorded = self.charges.get(reference).copied();
        recorded.or_else(|| ChargeState::from_reference(reference))
    }

    fn update_charges(&mut self, request: &GatewayRequest, reference: &str) {
        if let Some(earlier) = &request.reference
            && let Some(mut charge) = self.charge(earlier)
        {
            match request.kind {
                GatewayCallKind::Capture => charge.closed = Some("charge_already_captured"),
                GatewayCallKind::Void => charge.closed = Some("charge_already_voided"),
                GatewayCallKind::Refund => {
                    charge.refunded = charge.refunded.saturating_add(request.amount.amount());
                }
                GatewayCallKind::Authorize | GatewayCallKind::Payout => {}
            }
            self.charges.insert(earlier.as_str().into(), charge);
        }
        if let Some(charge) = ChargeState::from_reference(reference) {
            self.charges.insert(reference.into(), charge);
        }
    }
}

impl ChargeState {
    /// A new charge; `None` when the reference is not that of a charge.
    fn from_reference(reference: &str) -> Option<Self> {
        let (stage, amount) = parse_reference(reference)?;
        Some(Self {
            stage,
            amount,
            refunded: 0,
            closed: None,
        })
    }
}

fn check_card(request: &GatewayRequest) -> Result<(), &'static str> {
    match SimulatedCard::from_method(request.method.as_deref()) {
        SimulatedCard::Accepted(_) => Ok(()),
        SimulatedCard::Declined(code) => Err(code),
    }
}

fn check_maximum(request: &GatewayRequest, maximum: i64) -> Result<(), &'static str> {
    if request.amount.amount() > maximum {
        Err("amount_too_large")
    } else {
        Ok(())
    }
}

/// A hash of the request without its idempotency key, which distinguishes requests that share one.
fn fingerprint(request: &GatewayRequest) -> u64 {
    let mut hasher = DefaultHasher::new();
    let GatewayRequest {
        idempotency_key: _,
        kind,
        amount,
        method,
        reference,
        account,
        payment,
    } = request;
    (kind, amount, method, reference, account, payment).hash(&mut hasher);
    hasher.finish()
}

fn executed(request: &GatewayRequest) -> GatewayOutcome {
    GatewayOutcome::Succeeded {
        reference: reference_for(request),
    }
}

fn declined(code: &str) -> GatewayOutcome {
    GatewayOutcome::Refused {
        code: code.to_owned(),
    }
}
