-- A profile in the making also keeps how its sample is built, and what is said beside the columns.
-- What was being mapped is at most a day old and in an older shape: its form begins with the guesses again.
ALTER TABLE "profile_draft" ADD COLUMN "layout" JSONB;
ALTER TABLE "profile_draft" ADD COLUMN "values" JSONB;
UPDATE "profile_draft" SET "mapping" = NULL;
