import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Dovecot } from '../../support/dovecot.ts';

/** What lies in a mailbox before anybody opens it. */
export interface Mail {
  /** INBOX, or the name of another folder. */
  readonly folder: string;
  /** Messages with CRLF, oldest first. */
  readonly messages: Iterable<string>;
}

/**
 * Writes the files of a maildir, which is a hundred times as fast as to deliver them. Nobody may
 * have logged in as `user` yet.
 */
export async function fillMaildir(
  server: Dovecot,
  user: string,
  mail: readonly Mail[],
): Promise<void> {
  const home = join(server.mailDirectory, user);
  for (const { folder, messages } of mail) {
    const directory = folder === 'INBOX' ? home : join(home, `.${folder}`);
    for (const part of ['cur', 'new', 'tmp'])
      await mkdir(join(directory, part), { recursive: true });
    if (folder !== 'INBOX') await writeFile(join(directory, 'maildirfolder'), '');
    let at = 0;
    let writing: Promise<void>[] = [];
    for (const message of messages) {
      // Dovecot takes the size, in the file and with CRLF, from the name; its order is that of UIDs.
      const size = Buffer.byteLength(message);
      const time = 1_790_000_000 + Math.floor(at / 1_000);
      const count = String(at % 1_000).padStart(6, '0');
      const name = `${time}.M${count}P1.bench,S=${size},W=${size}:2,`;
      writing.push(writeFile(join(directory, 'cur', name), message));
      at += 1;
      if (writing.length < 64) continue;
      await Promise.all(writing);
      writing = [];
    }
    await Promise.all(writing);
  }
  if (process.getuid?.() === 0) await promisify(execFile)('chown', ['-R', 'mail:mail', home]);
}
