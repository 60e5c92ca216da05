// Every route of the built portal x everybody there is x every way to ask, held against what is written down.
import { existsSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "#app/platform/database/id.ts";
import { type Answered, BESIDE_THE_PAGES, MATRIX, type Row, rowMissing } from "#test/routes/access-matrix.ts";
import { CROWD, gatherCrowd, type Who } from "#test/support/crowd.ts";
import { type PortalProcess, startPortalProcess } from "#test/support/portal-process.ts";
import { type Road, walkByHttp } from "#test/support/road-by-http.ts";
import { connectTo } from "#test/support/secrets.ts";
import type { Answer, Fields, Visitor } from "#test/support/visitor.ts";
import { dataPath, PLACES } from "./places.ts";

const BUILT = fileURLToPath(new URL("../../.build/server/index.js", import.meta.url));

interface BuiltRoute {
  readonly id: string;
  readonly module: { readonly action?: unknown; readonly loader?: unknown; readonly default?: unknown };
}

let portal: PortalProcess;
let client: pg.Client;
let road: Road;
let crowd: ReadonlyMap<Who, Visitor>;
let routes: readonly BuiltRoute[];

beforeAll(async () => {
  if (!existsSync(BUILT)) throw new Error("The pages are not built: run npm run build.");
  const built = (await import(pathToFileURL(BUILT).href)) as { routes: Record<string, BuiltRoute> };
  routes = Object.values(built.routes).filter(({ id }) => id !== "root");
  portal = await startPortalProcess();
  client = await connectTo(portal.dataFolder);
  road = await walkByHttp(portal, "vera@resident.example");
  crowd = await gatherCrowd(portal, client, road);
  // Whose proof is fresh must not hang on how long this takes: nobody's is.
  await client.query("UPDATE session SET proved_at = proved_at - interval '1 hour'");
});
afterAll(async () => {
  await client.end();
  await portal[Symbol.asyncDispose]();
});

const nameOf = (id: string) => id.replace(/^routes\//, "");
/** The table of places names a route that is a folder by its file there. */
const placeOf = (name: string) => PLACES.find(({ route }) => route === name || route === `${name}/route`);
const NONSENSE: Fields = { x: "y" };

/** What an answer amounts to, whichever way it was asked for. */
function meaning({ status, location, text }: Answer): string {
  const isRedirect = status === 302 || status === 303;
  // Remix tells a redirect inside of a page's data with 202.
  if (status === 202) return /"\/sign-in\?to=/.test(text) ? "sign-in" : "leads";
  if (isRedirect) return /^\/sign-in\?to=/.test(location) ? "sign-in" : "leads";
  if (status === 404) return "gone";
  return status === 200 ? "there" : `status ${status}`;
}

/** The ways to ask for one address: the page, its data, and its data as programs asked for it in earlier days. */
function waysTo(path: string, name: string): { path: string }[] {
  const [page = "", query = ""] = path.split("?");
  const older = `${page}?${query ? `${query}&` : ""}_data=${encodeURIComponent(`routes/${name}`)}`;
  return [{ path }, { path: dataPath(path) }, { path: older }];
}

const askersOf = (row: Row): readonly Who[] => (row.endsSession ? ["nobody"] : CROWD);
const pathsOf = (name: string) => placeOf(name)?.at(road) ?? [];

it("every route that was built stands in the matrix and in the table of places", () => {
  const built = routes.map(({ id }) => nameOf(id)).sort();
  const missing = built.filter((name) => !(name in MATRIX));
  expect(missing, missing.map(rowMissing).join("\n")).toEqual([]);
  expect(
    Object.keys(MATRIX).filter((name) => !built.includes(name)),
    "rows of routes that are gone",
  ).toEqual([]);
  expect(
    built.filter((name) => placeOf(name) === undefined),
    "routes without a place in test/e2e/places.ts",
  ).toEqual([]);
});

it("a route that takes forms has a row for them, and one that takes none has not", () => {
  for (const { id, module } of routes) {
    const row = MATRIX[nameOf(id)];
    if (row) expect(row.post !== null, `${nameOf(id)}: does it take forms?`).toBe(module.action !== undefined);
  }
});

const cases = Object.entries(MATRIX).map(([name, row]) => ({ name, row }));

describe.each(cases)("$name", ({ name, row }) => {
  it("shows itself to those of the matrix, and to nobody else, whichever way it is asked for", async () => {
    const observed = await observe(name, row, (visitor, path) => visitor.get(path));
    expect(observed).toEqual(expected(name, row, row.get));
  });

  it("does nothing for whoever it does not hear, and says nothing", async () => {
    const { post } = row;
    if (post === null) return;
    const deaf = askersOf(row).filter((who) => ["gone", "sign-in"].includes(post(who)));
    const sends = placeOf(name)?.sends?.(road) ?? [];
    // Without a form that would do something, nothing would be proved of those who must not do it.
    const isGuarded = deaf.some((who) => post(who) === "gone");
    expect(isGuarded && sends.length === 0, `${name}: its place needs \`sends\``).toBe(false);
    for (const { who, path, fields, address } of everyAsk(name, deaf, sends)) {
      const answer = meaning(await visitorOf(who).post(address, fields));
      expect(answer, `${who} sends ${JSON.stringify(fields)} to ${path} (${address})`).toBe(
        isOldWay(address) ? "gone" : post(who),
      );
    }
  });

  it("answers a form that says nothing as if the thing had never been", async () => {
    const { post } = row;
    if (post === null) return;
    const deaf = askersOf(row).filter((who) => post(who) === "gone");
    for (const { who, path, address } of everyAsk(name, deaf, [NONSENSE])) {
      const answer = await visitorOf(who).post(address, NONSENSE);
      const never = neverWas(address);
      if (never === address) expect(meaning(answer), `${who} at ${path}`).toBe("gone");
      else {
        const nothing = await visitorOf(who).post(never, NONSENSE);
        expect([answer.status, shape(answer)], `${who} at ${address}`).toEqual([nothing.status, shape(nothing)]);
      }
    }
  });

  it("looks like nothing to whoever may not see it", async () => {
    const blind = CROWD.filter((who) => row.get(who) === "gone");
    for (const { who, address } of everyAsk(name, blind, [NONSENSE])) {
      if (neverWas(address) === address) continue;
      const foreign = await visitorOf(who).get(address);
      const nothing = await visitorOf(who).get(neverWas(address));
      expect([foreign.status, shape(foreign)], `${who} at ${address}`).toEqual([nothing.status, shape(nothing)]);
    }
  });
});

const neverWas = (path: string) => path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, () => newId());
const isOldWay = (address: string) => /[?&]_data=/.test(address);

/** Each of these people, at each of a route's places, each way, with each of these forms. */
function everyAsk(name: string, people: readonly Who[], forms: readonly Fields[]) {
  return pathsOf(name).flatMap((path) =>
    people.flatMap((who) =>
      waysTo(path, name).flatMap(({ path: address }) => forms.map((fields) => ({ who, path, fields, address }))),
    ),
  );
}

it.each(BESIDE_THE_PAGES)("$method $path answers everybody alike", async ({ method, path, status }) => {
  for (const who of CROWD) {
    const visitor = visitorOf(who);
    const answer = method === "GET" ? await visitor.get(path) : await visitor.post(path, NONSENSE);
    expect(status, `${who}: ${answer.status}`).toContain(answer.status);
  }
});

it("the list of routes that a browser asks for names only those of the address that it is at", async () => {
  const answer = await visitorOf("nobody").get("/__manifest?p=/sign-in&version=x");
  expect(answer.text).not.toMatch(/desk|audit|admin/);
});

function visitorOf(who: Who): Visitor {
  const visitor = crowd.get(who);
  if (!visitor) throw new Error(`${who} is not in the crowd`);
  return visitor;
}

async function observe(
  name: string,
  row: Row,
  ask: (visitor: Visitor, path: string) => Promise<Answer>,
): Promise<Record<string, string>> {
  const observed: Record<string, string> = {};
  for (const { who, address } of everyAsk(name, askersOf(row), [NONSENSE])) {
    observed[`${who} at ${address}`] = meaning(await ask(visitorOf(who), address));
  }
  return observed;
}

function expected(name: string, row: Row, rule: (who: Who) => Answered): Record<string, string> {
  const asks = everyAsk(name, askersOf(row), [NONSENSE]);
  return Object.fromEntries(
    asks.map(({ who, address }) => [`${who} at ${address}`, isOldWay(address) ? "gone" : rule(who)]),
  );
}

/** An answer without what differs each time: ids, nonces, times. */
function shape({ text }: Answer): string {
  return text
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "ID")
    .replace(/nonce="[^"]*"/g, "")
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME");
}
