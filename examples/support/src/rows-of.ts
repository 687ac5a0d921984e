/** One row of a list as a tool shows it to a model. */
export type Row = Readonly<Record<string, unknown>>;

/** The rows in what a list tool answered: one JSON object per line, between the fence's marks. */
export function rowsOf(seen: string): readonly Row[] {
  return seen
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Row);
}
