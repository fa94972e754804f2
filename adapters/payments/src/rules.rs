//! What a provider allows: the rules, without their storage.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};

use sojourn_application::ports::Charge;
use sojourn_domain::payment::{CallKind, GatewayOutcome};
use sojourn_domain::shared::Money;

use crate::card::Card;
use crate::reference::{self, Stage, told};

/// What was asked and answered so far, and what is left of every charge.
#[derive(Debug, Default)]
pub(crate) struct Rules {
    answers: HashMap<Box<str>, Answered>,
    charges: HashMap<Box<str>, Standing>,
}

#[derive(Debug)]
struct Answered {
    question: u64,
    /// The code of a refusal.
    refused: Option<Box<str>>,
}

/// Where a charge stands.
#[derive(Debug, Clone, Copy)]
struct Standing {
    stage: Stage,
    amount: Money,
    /// Given back, of what was taken.
    refunded: i64,
    /// Of what was reserved: why it can be taken or given up no more.
    over: Option<&'static str>,
}

impl Rules {
    /// The answer given before to this key.
    pub fn known(&self, charge: &Charge) -> Option<GatewayOutcome> {
        let answered = self.answers.get(charge.idempotency_key.as_str())?;
        if answered.question != question(charge) {
            return Some(refused("idempotency_key_in_use"));
        }
        Some(match &answered.refused {
            Some(code) => refused(code),
            None => done(charge),
        })
    }

    /// The answer to a new question. Nothing is kept yet.
    pub fn decide(&self, charge: &Charge) -> GatewayOutcome {
        match self.allow(charge) {
            Ok(()) => done(charge),
            Err(code) => refused(code),
        }
    }

    /// Keeps an answer, and what it did to the charges.
    pub fn keep(&mut self, charge: &Charge, outcome: &GatewayOutcome) {
        let refused = match outcome {
            GatewayOutcome::Refused { code } => Some(code.as_str().into()),
            GatewayOutcome::Done { reference } => {
                self.apply(charge, reference);
                None
            }
        };
        let answered = Answered {
            question: question(charge),
            refused,
        };
        self.answers
            .insert(charge.idempotency_key.as_str().into(), answered);
    }

    fn allow(&self, charge: &Charge) -> Result<(), &'static str> {
        let nothing = charge.amount.amount() <= 0;
        match charge.kind {
            _ if charge.amount.amount() < 0 => Err("amount_too_small"),
            CallKind::Authorize => card(charge),
            CallKind::Capture if charge.reference.is_none() => card(charge),
            CallKind::Capture => self
                .open(charge)
                .and_then(|it| within(charge, it.amount.amount())),
            CallKind::Void => self.open(charge).map(drop),
            CallKind::Refund | CallKind::Payout if nothing => Err("amount_too_small"),
            CallKind::Refund => self.refund(charge),
            CallKind::Payout => charge
                .account
                .is_some()
                .then_some(())
                .ok_or("missing_account"),
        }
    }

    /// The reservation that is named, as long as it can be taken or given up.
    fn open(&self, charge: &Charge) -> Result<Standing, &'static str> {
        let standing = self.standing(charge)?;
        match (standing.stage, standing.over) {
            (Stage::Authorized, None) => Ok(standing),
            (Stage::Authorized, Some(code)) => Err(code),
            (Stage::Paid, _) => Err("charge_already_captured"),
        }
    }

    fn refund(&self, charge: &Charge) -> Result<(), &'static str> {
        let standing = self.standing(charge)?;
        match standing.stage {
            Stage::Authorized => Err("charge_not_captured"),
            Stage::Paid if standing.refunded >= standing.amount.amount() => {
                Err("charge_already_refunded")
            }
            Stage::Paid => within(charge, standing.amount.amount() - standing.refunded),
        }
    }

    fn standing(&self, charge: &Charge) -> Result<Standing, &'static str> {
        let reference = charge.reference.as_deref().ok_or("missing_reference")?;
        let standing = self.standing_of(reference).ok_or("resource_missing")?;
        let same = standing.amount.currency() == charge.amount.currency();
        if same {
            Ok(standing)
        } else {
            Err("currency_mismatch")
        }
    }

    /// As the book has it, or, of a charge made elsewhere, as its name tells.
    fn standing_of(&self, reference: &str) -> Option<Standing> {
        let elsewhere = || {
            told(reference).map(|(stage, amount)| Standing {
                stage,
                amount,
                refunded: 0,
                over: None,
            })
        };
        self.charges.get(reference).copied().or_else(elsewhere)
    }

    fn apply(&mut self, charge: &Charge, reference: &str) {
        if let Some(named) = &charge.reference
            && let Some(mut standing) = self.standing_of(named)
        {
            match charge.kind {
                CallKind::Capture => standing.over = Some("charge_already_captured"),
                CallKind::Void => standing.over = Some("charge_already_voided"),
                CallKind::Refund => {
                    standing.refunded = standing.refunded.saturating_add(charge.amount.amount());
                }
                CallKind::Authorize | CallKind::Payout => {}
            }
            self.charges.insert(named.as_str().into(), standing);
        }
        if let Some((stage, amount)) = told(reference) {
            let standing = Standing {
                stage,
                amount,
                refunded: 0,
                over: None,
            };
            self.charges.insert(reference.into(), standing);
        }
    }
}

fn card(charge: &Charge) -> Result<(), &'static str> {
    match Card::of(charge.method.as_deref()) {
        Card::Pays(_) => Ok(()),
        Card::Refuses(code) => Err(code),
    }
}

fn within(charge: &Charge, most: i64) -> Result<(), &'static str> {
    if charge.amount.amount() > most {
        Err("amount_too_large")
    } else {
        Ok(())
    }
}

/// What tells one question from another that comes with the same key.
fn question(charge: &Charge) -> u64 {
    let mut hasher = DefaultHasher::new();
    let Charge {
        idempotency_key: _,
        kind,
        amount,
        method,
        reference,
        account,
        payment,
    } = charge;
    (kind, amount, method, reference, account, payment).hash(&mut hasher);
    hasher.finish()
}

fn done(charge: &Charge) -> GatewayOutcome {
    GatewayOutcome::Done {
        reference: reference::name(charge),
    }
}

fn refused(code: &str) -> GatewayOutcome {
    GatewayOutcome::Refused {
        code: code.to_owned(),
    }
}
