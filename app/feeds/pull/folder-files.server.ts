/** The one place that touches a watched folder. Links are never followed, nothing outside is opened or moved. */
import { createHash } from "node:crypto";
import { constants, type Stats } from "node:fs";
import { access, type FileHandle, lstat, mkdir, open, readdir, realpath, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DoorClosed } from "./door.ts";
import type { FileFacts } from "./seen-files.server.ts";

/** Where what was looked at goes. */
export const DONE = "done";
export const REFUSED = "refused";

export interface FolderEntry extends FileFacts {
  readonly isFile: boolean;
  readonly hasOtherNames: boolean;
}

const CLOSED = ["EACCES", "EPERM", "EROFS", "ENOSPC"];

/** Runs `work` on the folder. @throws DoorClosed for what an operator must set right */
export async function inFolder<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    await requireRealFolder(path);
    return await work();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    throw CLOSED.includes(code) ? new DoorClosed("folder-closed", error) : error;
  }
}

/** A path through a link could lead anywhere tomorrow. */
async function requireRealFolder(path: string): Promise<void> {
  const real = await realpath(path).catch(() => null);
  if (real === null) throw new DoorClosed("folder-gone");
  if (real !== path) throw new DoorClosed("folder-unsafe");
  if (!(await lstat(path)).isDirectory()) throw new DoorClosed("folder-gone");
}

/**
 * What lies directly in the folder, but for other folders, hidden files and files still being written (.part).
 *
 * @returns beside it whether there are names that are no text, by which nothing can be opened
 */
export async function listFolder(path: string): Promise<{ entries: FolderEntry[]; hasUnreadableNames: boolean }> {
  const entries: FolderEntry[] = [];
  let hasUnreadableNames = false;
  for (const name of await readdir(path)) {
    if (name.startsWith(".") || name.toLowerCase().endsWith(".part")) continue;
    if (name === DONE || name === REFUSED) continue;
    const found = await findStats(join(path, name));
    if (found === null) hasUnreadableNames ||= name.includes("\ufffd");
    if (found === null || found.isDirectory()) continue;
    entries.push({
      name,
      size: found.size,
      changedAt: found.mtimeMs,
      isFile: found.isFile(),
      hasOtherNames: found.nlink > 1,
    });
  }
  return { entries, hasUnreadableNames };
}

/** Before anything is imported: what could not be put away would be looked at again and again. @throws DoorClosed */
export async function prepareShelves(path: string): Promise<void> {
  for (const place of [DONE, REFUSED]) {
    const shelf = join(path, place);
    await mkdir(shelf, { mode: 0o750 }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
    if (!(await lstat(shelf)).isDirectory()) throw new DoorClosed("folder-unsafe");
    await access(shelf, constants.W_OK);
  }
  await access(path, constants.W_OK);
}

/** Opens the very file that was listed; null when it is another now. The caller closes it. */
export async function openListed(path: string, entry: FolderEntry): Promise<FileHandle | null> {
  // Without waiting: what was put in its place meanwhile might be a pipe.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const file = await open(join(path, entry.name), flags).catch((error: NodeJS.ErrnoException) => {
    if (["ENOENT", "ELOOP", "ENXIO"].includes(error.code ?? "")) return null;
    throw error;
  });
  if (!file) return null;
  if (await isAsListed(file, entry)) return file;
  await file.close();
  return null;
}

export async function isAsListed(file: FileHandle, entry: FolderEntry): Promise<boolean> {
  const found = await file.stat();
  return found.isFile() && found.nlink === 1 && found.size === entry.size && found.mtimeMs === entry.changedAt;
}

/** SHA-256 (hex) of a file from its first byte. */
export async function digestOf(file: FileHandle): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of streamOf(file)) hash.update(chunk);
  return hash.digest("hex");
}

const READ_AT_ONCE = 1 << 18;

/** A file's bytes from the first one on; it stays open, also when its reader stops early (a stream would close it). */
export async function* streamOf(file: FileHandle): AsyncGenerator<Buffer> {
  for (let at = 0; ; ) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(READ_AT_ONCE), 0, READ_AT_ONCE, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

/**
 * Moves an entry (a link itself, never what it leads to) to done/ or refused/, beside a reason if there is one.
 * What has the same name there already stays.
 */
export async function putAway(path: string, name: string, place: string, reason?: string): Promise<void> {
  const shelf = join(path, place);
  const free = await findFreeName(shelf, name);
  // The reason first: after a crash between the two the file is looked at again, and gets it again. Never through a
  // link that somebody put in its place.
  if (reason !== undefined) await writeFile(reasonPath(shelf, free), reason, { mode: 0o640, flag: "wx" });
  await rename(join(path, name), join(shelf, free)).catch((error: NodeJS.ErrnoException) => {
    // Taken away by whoever had put it there.
    if (error.code !== "ENOENT") throw error;
  });
}

const reasonPath = (shelf: string, name: string) => join(shelf, withEnding(name, ".reason.txt"));

/** What a file system takes as a name. */
const NAME_BYTES = 255;

function withEnding(name: string, ending: string): string {
  const room = NAME_BYTES - Buffer.byteLength(ending);
  if (Buffer.byteLength(name) <= room) return name + ending;
  // A letter that is cut in two is left out.
  return (
    Buffer.from(name)
      .subarray(0, room)
      .toString("utf8")
      .replace(/\ufffd+$/, "") + ending
  );
}

async function findFreeName(shelf: string, name: string): Promise<string> {
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? name : withEnding(name, `.${n}`);
    const taken = [await findStats(join(shelf, candidate)), await findStats(reasonPath(shelf, candidate))];
    if (taken.every((found) => found === null)) return candidate;
  }
}

async function findStats(path: string): Promise<Stats | null> {
  return lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
}
