// Runs the audits of GraphQL over HTTP: node dist/audit.js URL

import { auditServer } from "graphql-http";

const url = process.argv[2];
if (url === undefined) throw new Error("usage: node dist/audit.js URL");

const results = await auditServer({ url, fetchFn: fetch });
const failed = results.filter((result) => result.status !== "ok");
for (const result of failed) console.error(`${result.status}: ${result.id} ${result.name}`);
console.log(`audits passed: ${results.length - failed.length} of ${results.length}`);
process.exitCode = failed.length === 0 && results.length > 0 ? 0 : 1;
