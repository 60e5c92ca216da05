-- What clerks do at a case, in turn: an act has a number, what it touched bears it, and a form says which it has seen.
CREATE TABLE "desk_act" (
    "case_id" UUID NOT NULL,
    "no" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "lines" INTEGER NOT NULL,
    "undoes" INTEGER,
    "by" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "desk_act_pkey" PRIMARY KEY ("case_id","no")
);
CREATE UNIQUE INDEX "desk_act_case_id_undoes_key" ON "desk_act"("case_id", "undoes");
ALTER TABLE "desk_act" ADD CONSTRAINT "desk_act_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "decision" ADD COLUMN "act_no" INTEGER;
CREATE INDEX "decision_case_id_act_no_idx" ON "decision"("case_id", "act_no");

ALTER TABLE "match" ADD COLUMN "act_no" INTEGER;
-- Where a look-up belongs in the list, without opening it: its system, and keyed hashes, within the case, of the agency
-- that searched and of the group that it was made in. Null until somebody has opened the case's page.
ALTER TABLE "match" ADD COLUMN "system_id" UUID;
ALTER TABLE "match" ADD COLUMN "org_tag" UUID;
ALTER TABLE "match" ADD COLUMN "group_tag" UUID;

-- A verdict is written over; what stood there before an act is kept here, so that the act can be undone.
CREATE TABLE "former_verdict" (
    "case_id" UUID NOT NULL,
    "act_no" INTEGER NOT NULL,
    "event_id" UUID NOT NULL,
    "verdict" TEXT,
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "former_verdict_pkey" PRIMARY KEY ("case_id","act_no","event_id")
);
ALTER TABLE "former_verdict" ADD CONSTRAINT "former_verdict_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Who has had which look-up of a case open by itself, first.
CREATE TABLE "line_opening" (
    "case_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "line_opening_pkey" PRIMARY KEY ("case_id","account_id","event_id")
);
ALTER TABLE "line_opening" ADD CONSTRAINT "line_opening_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "line_note" (
    "id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "key_id" UUID NOT NULL,
    "note_sealed" BYTEA NOT NULL,
    "by" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "line_note_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "line_note_case_id_event_id_idx" ON "line_note"("case_id", "event_id");
ALTER TABLE "line_note" ADD CONSTRAINT "line_note_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Who is at a case now.
CREATE TABLE "desk_presence" (
    "case_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "desk_presence_pkey" PRIMARY KEY ("case_id","account_id")
);
ALTER TABLE "desk_presence" ADD CONSTRAINT "desk_presence_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
