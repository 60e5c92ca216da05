-- What clerk and resident write to each other in a case. A draft is kept until it is sent, so that it can be read first.
CREATE TABLE "case_message" (
    "id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "side" TEXT NOT NULL,
    "key_id" UUID NOT NULL,
    "text_sealed" BYTEA NOT NULL,
    "by" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "case_message_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "case_message_case_id_sent_at_idx" ON "case_message"("case_id", "sent_at");
-- One draft at a time for each who writes.
CREATE UNIQUE INDEX "case_message_draft_key" ON "case_message"("case_id", "by") WHERE "sent_at" IS NULL;
ALTER TABLE "case_message" ADD CONSTRAINT "case_message_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "message_file" (
    "file_id" UUID NOT NULL,
    "message_id" UUID NOT NULL,
    "key_id" UUID NOT NULL,
    "media_type" TEXT NOT NULL,
    "turned" INTEGER NOT NULL DEFAULT 1,
    "bytes" INTEGER NOT NULL,
    "kept_at" TIMESTAMPTZ(3),

    CONSTRAINT "message_file_pkey" PRIMARY KEY ("file_id")
);
CREATE UNIQUE INDEX "message_file_message_id_key" ON "message_file"("message_id");
ALTER TABLE "message_file" ADD CONSTRAINT "message_file_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "case_message"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
