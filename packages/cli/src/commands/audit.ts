import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type AuditFault, type AuditReport, verifyAudit } from '@mailwarden/core/audit';
import type { Io } from '../io.ts';
import { createStyle } from '../output/style.ts';
import { toPrintableJson, toPrintableLine } from '../output/to-printable.ts';
import { type GlobalOptions, withWarden } from '../session.ts';
import { UsageError } from '../usage-error.ts';

/** Faults that are listed; an export that is another file altogether has one in every line. */
const SHOWN = 20;

/** Writes the sealed audit to a new file that only its owner can read. */
export async function exportAudit(io: Io, options: GlobalOptions, file: string): Promise<number> {
  const path = resolve(io.cwd, file);
  const output = await open(path, 'wx', 0o600).catch((cause: unknown) => {
    throw new UsageError(`${file} cannot be made: ${String((cause as Error).message)}`);
  });
  try {
    await withWarden(io, options, async (warden) => {
      for await (const line of warden.system().exportAudit()) await output.write(line);
    });
  } finally {
    await output.close();
  }
  const { head, entries, seals } = await verifyAudit(createReadStream(path));
  const said = `${entries} entries under ${seals} seals`;
  io.stdout.write(
    options.json === true
      ? `${toPrintableJson({ status: 'ok', file, entries, seals, head })}\n`
      : `${createStyle(io, io.stdout)('good', 'Exported')}  ${said}\nhead  ${head ?? 'none'}\n`,
  );
  return 0;
}

/** Checks an export; 0 when nothing is wrong with it, else 1. */
export async function verifyAuditFile(
  io: Io,
  options: GlobalOptions,
  {
    file,
    head,
    key,
  }: {
    readonly file: string;
    readonly head?: string;
    readonly key?: Readonly<Record<string, string>>;
  },
): Promise<number> {
  const report = await verifyAudit(createReadStream(resolve(io.cwd, file)), {
    ...(head === undefined ? {} : { expectedHead: head.toLowerCase() }),
    ...(key === undefined ? {} : { publicKeys: key }),
  });
  io.stdout.write(
    options.json === true ? `${toPrintableJson({ ...report })}\n` : renderReport(io, report),
  );
  return report.ok ? 0 : 1;
}

function renderReport(io: Io, report: AuditReport): string {
  const style = createStyle(io, io.stdout);
  const { entries, seals, erased, faults } = report;
  const lines = faults
    .slice(0, SHOWN)
    .map(({ kind, message }: AuditFault) => `${style('bad', kind)}  ${toPrintableLine(message)}`);
  if (faults.length > SHOWN) lines.push(`… and ${faults.length - SHOWN} more`);
  const verdict = report.ok ? style('good', 'Intact') : style('bad', `${faults.length} faults`);
  lines.push(`${verdict}  ${entries} entries proven, ${seals} seals, ${erased.length} erased`);
  lines.push(`head  ${report.head ?? 'none'}`);
  if (!report.anchored) lines.push('No anchored head: a cut-off end cannot be seen (--head).');
  if (!report.trusted) lines.push('Keys are those that the export itself names (--key).');
  return `${lines.join('\n')}\n`;
}
