export const calendar = {
  title: "Your dates in your own calendar",
  lead: "Your calendar program can read your dates here, from a secret address. When a date moves, it moves there too.",
  noneText: "You have no secret address now.",
  since: "You have a secret address since {{date}}. It was shown once, when it was made; nobody can show it again.",
  make: "Make a secret address",
  changeTitle: "Change or stop your address",
  makeAgain: "Make a new address",
  makeAgainHelp:
    "With a new address the old one stops at once. Give the new one to every program that used the old one.",
  revoke: "Stop the address",
  revokeHelp:
    "If you stop it, nothing can be read through it any more. Dates that a program has copied stay there until you remove them.",
  revoked: "The address is stopped. Nothing can be read through it any more.",
  madeTitle: "This is your secret address",
  madeText: "Copy it now. It is shown this once.",
  address: "Secret address",
  addressHint:
    "Whoever has it can read these dates without signing in. Give it to nobody. If somebody may have seen it, make a new one.",
  showsTitle: "What your calendar shows",
  showsNumbers: "The number of a case or a complaint, and what the date is for. No name, no plate, no look-up.",
  showsNow:
    "Only what you may open at that moment. A case that is closed to you is not there, and without your role nothing is.",
  showsLink: "A link to the page. To read more, you sign in as always.",
  showsStill: "No date while a clock stands still. It comes back when the clock runs again.",
  showsPage: "Programs look for changes some times a day. The date that counts is the one on the page.",
  howTitle: "How to add it to your calendar",
  howGoogle: "Google Calendar, on a computer: beside “Other calendars”, choose +, then “From URL”. Paste the address.",
  howPhone:
    "iPhone or iPad: in Calendar, choose Calendars, Add Calendar, Add Subscription Calendar. Paste the address.",
  howMac: "Calendar on a Mac: choose File, New Calendar Subscription. Paste the address.",
  howOutlook: "Outlook: choose Add calendar, Subscribe from web. Paste the address.",
  howThunderbird: "Thunderbird: choose New Calendar, On the Network, iCalendar (ICS). Paste the address.",
  howOthers:
    "Some calendars are kept by another company, which can then read these dates. Ask where you work whether that is allowed.",
  feedName: "WhoLooked dates",
  dayDue: "{{number}}: answer due",
  dayTarget: "{{number}}: our target for the answer",
  dayNotice: "{{number}}: last day to tell of an extension",
  dayPromised: "{{number}}: records promised",
  dayComplaint: "{{number}}: next date of the complaint",
  dayFollowed: "{{number}}: next date",
  gone: "There is no calendar at this address.",
} as const;
