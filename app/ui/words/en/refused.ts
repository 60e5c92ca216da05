/** What `Refused` says, by its code. */
export const refused = {
  "sign-in.spent": "This code or link is not valid, was already used, or is too old. Ask for a new one.",
} as const;
