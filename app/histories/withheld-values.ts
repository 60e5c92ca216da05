/** Everything that must not be in the bytes of a released document: what the gate searches for. */
import { type AccessEvent, type Cell, freeTextsOf } from "#app/feeds/access-event.ts";
import { findPlates } from "#app/feeds/plates-in-text.ts";
import { localDate } from "#app/platform/time/local-date.ts";
import {
  cellsOf,
  instantOf,
  isOwn,
  loggedValue,
  type MatchedEvent,
  type OwnOn,
  ownOn,
  type Reading,
  sayInstant,
} from "./cells.ts";
import { type Decision, type Effective, hidesField, hidesLine } from "./decision.ts";
import { FIELDS, type Field } from "./history.ts";

/**
 * The values that these decisions hold back, each once: the fields of withheld lines, redacted
 * fields, the identifiers of other people in any event, and the clerks' reasons.
 */
export function withheldValues(
  events: readonly MatchedEvent[],
  effectiveOf: (eventId: string) => Effective,
  reading: Reading,
): string[] {
  const values = events.flatMap((matched) => {
    const effective = effectiveOf(matched.eventId);
    const hidden = hidesLine(effective) ? FIELDS : FIELDS.filter((field) => hidesField(effective, field));
    return [
      ...hidden.flatMap((field) => valuesIn(field, matched, reading)),
      ...otherPeople(matched.event, ownOn(localDate(instantOf(matched.event), reading.zone), reading.own)),
      ...reasonsOf(effective),
    ];
  });
  return [...new Set(values.map((value) => value.trim()).filter((value) => value !== ""))];
}

/** The values of one field in every spelling in which they could get out. */
function valuesIn(field: Field, matched: MatchedEvent, reading: Reading): string[] {
  const { event } = matched;
  switch (field) {
    case "at":
      return [event.at, event.timeAsLogged, sayInstant(instantOf(event), reading)];
    case "system":
      // Which systems a custodian keeps logs of stands in every answer, with their coverage.
      return [];
    case "agency":
      return present(event.org);
    case "user":
      return present(event.user);
    case "searchedBy":
      return event.searchedBy.flatMap((term) => (term.state === "value" ? [term.value] : []));
    case "purpose":
      return present(event.purpose);
    case "caseNumber":
      return present(event.caseNumber);
    case "scope": {
      // Its parts ("Last 30 days") are the same in most lines and say nothing by themselves.
      const { scope } = cellsOf(matched, reading);
      return [...(scope.kind === "shown" ? [scope.text] : []), ...present(event.textPrompt)];
    }
  }
}

function present(cell: Cell): string[] {
  const value = loggedValue(cell);
  return value === null ? [] : [value];
}

/** Plates and licences of others: what was searched for besides, and what somebody typed into a text. */
function otherPeople(event: AccessEvent, keep: OwnOn): string[] {
  const searched = event.searchedBy.flatMap((term) =>
    term.state === "value" && !isOwn(term, keep) ? [term.value] : [],
  );
  const typed = freeTextsOf(event)
    .flatMap(findPlates)
    .filter((plate) => !keep.plates.has(plate));
  return [...searched, ...typed];
}

function reasonsOf({ line, fields }: Effective): string[] {
  const decisions: (Decision | null)[] = [line, ...fields.values()];
  return decisions.flatMap((decision) => (decision?.reason ? [decision.reason] : []));
}
