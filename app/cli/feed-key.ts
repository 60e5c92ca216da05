/** `wholooked feed key ...`: the public keys with which custodians' machines sign what they push. */
import { parseArgs } from "node:util";
import { type FeedKey, keyStateOf } from "#app/feeds/push/feed-key.ts";
import { addFeedKey, listFeedKeys, revokeFeedKey } from "#app/feeds/push/feed-keys.server.ts";
import { isLocalDate } from "#app/law/local-date.ts";
import { type Command, WrongUsage } from "./command.ts";
import { operatorOf } from "./operator.ts";
import { readSmallFile } from "./small-file.ts";

/** `feed key add FILE --custodian A [--from DATE] [--to DATE]`: registers the public key in a PEM file. */
export const feedKeyAdd: Command = async (args, context) => {
  const { values, positionals } = parseArgs({
    args,
    options: {
      custodian: { type: "string" },
      from: { type: "string" },
      to: { type: "string" },
      json: { type: "boolean" },
    },
    allowPositionals: true,
  });
  const { custodian, from, to } = values;
  if (custodian === undefined) throw new WrongUsage("feed key add needs to know whose key it is: --custodian.");
  for (const day of [from, to]) {
    if (day !== undefined && !isLocalDate(day)) throw new WrongUsage("--from and --to take a day, YYYY-MM-DD.");
  }
  const publicKey = await readSmallFile(positionals, "one PEM file with the public key");
  const portal = await context.portal();
  const key = await addFeedKey(portal, operatorOf(portal), { agencySlug: custodian, publicKey, from, to });
  return {
    ok: true,
    json: { key: asJson(key, portal.time.now()), custodian },
    lines: [`${custodian} signs under the keyid ${key.id} from now on.`],
  };
};

/** `feed key list --custodian A`: the keys of one custodian, and which of them are valid. */
export const feedKeyList: Command = async (args, context) => {
  const { values } = parseArgs({ args, options: { custodian: { type: "string" }, json: { type: "boolean" } } });
  if (values.custodian === undefined) throw new WrongUsage("feed key list needs to know whose keys: --custodian.");
  const portal = await context.portal();
  const now = portal.time.now();
  const keys = (await listFeedKeys(portal, operatorOf(portal), values.custodian)).map((key) => asJson(key, now));
  return {
    ok: true,
    json: { custodian: values.custodian, keys },
    lines:
      keys.length === 0
        ? ["No key is registered."]
        : keys.map(({ keyid, state, from, to }) => `${keyid}  ${state}  from ${from}${to === null ? "" : ` to ${to}`}`),
  };
};

/** `feed key revoke KEYID`: from now on nothing that it signs is taken. */
export const feedKeyRevoke: Command = async (args, context) => {
  const { positionals } = parseArgs({ args, options: { json: { type: "boolean" } }, allowPositionals: true });
  const [keyId, ...more] = positionals;
  if (keyId === undefined || more.length > 0) throw new WrongUsage("feed key revoke takes one keyid.");
  const portal = await context.portal();
  const key = await revokeFeedKey(portal, operatorOf(portal), keyId);
  return {
    ok: true,
    json: { key: asJson(key, portal.time.now()) },
    lines: [`${key.id} is revoked: nothing that it signs is taken any more.`],
  };
};

function asJson(key: FeedKey, now: Date) {
  return {
    keyid: key.id,
    state: keyStateOf(key, now),
    from: key.validFrom.toISOString(),
    to: key.validTo?.toISOString() ?? null,
    revoked: key.revokedAt?.toISOString() ?? null,
  };
}
