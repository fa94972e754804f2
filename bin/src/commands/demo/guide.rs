//! Text that the demo prints at its start.

use std::path::Path;

use chrono::{Days, NaiveDate};

use super::accounts::{ADMIN, Accounts, GUEST, HOST, PASSWORD};
use super::interface::PATH as ADVANCE;

/// URLs, accounts and first steps.
pub(super) fn guide(
    url: &str,
    folder: &Path,
    accounts: &Accounts,
    has_clock: bool,
    today: NaiveDate,
) -> String {
    let after = |days| today.checked_add_days(Days::new(days)).unwrap_or(today);
    let (check_in, check_out) = (after(30), after(33));
    let property = accounts.property.as_ref().map_or_else(String::new, |it| {
        format!(
            "\nA property of the host:\n  curl -s {url}/v1/properties/{}\n",
            it.id
        )
    });
    let clock = if has_clock {
        format!(
            "Move the clock ahead, by a time or to an instant; access tokens are valid for 15 minutes of this clock:
  curl -s {url}{ADVANCE} -d '{{\"by\": \"1d 2h\"}}'\n\n"
        )
    } else {
        String::new()
    };
    format!(
        "
A sample marketplace. Its data is recreated at each start, and payments are simulated.

  API             {url}/v1
  Try it out      {url}/docs
  OpenAPI         {url}/openapi.json
  GraphQL         {url}/graphql   (in a browser: an editor with examples)
  Sent mails      {}

Accounts (the password is public)
  guest  {GUEST}   {PASSWORD}
  host   {HOST}    {PASSWORD}
  admin  {ADMIN}   {PASSWORD}

Search for three nights:
  curl -s '{url}/v1/properties?check_in={check_in}&check_out={check_out}&guests=2&limit=3'
{property}
Log in:
  curl -s {url}/v1/auth/login -H 'Content-Type: application/json' \\
    -d '{{\"email\": \"{GUEST}\", \"password\": \"{PASSWORD}\"}}'

{clock}The guest has a booking in each status: one whose stay begins today, a request that the host has to answer, an
alteration that waits for the host. Times move with `sojourn demo --clock`.

Cards: pm_card_visa succeeds; pm_card_chargeDeclined, pm_card_insufficientFunds and pm_card_authenticationRequired are
declined; pm_card_timeoutAfterCharge, pm_card_answersLate and pm_card_answersTwice succeed over a faulty connection.
Press Ctrl-C to stop.
",
        folder.join("mail").display()
    )
}
