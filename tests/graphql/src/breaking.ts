// Refuses a schema that breaks clients of an earlier one: node dist/breaking.js EARLIER CURRENT DECLARED
//
// DECLARED lists breaking changes that were decided, one a line, as this program prints them.

import { readFileSync } from "node:fs";
import { buildSchema, findBreakingChanges } from "graphql";

const [earlier, current, declared] = process.argv.slice(2).map((path) => readFileSync(path, "utf8"));
if (earlier === undefined || current === undefined || declared === undefined) {
  throw new Error("usage: node dist/breaking.js EARLIER CURRENT DECLARED");
}
const decided = new Set(declared.split("\n").map((line) => line.trim()));
const changes = findBreakingChanges(buildSchema(earlier), buildSchema(current));
const lines = changes.map((change) => `${change.type}: ${change.description}`);
const undeclared = lines.filter((line) => !decided.has(line));
for (const line of undeclared) console.error(line);
if (undeclared.length > 0) {
  console.error("These changes break clients. Deprecate instead, or declare them in tests/graphql/breaking-changes.txt.");
  process.exitCode = 1;
} else {
  console.log(`breaking changes: ${lines.length}, all declared`);
}
