import { styleText } from 'node:util';
import { cut, wrap } from './wrap.ts';

type Style = Parameters<typeof styleText>[0];

/** What there is to say about one message on one line. */
export interface MessageLine {
  readonly state: string;
  readonly recipient: string;
  readonly subject: string;
}

/** Prints what happens, and keeps count of what was claimed. */
export interface Printer {
  /** Begins a part; `facts` stand on the right. */
  section(title: string, facts?: string): void;
  /** What somebody does next. */
  step(text: string): void;
  message(line: MessageLine): void;
  /** Why the messages above stand as they do. */
  why(text: string): void;
  /** What somebody is told. */
  quote(who: string, text: string): void;
  /** A claim of the example; one that does not hold makes the program fail. */
  claim(text: string, holds: boolean): void;
  table(head: readonly string[], rows: readonly (readonly string[])[]): void;
  readonly claims: number;
  readonly failures: readonly string[];
}

const WIDTH = 88;
const STATE = 10;
const RECIPIENT = 18;
const INDENT = '    ';

const STYLES: ReadonlyMap<string, Style> = new Map<string, Style>([
  ['ok', 'green'],
  ['NOT SO', ['red', 'bold']],
  ['sent', 'green'],
  ['queued', 'green'],
  ['held', 'yellow'],
  ['deferred', 'yellow'],
  ['rejected', 'magenta'],
  ['blocked', 'red'],
  ['failed', 'red'],
  ['unknown', 'red'],
]);

/** Colours are left out where the output is not a terminal, or when NO_COLOR is set. */
export function createPrinter(stream: NodeJS.WriteStream = process.stdout): Printer {
  const failures: string[] = [];
  let claims = 0;
  const style = (format: Style, text: string) => styleText(format, text, { stream });
  const print = (line = '') => stream.write(`${line}\n`);
  const state = (text: string) => {
    const format = STYLES.get(text.trim());
    return format === undefined ? text : style(format, text);
  };
  /** A state in its column, and text beside it, as many lines as it takes. */
  const beside = (name: string, text: string, format: (line: string) => string) => {
    const [first = '', ...rest] = wrap(text, WIDTH - INDENT.length - STATE - 1);
    print(`${INDENT}${state(name.padEnd(STATE))} ${format(first)}`);
    for (const line of rest) print(`${INDENT}${' '.repeat(STATE)} ${format(line)}`);
  };

  return {
    section(title, facts = '') {
      const gap = ' '.repeat(Math.max(2, WIDTH - title.length - facts.length));
      print(`\n${style('bold', title)}${facts === '' ? '' : gap + style('dim', facts)}`);
    },
    step(text) {
      for (const line of wrap(text, WIDTH - 2)) print(`  ${line}`);
    },
    message({ state: name, recipient, subject }) {
      const line = `${recipient.padEnd(RECIPIENT)} ${subject}`;
      print(`${INDENT}${state(name.padEnd(STATE))} ${cut(line, WIDTH - 15)}`);
    },
    why: (text) => beside('', text, (line) => style('dim', line)),
    quote: (who, text) => beside('', `${who}: ${text}`, (line) => style('cyan', line)),
    claim(text, holds) {
      claims += 1;
      if (!holds) failures.push(text);
      beside(holds ? 'ok' : 'NOT SO', text, (line) => line);
    },
    table(head, rows) {
      const widths = head.map((title, at) =>
        Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)),
      );
      const line = (cells: readonly string[], format: (text: string) => string) =>
        `  ${cells.map((cell, at) => format(cell.padEnd(widths[at] ?? 0))).join('  ')}`.trimEnd();
      print(line(head, (cell) => style('bold', cell)));
      for (const row of rows) print(line(row, state));
    },
    get claims() {
      return claims;
    },
    failures,
  };
}
