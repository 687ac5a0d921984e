import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { InboundMessage } from '../inbound-message.ts';
import { parseInbound } from '../parse-inbound.ts';
import { createParseAside, type ParseAside, type ParseAsideOptions } from './parse-aside.ts';
import { startParseThread } from './start-parse-thread.ts';

const TRUSTED = 'mx.acme.example';

const letter = (at: number): Uint8Array =>
  Buffer.from(`From: Ana <ana@example.com>
To: support@acme.example
Subject: =?utf-8?B?R3LDvMOfZQ==?= ${at}
Message-ID: <${at}@example.com>
Date: Mon, 2 Nov 2026 10:00:00 +0000
Authentication-Results: ${TRUSTED}; dmarc=pass header.from=example.com
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain; charset=utf-8

Yes, please. ${at} ${'word '.repeat(400)}

> Do you want it?
--b
Content-Type: text/csv; name=a.csv
Content-Disposition: attachment

${'a,b,c\n'.repeat(3_000)}
--b
Content-Type: application/octet-stream; name=b.bin
Content-Transfer-Encoding: base64

AAECAwQ=
--b--
`);
const REPORT = Buffer.from(`From: MAILER-DAEMON@mx.example.com
Return-Path: <>
Subject: Undelivered Mail Returned to Sender

<ana@example.com>: 550 5.1.1 No such user
`);
const MANY = [...Array.from({ length: 20 }, (_, at) => letter(at)), REPORT, new Uint8Array()];

/** With a thread that only this test uses, and what was reported. */
function setUp(
  file?: URL,
  idle?: number,
): {
  aside: ParseAside;
  threads: () => number;
  faults: unknown[];
  options: ParseAsideOptions;
} {
  let threads = 0;
  const faults: unknown[] = [];
  const aside = createParseAside((onEnd) => {
    threads += 1;
    return startParseThread(onEnd, { ...(file && { file }), ...(idle && { idle }) });
  });
  const report = (error: unknown): void => void faults.push(error);
  return { aside, threads: () => threads, faults, options: { trustedAuthservId: TRUSTED, report } };
}

/** As mail is taken in: all are expected, then each is asked for. */
async function parseAll(
  aside: ParseAside,
  messages: readonly Uint8Array[],
  options: ParseAsideOptions,
): Promise<InboundMessage[]> {
  aside.expect(messages, options);
  const parsed: InboundMessage[] = [];
  for (const raw of messages) parsed.push(await aside.parse(raw, options));
  return parsed;
}

const program = (source: string): URL =>
  new URL(`data:text/javascript,${encodeURIComponent(source)}`);

async function parseHere(messages: readonly Uint8Array[]): Promise<unknown[]> {
  const parsed = [];
  for (const raw of messages) parsed.push(await parseInbound(raw, { trustedAuthservId: TRUSTED }));
  return parsed;
}

describe('parsing in a thread', () => {
  test('gives what parsing here gives, and leaves the bytes as they are', async () => {
    const { aside, threads, faults, options } = setUp();
    const before = MANY.map((raw) => Buffer.from(raw));
    const parsed = await parseAll(aside, MANY, options);
    expect(parsed).toEqual(await parseHere(before));
    expect(parsed[0]?.authentication.dmarc).toBe('pass');
    expect(MANY.map((raw) => Buffer.from(raw))).toEqual(before);
    expect(threads()).toBe(1);
    expect(faults).toEqual([]);
  });

  test('few and small messages need none', async () => {
    const { aside, threads, options } = setUp();
    const parsed = await parseAll(aside, [letter(1)], options);
    expect(parsed).toEqual(await parseHere([letter(1)]));
    expect(threads()).toBe(0);
  });

  test('the event loop goes on meanwhile', async () => {
    const { aside, options } = setUp();
    const large = Buffer.concat([letter(1), Buffer.from('A line of text.\n'.repeat(60_000))]);
    let turns = 0;
    let isDone = false;
    void parseAll(aside, [large], options).then(() => {
      isDone = true;
    });
    while (!isDone) {
      await new Promise(setImmediate);
      turns += 1;
    }
    // Parsed here it would have some three.
    expect(turns).toBeGreaterThan(20);
  });

  test('what is expected is parsed once', async () => {
    const { aside, threads, options } = setUp();
    aside.expect(MANY, options);
    const [parsed, again] = await Promise.all([
      parseAll(aside, MANY, options),
      parseAll(aside, MANY, options),
    ]);
    expect(parsed[3]).toBe(again[3]);
    expect(threads()).toBe(1);
  });

  test('a thread that rested too long is followed by another', async () => {
    const { aside, threads, faults, options } = setUp(undefined, 1);
    await parseAll(aside, MANY, options);
    await expect
      .poll(async () => {
        await parseAll(
          aside,
          MANY.map((raw) => Buffer.from(raw)),
          options,
        );
        return threads();
      })
      .toBeGreaterThan(1);
    expect(faults).toEqual([]);
  });

  test.each([
    ['its file is missing', new URL('./missing.js', import.meta.url)],
    ['it fails at once', program('throw new Error("no")')],
    [
      'it ends with the first message',
      program(
        "import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => process.exit(3));",
      ),
    ],
    ['its address is none that a thread can have', new URL('https://acme.example/')],
  ])('where there is none because %s, messages are parsed here', async (_, file) => {
    const { aside, faults, threads, options } = setUp(file);
    aside.expect(MANY, options);
    expect(await parseAll(aside, MANY, options)).toEqual(await parseHere(MANY));
    expect(
      await parseAll(
        aside,
        MANY.map((raw) => Buffer.from(raw)),
        options,
      ),
    ).toHaveLength(MANY.length);
    expect(faults).toMatchObject([
      { code: 'INTERNAL', message: expect.stringContaining('parsed in the event loop') },
    ]);
    expect(threads()).toBe(1);
  });

  test('it keeps a process alive while it works, and no longer', async () => {
    const main = `
      const { parseAside } = await import(${JSON.stringify(new URL('./parse-aside.ts', import.meta.url).href)});
      const raw = Buffer.from('Subject: all of it\\n\\n' + 'word '.repeat(100_000));
      const options = { report: (error) => { throw error; } };
      parseAside.expect([raw], options);
      const one = await parseAside.parse(raw, options);
      console.log(one.subject);
    `;
    const abort = new AbortController();
    onTestFinished(() => abort.abort());
    const run = promisify(execFile)(
      process.execPath,
      ['--conditions=@mailwarden/source', '--input-type=module', '-e', main],
      { timeout: 20_000, signal: abort.signal },
    );
    expect((await run).stdout).toBe('all of it\n');
  });
});
