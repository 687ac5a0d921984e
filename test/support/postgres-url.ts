import { inject } from 'vitest';
import type {} from './postgres-setup.ts';

/** The PostgreSQL server of this worker; its user may do everything. */
export function postgresUrl(): string {
  const url = inject('postgresUrls')[Number(process.env.VITEST_POOL_ID) - 1];
  if (url === undefined) throw new Error('This worker has no PostgreSQL server.');
  return url;
}
