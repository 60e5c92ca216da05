-- AlterTable
ALTER TABLE "outbox_mail" ADD COLUMN     "sender" TEXT NOT NULL DEFAULT 'portal';

-- CreateTable
CREATE TABLE "named_person" (
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "resident_id" UUID NOT NULL,
    "key_id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "person_sealed" BYTEA NOT NULL,
    "email_tag" UUID,
    "badge_tag" UUID,
    "user_id_tag" UUID,
    "name_tags" UUID[],
    "at" TIMESTAMPTZ(3) NOT NULL,
    "lifted_at" TIMESTAMPTZ(3),

    CONSTRAINT "named_person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "named_binding" (
    "named_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "named_binding_pkey" PRIMARY KEY ("named_id","account_id")
);

-- CreateTable
CREATE TABLE "staff_sign" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "agency_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "key_id" UUID NOT NULL,
    "value_sealed" BYTEA NOT NULL,
    "tag" UUID NOT NULL,
    "by" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "staff_sign_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "step_aside" (
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "key_id" UUID NOT NULL,
    "reason_sealed" BYTEA,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "step_aside_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "agency_alternate" (
    "id" UUID NOT NULL,
    "agency_id" UUID NOT NULL,
    "other_agency_id" UUID,
    "account_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "agency_alternate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stand_in" (
    "id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "duty" TEXT NOT NULL,
    "agency_id" UUID,
    "role" TEXT,
    "account_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "stand_in_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contact_choice" (
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "choice_sealed" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "contact_choice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "paper_letter" (
    "id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "way" TEXT NOT NULL,
    "letter_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3),
    "done_by" UUID,

    CONSTRAINT "paper_letter_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "named_person_request_id_idx" ON "named_person"("request_id");

-- CreateIndex
CREATE INDEX "named_person_email_tag_idx" ON "named_person"("email_tag");

-- CreateIndex
CREATE INDEX "named_person_badge_tag_idx" ON "named_person"("badge_tag");

-- CreateIndex
CREATE INDEX "named_person_user_id_tag_idx" ON "named_person"("user_id_tag");

-- CreateIndex
CREATE INDEX "named_person_name_tags_idx" ON "named_person" USING GIN ("name_tags");

-- CreateIndex
CREATE INDEX "named_binding_account_id_idx" ON "named_binding"("account_id");

-- CreateIndex
CREATE INDEX "staff_sign_kind_tag_idx" ON "staff_sign"("kind", "tag");

-- CreateIndex
CREATE UNIQUE INDEX "staff_sign_account_id_agency_id_kind_tag_key" ON "staff_sign"("account_id", "agency_id", "kind", "tag");

-- CreateIndex
CREATE INDEX "step_aside_request_id_account_id_idx" ON "step_aside"("request_id", "account_id");

-- CreateIndex
CREATE UNIQUE INDEX "agency_alternate_agency_id_other_agency_id_account_id_key" ON "agency_alternate"("agency_id", "other_agency_id", "account_id");

-- CreateIndex
CREATE INDEX "stand_in_case_id_ended_at_idx" ON "stand_in"("case_id", "ended_at");

-- CreateIndex
CREATE INDEX "stand_in_account_id_idx" ON "stand_in"("account_id");

-- CreateIndex
CREATE INDEX "stand_in_agency_id_idx" ON "stand_in"("agency_id");

-- CreateIndex
CREATE INDEX "contact_choice_request_id_at_idx" ON "contact_choice"("request_id", "at");

-- CreateIndex
CREATE INDEX "paper_letter_case_id_done_at_idx" ON "paper_letter"("case_id", "done_at");

-- AddForeignKey
ALTER TABLE "named_binding" ADD CONSTRAINT "named_binding_named_id_fkey" FOREIGN KEY ("named_id") REFERENCES "named_person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stand_in" ADD CONSTRAINT "stand_in_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "step_aside" ADD CONSTRAINT "step_aside_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact_choice" ADD CONSTRAINT "contact_choice_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "paper_letter" ADD CONSTRAINT "paper_letter_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
