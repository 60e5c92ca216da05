/** Draws a long answer in a thread of its own, so that the portal goes on serving, within a bound of memory. */
import { createRequire } from "node:module";
import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { type History, historySchema, type Line } from "../history.ts";
import { UnknownGround } from "./speak.ts";
import { UndrawableText } from "./typefaces.server.ts";

/** What the thread is handed: the model without its look-ups, then these in portions, then the word to begin. */
export type ToDrawing =
  | { kind: "model"; model: Omit<History, "lines"> }
  | { kind: "lines"; lines: readonly Line[] }
  | { kind: "draw"; signedAt: Date | null };

export type FromDrawing =
  | { kind: "drawn"; pdf: ArrayBuffer }
  | { kind: "undrawable"; codePoints: readonly string[] }
  | { kind: "unknown-ground" }
  | { kind: "invalid" };

// By its name in the package, because in the built portal this file stands in the middle of a bundle.
const THREAD_FILE = "#app/histories/document/drawing-thread.server.ts";
/** Copying more look-ups at once would keep everything else waiting. */
const PORTION = 500;
/** Megabytes for any document, and for each thousand look-ups. */
const MEMORY = { base: 96, each: 5.5 } as const;

/** @throws what `drawHistory` throws, and an Error when the thread ends without an answer */
export async function drawApart(history: History, signedAt: Date | null): Promise<Buffer> {
  const worker = new Worker(createRequire(import.meta.url).resolve(THREAD_FILE), {
    execArgv: [],
    env: {},
    resourceLimits: {
      maxYoungGenerationSizeMb: 8,
      maxOldGenerationSizeMb: Math.ceil(MEMORY.base + (MEMORY.each * history.lines.length) / 1000),
    },
  });
  try {
    const [answer] = await Promise.all([answerOf(worker), hand(worker, history, signedAt)]);
    if (answer.kind === "drawn") return Buffer.from(answer.pdf);
    if (answer.kind === "undrawable") throw UndrawableText.of(answer.codePoints);
    if (answer.kind === "unknown-ground") throw new UnknownGround();
    historySchema.parse(history);
    throw new Error("a model was refused in the drawing thread and not outside of it");
  } finally {
    await worker.terminate();
  }
}

function answerOf(worker: Worker): Promise<FromDrawing> {
  return new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", (code) => reject(new Error(`the drawing thread ended with ${code}`)));
  });
}

async function hand(worker: Worker, { lines, ...model }: History, signedAt: Date | null): Promise<void> {
  const send = (message: ToDrawing): void => worker.postMessage(message);
  send({ kind: "model", model });
  for (let first = 0; first < lines.length; first += PORTION) {
    send({ kind: "lines", lines: lines.slice(first, first + PORTION) });
    await setImmediate();
  }
  send({ kind: "draw", signedAt });
}
