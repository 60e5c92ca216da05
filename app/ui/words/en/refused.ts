/** What `Refused` says, by its code. */
export const refused = {
  "release.frozen":
    "The mail address of this account was changed. To protect you, your answers are held back until {{until, datetime(dateStyle: long; timeZone: UTC)}}. They come sooner if you prove again to the agency who you are.",
  "release.elsewhere":
    "You came in by your mail alone, in a browser in which this request was not sent. To protect you, what was found, and what decides who may see it, does not open by your mail alone. Use the browser in which you sent the request. Or sign in with a second factor. Or ask the agency for a letter with a code, and type the code on the page “Prove who you are”.",
  "limit.tooOften": "That was too often in a short time. Wait {{minutes}} min and try again.",
  "sign-in.spent": "This code or link is not valid, was already used, or is too old. Ask for a new one.",
  "calendar.tooOften":
    "This calendar was read many times within {{seconds}} seconds. It can be read again when they have passed.",
} as const;
