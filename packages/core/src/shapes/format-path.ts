import type { Path } from './shape.ts';

/** `mailboxes[0].oversight.default`; `It` at the top. */
export function formatPath(path: Path): string {
  if (path.length === 0) return 'It';
  return path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`;
      if (!/^[\w$-]+$/.test(step)) return `[${JSON.stringify(step)}]`;
      return index === 0 ? step : `.${step}`;
    })
    .join('');
}
