-- On which rule a decision rests that a clerk took over as it was proposed.
ALTER TABLE "decision" ADD COLUMN "rule" TEXT;
ALTER TABLE "decision" ADD COLUMN "rule_version" INTEGER;

-- An agency switches a neutral signal on or off. The newest per agency and signal counts.
CREATE TABLE "signal_switch" (
    "id" UUID NOT NULL,
    "agency_id" UUID NOT NULL,
    "signal" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "is_on" BOOLEAN NOT NULL,
    "by" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "signal_switch_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "signal_switch_agency_id_at_idx" ON "signal_switch"("agency_id", "at");
ALTER TABLE "signal_switch" ADD CONSTRAINT "signal_switch_agency_id_fkey" FOREIGN KEY ("agency_id") REFERENCES "agency"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE TRIGGER signal_switch_immutable BEFORE UPDATE OR DELETE ON signal_switch
  FOR EACH ROW EXECUTE FUNCTION ledger.refuse();

-- How many look-ups a user made at which hour of the day in one log, as last counted. Counts and a keyed hash alone.
CREATE TABLE "user_hours" (
    "agency_id" UUID NOT NULL,
    "system_id" UUID NOT NULL,
    "user_tag" UUID NOT NULL,
    "look_ups" INTEGER NOT NULL,
    "days" INTEGER NOT NULL,
    "hours" INTEGER[],
    "counted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "user_hours_pkey" PRIMARY KEY ("agency_id","system_id","user_tag")
);
