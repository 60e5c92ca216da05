export const privacy = {
  title: "What we keep, and how it is protected",
  lead: "A site that tells people who looked must not become a way to look. So we keep little, and lock it well.",
  keepTitle: "What we keep",
  keepAsk: "What you type when you ask: your name, birth date, license plates and the like, and how we may reach you.",
  keepLogs:
    "The search logs that agencies deliver to us, which may mention you. They hold the searches, never the records that were found.",
  keepTrail:
    "A record of everyone who opens your request, with the time and the reason. You can read it. It cannot be changed without being noticed.",
  protectTitle: "How it is protected",
  protectSealed:
    "Names, plates, license numbers and birth dates are encrypted, each request with a key of its own. A stolen copy of the database shows none of them.",
  protectTwo:
    "Two people at the agency must look at an answer before it goes out, and the one who prepared it cannot approve it.",
  protectMail: "Mail from us says only that something is ready. No agency, no name, no result.",
  protectProof:
    "An agency answers only after it has checked who you are, and that each plate or license is yours. A name and a birth date are not enough.",
  notTitle: "What we do not do",
  notTrack: "No trackers, no advertising, nothing loaded from other companies.",
  notSell: "Nothing is sold, and nothing is used for anything but your request.",
  notNews: "No one learns from this site whether another person has asked, or is found in a log.",
  cookiesTitle: "Cookies",
  cookiesText:
    "One cookie keeps you signed in, one remembers your language. If you use a second factor, one more remembers for 90 days that you have shown it in this browser. All stay on this site. “Leave this site now” deletes them.",
  deleteTitle: "How long we keep it",
  deleteText:
    "Nothing is deleted by itself. Ask the agency that runs this site. Each request is encrypted with a key of its own: when that key is destroyed, no one can read the request any more, us included.",
} as const;
