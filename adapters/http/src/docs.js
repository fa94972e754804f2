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

/** Long names of schemas break, so that the page is not wider than a telephone. */
function breakLongNames() {
  const style = new CSSStyleSheet();
  style.replaceSync(`.json-schema-2020-12-accordion, .json-schema-2020-12__title {
    max-width: 100%; white-space: normal; overflow-wrap: anywhere; text-align: left;
  }`);
  document.adoptedStyleSheets = [style];
}

window.onload = async () => {
  breakLongNames();
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
