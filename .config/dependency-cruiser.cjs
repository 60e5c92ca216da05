// The floors of the house: a folder imports only from floors below it. test/boundaries.test.ts provokes every rule.
const FLOORS = [
  ["law", "platform"],
  ["registry"],
  ["people"],
  ["feeds"],
  ["requests"],
  ["histories"],
  ["complaints"],
  ["statistics"],
  ["ui"],
  ["routes", "cli"],
];
const FOLDERS = FLOORS.flat();
const FEATURES = ["registry", "people", "feeds", "requests", "histories", "complaints", "statistics"];

const anyOf = (names) => `(${names.join("|")})`;
const DATABASE_PACKAGES = "^node_modules/(@types/)?(pg|pg-[a-z-]+|prisma|@prisma/[a-z-]+)/";
const GENERATED = "^app/platform/database/generated/";
const SERVER_FILE = "\\.server\\.tsx?$";
// Everything that is neither a server file nor an outermost place where nouns and verbs meet.
const NOUN = `^app/${anyOf(["law", "platform", ...FEATURES])}/(?!.*\\.server\\.ts$)(?!database/generated/)`;

/** One rule for each folder: not to its own floor's other folders, and not to any floor above. */
function floorRules() {
  return FLOORS.flatMap((floor, height) =>
    floor.map((name) => ({
      name: `floor-of-${name}`,
      comment: `app/${name} imports only from the floors below it.`,
      severity: "error",
      from: { path: `^app/${name}/` },
      to: { path: `^app/${anyOf(FLOORS.slice(height).flat())}/`, pathNot: `^app/${name}/` },
    })),
  );
}

const rules = [
  ...floorRules(),
  {
    name: "no-folder-without-a-floor",
    comment: "A folder of app/ stands on a floor of the design; this one has none.",
    from: {},
    to: { path: `^app/(?!${anyOf(FOLDERS)}/)[^/]+/` },
  },
  {
    name: "no-cycle",
    comment: "Two files that need each other are one file, or lack a third below them.",
    from: {},
    to: { circular: true },
  },
  {
    name: "app-without-test",
    comment: "The program runs without its tests.",
    from: { path: "^app/" },
    to: { path: "^test/" },
  },
  {
    name: "nobody-imports-an-entry",
    comment: "The entries directly in app/ put the house together; nothing inside leans on them.",
    from: { path: "^app/[^/]+/" },
    to: { path: "^app/[^/]+\\.tsx?$" },
  },
  {
    name: "law-is-pure",
    comment: "Law is data and arithmetic: dates and schemas are all it needs.",
    from: { path: "^app/law/" },
    to: { pathNot: "^(app/|node_modules/(temporal-polyfill|zod)/)" },
  },
  {
    name: "noun-without-server",
    comment: "A noun holds types, schemas and pure rules; what does I/O is a *.server.ts beside it.",
    from: { path: NOUN },
    to: { path: SERVER_FILE },
  },
  {
    name: "noun-without-io",
    comment: "A noun reads no file and opens no connection.",
    from: { path: NOUN },
    to: { path: "^(node:)?(fs|net|tls|http|https|http2|dns|dgram|child_process|worker_threads)(/|$)" },
  },
  {
    name: "ui-from-nouns-only",
    comment: "A page's parts may know the words of a feature, never its data.",
    from: { path: "^app/ui/" },
    to: { path: `(^app/.*${SERVER_FILE}|^app/platform/database/)` },
  },
  {
    name: "route-without-database",
    comment: "A route authenticates, parses, calls one use case and shows a page.",
    from: { path: "^app/routes/" },
    to: { path: "^app/platform/database/" },
  },
  {
    name: "database-in-platform-and-feeds",
    comment: "The database's packages are used in platform/ and, for the event store's own SQL, in feeds/.",
    from: { path: "^app/(?!(platform|feeds)/)[^/]+/" },
    to: { path: DATABASE_PACKAGES },
  },
  {
    name: "generated-client-as-types",
    comment: "Outside platform/ the generated client is a set of types; the client itself comes with the portal.",
    from: { path: "^app/(?!platform/)[^/]+/" },
    to: { path: GENERATED, dependencyTypesNot: ["type-only"] },
  },
  {
    name: "only-what-exists",
    comment: "An import that leads nowhere.",
    from: { path: "^(app|test)/" },
    to: { couldNotResolve: true },
  },
];

module.exports = {
  forbidden: rules.map((rule) => ({ severity: "error", ...rule })),
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: "^node_modules/" },
    // Written by Prisma, with cycles of its own among its types.
    exclude: { path: `${GENERATED}.+/` },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["types", "import", "node", "default"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".cjs", ".json", ".d.ts"],
    },
  },
};
