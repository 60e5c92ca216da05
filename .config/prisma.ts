import { fileURLToPath } from "node:url";
import { defineConfig } from "prisma/config";

// Prisma wants to download a native engine, even to generate. The stand-in does the same work with the WebAssembly
// build that comes from the npm registry like everything else.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= fileURLToPath(new URL("schema-engine.mjs", import.meta.url));
process.env.CHECKPOINT_DISABLE ??= "1";

export default defineConfig({
  schema: "../prisma/schema.prisma",
  migrations: { path: "../prisma/migrations" },
  datasource: {
    // Commands that need no database (generate, diff between files) still insist on a URL.
    url: process.env.DATABASE_URL ?? "postgresql://unset",
    ...(process.env.SHADOW_DATABASE_URL && { shadowDatabaseUrl: process.env.SHADOW_DATABASE_URL }),
  },
});
