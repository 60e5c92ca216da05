-- Whether ordinary letters may go to the account's mailbox: false once its owner chose another way as a resident.
ALTER TABLE "account" ADD COLUMN "written_by_mail" BOOLEAN NOT NULL DEFAULT true;
