/** What is held back until a day, and comes back on it. */
export const reviews = {
  title: "Held back until a day",
  waitingTitle_one: "{{count}} look-up came back for a new decision",
  waitingTitle_other: "{{count}} look-ups came back for a new decision",
  waitingText:
    "The day has come until which you held these back. Decide each anew. What you disclose goes to the resident as a new edition once a supervisor has approved it; to hold something back again, give the reason that holds now.",
  lineOf: "Look-up of {{when}}",
  wholeLine: "the whole line",
  day: "day of the next look: {{date}}",
  nextText: "These come back by themselves. The day is your agency’s own; the law’s clock ended with the first answer.",
  nextDay_one: "{{date}}: {{count}} line or field",
  nextDay_other: "{{date}}: {{count}} lines or fields",
  came: "Came back on {{date}}",
  filter: "Comes back",
  empty: "Nothing is held back until a day",
  queueWaiting_one: "{{count}} look-up to decide anew",
  queueWaiting_other: "{{count}} look-ups to decide anew",
  queueNext: "Next look on {{date}}",
  refusedSameReason:
    "This came back because its day has come. To hold it back again, say what the reason is now; the former one was good until that day.",
  actReturned: "Looked for lines whose day of the next look has come",
} as const;
