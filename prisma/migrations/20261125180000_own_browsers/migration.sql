-- The browsers in which a request was sent, or in which the code of a letter to the address on record was typed.
CREATE TABLE "own_browser" (
    "request_id" UUID NOT NULL,
    "hash" TEXT NOT NULL,
    "account_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "own_browser_pkey" PRIMARY KEY ("request_id","hash")
);

CREATE INDEX "own_browser_account_id_idx" ON "own_browser"("account_id");

ALTER TABLE "own_browser" ADD CONSTRAINT "own_browser_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
