import fc from "fast-check";
import { expect, test } from "vitest";
import { getCalendar } from "#app/law/calendars.ts";
import { compute } from "#app/law/clock.ts";
import { listRules } from "#app/law/law.ts";
import { addPeriod } from "#app/law/local-date.ts";

const rule = fc.constantFrom(...listRules());
const day = fc.integer({ min: 0, max: 25_000 }).map((days) => addPeriod("2023-01-01", days, "days"));
const offset = fc.integer({ min: 0, max: 80 });

function after(on: string, days: number): string {
  return addPeriod(on, days, "days");
}

test("a closure never moves a date earlier, and moves due and latest only", () => {
  fc.assert(
    fc.property(
      rule,
      day,
      fc.array(offset, { maxLength: 6 }),
      fc.array(offset, { maxLength: 6 }),
      (law, on, some, more) => {
        const few = compute(law, [{ kind: "received", on }], { closures: some.map((days) => after(on, days)) });
        const many = compute(law, [{ kind: "received", on }], {
          closures: [...some, ...more].map((days) => after(on, days)),
        });
        expect(many.due >= few.due && many.latest >= few.latest).toBe(true);
        if (law.period.unit !== "working-days") expect(many.nominal).toBe(few.nominal);
      },
    ),
  );
});

test("where a rule rolls, due and latest are never a day off, and nothing rolls backward", () => {
  fc.assert(
    fc.property(rule, day, fc.array(offset, { maxLength: 10 }), (law, on, closed) => {
      const closures = closed.map((days) => after(on, days));
      const clock = compute(law, [{ kind: "received", on }], { closures });
      expect(clock.nominal <= clock.due && clock.due <= clock.latest).toBe(true);
      if (law.rolling) {
        for (const last of [clock.due, clock.latest]) {
          expect(getCalendar(law.rolling.calendar).find(last)).toBeNull();
          expect(closures).not.toContain(last);
        }
        for (const id of law.rolling.arguable) expect(getCalendar(id).find(clock.latest)).toBeNull();
      } else {
        expect(clock.due).toBe(clock.nominal);
      }
    }),
  );
});

test("a later receipt never gives an earlier date, and an extension never shortens", () => {
  fc.assert(
    fc.property(rule, day, offset, (law, on, later) => {
      const first = compute(law, [{ kind: "received", on }]);
      expect(compute(law, [{ kind: "received", on: after(on, later) }]).due >= first.due).toBe(true);
      if (!law.extension) return;
      const extended = compute(law, [
        { kind: "received", on },
        { kind: "extended", on },
      ]);
      expect(extended.due > first.due && extended.noticeDue === first.noticeDue).toBe(true);
    }),
  );
});

test("the order in which events are handed over does not matter", () => {
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 20 }), (on, asked, received) => {
      const law = listRules().find(({ id }) => id === "ca.ipa.access");
      if (!law) throw new Error("ca.ipa.access is missing");
      const events = [
        { kind: "received", on },
        { kind: "identity-asked", on: after(on, asked) },
        { kind: "identity-received", on: after(on, asked + received) },
      ] as const;
      expect(compute(law, events.toReversed())).toEqual(compute(law, events));
    }),
  );
});
