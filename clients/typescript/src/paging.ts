import { ProblemError, type Problem } from "./problem.js";

/** A page of a list. */
export interface Page<Item> {
  readonly data: readonly Item[];
  readonly next_cursor?: string | null;
}

/**
 * All items of a list, page by page:
 *
 *     for await (const property of items((cursor) => client.GET("/v1/properties", { params: { query: { cursor } } })))
 *
 * The next page is requested when the items of the one before are used up.
 */
export async function* items<Item>(
  page: (cursor: string | undefined) => Promise<{ data?: Page<Item>; error?: unknown; response: Response }>,
): AsyncGenerator<Item, void, void> {
  let cursor: string | undefined;
  do {
    const { data, error, response } = await page(cursor);
    if (data === undefined) throw new ProblemError(response.status, error as Problem);
    yield* data.data;
    cursor = data.next_cursor ?? undefined;
  } while (cursor !== undefined);
}
