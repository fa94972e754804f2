"""Scalars of the schema, and what each answer to a random query has to be like."""

import schemathesis
from hypothesis import strategies as st
from schemathesis.graphql import nodes, scalar

scalar("Date", st.dates().map(lambda it: nodes.String(it.isoformat())))
scalar("DateTime", st.datetimes().map(lambda it: nodes.String(it.isoformat(timespec="seconds") + "Z")))
scalar("MinorUnits", st.integers(1 - 2**53, 2**53 - 1).map(nodes.Int))
scalar("UUID", st.uuids().map(lambda it: nodes.String(str(it))))


@schemathesis.check
def refusals_have_a_code(ctx, response, case):
    """Errors have the code of a refusal, never of a fault of the server."""
    assert response.status_code in (200, 400), response.status_code
    for error in response.json().get("errors", []):
        extensions = error.get("extensions", {})
        assert extensions.get("code"), error
        assert extensions.get("status", 400) < 500, error
