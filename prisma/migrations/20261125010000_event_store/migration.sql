-- The event store at the speed of the disk.

-- An event's id is its identity from now on: the keyed hash over custodian, system, profile and the delivered
-- text of every field. One index less for each row, and the same row twice is refused by the primary key. Rows of
-- before keep their own ids (matches and decisions name them) and the tag by which they are recognised.
ALTER TABLE events.access_event DROP CONSTRAINT access_event_row_tag_at_key;
ALTER TABLE events.access_event ALTER COLUMN row_tag DROP NOT NULL;
ALTER TABLE events.access_event
  ADD COLUMN source_tag uuid, -- blind index of (custodian, system, the log's own number): its later editions
  ADD COLUMN query_tag  uuid, -- blind index of the query's own id: the other side's log of the same search
  ADD COLUMN group_tag  uuid; -- blind index of what one press of a key sent off together
CREATE UNIQUE INDEX access_event_row_tag ON events.access_event (row_tag, at) WHERE row_tag IS NOT NULL;
CREATE INDEX access_event_source ON events.access_event (source_tag) WHERE source_tag IS NOT NULL;
CREATE INDEX access_event_query ON events.access_event (query_tag) WHERE query_tag IS NOT NULL;
COMMENT ON COLUMN events.access_event.row_tag IS 'identity of a row that was stored before ids were identities';

-- Payloads of large deliveries are sealed some at a time (feeds/store/payload-block.ts): an event holds its payload,
-- or says where in which block of its batch it stands. `at` is the first instant of the events' month. Two blocks
-- fit into a page, so they are not put aside.
ALTER TABLE events.access_event
  ALTER COLUMN payload DROP NOT NULL,
  ADD COLUMN block_no  bigint,
  ADD COLUMN block_pos smallint,
  ADD CONSTRAINT access_event_payload CHECK ((payload IS NULL) <> (block_no IS NULL)
    AND (block_no IS NULL) = (block_pos IS NULL));
CREATE TABLE events.payload_block (
  batch_id uuid        NOT NULL,
  no       bigint      NOT NULL,
  at       timestamptz NOT NULL,
  sealed   bytea       NOT NULL,
  PRIMARY KEY (batch_id, no, at)
) PARTITION BY RANGE (at);
ALTER TABLE events.payload_block ALTER COLUMN sealed SET STORAGE EXTERNAL;

-- The months that stand already have no blocks, and get a place for them.
DO $$
DECLARE
  month record;
BEGIN
  FOR month IN
    SELECT replace(c.relname, 'access_event', 'payload_block') AS name, pg_get_expr(c.relpartbound, c.oid) AS bounds
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'events.access_event'::regclass
  LOOP
    EXECUTE format('CREATE TABLE events.%I PARTITION OF events.payload_block %s', month.name, month.bounds);
  END LOOP;
END $$;

-- No two keys of one event are alike because its row is written once; a plain index on the tag is a third of the
-- primary key's size.
ALTER TABLE events.search_key DROP CONSTRAINT search_key_pkey;
CREATE INDEX search_key_tag ON events.search_key (tag);

-- Rows that are sealed and wait in tables of their own until their months are put into the store. A delivery that
-- was cut short goes on after the last chunk that stands here.
CREATE TABLE events.staged_chunk (
  batch_id   uuid        NOT NULL,
  seq        integer     NOT NULL,
  first_row  integer     NOT NULL, -- of the delivered file; the header is row 1
  rows       integer     NOT NULL,
  prefix     bytea       NOT NULL, -- SHA-256 of the file's text from its beginning to the end of this chunk
  first_at   timestamptz,
  last_at    timestamptz,
  PRIMARY KEY (batch_id, seq)
);
CREATE TABLE events.staged_part (
  batch_id   uuid        NOT NULL,
  part       text        NOT NULL, -- the month, "2025_06"
  PRIMARY KEY (batch_id, part)
);

-- What an open case, a complaint or a legal hold needs: retention does not take it away.
CREATE TABLE events.hold (
  holder_type text        NOT NULL, -- "case", "complaint" or "legal"
  holder_id   uuid        NOT NULL,
  event_id    uuid        NOT NULL,
  at          timestamptz NOT NULL, -- of the event
  since       timestamptz NOT NULL,
  PRIMARY KEY (holder_type, holder_id, event_id, at)
);
CREATE INDEX hold_event ON events.hold (at, event_id);

-- Rows that are sealed and staged but not in the store yet: rows = stored + duplicates + quarantined + staged.
ALTER TABLE "batch" ADD COLUMN "staged" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "expected_bytes" BIGINT,
ADD COLUMN "progress_at" TIMESTAMPTZ(3);

-- After how many days the portal lets a log's events go; null keeps them.
ALTER TABLE "custody" ADD COLUMN "retention_days" INTEGER;
