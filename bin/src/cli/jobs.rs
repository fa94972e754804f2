//! Background work on the command line.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use sojourn_application::ports::{JobKind, JobStatus};
use sojourn_domain::shared::JobId;

/// Commands of `sojourn jobs`.
#[derive(Debug, Subcommand)]
pub enum JobsCommand {
    /// List queued mails, and work that failed and was put off or set aside, newest first
    #[command(after_help = "\
Examples:
  sojourn jobs list --status set_aside          work that is not tried again by itself
  sojourn jobs list --kind email --limit 500
  sojourn jobs list --kind gateway_call         calls that the payment provider has not answered

Status:
  waiting    due now or later
  running    leased to a worker
  set_aside  not tried again by itself: it cannot be read, or its last attempt failed

Work that succeeds leaves no trace here. E-mail addresses are masked, and no job contains a password or token.
docs/jobs.md describes the kinds.")]
    List(ListJobsArgs),
    /// Make work due now, with all its attempts again
    #[command(after_help = "\
Examples:
  sojourn jobs retry 019ac3a0-5c1e-7000-8000-0242ac120002 --reason 'mail server repaired'
  sojourn jobs retry --all --kind email --status set_aside --reason 'mail server repaired'

Remove the cause first: the last error of `sojourn jobs list` names it. A worker must be running (`sojourn serve` or
`sojourn work`). The reason is recorded in the audit log. Running work cannot be retried.")]
    Retry(SelectJobsArgs),
    /// Delete queued mails for good
    #[command(after_help = "\
Examples:
  sojourn jobs discard 019ac3a0-5c1e-7000-8000-0242ac120002 --reason 'the address does not exist'
  sojourn jobs discard --all --kind email --status set_aside --reason 'older than a week'

The reason is recorded in the audit log. Work on a booking, payment or review cannot be discarded, because it would be
found again: remove the cause and retry it.")]
    Discard(SelectJobsArgs),
}

/// Options of `sojourn jobs list`.
#[derive(Debug, Args)]
pub struct ListJobsArgs {
    /// Only this kind of work
    #[arg(long, value_parser = kinds())]
    pub kind: Option<JobKind>,
    /// Only this status
    #[arg(long, value_parser = statuses())]
    pub status: Option<JobStatus>,
    /// Maximum number of lines
    #[arg(long, default_value_t = 100, value_name = "N")]
    pub limit: usize,
}

/// Options of `sojourn jobs retry` and `sojourn jobs discard`.
#[derive(Debug, Args)]
pub struct SelectJobsArgs {
    /// Ids, as `sojourn jobs list` shows them
    #[arg(
        value_name = "ID",
        required_unless_present = "all",
        conflicts_with = "all"
    )]
    pub ids: Vec<JobId>,
    /// Everything that matches --kind and --status
    #[arg(long)]
    pub all: bool,
    /// With --all: only this kind of work
    #[arg(long, value_parser = kinds(), requires = "all")]
    pub kind: Option<JobKind>,
    /// With --all: only this status
    #[arg(long, value_parser = statuses(), requires = "all")]
    pub status: Option<JobStatus>,
    /// Reason for the audit log, without personal data
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}

/// A word that is not in a list of possible values.
#[derive(Debug, thiserror::Error)]
#[error("unknown word")]
struct UnknownWord;

fn kinds() -> impl TypedValueParser<Value = JobKind> {
    PossibleValuesParser::new(JobKind::ALL.map(JobKind::as_str))
        .try_map(|word| JobKind::parse(&word).ok_or(UnknownWord))
}

fn statuses() -> impl TypedValueParser<Value = JobStatus> {
    PossibleValuesParser::new(JobStatus::ALL.map(JobStatus::as_str))
        .try_map(|word| JobStatus::parse(&word).ok_or(UnknownWord))
}
