// Another's id in the address: a page that is not for you looks exactly like one that is not there.
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "#app/platform/database/id.ts";
import { type PortalProcess, startPortalProcess } from "#test/support/portal-process.ts";
import { type Road, walkByHttp } from "#test/support/road-by-http.ts";
import { connectTo } from "#test/support/secrets.ts";
import { AUDIT_HEADER, upload } from "#test/support/upload.ts";
import { newVisitor, setUpPhone, signIn, type Visitor } from "#test/support/visitor.ts";
import type { Place } from "./place.ts";
import { dataPath, listRoutes, PLACES } from "./places.ts";

/** The demo's own log of Marigold County; its people work in all three agencies. */
const HOME = "demo-sheriff";

let portal: PortalProcess;
let client: pg.Client;
let road: Road;
/** By what they are. Those of elsewhere hold the role at an agency that this road does not touch. */
const people = new Map<string, Visitor>();

beforeAll(async () => {
  portal = await startPortalProcess();
  client = await connectTo(portal.dataFolder);
  road = await walkByHttp(portal, "vera@resident.example");
  people.set("resident", road.resident);
  for (const [role, visitor] of Object.entries(road.staff)) people.set(role, visitor);
  people.set("another resident", await signIn(portal, "another@resident.example"));
  for (const role of ["clerk", "supervisor", "intake", "admin", "auditor"])
    people.set(`${role} of elsewhere`, await hire(role));
  people.set("advocate without consent", await hire("advocate"));
});
afterAll(async () => {
  await client.end();
  await portal[Symbol.asyncDispose]();
});

/** Somebody new with a role at another agency; an advocate belongs to none. */
async function hire(role: string): Promise<Visitor> {
  const known = new Set(await accounts());
  const visitor = await signIn(portal, `${role}@elsewhere.example`);
  const accountId = (await accounts()).find((id) => !known.has(id));
  const agency = role === "advocate" ? "NULL" : "(SELECT id FROM agency WHERE slug = 'demo-state')";
  await client.query(
    `INSERT INTO membership (id, account_id, agency_id, role, created_at) VALUES ($1, $2, ${agency}, $3, now())`,
    [newId(), accountId, role],
  );
  await setUpPhone(visitor);
  return visitor;
}

async function accounts(): Promise<string[]> {
  return (await client.query<{ id: string }>("SELECT id FROM account")).rows.map((row) => row.id);
}

/** Those for whom a place does not exist. Pages without an id show everybody their own, or nothing. */
function strangersTo({ audience }: Place, path: string): [string, Visitor][] {
  if (audience === "everyone" || audience === "signed-in") return [];
  const hasId = /[0-9a-f]{8}-/.test(path);
  return [...people].filter(([name]) => {
    const role = name.split(" ")[0] ?? "";
    const isElsewhere = name !== role;
    return isElsewhere && !hasId ? !audience.includes(role as never) : isElsewhere || !audience.includes(role as never);
  });
}

const guarded = PLACES.filter(({ audience }) => Array.isArray(audience));

it("every route stands in the table of places, and every place is a route", () => {
  expect([...new Set(PLACES.map((place) => place.route))].sort()).toEqual(listRoutes());
});

it("the ones for whom it is there do see it", async () => {
  for (const place of guarded) {
    for (const role of place.audience) {
      if (place.route.endsWith("approval") && role === "clerk") continue;
      for (const path of place.at(road)) {
        expect((await people.get(role)!.get(path)).status, `${role} at ${path}`).toBe(200);
      }
    }
  }
});

describe.each(guarded)("$route", (place) => {
  it("is not there for anybody else, nor is its data", async () => {
    for (const path of place.at(road)) {
      for (const [name, visitor] of strangersTo(place, path)) {
        const [page, data] = [await visitor.get(path), await visitor.get(dataPath(path))];
        expect([page.status, data.status], `${name} at ${path}`).toEqual([404, 404]);
        // Nothing in the answer tells it from one for an id that never was.
        const never = await visitor.get(neverWas(path));
        expect(shape(page.text), `${name} at ${path}`).toBe(shape(never.text));
      }
    }
  });

  it("sends nobody in who is not signed in", async () => {
    for (const path of place.at(road)) {
      const nobody = newVisitor(portal);
      expect((await nobody.get(path)).location, path).toMatch(/^\/sign-in\?to=/);
      const data = await nobody.get(dataPath(path));
      expect(data.text, path).toContain("/sign-in?to=");
    }
  });

  it("takes no form from anybody else", async () => {
    const before = await state();
    for (const fields of place.sends?.(road) ?? []) {
      for (const path of place.at(road)) {
        for (const [name, visitor] of strangersTo(place, path)) {
          const page = await visitor.post(path, fields);
          const data = await visitor.post(dataPath(path), fields);
          expect([page.status, data.status], `${name} at ${path} with ${JSON.stringify(fields)}`).toEqual([404, 404]);
        }
        const out = await newVisitor(portal).post(path, fields);
        expect(out.location, path).toMatch(/^\/sign-in/);
      }
    }
    expect(await state()).toEqual(before);
  });
});

it("a log of another agency takes no file from a clerk of elsewhere", async () => {
  const before = await state();
  const clerk = people.get("clerk of elsewhere")!;
  expect((await upload(clerk, `${AUDIT_HEADER}\n`, "demo-sheriff/alpr")).text).toMatch(/usa-error-message/);
  expect(await state()).toEqual(before);
});

it("the agency of the road is the one that the strangers do not work at", async () => {
  const { rows } = await client.query(
    'SELECT a.slug FROM "case" c JOIN agency a ON a.id = c.agency_id WHERE c.id = ANY($1)',
    [[road.caseId, road.proposedCaseId]],
  );
  expect(new Set(rows.map((row) => row.slug))).toEqual(new Set([HOME]));
});

const TABLES = [
  "decision",
  "match",
  "history_step",
  "release",
  "complaint_event",
  "consent",
  "request",
  "batch",
  "delivery",
  "delivery_part",
  "identifier_check",
  "identity_proof",
  "identity_upload",
  "code_letter",
  "overlap_confirmation",
  "authority_check",
  "representation",
  "calendar_feed",
  "clock_event",
  "letter",
  "membership",
  "invitation",
  "contact_change",
];

/** How many rows stand in each table that a form could change. */
async function state(): Promise<Record<string, string>> {
  const counts = TABLES.map((table) => `(SELECT count(*) FROM ${table}) AS ${table}`);
  return (await client.query(`SELECT ${counts.join(", ")}, (SELECT count(*) FROM ledger.entry) AS entries`)).rows[0];
}

function neverWas(path: string): string {
  return path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, () => newId());
}

/** A page without what differs each time: ids, nonces, times. */
function shape(html: string): string {
  return html
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "ID")
    .replace(/nonce="[^"]*"/g, "")
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME");
}
