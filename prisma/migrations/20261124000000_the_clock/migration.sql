-- The clock: local closures with who entered them, what was told of a clock and to whom, letters as they were
-- sent, changes of the law switched on by date, and secret addresses for calendar programs.
-- AlterTable
ALTER TABLE "agency" ADD COLUMN     "calendar" TEXT,
ADD COLUMN     "target_days" INTEGER NOT NULL DEFAULT 3;

-- AlterTable
ALTER TABLE "agency_closure" ADD COLUMN     "at" TIMESTAMPTZ(3),
ADD COLUMN     "by" UUID,
ADD COLUMN     "emergency" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "clock_event" ADD COLUMN     "group_id" UUID;

-- CreateTable
CREATE TABLE "clock_notice" (
    "id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "audience" TEXT NOT NULL,
    "event_id" UUID NOT NULL,
    "due" DATE NOT NULL,
    "due_before" DATE,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "clock_notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "letter" (
    "id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "key_id" UUID NOT NULL,
    "body_sealed" BYTEA NOT NULL,
    "event_id" UUID,
    "by" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "letter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "law_switch" (
    "id" UUID NOT NULL,
    "change" TEXT NOT NULL,
    "from" DATE,
    "detail" TEXT,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "law_switch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "calendar_feed" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "secret_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "calendar_feed_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "clock_notice_case_id_kind_audience_event_id_due_key" ON "clock_notice"("case_id", "kind", "audience", "event_id", "due");

-- CreateIndex
CREATE UNIQUE INDEX "letter_event_id_key" ON "letter"("event_id");

-- CreateIndex
CREATE INDEX "letter_case_id_at_idx" ON "letter"("case_id", "at");

-- CreateIndex
CREATE INDEX "law_switch_change_at_idx" ON "law_switch"("change", "at");

-- CreateIndex
CREATE UNIQUE INDEX "calendar_feed_secret_hash_key" ON "calendar_feed"("secret_hash");

-- CreateIndex
CREATE INDEX "calendar_feed_account_id_idx" ON "calendar_feed"("account_id");

-- AddForeignKey
ALTER TABLE "clock_notice" ADD CONSTRAINT "clock_notice_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "letter" ADD CONSTRAINT "letter_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "calendar_feed" ADD CONSTRAINT "calendar_feed_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What was told is never taken back, a letter stays as it was sent, a switch is undone by another one.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;
CREATE TRIGGER clock_notice_immutable BEFORE UPDATE OR DELETE ON clock_notice
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER letter_immutable BEFORE UPDATE OR DELETE ON letter
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER law_switch_immutable BEFORE UPDATE OR DELETE ON law_switch
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
