/**
 * Whether two ids mean one person. Ids are often mail addresses, which one login writes as
 * `Maria@…` and another as `maria@…`; the author must not pass for somebody else by that (P4).
 */
export function isSamePerson(a: string, b: string | null | undefined): boolean {
  return b != null && fold(a) === fold(b);
}

function fold(id: string): string {
  return id.normalize('NFKC').trim().toLowerCase();
}
