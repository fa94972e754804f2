//! `sojourn jobs`

use std::fmt::Write as _;

use sojourn_application::jobs::{self, JobOperator, JobView};
use sojourn_application::ports::{JobFilter, Ports};
use sojourn_domain::shared::{JobId, PageRequest};

use super::CommandError;
use crate::cli::{JobsCommand, ListJobsArgs, SelectJobsArgs};
use crate::config::Settings;
use crate::terminal::print_line;
use crate::wiring::{self, Dependencies};

/// Jobs fetched at once.
const PAGE_SIZE: u32 = 100;
const HEADINGS: [&str; 7] = [
    "ID",
    "KIND",
    "STATUS",
    "ATTEMPTS",
    "NEXT RUN",
    "CONTENT",
    "LAST ERROR",
];
/// Length to which a cell is cut, in characters.
const MAX_CELL_LENGTH: usize = 80;

/// Lists, retries or discards background work.
pub(super) async fn run(settings: &Settings, command: JobsCommand) -> Result<(), CommandError> {
    let database = wiring::database(settings).await?;
    let dependencies = Dependencies::for_command(settings).await?;
    let ports = wiring::ports(settings, &database, dependencies)?;
    match command {
        JobsCommand::List(args) => list(&ports, &args).await,
        JobsCommand::Retry(args) => {
            for id in selected(&ports, &args).await? {
                let operator = JobOperator::CommandLine;
                jobs::retry(&ports, operator, id, &args.reason).await?;
                print_line(format_args!("{id} is due now"));
            }
            Ok(())
        }
        JobsCommand::Discard(args) => {
            for id in selected(&ports, &args).await? {
                let operator = JobOperator::CommandLine;
                jobs::discard(&ports, operator, id, &args.reason).await?;
                print_line(format_args!("{id} is discarded"));
            }
            Ok(())
        }
    }
}

async fn list(ports: &Ports, args: &ListJobsArgs) -> Result<(), CommandError> {
    let filter = JobFilter {
        kind: args.kind,
        status: args.status,
    };
    let found = fetch(ports, filter, args.limit).await?;
    if found.is_empty() {
        print_line("no background work is queued or has failed");
    } else {
        print_line(render_table(&found).trim_end());
    }
    Ok(())
}

/// The jobs with the given ids, or all that match the filters.
async fn selected(ports: &Ports, args: &SelectJobsArgs) -> Result<Vec<JobId>, CommandError> {
    if !args.all {
        return Ok(args.ids.clone());
    }
    let filter = JobFilter {
        kind: args.kind,
        status: args.status,
    };
    let found = fetch(ports, filter, usize::MAX).await?;
    Ok(found.into_iter().map(|job| job.id).collect())
}

async fn fetch(
    ports: &Ports,
    filter: JobFilter,
    limit: usize,
) -> Result<Vec<JobView>, CommandError> {
    let mut found = Vec::new();
    let mut after = None;
    while found.len() < limit {
        let page = PageRequest {
            limit: PAGE_SIZE,
            after,
        };
        let page = jobs::list(ports, JobOperator::CommandLine, filter, page).await?;
        found.extend(page.data);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    found.truncate(limit);
    Ok(found)
}

/// A table with aligned columns.
fn render_table(jobs: &[JobView]) -> String {
    let mut rows = vec![HEADINGS.map(str::to_owned)];
    rows.extend(jobs.iter().map(cells));
    let widths: [usize; 7] =
        std::array::from_fn(|column| rows.iter().map(|row| row[column].chars().count()).max())
            .map(Option::unwrap_or_default);
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(widths) {
            let _written = write!(line, "{cell:width$}  ");
        }
        let _written = writeln!(text, "{}", line.trim_end());
    }
    text
}

fn cells(job: &JobView) -> [String; 7] {
    let content: Vec<_> = job
        .payload
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let run_at = job.run_at.or(job.leased_until);
    [
        job.id.to_string(),
        job.kind.to_string(),
        job.status.as_str().to_owned(),
        job.attempts.to_string(),
        run_at.map_or_else(
            || "-".to_owned(),
            |at| at.format("%Y-%m-%d %H:%M:%S").to_string(),
        ),
        content.join(" "),
        cut(job.last_error.as_deref().unwrap_or("-")),
    ]
}

fn cut(text: &str) -> String {
    let line = text.replace(['\n', '\r', '\t'], " ");
    if line.chars().count() <= MAX_CELL_LENGTH {
        return line;
    }
    let short: String = line.chars().take(MAX_CELL_LENGTH - 1).collect();
    format!("{short}…")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use sojourn_application::ports::{JobKind, JobStatus};

    use super::*;

    #[test]
    fn columns_are_aligned_and_long_errors_cut() {
        let id: JobId = "019a0000-0000-7000-8000-000000000001".parse().unwrap();
        let job = JobView {
            id,
            kind: JobKind::Email,
            status: JobStatus::SetAside,
            payload: BTreeMap::from([("notification", "email_known".to_owned())]),
            attempts: 10,
            created_at: None,
            run_at: None,
            leased_until: None,
            last_error: Some(format!("550\n{}", "x".repeat(100))),
        };
        let table = render_table(&[job]);
        let lines: Vec<_> = table.lines().collect();
        let column = lines[0].find("STATUS").unwrap();
        assert!(
            lines[1][column..].starts_with("set_aside  10        -"),
            "{table}"
        );
        assert!(
            lines[1].contains("550 xxx") && lines[1].ends_with("x…"),
            "{table}"
        );
    }
}
