//! Changing an account's role or address.

use sojourn_domain::shared::{
    Actor, AuditAction, AuditEntry, AuditSubject, Email, Notification, RepositoryError, UserId,
    Violations,
};
use sojourn_domain::user::{EndedSessions, Role, User, UserChange, UserCommitError};

use super::views::AccountView;
use crate::failure::{Failure, UseCaseError};
use crate::ports::Ports;
use crate::retry::{retry_on_conflict, unless_stale};

/// Changes to an account. Absent fields stay unchanged.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AccountEdit {
    /// New role.
    pub role: Option<Role>,
    /// New e-mail address.
    pub email: Option<String>,
}

/// Errors of changing an account.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChangeAccountError {
    /// No such account, or it is erased.
    #[error("no such user")]
    NotFound,
    /// The caller is not an operator.
    #[error("only operators may do this")]
    Forbidden,
    /// The stored version differs from the expected one.
    #[error("the account was changed concurrently")]
    Stale,
    /// Another account has this address.
    #[error("another account has this address")]
    EmailTaken,
    /// Invalid fields.
    #[error("{0}")]
    Invalid(Violations),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for ChangeAccountError {
    fn failure(&self) -> Failure {
        match self {
            Self::NotFound => Failure::not_found(),
            Self::Forbidden => Failure::forbidden(),
            Self::Stale => Failure::outdated(),
            Self::EmailTaken => Failure::conflict(
                "email_taken",
                "The email address belongs to another account.",
            ),
            Self::Invalid(found) => Failure::invalid(found.clone()),
            Self::Store(error) => error.failure(),
        }
    }
}

/// Changes an account's role or address and ends its sessions. A new address receives a link to set
/// a password, which also verifies it; this is how the host of an imported property gets access.
/// Operators cannot change their own role.
///
/// # Errors
/// [`ChangeAccountError`].
pub async fn change_account(
    ports: &Ports,
    actor: &Actor,
    id: UserId,
    edit: AccountEdit,
    expected: Option<i64>,
) -> Result<AccountView, ChangeAccountError> {
    if !actor.admin {
        return Err(ChangeAccountError::Forbidden);
    }
    let email = check(actor, id, &edit).map_err(ChangeAccountError::Invalid)?;
    let (role, email) = (edit.role, email.as_ref());
    retry_on_conflict(|| async move {
        let user = ports
            .users
            .get(id)
            .await?
            .filter(|user| user.erased_at.is_none());
        let user = user.ok_or(ChangeAccountError::NotFound)?;
        if expected.is_some_and(|version| version != user.version) {
            return Err(ChangeAccountError::Stale);
        }
        let role = role.filter(|role| *role != user.role);
        let email = email.filter(|email| **email != user.email);
        if role.is_none() && email.is_none() {
            return Ok(Some(user));
        }
        let change = decide(ports, actor, user, role, email);
        let user = change.user.clone();
        match ports.users.commit(change).await {
            Err(UserCommitError::EmailTaken) => Err(ChangeAccountError::EmailTaken),
            commit => Ok(unless_stale(commit, user)?),
        }
    })
    .await
    .map(|user| AccountView::from(&user))
}

/// The validated new address, or all violations.
fn check(actor: &Actor, id: UserId, edit: &AccountEdit) -> Result<Option<Email>, Violations> {
    let mut found = Violations::new();
    let email = edit.email.as_deref().map(Email::parse);
    let readable = !matches!(email, Some(Err(_)));
    found.require(
        readable,
        "/email",
        "invalid",
        "must be an e-mail address such as ana@mail.example",
    );
    let resigns = actor.user_id == id && edit.role == Some(Role::Member);
    found.require(
        !resigns,
        "/role",
        "yourself",
        "you cannot change your own role",
    );
    found.into_result(email.and_then(Result::ok))
}

fn decide(
    ports: &Ports,
    actor: &Actor,
    user: User,
    role: Option<Role>,
    email: Option<&Email>,
) -> UserChange {
    let (id, now) = (user.id, ports.clock.now());
    let before = role.map(|_| role_label(user.role).to_owned());
    let after: Vec<_> = role
        .map(role_label)
        .into_iter()
        .chain(email.map(|_| "address changed"))
        .collect();
    let entry = AuditEntry::of(
        actor,
        AuditAction::AccountChanged,
        AuditSubject::User(id),
        now,
    );
    let entry = AuditEntry {
        before,
        ..entry.with_result(after.join(", "))
    };
    let change = UserChange::of(user.reassign(role, email.cloned(), now));
    let change = change.ending_sessions(EndedSessions::All).with_audit(entry);
    if email.is_some() {
        change.with_notification(Notification::ResetPassword { user_id: id })
    } else {
        change
    }
}

const fn role_label(role: Role) -> &'static str {
    match role {
        Role::Member => "member",
        Role::Admin => "admin",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::test_ports::{TestPorts, operator, user};

    fn edit(role: Option<Role>, email: Option<&str>) -> AccountEdit {
        AccountEdit {
            role,
            email: email.map(str::to_owned),
        }
    }

    /// Applies the edit; returns the committed change, if any, and the result.
    async fn change(
        edit: AccountEdit,
    ) -> (Option<UserChange>, Result<AccountView, ChangeAccountError>) {
        let mut test = TestPorts::new();
        let committed = std::sync::Arc::new(std::sync::Mutex::new(None));
        test.users.expect_get().return_once(|_| Ok(Some(user())));
        let log = committed.clone();
        test.users.expect_commit().returning(move |change| {
            *log.lock().unwrap() = Some(change);
            Ok(())
        });
        let changed = change_account(&test.ports(), &operator(), user().id, edit, Some(1)).await;
        (committed.lock().unwrap().take(), changed)
    }

    #[tokio::test]
    async fn a_new_role_ends_every_session_and_sends_no_mail() {
        let (change, changed) = change(edit(Some(Role::Admin), None)).await;
        let change = change.unwrap();
        let entry = change.audit.unwrap();
        assert_eq!(
            (change.ends_sessions, change.notifications),
            (EndedSessions::All, Vec::new())
        );
        assert_eq!(
            (entry.before.as_deref(), entry.after.as_deref()),
            (Some("member"), Some("admin"))
        );
        let changed = changed.unwrap();
        assert_eq!(
            (changed.role, changed.version, changed.email_verified),
            (Role::Admin, 2, true)
        );
    }

    #[tokio::test]
    async fn a_new_address_is_proved_by_setting_a_password_and_stays_out_of_the_log() {
        let (change, changed) = change(edit(Some(Role::Admin), Some("new@mail.example"))).await;
        let change = change.unwrap();
        let entry = change.audit.unwrap();
        assert_eq!(
            change.notifications,
            [Notification::ResetPassword { user_id: user().id }]
        );
        assert_eq!(change.ends_sessions, EndedSessions::All);
        assert_eq!(entry.after.as_deref(), Some("admin, address changed"));
        assert_eq!(change.user.password_hash, None);
        let changed = changed.unwrap();
        assert_eq!(changed.email.as_str(), "new@mail.example");
        assert_eq!((changed.email_verified, changed.version), (false, 2));
    }

    #[tokio::test]
    async fn an_edit_without_a_difference_stores_nothing() {
        for same in [
            edit(None, None),
            edit(Some(Role::Member), Some("ANA@mail.example")),
        ] {
            let (change, changed) = change(same).await;
            assert_eq!((change, changed), (None, Ok((&user()).into())));
        }
    }

    #[tokio::test]
    async fn an_address_of_another_is_refused() {
        let mut test = TestPorts::new();
        test.users.expect_get().return_once(|_| Ok(Some(user())));
        test.users
            .expect_commit()
            .return_once(|_| Err(UserCommitError::EmailTaken));
        let wanted = edit(None, Some("eva@mail.example"));
        let refused = change_account(&test.ports(), &operator(), user().id, wanted, None).await;
        assert_eq!(refused, Err(ChangeAccountError::EmailTaken));
    }

    #[tokio::test]
    async fn admins_keep_their_own_role_and_all_violations_are_reported() {
        let wanted = edit(Some(Role::Member), Some("nobody"));
        let ports = TestPorts::new().ports();
        let refused = change_account(&ports, &operator(), operator().user_id, wanted, None).await;
        let Err(ChangeAccountError::Invalid(found)) = refused else {
            panic!("expected an error")
        };
        let pointers: Vec<_> = found
            .iter()
            .map(|violation| violation.pointer.as_str())
            .collect();
        assert_eq!(pointers, ["/email", "/role"]);
    }

    #[tokio::test]
    async fn another_version_is_stale() {
        let mut test = TestPorts::new();
        test.users.expect_get().return_once(|_| Ok(Some(user())));
        let wanted = edit(Some(Role::Admin), None);
        let refused = change_account(&test.ports(), &operator(), user().id, wanted, Some(7)).await;
        assert_eq!(refused, Err(ChangeAccountError::Stale));
    }
}
