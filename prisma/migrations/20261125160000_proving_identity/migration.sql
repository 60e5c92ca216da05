-- How an identifier is shown to be somebody's: proofs, letters with a code, uploads, two claims to one identifier;
-- and people who act for a resident.
-- AlterTable
ALTER TABLE "identifier_check" ADD COLUMN     "reason" TEXT;

-- CreateTable
CREATE TABLE "identity_proof" (
    "id" UUID NOT NULL,
    "identifier_id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "basis" TEXT NOT NULL,
    "shown" TEXT[],
    "valid_from" DATE,
    "valid_to" DATE,
    "level" INTEGER,
    "by" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "identity_proof_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "code_letter" (
    "id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "identifier_ids" UUID[],
    "key_id" UUID NOT NULL,
    "address_sealed" BYTEA NOT NULL,
    "source" TEXT NOT NULL,
    "recorded_on" DATE NOT NULL,
    "locale" TEXT NOT NULL,
    "by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "printed_at" TIMESTAMPTZ(3),
    "code_hash" TEXT,
    "expires_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "code_letter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "identity_upload" (
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "key_id" UUID,
    "file_id" UUID NOT NULL,
    "media_type" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "turned" INTEGER NOT NULL DEFAULT 1,
    "by" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kept_at" TIMESTAMPTZ(3),
    "removed_at" TIMESTAMPTZ(3),
    "removed_why" TEXT,

    CONSTRAINT "identity_upload_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "overlap_confirmation" (
    "id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "identifier_id" UUID NOT NULL,
    "by" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "overlap_confirmation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "representation" (
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "scopes" TEXT[],
    "basis" TEXT NOT NULL,
    "key_id" UUID NOT NULL,
    "parties_sealed" BYTEA NOT NULL,
    "email_tag" UUID,
    "invite_hash" TEXT,
    "invite_expires_at" TIMESTAMPTZ(3),
    "ends_on" DATE NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "appointed_by" UUID NOT NULL,
    "appointed_at" TIMESTAMPTZ(3) NOT NULL,
    "account_id" UUID,
    "accepted_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "representation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "representative_notice" (
    "request_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "act" TEXT NOT NULL,
    "on" DATE NOT NULL,

    CONSTRAINT "representative_notice_pkey" PRIMARY KEY ("request_id","account_id","act","on")
);

-- CreateTable
CREATE TABLE "authority_check" (
    "id" UUID NOT NULL,
    "representation_id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "verdict" TEXT NOT NULL,
    "by" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "authority_check_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "identity_proof_case_id_identifier_id_at_idx" ON "identity_proof"("case_id", "identifier_id", "at");

-- CreateIndex
CREATE INDEX "code_letter_case_id_created_at_idx" ON "code_letter"("case_id", "created_at");

-- CreateIndex
CREATE INDEX "identity_upload_case_id_idx" ON "identity_upload"("case_id");

-- CreateIndex
CREATE INDEX "identity_upload_removed_at_at_idx" ON "identity_upload"("removed_at", "at");

-- CreateIndex
CREATE INDEX "overlap_confirmation_case_id_identifier_id_idx" ON "overlap_confirmation"("case_id", "identifier_id");

-- CreateIndex
CREATE UNIQUE INDEX "representation_invite_hash_key" ON "representation"("invite_hash");

-- CreateIndex
CREATE INDEX "representation_request_id_idx" ON "representation"("request_id");

-- CreateIndex
CREATE INDEX "representation_account_id_idx" ON "representation"("account_id");

-- CreateIndex
CREATE INDEX "authority_check_case_id_representation_id_at_idx" ON "authority_check"("case_id", "representation_id", "at");

-- CreateIndex
CREATE INDEX "identifier_tag_idx" ON "identifier"("tag");

-- AddForeignKey
ALTER TABLE "identity_proof" ADD CONSTRAINT "identity_proof_identifier_id_fkey" FOREIGN KEY ("identifier_id") REFERENCES "identifier"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identity_proof" ADD CONSTRAINT "identity_proof_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "code_letter" ADD CONSTRAINT "code_letter_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identity_upload" ADD CONSTRAINT "identity_upload_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identity_upload" ADD CONSTRAINT "identity_upload_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "overlap_confirmation" ADD CONSTRAINT "overlap_confirmation_identifier_id_fkey" FOREIGN KEY ("identifier_id") REFERENCES "identifier"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "overlap_confirmation" ADD CONSTRAINT "overlap_confirmation_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "representation" ADD CONSTRAINT "representation_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "authority_check" ADD CONSTRAINT "authority_check_representation_id_fkey" FOREIGN KEY ("representation_id") REFERENCES "representation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "authority_check" ADD CONSTRAINT "authority_check_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


