import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { PolicyOptions } from '../options.ts';
import { parsePolicy } from './parse-policy.ts';
import { MAX_POLICY_LENGTH } from './read-document.ts';

/**
 * Reads a policy file in YAML or JSON, whatever its name ends in. Throws `POLICY_INVALID` with line
 * and column of every mistake, also when the file cannot be read.
 *
 * @example
 * ```ts
 * import { createMailwarden } from '@mailwarden/core';
 * import { loadPolicy } from '@mailwarden/core/policy-file';
 * import { sqlite } from '@mailwarden/core/sqlite';
 *
 * export const warden = await createMailwarden({
 *   database: sqlite('mailwarden.db'),
 *   keys: [{ id: 'k1', secret: process.env['MAILWARDEN_KEY'] }],
 *   mailboxes: [{ address: 'support@acme.example' }],
 *   policy: await loadPolicy('mailwarden.policy.yaml'),
 * });
 * ```
 */
export async function loadPolicy(path: string | URL): Promise<PolicyOptions> {
  return parsePolicy(await read(path), { name: basename(String(path)) });
}

async function read(path: string | URL): Promise<string> {
  try {
    // Four bytes to a character at most; a longer file is refused without being read.
    const { size } = await stat(path);
    if (size <= MAX_POLICY_LENGTH * 4) return await readFile(path, 'utf8');
  } catch (cause) {
    throw new MailwardenError('POLICY_INVALID', { detail: `${path} cannot be read.`, cause });
  }
  throw new MailwardenError('POLICY_INVALID', { detail: `${path} is too long.` });
}
