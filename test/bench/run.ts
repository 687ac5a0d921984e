// npm run bench -- NAME [--json]; without a name it lists what there is.
import { readdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Bench, Figures } from './support/bench.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false } },
});
const names = (await readdir(new URL('benches/', import.meta.url))).map((file) =>
  file.replace(/\.ts$/, ''),
);
const [name] = positionals;
if (name === undefined || !names.includes(name)) {
  process.stderr.write(`Usage: npm run bench -- NAME [--json]; NAME is ${names.join(', ')}.\n`);
  process.exit(name === undefined ? 0 : 2);
}

// A data set takes minutes the first time: whoever waits reads why, and stdout stays one line.
const log = (line: string): void => void process.stderr.write(`${line}\n`);
const { bench } = (await import(`./benches/${name}.ts`)) as { bench: Bench };
const figures = await bench(log);
process.stdout.write(
  values.json ? `${JSON.stringify({ bench: name, ...figures })}\n` : toTable(figures),
);

function toTable(all: Figures): string {
  const rows = flatten(all);
  const width = Math.max(...rows.map(([key]) => key.length));
  return rows.map(([key, value]) => `${key.padEnd(width)}  ${value}\n`).join('');
}

function flatten(all: Figures, prefix = ''): (readonly [string, string | number])[] {
  return Object.entries(all).flatMap(([key, value]) =>
    typeof value === 'object'
      ? flatten(value, `${prefix}${key}.`)
      : [[`${prefix}${key}`, value] as const],
  );
}
