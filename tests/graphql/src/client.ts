// Sends documents whose types are generated.

import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { createClient } from "graphql-sse";
import type { TypedDocumentString } from "./generated/graphql.js";

export interface Failure {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: string; readonly status: number };
}

interface Answer<Result> {
  readonly data?: Result | null;
  readonly errors?: readonly Failure[];
}

/** The server, as one caller sees it. */
export class Client {
  constructor(
    private readonly url: string,
    private readonly token?: string,
  ) {}

  withToken(token: string): Client {
    return new Client(this.url, token);
  }

  async send<Result, Variables>(
    document: TypedDocumentString<Result, Variables>,
    variables: Variables,
  ): Promise<Answer<Result>> {
    const response = await fetch(this.url, {
      method: "POST",
      headers: {
        Accept: "application/graphql-response+json",
        "Content-Type": "application/json",
        ...(this.token === undefined ? {} : { Authorization: `Bearer ${this.token}` }),
      },
      body: JSON.stringify({ query: document.toString(), variables }),
    });
    return (await response.json()) as Answer<Result>;
  }

  /** The results of a subscription, by a client of the protocol of graphql-sse. */
  async *results<Result, Variables extends Record<string, unknown>>(
    document: TypedDocumentString<Result, Variables>,
    variables: Variables,
  ): AsyncGenerator<Result> {
    const client = createClient({ url: this.url, headers: { Authorization: `Bearer ${this.token}` } });
    try {
      for await (const { data, errors } of client.iterate<Result>({ query: document.toString(), variables })) {
        assert.deepEqual(errors ?? [], []);
        assert.ok(data);
        yield data;
      }
    } finally {
      client.dispose();
    }
  }

  /** The data of a request that succeeds. */
  async data<Result, Variables>(
    document: TypedDocumentString<Result, Variables>,
    variables: Variables,
  ): Promise<Result> {
    const { data, errors } = await this.send(document, variables);
    assert.deepEqual(errors ?? [], []);
    assert.ok(data);
    return data;
  }

  /** The code of a request that is refused. */
  async code<Result, Variables>(
    document: TypedDocumentString<Result, Variables>,
    variables: Variables,
  ): Promise<string | undefined> {
    const { errors } = await this.send(document, variables);
    return errors?.[0]?.extensions.code;
  }
}

/** The one-time token of the mail to an address. */
export async function mailedToken(folder: string, email: string): Promise<string> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const names = await readdir(folder).catch(() => []);
    for (const name of names.filter((it) => it.endsWith(".eml"))) {
      const mail = await readFile(join(folder, name), "utf8");
      const token = mail.includes(email) ? /[?&]token=([\w-]+)/.exec(mail)?.[1] : undefined;
      if (token !== undefined) return token;
    }
    await setTimeout(100);
  }
  throw new Error(`no mail to ${email} in ${folder}`);
}
