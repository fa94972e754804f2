// Makes the Postman collection of an API document: node postman.mjs OPENAPI_JSON COLLECTION_JSON
//
// Each request has the example of the document, and a test that its answer is one that the document declares. The
// variables `baseUrl` and `bearerToken`, and ids such as `property_id`, are those of the collection.

import { readFileSync, writeFileSync } from "node:fs";
import { promisify } from "node:util";
import converter from "openapi-to-postmanv2";

const [source, target] = process.argv.slice(2);
const document = JSON.parse(readFileSync(source, "utf8"));
const convert = promisify(converter.convert.bind(converter));
const { result, reason, output } = await convert(
  { type: "json", data: document },
  { folderStrategy: "Tags", requestParametersResolution: "Example", exampleParametersResolution: "Example" },
);
if (!result) throw new Error(reason);
const collection = output[0].data;

const METHODS = ["get", "put", "post", "delete", "patch"];
const declared = {};
for (const item of Object.values(document.paths)) {
  for (const [method, operation] of Object.entries(item)) {
    if (METHODS.includes(method)) declared[operation.summary] = Object.keys(operation.responses);
  }
}

/** Changes every request of a folder. */
function visit(items, change) {
  for (const item of items) {
    if (item.item) visit(item.item, change);
    else change(item);
  }
}

const ids = new Set();
visit(collection.item, (item) => {
  item.response = [];
  for (const variable of item.request.url.variable ?? []) {
    variable.value = `{{${variable.key}}}`;
    ids.add(variable.key);
  }
  // Without a value of its own, an optional parameter or condition would be sent as its type.
  item.request.url.query = (item.request.url.query ?? []).map((it) => ({ ...it, disabled: true }));
  item.request.header = (item.request.header ?? []).filter((it) => !/^(if-|idempotency-key)/i.test(it.key));
});

collection.event = [
  {
    listen: "test",
    script: {
      type: "text/javascript",
      exec: [
        `const declared = ${JSON.stringify(declared)}[pm.info.requestName];`,
        'pm.test("the answer is declared", () => pm.expect(declared).to.include(String(pm.response.code)));',
        'pm.test("no fault of the server", () => pm.expect(pm.response.code).to.be.below(500));',
      ],
    },
  },
];
collection.variable = [
  { key: "baseUrl", value: "http://127.0.0.1:8080" },
  { key: "bearerToken", value: "" },
  ...[...ids].sort().map((key) => ({ key, value: key === "user_id" ? "me" : "00000000-0000-7000-8000-000000000000" })),
];
writeFileSync(target, `${JSON.stringify(collection, null, 2)}\n`);
