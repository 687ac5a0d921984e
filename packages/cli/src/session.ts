import type { Mailwarden } from '@mailwarden/core';
import type { Io } from './io.ts';
import { loadWarden } from './load-warden.ts';
import { UsageError } from './usage-error.ts';

/** Options of every command. */
export interface GlobalOptions {
  readonly config?: string;
  readonly as?: string;
  readonly json?: boolean;
}

/** Starts the configured warden without its worker, lends it to `work`, and stops it. */
export async function withWarden<T>(
  io: Io,
  options: GlobalOptions,
  work: (warden: Mailwarden) => Promise<T>,
): Promise<T> {
  const warden = await loadWarden(io, options.config);
  try {
    await warden.start({ worker: false });
    return await work(warden);
  } finally {
    await warden.stop();
  }
}

/** Who is looking; decisions need {@link requireReviewer}. */
export function findReviewer(io: Io, options: GlobalOptions): string | undefined {
  return (options.as ?? io.env.MAILWARDEN_REVIEWER)?.trim() || undefined;
}

/** Who decides; it is recorded. Throws {@link UsageError} when nobody is named. */
export function requireReviewer(io: Io, options: GlobalOptions): string {
  const reviewer = findReviewer(io, options);
  if (reviewer !== undefined) return reviewer;
  throw new UsageError('Say who decides: --as NAME, or set MAILWARDEN_REVIEWER.');
}
