-- Invitations and who disabled an account, changes of a mail address and the freeze that follows one, limits that all
-- processes count together; and the entries of one agency, which its auditor reads.
-- AlterTable
ALTER TABLE "account" ADD COLUMN     "disabled_by_agency_id" UUID;

-- CreateTable
CREATE TABLE "invitation" (
    "id" UUID NOT NULL,
    "agency_id" UUID,
    "roles" TEXT[],
    "organisation" TEXT,
    "email_tag" UUID NOT NULL,
    "key_id" UUID NOT NULL,
    "email_sealed" BYTEA NOT NULL,
    "locale" TEXT NOT NULL,
    "link_hash" TEXT NOT NULL,
    "by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "accepted_by" UUID,
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contact_change" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "key_id" UUID NOT NULL,
    "new_email_tag" UUID NOT NULL,
    "new_email_sealed" BYTEA NOT NULL,
    "old_email_tag" UUID NOT NULL,
    "old_email_sealed" BYTEA NOT NULL,
    "code_hash" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3),
    "undo_hash" TEXT,
    "undo_until" TIMESTAMPTZ(3),
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "contact_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "release_freeze" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "from" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "release_freeze_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "held_letter" (
    "release_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "held_at" TIMESTAMPTZ(3) NOT NULL,
    "told_at" TIMESTAMPTZ(3),

    CONSTRAINT "held_letter_pkey" PRIMARY KEY ("release_id")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "name" TEXT NOT NULL,
    "tag" UUID NOT NULL,
    "count" INTEGER NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("name","tag")
);

-- CreateIndex
CREATE UNIQUE INDEX "invitation_link_hash_key" ON "invitation"("link_hash");

-- CreateIndex
CREATE INDEX "invitation_agency_id_created_at_idx" ON "invitation"("agency_id", "created_at");

-- CreateIndex
CREATE INDEX "invitation_accepted_by_idx" ON "invitation"("accepted_by");

-- CreateIndex
CREATE UNIQUE INDEX "contact_change_undo_hash_key" ON "contact_change"("undo_hash");

-- CreateIndex
CREATE INDEX "contact_change_account_id_asked_at_idx" ON "contact_change"("account_id", "asked_at");

-- CreateIndex
CREATE INDEX "contact_change_old_email_tag_idx" ON "contact_change"("old_email_tag");

-- CreateIndex
CREATE INDEX "release_freeze_account_id_until_idx" ON "release_freeze"("account_id", "until");

-- CreateIndex
CREATE INDEX "held_letter_account_id_idx" ON "held_letter"("account_id");

-- CreateIndex
CREATE INDEX "rate_limit_until_idx" ON "rate_limit"("until");

-- AddForeignKey
ALTER TABLE "contact_change" ADD CONSTRAINT "contact_change_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release_freeze" ADD CONSTRAINT "release_freeze_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE INDEX entry_agency ON ledger.entry (agency_id, seq) WHERE agency_id IS NOT NULL;

