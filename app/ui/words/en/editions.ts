/** The editions of one answer, and what each says that the one before did not. */
export const editions = {
  title: "Editions of this answer",
  lead: "Each edition stays as it was released. The newest is the one that counts.",
  edition: "Edition {{edition}} of {{date}}",
  newLines_one: "{{count}} of them is new.",
  newLines_other: "{{count}} of them are new.",
  newsTitle: "New in edition {{edition}}",
  newsSince:
    "This answer replaces edition {{edition}} of {{date}}. Everything is in it again; compared with that edition:",
  newsLines_one: "{{count}} look-up is shown for the first time: {{numbers}}.",
  newsLines_other: "{{count}} look-ups are shown for the first time: {{numbers}}.",
  newsChanged_one: "{{count}} look-up now reads differently: {{numbers}}.",
  newsChanged_other: "{{count}} look-ups now read differently: {{numbers}}.",
  newsGone_one: "{{count}} look-up that was shown there is not shown here.",
  newsGone_other: "{{count}} look-ups that were shown there are not shown here.",
  newsNothing: "The look-ups that are shown are the same.",
  noRecord: "This answer lists no look-up",
  run: "{{from}} to {{to}}",
} as const;
