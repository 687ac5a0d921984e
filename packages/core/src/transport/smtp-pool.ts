import type { SmtpFailure } from './smtp-failure.ts';
import type { SmtpSettings } from './smtp-options.ts';
import { SmtpSession } from './smtp-session.ts';

/** A session that is ready for a transaction, or why there is none. */
export type Acquired =
  | { readonly session: SmtpSession; readonly failure?: undefined }
  | { readonly session?: undefined; readonly failure: SmtpFailure };

/** A place in the pool, perhaps with the session that somebody has just done with. */
interface Place {
  readonly session?: SmtpSession;
}

/** At most `maxConnections` sessions; each serves one send at a time. Nothing is ever sent twice. */
export class SmtpPool {
  private readonly settings: SmtpSettings;
  private readonly resting = new Map<SmtpSession, NodeJS.Timeout>();
  private readonly waiting = new Set<(place: Place | undefined) => void>();
  private readonly quitting = new Set<Promise<void>>();
  private used = 0;
  private closing: Promise<void> | undefined;
  private onIdle: (() => void) | undefined;

  constructor(settings: SmtpSettings) {
    this.settings = settings;
  }

  /** Waits for a free place and gives a live session; every session given must come back. */
  async acquire(signal: AbortSignal): Promise<Acquired> {
    const place = await this.enter(signal);
    if (place === undefined) return { failure: this.closing === undefined ? CROWDED : CLOSED };
    const live = place.session ?? (await this.reuse(signal));
    if (live !== undefined) return { session: live };
    const session = new SmtpSession(this.settings);
    const failure = await session.open(signal);
    if (failure === undefined) return { session };
    this.leave();
    return { failure };
  }

  /** Takes a session back; one that broke, or that has served long, is not used again. */
  release(session: SmtpSession): void {
    const isGood = session.isUsable && session.transactions < MAX_TRANSACTIONS;
    if (!isGood || this.closing !== undefined) {
      void this.quit(session).then(() => this.leave());
      return;
    }
    const [next] = this.waiting;
    // It has this moment accepted a message, so that no RSET could prove more.
    if (next !== undefined && session.isClean) {
      next({ session });
      return;
    }
    this.rest(session);
    this.leave();
  }

  /** Refuses what has not begun, waits for what is in flight, then closes every connection. */
  close(): Promise<void> {
    this.closing ??= this.drain();
    return this.closing;
  }

  private async drain(): Promise<void> {
    for (const answer of [...this.waiting]) answer(undefined);
    if (this.used > 0) {
      await new Promise<void>((resolve) => {
        this.onIdle = resolve;
      });
    }
    for (const session of this.resting.keys()) void this.quit(session);
    await Promise.all(this.quitting);
  }

  private enter(signal: AbortSignal): Promise<Place | undefined> | Place | undefined {
    if (this.closing !== undefined || signal.aborted) return undefined;
    if (this.used < this.settings.maxConnections) {
      this.used += 1;
      return {};
    }
    return new Promise((resolve) => {
      const answer = (place: Place | undefined): void => {
        this.waiting.delete(answer);
        signal.removeEventListener('abort', onAbort);
        resolve(place);
      };
      const onAbort = (): void => answer(undefined);
      this.waiting.add(answer);
      signal.addEventListener('abort', onAbort, { once: true });
    });
  }

  /** Gives the place to whoever waits longest. */
  private leave(): void {
    const [next] = this.waiting;
    if (next === undefined) this.used -= 1;
    next?.({});
    if (this.used === 0) this.onIdle?.();
  }

  /**
   * RSET ends what was refused, and shows whether the server is still there before a message is at
   * stake: one round trip.
   */
  private async reuse(signal: AbortSignal): Promise<SmtpSession | undefined> {
    for (const session of [...this.resting.keys()].reverse()) {
      if (!this.resting.has(session)) continue;
      this.forget(session);
      session.wake();
      if (await session.reset(signal)) return session;
      session.cut(CLOSED);
    }
    return undefined;
  }

  private rest(session: SmtpSession): void {
    const timer = setTimeout(() => void this.quit(session), this.settings.idleTimeout);
    timer.unref();
    this.resting.set(session, timer);
    session.rest(() => this.forget(session));
  }

  private forget(session: SmtpSession): void {
    clearTimeout(this.resting.get(session));
    this.resting.delete(session);
  }

  private quit(session: SmtpSession): Promise<void> {
    this.forget(session);
    const done = session.quit().finally(() => this.quitting.delete(done));
    this.quitting.add(done);
    return done;
  }
}

/** Many servers end a session after about this many messages. */
const MAX_TRANSACTIONS = 100;
const CLOSED: SmtpFailure = { code: 'ECLOSED', message: 'This transport was closed.' };
const CROWDED: SmtpFailure = {
  code: 'ETIMEDOUT',
  message: 'No connection was free within the time for one send.',
};
