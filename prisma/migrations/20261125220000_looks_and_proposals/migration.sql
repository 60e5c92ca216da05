-- CreateTable
CREATE TABLE "proposal" (
    "step_id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "content" JSONB NOT NULL,

    CONSTRAINT "proposal_pkey" PRIMARY KEY ("step_id")
);

-- CreateTable
CREATE TABLE "line_look" (
    "id" UUID NOT NULL,
    "step_id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "verdict" TEXT NOT NULL,
    "key_id" UUID NOT NULL,
    "remark_sealed" BYTEA,
    "by" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "line_look_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approval_sample" (
    "step_id" UUID NOT NULL,
    "proposal_id" UUID NOT NULL,
    "lines" INTEGER NOT NULL,
    "always" INTEGER NOT NULL,
    "drawn" INTEGER NOT NULL,
    "drawn_from" INTEGER NOT NULL,
    "seed" TEXT NOT NULL,
    "looked" INTEGER NOT NULL,

    CONSTRAINT "approval_sample_pkey" PRIMARY KEY ("step_id")
);

-- CreateIndex
CREATE INDEX "proposal_case_id_idx" ON "proposal"("case_id");

-- CreateIndex
CREATE INDEX "line_look_step_id_event_id_at_idx" ON "line_look"("step_id", "event_id", "at");

-- AddForeignKey
ALTER TABLE "proposal" ADD CONSTRAINT "proposal_step_id_fkey" FOREIGN KEY ("step_id") REFERENCES "history_step"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "line_look" ADD CONSTRAINT "line_look_step_id_fkey" FOREIGN KEY ("step_id") REFERENCES "proposal"("step_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval_sample" ADD CONSTRAINT "approval_sample_step_id_fkey" FOREIGN KEY ("step_id") REFERENCES "history_step"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval_sample" ADD CONSTRAINT "approval_sample_proposal_id_fkey" FOREIGN KEY ("proposal_id") REFERENCES "proposal"("step_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What was proposed, what a supervisor said of a line, and by which sample he approved stay as they were.
CREATE TRIGGER proposal_immutable BEFORE UPDATE OR DELETE ON proposal
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER line_look_immutable BEFORE UPDATE OR DELETE ON line_look
  FOR EACH ROW EXECUTE FUNCTION refuse_unless_resealing();
CREATE TRIGGER approval_sample_immutable BEFORE UPDATE OR DELETE ON approval_sample
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
