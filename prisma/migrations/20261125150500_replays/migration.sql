-- Rows of a quarantine that a job reads again, with what became of them.
CREATE TABLE "replay" (
    "id" UUID NOT NULL,
    "agency_id" UUID NOT NULL,
    "system_id" UUID NOT NULL,
    "reason" TEXT,
    "batch_id" UUID,
    "by_id" UUID NOT NULL,
    "by_role" TEXT,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "rows" INTEGER NOT NULL,
    "stored" INTEGER NOT NULL DEFAULT 0,
    "duplicates" INTEGER NOT NULL DEFAULT 0,
    "waiting" INTEGER NOT NULL DEFAULT 0,
    "after" UUID,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "replay_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "replay_agency_id_system_id_asked_at_idx" ON "replay"("agency_id", "system_id", "asked_at");

-- Of one log, one at a time. PostgreSQL's own; the schema's language cannot say it.
CREATE UNIQUE INDEX "replay_running_key" ON "replay"("agency_id", "system_id") WHERE "finished_at" IS NULL;
