//! A stay, a request and a cancellation over GraphQL alone, on every database.

use chrono::{TimeDelta, Utc};
use serde_json::{Value, json};
use sojourn_application::ports::Clock as _;
use sojourn_tests::{Client, PASSWORD, Server, ServerOptions, TestClock, databases};

use super::{code, data};

const DETAILS: &str = r#"{
    description: "Wood stove, canoe, no neighbours.", propertyType: CABIN, roomType: ENTIRE_PLACE,
    address: {line1: "1 Lake Road", city: "Walkertown", country: "US"},
    location: {latitude: 42.65258, longitude: -73.75623}, timeZone: "UTC", maxGuests: 4, bathrooms: 1.5,
    amenities: ["wifi", "kitchen"], cancellationPolicy: FLEXIBLE,
    pricing: {nightly: {amount: 10000, currency: "USD"}, cleaningFee: {amount: 4000, currency: "USD"},
        taxes: [{name: "City tax", kind: PERCENT, bps: 500}]},
    stayRules: {checkInFrom: "00:00", checkOutUntil: "23:59"} }"#;

/// A marketplace with a server whose clock can be moved.
struct Stage {
    server: Server,
    clock: TestClock,
}

impl Stage {
    /// Registers an account, verifies its address and logs in.
    fn join(&self, name: &str) -> (Client, String) {
        let email = format!("{name}@test.example");
        let input =
            json!({"email": email, "password": PASSWORD, "firstName": name, "lastName": "Test"});
        let register = "mutation($input: RegisterUserInput!) { registerUser(input: $input) { account { id } } }";
        data(&self.server.client(), register, &json!({"input": input}));
        let token = self.server.mailed_token(&email, 0);
        let verify = "mutation($token: String!) { verifyEmail(input: {token: $token}) { done } }";
        data(&self.server.client(), verify, &json!({"token": token}));
        (self.log_in(&email), email)
    }

    fn log_in(&self, email: &str) -> Client {
        let login = "mutation($input: LogInInput!) { logIn(input: $input) { accessToken } }";
        let input = json!({"email": email, "password": PASSWORD});
        let tokens = data(&self.server.client(), login, &json!({"input": input}));
        let token = tokens["logIn"]["accessToken"].as_str().unwrap();
        self.server.client().with_token(token)
    }

    fn day(&self, offset: i64) -> String {
        let day = self.clock.now().date_naive() + TimeDelta::days(offset);
        day.to_string()
    }

    fn list_cabin(&self, host: &Client, mode: &str) -> Value {
        let create = "mutation { createProperty(input: {title: \"Cabin by the lake\"}) { property { id status version } } }";
        let draft = data(host, create, &json!({}))["createProperty"]["property"].clone();
        assert_eq!(draft["status"], "DRAFT");
        let id = json!({"id": draft["id"]});
        let publish = "mutation($id: UUID!) { publishProperty(input: {propertyId: $id}) { property { status } } }";
        assert_eq!(code(host, publish, &id), "validation_failed");
        let update = format!(
            "mutation($id: UUID!) {{ updateProperty(input: {{propertyId: $id, changes: {DETAILS}}}) {{
                property {{ title bathrooms pricing {{ taxes {{ kind bps }} }} }} }} }}"
        );
        let updated = data(host, &update, &id)["updateProperty"]["property"].clone();
        assert_eq!(
            (&updated["title"], &updated["bathrooms"]),
            (&json!("Cabin by the lake"), &json!(1.5))
        );
        assert_eq!(
            updated["pricing"]["taxes"],
            json!([{"kind": "PERCENT", "bps": 500}])
        );
        let mode = format!(
            "mutation($id: UUID!) {{ updateProperty(input: {{propertyId: $id, changes: {{bookingMode: {mode}}}}}) {{ property {{ id }} }} }}"
        );
        data(host, &mode, &id);
        let listed = data(host, publish, &id);
        assert_eq!(listed["publishProperty"]["property"]["status"], "LISTED");
        draft["id"].clone()
    }

    fn book(
        &self,
        guest: &Client,
        property: &Value,
        nights: [i64; 2],
        quote: Option<&Value>,
    ) -> Value {
        let create = "mutation($input: CreateBookingInput!) { createBooking(input: $input) { booking { id status
            total { amount } property { title host { firstName } address { line1 } } guest { firstName } } } }";
        let input = json!({"propertyId": property, "checkIn": self.day(nights[0]), "checkOut": self.day(nights[1]),
            "guests": {"adults": 2}, "quoteToken": quote});
        let booking =
            data(guest, create, &json!({"input": input}))["createBooking"]["booking"].clone();
        assert_eq!(booking["status"], "PENDING_PAYMENT");
        assert_eq!(booking["property"]["host"]["firstName"], "hannah");
        assert_eq!(
            (&booking["guest"], &booking["property"]["address"]["line1"]),
            (&Value::Null, &Value::Null)
        );
        booking
    }

    fn pay(&self, guest: &Client, booking: &Value) -> Value {
        let pay = "mutation($id: UUID!, $card: String!) { payBooking(input: {bookingId: $id, paymentMethod: $card}) { payment { status } } }";
        let declined = json!({"id": booking["id"], "card": "pm_card_chargeDeclined"});
        assert_eq!(code(guest, pay, &declined), "card_declined");
        let paid = data(
            guest,
            pay,
            &json!({"id": booking["id"], "card": "pm_card_visa"}),
        );
        paid["payBooking"]["payment"]["status"].clone()
    }
}

/// Applies a mutation of a booking, and returns its status.
fn change(client: &Client, mutation: &str, booking: &Value) -> Value {
    let document = format!(
        "mutation($id: UUID!) {{ {mutation}(input: {{bookingId: $id}}) {{ booking {{ status payment {{ status }} }} }} }}"
    );
    data(client, &document, &json!({"id": booking["id"]}))[mutation]["booking"].clone()
}

fn stay_with_reviews(
    stage: &Stage,
    host: &Client,
    guest: &Client,
    other: &Client,
) -> (Value, Value) {
    let property = stage.list_cabin(host, "INSTANT");
    let search = "query($in: Date!, $out: Date!) { properties(first: 5, search: {city: \"walkertown\", checkIn: $in, checkOut: $out, guests: 2}) {
        edges { node { id total { amount currency } host { firstName isHost } rating { count } location { latitude } } } } }";
    let dates = json!({"in": stage.day(0), "out": stage.day(2)});
    let found =
        data(&stage.server.client(), search, &dates)["properties"]["edges"][0]["node"].clone();
    assert_eq!(
        (&found["id"], &found["host"]),
        (&property, &json!({"firstName": "hannah", "isHost": true}))
    );
    let quote = "query($id: UUID!, $in: Date!, $out: Date!) { quote(propertyId: $id, input: {checkIn: $in, checkOut: $out, guests: {adults: 2}}) {
        token total { amount currency } lines { kind amount { amount } } } }";
    let asked = json!({"id": property, "in": stage.day(0), "out": stage.day(2)});
    let quote = data(&stage.server.client(), quote, &asked)["quote"].clone();
    assert_eq!(quote["total"], found["total"]);
    let booking = stage.book(guest, &property, [0, 2], Some(&quote["token"]));
    assert_eq!(booking["total"]["amount"], quote["total"]["amount"]);
    let lookup = "query($id: UUID!) { booking(id: $id) { id } }";
    assert_eq!(
        data(other, lookup, &json!({"id": booking["id"]}))["booking"],
        Value::Null
    );
    assert_eq!(stage.pay(guest, &booking), "CAPTURED");
    assert_eq!(change(guest, "checkIn", &booking)["status"], "CHECKED_IN");
    (property, booking)
}

fn cancellation(stage: &Stage, property: &Value, other: &Client) {
    let booking = stage.book(other, property, [60, 63], None);
    stage.pay(other, &booking);
    let preview = "query($id: UUID!) { cancellation(bookingId: $id) { refund { amount } kept { amount } policy } }";
    let preview = data(other, preview, &json!({"id": booking["id"]}))["cancellation"].clone();
    assert_eq!(
        (&preview["kept"]["amount"], &preview["policy"]),
        (&json!(0), &json!("FLEXIBLE"))
    );
    let alter = "mutation($id: UUID!, $out: Date!) { alterBooking(input: {bookingId: $id, changes: {checkOut: $out}}) { booking { nights } } }";
    let altered = data(
        other,
        alter,
        &json!({"id": booking["id"], "out": stage.day(62)}),
    );
    assert_eq!(altered["alterBooking"]["booking"]["nights"], 2);
    let cancelled = change(other, "cancelBooking", &booking);
    assert_eq!(
        cancelled,
        json!({"status": "CANCELLED", "payment": {"status": "REFUNDED"}})
    );
}

fn request(stage: &Stage, host: &Client, other: &Client) {
    let property = stage.list_cabin(host, "REQUEST");
    let booking = stage.book(other, &property, [10, 12], None);
    assert_eq!(stage.pay(other, &booking), "AUTHORIZED");
    let requests = "{ bookings(first: 5, filter: {role: HOST, status: AWAITING_HOST}) { edges { node { id guest { firstName email } guestProfile { firstName } } } } }";
    let found = data(host, requests, &json!({}))["bookings"]["edges"][0]["node"].clone();
    assert_eq!(
        (&found["id"], &found["guest"]["email"]),
        (&booking["id"], &Value::Null)
    );
    let accepted = change(host, "acceptBooking", &booking);
    assert_eq!(
        accepted,
        json!({"status": "CONFIRMED", "payment": {"status": "CAPTURED"}})
    );
}

fn reviews(host: &Client, guest: &Client, property: &Value, booking: &Value) {
    let write = "mutation($input: WriteReviewInput!) { writeReview(input: $input) { review { id publishedAt } } }";
    let input = json!({"bookingId": booking["id"], "rating": 5, "publicComment": "Quiet.", "categories": {"cleanliness": 5}});
    let first = data(guest, write, &json!({"input": input}))["writeReview"]["review"].clone();
    let lookup =
        "query($id: UUID!) { review(id: $id) { rating categories { cleanliness accuracy } } }";
    let id = json!({"id": first["id"]});
    assert_eq!(data(host, lookup, &id)["review"], Value::Null);
    let input =
        json!({"bookingId": booking["id"], "rating": 4, "publicComment": "Left it spotless."});
    data(host, write, &json!({"input": input}));
    let seen = data(host, lookup, &id)["review"].clone();
    assert_eq!(
        seen,
        json!({"rating": 5, "categories": {"cleanliness": 5, "accuracy": null}})
    );
    let respond = "mutation($id: UUID!) { respondToReview(input: {reviewId: $id, text: \"Come again.\"}) { review { response } } }";
    data(host, respond, &id);
    let page = "query($id: UUID!) { property(id: $id) { rating { count } reviews(first: 5) { edges { node { response reviewer { firstName } } } } } }";
    let seen = data(&guest.without_token(), page, &json!({"id": property}))["property"].clone();
    let review = json!({"response": "Come again.", "reviewer": {"firstName": "gus"}});
    assert_eq!(
        (
            &seen["rating"]["count"],
            &seen["reviews"]["edges"][0]["node"]
        ),
        (&json!(1), &review)
    );
    let trips = "{ bookings(first: 5, filter: {role: GUEST}) { edges { node { status property { title address { line1 } } host { firstName }
        payment { status captured { amount } } ownReview { rating } } } } }";
    let trip = data(guest, trips, &json!({}))["bookings"]["edges"][0]["node"].clone();
    assert_eq!(
        (&trip["status"], &trip["ownReview"]["rating"]),
        (&json!("COMPLETED"), &json!(5))
    );
    assert_eq!(trip["property"]["address"]["line1"], "1 Lake Road");
}

#[test]
fn a_stay_a_request_and_a_cancellation_over_graphql_alone() {
    for database in databases() {
        let now = Utc::now()
            .date_naive()
            .and_hms_opt(9, 0, 0)
            .unwrap()
            .and_utc();
        let clock = TestClock::running(now);
        let options = ServerOptions {
            clock: Some(clock.clone()),
            ..ServerOptions::default()
        };
        let stage = Stage {
            server: Server::with(&database, options),
            clock,
        };
        let ((host, host_email), (guest, guest_email)) = (stage.join("hannah"), stage.join("gus"));
        let (other, _) = stage.join("gina");
        let (property, booking) = stay_with_reviews(&stage, &host, &guest, &other);
        cancellation(&stage, &property, &other);
        request(&stage, &host, &other);
        stage.clock.move_to(now + TimeDelta::days(2));
        let (host, guest) = (stage.log_in(&host_email), stage.log_in(&guest_email));
        assert_eq!(change(&guest, "checkOut", &booking)["status"], "COMPLETED");
        reviews(&host, &guest, &property, &booking);
        assert!(stage.server.check_integrity().findings.is_empty());
    }
}
