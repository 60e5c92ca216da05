import type { LoaderFunctionArgs } from "@remix-run/node";
import { exportLedger } from "#app/statistics/audit-ledger.server.ts";
import { findScope, readFilter } from "./audit.filter.server.ts";
import { answering, requireActor } from "./respond.server.ts";

/** The entries that the page of the same address shows, as a file. Its name says nothing of what was asked for. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const actor = requireActor(args);
  const { portal } = args.context;
  const { searchParams } = new URL(args.request.url);
  const file = await answering(async () => {
    const { scope } = await findScope(portal, actor, searchParams.get("scope"));
    const filter = readFilter(searchParams);
    return filter.ok ? exportLedger(portal, actor, scope, filter.value) : null;
  });
  if (file === null) throw Response.json({ code: "audit.filter" }, { status: 400 });
  return new Response(file, {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": 'attachment; filename="ledger.csv"',
      "Cache-Control": "no-store",
    },
  });
}
