-- Until when records are promised that a decision announced; and closed days that were taken away again, so that
-- what was once known of a date can be played through again.
-- AlterTable
ALTER TABLE "clock_event" ADD COLUMN     "promised_for" TIMESTAMP(0);

-- CreateTable
CREATE TABLE "reopened_day" (
    "id" UUID NOT NULL,
    "agency_id" UUID NOT NULL,
    "on" DATE NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "reopened_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reopened_day_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "reopened_day_agency_id_idx" ON "reopened_day"("agency_id");

-- AddForeignKey
ALTER TABLE "reopened_day" ADD CONSTRAINT "reopened_day_agency_id_fkey" FOREIGN KEY ("agency_id") REFERENCES "agency"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TRIGGER reopened_day_immutable BEFORE UPDATE OR DELETE ON reopened_day
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
