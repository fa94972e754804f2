//! The gauges, and the counters that are kept elsewhere.

use chrono::{DateTime, Utc};
use prometheus::{Gauge, GaugeVec, IntCounterVec, Registry};
use sojourn_application::ports::{AuditHead, AuditSeal, CacheReport, Statistics, WorkerActivity};

use super::process::Process;
use super::sources::{DatabaseLoad, Reading};
use crate::families::{Families, number};

/// Everything that is written when the metrics are rendered.
pub(crate) struct Gauges {
    database: Database,
    cache: Cache,
    jobs: Jobs,
    money: Money,
    audit_lines: Gauge,
    audit_sealed: Gauge,
    verified_backup: GaugeVec,
    process: Process,
}

impl Gauges {
    pub(crate) fn register(registry: &Registry, version: &str) -> prometheus::Result<Self> {
        let families = Families::of_program(registry);
        families
            .gauges(
                "build_info",
                "Version of the program; always 1.",
                &["version"],
            )?
            .with_label_values(&[version])
            .set(1.0);
        Ok(Self {
            database: Database::register(&families)?,
            cache: Cache::register(&families)?,
            jobs: Jobs::register(&families)?,
            money: Money::register(&families)?,
            audit_lines: families.gauge("audit_log_lines", "Number of lines of the audit log.")?,
            audit_sealed: families.gauge(
                "audit_log_intact",
                "1 if the last line of the audit log has a valid seal, else 0.",
            )?,
            verified_backup: families.gauges(
                "backup_verified_timestamp_seconds",
                "Beginning of the newest backup in the folder of this process that was verified.",
                &[],
            )?,
            process: Process::register(&Families::of_process(registry))?,
        })
    }

    pub(crate) fn set(&self, reading: &Reading) {
        self.database
            .set(&reading.database, reading.statistics.is_some());
        self.cache.set(&reading.cache);
        self.jobs.set(
            reading.statistics.as_ref(),
            reading.workers.as_deref(),
            reading.now,
        );
        if let Some(statistics) = &reading.statistics {
            self.money.set(statistics, reading.now);
        }
        if let Some(head) = &reading.head {
            self.set_audit(head.as_ref());
        }
        if let Some(at) = reading.verified_backup {
            let no_labels: [&str; 0] = [];
            let at = age(Some(DateTime::UNIX_EPOCH), at);
            self.verified_backup.with_label_values(&no_labels).set(at);
        }
        self.process.set();
    }

    fn set_audit(&self, head: Option<&AuditHead>) {
        let lines = head.map_or(0, |head| u64::try_from(head.number).unwrap_or(0));
        let broken = head.is_some_and(|head| head.seal == AuditSeal::Invalid);
        self.audit_lines.set(number(lines));
        self.audit_sealed.set(if broken { 0.0 } else { 1.0 });
    }
}

/// Seconds since an instant; 0 without one.
#[expect(
    clippy::cast_precision_loss,
    reason = "no age reaches 2^53 milliseconds"
)]
fn age(since: Option<DateTime<Utc>>, now: DateTime<Utc>) -> f64 {
    since.map_or(0.0, |since| {
        ((now - since).num_milliseconds() as f64 / 1000.0).max(0.0)
    })
}

/// The database threads.
struct Database {
    up: Gauge,
    threads: Gauge,
    queued: Gauge,
    running: Gauge,
    connections: GaugeVec,
    work: IntCounterVec,
    waited: prometheus::Counter,
    worked: prometheus::Counter,
}

impl Database {
    fn register(families: &Families<'_>) -> prometheus::Result<Self> {
        Ok(Self {
            up: families.gauge("database_up", "1 if the database answered this scrape, else 0.")?,
            threads: families.gauge("database_threads", "Threads for database work.")?,
            queued: families.gauge("database_queued", "Database work that waits for a thread.")?,
            running: families.gauge("database_running", "Database work that is being done.")?,
            connections: families.gauges(
                "database_connections",
                "Open connections to the database.",
                &["state"],
            )?,
            work: families.counters(
                "database_work_total",
                "Database work: done, refused because too much was queued, unavailable for lack of a connection, \
                 or lost with its connection.",
                &["outcome"],
            )?,
            waited: families.seconds(
                "database_wait_seconds_total",
                "Time that database work has waited for a thread.",
            )?,
            worked: families.seconds(
                "database_busy_seconds_total",
                "Time that database threads have worked.",
            )?,
        })
    }

    fn set(&self, load: &DatabaseLoad, up: bool) {
        self.up.set(if up { 1.0 } else { 0.0 });
        self.threads.set(number(load.threads));
        self.queued.set(number(load.queued));
        self.running.set(number(load.running));
        let busy = load.connections.saturating_sub(load.idle_connections);
        for (state, count) in [("busy", busy), ("idle", load.idle_connections)] {
            self.connections
                .with_label_values(&[state])
                .set(number(count));
        }
        let outcomes = [
            ("done", load.done),
            ("refused", load.refused),
            ("unavailable", load.unavailable),
            ("lost", load.lost),
        ];
        for (outcome, count) in outcomes {
            set_counter(&self.work, &[outcome], count);
        }
        for (counter, time) in [(&self.waited, load.waited), (&self.worked, load.worked)] {
            counter.reset();
            counter.inc_by(time.as_secs_f64());
        }
    }
}

/// Sets a counter that is kept elsewhere.
fn set_counter(family: &IntCounterVec, labels: &[&str], count: u64) {
    let counter = family.with_label_values(labels);
    counter.reset();
    counter.inc_by(count);
}

/// The response cache.
struct Cache {
    available: GaugeVec,
    lookups: IntCounterVec,
    foreign: IntCounterVec,
}

impl Cache {
    fn register(families: &Families<'_>) -> prometheus::Result<Self> {
        Ok(Self {
            available: families.gauges(
                "cache_available",
                "1 if the cache answers, 0 while it is bypassed.",
                &["backend"],
            )?,
            lookups: families.counters(
                "cache_lookups_total",
                "Lookups in the cache.",
                &["namespace", "result"],
            )?,
            foreign: families.counters(
                "cache_foreign_entries_total",
                "Unreadable entries found under keys of the cache.",
                &["namespace"],
            )?,
        })
    }

    fn set(&self, report: &CacheReport) {
        self.available
            .with_label_values(&[report.backend])
            .set(if report.available { 1.0 } else { 0.0 });
        for counts in &report.counts {
            let namespace = counts.namespace.as_str();
            set_counter(&self.lookups, &[namespace, "hit"], counts.hits);
            set_counter(&self.lookups, &[namespace, "miss"], counts.misses);
            set_counter(&self.foreign, &[namespace], counts.foreign);
        }
    }
}

/// Background work and workers.
struct Jobs {
    due: GaugeVec,
    oldest: GaugeVec,
    put_off: GaugeVec,
    set_aside: GaugeVec,
    workers: GaugeVec,
    last_seen: GaugeVec,
}

impl Jobs {
    fn register(families: &Families<'_>) -> prometheus::Result<Self> {
        let of_kind = |name, help| families.gauges(name, help, &["kind"]);
        Ok(Self {
            due: of_kind("jobs_due", "Background work that is due.")?,
            oldest: of_kind(
                "jobs_oldest_due_seconds",
                "Time for which the oldest due work has been due.",
            )?,
            put_off: of_kind("jobs_put_off", "Failed work that is tried again later.")?,
            set_aside: of_kind(
                "jobs_set_aside",
                "Failed work that is not tried again by itself.",
            )?,
            workers: of_kind("workers", "Workers with a recorded heartbeat.")?,
            last_seen: of_kind(
                "worker_last_seen_timestamp_seconds",
                "Latest heartbeat of any worker; 0 if there is none.",
            )?,
        })
    }

    fn set(
        &self,
        statistics: Option<&Statistics>,
        workers: Option<&[WorkerActivity]>,
        now: DateTime<Utc>,
    ) {
        for backlog in statistics.into_iter().flat_map(|it| &it.backlogs) {
            let kind = [backlog.kind.as_str()];
            self.due.with_label_values(&kind).set(number(backlog.due));
            let oldest = age(backlog.oldest_due_at, now);
            self.oldest.with_label_values(&kind).set(oldest);
            let put_off = number(backlog.put_off);
            self.put_off.with_label_values(&kind).set(put_off);
        }
        for activity in workers.into_iter().flatten() {
            let kind = [activity.kind.as_str()];
            let set_aside = number(activity.set_aside);
            self.set_aside.with_label_values(&kind).set(set_aside);
            let workers = f64::from(activity.workers);
            self.workers.with_label_values(&kind).set(workers);
            let last_seen = age(
                Some(DateTime::UNIX_EPOCH),
                activity.last_seen_at.unwrap_or_default(),
            );
            self.last_seen.with_label_values(&kind).set(last_seen);
        }
    }
}

/// Money and nights that wait for something.
struct Money {
    open_calls: Gauge,
    oldest_open_call: Gauge,
    refunds_owed: Gauge,
    holds: Gauge,
    requests: Gauge,
}

impl Money {
    fn register(families: &Families<'_>) -> prometheus::Result<Self> {
        Ok(Self {
            open_calls: families.gauge(
                "gateway_calls_open",
                "Gateway calls that are decided and have no outcome.",
            )?,
            oldest_open_call: families.gauge(
                "gateway_oldest_open_call_seconds",
                "Age of the oldest gateway call without an outcome.",
            )?,
            refunds_owed: families.gauge(
                "refunds_owed",
                "Payments with a refund that the gateway refused and that is still owed.",
            )?,
            holds: families.gauge("holds", "Bookings whose nights are held until payment.")?,
            requests: families.gauge(
                "booking_requests_open",
                "Paid booking requests that wait for the host.",
            )?,
        })
    }

    fn set(&self, statistics: &Statistics, now: DateTime<Utc>) {
        self.open_calls.set(number(statistics.open_calls));
        self.oldest_open_call
            .set(age(statistics.oldest_open_call_at, now));
        self.refunds_owed.set(number(statistics.refunds_owed));
        self.holds.set(number(statistics.holds));
        self.requests.set(number(statistics.open_requests));
    }
}
