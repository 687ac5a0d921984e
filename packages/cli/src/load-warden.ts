import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createMailwarden, type Mailwarden, type MailwardenOptions } from '@mailwarden/core';
import type { Io } from './io.ts';
import { UsageError } from './usage-error.ts';

const DEFAULT_FILES = ['mailwarden.config.js', 'mailwarden.config.mjs', 'mailwarden.config.ts'];

/**
 * Makes the warden that a configuration file describes: its default export is MailwardenOptions,
 * a Mailwarden, or a function returning either. `fallback` is for what it does not say. Throws {@link UsageError} when there is none.
 */
export async function loadWarden(
  io: Io,
  file: string | undefined,
  fallback: Pick<MailwardenOptions, 'onError'> = {},
): Promise<Mailwarden> {
  const path = findConfig(io, file);
  const loaded: unknown = await import(pathToFileURL(path).href);
  const config = await unwrap(loaded);
  if (isMailwarden(config)) return config;
  if (typeof config === 'object' && config !== null) {
    return await createMailwarden({ ...fallback, ...(config as MailwardenOptions) });
  }
  throw new UsageError(
    `${path} must have a default export: the Mailwarden options, or a function returning them.`,
  );
}

function findConfig(io: Io, file: string | undefined): string {
  const candidates = file === undefined ? DEFAULT_FILES : [file];
  const found = candidates.map((name) => resolve(io.cwd, name)).find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new UsageError(
    file === undefined
      ? `No configuration here. Looked for ${DEFAULT_FILES.join(', ')}; name another with --config FILE.`
      : `There is no configuration file at ${resolve(io.cwd, file)}.`,
  );
}

async function unwrap(module: unknown): Promise<unknown> {
  const exported = (module as { readonly default?: unknown }).default;
  return typeof exported === 'function' ? ((await exported()) as unknown) : exported;
}

function isMailwarden(config: unknown): config is Mailwarden {
  const { start, reviewer } = (config ?? {}) as Partial<Mailwarden>;
  return typeof start === 'function' && typeof reviewer === 'function';
}
