import { AsyncLocalStorage } from 'node:async_hooks';
import { MailwardenError } from '../errors/mailwarden-error.ts';

/** Knows whether the running code is inside a unit of work, and refuses what would deadlock. */
export class UnitScope {
  readonly #units = new AsyncLocalStorage<{ running: boolean }>();

  /** Runs `work` as the inside of a unit, until its promise settles. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const unit = { running: true };
    try {
      return await this.#units.run(unit, work);
    } finally {
      // Whatever the work started and left behind is outside again.
      unit.running = false;
    }
  }

  /** Throws when called inside a unit. */
  refuse(instead: string): void {
    if (this.#units.getStore()?.running === true) {
      throw new MailwardenError('INTERNAL', { detail: instead });
    }
  }
}
