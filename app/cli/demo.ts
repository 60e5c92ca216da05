import { parseArgs } from "node:util";
import type { Command } from "./command.ts";
import { demoLines, demoLinks, seedDemo } from "./demo.server.ts";

/** `demo`: settles the invented agencies, systems, people and logs, and says how to enter as each person. */
export const demo: Command = async (args, context) => {
  parseArgs({ args, options: { json: { type: "boolean" } } });
  const portal = await context.portal();
  await seedDemo(portal);
  const links = await demoLinks(portal);
  return { ok: true, json: { url: portal.config.url, links: Object.fromEntries(links) }, lines: demoLines(links) };
};
