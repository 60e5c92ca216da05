import { createRequire } from "node:module";
import PDFDocument from "pdfkit";

const require = createRequire(import.meta.url);
const FACES = {
  regular: "@expo-google-fonts/public-sans/400Regular/PublicSans_400Regular.ttf",
  strong: "@expo-google-fonts/public-sans/600SemiBold/PublicSans_600SemiBold.ttf",
  other: "@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf",
} as const;
/** A letter's edge, and its size, in points. */
const EDGE = 72;
const SIZE = 11;

/** A sheet of text. Lines in capitals are headings; blank lines part paragraphs. */
export interface Paper {
  readonly title: string;
  readonly text: string;
  readonly locale: "en" | "es";
}

/** A PDF of US letter sheets, tagged for screen readers, to be printed and posted. It names no maker and no time. */
export async function printPaper({ title, text, locale }: Paper): Promise<Buffer> {
  const document = new PDFDocument({
    size: "LETTER",
    margin: EDGE,
    font: require.resolve(FACES.regular),
    tagged: true,
    subset: "PDF/UA",
    lang: locale === "es" ? "es-US" : "en-US",
    displayTitle: true,
    info: { Title: title },
  } as object);
  const chunks: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    document.on("data", (chunk: Buffer) => chunks.push(chunk));
    document.on("end", () => resolve(Buffer.concat(chunks)));
    document.on("error", reject);
  });
  for (const [name, path] of Object.entries(FACES)) document.registerFont(name, require.resolve(path));
  const sheet = document.struct("Document");
  document.addStructure(sheet);
  const part = (tag: string, face: string, content: string) =>
    sheet.add(
      document.struct(tag, {}, () => {
        document.font(face).fontSize(SIZE).text(content, { lineGap: 2 });
        document.moveDown(0.8);
      }),
    );
  for (const paragraph of text.split(/\n{2,}/)) part(...look(paragraph), paragraph);
  sheet.end();
  document.end();
  return done;
}

/** Names may be written in letters that the first face does not have. */
function look(paragraph: string): [tag: string, face: keyof typeof FACES] {
  const isHeading = /\p{Lu}/u.test(paragraph) && paragraph === paragraph.toUpperCase() && !paragraph.includes("\n");
  if (isHeading) return ["H1", "strong"];
  return ["P", /[\u0370-\u1dff\u2c00-\ud7ff]/.test(paragraph) ? "other" : "regular"];
}
