//! What the mails say.

use chrono::TimeDelta;
use sojourn_domain::shared::{
    BookingId, Email, Notice, Party, ReviewId, SecurityChange, StoreError, UserId,
};
use sojourn_domain::user::User;

use super::booking_letter::booking_letter;
use crate::ports::{Job, Mail, Ports, Purpose};

/// The mails that a notice asks for; none when whom or what it is about is gone.
///
/// # Errors
/// [`StoreError`].
pub(super) async fn letters(
    ports: &Ports,
    job: &Job,
    public_url: &str,
) -> Result<Vec<Mail>, StoreError> {
    let desk = Desk {
        ports,
        key: job.id.to_string(),
        url: public_url.trim_end_matches('/'),
    };
    let letter = match &job.notice {
        Notice::VerifyEmail { user_id } => desk.verify_email(*user_id).await?,
        Notice::EmailKnown { user_id } => desk.email_known(*user_id).await?,
        Notice::ForgotPassword { email } => desk.forgot_password(email).await?,
        Notice::ResetPassword { user_id } => desk.reset_password(*user_id).await?,
        Notice::SecurityChanged { user_id, what } => desk.security_changed(*user_id, *what).await?,
        Notice::BookingChanged { booking_id } => return desk.booking_changed(*booking_id).await,
        Notice::ReviewPublished { review_id } => desk.review_published(*review_id).await?,
    };
    Ok(letter.into_iter().collect())
}

/// Where letters are written.
struct Desk<'a> {
    ports: &'a Ports,
    key: String,
    url: &'a str,
}

impl Desk<'_> {
    async fn verify_email(&self, id: UserId) -> Result<Option<Mail>, StoreError> {
        let Some(user) = self.reader(id).await?.filter(|user| !user.email_verified) else {
            return Ok(None);
        };
        let link = self.link(id, Purpose::VerifyEmail).await?;
        let said = format!(
            "Please confirm that this address is yours by opening this link within 24 hours:\n\n{link}\n\n\
             If you did not register, ignore this mail."
        );
        Ok(Some(self.letter(
            &user,
            "Confirm your e-mail address",
            &said,
        )))
    }

    /// Somebody registered with an address that has an account. One that was never confirmed gets another link.
    async fn email_known(&self, id: UserId) -> Result<Option<Mail>, StoreError> {
        let Some(user) = self.reader(id).await? else {
            return Ok(None);
        };
        if !user.email_verified {
            return self.verify_email(id).await;
        }
        let said = "Somebody, perhaps you, tried to register with this address. It has an account already: log in, \
                    or ask for a new password if you forgot yours.\n\nIf it was not you, there is nothing to do.";
        Ok(Some(self.letter(
            &user,
            "You have an account already",
            said,
        )))
    }

    /// Nobody is written to who could not log in with the new password.
    async fn forgot_password(&self, email: &Email) -> Result<Option<Mail>, StoreError> {
        let user = self.ports.users.by_email(email).await?;
        match user.filter(|user| user.password_hash.is_some()) {
            Some(user) => self.reset_password(user.id).await,
            None => Ok(None),
        }
    }

    async fn reset_password(&self, id: UserId) -> Result<Option<Mail>, StoreError> {
        let Some(user) = self.reader(id).await? else {
            return Ok(None);
        };
        let link = self.link(id, Purpose::ResetPassword).await?;
        let said = format!(
            "To choose a new password, open this link within one hour:\n\n{link}\n\n\
             If you did not ask for it, ignore this mail: your password stays as it is."
        );
        Ok(Some(self.letter(&user, "Choose a new password", &said)))
    }

    async fn security_changed(
        &self,
        id: UserId,
        what: SecurityChange,
    ) -> Result<Option<Mail>, StoreError> {
        let Some(user) = self.reader(id).await? else {
            return Ok(None);
        };
        let (subject, change) = match what {
            SecurityChange::Password => (
                "Your password was changed",
                "The password of your account was changed.",
            ),
            SecurityChange::SecondFactorOn => (
                "A second factor was turned on",
                "From now on, logging in to your account takes a code of your app besides the password.",
            ),
            SecurityChange::SecondFactorOff => (
                "Your second factor was turned off",
                "Logging in to your account takes the password alone again.",
            ),
        };
        let said = format!(
            "{change}\n\nIf it was you, there is nothing to do. If it was not, ask for a new password at once: \
             that ends every session of your account."
        );
        Ok(Some(self.letter(&user, subject, &said)))
    }

    async fn booking_changed(&self, id: BookingId) -> Result<Vec<Mail>, StoreError> {
        let Some(booking) = self.ports.bookings.get(id).await? else {
            return Ok(Vec::new());
        };
        let property = self.ports.properties.get(booking.property_id).await?;
        let title = property
            .and_then(|it| it.details.title.clone())
            .unwrap_or_else(|| "your property".to_owned());
        let readers = self
            .ports
            .users
            .get_many(&[booking.guest_id, booking.host_id])
            .await?;
        let known = readers
            .iter()
            .filter(|user| user.email_verified && user.erased_at.is_none());
        let letter = |user: &User| {
            let (side, word) = if user.id == booking.host_id {
                (Party::Host, "host")
            } else {
                (Party::Guest, "guest")
            };
            let (subject, said) = booking_letter(&booking, &title, side);
            Mail {
                key: format!("{}-{word}", self.key),
                ..self.letter(user, &subject, &said)
            }
        };
        Ok(known.map(letter).collect())
    }

    async fn review_published(&self, id: ReviewId) -> Result<Option<Mail>, StoreError> {
        let Some(review) = self.ports.reviews.get(id).await? else {
            return Ok(None);
        };
        let Some(user) = self
            .reader(review.addressee_id)
            .await?
            .filter(|user| user.email_verified)
        else {
            return Ok(None);
        };
        let days = self.ports.terms.response_days;
        let said = format!(
            "A review of you or your property was published:\n\n{}\n\nYou may answer it once, in public, within \
             {days} days.",
            review.text.public_comment
        );
        Ok(Some(self.letter(&user, "A review was published", &said)))
    }

    /// The account, unless it is erased.
    async fn reader(&self, id: UserId) -> Result<Option<User>, StoreError> {
        Ok(self
            .ports
            .users
            .get(id)
            .await?
            .filter(|user| user.erased_at.is_none()))
    }

    /// A link with a new one-time token.
    async fn link(&self, id: UserId, purpose: Purpose) -> Result<String, StoreError> {
        let (path, good_for) = match purpose {
            Purpose::VerifyEmail => ("verify-email", TimeDelta::hours(24)),
            Purpose::ResetPassword => ("reset-password", TimeDelta::hours(1)),
        };
        let token = self.ports.ids.secret();
        let until = self.ports.clock.now() + good_for;
        self.ports
            .one_time_tokens
            .keep(&token, id, purpose, until)
            .await?;
        Ok(format!("{}/{path}?token={token}", self.url))
    }

    fn letter(&self, user: &User, subject: &str, said: &str) -> Mail {
        let text = format!("Hello {},\n\n{said}\n\nSojourn\n", user.profile.first_name);
        Mail {
            key: self.key.clone(),
            to: user.email.clone(),
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
    use crate::test_ports::{TestPorts, now, user};

    async fn written(test: TestPorts, notice: Notice) -> Vec<Mail> {
        let job = Job {
            id: JobId::new(Uuid::from_u128(5)),
            notice,
            attempts: 0,
        };
        letters(&test.ports(), &job, "https://sojourn.example")
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn whoever_changed_how_an_account_is_entered_its_owner_hears_of_it() {
        let changes = [
            (SecurityChange::Password, "Your password was changed"),
            (
                SecurityChange::SecondFactorOn,
                "A second factor was turned on",
            ),
            (
                SecurityChange::SecondFactorOff,
                "Your second factor was turned off",
            ),
        ];
        for (what, subject) in changes {
            let mut test = TestPorts::new();
            test.users.expect_get().return_once(|_| Ok(Some(user())));
            let mails = written(
                test,
                Notice::SecurityChanged {
                    user_id: user().id,
                    what,
                },
            )
            .await;
            let [mail] = mails.as_slice() else {
                panic!("one mail")
            };
            assert_eq!((mail.subject.as_str(), &mail.to), (subject, &user().email));
            assert!(
                mail.text.contains("ask for a new password"),
                "{}",
                mail.text
            );
        }
        let (mut test, what) = (TestPorts::new(), SecurityChange::Password);
        test.users
            .expect_get()
            .return_once(|_| Ok(Some(user().erase(now()).unwrap())));
        assert_eq!(
            written(
                test,
                Notice::SecurityChanged {
                    user_id: user().id,
                    what
                }
            )
            .await,
            []
        );
    }

    #[tokio::test]
    async fn a_link_for_a_forgotten_password_goes_to_an_account_alone() {
        for (known, mails) in [(Some(user()), 1), (None, 0)] {
            let mut test = TestPorts::new();
            test.users.expect_by_email().return_once(|_| Ok(known));
            test.users.expect_get().returning(|_| Ok(Some(user())));
            test.one_time_tokens
                .expect_keep()
                .times(mails)
                .returning(|_, _, _, _| Ok(()));
            let sent = written(
                test,
                Notice::ForgotPassword {
                    email: user().email.clone(),
                },
            )
            .await;
            let links = sent
                .iter()
                .filter(|mail| mail.text.contains("/reset-password?token=secret 1\n"));
            assert_eq!((links.count(), sent.len()), (mails, mails));
        }
    }
}
