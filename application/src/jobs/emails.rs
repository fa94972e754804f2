//! Mail composition.

use chrono::{DateTime, TimeDelta, Utc};
use sojourn_domain::shared::{
    BookingId, BookingRole, Email, Notification, RepositoryError, ReviewId, SecurityChange, UserId,
};
use sojourn_domain::user::User;

use crate::notification::{booking_content, review_content, security_content};
use crate::ports::{Job, Mail, Ports, Purpose};

/// Renders the mail of a job; `None` if its recipient or subject no longer exists.
///
/// # Errors
/// [`RepositoryError`].
pub(super) async fn render_email(
    ports: &Ports,
    job: &Job,
    public_url: &str,
) -> Result<Option<Mail>, RepositoryError> {
    let composer = EmailComposer {
        ports,
        key: message_key(job),
        url: public_url.trim_end_matches('/'),
    };
    match &job.notice {
        Notification::VerifyEmail {
            user_id,
            registered_at,
        } => composer.verify_email(*user_id, *registered_at).await,
        Notification::ResendVerification { email } => composer.resend_verification(email).await,
        Notification::EmailKnown { user_id } => composer.email_known(*user_id).await,
        Notification::ForgotPassword { email } => composer.forgot_password(email).await,
        Notification::ResetPassword { user_id } => composer.reset_password(*user_id).await,
        Notification::ChangeEmail { user_id, email } => {
            composer.change_email(*user_id, email).await
        }
        Notification::EmailChangeRequested { user_id, email } => {
            composer.email_change_requested(*user_id, email).await
        }
        Notification::SecurityChanged { user_id, what } => {
            composer.security_changed(*user_id, *what).await
        }
        Notification::BookingChanged { booking_id } => {
            let side = job.recipient.ok_or_else(|| {
                RepositoryError::Internal("a mail about a booking has no recipient".to_owned())
            })?;
            composer.booking_changed(*booking_id, side).await
        }
        Notification::ReviewPublished { review_id } => composer.review_published(*review_id).await,
    }
}

/// Deduplication key of the mail: that of the notification, with the side if both get one.
fn message_key(job: &Job) -> String {
    match job.recipient {
        Some(BookingRole::Host) => format!("{}-host", job.origin),
        Some(_) => format!("{}-guest", job.origin),
        None => job.origin.to_string(),
    }
}

/// Composes mails.
pub(super) struct EmailComposer<'a> {
    pub(super) ports: &'a Ports,
    key: String,
    pub(super) url: &'a str,
}

impl EmailComposer<'_> {
    /// Nothing if the registration was replaced by a later one, which gets a mail of its own.
    async fn verify_email(
        &self,
        id: UserId,
        registered_at: Option<DateTime<Utc>>,
    ) -> Result<Option<Mail>, RepositoryError> {
        let user = self.recipient(id).await?.filter(|user| {
            let replaced = registered_at.is_some_and(|at| at != user.created_at);
            !user.email_verified && !replaced
        });
        let Some(user) = user else {
            return Ok(None);
        };
        let Some(link) = self.link(&user, Purpose::VerifyEmail).await? else {
            return Ok(None);
        };
        let body = format!(
            "Thank you for registering with Sojourn. Please confirm your e-mail address by opening \
             this link within 24 hours:\n\n{link}\n\n\
             If you did not register, you can ignore this e-mail."
        );
        Ok(Some(self.email(
            &user,
            "Confirm your e-mail address",
            &body,
        )))
    }

    /// Accounts without a password cannot be verified by a link, so they get no mail.
    async fn resend_verification(&self, email: &Email) -> Result<Option<Mail>, RepositoryError> {
        let user = self.ports.users.by_email(email).await?;
        match user.filter(|user| user.password_hash.is_some()) {
            Some(user) => self.verify_email(user.id, None).await,
            None => Ok(None),
        }
    }

    /// Answers a registration with an address that already has an account. An unverified account
    /// gets another link.
    async fn email_known(&self, id: UserId) -> Result<Option<Mail>, RepositoryError> {
        let Some(user) = self.recipient(id).await? else {
            return Ok(None);
        };
        if !user.email_verified {
            return self.verify_email(id, None).await;
        }
        let body = "Someone tried to register with this e-mail address, which already has an account. \
                    If this was you, please log in instead, or request a new password if you have \
                    forgotten yours.\n\nIf this was not you, you do not need to do anything.";
        Ok(Some(self.email(&user, "You already have an account", body)))
    }

    /// Accounts without a password cannot log in, so they get no mail.
    async fn forgot_password(&self, email: &Email) -> Result<Option<Mail>, RepositoryError> {
        let user = self.ports.users.by_email(email).await?;
        match user.filter(|user| user.password_hash.is_some()) {
            Some(user) => self.reset_password(user.id).await,
            None => Ok(None),
        }
    }

    async fn reset_password(&self, id: UserId) -> Result<Option<Mail>, RepositoryError> {
        let Some(user) = self.recipient(id).await? else {
            return Ok(None);
        };
        let Some(link) = self.link(&user, Purpose::ResetPassword).await? else {
            return Ok(None);
        };
        let body = format!(
            "To choose a new password for your account, open this link within one hour:\n\n{link}\n\n\
             If you did not request this, you can ignore this e-mail. Your password will not change."
        );
        Ok(Some(self.email(&user, "Reset your password", &body)))
    }

    async fn security_changed(
        &self,
        id: UserId,
        what: SecurityChange,
    ) -> Result<Option<Mail>, RepositoryError> {
        let Some(user) = self.recipient(id).await? else {
            return Ok(None);
        };
        let content = security_content(what);
        Ok(Some(self.email(&user, &content.title, &content.text)))
    }

    async fn booking_changed(
        &self,
        id: BookingId,
        side: BookingRole,
    ) -> Result<Option<Mail>, RepositoryError> {
        let Some(booking) = self.ports.bookings.get(id).await? else {
            return Ok(None);
        };
        let recipient = if side == BookingRole::Host {
            booking.host_id
        } else {
            booking.guest_id
        };
        let user = self.recipient(recipient).await?;
        let Some(user) = user.filter(|user| user.email_verified) else {
            return Ok(None);
        };
        let content = booking_content(self.ports, &booking, side).await?;
        Ok(Some(self.email(&user, &content.title, &content.text)))
    }

    async fn review_published(&self, id: ReviewId) -> Result<Option<Mail>, RepositoryError> {
        let Some(review) = self.ports.reviews.get(id).await? else {
            return Ok(None);
        };
        let Some(user) = self
            .recipient(review.addressee_id)
            .await?
            .filter(|user| user.email_verified)
        else {
            return Ok(None);
        };
        let content = review_content(self.ports, &review);
        Ok(Some(self.email(&user, &content.title, &content.text)))
    }

    /// The account, unless it is erased.
    pub(super) async fn recipient(&self, id: UserId) -> Result<Option<User>, RepositoryError> {
        Ok(self
            .ports
            .users
            .get(id)
            .await?
            .filter(|user| user.erased_at.is_none()))
    }

    /// A link with a new one-time token; `None` if the account was concurrently registered again.
    async fn link(&self, user: &User, purpose: Purpose) -> Result<Option<String>, RepositoryError> {
        let (path, good_for) = match purpose {
            Purpose::VerifyEmail => ("verify-email", TimeDelta::hours(24)),
            Purpose::ResetPassword => ("reset-password", TimeDelta::hours(1)),
        };
        let token = self.ports.ids.secret();
        let until = self.ports.clock.now() + good_for;
        let kept = self
            .ports
            .one_time_tokens
            .keep(&token, user, purpose, until)
            .await?;
        Ok(kept.then(|| format!("{}/{path}?token={token}", self.url)))
    }

    /// Greets by name once the address is proved: a stranger could have registered it with any.
    fn email(&self, user: &User, subject: &str, body: &str) -> Mail {
        let name = user.profile.greeting_name().filter(|_| user.email_verified);
        self.email_to(&user.email, name, subject, body)
    }

    /// A mail to an address, with a greeting by name if it is proved.
    pub(super) fn email_to(
        &self,
        to: &Email,
        name: Option<&str>,
        subject: &str,
        body: &str,
    ) -> Mail {
        let greeting = name.map_or_else(|| "Hello".to_owned(), |name| format!("Hello {name}"));
        let text = format!("{greeting},\n\n{body}\n\nThe Sojourn team\n");
        Mail {
            key: self.key.clone(),
            to: to.clone(),
            subject: subject.to_owned(),
            text,
        }
    }
}

#[cfg(test)]
mod tests {
    use sojourn_domain::shared::JobId;
    use uuid::Uuid;

    use super::*;
    use crate::test_support::test_ports::{TestPorts, now, unverified, user};

    async fn rendered(test: TestPorts, notice: Notification) -> Option<Mail> {
        let id = JobId::new(Uuid::from_u128(5));
        let job = Job {
            id,
            origin: id,
            notice,
            recipient: None,
            attempts: 0,
        };
        render_email(&test.ports(), &job, "https://sojourn.example")
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn every_security_change_is_mailed_to_the_owner() {
        let changes = [
            (SecurityChange::Password, "Your password was changed"),
            (
                SecurityChange::SecondFactorOn,
                "Two-factor authentication was turned on",
            ),
            (
                SecurityChange::SecondFactorOff,
                "Two-factor authentication was turned off",
            ),
        ];
        for (what, subject) in changes {
            let mut test = TestPorts::new();
            test.users.expect_get().return_once(|_| Ok(Some(user())));
            let notice = Notification::SecurityChanged {
                user_id: user().id,
                what,
            };
            let mail = rendered(test, notice).await.unwrap();
            assert_eq!((mail.subject.as_str(), &mail.to), (subject, &user().email));
            assert!(
                mail.text.contains("request a new password"),
                "{}",
                mail.text
            );
        }
        let (mut test, what) = (TestPorts::new(), SecurityChange::Password);
        test.users
            .expect_get()
            .return_once(|_| Ok(Some(user().erase(now()).unwrap())));
        let notice = Notification::SecurityChanged {
            user_id: user().id,
            what,
        };
        assert_eq!(rendered(test, notice).await, None);
    }

    #[tokio::test]
    async fn a_stranger_chooses_no_words_of_a_mail() {
        for (recipient, greeting) in [(unverified(), "Hello,\n"), (user(), "Hello Ana,\n")] {
            let (mut test, id) = (TestPorts::new(), recipient.id);
            test.users.expect_get().return_once(|_| Ok(Some(recipient)));
            test.one_time_tokens
                .expect_keep()
                .return_once(|_, _, _, _| Ok(true));
            let mail = rendered(test, Notification::ResetPassword { user_id: id });
            let text = mail.await.unwrap().text;
            assert!(text.starts_with(greeting), "{text}");
        }
    }

    #[tokio::test]
    async fn reset_links_are_mailed_to_accounts_only() {
        for (known, mails) in [(Some(user()), 1), (None, 0)] {
            let mut test = TestPorts::new();
            test.users.expect_by_email().return_once(|_| Ok(known));
            test.users.expect_get().returning(|_| Ok(Some(user())));
            test.one_time_tokens
                .expect_keep()
                .times(mails)
                .returning(|_, _, _, _| Ok(true));
            let notice = Notification::ForgotPassword {
                email: user().email.clone(),
            };
            let sent = rendered(test, notice).await;
            assert_eq!(usize::from(sent.is_some()), mails);
            let link = "/reset-password?token=secret 1\n";
            assert!(sent.is_none_or(|mail| mail.text.contains(link)));
        }
    }
}
