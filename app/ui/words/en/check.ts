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
  fileHere:
    "Drop the file here or choose it. It does not leave your device: this page works out its fingerprint and asks for that alone.",
  reading: "The file is being checked.",
  unreadable: "The file could not be read. Choose it again.",
  alteredTitle: "This document was altered",
  altered:
    "It carries the signature of this site, but it is not as it was released: something in it was changed, added or removed. Rely on none of it. Ask for the file as it was downloaded.",
  unknownTitle: "This site has released no such file",
  unknown:
    "It does not carry the signature of this site. Either it did not come from here, or it was saved anew from another program: check the file as it was downloaded.",
} as const;
