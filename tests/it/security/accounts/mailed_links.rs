//! The pages of the links in mails.

use serde_json::json;
use sojourn_tests::{Answer, Client, Server, TestDatabase};

const PASSWORD: &str = "four quiet lanterns";

/// Presses the button of a page.
fn press(client: &Client, path: &str, form: &str) -> Answer {
    let kind = [("content-type", "application/x-www-form-urlencoded")];
    client.send("POST", path, &kind, Some(form.into()))
}

/// The page that a link of a mail leads to, in its path and query.
fn link_in(server: &Server, mail: &str) -> String {
    // Links may be broken over lines of the mail.
    let text = mail.replace("=\r\n", "").replace("=3D", "=");
    let start = text.find(&server.url).unwrap() + server.url.len();
    let end = text[start..].find(char::is_whitespace).unwrap();
    text[start..start + end].to_owned()
}

fn is_strict(page: &Answer) {
    let policy = page.header("content-security-policy").unwrap();
    assert!(
        policy.starts_with("default-src 'none'; style-src 'sha256-"),
        "{policy}"
    );
    assert!(
        policy.contains("form-action 'self'") && !policy.contains("unsafe"),
        "{policy}"
    );
    assert_eq!(page.header("cache-control"), Some("no-store"));
    assert_eq!(page.header("referrer-policy"), Some("no-referrer"));
    assert_eq!(
        page.header("content-type"),
        Some("text/html; charset=utf-8")
    );
    for foreign in ["<script", "http://", "https://"] {
        assert!(!page.text.contains(foreign), "{}", page.text);
    }
}

#[test]
fn opening_a_link_changes_nothing_and_its_button_verifies_the_address() {
    let server = Server::start(&TestDatabase::sqlite());
    let browser = server.client();
    let body = json!({
        "email": "anna@test.example", "password": PASSWORD, "first_name": "Anna", "last_name": "Test",
    });
    browser.post("/v1/users/", &body).expect(201);
    let link = link_in(&server, &server.mail_after("anna@test.example", 0));
    let token = link.split_once("token=").unwrap().1.to_owned();
    let login = json!({"email": "anna@test.example", "password": PASSWORD});
    for _ in 0..2 {
        let page = browser.get(&link).expect(200);
        is_strict(&page);
        let form = "<form method=\"post\" action=\"/verify-email\">";
        assert!(page.text.contains(form), "{}", page.text);
        assert!(page.text.contains(&format!("value=\"{token}\"")));
    }
    browser.post("/v1/auth/login", &login).expect(401);
    let done = press(&browser, "/verify-email", &format!("token={token}")).expect(200);
    is_strict(&done);
    assert!(done.text.contains("Your address is confirmed") && !done.text.contains(&token));
    browser.post("/v1/auth/login", &login).expect(200);
    let again = press(&browser, "/verify-email", &format!("token={token}")).expect(422);
    is_strict(&again);
    assert!(
        again.text.contains("This link does not work"),
        "{}",
        again.text
    );
}

#[test]
fn a_page_sets_the_password_and_says_why_it_is_refused() {
    let server = Server::start(&TestDatabase::sqlite());
    let anna = server.sign_up_member("Anna");
    let browser = server.client();
    let forgotten = json!({"email": anna.email});
    browser
        .post("/v1/auth/password/forgot", &forgotten)
        .expect(202);
    let link = link_in(&server, &server.mail_after(&anna.email, 1));
    let token = link.split_once("token=").unwrap().1.to_owned();
    let page = browser.get(&link).expect(200);
    assert!(page.text.contains("type=\"password\"") && page.text.contains("new-password"));
    let short = press(
        &browser,
        "/reset-password",
        &format!("token={token}&new_password=short"),
    );
    let short = short.expect(422);
    is_strict(&short);
    assert!(short.text.contains("at least 12 characters.") && short.text.contains(&token));
    assert!(!short.text.contains("value=\"short\""));
    let form = format!("token={token}&new_password=six+more+quiet+lanterns");
    let done = press(&browser, "/reset-password", &form).expect(200);
    assert!(done.text.contains("Your password is set"), "{}", done.text);
    let login = json!({"email": anna.email, "password": "six more quiet lanterns"});
    browser.post("/v1/auth/login", &login).expect(200);
}

#[test]
fn a_page_confirms_a_new_address() {
    let server = Server::start(&TestDatabase::sqlite());
    let anna = server.sign_up_member("Anna");
    let body = json!({"new_email": "new@test.example"});
    anna.client.post("/v1/auth/email/change", &body).expect(202);
    let link = link_in(&server, &server.mail_after("new@test.example", 0));
    let token = link.split_once("token=").unwrap().1.to_owned();
    server.client().get(&link).expect(200);
    anna.client.get("/v1/users/me").expect(200);
    let done = press(&server.client(), "/change-email", &format!("token={token}")).expect(200);
    assert!(
        done.text.contains("Your address is changed"),
        "{}",
        done.text
    );
    let login = json!({"email": "new@test.example", "password": PASSWORD});
    server.client().post("/v1/auth/login", &login).expect(200);
}

#[test]
fn wrong_links_show_nothing_of_what_they_hold() {
    let server = Server::start(&TestDatabase::sqlite());
    let browser = server.client();
    for query in [
        "",
        "?token=",
        "?token=%3Cscript%3E",
        "?token=a%22b",
        "?other=x",
    ] {
        let page = browser.get(&format!("/verify-email{query}")).expect(422);
        is_strict(&page);
        assert!(page.text.contains("It is not complete"), "{}", page.text);
    }
    let page = press(&browser, "/change-email", "token=%3Cb%3E").expect(422);
    assert!(!page.text.contains("<b>"), "{}", page.text);
    let large = format!("token=a&new_password={}", "x".repeat(70_000));
    is_strict(&press(&browser, "/reset-password", &large).expect(413));
    let refused = browser.send("PUT", "/verify-email", &[], None);
    refused.expect_problem(405, "method_not_allowed");
}
