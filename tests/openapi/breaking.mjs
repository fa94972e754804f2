// Refuses an API document that breaks clients of an earlier one: node breaking.mjs EARLIER CURRENT DECLARED
//
// DECLARED lists breaking changes that were decided, one a line, as this program prints them.

import { readFileSync } from "node:fs";

const [earlier, current] = process.argv.slice(2, 4).map((path) => JSON.parse(readFileSync(path, "utf8")));
const declared = new Set(readFileSync(process.argv[4], "utf8").split("\n").map((line) => line.trim()));
const METHODS = ["get", "put", "post", "delete", "patch"];
const found = new Set();

function resolved(document, node) {
  let at = node;
  while (at?.$ref) at = at.$ref.slice(2).split("/").reduce((it, part) => it?.[part], document);
  return at ?? {};
}

/** The branches of a schema that are not null. */
function branches(document, node) {
  const schema = resolved(document, node);
  const choices = schema.oneOf ?? schema.anyOf;
  if (!choices) return [schema];
  return choices.map((it) => resolved(document, it)).filter((it) => it.type !== "null");
}

function types(schema) {
  return new Set([schema.type ?? []].flat());
}

/** Compares a schema of requests or answers with its successor; `seen` ends recursion. */
function compare(before, after, place, isRequest, seen = new Set()) {
  const key = `${before?.$ref ?? ""}>${after?.$ref ?? ""}`;
  if (key !== ">" && seen.has(key)) return;
  const inner = new Set(seen).add(key);
  const [old, now] = [branches(earlier, before), branches(current, after)];
  if (old.length !== 1 || now.length !== 1) {
    if (old.length > now.length) found.add(`${place}: fewer alternatives`);
    return;
  }
  const [a, b] = [old[0], now[0]];
  const [was, is] = [types(a), types(b)];
  const lost = isRequest ? [...was].filter((it) => !is.has(it)) : [...is].filter((it) => !was.has(it));
  if (was.size > 0 && is.size > 0 && lost.length > 0) found.add(`${place}: type ${[...was]} became ${[...is]}`);
  if (a.enum && b.enum && isRequest) {
    for (const value of a.enum) if (!b.enum.includes(value)) found.add(`${place}: value ${value} removed`);
  }
  const required = new Set(b.required ?? []);
  for (const [name, property] of Object.entries(a.properties ?? {})) {
    const next = b.properties?.[name];
    if (next === undefined) found.add(`${place}.${name}: removed`);
    else compare(property, next, `${place}.${name}`, isRequest, inner);
    const wasRequired = a.required?.includes(name) ?? false;
    if (!isRequest && wasRequired && next !== undefined && !required.has(name)) found.add(`${place}.${name}: no longer always sent`);
    if (isRequest && !wasRequired && required.has(name)) found.add(`${place}.${name}: became required`);
  }
  if (isRequest && b.properties) {
    for (const name of required) if (!a.properties?.[name]) found.add(`${place}.${name}: new and required`);
  }
  if (a.items && b.items) compare(a.items, b.items, `${place}[]`, isRequest, inner);
}

function parameters(document, item, operation) {
  const all = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((it) => resolved(document, it));
  return new Map(all.map((it) => [`${it.in} ${it.name}`, it]));
}

for (const [path, item] of Object.entries(earlier.paths)) {
  for (const method of METHODS.filter((it) => item[it])) {
    const name = `${method.toUpperCase()} ${path}`;
    const [before, after] = [item[method], current.paths[path]?.[method]];
    if (!after) {
      found.add(`${name}: removed`);
      continue;
    }
    const [old, now] = [parameters(earlier, item, before), parameters(current, current.paths[path], after)];
    for (const [key, parameter] of old) {
      if (!now.has(key)) found.add(`${name} ${key}: removed`);
      else compare(parameter.schema, now.get(key).schema, `${name} ${key}`, true);
    }
    for (const [key, parameter] of now) {
      if (parameter.required && !old.get(key)?.required) found.add(`${name} ${key}: required`);
    }
    const body = (operation) => operation.requestBody?.content?.["application/json"]?.schema;
    if (body(before) && body(after)) compare(body(before), body(after), `${name} body`, true);
    for (const [status, response] of Object.entries(before.responses)) {
      if (!status.startsWith("2")) continue;
      const next = after.responses[status];
      if (!next) found.add(`${name} ${status}: removed`);
      const schema = (document, it) => resolved(document, it).content?.["application/json"]?.schema;
      const [was, is] = [schema(earlier, response), schema(current, next)];
      if (was && is) compare(was, is, `${name} ${status}`, false);
    }
  }
}
const undeclared = [...found].filter((line) => !declared.has(line));
for (const line of undeclared) console.error(line);
if (undeclared.length > 0) {
  console.error("These changes break clients. Keep what was promised, or declare them in tests/openapi/breaking-changes.txt.");
  process.exitCode = 1;
} else {
  console.log(`breaking changes of the REST API: ${found.size}, all declared`);
}
