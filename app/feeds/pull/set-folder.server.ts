import { realpath, stat } from "node:fs/promises";
import { relative, resolve } from "node:path";
import type { Actor } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import { Refused } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { type DoorOf, listOtherFolders, setDoor } from "./doors.server.ts";

/**
 * Has a folder watched for one log.
 *
 * @param input.path The folder itself, no link in its path; nobody else's folder, and not the portal's own.
 * @throws NotFound, Refused `feed-folder-gone`, `feed-folder-link`, `feed-folder-taken`, `feed-unknown-profile`.
 */
export async function setFolder(
  portal: Portal,
  actor: Actor,
  input: DoorOf & { path: string; profile: string | null },
): Promise<void> {
  authorise(actor, "feed.doors");
  const path = resolve(input.path);
  const real = await realpath(path).catch(() => null);
  if (real === null || !(await stat(real)).isDirectory()) {
    throw new Refused("feed-folder-gone", "There is no such folder; give the whole path of one that is there.");
  }
  if (real !== path) {
    throw new Refused("feed-folder-link", `A symbolic link stands in that path; give the folder's real one: ${real}`);
  }
  const own = await realpath(portal.config.dataFolder).catch(() => portal.config.dataFolder);
  const others = [own, ...(await listOtherFolders(portal, input))];
  if (path === "/" || others.some((other) => isWithin(path, other) || isWithin(other, path))) {
    throw new Refused(
      "feed-folder-taken",
      "That folder lies in another log's or in the portal's own, or the other way round; give one that holds this log alone.",
    );
  }
  await setDoor(portal, actor, { ...input, settings: { kind: "folder", path, profile: input.profile } });
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === "" || !(way === ".." || way.startsWith("../"));
}
