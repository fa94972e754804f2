//! Mails about a change of an account's address.

use chrono::TimeDelta;
use sojourn_domain::shared::{Email, RepositoryError, UserId};
use sojourn_domain::user::User;

use super::emails::EmailComposer;
use crate::ports::Mail;

impl EmailComposer<'_> {
    /// The owner of an address that has an account learns of it; the one who wants it does not.
    pub(super) async fn change_email(
        &self,
        id: UserId,
        to: &Email,
    ) -> Result<Option<Mail>, RepositoryError> {
        let Some(user) = self.recipient(id).await?.filter(User::is_active) else {
            return Ok(None);
        };
        let holder = self.ports.users.by_email(to).await?;
        if holder.is_some_and(|it| it.id != id && !it.is_unproved_registration()) {
            let body = "Someone wanted to use this e-mail address for another account, but it already has one. \
                        If this was you, log in to the account of this address, or choose another address.\n\n\
                        If this was not you, you do not need to do anything.";
            return Ok(Some(self.email_to(
                to,
                None,
                "You already have an account",
                body,
            )));
        }
        let token = self.ports.ids.secret();
        let until = self.ports.clock.now() + TimeDelta::hours(24);
        let tokens = &self.ports.one_time_tokens;
        if !tokens.keep_email_change(&token, &user, to, until).await? {
            return Ok(None);
        }
        let link = format!("{}/change-email?token={token}", self.url);
        let body = format!(
            "To use this e-mail address for your account from now on, open this link within 24 hours:\n\n{link}\n\n\
             All sessions of the account end then. If you did not request this, you can ignore this e-mail. Nothing \
             will change."
        );
        let subject = "Confirm your new e-mail address";
        Ok(Some(self.email_to(to, None, subject, &body)))
    }

    /// Goes to the address that the account had when the change was requested.
    pub(super) async fn email_change_requested(
        &self,
        id: UserId,
        to: &Email,
    ) -> Result<Option<Mail>, RepositoryError> {
        let Some(user) = self.recipient(id).await? else {
            return Ok(None);
        };
        let body = "A new e-mail address was requested for your account. It replaces this one once the link that \
                    was mailed to it is confirmed.\n\nIf this was you, you do not need to do anything. If it was \
                    not, change your password immediately. This voids the link and ends all other sessions of your \
                    account.";
        let subject = "A change of your e-mail address was requested";
        let name = user.profile.greeting_name();
        Ok(Some(self.email_to(to, name, subject, body)))
    }
}

#[cfg(test)]
mod tests {
    use sojourn_domain::shared::{JobId, Notification};
    use uuid::Uuid;

    use crate::jobs::emails::render_email;
    use crate::ports::{Job, Mail};
    use crate::test_support::test_ports::{TestPorts, now, unverified, user};

    use super::*;

    fn new_address() -> Email {
        Email::parse("new@mail.example").unwrap()
    }

    async fn rendered(holder: Option<User>, keeps: bool) -> Option<Mail> {
        let mut test = TestPorts::new();
        test.users.expect_get().returning(|_| Ok(Some(user())));
        test.users
            .expect_by_email()
            .withf(|email| *email == new_address())
            .return_once(|_| Ok(holder));
        test.one_time_tokens
            .expect_keep_email_change()
            .withf(|_, owner, email, until| {
                owner.id == user().id
                    && *email == new_address()
                    && *until == now() + TimeDelta::hours(24)
            })
            .return_once(move |_, _, _, _| Ok(keeps));
        let id = JobId::new(Uuid::from_u128(5));
        let job = Job {
            id,
            origin: id,
            notice: Notification::ChangeEmail {
                user_id: user().id,
                email: new_address(),
            },
            recipient: None,
            attempts: 0,
        };
        render_email(&test.ports(), &job, "https://sojourn.example")
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn the_link_goes_to_the_new_address_without_a_name() {
        let mail = rendered(None, true).await.unwrap();
        assert_eq!(mail.to, new_address());
        assert!(mail.text.starts_with("Hello,"), "{}", mail.text);
        let link = "https://sojourn.example/change-email?token=secret 1\n";
        assert!(mail.text.contains(link), "{}", mail.text);
        assert_eq!(rendered(None, false).await, None);
    }

    #[tokio::test]
    async fn the_owner_of_a_known_address_gets_no_link() {
        let other = |user: User| {
            let mut record = user.into_record();
            record.id = UserId::new(Uuid::from_u128(99));
            User::restore(record).unwrap()
        };
        let mail = rendered(Some(other(user())), true).await.unwrap();
        assert_eq!(mail.subject, "You already have an account");
        assert!(!mail.text.contains("token="), "{}", mail.text);
        // An address that was never proved belongs to no account yet; one's own in another case remains.
        for holder in [other(unverified()), user()] {
            let mail = rendered(Some(holder), true).await.unwrap();
            assert!(mail.text.contains("token="), "{}", mail.text);
        }
    }
}
