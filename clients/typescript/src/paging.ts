import { ProblemError, type Problem } from "./problem.js";

/** A page of a list. */
export interface Page<Item> {
  readonly data: readonly Item[];
  readonly next_cursor?: string | null;
}

/** An answer to the request for one page. */
type Answer<P> = Promise<{ data?: P; error?: unknown; response: Response }>;

/**
 * All pages of a list, for results that are not in `data`, such as the cards of a search:
 *
 *     for await (const page of pages((cursor) => client.GET("/v1/properties", { params: { query: { view: "card", cursor } } })))
 *       for (const card of page.cards ?? []) show(card)
 *
 * The next page is requested when it is asked for.
 */
export async function* pages<P extends { readonly next_cursor?: string | null }>(
  page: (cursor: string | undefined) => Answer<P>,
): AsyncGenerator<P, void, void> {
  let cursor: string | undefined;
  do {
    const { data, error, response } = await page(cursor);
    if (data === undefined) throw new ProblemError(response.status, error as Problem);
    yield data;
    cursor = data.next_cursor ?? undefined;
  } while (cursor !== undefined);
}

/**
 * All items of a list, page by page:
 *
 *     for await (const property of items((cursor) => client.GET("/v1/properties", { params: { query: { cursor } } })))
 *
 * The next page is requested when the items of the one before are used up.
 */
export async function* items<Item>(
  page: (cursor: string | undefined) => Answer<Page<Item>>,
): AsyncGenerator<Item, void, void> {
  for await (const { data } of pages(page)) yield* data;
}
