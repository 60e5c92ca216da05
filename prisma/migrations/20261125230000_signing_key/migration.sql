-- CreateTable
CREATE TABLE "signing_key" (
    "id" UUID NOT NULL,
    "origin" TEXT NOT NULL,
    "certificate" BYTEA NOT NULL,
    "sha256" TEXT NOT NULL,
    "key_id" UUID NOT NULL,
    "private_sealed" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "signing_key_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "signing_key_origin_check" CHECK ("origin" IN ('made', 'brought')),
    -- A key that signs no more is not kept.
    CONSTRAINT "signing_key_retired_check" CHECK (("retired_at" IS NULL) = ("private_sealed" IS NOT NULL))
);

-- CreateIndex
CREATE UNIQUE INDEX "signing_key_sha256_key" ON "signing_key"("sha256");
