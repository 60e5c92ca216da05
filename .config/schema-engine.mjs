#!/usr/bin/env node
// Stands in for Prisma's native schema engine, which Prisma would download and run: the same JSON-RPC over stdin and
// stdout, answered by the WebAssembly build that the npm registry carries, over the `pg` driver. Development and
// checks only; the running portal migrates by itself (app/platform/database/migrate.server.ts).
// Plain JavaScript because Prisma starts it as a program, with whichever Node comes first.
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import * as wasm from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";
import { parse } from "pg-connection-string";

const CHAR_OID = 18;
const TEXT_OID = 25;
const PRINT_ID = 1_000_000;
const RPC_FAILURE = 4466;
const PRISMA_CODES = { "3D000": "P1003", ECONNREFUSED: "P1001" };

const require = createRequire(import.meta.url);
const args = process.argv.slice(2);
const datasource = JSON.parse(valuesOf("--datasource")[0] ?? "{}");

function valuesOf(option) {
  return args.flatMap((arg, index) => (arg === option ? [args[index + 1]] : []));
}

/** The one-off commands: can-connect-to-database, create-database, drop-database. */
async function runCommand(command) {
  try {
    if (command === "can-connect-to-database") await ask(datasource.url, "select 1");
    else await createOrDrop(command === "create-database" ? "create" : "drop");
    process.stdout.write("Ok\n");
  } catch (error) {
    const fields = { message: error.message, error_code: PRISMA_CODES[error.code] ?? "P1010" };
    const line = { timestamp: new Date().toISOString(), level: "ERROR", fields, target: "schema_engine::logger" };
    // Prisma reads the last line of stderr.
    process.stderr.write(`\n${JSON.stringify(line)}\n`);
    process.exitCode = 1;
  }
}

async function createOrDrop(verb) {
  const url = new URL(datasource.url);
  const name = decodeURIComponent(url.pathname.slice(1));
  url.pathname = "/postgres";
  await ask(url.href, `${verb} database ${pg.escapeIdentifier(name)}`);
}

async function ask(url, sql) {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function openEngine() {
  const file = require.resolve("@prisma/schema-engine-wasm/schema_engine_bg").replace(/\.js$/, ".wasm");
  const { instance } = await WebAssembly.instantiate(readFileSync(file), { "./schema_engine_bg.js": wasm });
  wasm.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  const datamodels = valuesOf("--datamodels").map((path) => [path, readFileSync(path, "utf8")]);
  const factory = bindMigrationAwareSqlAdapterFactory(new Factory(partsOf(datasource.url)));
  return () =>
    wasm.SchemaEngine.new({ datamodels: datamodels.length ? datamodels : undefined }, () => undefined, factory);
}

/** One request after the other, in the order they came. */
function serve(open) {
  let engine;
  let turn = Promise.resolve();
  const lines = createInterface({ input: process.stdin });
  // The pool would keep this process for some seconds after Prisma has hung up.
  lines.on("close", () => turn.then(() => process.exit()));
  lines.on("line", (line) => {
    const request = JSON.parse(line);
    if (!request.method) return;
    turn = turn.then(async () => {
      try {
        engine ??= await open();
        send({ id: request.id, result: (await answer(engine, request)) ?? null });
      } catch (error) {
        send({ id: request.id, error: describe(error) });
      }
    });
  });
}

async function answer(engine, { method, params }) {
  switch (method) {
    case "createDatabase":
      return { databaseName: new URL(datasource.url).pathname.slice(1) };
    case "getDatabaseVersion":
      return engine.version(params);
    case "dbExecute":
      return ask(params.datasourceType?.url ?? datasource.url, params.script);
    case "diff": {
      const { exitCode, stdout } = await engine.diff(params);
      // The native engine prints through a call back to Prisma.
      if (stdout) send({ id: PRINT_ID, method: "print", params: { content: stdout } });
      return { exitCode, stdout: null };
    }
    default:
      if (typeof engine[method] !== "function") throw new Error(`This stand-in does not answer ${method}.`);
      return (await engine[method](params)) ?? {};
  }
}

function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
}

function describe(error) {
  const message = error?.message ?? String(error);
  const data = { is_panic: false, message, error_code: error?.code ?? null, meta: error?.meta ?? null };
  return { code: RPC_FAILURE, message, data };
}

/**
 * As parts, not as one connection string: `pg` lets the string's database win over `database`, and the adapter would
 * replay the migrations for comparison in the MAIN database instead of the shadow one.
 */
function partsOf(url) {
  const { host, port, user, password, database, ssl } = parse(url);
  const parts = { host, port: port ? Number(port) : undefined, user, password, database, ssl };
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value != null));
}

class Factory extends PrismaPg {
  constructor(parts) {
    super(parts);
    this.parts = parts;
  }

  async connect() {
    return repair(await super.connect());
  }

  async connectToShadowDb() {
    if (datasource.shadowDatabaseUrl) return new Factory(partsOf(datasource.shadowDatabaseUrl)).connect();
    const admin = await this.connect();
    const database = `prisma_shadow_${randomUUID()}`;
    await admin.executeScript(`create database "${database}" template template0`);
    const shadow = await new Factory({ ...this.parts, database }).connect();
    const { dispose } = shadow;
    shadow.dispose = async () => {
      await dispose.call(shadow);
      await admin.executeScript(`drop database if exists "${database}" with (force)`);
      await admin.dispose();
    };
    return shadow;
  }
}

/**
 * Two faults of adapter-pg 7.10. It rejects the type "char", which the catalogue answers with: it is passed as text and
 * named again afterwards. And it cuts scripts at every ";", also inside $$ bodies: they are sent whole.
 */
function repair(connection) {
  const { performIO, queryRaw } = connection;
  let charColumns = [];
  connection.performIO = async (query) => {
    const result = await performIO.call(connection, query);
    const fields = result.fields ?? [];
    charColumns = fields.flatMap((field, index) => (field.dataTypeID === CHAR_OID ? [index] : []));
    for (const index of charColumns) fields[index].dataTypeID = TEXT_OID;
    return result;
  };
  connection.queryRaw = async (query) => {
    const result = await queryRaw.call(connection, query);
    for (const index of charColumns) result.columnTypes[index] = ColumnTypeEnum.Character;
    return result;
  };
  connection.executeScript = async (script) => {
    try {
      await connection.client.query(script);
    } catch (error) {
      connection.onError(error);
    }
  };
  return connection;
}

// Last, because classes exist only from their own line on.
if (args.includes("--version")) {
  process.stdout.write(`schema-engine-cli ${require("@prisma/engines-version").enginesVersion}\n`);
} else if (args.includes("cli")) {
  await runCommand(args[args.indexOf("cli") + 1]);
} else {
  serve(await openEngine());
}
