/**
 * Names, plates and addresses that the tests put into the portal: none of them may pass a log line, a job or the subject
 * of a letter. Whoever plants something new in a test adds it here, and every test watches for it.
 */
const PLANTED = [
  "canary",
  // test/platform, test/feeds
  "7CNR123",
  "9CNR888",
  "8CNR777",
  "25-CANARY",
  "planted.example",
  // test/histories, test/complaints
  "9ZQX417",
  "5KRW903",
  "7JJK281",
  "4MTR556",
  "quillfeather",
  "marrowby",
  "brindlewick",
  "varrenthal",
  "ostrowanka",
  "brackwater",
  // The demonstration's people
  "rosa delgado",
  "7DEM042",
] as const;

/** Of anybody: no address has any business in a log or a job. */
const MAIL_ADDRESS = String.raw`[a-z0-9._%+-]+@[a-z0-9-]+(\.[a-z0-9-]+)+`;

/** For PostgreSQL and for JavaScript alike; without regard to case. */
export const PLANTED_PATTERN = [...PLANTED.map((word) => word.replace(/[.]/g, "[.]")), MAIL_ADDRESS].join("|");

const pattern = new RegExp(PLANTED_PATTERN, "i");

/** What of it stands in a text, or null. */
export function findPlantedIn(text: string): string | null {
  return pattern.exec(text)?.[0] ?? null;
}
