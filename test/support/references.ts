/** Whether the reference documents are to be written anew instead of compared; see reference.test.ts. */
export const WRITES_REFERENCES = process.env["WHOLOOKED_REFERENCES"] === "write";
