import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** What there is to say about one message. */
export interface MessageLine {
  readonly state: string;
  readonly recipient: string;
  readonly subject: string;
  /** Shown below, when it did not simply go out. */
  readonly why?: string;
}

/** Prints what happens, and keeps count of what was claimed. */
export interface Printer {
  section(title: string, facts: string): void;
  /** What somebody does next. */
  step(text: string): void;
  message(line: MessageLine): void;
  /** What somebody is told. */
  quote(who: string, text: string): void;
  /** A claim of the example; one that does not hold makes the program fail. */
  claim(text: string, holds: boolean): void;
  blank(): void;
  table(head: readonly string[], rows: readonly (readonly string[])[]): void;
  readonly claims: number;
  readonly failures: readonly string[];
}

const WIDTH = 90;
const STATE_WIDTH = 10;
const RECIPIENT_WIDTH = 20;

/** Colours are left out where the output is not a terminal, or NO_COLOR is set. */
export function createPrinter(stream: NodeJS.WriteStream = process.stdout): Printer {
  const failures: string[] = [];
  let claims = 0;
  const style = (format: Style, text: string) => styleText(format, text, { stream });
  const print = (line: string) => stream.write(`${line}\n`);
  const dim = (text: string) => style('dim', text);
  const state = (text: string, width = 0) => style(styleOf(text), text.padEnd(width));

  return {
    section(title, facts) {
      const gap = Math.max(2, WIDTH - title.length - facts.length);
      print(`\n${style('bold', title)}${' '.repeat(gap)}${dim(facts)}`);
    },
    step(text) {
      for (const line of wrap(text, WIDTH - 2)) print(`  ${line}`);
    },
    message({ state: name, recipient, subject, why }) {
      print(
        `    ${state(name, STATE_WIDTH)} ${recipient.padEnd(RECIPIENT_WIDTH)} ${cut(subject, 50)}`,
      );
      if (why === undefined) return;
      const indent = ' '.repeat(5 + STATE_WIDTH);
      for (const line of wrap(why, WIDTH - indent.length)) print(`${indent}${dim(line)}`);
    },
    quote(who, text) {
      const [first = '', ...rest] = wrap(text, WIDTH - 7 - who.length);
      print(`    ${style('cyan', `${who}:`)} ${first}`);
      for (const line of rest) print(`${' '.repeat(6 + who.length)}${line}`);
    },
    claim(text, holds) {
      claims += 1;
      if (!holds) failures.push(text);
      print(`  ${holds ? style('green', 'ok') : style(['red', 'bold'], 'NOT SO')} ${text}`);
    },
    blank: () => print(''),
    table(head, rows) {
      const widths = head.map((title, at) =>
        Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)),
      );
      const line = (cells: readonly string[]) =>
        cells
          .map((cell, at) => cell.padEnd(widths[at] ?? 0))
          .join('  ')
          .trimEnd();
      print(`  ${style('bold', line(head))}`);
      for (const row of rows) print(`  ${colour(line(row), row, state)}`);
    },
    get claims() {
      return claims;
    },
    failures,
  };
}

const STYLES: ReadonlyMap<string, Style> = new Map<string, Style>([
  ['sent', 'green'],
  ['queued', 'green'],
  ['held', 'yellow'],
  ['deferred', 'yellow'],
  ['duplicate', 'yellow'],
  ['rejected', 'magenta'],
  ['blocked', 'red'],
  ['failed', 'red'],
  ['unknown', 'red'],
]);

function styleOf(name: string): Style {
  return STYLES.get(name.trim()) ?? 'reset';
}

/** Colours the cell that names a state. */
function colour(line: string, row: readonly string[], state: (text: string) => string): string {
  const name = row.find((cell) => STYLES.has(cell));
  return name === undefined ? line : line.replace(`  ${name}`, `  ${state(name)}`);
}

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 3).trimEnd()}...`;
}

function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
