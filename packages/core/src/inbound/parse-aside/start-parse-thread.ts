import { Worker } from 'node:worker_threads';
import { MailwardenError } from '../../errors/mailwarden-error.ts';
import type { InboundMessage } from '../inbound-message.ts';
import type { ParseInboundOptions } from '../parse-inbound.ts';

/** What the thread is asked. */
export interface ParseQuestion {
  readonly id: number;
  readonly raw: Uint8Array;
  readonly options: ParseInboundOptions;
}

/** What it answers. */
export interface ParseAnswer {
  readonly id: number;
  readonly parsed: InboundMessage;
}

export interface ParseThread {
  /** Rejects when the thread has ended, and then always. */
  readonly parse: (raw: Uint8Array, options: ParseInboundOptions) => Promise<InboundMessage>;
}

/** Where the thread's program is, and after how many ms without work it ends. */
export interface ParseThreadOptions {
  readonly file?: URL;
  readonly idle?: number;
}

// Compiled it is JavaScript, and in this repository TypeScript that Node reads as it is.
const FILE = import.meta.url.endsWith('.ts') ? './parse-thread.ts' : './parse-thread.js';

/**
 * Starts a thread that parses. It keeps the process alive only while it works. `onEnd` is called
 * once, when it will take no more.
 */
export function startParseThread(
  onEnd: () => void,
  { file = new URL(FILE, import.meta.url), idle = 30_000 }: ParseThreadOptions = {},
): ParseThread {
  // What strangers sent is read without the secrets and the flags of the process.
  const worker = new Worker(file, { env: {}, execArgv: [] });
  const waiting = new Map<number, PromiseWithResolvers<InboundMessage>>();
  let asked = 0;
  let fault: unknown;
  let rest: NodeJS.Timeout | undefined;

  const end = (reason: unknown): void => {
    if (fault !== undefined) return;
    fault = reason;
    onEnd();
    for (const { reject } of waiting.values()) reject(fault);
  };
  worker.on('message', ({ id, parsed }: ParseAnswer) => {
    waiting.get(id)?.resolve(parsed);
    waiting.delete(id);
    if (waiting.size > 0) return;
    worker.unref();
    rest = setTimeout(() => {
      end(new MailwardenError('STOPPED'));
      void worker.terminate();
    }, idle).unref();
  });
  worker.on('error', end);
  worker.on('messageerror', end);
  worker.on('exit', () => end(new MailwardenError('STOPPED')));

  return {
    parse(raw, options) {
      if (fault !== undefined) return Promise.reject(fault);
      clearTimeout(rest);
      worker.ref();
      asked += 1;
      const answer = Promise.withResolvers<InboundMessage>();
      waiting.set(asked, answer);
      const copy = new Uint8Array(raw);
      worker.postMessage({ id: asked, raw: copy, options } satisfies ParseQuestion, [copy.buffer]);
      return answer.promise;
    },
  };
}
