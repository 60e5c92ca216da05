export const check = {
  title: "Check a document",
  lead: "Is this PDF really an answer that this site released, unaltered and the newest? You learn that, and nothing about the person.",
  file: "The PDF file",
  fileHint: "It is compared with the fingerprint that was recorded when the answer was released. It is not kept.",
  button: "Check this file",
  missing: "Choose the PDF file that you want to check.",
  tooLarge: "Choose a file of at most {{megabytes}} MB. No answer of this site is larger.",
  genuineTitle: "This document is genuine",
  genuine:
    "{{agency}} released exactly this file on {{date}}, as edition {{edition}} of its answer. It is the newest edition.",
  supersededTitle: "Genuine, but there is a newer edition",
  superseded:
    "{{agency}} released exactly this file on {{date}}, as edition {{edition}} of its answer. A later edition has replaced it.",
  unknownTitle: "This site has released no such file",
  unknown:
    "Either it was altered, if only by one letter, or it did not come from here. Printing it anew or saving it from another program alters a file too: check the file as it was downloaded.",
} as const;
