//! Reading public profiles.

use std::collections::HashSet;

use sojourn_domain::shared::{Actor, RepositoryError, UserId};
use sojourn_domain::user::User;

use super::views::PublicProfile;
use crate::ports::Ports;

/// The public profiles of those accounts that are visible to the caller, in any order and in two statements. Also the
/// caller's own account is in its public form.
///
/// # Errors
/// [`RepositoryError`].
pub async fn public_profiles(
    ports: &Ports,
    actor: Option<&Actor>,
    ids: Vec<UserId>,
) -> Result<Vec<PublicProfile>, RepositoryError> {
    let mut users = ports.users.get_many(&ids).await?;
    users.retain(|user| user.is_shown_to(actor));
    let shown: Vec<UserId> = users.iter().map(|user| user.id).collect();
    if shown.is_empty() {
        return Ok(Vec::new());
    }
    let hosts = ports.property_queries.hosts_among(shown).await?;
    let hosts: HashSet<UserId> = hosts.into_iter().collect();
    let profile = |user: &User| PublicProfile::new(user, hosts.contains(&user.id));
    Ok(users.iter().map(profile).collect())
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
        let found = vec![shown.clone(), erased];
        test.users.expect_get_many().return_once(|_| Ok(found));
        let host = shown.id;
        test.property_queries
            .expect_hosts_among()
            .return_once(move |_| Ok(vec![host]));
        let profiles = public_profiles(&test.ports(), None, vec![host]).await;
        assert_eq!(profiles, Ok(vec![PublicProfile::new(&shown, true)]));
    }

    #[tokio::test]
    async fn the_own_account_is_in_its_public_form() {
        let mut test = TestPorts::new();
        let own = user();
        let found = vec![own.clone()];
        test.users.expect_get_many().return_once(|_| Ok(found));
        test.property_queries
            .expect_hosts_among()
            .return_once(|_| Ok(Vec::new()));
        let actor = actor_of(&own);
        let profiles = public_profiles(&test.ports(), Some(&actor), vec![own.id]).await;
        assert_eq!(profiles, Ok(vec![PublicProfile::new(&own, false)]));
    }
}
