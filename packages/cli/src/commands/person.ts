import { open, rm } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { type ErasureReport, type PersonExport, renderPersonExport } from '@mailwarden/core';
import type { Io } from '../io.ts';
import { createStyle } from '../output/style.ts';
import { toPrintableJson, toPrintableLine } from '../output/to-printable.ts';
import { type GlobalOptions, withWarden } from '../session.ts';
import { UsageError } from '../usage-error.ts';

/** Writes everything held about a person to a new file that only its owner can read. */
export async function exportPerson(
  io: Io,
  options: GlobalOptions,
  { address, file }: { readonly address: string; readonly file: string },
): Promise<number> {
  const write = toWriter(file);
  const path = resolve(io.cwd, file);
  const output = await open(path, 'wx', 0o600).catch((cause: unknown) => {
    throw new UsageError(`${file} cannot be made: ${String((cause as Error).message)}`);
  });
  let done = false;
  try {
    const held = await withWarden(io, options, (warden) => warden.system().exportPerson(address));
    await output.write(write(held));
    done = true;
    const said = `${held.messages.length} messages, ${held.contacts.length} contacts`;
    io.stdout.write(
      options.json === true
        ? `${toPrintableJson({ status: 'ok', file, messages: held.messages.length })}\n`
        : `${createStyle(io, io.stdout)('good', 'Exported')}  ${toPrintableLine(address)}  ${said}\n`,
    );
    return 0;
  } finally {
    await output.close();
    if (!done) await rm(path);
  }
}

/** Erases a person; without `yes` it only says what would go, and nothing is changed. */
export async function erasePerson(
  io: Io,
  options: GlobalOptions,
  call: { readonly address: string; readonly reason: string; readonly yes: boolean },
): Promise<number> {
  const { address, reason, yes } = call;
  if (!yes) return await preview(io, options, address);
  const report = await withWarden(io, options, (warden) =>
    warden.system().erasePerson(address, { reason }),
  );
  io.stdout.write(
    options.json === true
      ? `${toPrintableJson({ status: 'ok', ...report })}\n`
      : renderReport(io, address, report),
  );
  return 0;
}

async function preview(io: Io, options: GlobalOptions, address: string): Promise<number> {
  const held = await withWarden(io, options, (warden) => warden.system().exportPerson(address));
  const { contacts, consents, messages, mentions } = held;
  const counts = {
    contacts: contacts.length,
    consents: consents.length,
    messages: messages.length,
    mentions: mentions.length,
  };
  io.stdout.write(
    options.json === true
      ? `${toPrintableJson({ status: 'preview', ...counts })}\n`
      : `${toPrintableLine(address)}\n${renderCounts(counts)}Nothing was erased. Say --yes to erase it for good.\n`,
  );
  return 1;
}

function toWriter(file: string): (held: PersonExport) => string {
  switch (extname(file).toLowerCase()) {
    case '.json':
      return (held) => `${JSON.stringify(held, null, 2)}\n`;
    case '.html':
      return renderPersonExport;
    default:
      throw new UsageError('The file has to end in .json or .html.');
  }
}

function renderReport(io: Io, address: string, report: ErasureReport): string {
  const style = createStyle(io, io.stdout);
  const { contacts, consents, messages, redacted, cancelled, sending, goneFromDisk, damaged } =
    report;
  const lines = [
    `${style('good', 'Erased')}  ${toPrintableLine(address)}  ${report.erasureId}`,
    renderCounts({ contacts, consents, messages, redacted, stopped: cancelled }).trimEnd(),
  ];
  if (sending.length > 0) {
    lines.push(`${sending.length} deliveries were with a server and may arrive.`);
  }
  if (damaged.length > 0) {
    lines.push(`Not finished, a worker tries again: ${toPrintableLine(damaged.join(', '))}`);
  }
  if (!goneFromDisk) lines.push('The files of the database may have it until they are vacuumed.');
  return `${lines.join('\n')}\n`;
}

function renderCounts(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `  ${name.padEnd(10)} ${count}\n`)
    .join('');
}
