-- CreateTable
CREATE TABLE "line_return" (
    "decision_id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "line_return_pkey" PRIMARY KEY ("decision_id")
);

-- CreateIndex
CREATE INDEX "line_return_case_id_idx" ON "line_return"("case_id");

-- CreateIndex
CREATE INDEX "decision_review_on_idx" ON "decision"("review_on");

-- AddForeignKey
ALTER TABLE "line_return" ADD CONSTRAINT "line_return_decision_id_fkey" FOREIGN KEY ("decision_id") REFERENCES "decision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- That a day has come is never taken back: it ends with a new decision.
CREATE TRIGGER line_return_immutable BEFORE UPDATE OR DELETE ON line_return
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- AlterTable: look-ups that a later edition shows and the one before it did not.
ALTER TABLE "release" ADD COLUMN "new_count" INTEGER;
