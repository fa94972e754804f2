import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { createSojournClient, unwrap, type SojournClient } from "../src/index.js";

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`set ${name}: ./check does`);
  return value;
}

/** URL of the server under test. */
export const baseUrl = variable("SOJOURN_URL");

/** Folder in which the server writes its mails. */
const mail = variable("SOJOURN_MAIL");

let people = 0;

async function mailedToken(email: string): Promise<string> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    for (const name of await readdir(mail).catch(() => [])) {
      const text = name.endsWith(".eml") ? await readFile(join(mail, name), "utf8") : "";
      const token = text.includes(email) ? /[?&]token=([\w-]+)/.exec(text)?.[1] : undefined;
      if (token !== undefined) return token;
    }
    await setTimeout(100);
  }
  throw new Error(`no mail to ${email}`);
}

/** Registers a user, proves the address, and logs in. */
export async function signUp(name: string): Promise<SojournClient> {
  people += 1;
  const email = `${name}-${process.pid}-${Date.now()}-${people}@walk.example`;
  const password = `four quiet lanterns ${name}`;
  const client = createSojournClient({ baseUrl });
  const body = { email, password, first_name: name, last_name: "Walker" };
  await unwrap(client.POST("/v1/users", { body }));
  const token = await mailedToken(email);
  await unwrap(client.POST("/v1/auth/email/verify", { body: { token } }));
  await unwrap(client.POST("/v1/auth/login", { body: { email, password } }));
  return client;
}

/** The day so many days from today. */
export function day(offset: number): string {
  return new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
}
