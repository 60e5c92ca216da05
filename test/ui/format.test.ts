import { describe, expect, it, onTestFinished } from "vitest";
import { daysBetween, formatDate, formatInstant, formatMonth, formatPeriod, formatWeekday } from "#app/ui/format.ts";

describe("a day in words", () => {
  it.each([
    ["2026-03-04", "March 4, 2026", "4 de marzo de 2026"],
    ["2024-02-29", "February 29, 2024", "29 de febrero de 2024"],
    ["1969-12-31", "December 31, 1969", "31 de diciembre de 1969"],
  ])("%s is the same day in both languages", (day, english, spanish) => {
    expect(formatDate(day, "en")).toBe(english);
    expect(formatDate(day, "es")).toBe(spanish);
  });

  it("carries its weekday where that helps", () => {
    expect(formatWeekday("2026-03-04", "en")).toBe("Wednesday, March 4, 2026");
    expect(formatWeekday("2026-03-04", "es")).toBe("miércoles, 4 de marzo de 2026");
  });

  it.each(["2026-02-30", "2026-13-01", "2026-00-10", "2026-1-1", "2026-03-04T00:00:00Z", ""])("refuses %j", (day) => {
    expect(() => formatDate(day, "en")).toThrow(RangeError);
  });
});

describe("a month and a period", () => {
  it("are worded by language", () => {
    expect(formatMonth("2026-03", "es")).toBe("marzo de 2026");
    expect(formatPeriod({ from: "2026-03-04", to: "2026-05-01" }, "en", "to")).toBe("March 4, 2026 to May 1, 2026");
  });
});

describe("an instant", () => {
  it("shows the wall clock of the agency's zone, on the right side of midnight and of summer time", () => {
    const winter = formatInstant("2026-01-02T07:30:00Z", "America/Los_Angeles", "en");
    expect(winter).toBe("Jan 1, 2026, 11:30 PM PST");
    expect(formatInstant("2026-07-02T06:30:00Z", "America/Los_Angeles", "en")).toBe("Jul 1, 2026, 11:30 PM PDT");
  });

  it("holds no special space, on which server and browser would disagree", () => {
    const ours = Object.getOwnPropertyDescriptor(Intl.DateTimeFormat.prototype, "format") ?? {};
    const theirs = { configurable: true, get: () => () => "Jan 1, 2026, 11:30\u202fp.\u00a0m." };
    onTestFinished(() => void Object.defineProperty(Intl.DateTimeFormat.prototype, "format", ours));
    Object.defineProperty(Intl.DateTimeFormat.prototype, "format", theirs);
    expect(formatInstant("2026-01-02T07:30:00Z", "America/Los_Angeles", "es")).toBe("Jan 1, 2026, 11:30 p. m.");
  });
});

describe("days between", () => {
  it("are whole days, across the change to summer time too", () => {
    expect(daysBetween("2026-03-07", "2026-03-09")).toBe(2);
    expect(daysBetween("2026-03-09", "2026-03-07")).toBe(-2);
    expect(daysBetween("2024-02-28", "2024-03-01")).toBe(2);
  });
});
