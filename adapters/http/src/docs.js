// Opens the API document with examples that work: only parameters that are required are filled in, and on a server with
// known data (sojourn demo) with values that exist there.

/** The object that a reference names, or the object itself. */
function resolved(spec, part) {
  if (part.$ref === undefined) return part;
  return part.$ref.split("/").slice(1).reduce((within, name) => within[name], spec);
}

function withExamples(spec, known) {
  for (const operation of Object.values(spec.paths).flatMap((item) => Object.values(item))) {
    const values = { ...known["*"], ...known[operation.operationId] };
    operation.parameters = (operation.parameters ?? []).map((part) => {
      const { example, ...parameter } = resolved(spec, part);
      if (!parameter.required) return parameter;
      return { ...parameter, example: values[parameter.name] ?? example };
    });
    const body = operation.requestBody?.content?.["application/json"];
    if (typeof body?.example !== "object") continue;
    for (const name of Object.keys(body.example)) {
      if (values[name] === null) delete body.example[name];
      else body.example[name] = values[name] ?? body.example[name];
    }
  }
  return spec;
}

/** Long names of schemas break, and tables of parameters and answers stand below each other, on a telephone. */
function fitTelephones() {
  const style = new CSSStyleSheet();
  style.replaceSync(`.json-schema-2020-12-accordion, .json-schema-2020-12__title {
    max-width: 100%; white-space: normal; overflow-wrap: anywhere; text-align: left;
  }
  @media (max-width: 640px) {
    .swagger-ui .topbar { display: none; }
    .swagger-ui .info { margin: 20px 0; }
    .swagger-ui table.parameters, .swagger-ui table.responses-table { table-layout: fixed; }
    .swagger-ui table.parameters :is(tbody, tr, td), .swagger-ui table.responses-table :is(tbody, tr, td) {
      display: block; width: auto; max-width: 100%; padding-left: 0;
    }
    .swagger-ui table.parameters thead, .swagger-ui table.responses-table thead { display: none; }
    .swagger-ui .response-col_links { display: none !important; }
    .swagger-ui .parameters-col_description :is(input, select, textarea) { width: 100%; max-width: 100%; }
    .swagger-ui .opblock-section-header, .swagger-ui .opblock-body .execute-wrapper { padding: 8px; }
    .swagger-ui .table-container, .swagger-ui .responses-inner { padding: 8px; }
  }`);
  document.adoptedStyleSheets = [style];
}

window.onload = async () => {
  fitTelephones();
  const answer = await fetch("/docs/examples.json");
  const known = answer.ok ? await answer.json() : {};
  const Examples = () => ({
    statePlugins: {
      spec: { wrapActions: { updateJsonSpec: (update) => (spec) => update(withExamples(spec, known)) } },
    },
  });
  window.ui = SwaggerUIBundle({
    dom_id: "#swagger-ui",
    url: "/openapi.json",
    deepLinking: true,
    layout: "StandaloneLayout",
    presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
    plugins: [SwaggerUIBundle.plugins.DownloadUrl, Examples],
  });
};
