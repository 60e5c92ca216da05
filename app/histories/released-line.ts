import { createHash } from "node:crypto";
import { canonical } from "#app/platform/ledger/entry.ts";
import type { Line } from "./history.ts";

/** SHA-256 (hex) over a released line's canonical JSON: pins a dispute to exactly what was released. */
export function hashLine(line: Line): string {
  return createHash("sha256").update(canonical(line), "utf8").digest("hex");
}
