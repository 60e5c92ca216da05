-- The chain is written by the database alone. A use case puts its entry into ledger.pending, in its own transaction
-- and without a lock; ledger.chain() gives what is committed its number and its hash. Nothing else may insert into
-- ledger.entry: the role that the portal works with has INSERT on ledger.pending, EXECUTE here, and SELECT.
CREATE TABLE ledger.pending (
  no          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at          timestamptz NOT NULL,
  act         text        NOT NULL,
  resident_id uuid,
  request_id  uuid,
  case_id     uuid,
  agency_id   uuid,
  before_seq  text        NOT NULL, -- canonical JSON up to the value of "seq", and from it on
  after_seq   text        NOT NULL
);
CREATE INDEX pending_resident ON ledger.pending (resident_id) WHERE resident_id IS NOT NULL;

-- Chains what waits, oldest first. To be called in a transaction of its own: until its end it holds the chain's lock,
-- and its commit does not wait for the disk. If the machine dies before, both changes are undone together, and the
-- entries wait again. Runs with the rights of the ledger's owner.
CREATE FUNCTION ledger.chain(most integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  waiting  ledger.pending%ROWTYPE;
  taken    bigint[] := '{}';
  number   bigint;
  head     bytea;
  next     bytea;
  whole    text;
BEGIN
  PERFORM pg_advisory_xact_lock(72707370);
  PERFORM set_config('synchronous_commit', 'off', true);
  SELECT e.seq, e.hash INTO number, head FROM ledger.entry e ORDER BY e.seq DESC LIMIT 1;
  number := coalesce(number, 0);
  head := coalesce(head, decode(repeat('00', 32), 'hex'));
  FOR waiting IN SELECT * FROM ledger.pending p ORDER BY p.no LIMIT most LOOP
    number := number + 1;
    whole := waiting.before_seq || number || waiting.after_seq;
    next := sha256(head || convert_to(whole, 'UTF8'));
    INSERT INTO ledger.entry (seq, at, act, resident_id, request_id, case_id, agency_id, body, previous, hash)
    VALUES (number, waiting.at, waiting.act, waiting.resident_id, waiting.request_id, waiting.case_id,
            waiting.agency_id, whole, head, next);
    head := next;
    taken := taken || waiting.no;
  END LOOP;
  PERFORM set_config('wholooked.chaining', 'on', true);
  DELETE FROM ledger.pending p WHERE p.no = ANY(taken);
  PERFORM set_config('wholooked.chaining', 'off', true);
  RETURN coalesce(array_length(taken, 1), 0);
END $$;
REVOKE ALL ON FUNCTION ledger.chain(integer) FROM PUBLIC;

CREATE FUNCTION ledger.refuse_unless_chaining() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('wholooked.chaining', true) = 'on' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'the ledger is append-only';
END $$;
CREATE TRIGGER pending_unchanged BEFORE UPDATE ON ledger.pending
  FOR EACH ROW EXECUTE FUNCTION ledger.refuse();
CREATE TRIGGER pending_kept BEFORE DELETE ON ledger.pending
  FOR EACH ROW EXECUTE FUNCTION ledger.refuse_unless_chaining();
CREATE TRIGGER pending_untruncated BEFORE TRUNCATE ON ledger.pending
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse();

-- What the portal has signed of its chain, to be handed outside (platform/ledger/checkpoint.ts).
CREATE TABLE ledger.checkpoint (
  no        bigint PRIMARY KEY,
  seq       bigint NOT NULL,
  at        timestamptz NOT NULL,
  body      text   NOT NULL, -- canonical JSON: the bytes that are signed
  signature bytea  NOT NULL
);
CREATE TRIGGER checkpoint_immutable BEFORE UPDATE OR DELETE ON ledger.checkpoint
  FOR EACH ROW EXECUTE FUNCTION ledger.refuse();
CREATE TRIGGER checkpoint_untruncated BEFORE TRUNCATE ON ledger.checkpoint
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse();
