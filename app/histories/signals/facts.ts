/**
 * What a signal may look at: the line as its reader sees it, and no more. What is withheld from a reader is null here,
 * so that no rule can tell it from anything else.
 */
import type { UserHours } from "#app/feeds/user-hours.ts";
import { answerWords } from "../answer-words.ts";
import { type Cells, instantOf, type MatchedEvent } from "../cells.ts";
import type { Absence, Cell } from "../history.ts";

/** A cell as its reader sees it: its text, why it has none, or null when it is withheld in whole or in part. */
export type Seen = { readonly text: string } | { readonly absent: Absence } | null;

export interface LineFacts {
  readonly eventId: string;
  /** Milliseconds; null: withheld. */
  readonly at: number | null;
  /** Slug of the system; null: withheld. */
  readonly system: string | null;
  readonly agency: Seen;
  /** Who searched, as one key for one user of one agency; null: withheld, or the log does not say. */
  readonly user: string | null;
  readonly purpose: Seen;
  /** The log has a purpose code besides the reason; null: withheld with the reason. */
  readonly hasPurposeCode: boolean | null;
  readonly caseNumber: Seen;
  /** The user's hours in this log; null where they are not known, or would say something about what is withheld. */
  readonly hours: UserHours | null;
  /** Sent off by a machine: nobody pressed a key for it. */
  readonly isAutomatic: boolean;
}

/** What is known of a line beside its cells. */
export interface LineOrigin {
  readonly matched: MatchedEvent;
  /** Slug of the system whose log it stands in. */
  readonly system: string;
  readonly hours: UserHours | null;
}

/** @param cells As the reader is shown them: of a release, the redacted ones. */
export function factsOf(cells: Cells, { matched, system, hours }: LineOrigin): LineFacts {
  const { event, eventId } = matched;
  const [agency, user, purpose] = [seen(cells.agency), seen(cells.user), seen(cells.purpose)];
  const isWithheld = (cell: Cell) => cell.kind === "withheld";
  const named = user !== null && "text" in user && agency !== null ? `${keyOf(agency)}|${keyOf(user)}` : null;
  const mayKnowHours = named !== null && !isWithheld(cells.at) && !isWithheld(cells.system);
  return {
    eventId,
    at: isWithheld(cells.at) ? null : instantOf(event).getTime(),
    system: isWithheld(cells.system) ? null : system,
    agency,
    user: named,
    purpose,
    hasPurposeCode: purpose === null ? null : event.purposeCode.state === "value",
    caseNumber: seen(cells.caseNumber),
    hours: mayKnowHours ? hours : null,
    isAutomatic: event.automatic === true,
  };
}

const MARKS = [answerWords("en").mark, answerWords("es").mark];

/** A text out of which something withheld was taken counts as withheld: what is left of it is not what the log says. */
function seen(cell: Cell): Seen {
  if (cell.kind === "withheld") return null;
  if (cell.kind === "absent") return { absent: cell.why };
  if (MARKS.some((mark) => cell.text.includes(mark))) return null;
  return cell.text.trim() === "" ? { absent: "empty" } : { text: cell.text };
}

function keyOf(known: Exclude<Seen, null>): string {
  return "text" in known ? known.text.trim().replace(/\s+/g, " ").toLowerCase() : "";
}
