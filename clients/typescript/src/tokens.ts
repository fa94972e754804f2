/** The tokens of a session, as `POST /v1/auth/login` returns them. */
export interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
}

/** The place in which an application keeps the tokens of its session. */
export interface TokenStore {
  /** The tokens, or `undefined` without a session. */
  get(): Tokens | undefined | Promise<Tokens | undefined>;
  /** Keeps new tokens, or forgets them when the session has ended. */
  set(tokens: Tokens | undefined): void | Promise<void>;
}

/** A store that lasts as long as the process or page. */
export function memoryTokens(tokens?: Tokens): TokenStore {
  let kept = tokens;
  return {
    get: () => kept,
    set: (next) => {
      kept = next;
    },
  };
}
