import type { Context, Settings } from '../context.ts';

/** The part of the context that the unsubscribe page uses. */
export type UnsubscribeContext = Pick<
  Context,
  'tenant' | 'storage' | 'keys' | 'now' | 'mailboxes' | 'report' | 'journal' | 'wake'
> & { readonly settings: Pick<Settings, 'frequency'> };
