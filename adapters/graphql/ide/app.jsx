// GraphiQL with the examples of the demo.

import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { createClient } from "graphql-sse";
import { createRoot } from "react-dom/client";
import "graphiql/style.css";

const WITHOUT_TOKEN = "{}";
const WITH_TOKEN = JSON.stringify({ Authorization: "Bearer <the accessToken of logIn>" }, null, 2);

/** The day so many days from now, as the API writes it. */
function inDays(days) {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

const SEARCH = `# Properties that can be booked, with the price of the stay. Run it: no account is needed.
query Search {
  properties(first: 5, search: { checkIn: "${inDays(30)}", checkOut: "${inDays(33)}", guests: 2 }) {
    edges {
      node {
        id
        title
        rating { average count }
        host { firstName }
        total { amount currency }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}
`;

const LOG_IN = `# Logs in as the guest of the demo. Other tabs take the token under "Headers".
mutation LogIn {
  logIn(input: { email: "guest@demo.example", password: "lantern by the harbour" }) {
    accessToken
    expiresIn
  }
}
`;

const TRIPS = `# One request for the screen of a guest's trips.
query Trips {
  me { id firstName }
  bookings(first: 10, filter: { role: GUEST }) {
    edges {
      node {
        id
        status
        checkIn
        checkOut
        total { amount currency }
        property { title }
        payment { status }
      }
    }
  }
}
`;

const BOOK = `# Holds the nights until the payment. Insert the id of a property that the search has found.
mutation Book($property: UUID!) {
  createBooking(input: {
    propertyId: $property
    checkIn: "${inDays(30)}"
    checkOut: "${inDays(33)}"
    guests: { adults: 2 }
  }) {
    booking { id status holdExpiresAt total { amount currency } }
  }
}
`;

const FOLLOW = `# Shows each change of the caller's bookings. Start it, then book in another tab.
subscription Follow {
  bookingChanged { id status total { amount currency } property { title } }
}
`;

const tabs = [
  { query: SEARCH, headers: WITHOUT_TOKEN },
  { query: LOG_IN, headers: WITHOUT_TOKEN },
  { query: TRIPS, headers: WITH_TOKEN },
  { query: BOOK, headers: WITH_TOKEN, variables: '{ "property": "" }' },
  { query: FOLLOW, headers: WITH_TOKEN },
];

const send = createGraphiQLFetcher({ url: "/graphql", enableIncrementalDelivery: false });

/** True if the operation of a request is a subscription. */
function isSubscription({ operationName }, document) {
  const operations = document?.definitions.filter(({ kind }) => kind === "OperationDefinition") ?? [];
  const named = operations.filter(({ name }) => !operationName || name?.value === operationName);
  return named.some(({ operation }) => operation === "subscription");
}

function fetcher(request, options) {
  if (!isSubscription(request, options?.documentAST)) return send(request, options);
  return createClient({ url: "/graphql", headers: options?.headers }).iterate(request);
}

createRoot(document.getElementById("ide")).render(
  <GraphiQL
    fetcher={fetcher}
    defaultTabs={tabs}
    isHeadersEditorEnabled
    shouldPersistHeaders={false}
  />,
);
