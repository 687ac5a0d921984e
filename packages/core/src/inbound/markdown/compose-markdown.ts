import { composeTable } from './compose-table.ts';
import { escapeLineStart } from './escape-markdown.ts';
import type { ShownLine } from './markdown-line.ts';

interface Block {
  readonly kind: 'text' | 'heading' | 'item' | 'table' | 'blank';
  readonly depth: number;
  readonly lines: readonly string[];
}

/**
 * Lines as one Markdown text: a line of the document is a line of the text; between blocks of
 * different kinds stands an empty one, or they would be read as one.
 */
export function composeMarkdown(lines: readonly ShownLine[]): string {
  const text: string[] = [];
  let before: Block | undefined;
  for (let at = 0; at < lines.length; ) {
    const table = composeTable(lines, at);
    const blocks = table === undefined ? toBlocks(lines[at]) : [toTable(lines[at], table.rows)];
    for (const block of blocks) {
      if (before !== undefined && isApart(before, block)) {
        text.push('> '.repeat(Math.min(before.depth, block.depth)).trimEnd());
      }
      for (const line of block.lines) text.push(`${'> '.repeat(block.depth)}${line}`.trimEnd());
      before = block;
    }
    at = table?.next ?? at + 1;
  }
  return text
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+/, '')
    .trimEnd();
}

function isApart(before: Block, block: Block): boolean {
  if (before.kind === 'blank' || block.kind === 'blank') return false;
  return before.kind !== block.kind || before.depth !== block.depth;
}

function toBlocks(line: ShownLine | undefined): readonly Block[] {
  if (line === undefined) return [];
  const { above, depth, inline } = line;
  const pictures = above.map((text): Block => ({ kind: 'text', depth, lines: [text] }));
  if (inline === '' && pictures.length > 0) return pictures;
  return [...pictures, toBlock(line)];
}

function toBlock({ inline, heading, indent, marker, depth }: ShownLine): Block {
  if (inline === '') return { kind: 'blank', depth, lines: [''] };
  const [first = '', ...others] = inline.split('\n').map(escapeLineStart);
  if (heading > 0) {
    const words = [first, ...others].join(' ');
    return { kind: 'heading', depth, lines: [`${indent}${marker}${'#'.repeat(heading)} ${words}`] };
  }
  const below = `${indent}${' '.repeat(marker.length)}`;
  const lines = [`${indent}${marker}${first}`, ...others.map((line) => `${below}${line}`)];
  return { kind: below === '' ? 'text' : 'item', depth, lines };
}

function toTable(line: ShownLine | undefined, rows: readonly string[]): Block {
  return { kind: 'table', depth: line?.depth ?? 0, lines: rows };
}
