import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Runs the operator's command in a process of its own, over a data folder. @returns Its answer. */
export async function runWholooked(dataFolder: string, words: string[]): Promise<Record<string, unknown>> {
  const child = spawn(process.execPath, ["app/wholooked.ts", ...words, "--json"], {
    cwd: ROOT,
    env: { NODE_ENV: "production", WHOLOOKED_DATA: dataFolder, WHOLOOKED_OPERATOR: "conformance", LOG_LEVEL: "error" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [answer, said] = [collect(child.stdout), collect(child.stderr)];
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error(`wholooked ${words.slice(0, 2).join(" ")} ended with ${code}: ${said()}`);
  return JSON.parse(answer()) as Record<string, unknown>;
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const pieces: Buffer[] = [];
  stream.on("data", (piece: Buffer) => pieces.push(piece));
  return () => Buffer.concat(pieces).toString("utf8");
}
