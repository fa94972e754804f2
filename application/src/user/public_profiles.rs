//! Reading public profiles.

use sojourn_domain::shared::{Actor, RepositoryError, UserId};
use sojourn_domain::user::User;

use super::views::PublicProfile;
use crate::ports::Ports;

/// The public profiles of those accounts that are visible to the caller, in any order and in one statement. Also the
/// caller's own account is in its public form.
///
/// # Errors
/// [`RepositoryError`].
pub async fn public_profiles(
    ports: &Ports,
    actor: Option<&Actor>,
    ids: Vec<UserId>,
) -> Result<Vec<PublicProfile>, RepositoryError> {
    let found = ports.user_queries.with_host_flag(ids).await?;
    let shown = found.iter().filter(|(user, _)| user.is_shown_to(actor));
    let profile = |(user, is_host): &(User, bool)| PublicProfile::new(user, *is_host);
    Ok(shown.map(profile).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::test_ports::{TestPorts, actor_of, user};

    #[tokio::test]
    async fn erased_accounts_have_no_profile() {
        let mut test = TestPorts::new();
        let (shown, at) = (user(), crate::test_support::test_ports::now());
        let erased = user().erase(at).unwrap();
        let found = vec![(shown.clone(), true), (erased, false)];
        test.user_queries
            .expect_with_host_flag()
            .return_once(|_| Ok(found));
        let profiles = public_profiles(&test.ports(), None, vec![shown.id]).await;
        assert_eq!(profiles, Ok(vec![PublicProfile::new(&shown, true)]));
    }

    #[tokio::test]
    async fn the_own_account_is_in_its_public_form() {
        let mut test = TestPorts::new();
        let own = user();
        let found = vec![(own.clone(), false)];
        test.user_queries
            .expect_with_host_flag()
            .return_once(|_| Ok(found));
        let actor = actor_of(&own);
        let profiles = public_profiles(&test.ports(), Some(&actor), vec![own.id]).await;
        assert_eq!(profiles, Ok(vec![PublicProfile::new(&own, false)]));
    }
}
