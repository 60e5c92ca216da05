-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "data_key" (
    "id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "wrapped" BYTEA NOT NULL,
    "kek_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "data_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox_mail" (
    "id" UUID NOT NULL,
    "template" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "key_id" UUID NOT NULL,
    "to_sealed" BYTEA NOT NULL,
    "params_sealed" BYTEA NOT NULL,
    "message_id" TEXT NOT NULL,
    "about_type" TEXT,
    "about_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "outbox_mail_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mail_event" (
    "id" UUID NOT NULL,
    "mail_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "detail" TEXT,

    CONSTRAINT "mail_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "setting" (
    "name" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "agency" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "address" TEXT[],
    "email" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "aliases" TEXT[],
    "demo" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "agency_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "agency_closure" (
    "agency_id" UUID NOT NULL,
    "on" DATE NOT NULL,
    "why" TEXT NOT NULL,

    CONSTRAINT "agency_closure_pkey" PRIMARY KEY ("agency_id","on")
);

-- CreateTable
CREATE TABLE "system" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "about" JSONB NOT NULL,

    CONSTRAINT "system_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "custody" (
    "agency_id" UUID NOT NULL,
    "system_id" UUID NOT NULL,
    "profile" TEXT NOT NULL,
    "rhythm_days" INTEGER NOT NULL,
    "kept_days" INTEGER,

    CONSTRAINT "custody_pkey" PRIMARY KEY ("agency_id","system_id")
);

-- CreateTable
CREATE TABLE "account" (
    "id" UUID NOT NULL,
    "email_tag" UUID NOT NULL,
    "key_id" UUID NOT NULL,
    "email_sealed" BYTEA NOT NULL,
    "name_sealed" BYTEA NOT NULL,
    "locale" TEXT NOT NULL,
    "demo" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "membership" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "agency_id" UUID,
    "role" TEXT NOT NULL,
    "organisation" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "membership_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in" (
    "id" UUID NOT NULL,
    "email_tag" UUID NOT NULL,
    "key_id" UUID NOT NULL,
    "email_sealed" BYTEA NOT NULL,
    "locale" TEXT NOT NULL,
    "link_hash" TEXT NOT NULL,
    "code_hash" TEXT NOT NULL,
    "asker_hash" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "demo" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "sign_in_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" TEXT NOT NULL,
    "account_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "batch" (
    "id" UUID NOT NULL,
    "agency_id" UUID NOT NULL,
    "system_id" UUID NOT NULL,
    "profile" TEXT NOT NULL,
    "key_id" UUID NOT NULL,
    "digest" TEXT,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "rows" INTEGER NOT NULL DEFAULT 0,
    "stored" INTEGER NOT NULL DEFAULT 0,
    "duplicates" INTEGER NOT NULL DEFAULT 0,
    "quarantined" INTEGER NOT NULL DEFAULT 0,
    "first_on" DATE,
    "last_on" DATE,
    "received_by" UUID,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "refusal" TEXT,

    CONSTRAINT "batch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "quarantine" (
    "id" UUID NOT NULL,
    "batch_id" UUID NOT NULL,
    "row" INTEGER NOT NULL,
    "row_tag" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "raw_sealed" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "agency_id" UUID NOT NULL,
    "system_id" UUID NOT NULL,

    CONSTRAINT "quarantine_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "request" (
    "id" UUID NOT NULL,
    "number" TEXT,
    "resident_id" UUID NOT NULL,
    "key_id" UUID NOT NULL,
    "answers_sealed" BYTEA NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "locale" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "saved_at" TIMESTAMPTZ(3) NOT NULL,
    "filed_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "identifier" (
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "value_sealed" BYTEA NOT NULL,
    "tag" UUID NOT NULL,
    "claimed_from" DATE NOT NULL,
    "claimed_to" DATE,

    CONSTRAINT "identifier_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "identifier_check" (
    "id" UUID NOT NULL,
    "identifier_id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "verdict" TEXT NOT NULL,
    "basis" TEXT NOT NULL,
    "valid_from" DATE,
    "valid_to" DATE,
    "by" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "identifier_check_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "case" (
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "agency_id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "case_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "clock_event" (
    "id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "on" DATE NOT NULL,
    "length" INTEGER,
    "ground" TEXT,
    "by" UUID,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "clock_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "wall" (
    "request_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "wall_pkey" PRIMARY KEY ("request_id","account_id")
);

-- CreateTable
CREATE TABLE "match" (
    "id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "event_at" TIMESTAMPTZ(3) NOT NULL,
    "identifier_id" UUID NOT NULL,
    "evidence" TEXT[],
    "found_at" TIMESTAMPTZ(3) NOT NULL,
    "verdict" TEXT,
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "match_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "decision" (
    "id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "field" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "exemption" TEXT,
    "key_id" UUID NOT NULL,
    "reason_sealed" BYTEA,
    "review_on" DATE,
    "by" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "history_step" (
    "id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "edition" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "by" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "key_id" UUID NOT NULL,
    "note_sealed" BYTEA,
    "digest" TEXT,

    CONSTRAINT "history_step_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "release" (
    "id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "edition" INTEGER NOT NULL,
    "key_id" UUID NOT NULL,
    "model_sealed" BYTEA NOT NULL,
    "lines_sealed" BYTEA NOT NULL,
    "file_id" UUID NOT NULL,
    "sha256" TEXT NOT NULL,
    "line_count" INTEGER NOT NULL,
    "withheld_count" INTEGER NOT NULL,
    "released_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "release_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dispute" (
    "id" UUID NOT NULL,
    "release_id" UUID NOT NULL,
    "resident_id" UUID NOT NULL,
    "key_id" UUID NOT NULL,
    "words_sealed" BYTEA NOT NULL,
    "form_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "dispute_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dispute_line" (
    "dispute_id" UUID NOT NULL,
    "line" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,

    CONSTRAINT "dispute_line_pkey" PRIMARY KEY ("dispute_id","line")
);

-- CreateTable
CREATE TABLE "complaint" (
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "dispute_id" UUID NOT NULL,
    "resident_id" UUID NOT NULL,
    "venue" TEXT NOT NULL,
    "agency_id" UUID NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "complaint_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "complaint_event" (
    "id" UUID NOT NULL,
    "complaint_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "detail" TEXT,
    "on" DATE NOT NULL,
    "by" UUID,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "key_id" UUID NOT NULL,
    "note_sealed" BYTEA,

    CONSTRAINT "complaint_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "consent" (
    "id" UUID NOT NULL,
    "complaint_id" UUID NOT NULL,
    "advocate_id" UUID NOT NULL,
    "given_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "consent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "counter" (
    "name" TEXT NOT NULL,
    "value" INTEGER NOT NULL,

    CONSTRAINT "counter_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE INDEX "data_key_purpose_idx" ON "data_key"("purpose");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_mail_message_id_key" ON "outbox_mail"("message_id");

-- CreateIndex
CREATE INDEX "outbox_mail_about_type_about_id_idx" ON "outbox_mail"("about_type", "about_id");

-- CreateIndex
CREATE INDEX "mail_event_mail_id_at_idx" ON "mail_event"("mail_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "agency_slug_key" ON "agency"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "system_slug_key" ON "system"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "account_email_tag_key" ON "account"("email_tag");

-- CreateIndex
CREATE INDEX "membership_account_id_idx" ON "membership"("account_id");

-- CreateIndex
CREATE INDEX "membership_agency_id_role_idx" ON "membership"("agency_id", "role");

-- CreateIndex
CREATE UNIQUE INDEX "sign_in_link_hash_key" ON "sign_in"("link_hash");

-- CreateIndex
CREATE INDEX "sign_in_email_tag_created_at_idx" ON "sign_in"("email_tag", "created_at");

-- CreateIndex
CREATE INDEX "sign_in_asker_hash_idx" ON "sign_in"("asker_hash");

-- CreateIndex
CREATE INDEX "session_account_id_idx" ON "session"("account_id");

-- CreateIndex
CREATE INDEX "batch_agency_id_system_id_received_at_idx" ON "batch"("agency_id", "system_id", "received_at");

-- CreateIndex
CREATE INDEX "quarantine_batch_id_row_idx" ON "quarantine"("batch_id", "row");

-- CreateIndex
CREATE UNIQUE INDEX "quarantine_agency_id_system_id_row_tag_key" ON "quarantine"("agency_id", "system_id", "row_tag");

-- CreateIndex
CREATE UNIQUE INDEX "request_number_key" ON "request"("number");

-- CreateIndex
CREATE INDEX "request_resident_id_idx" ON "request"("resident_id");

-- CreateIndex
CREATE INDEX "identifier_request_id_idx" ON "identifier"("request_id");

-- CreateIndex
CREATE INDEX "identifier_check_case_id_identifier_id_at_idx" ON "identifier_check"("case_id", "identifier_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "case_number_key" ON "case"("number");

-- CreateIndex
CREATE INDEX "case_agency_id_idx" ON "case"("agency_id");

-- CreateIndex
CREATE UNIQUE INDEX "case_request_id_agency_id_key" ON "case"("request_id", "agency_id");

-- CreateIndex
CREATE INDEX "clock_event_case_id_on_idx" ON "clock_event"("case_id", "on");

-- CreateIndex
CREATE INDEX "wall_account_id_idx" ON "wall"("account_id");

-- CreateIndex
CREATE UNIQUE INDEX "match_case_id_event_id_key" ON "match"("case_id", "event_id");

-- CreateIndex
CREATE INDEX "decision_case_id_event_id_field_at_idx" ON "decision"("case_id", "event_id", "field", "at");

-- CreateIndex
CREATE INDEX "history_step_case_id_edition_at_idx" ON "history_step"("case_id", "edition", "at");

-- CreateIndex
CREATE UNIQUE INDEX "release_sha256_key" ON "release"("sha256");

-- CreateIndex
CREATE UNIQUE INDEX "release_case_id_edition_key" ON "release"("case_id", "edition");

-- CreateIndex
CREATE UNIQUE INDEX "dispute_form_id_key" ON "dispute"("form_id");

-- CreateIndex
CREATE INDEX "dispute_resident_id_idx" ON "dispute"("resident_id");

-- CreateIndex
CREATE UNIQUE INDEX "complaint_number_key" ON "complaint"("number");

-- CreateIndex
CREATE INDEX "complaint_agency_id_idx" ON "complaint"("agency_id");

-- CreateIndex
CREATE INDEX "complaint_resident_id_idx" ON "complaint"("resident_id");

-- CreateIndex
CREATE UNIQUE INDEX "complaint_dispute_id_venue_agency_id_key" ON "complaint"("dispute_id", "venue", "agency_id");

-- CreateIndex
CREATE INDEX "complaint_event_complaint_id_on_idx" ON "complaint_event"("complaint_id", "on");

-- CreateIndex
CREATE INDEX "consent_advocate_id_idx" ON "consent"("advocate_id");

-- CreateIndex
CREATE INDEX "consent_complaint_id_idx" ON "consent"("complaint_id");

-- AddForeignKey
ALTER TABLE "mail_event" ADD CONSTRAINT "mail_event_mail_id_fkey" FOREIGN KEY ("mail_id") REFERENCES "outbox_mail"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agency_closure" ADD CONSTRAINT "agency_closure_agency_id_fkey" FOREIGN KEY ("agency_id") REFERENCES "agency"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "custody" ADD CONSTRAINT "custody_agency_id_fkey" FOREIGN KEY ("agency_id") REFERENCES "agency"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "custody" ADD CONSTRAINT "custody_system_id_fkey" FOREIGN KEY ("system_id") REFERENCES "system"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_agency_id_fkey" FOREIGN KEY ("agency_id") REFERENCES "agency"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quarantine" ADD CONSTRAINT "quarantine_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "batch"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identifier" ADD CONSTRAINT "identifier_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identifier_check" ADD CONSTRAINT "identifier_check_identifier_id_fkey" FOREIGN KEY ("identifier_id") REFERENCES "identifier"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identifier_check" ADD CONSTRAINT "identifier_check_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case" ADD CONSTRAINT "case_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clock_event" ADD CONSTRAINT "clock_event_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "wall" ADD CONSTRAINT "wall_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "match" ADD CONSTRAINT "match_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision" ADD CONSTRAINT "decision_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "history_step" ADD CONSTRAINT "history_step_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release" ADD CONSTRAINT "release_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dispute" ADD CONSTRAINT "dispute_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "release"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dispute_line" ADD CONSTRAINT "dispute_line_dispute_id_fkey" FOREIGN KEY ("dispute_id") REFERENCES "dispute"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "complaint" ADD CONSTRAINT "complaint_dispute_id_fkey" FOREIGN KEY ("dispute_id") REFERENCES "dispute"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "complaint_event" ADD CONSTRAINT "complaint_event_complaint_id_fkey" FOREIGN KEY ("complaint_id") REFERENCES "complaint"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent" ADD CONSTRAINT "consent_complaint_id_fkey" FOREIGN KEY ("complaint_id") REFERENCES "complaint"("id") ON DELETE RESTRICT ON UPDATE CASCADE;



-- ---- plain SQL: what Prisma does not know ----

-- The access-event store. Months while hot; the partition of a month is made when its first event
-- arrives (feeds/partitions.server.ts). Nothing readable stands here: payloads are sealed, keys are
-- keyed hashes cut to 16 bytes and kept as uuid, which PostgreSQL compares and indexes fastest.
CREATE SCHEMA events;

CREATE TABLE events.access_event (
  id         uuid        NOT NULL,
  at         timestamptz NOT NULL,
  agency_id  uuid        NOT NULL,
  system_id  uuid        NOT NULL,
  batch_id   uuid        NOT NULL,
  row_no     integer     NOT NULL,
  row_tag    uuid        NOT NULL, -- identity of the row within its feed: the same row twice is one event
  user_tag   uuid,                 -- blind index of the user who searched
  key_id     uuid        NOT NULL, -- the batch's data key
  flags      smallint    NOT NULL, -- bit 0 bulk, bit 1 automatic, bit 2 other identifiers stand in free text
  payload    bytea       NOT NULL, -- the canonical event (feeds/access-event.ts), sealed
  PRIMARY KEY (id, at),
  UNIQUE (row_tag, at)
) PARTITION BY RANGE (at);

-- By what a person was searched, one row for each identifier: no single key holds a subject.
CREATE TABLE events.search_key (
  tag      uuid        NOT NULL,
  at       timestamptz NOT NULL,
  event_id uuid        NOT NULL,
  place    smallint    NOT NULL, -- 0: searched by; 1: named in free text
  PRIMARY KEY (tag, at, event_id, place)
) PARTITION BY RANGE (at);

-- The portal's own record of every act and every read.
CREATE SCHEMA ledger;

CREATE TABLE ledger.entry (
  seq         bigint      PRIMARY KEY,
  at          timestamptz NOT NULL,
  act         text        NOT NULL,
  resident_id uuid,
  request_id  uuid,
  case_id     uuid,
  agency_id   uuid,
  body        text        NOT NULL, -- canonical JSON: the bytes that are hashed
  previous    bytea       NOT NULL,
  hash        bytea       NOT NULL
);
CREATE INDEX entry_resident ON ledger.entry (resident_id, seq) WHERE resident_id IS NOT NULL;
CREATE INDEX entry_case ON ledger.entry (case_id, seq) WHERE case_id IS NOT NULL;

CREATE FUNCTION ledger.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the ledger is append-only';
END $$;
CREATE TRIGGER entry_immutable BEFORE UPDATE OR DELETE ON ledger.entry
  FOR EACH ROW EXECUTE FUNCTION ledger.refuse();
CREATE TRIGGER entry_untruncated BEFORE TRUNCATE ON ledger.entry
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse();

-- The same for the other append-only lists.
CREATE TRIGGER clock_event_immutable BEFORE UPDATE OR DELETE ON clock_event
  FOR EACH ROW EXECUTE FUNCTION ledger.refuse();
CREATE TRIGGER complaint_event_immutable BEFORE UPDATE OR DELETE ON complaint_event
  FOR EACH ROW EXECUTE FUNCTION ledger.refuse();
CREATE TRIGGER decision_immutable BEFORE UPDATE OR DELETE ON decision
  FOR EACH ROW EXECUTE FUNCTION ledger.refuse();
CREATE TRIGGER release_immutable BEFORE UPDATE OR DELETE ON release
  FOR EACH ROW EXECUTE FUNCTION ledger.refuse();
