import { parseArgs } from "node:util";
import { EXPORT_FORMATS, exportComplaints } from "#app/complaints/export-complaints.server.ts";
import { type Answer, type Command, WrongUsage } from "./command.ts";
import { operatorOf } from "./operator.ts";

/** `complaints export --format csv|json`: every complaint without anything about a person. */
export const complaintsExport: Command = async (args, context): Promise<Answer> => {
  const { values } = parseArgs({ args, options: { format: { type: "string" }, json: { type: "boolean" } } });
  const asked = values.format ?? (values.json ? "json" : "csv");
  const format = EXPORT_FORMATS.find((known) => known === asked);
  if (format === undefined) throw new WrongUsage("--format takes csv or json.");
  const portal = await context.portal();
  const operator = operatorOf(portal);
  const { rows, text } = await exportComplaints(portal, operator, format);
  context.say(`${rows.length} complaints.`);
  return { ok: true, json: rows, lines: text.trimEnd().split(format === "csv" ? "\r\n" : "\n") };
};
