import type { Portal } from "#app/platform/portal.server.ts";
import { listAgencies } from "#app/registry/queries.server.ts";

const known = new WeakMap<Portal, boolean>();

/** Whether invented agencies live here, so that every page must say so. They move in before the first page is served. */
export async function hasDemo(portal: Portal): Promise<boolean> {
  if (portal.config.demo === "off") return false;
  const remembered = known.get(portal);
  if (remembered !== undefined) return remembered;
  const demo = (await listAgencies(portal)).some((agency) => agency.demo);
  known.set(portal, demo);
  return demo;
}
