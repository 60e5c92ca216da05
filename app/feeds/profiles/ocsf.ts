import { PLAIN, type Profile } from "../profile.ts";

const own = (name: string) => [`unmapped.${name}`];

/** Open Cybersecurity Schema Framework: Datastore Activity and API Activity, one event a line. */
export const ocsf: Profile = {
  ...PLAIN,
  id: "ocsf",
  version: 1,
  about: {
    en: "OCSF Datastore or API Activity, JSON Lines; plate, licence and case number under unmapped.*",
    es: "OCSF Datastore o API Activity, JSON Lines; placa, licencia y número de caso en unmapped.*",
  },
  formats: [{ kind: "json-lines", head: null, facts: {} }],
  only: { sources: ["class_uid"], values: ["6005", "6003"] },
  fields: {
    sourceId: ["metadata.uid"],
    at: ["time", "time_dt"],
    org: ["actor.user.org.name", "actor.user.org.uid", "metadata.log_provider"],
    orgCode: ["actor.user.org.uid"],
    user: ["actor.user.uid", "actor.user.name", "actor.user.email_addr"],
    userName: ["actor.user.full_name", "actor.user.name"],
    plate: own("plate"),
    licence: own("licence"),
    vin: own("vin"),
    "state-id": own("state_id"),
    ssn: own("ssn"),
    name: own("name"),
    "birth-date": own("birth_date"),
    purpose: own("reason"),
    purposeCode: own("purpose_code"),
    legalBasis: own("legal_basis"),
    caseNumber: own("case_number"),
    queryId: ["query_info.uid", "api.request.uid"],
    groupId: ["metadata.correlation_uid"],
    messageKey: ["api.operation", "query_info.name"],
    searchType: ["activity_name", "activity_id"],
    outcome: ["status", "status_id"],
    filters: ["query_info.query_string", "query_info.datastore_query"],
    bulk: own("bulk"),
    automatic: own("automatic"),
    hiddenReason: own("hidden_reason"),
    hiddenUntil: own("hidden_until"),
  },
  time: { formats: ["epoch-ms", "iso"], zone: null },
  states: { hiddenByVendor: ["***"], hiddenByAgency: ["REDACTED"], citation: null, placeholder: ["-"], empty: {} },
  listSeparator: null,
  codes: {
    outcome: {
      "1": { en: "Success", es: "Éxito" },
      "2": { en: "Failure", es: "Fallo" },
      Success: { en: "Success", es: "Éxito" },
      Failure: { en: "Failure", es: "Fallo" },
    },
  },
  marks: { bulk: { bulk: ["true"] }, automatic: { automatic: ["true"] }, sealed: {} },
};
