// Everybody there is at a portal, signed in: each role at the agency of the road, each at another, and nobody.
import type pg from "pg";
import { newId } from "#app/platform/database/id.ts";
import type { PortalProcess } from "#test/support/portal-process.ts";
import type { Road } from "#test/support/road-by-http.ts";
import { newVisitor, setUpPhone, signIn, type Visitor } from "#test/support/visitor.ts";

export const CROWD = [
  "nobody",
  "resident",
  "another resident",
  "clerk",
  "supervisor",
  "intake",
  "admin",
  "auditor",
  "advocate",
  "operator",
  "clerk of elsewhere",
  "supervisor of elsewhere",
  "intake of elsewhere",
  "admin of elsewhere",
  "auditor of elsewhere",
  "advocate without consent",
  "auditor of all",
] as const;
export type Who = (typeof CROWD)[number];

/** Those of elsewhere hold their role at an agency that the road does not touch; of none, those whom none employs. */
export async function gatherCrowd(
  portal: PortalProcess,
  client: pg.Client,
  road: Road,
): Promise<ReadonlyMap<Who, Visitor>> {
  const hired = await Promise.all([
    hire(portal, client, "clerk", "demo-state"),
    hire(portal, client, "supervisor", "demo-state"),
    hire(portal, client, "intake", "demo-state"),
    hire(portal, client, "admin", "demo-state"),
    hire(portal, client, "auditor", "demo-state"),
    hire(portal, client, "advocate", null),
    hire(portal, client, "auditor", null),
  ]);
  const { staff, resident } = road;
  const known = [
    staff.clerk,
    staff.supervisor,
    staff.intake,
    staff.admin,
    staff.auditor,
    staff.advocate,
    staff.operator,
  ];
  const stranger = await signIn(portal, "another@resident.example");
  const visitors = [newVisitor(portal), resident, stranger, ...known, ...hired];
  return new Map(CROWD.map((who, index) => [who, visitors[index] as Visitor]));
}

/** Somebody new with a role at an agency, or at none. */
async function hire(portal: PortalProcess, client: pg.Client, role: string, slug: string | null): Promise<Visitor> {
  const email = `${role}.${slug ?? "none"}@elsewhere.example`;
  const visitor = await signIn(portal, email);
  const { rowCount } = await client.query(
    `INSERT INTO membership (id, account_id, agency_id, role, created_at)
     SELECT $1, s.account_id, (SELECT id FROM agency WHERE slug = $2), $3, now()
     FROM session s WHERE s.id = encode(sha256(convert_to($4, 'UTF8')), 'hex')`,
    [newId(), slug, role, sessionOf(visitor)],
  );
  if (rowCount !== 1) throw new Error(`${role} could not be hired`);
  await setUpPhone(visitor);
  return visitor;
}

function sessionOf(visitor: Visitor): string {
  return /(?:^|; )session=([^;]+)/.exec(visitor.cookies())?.[1] ?? "";
}
