/** The few questions that the walk asks outside a test runner; a wrong answer stops it with a sentence. */
export function expect<T>(found: T, what: string): { toBe(wanted: T): void; toContain(part: string): void } {
  return {
    toBe(wanted) {
      if (found !== wanted)
        throw new Error(`${what}: wanted ${JSON.stringify(wanted)}, found ${JSON.stringify(found)}`);
    },
    toContain(part) {
      if (!String(found).includes(part)) throw new Error(`${what}: wanted "${part}" in ${JSON.stringify(found)}`);
    },
  };
}
