import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { checkPolicy } from '@mailwarden/core/policy-file';
import type { Io } from '../io.ts';
import { createStyle } from '../output/style.ts';
import { toPrintableJson, toPrintableLine } from '../output/to-printable.ts';
import type { GlobalOptions } from '../session.ts';
import { UsageError } from '../usage-error.ts';

/** Lists the mistakes of a policy file; exit code 1 when there are any. Needs no configuration. */
export async function checkPolicyFile(
  io: Io,
  options: GlobalOptions,
  file: string,
): Promise<number> {
  const text = await readFile(resolve(io.cwd, file), 'utf8').catch((cause: unknown) => {
    throw new UsageError(`${file} cannot be read: ${String((cause as Error).message)}`);
  });
  const { issues, policy } = checkPolicy(text);
  const ok = issues.length === 0;
  if (options.json === true) {
    io.stdout.write(`${toPrintableJson({ ok, file, issues })}\n`);
    return ok ? 0 : 1;
  }
  const style = createStyle(io, io.stdout);
  const lines = issues.map(({ line, column, message }) => {
    const at = style('title', `${toPrintableLine(file)}:${line}:${column}`);
    return `${at}  ${toPrintableLine(message)}`;
  });
  const mistakes = issues.length === 1 ? '1 mistake' : `${issues.length} mistakes`;
  const said = Object.keys(policy ?? {}).join(', ') || 'nothing';
  lines.push(
    ok
      ? `${style('good', 'Good')}  ${toPrintableLine(file)} says ${said}.`
      : style('bad', `${mistakes}.`),
  );
  io.stdout.write(`${lines.join('\n')}\n`);
  return ok ? 0 : 1;
}
