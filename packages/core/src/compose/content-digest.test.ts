import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentDigest, type DigestContent } from './content-digest.ts';

const CONTENT: DigestContent = {
  nonce: 'n-1',
  mailbox: 'lifecycle@acme.example',
  recipients: ['ana@example.com', 'bo@example.com'],
  from: { address: 'lifecycle@acme.example', name: 'Acme' },
  to: ['ana@example.com'],
  cc: ['bo@example.com'],
  bcc: ['cy@example.com'],
  replyTo: 'help@acme.example',
  subject: 'Hello',
  inReplyTo: 'a@x.example',
  references: ['a@x.example', 'b@x.example'],
  headers: [['X-Campaign-ID', 'spring']],
  text: 'Hi Ana',
  html: '<p>Hi Ana</p>',
  attachments: [{ name: 'a.pdf', type: 'application/pdf', sha256: 'ab' }],
  category: 'conversational',
  topic: 'news',
  campaign: 'spring',
  sendNotBefore: 1_790_000_000_000,
  identity: 'acme',
  templateVersion: 'hello@1',
};

/** Every path to a leaf or a list, so that no field can be left out of the digest unseen. */
function paths(value: unknown, path: readonly (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [[...path]];
  const below = Object.entries(value).flatMap(([key, member]) =>
    paths(member, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return Array.isArray(value) ? [[...path], ...below] : below;
}

function mutate(content: DigestContent, path: readonly (string | number)[], text: string) {
  const copy = structuredClone(content) as unknown as Record<string | number, unknown>;
  let parent = copy;
  for (const key of path.slice(0, -1)) parent = parent[key] as Record<string | number, unknown>;
  const last = path.at(-1) ?? '';
  const old = parent[last];
  if (Array.isArray(old)) parent[last] = old.length > 1 ? old.slice(1) : [...old, old[0]];
  else if (typeof old === 'number') parent[last] = old + 1;
  else parent[last] = `${String(old)}${text}`;
  return copy as unknown as DigestContent;
}

describe('P4: contentDigest', () => {
  it('is 64 hex digits and the same for the same content', () => {
    expect(contentDigest(CONTENT)).toMatch(/^[0-9a-f]{64}$/);
    expect(contentDigest(structuredClone(CONTENT))).toBe(contentDigest(CONTENT));
  });

  it('changes with every field, however small the change', () => {
    const all = paths(CONTENT);
    expect(new Set(all.map((path) => path[0]))).toEqual(new Set(Object.keys(CONTENT)));
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.string({ minLength: 1 }), (path, text) => {
        const digest = contentDigest(mutate(CONTENT, path, text));
        expect(digest).not.toBe(contentDigest(CONTENT));
      }),
      { numRuns: 500 },
    );
    for (const path of all) {
      expect(contentDigest(mutate(CONTENT, path, ' ')), path.join('.')).not.toBe(
        contentDigest(CONTENT),
      );
    }
  });

  it('changes when an optional field is taken away', () => {
    for (const [key, value] of Object.entries(CONTENT)) {
      const without = { ...CONTENT, [key]: Array.isArray(value) ? [] : null };
      if (key === 'from') continue;
      expect(contentDigest(without), key).not.toBe(contentDigest(CONTENT));
    }
  });

  it('ignores the order of recipients but not of what the reader sees', () => {
    const swap = { ...CONTENT, recipients: CONTENT.recipients.toReversed() };
    expect(contentDigest(swap)).toBe(contentDigest(CONTENT));
    const to = ['ana@example.com', 'bo@example.com'];
    expect(contentDigest({ ...CONTENT, to: to.toReversed() })).not.toBe(
      contentDigest({ ...CONTENT, to }),
    );
  });

  it('keeps neighbouring fields apart', () => {
    const moved = { ...CONTENT, to: [...CONTENT.to, ...CONTENT.cc], cc: [] };
    expect(contentDigest(moved)).not.toBe(contentDigest(CONTENT));
    expect(contentDigest({ ...CONTENT, subject: 'HelloH', text: 'i Ana' })).not.toBe(
      contentDigest({ ...CONTENT, subject: 'Hello', text: 'Hi Ana' }),
    );
  });
});
