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
   * Parses messages as {@link parseInbound} does, many or large ones in a thread, so that neither a
   * first sync nor a message that takes long keeps everything else waiting. Where there can be no
   * thread (a bundle without its file, a permission that is not given) they are parsed here from
   * then on, and `report` hears of it once.
   */
  readonly parse: (
    messages: readonly Uint8Array[],
    options: ParseAsideOptions,
  ) => Promise<readonly InboundMessage[]>;
  /** Has the thread begin with the very bytes that `parse` will be asked for in a while. */
  readonly expect: (messages: readonly Uint8Array[], options: ParseAsideOptions) => void;
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
    async parse(messages, options) {
      expect(messages, options);
      const parsed: InboundMessage[] = [];
      for (const raw of messages) {
        const aside = await begun.get(raw);
        parsed.push(aside ?? (await parseInbound(raw, options)));
        // Between two messages others get their turn.
        if (aside === undefined && messages.length > 1) await nextTurn();
      }
      return parsed;
    },
  };
}

/** The one of the process, which all its wardens share. */
export const parseAside: ParseAside = createParseAside(startParseThread);
