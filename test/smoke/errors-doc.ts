// `npm run docs:errors` writes the table of error codes as a page; a test compares the two.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ERROR_CODES } from '../../packages/core/src/errors/error-codes.ts';

const path = join(import.meta.dirname, '../../packages/core/docs/errors.md');

/** The page as it should be. */
export function renderErrorsDoc(): string {
  const rows = Object.entries(ERROR_CODES).map(
    ([code, { message, httpStatus, retryable, hint }]) =>
      `| \`${code}\` | ${httpStatus} | ${retryable ? 'yes' : 'no'} | ${cell(message)} | ${cell(hint)} |`,
  );
  return `# Error codes

Every error that Mailwarden throws is a \`MailwardenError\` with one of these codes; an outcome that an agent sees carries one of them, or the code of the
policy finding that decided. Branch on the code: sentences may change. *Retry* says whether the same call may succeed later without a change.

This page is written by \`npm run docs:errors\` from \`src/errors/error-codes.ts\`.

| code | HTTP | retry | what was expected | what to do |
|---|---|---|---|---|
${rows.join('\n')}
`;
}

/** The page as it is. */
export const readErrorsDoc = (): Promise<string> => readFile(path, 'utf8');

const cell = (text: string): string => text.replaceAll('|', '\\|');

if (process.argv[1] === import.meta.filename) await writeFile(path, renderErrorsDoc());
