-- Ways in: keys that sign, sealed deliveries on their way to becoming batches, folders and servers that are looked at.
-- CreateTable
CREATE TABLE "feed_key" (
    "id" UUID NOT NULL,
    "agency_id" UUID NOT NULL,
    "public_key" TEXT NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "valid_to" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "feed_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "feed_nonce" (
    "key_id" UUID NOT NULL,
    "hash" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "feed_nonce_pkey" PRIMARY KEY ("key_id","hash")
);

-- CreateTable
CREATE TABLE "delivery" (
    "id" UUID NOT NULL,
    "agency_id" UUID NOT NULL,
    "system_id" UUID NOT NULL,
    "profile" TEXT NOT NULL,
    "via" TEXT NOT NULL,
    "by_id" UUID NOT NULL,
    "by_role" TEXT,
    "key_id" UUID,
    "size" BIGINT,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "digest" TEXT,
    "file_tag" UUID,
    "idempotency_hash" TEXT,
    "asked_hash" TEXT,
    "sequence_no" INTEGER,
    "claimed_from" DATE,
    "claimed_to" DATE,
    "begun_at" TIMESTAMPTZ(3) NOT NULL,
    "touched_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "batch_id" UUID,
    "imported_from" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery_part" (
    "file_id" UUID NOT NULL,
    "delivery_id" UUID NOT NULL,
    "no" INTEGER,
    "bytes" INTEGER NOT NULL,

    CONSTRAINT "delivery_part_pkey" PRIMARY KEY ("file_id")
);

-- CreateTable
CREATE TABLE "feed_door" (
    "id" UUID NOT NULL,
    "agency_id" UUID NOT NULL,
    "system_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "key_id" UUID NOT NULL,
    "settings_sealed" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "looked_at" TIMESTAMPTZ(3),
    "well_at" TIMESTAMPTZ(3),
    "fault" TEXT,

    CONSTRAINT "feed_door_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "seen_file" (
    "door_id" UUID NOT NULL,
    "tag" UUID NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "taken_at" TIMESTAMPTZ(3),

    CONSTRAINT "seen_file_pkey" PRIMARY KEY ("door_id","tag")
);

-- CreateIndex
CREATE UNIQUE INDEX "feed_key_public_key_key" ON "feed_key"("public_key");

-- CreateIndex
CREATE INDEX "feed_key_agency_id_idx" ON "feed_key"("agency_id");

-- CreateIndex
CREATE INDEX "feed_nonce_until_idx" ON "feed_nonce"("until");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_batch_id_key" ON "delivery"("batch_id");

-- CreateIndex
CREATE INDEX "delivery_agency_id_system_id_digest_idx" ON "delivery"("agency_id", "system_id", "digest");

-- CreateIndex
CREATE INDEX "delivery_by_id_ended_at_idx" ON "delivery"("by_id", "ended_at");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_agency_id_idempotency_hash_key" ON "delivery"("agency_id", "idempotency_hash");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_part_delivery_id_no_key" ON "delivery_part"("delivery_id", "no");

-- CreateIndex
CREATE UNIQUE INDEX "feed_door_agency_id_system_id_kind_key" ON "feed_door"("agency_id", "system_id", "kind");

-- AddForeignKey
ALTER TABLE "feed_nonce" ADD CONSTRAINT "feed_nonce_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "feed_key"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery_part" ADD CONSTRAINT "delivery_part_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "delivery"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "seen_file" ADD CONSTRAINT "seen_file_door_id_fkey" FOREIGN KEY ("door_id") REFERENCES "feed_door"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


