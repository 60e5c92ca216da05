// A log handed in as a browser does it: a multipart form whose file flows, whatever its size.
import { request } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Visitor } from "#test/support/visitor.ts";

const BOUNDARY = "----WhoLookedTestBoundary";

/** The header of the ALPR network audit. */
export const AUDIT_HEADER =
  "ID,Name,Org Name,Total Networks Searched,Time Frame,License Plate,Reason,Case #,Filters,Search Time,Search Type,Text Prompt,Moderation";

/** One row of it; cells are quoted as they are. */
export function auditRow(id: string, plate: string, cells: { org?: string; reason?: string; user?: string } = {}) {
  const { org = "Marigold County SO", reason = "Investigation", user = "u-1" } = cells;
  const quoted = [user, org, reason].map((cell) => `"${cell.replaceAll('"', '""')}"`);
  return `${id},${quoted[0]},${quoted[1]},12,Last 30 days,${plate},${quoted[2]},,{},"04/04/2026, 05:00:00 AM UTC",lookup,,`;
}

export interface Uploaded {
  readonly status: number;
  readonly location: string;
  readonly text: string;
}

/** Uploads bytes as the file of a log. Rejects when the portal goes away meanwhile. */
export async function upload(
  visitor: Visitor,
  bytes: string | Uint8Array | AsyncIterable<Uint8Array>,
  log = "demo-sheriff/alpr",
): Promise<Uploaded> {
  const sent = request(`${visitor.portal.url}/desk/feeds/upload`, {
    method: "POST",
    headers: {
      cookie: visitor.cookies(),
      origin: visitor.portal.url,
      "content-type": `multipart/form-data; boundary=${BOUNDARY}`,
    },
  });
  const answering = new Promise<Uploaded>((resolve, reject) => {
    sent.once("error", reject);
    sent.once("response", (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (part: string) => {
        text += part;
      });
      response.once("error", reject);
      response.once("end", () =>
        resolve({ status: response.statusCode ?? 0, location: response.headers.location ?? "", text }),
      );
    });
  });
  // Both fail when the portal goes away; one of them is enough to hear of it.
  const sending = pipeline(Readable.from(formOf(bytes, log)), sent).catch(() => undefined);
  const [uploaded] = await Promise.all([answering, sending]);
  return uploaded;
}

async function* formOf(bytes: string | Uint8Array | AsyncIterable<Uint8Array>, log: string) {
  yield Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="log"\r\n\r\n${log}\r\n`);
  yield Buffer.from(
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="log.csv"\r\nContent-Type: text/csv\r\n\r\n`,
  );
  if (typeof bytes === "string" || bytes instanceof Uint8Array) yield Buffer.from(bytes);
  else yield* bytes;
  yield Buffer.from(`\r\n--${BOUNDARY}--\r\n`);
}
