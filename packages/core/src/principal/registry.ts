import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { Principal } from './principal.ts';

type Report = (error: unknown) => void;

const principals = new WeakMap<object, Principal>();
const reports = new WeakMap<object, Report>();

/**
 * Binds a handle to its principal for good; called only where handles are made.
 *
 * @param report - Who is told of faults in calls that answer a model, which is told nothing.
 */
export function bindPrincipal<T extends object>(
  handle: T,
  principal: Principal,
  report?: Report,
): T {
  principals.set(handle, principal);
  if (report !== undefined) reports.set(handle, report);
  return Object.freeze(handle);
}

/** Tells the application of a fault behind this handle. */
export function reportFault(handle: object, error: unknown): void {
  reports.get(handle)?.(error);
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
