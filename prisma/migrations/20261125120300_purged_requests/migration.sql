-- When a request's keys were shredded: what happened to it stays, and nothing of its contents opens any more.
ALTER TABLE "request" ADD COLUMN "purged_at" TIMESTAMPTZ(3);
