-- How people enter: second factors, passkeys, recovery codes, what a session was proved by, agencies' own sign-in.
-- AlterTable
ALTER TABLE "session" ADD COLUMN     "assurance" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "device" TEXT,
ADD COLUMN     "proved_at" TIMESTAMPTZ(3),
ADD COLUMN     "proved_by" TEXT NOT NULL DEFAULT 'mail',
ADD COLUMN     "vouched_by" UUID;

-- CreateTable
CREATE TABLE "authenticator" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "secret_sealed" BYTEA NOT NULL,
    "last_step" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3),
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "authenticator_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "passkey" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "credential_id" TEXT NOT NULL,
    "public_key" BYTEA NOT NULL,
    "counter" BIGINT NOT NULL,
    "transports" TEXT[],
    "device" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "passkey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recovery_code" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "code_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "recovery_code_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "factor_failure" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "factor" TEXT NOT NULL,
    "browser_hash" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "factor_failure_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "known_browser" (
    "hash" TEXT NOT NULL,
    "account_id" UUID NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "known_browser_pkey" PRIMARY KEY ("account_id","hash")
);

-- CreateTable
CREATE TABLE "spent_token" (
    "hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "spent_token_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "step_up" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "key_id" UUID NOT NULL,
    "draft_sealed" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "step_up_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "agency_sign_in" (
    "id" UUID NOT NULL,
    "agency_id" UUID NOT NULL,
    "issuer" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "key_id" UUID NOT NULL,
    "secret_sealed" BYTEA NOT NULL,
    "domains" TEXT[],
    "acr" TEXT[],
    "amr" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "agency_sign_in_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "agency_link" (
    "subject_tag" UUID NOT NULL,
    "agency_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "linked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "agency_link_pkey" PRIMARY KEY ("subject_tag")
);

-- CreateIndex
CREATE INDEX "authenticator_account_id_idx" ON "authenticator"("account_id");

-- CreateIndex
CREATE UNIQUE INDEX "passkey_credential_id_key" ON "passkey"("credential_id");

-- CreateIndex
CREATE INDEX "passkey_account_id_idx" ON "passkey"("account_id");

-- CreateIndex
CREATE UNIQUE INDEX "recovery_code_account_id_code_hash_key" ON "recovery_code"("account_id", "code_hash");

-- CreateIndex
CREATE INDEX "factor_failure_account_id_factor_at_idx" ON "factor_failure"("account_id", "factor", "at");

-- CreateIndex
CREATE INDEX "spent_token_expires_at_idx" ON "spent_token"("expires_at");

-- CreateIndex
CREATE INDEX "step_up_expires_at_idx" ON "step_up"("expires_at");

-- CreateIndex
CREATE INDEX "agency_sign_in_agency_id_idx" ON "agency_sign_in"("agency_id");

-- CreateIndex
CREATE INDEX "agency_link_account_id_idx" ON "agency_link"("account_id");

-- AddForeignKey
ALTER TABLE "authenticator" ADD CONSTRAINT "authenticator_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "passkey" ADD CONSTRAINT "passkey_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
