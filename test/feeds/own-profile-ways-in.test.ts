import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { feedFolderSet } from "#app/cli/feed-door.ts";
import { pullJobs } from "#app/feeds/pull/look-at-doors.server.ts";
import type { Mapping } from "#app/feeds/stored-profile.ts";
import { beginProfile, mapProfile, saveProfile } from "#app/feeds/stored-profile-draft.server.ts";
import { commandContext } from "#test/support/command.ts";
import { openTestPortal } from "#test/support/database.ts";
import { drain } from "#test/support/queue.ts";
import { givenFeed, streamOf, ZONE } from "./given-feed.ts";

const SLUGS = { agencySlug: "oakfield", systemSlug: "alpr" };
const EXPORT = "When;Officer;Tag\n18.06.2025 12:02;P. Doe;7CNR123\n18.06.2025 13:02;Q. Doe;8XYZ987\n";

test("what comes through a folder is read by the profile that a clerk of its agency made", async () => {
  await using portal = await openTestPortal();
  const { clerk } = await givenFeed(portal);
  const draftId = await beginProfile(portal, clerk, SLUGS, streamOf(EXPORT));
  const columns = { When: "at", Officer: "user", Tag: "plate" } as const;
  const rest: Omit<Mapping, "about" | "columns"> = {
    of: null,
    several: "refuse",
    times: ["day-first"],
    zone: ZONE,
    dates: "year-first",
    listSeparator: null,
    yes: {},
  };
  await mapProfile(portal, clerk, { ...SLUGS, draftId }, { about: "Our dispatch export", columns, ...rest });
  await saveProfile(portal, clerk, { ...SLUGS, draftId, version: 1 });
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "wholooked-drop-")));
  try {
    await feedFolderSet([folder, "--custodian", "oakfield", "--system", "alpr"], commandContext(portal));
    writeFileSync(join(folder, "june.csv"), EXPORT);
    for (let minute = 0; minute < 2; minute++) {
      await pullJobs["look-at-doors"]!(portal, {});
      await drain(portal, pullJobs);
      portal.time.advance({ minutes: 1 });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  expect(await portal.db.batch.findMany()).toMatchObject([{ via: "folder", rows: 2, stored: 2, refusal: null }]);
});
