import { escapeLabel, escapeMarkdown } from './escape-markdown.ts';
import type { MarkdownRun } from './markdown-run.ts';

/**
 * One line as Markdown. Every link is `[words](target)`, whatever its words are, so that words which
 * name one host and lead to another say both; only words that are their own target stand alone.
 */
export function renderRuns(runs: readonly MarkdownRun[]): string {
  const parts: string[] = [];
  for (const group of groupBy(runs, (run) => run.link)) {
    const inner = renderStyles(group, STYLES);
    const target = group[0]?.link?.target;
    if (target === undefined) parts.push(inner);
    else {
      const { before, words, behind } = trim(inner);
      const last = before === '' ? parts.pop() : before;
      // With an exclamation mark before it, a link is a picture.
      if (last !== undefined) parts.push(words === '' ? last : last.replace(/!$/, '\\!'));
      parts.push(words === '' ? '' : renderLink(words, toShown(group), target), behind);
    }
  }
  return parts.join('');
}

const STYLES = [
  ['bold', '**'],
  ['italic', '*'],
  ['strike', '~~'],
] as const;

/** Marks of one kind within those of the one before, so that they always nest. */
function renderStyles(
  runs: readonly MarkdownRun[],
  [style, ...others]: readonly (readonly ['bold' | 'italic' | 'strike', string])[],
): string {
  if (style === undefined) {
    return groupBy(runs, (run) => run.isPicture)
      .map(renderWords)
      .join('');
  }
  const [name, mark] = style;
  return groupBy(runs, (run) => run[name])
    .map((group) => {
      const inner = renderStyles(group, others);
      if (group[0]?.[name] !== true) return inner;
      const { before, words, behind } = trim(inner);
      return words === '' ? inner : `${before}${mark}${words}${mark}${behind}`;
    })
    .join('');
}

/** A picture has no address: nothing of it can be fetched. */
function renderWords(runs: readonly MarkdownRun[]): string {
  const [first] = runs;
  const text = runs.map((run) => run.text).join('');
  if (first?.isPicture === true) return `![${escapeLabel(text)}]()`;
  return first?.link === undefined ? escapeMarkdown(text) : escapeLabel(text);
}

function renderLink(words: string, shown: string, target: string): string {
  if (target === `mailto:${shown}`) return words;
  const isItself = shown === target || `${shown}/` === target;
  return isItself && !target.endsWith('…') ? `<${target}>` : `[${words}](${target})`;
}

function toShown(runs: readonly MarkdownRun[]): string {
  return runs
    .map(({ text }) => text)
    .join('')
    .trim();
}

/** Spaces stay outside of marks. */
function trim(text: string) {
  const words = text.trim();
  const start = text.indexOf(words);
  return { before: text.slice(0, start), words, behind: text.slice(start + words.length) };
}

function groupBy<T>(
  runs: readonly MarkdownRun[],
  keyOf: (run: MarkdownRun) => T,
): readonly (readonly MarkdownRun[])[] {
  const groups: MarkdownRun[][] = [];
  for (const run of runs) {
    const last = groups.at(-1);
    if (last?.[0] !== undefined && keyOf(last[0]) === keyOf(run)) last.push(run);
    else groups.push([run]);
  }
  return groups;
}
