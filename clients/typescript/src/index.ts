export { createSojournClient, type ClientOptions, type SojournClient } from "./client.js";
export { items, pages, type Page } from "./paging.js";
export { ProblemError, unwrap } from "./problem.js";
export { memoryTokens, type TokenStore, type Tokens } from "./tokens.js";
export type { components, operations, paths } from "./schema.js";
