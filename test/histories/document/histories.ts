/** Histories for the document's tests. Every name, agency and look-up is invented. */
import { type Cell, FIELDS, type Field, type History, type Line } from "#app/histories/history.ts";

export const shown = (text: string): Cell => ({ kind: "shown", text });
export const withheld = (ground = "informant"): Cell => ({ kind: "withheld", ground, reviewOn: "2027-01-15" });
export const absent = (why: Extract<Cell, { kind: "absent" }>["why"]): Cell => ({ kind: "absent", why });

export function lineOf(number: number, on: string | null, cells: Partial<Record<Field, Cell>> = {}): Line {
  const usual: Record<Field, Cell> = {
    at: on === null ? withheld() : shown(`${on} 14:05 PDT`),
    system: shown("Plate network"),
    agency: shown("Alder Creek Police"),
    user: shown("4be1c2d0-77aa-4c0e-9f11-2b7a5c9d1e33"),
    searchedBy: shown("plate 9ZQX417"),
    purpose: shown("Stolen vehicle follow-up"),
    caseNumber: shown("26-00417"),
    scope: shown("2,510 networks"),
  };
  return { number, on, cells: { ...usual, ...cells } };
}

const SHERIFF = shown("Marin Hills Sheriff");
const VARIETY: readonly Partial<Record<Field, Cell>>[] = [
  {},
  { user: withheld("investigation"), caseNumber: withheld("investigation") },
  { agency: SHERIFF, purpose: shown("inv"), caseNumber: absent("empty") },
  {
    user: absent("hidden-by-vendor"),
    purpose: shown(
      "Welfare check requested by family; officer asked dispatch to locate the vehicle near the river park",
    ),
  },
  { agency: SHERIFF, user: shown("dparrish"), purpose: absent("empty"), caseNumber: absent("placeholder") },
  {
    purpose: withheld("informant"),
    scope: absent("not-exported"),
    system: shown("Statewide law enforcement telecommunications"),
  },
];

/** A history with so many look-ups, of every kind, over thirteen months. */
export function historyOf(count: number, changes: Partial<History> = {}): History {
  const lines = Array.from({ length: count }, (_, index) => {
    const day = 396 - Math.floor(((index * index) % 977) * (396 / 977));
    const month = Math.floor(day / 31);
    const on = `${month >= 7 ? 2026 : 2025}-${String(((month + 5) % 12) + 1).padStart(2, "0")}-${String((day % 28) + 1).padStart(2, "0")}`;
    return lineOf(index + 1, on, VARIETY[index % VARIETY.length]);
  });
  return {
    locale: "en",
    reference: "WL-2026-00012-A",
    edition: 1,
    demo: true,
    agency: {
      name: "Alder Creek Police Department",
      unit: "Records Division",
      address: ["210 Mill Street", "Alder Creek, CA 90000"],
      email: "records@aldercreek.example",
    },
    resident: { name: "Ana Lucía Nguyễn Đào" },
    requestedOn: "2026-06-10",
    answeredOn: "2026-06-19",
    rule: { id: "ca.cpra.determination", cite: "Cal. Gov. Code § 7922.535(a)", due: "2026-06-22" },
    period: { from: "2025-06-01", to: "2026-06-10" },
    searchedFor: [{ kind: "Licence plate", value: "9ZQX417", from: "2025-03-02", to: null }],
    lines,
    withheld:
      count === 0
        ? []
        : [
            { number: count + 1, ground: "investigation", outcome: "defer", reviewOn: "2026-12-01" },
            { number: count + 2, ground: "informant", outcome: "withhold", reviewOn: null },
          ],
    grounds:
      count === 0
        ? []
        : [
            {
              id: "investigation",
              cite: "Cal. Gov. Code § 7923.600",
              plain: "An investigation is open, and naming who searched would show how it is being run.",
              uses: count,
            },
            {
              id: "informant",
              cite: "Cal. Evid. Code § 1041",
              plain: "The words would show who spoke to the police in confidence.",
              uses: 2,
            },
          ],
    coverage: [
      {
        system: "Plate network",
        custodian: "Alder Creek Police Department",
        asked: { from: "2025-06-01", to: "2026-06-10" },
        held: [
          { from: "2025-06-01", to: "2025-11-30" },
          { from: "2026-01-15", to: "2026-06-10" },
        ],
        missing: [{ from: "2025-12-01", to: "2026-01-14" }],
        unread: 3,
        latest: "2026-06-09",
      },
      {
        system: "Statewide law enforcement telecommunications",
        custodian: "State Department",
        asked: { from: "2025-06-01", to: "2026-06-10" },
        held: [],
        missing: [{ from: "2025-06-01", to: "2026-06-10" }],
        unread: 0,
        latest: null,
      },
    ],
    reviews: [
      { plain: "Ask a court to order the agency to release what it withheld.", cite: "Cal. Gov. Code § 7923.000" },
      {
        plain: "Write to the agency’s records supervisor, who must look at the answer afresh.",
        cite: "agency practice",
      },
    ],
    readers: [
      { at: "2026-06-11 09:12", role: "clerk", act: "Opened the request and checked identity" },
      { at: "2026-06-18 16:40", role: "supervisor", act: "Read the proposed answer and approved it" },
    ],
    checkUrl: "https://wholooked.example/check",
    ...changes,
  };
}

/** Every field of every look-up withheld. */
export function allWithheld(count: number, changes: Partial<History> = {}): History {
  const cells = Object.fromEntries(FIELDS.map((field) => [field, withheld()]));
  return historyOf(count, {
    lines: Array.from({ length: count }, (_, index) => lineOf(index + 1, null, cells)),
    ...changes,
  });
}
