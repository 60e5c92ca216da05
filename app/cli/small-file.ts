import { open } from "node:fs/promises";
import { WrongUsage } from "./command.ts";

/** Far more than a key has. */
const MOST_BYTES = 65_536;

/** The text of the one file that is named. @throws WrongUsage when there is none, or it is not a small one */
export async function readSmallFile(positionals: readonly string[], what: string): Promise<string> {
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw new WrongUsage(`Give the path of ${what}.`);
  const file = await open(path, "r").catch(() => null);
  if (!file) throw new WrongUsage(`There is no such file, or it cannot be read; give the path of ${what}.`);
  try {
    const found = await file.stat();
    if (!found.isFile() || found.size > MOST_BYTES) throw new WrongUsage(`That is not ${what}.`);
    return await file.readFile("utf8");
  } finally {
    await file.close();
  }
}
