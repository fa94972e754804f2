// A stay, a patch and a review through a client that a second generator makes: URL and MAIL folder as arguments.

import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { join as path } from "node:path";
import { setTimeout } from "node:timers/promises";
import { createClient, createConfig, type Client } from "./generated/client";
import * as api from "./generated";

const [baseUrl, mail] = process.argv.slice(2);
if (baseUrl === undefined || mail === undefined) throw new Error("usage: walkthrough URL MAIL_FOLDER");

function client(token?: string): Client {
  return createClient(createConfig({ baseUrl, ...(token === undefined ? {} : { auth: token }) }));
}

function day(offset: number): string {
  return new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
}

async function mailedToken(email: string): Promise<string> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    for (const name of await readdir(mail as string).catch(() => [])) {
      const text = name.endsWith(".eml") ? await readFile(path(mail as string, name), "utf8") : "";
      const token = text.includes(email) ? /[?&]token=([\w-]+)/.exec(text)?.[1] : undefined;
      if (token !== undefined) return token;
    }
    await setTimeout(100);
  }
  throw new Error(`no mail to ${email}`);
}

const strict = { throwOnError: true } as const;

async function join(name: string): Promise<Client> {
  const visitor = client();
  const email = `${name}-${process.pid}-${Date.now()}@second.example`;
  const password = `four quiet lanterns ${name}`;
  const body = { email, password, first_name: name, last_name: "Walker" };
  await api.registerUser({ client: visitor, body, ...strict });
  await api.verifyEmail({ client: visitor, body: { token: await mailedToken(email) }, ...strict });
  const { data } = await api.logIn({ client: visitor, body: { email, password }, ...strict });
  return client(data.access_token);
}

const [host, guest] = [await join("hannah"), await join("gus")];
const draft = (await api.createProperty({ client: host, body: { title: "Cabin by the lake" }, ...strict })).data;
const property = { property_id: draft.id };
const details: api.PropertyPatch = {
  description: "Wood stove, canoe, no neighbours.",
  property_type: "cabin",
  room_type: "entire_place",
  address: { line1: "1 Lake Road", city: "Secondtown", country: "US" },
  location: { latitude: 42.65258, longitude: -73.75623 },
  time_zone: "UTC",
  max_guests: 4,
  pricing: { nightly: { amount: 10000, currency: "USD" } },
  stay_rules: { min_nights: 2, check_in_from: "00:00", check_out_until: "23:59" },
  cancellation_policy: "flexible",
};
await api.updateProperty({ client: host, path: property, body: details, ...strict });
const patched = await api.updateProperty({
  client: host,
  path: property,
  body: { stay_rules: { max_nights: 14 } },
  ...strict,
});
assert.equal(patched.data.stay_rules.min_nights, 2);
assert.equal(patched.data.stay_rules.check_in_from, "00:00");
await api.publishProperty({ client: host, path: property, ...strict });

const dates = { check_in: day(0), check_out: day(2) };
const found = await api.searchProperties({ client: client(), query: { ...dates, city: "Secondtown" }, ...strict });
assert.ok(found.data.data.some((hit) => hit.id === draft.id));
const stay = { ...dates, guests: { adults: 2 } };
const booking = (await api.createBooking({ client: guest, body: { ...property, ...stay }, ...strict })).data;
const payment = await api.createPayment({
  client: guest,
  body: { booking_id: booking.id, payment_method: "pm_card_visa" },
  ...strict,
});
assert.equal(payment.data.status, "captured");
const at = { booking_id: booking.id };
await api.checkIn({ client: guest, path: at, ...strict });
await api.cancelBooking({ client: host, path: at, body: { reason: "A burst pipe" }, ...strict });
const review = await api.createReview({
  client: guest,
  body: { booking_id: booking.id, rating: 5, public_comment: "Quiet and kind." },
  ...strict,
});
assert.equal(review.data.rating, 5);
const { error } = await api.createReview({
  client: guest,
  body: { booking_id: booking.id, rating: 4, public_comment: "Once more." },
});
assert.equal(error?.code, "already_reviewed");
console.log("second TypeScript client: a stay, a patch and a review");
