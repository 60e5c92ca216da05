import type { WordKey } from "#app/ui/words/words.ts";

/** What was done, by the ledger's code, in words for the resident. */
const ACT_WORDS: Readonly<Record<string, WordKey>> = {
  "request.started": "request.actRequestStarted",
  "request.saved": "request.actRequestSaved",
  "request.filed": "request.actRequestFiled",
  "request.read": "request.actRequestRead",
  "readers.read": "request.actReadersRead",
  "case.created": "request.actCaseCreated",
  "case.read": "request.actCaseRead",
  "identifier.checked": "request.actIdentifierChecked",
  "matches.found": "request.actMatchesFound",
  "match.decided": "request.actMatchDecided",
  "line.decided": "request.actLineDecided",
  "line.read": "request.actLineRead",
  "field.decided": "request.actFieldDecided",
  "proposal.read": "request.actProposalRead",
  "history.proposed": "request.actHistoryProposed",
  "history.sent-back": "request.actHistorySentBack",
  "history.approved": "request.actHistoryApproved",
  "history.gate-failed": "request.actHistoryGateFailed",
  "history.released": "request.actHistoryReleased",
  "release.read": "request.actReleaseRead",
  "release.file-read": "request.actReleaseDownloaded",
  "complaint.filed": "request.actComplaintFiled",
  "complaint.read": "request.actComplaintRead",
  "complaint.moved": "request.actComplaintMoved",
  "complaint.reminded": "request.actComplaintReminded",
  "complaint.withdrawn": "request.actComplaintWithdrawn",
  "case.extended": "request.actCaseExtended",
  "resident.asked": "request.actResidentAsked",
  "resident.answered": "request.actResidentAnswered",
  "clock.paused": "request.actClockPaused",
  "clock.resumed": "request.actClockResumed",
  "clock.read": "request.actClockRead",
  "determination.sent": "request.actDeterminationSent",
  "denial.sent": "request.actDenialSent",
  "letter.read": "request.actLetterRead",
  "clock.told": "request.actClockTold",
  "consent.given": "request.actConsentGiven",
  "consent.revoked": "request.actConsentRevoked",
  "request.purged": "purge.act",
};

/** The sentence for an act; one without words of its own is shown by its code, never left out. */
export function actWords(act: string): { key: WordKey; params: Record<string, string> } {
  return { key: ACT_WORDS[act] ?? "request.actOther", params: { act } };
}

const ROLE_WORDS: Readonly<Record<string, WordKey>> = {
  resident: "request.roleResident",
  clerk: "request.roleClerk",
  supervisor: "request.roleSupervisor",
  intake: "request.roleIntake",
  advocate: "request.roleAdvocate",
  operator: "request.roleOperator",
  system: "request.roleSystem",
};

export function roleWords(role: string): WordKey {
  return ROLE_WORDS[role] ?? "request.roleOther";
}
