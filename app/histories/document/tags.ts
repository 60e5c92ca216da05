/**
 * The structure tree, written as it ends: the tags by which a screen reader knows a heading from a cell.
 *
 * PDF 1.7, ISO 32000-1, 14.7 and 14.8; PDF/UA-1, ISO 14289-1.
 */
import { type PdfInside, pdfText } from "./pdfkit-inside.ts";

export interface Tag {
  readonly id: number;
  readonly type: string;
  readonly attributes: string;
  readonly parent: Tag | null;
  /** The first page with content of this tag. */
  page: number;
  kids: string[];
}

export class TagTree {
  private readonly inside: PdfInside;
  private readonly pageParents: string[] = [];
  /** Owners of the marked contents of the page being drawn, by their number. */
  private owners: number[] = [];
  private current: Tag;
  private rootId = 0;

  constructor(inside: PdfInside) {
    this.inside = inside;
    this.current = this.tag("Document", "", null);
    inside.marked();
  }

  private tag(type: string, attributes: string, parent: Tag | null): Tag {
    return { id: this.inside.allocate(), type, attributes, parent, page: 0, kids: [] };
  }

  /** Runs `draw` inside a new element. `attributes` is PDF text such as `/A<<...>>`. */
  within<T>(type: string, attributes: string, draw: () => T): T {
    const tag = this.open(type, attributes);
    const result = draw();
    this.close(tag);
    return result;
  }

  open(type: string, attributes = ""): Tag {
    this.current = this.tag(type, attributes, this.current);
    return this.current;
  }

  close(tag: Tag): void {
    if (tag !== this.current || tag.parent === null) throw new Error(`tag ${tag.type} closed out of turn`);
    this.current = tag.parent;
    this.finish(tag);
  }

  /** Puts an element that was drawn apart (cells of a row that goes over pages) under the current one. */
  loose(type: string, attributes = "", under: Tag = this.current): Tag {
    return this.tag(type, attributes, under);
  }

  get innermost(): Tag {
    return this.current;
  }

  finish(tag: Tag): void {
    const parent = tag.parent === null ? this.rootId : tag.parent.id;
    const page = tag.page === 0 ? "" : `/Pg ${tag.page} 0 R`;
    this.inside.write(
      tag.id,
      `<</Type/StructElem/S/${tag.type}/P ${parent} 0 R${page}${tag.attributes}/K[${tag.kids.join(" ")}]>>`,
    );
    tag.parent?.kids.push(`${tag.id} 0 R`);
    tag.kids = [];
  }

  /** The operator that opens marked content of a tag on the current page; `EMC` ends it. */
  mark(tag: Tag): string {
    const page = this.inside.pageId;
    const mcid = this.owners.push(tag.id) - 1;
    if (tag.page === 0) tag.page = page;
    tag.kids.push(tag.page === page ? String(mcid) : `<</Type/MCR/Pg ${page} 0 R/MCID ${mcid}>>`);
    return `/${tag.type}<</MCID ${mcid}>>BDC`;
  }

  /** The key under which the page being drawn stands in the parent tree. */
  get pageKey(): number {
    return this.pageParents.length;
  }

  /** Ends a page: its list of owners is written and forgotten. */
  endPage(): void {
    const id = this.inside.allocate();
    this.inside.write(id, `[${this.owners.map((owner) => `${owner} 0 R`).join(" ")}]`);
    this.pageParents.push(`${this.pageKey} ${id} 0 R`);
    this.owners = [];
  }

  /** Writes the tree's root; nothing can be tagged afterwards. */
  end(): void {
    const tree = this.inside.allocate();
    this.inside.write(tree, `<</Nums[${this.pageParents.join(" ")}]>>`);
    this.inside.flush();
    this.rootId = this.inside.tagged(`${this.current.id} 0 R`, tree, this.pageKey);
    this.finish(this.current);
  }
}

/** Text that a screen reader says in place of a picture. */
export function alternative(text: string): string {
  return `/Alt${pdfText(text)}`;
}

/** The language in which a screen reader says an element. */
export function spoken(language: string): string {
  return `/Lang(${language})`;
}
