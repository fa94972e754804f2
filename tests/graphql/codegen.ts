import type { CodegenConfig } from "@graphql-codegen/cli";

// The types that a client of the published schema works with.
const config: CodegenConfig = {
  schema: "../../docs/schema.graphql",
  documents: ["src/**/*.ts", "!src/generated/**"],
  ignoreNoDocuments: false,
  importExtension: ".js",
  generates: {
    "./src/generated/": {
      preset: "client",
      presetConfig: { fragmentMasking: false },
      config: {
        documentMode: "string",
        enumsAsTypes: true,
        strictScalars: true,
        useTypeImports: true,
        scalars: { Date: "string", DateTime: "string", MinorUnits: "number", UUID: "string" },
      },
    },
  },
};

export default config;
