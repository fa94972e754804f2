//! `GET /admin/audit-log`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use sojourn_application::audit;
use sojourn_application::ports::AuditFilter;
use sojourn_domain::shared::{AuditAction, AuditSubject, Violations};
use utoipa::IntoParams;
use uuid::Uuid;

use super::dto::{AuditActionSchema, AuditLineDto, AuditList, AuditSubjectSchema};
use crate::extract::{Authenticated, Params};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;
use crate::wire::accepted::{Accepted, parse_enum};
use crate::wire::pagination::{CursorScope, PageParams, list_json, list_request};

/// Filters of the audit log.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AuditParams {
    /// Only actions of this account.
    #[param(format = "uuid")]
    actor_id: Option<String>,
    /// Only actions on objects of this kind; requires `subject_id`.
    #[param(value_type = Option<AuditSubjectSchema>)]
    subject_kind: Option<String>,
    /// Only actions on the object with this id; requires `subject_kind`.
    #[param(format = "uuid")]
    subject_id: Option<String>,
    /// Only this action.
    #[param(value_type = Option<AuditActionSchema>)]
    action: Option<String>,
    /// Only actions at or after this time (RFC 3339).
    #[param(format = DateTime, example = "2027-07-01T00:00:00Z")]
    from: Option<String>,
}

impl AuditParams {
    fn parse(self) -> Result<AuditFilter, Violations> {
        let mut found = Violations::new();
        let subject = parse_subject(
            &mut found,
            self.subject_kind.as_deref(),
            self.subject_id.as_deref(),
        );
        let filter = AuditFilter {
            actor: self
                .actor_id
                .and_then(|id| parse_enum(&mut found, "/actor_id", &id, |id| id.parse().ok())),
            subject,
            action: self
                .action
                .and_then(|text| parse_enum(&mut found, "/action", &text, AuditAction::parse)),
            from: self.from.and_then(|text| parse_instant(&mut found, &text)),
        };
        found.into_result(filter)
    }
}

/// A kind of subjects.
struct Kind(String);

impl Kind {
    fn parse(text: &str) -> Option<Self> {
        AuditSubjectSchema::ALL
            .contains(&text)
            .then(|| Self(text.to_owned()))
    }
}

impl Accepted for Kind {
    fn accepted() -> String {
        format!("one of {}", AuditSubjectSchema::ALL.join(", "))
    }
}

/// The subject named by both parameters; adds a violation if only one is given.
fn parse_subject(
    found: &mut Violations,
    kind: Option<&str>,
    id: Option<&str>,
) -> Option<AuditSubject> {
    found.require(
        kind.is_some() || id.is_none(),
        "/subject_kind",
        "required",
        "is required with subject_id",
    );
    found.require(
        id.is_some() || kind.is_none(),
        "/subject_id",
        "required",
        "is required with subject_kind",
    );
    let kind = kind.and_then(|kind| parse_enum(found, "/subject_kind", kind, Kind::parse));
    let id = id.and_then(|id| parse_enum(found, "/subject_id", id, |id| Uuid::try_parse(id).ok()));
    AuditSubject::from_parts(&kind?.0, id?)
}

fn parse_instant(found: &mut Violations, text: &str) -> Option<DateTime<Utc>> {
    let at = DateTime::parse_from_rfc3339(text).ok();
    found.require(
        at.is_some(),
        "/from",
        "invalid",
        "must be an RFC 3339 time such as 2026-07-01T12:00:00Z",
    );
    at.map(|at| at.with_timezone(&Utc))
}

/// List audit log entries
///
/// Newest first. Requires the `admin` role.
#[utoipa::path(
    get, path = "/v1/admin/audit-log", operation_id = "list_audit_log", tag = "admin",
    params(AuditParams, PageParams),
    responses((status = 200, description = "A page of audit log entries", body = AuditList), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn list_audit_log(
    state: Data<AppState>,
    who: Authenticated,
    params: Params<AuditParams>,
    page: Params<PageParams>,
    scope: CursorScope,
) -> Result<HttpResponse, Problem> {
    let (filter, page) = list_request(&state, &scope, params, page, AuditParams::parse)?;
    let page = audit::list(&state.ports, &who.actor, filter, page).await?;
    Ok(list_json(&state, page.map(AuditLineDto::from), &scope))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Result<AuditFilter, Violations> {
        serde_urlencoded::from_str::<AuditParams>(query)
            .unwrap()
            .parse()
    }

    #[test]
    fn a_subject_takes_its_kind_and_its_id() {
        let id = "00000000-0000-0000-0000-000000000007";
        let filter = read(&format!(
            "subject_kind=booking&subject_id={id}&action=denied"
        ))
        .unwrap();
        assert_eq!(
            filter.subject.map(AuditSubject::parts),
            Some(("booking", Uuid::from_u128(7)))
        );
        assert_eq!(filter.action, Some(AuditAction::Denied));
        let first = |query: &str| read(query).unwrap_err().into_vec().remove(0);
        assert_eq!(first("subject_kind=user").pointer, "/subject_id");
        assert_eq!(first(&format!("subject_id={id}")).pointer, "/subject_kind");
        assert_eq!(
            first(&format!("subject_kind=secret&subject_id={id}")).pointer,
            "/subject_kind"
        );
    }

    #[test]
    fn all_violations_are_reported_at_once() {
        let found =
            read("actor_id=x&action=sang&from=today&subject_kind=user&subject_id=y").unwrap_err();
        assert_eq!(found.iter().count(), 4);
        assert!(read("from=2026-07-01T12:00:00Z").unwrap().from.is_some());
    }
}
