-- A data key in a new version, while the one before it is still needed to open what it sealed.
ALTER TABLE "data_key" ADD COLUMN "previous_kek_id" TEXT,
ADD COLUMN "previous_wrapped" BYTEA,
ADD COLUMN "rotation_id" UUID,
ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "key_rotation" (
    "id" UUID NOT NULL,
    "open" BOOLEAN DEFAULT true,
    "kind" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "grace_seconds" INTEGER NOT NULL,
    "begun_at" TIMESTAMPTZ(3) NOT NULL,
    "stage_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "wrapped" INTEGER NOT NULL DEFAULT 0,
    "renewed" INTEGER NOT NULL DEFAULT 0,
    "resealed" INTEGER NOT NULL DEFAULT 0,
    "fault" TEXT,

    CONSTRAINT "key_rotation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "key_rotation_open_key" ON "key_rotation"("open");

-- The version of the data key by which a value was sealed (platform/sealing/aead.ts).
CREATE FUNCTION sealed_version(sealed bytea) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN get_byte(sealed, 0) = 1 THEN 1
              ELSE get_byte(sealed, 1) * 16777216 + get_byte(sealed, 2) * 65536 + get_byte(sealed, 3) * 256 + get_byte(sealed, 4)
         END
$$;

-- A row of an append-only list may be sealed anew, and only that: every other column stays as it is.
CREATE FUNCTION refuse_unless_resealing() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  was jsonb := to_jsonb(OLD);
  is_now jsonb;
  name text;
BEGIN
  IF TG_OP = 'UPDATE' AND current_setting('wholooked.resealing', true) = 'on' THEN
    is_now := to_jsonb(NEW);
    FOR name IN SELECT key FROM jsonb_object_keys(was) AS key WHERE key LIKE '%\_sealed' LOOP
      IF is_now -> name <> 'null'::jsonb AND was -> name <> 'null'::jsonb THEN
        was := was - name;
        is_now := is_now - name;
      END IF;
    END LOOP;
    IF was = is_now THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'this list is append-only';
END $$;
DROP TRIGGER decision_immutable ON decision;
DROP TRIGGER release_immutable ON release;
DROP TRIGGER complaint_event_immutable ON complaint_event;
DROP TRIGGER letter_immutable ON letter;
CREATE TRIGGER decision_immutable BEFORE UPDATE OR DELETE ON decision
  FOR EACH ROW EXECUTE FUNCTION refuse_unless_resealing();
CREATE TRIGGER release_immutable BEFORE UPDATE OR DELETE ON release
  FOR EACH ROW EXECUTE FUNCTION refuse_unless_resealing();
CREATE TRIGGER complaint_event_immutable BEFORE UPDATE OR DELETE ON complaint_event
  FOR EACH ROW EXECUTE FUNCTION refuse_unless_resealing();
CREATE TRIGGER letter_immutable BEFORE UPDATE OR DELETE ON letter
  FOR EACH ROW EXECUTE FUNCTION refuse_unless_resealing();
