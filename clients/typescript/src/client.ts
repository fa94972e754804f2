import createClient, { type Client } from "openapi-fetch";
import type { paths } from "./schema.js";
import { memoryTokens, type TokenStore, type Tokens } from "./tokens.js";

/** Requests by method and path, with the types of the API document. */
export type SojournClient = Client<paths>;

export interface ClientOptions {
  /** URL of the server, such as `https://api.example.org`. */
  readonly baseUrl: string;
  /** The tokens of the session; without it they are kept in memory. */
  readonly tokens?: TokenStore;
  /** Attempts of a request whose answer does not arrive or is 503: 3 by default. */
  readonly attempts?: number;
  /** Replaces the `fetch` of the platform. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

const REFRESH = "/v1/auth/refresh";
const LOGIN = "/v1/auth/login";
const LOGOUT = "/v1/auth/logout";

/**
 * A client that keeps the tokens of a login, renews them when the access token has expired, and repeats requests whose
 * answer was lost. Every POST has an `Idempotency-Key`, so that a repeated one is executed once.
 */
export function createSojournClient(options: ClientOptions): SojournClient {
  const tokens = options.tokens ?? memoryTokens();
  const sender = new Sender(options, tokens);
  return createClient<paths>({
    baseUrl: options.baseUrl,
    fetch: (request) => sender.send(request),
    querySerializer: { array: { style: "form", explode: false } },
  });
}

class Sender {
  private readonly fetch: (request: Request) => Promise<Response>;
  private readonly attempts: number;
  /** The refresh that all requests wait for, so that each refresh token is used once. */
  private renewal: Promise<Tokens | undefined> | undefined;

  constructor(
    private readonly options: ClientOptions,
    private readonly tokens: TokenStore,
  ) {
    this.fetch = options.fetch ?? ((request) => globalThis.fetch(request));
    this.attempts = Math.max(1, options.attempts ?? 3);
  }

  async send(request: Request): Promise<Response> {
    const path = new URL(request.url).pathname.replace(/\/$/, "");
    if (request.method === "POST" && !request.headers.has("Idempotency-Key") && !path.startsWith("/v1/auth/")) {
      request.headers.set("Idempotency-Key", crypto.randomUUID());
    }
    let response = await this.authorized(request, await this.tokens.get());
    if (response.status === 401 && path !== LOGIN && path !== REFRESH && (await this.isTokenRefused(response))) {
      const renewed = await this.renew();
      if (renewed !== undefined) response = await this.authorized(request, renewed);
    }
    if (response.ok && (path === LOGIN || path === REFRESH)) {
      await this.tokens.set((await response.clone().json()) as Tokens);
    } else if (response.ok && path === LOGOUT) {
      await this.tokens.set(undefined);
    }
    return response;
  }

  private async isTokenRefused(response: Response): Promise<boolean> {
    const problem = (await response.clone().json().catch(() => ({}))) as { code?: string };
    return problem.code === "token_invalid" && (await this.tokens.get()) !== undefined;
  }

  private authorized(request: Request, tokens: Tokens | undefined): Promise<Response> {
    return this.repeated(() => {
      const copy = request.clone();
      if (tokens !== undefined && !copy.headers.has("Authorization")) {
        copy.headers.set("Authorization", `Bearer ${tokens.access_token}`);
      }
      return this.fetch(copy);
    }, isRepeatable(request));
  }

  private async repeated(send: () => Promise<Response>, repeatable: boolean): Promise<Response> {
    for (let attempt = 1; ; attempt += 1) {
      const last = !repeatable || attempt >= this.attempts;
      try {
        const response = await send();
        if (last || !(await isTemporary(response))) return response;
        await pause(retryAfter(response) ?? delay(attempt));
      } catch (error) {
        if (last || (error instanceof DOMException && error.name === "AbortError")) throw error;
        await pause(delay(attempt));
      }
    }
  }

  private renew(): Promise<Tokens | undefined> {
    this.renewal ??= this.refresh().finally(() => {
      this.renewal = undefined;
    });
    return this.renewal;
  }

  private async refresh(): Promise<Tokens | undefined> {
    const kept = await this.tokens.get();
    if (kept === undefined) return undefined;
    const request = new Request(new URL(REFRESH, this.options.baseUrl), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ refresh_token: kept.refresh_token }),
    });
    // The server answers a refresh that is repeated within seconds as it answered the first.
    const response = await this.repeated(() => this.fetch(request.clone()), true);
    const renewed = response.ok ? ((await response.json()) as Tokens) : undefined;
    if (renewed !== undefined || response.status === 401) await this.tokens.set(renewed);
    return renewed;
  }
}

/** True if a request that is executed twice has one effect. */
function isRepeatable(request: Request): boolean {
  return request.method !== "POST" || request.headers.has("Idempotency-Key");
}

async function isTemporary(response: Response): Promise<boolean> {
  if (response.status === 503) return true;
  if (response.status !== 409) return false;
  const problem = (await response.clone().json().catch(() => ({}))) as { code?: string };
  return problem.code === "idempotency_in_progress";
}

function retryAfter(response: Response): number | undefined {
  const seconds = Number(response.headers.get("Retry-After") ?? Number.NaN);
  return Number.isFinite(seconds) ? Math.min(seconds, 30) * 1000 : undefined;
}

/** Doubling delays with jitter, in milliseconds. */
function delay(attempt: number): number {
  return 2 ** attempt * 100 * (0.5 + Math.random() / 2);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
