-- What a delivery says of itself, and the way it came in by: coverage and quarantine read them.
ALTER TABLE "batch" ADD COLUMN "profile_version" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN "via" TEXT NOT NULL DEFAULT 'command',
ADD COLUMN "sequence_no" INTEGER,
ADD COLUMN "claimed_from" DATE,
ADD COLUMN "claimed_to" DATE;
