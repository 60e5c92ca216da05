/** The thread that draws a long answer: `worker_threads` runs this file. */
import { parentPort } from "node:worker_threads";
import { ZodError } from "zod";
import type { History, Line } from "../history.ts";
import type { FromDrawing, ToDrawing } from "./draw-apart.server.ts";
import { drawHistory } from "./draw-history.server.ts";
import { UnknownGround } from "./speak.ts";
import { UndrawableText } from "./typefaces.server.ts";

const port = parentPort;
if (port === null) throw new Error("this file runs in a thread");
let model: Omit<History, "lines"> | null = null;
let lines: Line[] = [];
port.on("message", async (message: ToDrawing) => {
  if (message.kind === "model") model = message.model;
  else if (message.kind === "lines") lines.push(...message.lines);
  else {
    if (model === null) throw new Error("the drawing thread was handed no model");
    const history = { ...model, lines };
    // The drawing keeps a copy that it has checked: this one must not stay in memory beside it.
    lines = [];
    const answer = await draw(history, message.signedAt);
    port.postMessage(answer, answer.kind === "drawn" ? [answer.pdf] : []);
  }
});

async function draw(history: History, signedAt: Date | null): Promise<FromDrawing> {
  try {
    return { kind: "drawn", pdf: ownMemory(await drawHistory(history, signedAt)) };
  } catch (error) {
    if (error instanceof UndrawableText) return { kind: "undrawable", codePoints: error.codePoints };
    if (error instanceof UnknownGround) return { kind: "unknown-ground" };
    if (error instanceof ZodError) return { kind: "invalid" };
    throw error;
  }
}

/** A small buffer shares its memory with others, which must stay here. */
function ownMemory({ buffer, byteOffset, byteLength }: Buffer): ArrayBuffer {
  const whole = buffer as ArrayBuffer;
  return byteLength === whole.byteLength ? whole : whole.slice(byteOffset, byteOffset + byteLength);
}
