import type { components } from "./schema.js";

/** A problem as RFC 9457 describes it, with the members of its code. */
export type Problem = components["schemas"]["Problem"];

/** The refusal of a request. `problem.code` is stable, `message` is for people. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";

  constructor(
    readonly status: number,
    readonly problem: Problem,
  ) {
    super(problem.detail);
  }

  get code(): Problem["code"] {
    return this.problem.code;
  }
}

/** The data of a response that succeeded; a refused one throws a {@link ProblemError}. */
export async function unwrap<Data>(
  answer: Promise<{ data?: Data; error?: unknown; response: Response }>,
): Promise<Data> {
  const { data, error, response } = await answer;
  if (!response.ok) throw new ProblemError(response.status, error as Problem);
  return data as Data;
}
