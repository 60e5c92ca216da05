-- The local days on which a log has an event, so that coverage need not go through the store for them.
CREATE TABLE "busy_day" (
    "agency_id" UUID NOT NULL,
    "system_id" UUID NOT NULL,
    "day" DATE NOT NULL,

    CONSTRAINT "busy_day_pkey" PRIMARY KEY ("agency_id","system_id","day")
);

INSERT INTO "busy_day" ("agency_id", "system_id", "day")
SELECT DISTINCT q."agency_id", q."system_id", (q."quarter" AT TIME ZONE a."zone")::date
FROM (
    SELECT DISTINCT "agency_id", "system_id", date_bin('15 minutes', "at", 'epoch'::timestamptz) AS "quarter"
    FROM "events"."access_event"
) q
JOIN "agency" a ON a."id" = q."agency_id";

-- What a delivered file says of itself.
ALTER TABLE "batch" ADD COLUMN "said" JSONB;
