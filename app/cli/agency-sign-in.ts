/** `wholooked agency sign-in ...`: an agency's own OpenID Connect provider. */
import { parseArgs } from "node:util";
import type { Actor } from "#app/people/actor.ts";
import type { Provider } from "#app/people/agency-sign-in/provider.ts";
import { getProvider, removeProvider, setProvider } from "#app/people/agency-sign-in/providers.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { type Command, WrongUsage } from "./command.ts";
import { readSmallFile } from "./small-file.ts";

const operatorOf = (portal: Portal): Actor => ({ kind: "operator", name: portal.config.operator });

/** `agency sign-in set SLUG --issuer URL --client ID --secret-file F --domain D ... [--acr V ...] [--amr V ...]` */
export const agencySignInSet: Command = async (args, context) => {
  const { values, positionals } = parseArgs({
    args,
    options: {
      issuer: { type: "string" },
      client: { type: "string" },
      "secret-file": { type: "string" },
      domain: { type: "string", multiple: true },
      acr: { type: "string", multiple: true },
      amr: { type: "string", multiple: true },
      json: { type: "boolean" },
    },
    allowPositionals: true,
  });
  const slug = readSlug("set", positionals);
  const { issuer, client: clientId, "secret-file": file, domain: domains, acr = [], amr = [] } = values;
  if (issuer === undefined || clientId === undefined || file === undefined || domains === undefined) {
    throw new WrongUsage("agency sign-in set needs --issuer, --client, --secret-file and at least one --domain.");
  }
  const secret = await readSmallFile([file], "the file with the client secret");
  const portal = await context.portal();
  const operator = operatorOf(portal);
  await setProvider(portal, operator, { agencySlug: slug, issuer, clientId, secret, domains, acr, amr });
  const provider = await getProvider(portal, operator, slug);
  return {
    ok: true,
    json: asJson(portal, slug, provider),
    lines: [`People of ${slug} sign in at ${issuer} from now on.`, ...linesOf(portal, slug, provider)],
  };
};

/** `agency sign-in remove SLUG`: nobody enters by it any more, and who is in by it is out. */
export const agencySignInRemove: Command = async (args, context) => {
  const slug = readSlug("remove", read(args));
  const portal = await context.portal();
  await removeProvider(portal, operatorOf(portal), slug);
  return { ok: true, json: { agency: slug }, lines: [`${slug} has no sign-in of its own any more.`] };
};

/** `agency sign-in show SLUG`: what is set, without the secret. */
export const agencySignInShow: Command = async (args, context) => {
  const slug = readSlug("show", read(args));
  const portal = await context.portal();
  const provider = await getProvider(portal, operatorOf(portal), slug);
  return { ok: true, json: asJson(portal, slug, provider), lines: linesOf(portal, slug, provider) };
};

const read = (args: string[]) =>
  parseArgs({ args, options: { json: { type: "boolean" } }, allowPositionals: true }).positionals;

function readSlug(act: string, positionals: readonly string[]): string {
  const [slug, ...more] = positionals;
  if (slug === undefined || more.length > 0) throw new WrongUsage(`agency sign-in ${act} takes one agency's slug.`);
  return slug;
}

const backOf = ({ config }: Portal, slug: string) => `${config.url}/sign-in/agency/${slug}/back`;

function asJson(portal: Portal, slug: string, { issuer, clientId, domains, acr, amr }: Provider) {
  return { agency: slug, issuer, client: clientId, domains, acr, amr, redirectUri: backOf(portal, slug) };
}

function linesOf(portal: Portal, slug: string, { issuer, clientId, domains, acr, amr }: Provider): string[] {
  const demanded = [...acr.map((value) => `acr ${value}`), ...amr.map((value) => `amr ${value}`)];
  return [
    `issuer        ${issuer}`,
    `client        ${clientId}`,
    `domains       ${domains.join(", ")}`,
    `second factor ${demanded.length > 0 ? `the agency's: ${demanded.join(" or ")}` : "the portal's own, after the agency's sign-in"}`,
    `redirect URI  ${backOf(portal, slug)} (register it there)`,
  ];
}
