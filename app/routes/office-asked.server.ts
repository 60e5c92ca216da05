/** The office that the address names, or the first one. @throws when there is none: who supervises, supervises one */
export function officeAsked<O extends { readonly slug: string }>(request: Request, offices: readonly O[]): O {
  const asked = new URL(request.url).searchParams.get("office");
  const office = offices.find(({ slug }) => slug === asked) ?? offices[0];
  if (office === undefined) throw new Error("somebody who supervises supervises an office");
  return office;
}
