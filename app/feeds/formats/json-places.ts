/** The places of rows in a document, as steps from its root. */

/** Into a member, or into each element of a list. */
export type Step = { key: string } | null;

export interface Way {
  steps: readonly Step[];
  list: string;
}

/** "entry[].resource" -> entry, each, resource. */
export function toWay(place: string): Way {
  const steps: Step[] = [];
  for (const part of place.split(".")) {
    const key = part.replace("[]", "");
    if (key !== "") steps.push({ key });
    if (part.endsWith("[]")) steps.push(null);
  }
  const [first] = steps;
  return { steps, list: first?.key ?? "" };
}
