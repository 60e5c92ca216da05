/** Once a day: how common names are among an agency's people, counted anew and kept sealed with their key. */
import type { Portal } from "#app/platform/portal.server.ts";
import type { Place } from "#app/platform/sealing/vault.server.ts";
import { countNames, type NameCounts, nameCountsSchema } from "./name-counts.ts";
import { traitsPlace } from "./seal-subjects.server.ts";
import { unpackSubject } from "./subject.ts";
import { findSubjectBook } from "./subject-book.server.ts";

export const COUNT_NAMES_TASK = "count-names";

const AT_ONCE = 5_000;
const BEFORE_ALL = "00000000-0000-0000-0000-000000000000";

const namesPlace = (agencyId: string): Place => ({ table: "subject_book", column: "names_sealed", row: agencyId });

/** Job. Nobody is looked up by it: what it keeps is how many people share a common name. */
export async function countAllNames(portal: Portal): Promise<void> {
  const books = await portal.db.subjectBook.findMany({ select: { agencyId: true, keyId: true } });
  for (const { agencyId, keyId } of books) {
    const counts = await countOf(portal, agencyId, keyId);
    await portal.db.subjectBook.update({
      where: { agencyId },
      data: {
        people: counts?.people ?? 0,
        namesSealed:
          counts === null ? null : await portal.vault.seal(keyId, namesPlace(agencyId), JSON.stringify(counts)),
        countedAt: portal.time.now(),
      },
    });
  }
}

async function countOf(portal: Portal, agencyId: string, keyId: string): Promise<NameCounts | null> {
  const counter = countNames();
  const sealer = await portal.vault.sealerFor(keyId);
  for (let after = BEFORE_ALL; ; ) {
    const rows = await portal.db.subject.findMany({
      where: { agencyId, id: { gt: after } },
      orderBy: { id: "asc" },
      take: AT_ONCE,
    });
    for (const { id, traitsSealed } of rows) {
      counter.add(unpackSubject(sealer.open(traitsPlace(id), traitsSealed).toString("utf8")));
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < AT_ONCE) return counter.result();
    after = last.id;
  }
}

/** What was counted last; null where there were too few people to learn from. */
export async function findNameCounts(
  portal: Pick<Portal, "db" | "vault">,
  agencyId: string,
): Promise<NameCounts | null> {
  const book = await findSubjectBook(portal, agencyId);
  if (!book?.namesSealed) return null;
  return nameCountsSchema.parse(
    JSON.parse(await portal.vault.openText(book.keyId, namesPlace(agencyId), book.namesSealed)),
  );
}
