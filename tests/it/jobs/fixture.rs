//! A marketplace with due work, and dependencies that do not respond.

use std::collections::HashSet;
use std::future::pending;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use chrono::TimeDelta;
use sojourn::app::PortsDecorator;
use sojourn_application::ports::{
    Backoff, GatewayError, GatewayRequest, JobFilter, JobKind, JobPayload, Mail, MailError, Mailer,
    PaymentGateway, Ports,
};
use sojourn_domain::booking::{BookingRepository, BookingStatus};
use sojourn_domain::payment::{GatewayOutcome, Payment, PayoutStatus};
use sojourn_domain::property::Property;
use sojourn_domain::shared::{BookingId, Notification, PageRequest, PaymentId, UserId};
use sojourn_domain::user::{User, UserRepository as _};
use sojourn_persistence::Database;
use sojourn_tests::{
    Server, TestDatabase, booking_of, hold_change, insert_cabin, insert_paid_stay,
    insert_pending_payment, insert_user, new_id, now, payment_of, stay,
};

use crate::contract::raw_sql::raw;

/// The time within which timers fire.
pub const TIMER_LIMIT: Duration = Duration::from_secs(10);

/// A host, a guest and two cabins. Everything happens in March 2026, so that its timers are overdue.
pub struct Marketplace {
    pub database: Database,
    pub guest: User,
    cabin: Property,
    other_cabin: Property,
}

/// Two timers that must fire: a hold that has ended, and a payout that is due.
pub struct Timers {
    hold: BookingId,
    paid: BookingId,
}

impl Marketplace {
    pub async fn new(test: &TestDatabase) -> Self {
        let database = test.open();
        let host = insert_user(&database, "host").await;
        let guest = insert_user(&database, "guest").await;
        raw(test, "UPDATE users SET email_verified = TRUE").unwrap();
        let cabin = insert_cabin(&database, &host).await;
        let other_cabin = insert_cabin(&database, &host).await;
        Self {
            other_cabin,
            database,
            guest,
            cabin,
        }
    }

    /// An overdue hold of one night.
    pub async fn hold(&self, night: u64) -> BookingId {
        self.hold_of(&self.cabin, night).await
    }

    async fn hold_of(&self, cabin: &Property, night: u64) -> BookingId {
        let hold = hold_change(cabin, &self.guest, stay(night, night + 1));
        let id = hold.booking().id;
        BookingRepository::commit(&self.database, hold)
            .await
            .unwrap();
        id
    }

    /// A charge of one night that the gateway has not answered.
    pub async fn unanswered(&self, night: u64) -> Payment {
        let nights = stay(night, night + 1);
        insert_pending_payment(&self.database, &self.cabin, &self.guest, nights).await
    }

    /// Mails to the guest that the address is known.
    pub async fn mails(&self, times: usize) {
        let notice = Notification::EmailKnown {
            user_id: self.guest.id,
        };
        self.enqueue(vec![notice; times]).await;
    }

    /// Mails to both sides of a booking.
    pub async fn mails_about(&self, booking_id: BookingId) {
        self.enqueue(vec![Notification::BookingChanged { booking_id }])
            .await;
    }

    async fn enqueue(&self, notices: Vec<Notification>) {
        self.database
            .enqueue_notifications(notices, now())
            .await
            .unwrap();
    }

    /// Timers of the other cabin.
    pub async fn timers(&self) -> Timers {
        let (cabin, guest) = (&self.other_cabin, &self.guest);
        let paid = insert_paid_stay(&self.database, cabin, guest, stay(0, 1)).await;
        Timers {
            hold: self.hold_of(cabin, 1).await,
            paid: paid.id,
        }
    }
}

impl Timers {
    /// True once both timers have fired.
    pub async fn have_fired(&self, database: &Database) -> bool {
        let hold = booking_of(database, self.hold).await.status;
        let payout = payment_of(database, self.paid).await.payouts[0].status;
        hold == BookingStatus::Expired && payout != PayoutStatus::Scheduled
    }
}

/// Polls a condition; fails if it does not hold within the time limit.
#[track_caller]
pub fn wait_for(what: &str, limit: Duration, mut condition: impl FnMut() -> bool) {
    let began = Instant::now();
    while !condition() {
        assert!(began.elapsed() < limit, "{what}: not within {limit:?}");
        std::thread::sleep(Duration::from_millis(100));
    }
    println!("{what}: after {:?}", began.elapsed());
}

/// A gateway that does not respond to calls for some payments, or for any.
struct SilentGateway {
    inner: Arc<dyn PaymentGateway>,
    only: Option<HashSet<PaymentId>>,
}

#[async_trait]
impl PaymentGateway for SilentGateway {
    async fn call(&self, request: GatewayRequest) -> Result<GatewayOutcome, GatewayError> {
        match &self.only {
            Some(only) if !only.contains(&request.payment) => self.inner.call(request).await,
            _ => pending().await,
        }
    }
}

/// The behaviour of a mail server.
#[derive(Clone, Copy)]
pub enum MailServer {
    /// Never responds.
    Silent,
    /// Refuses mails to addresses that begin with this text.
    Refuses(&'static str),
    /// Takes so long for each mail.
    Slow(Duration),
}

/// Addresses and keys of delivered mails.
pub type Delivered = Arc<Mutex<Vec<(String, String)>>>;

struct TestMailer {
    server: MailServer,
    delivered: Delivered,
}

#[async_trait]
impl Mailer for TestMailer {
    async fn send(&self, mail: Mail) -> Result<(), MailError> {
        match self.server {
            MailServer::Silent => pending().await,
            MailServer::Refuses(start) if mail.to.as_str().starts_with(start) => {
                return Err(MailError("mailbox unavailable".into()));
            }
            MailServer::Refuses(_) => {}
            MailServer::Slow(delay) => tokio::time::sleep(delay).await,
        }
        let mut delivered = self.delivered.lock().unwrap();
        delivered.push((mail.to.as_str().to_owned(), mail.key));
        Ok(())
    }
}

/// Replaces the gateway by one that is silent about these payments, or all.
pub fn silent_gateway(ports: Ports, only: Option<HashSet<PaymentId>>) -> Ports {
    let inner = Arc::clone(&ports.gateway);
    Ports {
        gateway: Arc::new(SilentGateway { inner, only }),
        ..ports
    }
}

/// Replaces the mail server.
pub fn with_mail_server(ports: Ports, server: MailServer, delivered: &Delivered) -> Ports {
    Ports {
        mailer: Arc::new(TestMailer {
            server,
            delivered: Arc::clone(delivered),
        }),
        ..ports
    }
}

/// A decorator of ports.
pub fn decorator(decorate: impl Fn(Ports) -> Ports + Send + Sync + 'static) -> PortsDecorator {
    Arc::new(decorate)
}

/// The id of failed work that was set aside. Its subject does not exist.
pub fn set_aside_work(server: &Server) -> String {
    let once = Backoff {
        attempts: Some(1),
        ..Backoff::constant(TimeDelta::minutes(1))
    };
    let ports = &server.ports;
    let (subject, now) = (new_id(), ports.clock.now());
    let error = "no such review".to_owned();
    let put_off = ports
        .due_work
        .put_off(JobKind::Review, subject, error, once, now);
    server.block_on(put_off).unwrap();
    job_of(server, JobKind::Review, &JobPayload::Subject(subject))
}

/// The id of a queued mail that is due in twelve hours.
pub fn later_mail(server: &Server) -> String {
    let ports = &server.ports;
    let notice = Notification::EmailKnown {
        user_id: UserId::new(new_id()),
    };
    let due_at = ports.clock.now() + TimeDelta::hours(12);
    let queued = ports
        .users
        .enqueue_notifications(vec![notice.clone()], due_at);
    server.block_on(queued).unwrap();
    let payload = JobPayload::Mail {
        notice,
        recipient: None,
    };
    job_of(server, JobKind::Email, &payload)
}

/// The id of the work with a content. The worker queues mails of its own concurrently, so the newest
/// need not be it.
fn job_of(server: &Server, kind: JobKind, payload: &JobPayload) -> String {
    let ports = &server.ports;
    let filter = JobFilter {
        kind: Some(kind),
        status: None,
    };
    let page = PageRequest {
        limit: 100,
        after: None,
    };
    let jobs = ports.job_admin.page(filter, page, ports.clock.now());
    let jobs = server.block_on(jobs).unwrap().data;
    let job = jobs.iter().find(|job| job.payload == *payload);
    job.unwrap().id.to_string()
}
