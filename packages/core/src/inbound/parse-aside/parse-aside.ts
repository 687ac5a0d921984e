import { setImmediate as nextTurn } from 'node:timers/promises';
import { MailwardenError } from '../../errors/mailwarden-error.ts';
import type { InboundMessage } from '../inbound-message.ts';
import { type ParseInboundOptions, parseInbound } from '../parse-inbound.ts';
import { type ParseThread, startParseThread } from './start-parse-thread.ts';

/** How messages are parsed, and who hears that there is no thread for it. */
export interface ParseAsideOptions extends ParseInboundOptions {
  readonly report: (error: unknown) => void;
}

export interface ParseAside {
  /**
   * Has a thread begin with the very bytes that `parse` will be asked for, so that neither a first
   * sync nor a message that takes long keeps everything else waiting; few and small ones it leaves.
   * Where there can be no thread (a bundle without its file, a permission that is not given) all
   * are left from then on, and `report` hears of it once.
   */
  readonly expect: (messages: readonly Uint8Array[], options: ParseAsideOptions) => void;
  /** What {@link parseInbound} gives: of the thread, or made here of what was left. */
  readonly parse: (raw: Uint8Array, options: ParseAsideOptions) => Promise<InboundMessage>;
}

const NO_THREAD =
  'No thread can be had to parse mail; from now on it is parsed in the event loop, and nothing is lost.';

/** Bytes that are parsed sooner than a thread is started for them. */
const SMALL = 200_000;

/** `start` makes the thread, again after it has ended because there was nothing to do. */
export function createParseAside(start: typeof startParseThread): ParseAside {
  let thread: ParseThread | undefined;
  let isMissing = false;
  /** What the thread works on; `undefined` for what it did not finish. */
  const begun = new WeakMap<Uint8Array, Promise<InboundMessage | undefined>>();

  function expect(messages: readonly Uint8Array[], options: ParseAsideOptions): void {
    const news = messages.filter((raw) => !begun.has(raw));
    const size = news.reduce((sum, { byteLength }) => sum + byteLength, 0);
    if (size < SMALL || isMissing) return;
    const { trustedAuthservId, report } = options;
    const fail = (cause: unknown): undefined => {
      if (!isMissing) report(new MailwardenError('INTERNAL', { detail: NO_THREAD, cause }));
      isMissing = true;
    };
    try {
      thread ??= start(() => {
        thread = undefined;
      });
      const { parse } = thread;
      for (const raw of news) begun.set(raw, parse(raw, { trustedAuthservId }).catch(fail));
    } catch (error) {
      fail(error);
    }
  }

  return {
    expect,
    async parse(raw, options) {
      const aside = await begun.get(raw);
      if (aside !== undefined) return aside;
      // Between two messages others get their turn.
      await nextTurn();
      return parseInbound(raw, options);
    },
  };
}

/** The one of the process, which all its wardens share. */
export const parseAside: ParseAside = createParseAside(startParseThread);
