//! Injection through search parameters.

use serde_json::json;
use sojourn_tests::{Server, databases};

use crate::security::support::fixtures::create_listing;

#[test]
fn search_text_is_not_interpreted_as_sql() {
    for database in databases() {
        let server = Server::start(&database);
        let host = server.sign_up("host");
        let property = create_listing(&host, "instant");
        let anonymous = server.client();
        let find = |field: &str, word: &str| {
            let query: String = word.bytes().map(|byte| format!("%{byte:02X}")).collect();
            anonymous.get(&format!("/v1/properties/?{field}={query}"))
        };
        assert!(
            find("q", "lake").expect(200).text.contains(&property),
            "{}",
            database.name
        );
        let hostile = [
            "' OR '1'='1",
            "'; DROP TABLE properties; --",
            "%",
            "_",
            "!",
            "\\",
            "lake%' --",
            "\" OR 1=1 --",
            "$1",
            "?",
        ];
        for word in hostile {
            for field in ["q", "city", "country", "amenities"] {
                let answer = find(field, word);
                assert!(
                    matches!(answer.status, 200 | 422),
                    "{field}={word}: {}",
                    answer.text
                );
                assert!(
                    !answer.text.contains(&property),
                    "{field}={word} finds everything"
                );
            }
            for field in [
                "sort",
                "cursor",
                "currency",
                "check_in",
                "bbox",
                "host_id",
                "property_type",
            ] {
                let answer = find(field, word);
                assert!(
                    matches!(answer.status, 200 | 422),
                    "{field}={word}: {}",
                    answer.text
                );
            }
        }
        // PostgreSQL cannot store NUL characters.
        assert!(find("q", "la\0ke").status < 500, "{}", database.name);
        let odd = host
            .post(
                "/v1/properties/",
                &json!({"title": "Robert'); DROP TABLE users; --"}),
            )
            .expect(201);
        assert_eq!(odd.at("/title"), "Robert'); DROP TABLE users; --");
        host.get("/v1/users/me").expect(200);
    }
}
