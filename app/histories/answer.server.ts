import { coverage } from "#app/feeds/coverage.server.ts";
import { showIdentifier } from "#app/feeds/identifier.ts";
import { listReviews } from "#app/law/reviews.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { localDate } from "#app/platform/time/local-date.ts";
import { listCustodies } from "#app/registry/queries.server.ts";
import { type CaseFile, computeClock } from "#app/requests/case-file.server.ts";
import { listReaders } from "#app/requests/readers.server.ts";
import { answerWords } from "./answer-words.ts";
import type { MatchedEvent } from "./cells.ts";
import { foldReaders } from "./fold-readers.ts";
import { findFormerEdition } from "./former-edition.server.ts";
import { getGround } from "./ground.ts";
import { type CoverageStatement, type History, historySchema } from "./history.ts";
import type { Matter } from "./matter.server.ts";
import { newsOf } from "./news.ts";
import { type Redacted, redactEvents } from "./redact.ts";
import { signalsForRelease } from "./signals/case-signals.server.ts";

/** The redacted model of the edition that is being made, and which event stands behind which number. */
export interface Answer {
  readonly history: History;
  readonly redacted: Redacted;
}

/**
 * The answer as it would go out now. What is withheld is not in `history`: it is built by allow-list
 * and parsed by a schema that knows no other member.
 * @throws NotDecided when a line still waits for its decision
 */
export async function writeAnswer(portal: Portal, matter: Matter, events: readonly MatchedEvent[]): Promise<Answer> {
  const { file, road, own, reading } = matter;
  const { agency, locale } = file;
  const redacted = redactEvents(events, matter.effectiveOf, reading);
  const clock = computeClock(file);
  const { mark, signals } = await signalsForRelease(portal, matter, events, redacted);
  const former = await findFormerEdition(portal, file.id, road.edition);
  const history = historySchema.parse({
    locale,
    reference: file.number,
    edition: road.edition,
    demo: agency.demo,
    agency: { name: agency.name, unit: agency.unit, address: [...agency.address], email: agency.email },
    resident: { name: file.residentName },
    requestedOn: file.receivedOn,
    answeredOn: localDate(portal.time.now(), agency.zone),
    rule: { id: file.rule, cite: clock.cite, due: clock.due, mustSay: mustSayOf(file) },
    period: file.period,
    searchedFor: own.map(({ kind, value, from, to }) => ({
      kind: answerWords(locale).kinds[kind],
      value: showIdentifier(kind, value),
      from,
      to,
    })),
    lines: redacted.lines.map(mark),
    ...(signals.length > 0 && { signals }),
    withheld: redacted.withheld,
    grounds: groundsOf(redacted, locale),
    coverage: await coverageOf(portal, file),
    reviews: listReviews(file.law.getRule(file.rule, file.receivedOn)).map(({ words, cite }) => ({
      plain: words[locale],
      cite,
    })),
    readers: await readersOf(portal, file),
    checkUrl: `${portal.config.url}/check`,
    ...(former && { news: newsOf(former, redacted) }),
  } satisfies History);
  return { history, redacted };
}

/** What the law of this case wants an answer to say, in the resident's words. */
function mustSayOf({ law, rule, receivedOn, locale }: CaseFile): { plain: string; cite: string }[] {
  return law.getRule(rule, receivedOn).answerMustSay.map(({ words, cite }) => ({ plain: words[locale], cite }));
}

function groundsOf({ uses }: Redacted, locale: "en" | "es"): History["grounds"] {
  return [...uses.entries()].sort().map(([id, count]) => {
    const { cite, words } = getGround(id);
    return { id, cite, plain: words[locale], uses: count };
  });
}

/** What the custodian's logs contain of the days asked about, system by system. */
export async function coverageOf(portal: Portal, file: CaseFile): Promise<CoverageStatement[]> {
  const { agency, period } = file;
  const custodies = await listCustodies(portal, agency.id);
  const statements: CoverageStatement[] = [];
  for (const { systemId, system } of custodies) {
    const found = await coverage(portal, { agencyId: agency.id, systemId, period, zone: agency.zone });
    const { held, missing, unread, latest } = found;
    statements.push({ system: system.name, custodian: agency.name, asked: period, held, missing, unread, latest });
  }
  return statements;
}

/** Who at this agency has had the file open, by role; never a clerk's name. Oldest first. */
async function readersOf(portal: Portal, file: CaseFile): Promise<History["readers"]> {
  const acts = (await listReaders(portal, file.requestId)).filter(
    ({ agencyId, role }) => agencyId === file.agency.id && (role === "clerk" || role === "supervisor"),
  );
  return foldReaders(acts, { locale: file.locale, zone: file.agency.zone });
}
