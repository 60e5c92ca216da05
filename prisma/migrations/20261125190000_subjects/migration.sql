-- People whom a log was searched for by name: each once for an agency, under a keyed hash of name and birth date, which
-- is also the tag in events.search_key by which the events are found.
CREATE TABLE "subject_book" (
    "agency_id" UUID NOT NULL,
    "key_id" UUID NOT NULL,
    "stale" BOOLEAN NOT NULL DEFAULT false,
    "people" INTEGER NOT NULL DEFAULT 0,
    "names_sealed" BYTEA,
    "counted_at" TIMESTAMPTZ(3),

    CONSTRAINT "subject_book_pkey" PRIMARY KEY ("agency_id")
);

CREATE TABLE "subject" (
    "id" UUID NOT NULL,
    "agency_id" UUID NOT NULL,
    "traits_sealed" BYTEA NOT NULL,

    CONSTRAINT "subject_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "subject_agency_id_idx" ON "subject"("agency_id");

-- Keyed hashes alone, never of a name or a birth date by itself. No reference to subject: this table is ten times as
-- long, and written and forgotten together with it.
CREATE TABLE "subject_key" (
    "tag" UUID NOT NULL,
    "subject_id" UUID NOT NULL,

    CONSTRAINT "subject_key_pkey" PRIMARY KEY ("tag","subject_id")
);

-- Why a look-up that was found by name may be this person's (histories/matching/explanation.ts), sealed with the
-- request's key; null for one that an exact identifier found.
ALTER TABLE "match" ADD COLUMN "score_sealed" BYTEA;
