/** `wholooked requests ...`: how long requests are kept, and the end of them. */
import { parseArgs } from "node:util";
import { findSetDays, getKeptDays, purgeRequest, setKeptDays } from "#app/complaints/purge-request.server.ts";
import { type Answer, type Command, WrongUsage } from "./command.ts";
import { operatorOf } from "./operator.ts";

/** `requests keep [--days N]` */
export const requestsKeep: Command = async (args, context): Promise<Answer> => {
  const { values } = parseArgs({ args, options: { days: { type: "string" }, json: { type: "boolean" } } });
  const portal = await context.portal();
  if (values.days !== undefined) await setKeptDays(portal, operatorOf(portal), Number(values.days));
  const [days, set] = await Promise.all([getKeptDays(portal), findSetDays(portal)]);
  const bySelf = set === null ? "none is by itself until --days says so" : "those that are over it are, every night";
  return { ok: true, json: { days }, lines: [`A request may be purged ${days} days after it has ended; ${bySelf}.`] };
};

/** `requests purge NUMBER`: shreds the keys of a request that has ended; nothing brings it back. */
export const requestsPurge: Command = async (args, context): Promise<Answer> => {
  const { positionals } = parseArgs({ args, options: { json: { type: "boolean" } }, allowPositionals: true });
  const [number, ...more] = positionals;
  if (number === undefined || more.length > 0) {
    throw new WrongUsage("requests purge takes one request's number, such as WL-2026-00012.");
  }
  const portal = await context.portal();
  const purged = await purgeRequest(portal, operatorOf(portal), number);
  return {
    ok: true,
    json: purged,
    lines: [
      `${number} is purged: ${purged.values} values and ${purged.files} files open no more (${purged.commitment}).`,
    ],
  };
};
