import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { Principal } from './principal.ts';

const principals = new WeakMap<object, Principal>();

/** Binds a handle to its principal for good; called only where handles are made. */
export function bindPrincipal<T extends object>(handle: T, principal: Principal): T {
  principals.set(handle, principal);
  return Object.freeze(handle);
}

/**
 * The principal that a handle was made for. What the handle's own fields say does not count.
 * Throws `NOT_PERMITTED` for an object that no warden made.
 */
export function principalOf(handle: object): Principal {
  const principal = principals.get(handle);
  if (principal !== undefined) return principal;
  throw new MailwardenError('NOT_PERMITTED', {
    detail: 'The handle was not made by warden.agent(), reviewer() or system().',
  });
}
