import assert from "node:assert/strict";
import { test } from "node:test";
import { createSojournClient, memoryTokens, type Tokens } from "../src/index.js";

const BASE = "http://sojourn.test";

/** A server that accepts one access token, and renews it. */
function stage(accepted: string) {
  const seen: { path: string; token: string | null; key: string | null }[] = [];
  const handle = async (request: Request): Promise<Response> => {
    const path = new URL(request.url).pathname;
    const token = request.headers.get("Authorization");
    seen.push({ path, token, key: request.headers.get("Idempotency-Key") });
    if (path === "/v1/auth/refresh") {
      const { refresh_token } = (await request.json()) as Tokens;
      if (refresh_token !== "r1") return Response.json({ code: "token_invalid" }, { status: 401 });
      return Response.json({ access_token: accepted, refresh_token: "r2" });
    }
    if (token !== `Bearer ${accepted}`) return Response.json({ code: "token_invalid" }, { status: 401 });
    return Response.json({ data: [], next_cursor: null });
  };
  return { seen, handle };
}

test("an expired token is renewed once for all requests that wait", async () => {
  const { seen, handle } = stage("a2");
  const tokens = memoryTokens({ access_token: "a1", refresh_token: "r1" });
  const client = createSojournClient({ baseUrl: BASE, tokens, fetch: handle });
  const answers = await Promise.all([1, 2, 3].map(() => client.GET("/v1/bookings")));
  assert.deepEqual(answers.map((answer) => answer.response.status), [200, 200, 200]);
  assert.equal(seen.filter((it) => it.path === "/v1/auth/refresh").length, 1);
  assert.deepEqual(await tokens.get(), { access_token: "a2", refresh_token: "r2" });
});

test("a session that has ended is forgotten", async () => {
  const { handle } = stage("a2");
  const tokens = memoryTokens({ access_token: "a1", refresh_token: "used" });
  const client = createSojournClient({ baseUrl: BASE, tokens, fetch: handle });
  const { response } = await client.GET("/v1/bookings");
  assert.equal(response.status, 401);
  assert.equal(await tokens.get(), undefined);
});

test("a request whose answer is lost is repeated with its key", async () => {
  const keys: (string | null)[] = [];
  const handle = async (request: Request): Promise<Response> => {
    keys.push(request.headers.get("Idempotency-Key"));
    assert.deepEqual(await request.json(), { title: "Cabin" });
    if (keys.length === 1) throw new TypeError("connection reset");
    if (keys.length === 2) return Response.json({ code: "idempotency_in_progress" }, { status: 409 });
    return Response.json({ id: "1" }, { status: 201 });
  };
  const client = createSojournClient({ baseUrl: BASE, fetch: handle });
  const { response } = await client.POST("/v1/properties", { body: { title: "Cabin" } });
  assert.equal(response.status, 201);
  assert.equal(keys.length, 3);
  assert.ok(keys[0]);
  assert.equal(new Set(keys).size, 1);
});

test("a login is sent once", async () => {
  let sent = 0;
  const client = createSojournClient({
    baseUrl: BASE,
    fetch: () => {
      sent += 1;
      return Promise.reject(new TypeError("connection reset"));
    },
  });
  const body = { email: "ana@mail.example", password: "correct horse battery" };
  await assert.rejects(client.POST("/v1/auth/login", { body }), TypeError);
  assert.equal(sent, 1);
});
