-- A piece of a delivery that comes again is known by its text: where every row of it stands in the store it need not be
-- read and sealed to be counted. What is said of a piece stays after its batch is finished.
ALTER TABLE events.staged_chunk
  -- Every row of it was readable and is in the store once its batch is finished; false once a log has let go of some.
  ADD COLUMN stands boolean NOT NULL DEFAULT false;
CREATE INDEX staged_chunk_first ON events.staged_chunk (prefix) WHERE seq = 0;
