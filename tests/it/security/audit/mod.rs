//! The audit log and the operator actions recorded in it.

pub mod audit_log;
mod operator_actions;
