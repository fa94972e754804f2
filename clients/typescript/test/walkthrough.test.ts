import assert from "node:assert/strict";
import { test } from "node:test";
import { createSojournClient, items, pages, ProblemError, unwrap, type SojournClient } from "../src/index.js";
import { baseUrl, day, signUp } from "./server.js";

async function listCabin(host: SojournClient, city: string): Promise<string> {
  const draft = await unwrap(host.POST("/v1/properties", { body: { title: "Cabin by the lake" } }));
  const params = { path: { property_id: draft.id } };
  await unwrap(
    host.PATCH("/v1/properties/{property_id}", {
      params,
      body: {
        description: "Wood stove, canoe, no neighbours.",
        property_type: "cabin",
        room_type: "entire_place",
        address: { line1: "1 Lake Road", city, country: "US" },
        location: { latitude: 42.65258, longitude: -73.75623 },
        time_zone: "UTC",
        max_guests: 4,
        amenities: ["wifi", "kitchen"],
        pricing: { nightly: { amount: 10000, currency: "USD" } },
        stay_rules: { min_nights: 2, check_in_from: "00:00", check_out_until: "23:59" },
        cancellation_policy: "flexible",
      },
    }),
  );
  await unwrap(host.POST("/v1/properties/{property_id}/publish", { params }));
  return draft.id;
}

test("a stay from registration to review", async () => {
  const [host, guest, other] = [await signUp("hannah"), await signUp("gus"), await signUp("gina")];
  const visitor = createSojournClient({ baseUrl });
  const city = `Walkertown ${process.pid}`;
  const property = await listCabin(host, city);

  const dates = { check_in: day(0), check_out: day(2) };
  const query = { city, guests: 2, amenities: ["wifi", "kitchen"], ...dates };
  const found = await unwrap(visitor.GET("/v1/properties", { params: { query } }));
  assert.deepEqual(found.data.map((hit) => hit.id), [property]);
  const stay = { ...dates, guests: { adults: 2 } };
  const quote = await unwrap(
    visitor.POST("/v1/properties/{property_id}/quote", { params: { path: { property_id: property } }, body: stay }),
  );
  const body = { property_id: property, ...stay, quote_token: quote.token };
  const booking = await unwrap(guest.POST("/v1/bookings", { body }));
  assert.equal(booking.status, "pending_payment");
  assert.deepEqual(booking.total, quote.total);
  await assert.rejects(
    unwrap(other.POST("/v1/bookings", { body: { property_id: property, ...stay } })),
    (error) => error instanceof ProblemError && error.status === 409 && error.code === "dates_unavailable",
  );
  const pay = (card: string) =>
    unwrap(guest.POST("/v1/payments", { body: { booking_id: booking.id, payment_method: card } }));
  await assert.rejects(pay("pm_card_chargeDeclined"), (error) => {
    return error instanceof ProblemError && error.code === "card_declined";
  });
  assert.equal((await pay("pm_card_visa")).status, "captured");

  const params = { path: { booking_id: booking.id } };
  await unwrap(guest.POST("/v1/bookings/{booking_id}/check-in", { params }));
  await unwrap(host.POST("/v1/bookings/{booking_id}/cancel", { params, body: { reason: "A burst pipe" } }));
  const opinion = { booking_id: booking.id, rating: 5, public_comment: "Quiet and kind.", categories: { cleanliness: 5 } };
  const review = await unwrap(guest.POST("/v1/reviews", { body: opinion }));
  assert.equal(review.published_at, null);
  await unwrap(host.POST("/v1/reviews", { body: { booking_id: booking.id, rating: 4, public_comment: "Spotless." } }));
  const page = await unwrap(
    visitor.GET("/v1/properties/{property_id}", { params: { path: { property_id: property } } }),
  );
  assert.equal(page.rating.count, 1);
});

test("a patch of one rule leaves the others as they were", async () => {
  const host = await signUp("hugo");
  const property = await listCabin(host, "Patchville");
  const params = { path: { property_id: property } };
  const changed = await unwrap(
    host.PATCH("/v1/properties/{property_id}", { params, body: { stay_rules: { max_nights: 14 } } }),
  );
  assert.equal(changed.stay_rules.min_nights, 2);
  assert.equal(changed.stay_rules.max_nights, 14);
  assert.equal(changed.stay_rules.check_in_from, "00:00");
  const mine = await unwrap(host.GET("/v1/users/me"));
  assert.ok(mine.email.startsWith("hugo-") && mine.is_host);
});

test("pages are read to their end", async () => {
  const host = await signUp("hilda");
  const city = `Pageham ${process.pid}`;
  const made = new Set<string>();
  for (let number = 0; number < 5; number += 1) made.add(await listCabin(host, city));
  const visitor = createSojournClient({ baseUrl });
  const found: string[] = [];
  let calls = 0;
  const list = items((cursor) => {
    calls += 1;
    const query = { city, limit: 2, ...(cursor === undefined ? {} : { cursor }) };
    return visitor.GET("/v1/properties", { params: { query } });
  });
  for await (const property of list) found.push(property.id);
  assert.deepEqual(new Set(found), made);
  assert.equal(found.length, 5);
  assert.equal(calls, 3);
});

test("a search has cards and pins", async () => {
  const host = await signUp("hedwig");
  const city = `Cardham ${process.pid}`;
  const made = new Set<string>();
  for (let number = 0; number < 3; number += 1) made.add(await listCabin(host, city));
  const visitor = createSojournClient({ baseUrl });
  const cards: string[] = [];
  const query = { city, limit: 2, view: "card" as const };
  const all = pages((cursor) =>
    visitor.GET("/v1/properties", { params: { query: cursor === undefined ? query : { ...query, cursor } } }),
  );
  for await (const page of all) {
    assert.equal(page.data.length, 0);
    for (const card of page.cards ?? []) {
      assert.equal(card.city, city);
      assert.equal(typeof card.nightly?.amount, "number");
      cards.push(card.id);
    }
  }
  assert.deepEqual(new Set(cards), made);
  const answer = await unwrap(visitor.GET("/v1/properties", { params: { query: { city, view: "pin" } } }));
  assert.equal(answer.pins?.length, 3);
  assert.equal(typeof answer.pins?.[0]?.location?.latitude, "number");
});
