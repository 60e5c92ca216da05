export const api = {
  title: "For machines that deliver logs",
  lead: "An agency's own system can deliver its access log by itself. Each delivery is signed, checked whole, and answered with what became of every row.",
  needTitle: "What you need",
  needKey: "A key pair of kind Ed25519. You keep the private key; nobody else ever sees it.",
  needRegister: "The public key, registered here by this portal’s operator, who answers with its keyid.",
  needClock:
    "A clock that is right: a request is taken for {{late}} seconds, and may be {{early}} seconds ahead of ours.",
  keys: "Several keys may be registered at once, so that one can replace another without a gap. A key that is lost is revoked at once: tell the operator.",
  sendTitle: "Delivering a file",
  sendAddress: "Send the file, as your system exports it, to this address, with the system’s short name in it:",
  sendSign: "Sign the request as RFC 9421 says (HTTP Message Signatures). The signature must cover:",
  sendDigest:
    "Content-Digest (RFC 9530) holds the SHA-256 of the file. Nothing becomes visible unless the whole file agrees with it.",
  sendIdempotency:
    "Idempotency-Key is a text of your own, new for each delivery. After a lost answer send the same again, signed anew: it is stored once, and you get the answer you missed.",
  sendNonce: "The nonce is new in every request. One that comes twice is refused.",
  sendQuery:
    "In the address you may say more: profile (the format), sequence (your own number of the delivery), from and to (the days of which it holds every look-up). A number or a day that is missing is shown as a gap.",
  sendTypes: "Content types that are taken:",
  sendLimit: "A file may have {{megabytes}} MB. Larger logs come in several files.",
  answerTitle: "The answer",
  answer201: "201: every row is accounted for. rows = stored + duplicates + quarantined.",
  answer202: "202: whole and kept; a large file is imported soon. Ask at the address in the answer, by a signed GET.",
  answer200: "200: the same delivery was here before; this is its batch.",
  exampleTitle: "A whole example",
  exampleText: "With bash, openssl 3 and curl:",
  problemsTitle: "When it is refused",
  problemsText:
    "The answer is problem+json (RFC 9457) with one of these codes. Nothing of a refused delivery is stored.",
  problemCode: "Code",
  problemStatus: "Status",
  problemMeaning: "What it means",
  description: "The description for programs (OpenAPI 3.1)",
} as const;
