// A stay from registration to review, with generated types: node dist/walkthrough.js URL MAIL_FOLDER

import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { Client, mailedToken } from "./client.js";
import * as documents from "./documents.js";

const [url, mail] = process.argv.slice(2);
if (url === undefined || mail === undefined) {
  throw new Error("usage: node dist/walkthrough.js URL MAIL_FOLDER");
}
const anybody = new Client(url);

function day(offset: number): string {
  return new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
}

async function join(name: string): Promise<Client> {
  const email = `${name}-${process.pid}-${Date.now()}@walk.example`;
  const password = `four quiet lanterns ${name}`;
  const input = { email, password, firstName: name, lastName: "Walker" };
  await anybody.data(documents.register, { input });
  const token = await mailedToken(mail as string, email);
  await anybody.data(documents.verify, { token });
  const { logIn } = await anybody.data(documents.logIn, { input: { email, password } });
  return anybody.withToken(logIn.accessToken);
}

const [host, guest, other] = [await join("hannah"), await join("gus"), await join("gina")];

// The host lists a cabin.
const { property: draft } = (await host.data(documents.create, { title: "Cabin by the lake" })).createProperty;
const property = draft.id;
assert.equal(draft.status, "DRAFT");
assert.equal(await host.code(documents.publish, { id: property }), "validation_failed");
await host.data(documents.update, {
  input: {
    propertyId: property,
    changes: {
      description: "Wood stove, canoe, no neighbours.",
      propertyType: "CABIN",
      roomType: "ENTIRE_PLACE",
      address: { line1: "1 Lake Road", city: "Walkertown", country: "US" },
      location: { latitude: 42.65258, longitude: -73.75623 },
      timeZone: "UTC",
      maxGuests: 4,
      bathrooms: 1.5,
      amenities: ["wifi", "kitchen"],
      pricing: { nightly: { amount: 10000, currency: "USD" }, cleaningFee: { amount: 4000, currency: "USD" } },
      stayRules: { checkInFrom: "00:00", checkOutUntil: "23:59" },
      cancellationPolicy: "FLEXIBLE",
    },
  },
});
const { publishProperty } = await host.data(documents.publish, { id: property });
assert.equal(publishProperty.property.status, "LISTED");

// A guest searches, gets a quote, books and pays.
const stay = { checkIn: day(0), checkOut: day(2), guests: { adults: 2 } };
const found = await anybody.data(documents.search, {
  search: { city: "walkertown", checkIn: stay.checkIn, checkOut: stay.checkOut, guests: 2 },
});
const hit = found.properties.edges.find(({ node }) => node.id === property)?.node;
const { quote } = await anybody.data(documents.quote, { property, input: stay });
assert.ok(hit && quote);
assert.equal(hit.host?.firstName, "hannah");
assert.deepEqual(hit.total, quote.total);
const input = { propertyId: property, ...stay };
const { createBooking } = await guest.data(documents.book, { input: { ...input, quoteToken: quote.token } });
const booking = createBooking.booking.id;
assert.equal(createBooking.booking.total.amount, quote.total.amount);
assert.equal(await other.code(documents.book, { input }), "dates_unavailable");
assert.equal((await other.data(documents.readBooking, { id: booking })).booking, null);
const changes = host.results(documents.bookingChanged, { id: booking });
const change = changes.next();
await setTimeout(1_000);
assert.equal(await guest.code(documents.pay, { id: booking, card: "pm_card_chargeDeclined" }), "card_declined");
const { payBooking } = await guest.data(documents.pay, { id: booking, card: "pm_card_visa" });
assert.equal(payBooking.payment.status, "CAPTURED");
// The host sees it at once.
let changed = (await change).value?.bookingChanged;
while (changed?.status !== "CONFIRMED") {
  assert.equal(changed?.id, booking);
  changed = (await changes.next()).value?.bookingChanged;
}
await changes.return(undefined);

// Another guest books a later stay, cancels it, and is refunded in full.
const later = { ...input, checkIn: day(60), checkOut: day(63) };
const second = (await other.data(documents.book, { input: later })).createBooking.booking.id;
await other.data(documents.pay, { id: second, card: "pm_card_visa" });
const { cancellation } = await other.data(documents.cancellation, { id: second });
const { cancelBooking } = await other.data(documents.cancel, { id: second, reason: "Another year" });
assert.equal(cancelBooking.booking.status, "CANCELLED");
assert.equal(cancelBooking.booking.payment?.refunded.amount, cancellation?.refund.amount);

// The first guest checks in, the host has to end the stay, and both write reviews.
await guest.data(documents.checkIn, { id: booking });
const opinion = { bookingId: booking, rating: 5, publicComment: "Quiet and kind." };
assert.equal(await guest.code(documents.review, { input: opinion }), "wrong_state");
await host.data(documents.cancel, { id: booking, reason: "A burst pipe" });
const { writeReview } = await guest.data(documents.review, { input: opinion });
assert.equal(writeReview.review.publishedAt, null);
await host.data(documents.review, { input: { bookingId: booking, rating: 4, publicComment: "Left it spotless." } });
await host.data(documents.respond, { id: writeReview.review.id });
const { property: page } = await anybody.data(documents.readProperty, { id: property });
assert.equal(page?.rating.count, 1);
assert.equal(page?.reviews.edges[0]?.node.response, "Come again.");
console.log("The stay is over, and both reviews are published.");
