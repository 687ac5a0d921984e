/** As many whole rows from the start as fit into `budget` characters, newlines counted. */
export function boundRows(rows: readonly string[], budget: number): readonly string[] {
  let left = budget;
  const end = rows.findIndex((row) => {
    left -= row.length + 1;
    return left < 0;
  });
  return end === -1 ? rows : rows.slice(0, end);
}
