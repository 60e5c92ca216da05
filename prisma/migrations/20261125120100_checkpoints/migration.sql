-- CreateTable
CREATE TABLE "checkpoint_key" (
    "id" UUID NOT NULL,
    "public_key" TEXT NOT NULL,
    "key_id" UUID NOT NULL,
    "private_sealed" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "checkpoint_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "checkpoint_place" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "key_id" UUID NOT NULL,
    "target_sealed" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "delivered_no" BIGINT NOT NULL DEFAULT 0,
    "delivered_at" TIMESTAMPTZ(3),
    "fault" TEXT,
    "fault_at" TIMESTAMPTZ(3),

    CONSTRAINT "checkpoint_place_pkey" PRIMARY KEY ("id")
);
