-- What a custodian promises and had promised, reminders of what is missing, rows taken out of quarantine with a
-- reason, and the profiles that clerks make.
-- AlterTable
ALTER TABLE "batch" ADD COLUMN     "discarded" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "custody" ADD COLUMN     "contact_key_id" UUID,
ADD COLUMN     "contact_sealed" BYTEA,
ADD COLUMN     "since" DATE;

-- AlterTable
ALTER TABLE "quarantine" ADD COLUMN     "discarded_at" TIMESTAMPTZ(3),
ADD COLUMN     "discarded_by" UUID,
ADD COLUMN     "discarded_sealed" BYTEA,
ADD COLUMN     "discarded_why" TEXT;

-- CreateTable
CREATE TABLE "former_promise" (
    "agency_id" UUID NOT NULL,
    "system_id" UUID NOT NULL,
    "until" DATE NOT NULL,
    "rhythm_days" INTEGER NOT NULL,
    "kept_days" INTEGER,
    "by" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "former_promise_pkey" PRIMARY KEY ("agency_id","system_id","until")
);

-- CreateTable
CREATE TABLE "feed_reminder" (
    "id" UUID NOT NULL,
    "agency_id" UUID NOT NULL,
    "system_id" UUID NOT NULL,
    "by" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "feed_reminder_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "feed_reminder_gap" (
    "id" UUID NOT NULL,
    "reminder_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "from_on" DATE,
    "to_on" DATE,
    "first_no" INTEGER,
    "last_no" INTEGER,

    CONSTRAINT "feed_reminder_gap_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stored_profile" (
    "agency_id" UUID NOT NULL,
    "profile" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "body" JSONB NOT NULL,
    "by" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stored_profile_pkey" PRIMARY KEY ("agency_id","profile","version")
);

-- CreateTable
CREATE TABLE "profile_draft" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "agency_id" UUID NOT NULL,
    "key_id" UUID NOT NULL,
    "sample_sealed" BYTEA NOT NULL,
    "whole" BOOLEAN NOT NULL,
    "mapping" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "profile_draft_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "feed_reminder_agency_id_system_id_at_idx" ON "feed_reminder"("agency_id", "system_id", "at");

-- CreateIndex
CREATE INDEX "feed_reminder_gap_reminder_id_idx" ON "feed_reminder_gap"("reminder_id");

-- CreateIndex
CREATE INDEX "profile_draft_account_id_idx" ON "profile_draft"("account_id");

-- CreateIndex
CREATE INDEX "profile_draft_created_at_idx" ON "profile_draft"("created_at");

-- AddForeignKey
ALTER TABLE "former_promise" ADD CONSTRAINT "former_promise_agency_id_system_id_fkey" FOREIGN KEY ("agency_id", "system_id") REFERENCES "custody"("agency_id", "system_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "feed_reminder" ADD CONSTRAINT "feed_reminder_agency_id_system_id_fkey" FOREIGN KEY ("agency_id", "system_id") REFERENCES "custody"("agency_id", "system_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "feed_reminder_gap" ADD CONSTRAINT "feed_reminder_gap_reminder_id_fkey" FOREIGN KEY ("reminder_id") REFERENCES "feed_reminder"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- What was promised, told and mapped at a time stays as it was.
CREATE TRIGGER former_promise_immutable BEFORE UPDATE OR DELETE ON former_promise
  FOR EACH ROW EXECUTE FUNCTION ledger.refuse();
CREATE TRIGGER feed_reminder_immutable BEFORE UPDATE OR DELETE ON feed_reminder
  FOR EACH ROW EXECUTE FUNCTION ledger.refuse();
CREATE TRIGGER feed_reminder_gap_immutable BEFORE UPDATE OR DELETE ON feed_reminder_gap
  FOR EACH ROW EXECUTE FUNCTION ledger.refuse();
CREATE TRIGGER stored_profile_immutable BEFORE UPDATE OR DELETE ON stored_profile
  FOR EACH ROW EXECUTE FUNCTION ledger.refuse();
