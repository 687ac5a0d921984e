import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { MailwardenOptions, PolicyOptions } from '../options.ts';
import { parsePolicy } from '../policy-file/parse-policy.ts';
import { sqlite } from '../sqlite.ts';
import { joinPolicy } from './join-policy.ts';
import { resolvePolicy } from './resolve-policy.ts';

const PAGE = join(import.meta.dirname, '../../docs/policy-file.md');
const BASE = {
  database: sqlite(':memory:'),
  keys: [{ id: 'k1', secret: 'a secret that only these tests know, 1' }],
};
const versionOf = (options: Partial<MailwardenOptions>) =>
  resolvePolicy(joinPolicy({ mailboxes: [{ address: 'news@acme.example' }], ...BASE, ...options }))
    .policy.version;

describe('resolvePolicy', () => {
  it('gives one content one version, from a file, from code and from the options', async () => {
    const [, yaml = ''] = /```yaml\n(.*?)```/s.exec(await readFile(PAGE, 'utf8')) ?? [];
    const fromFile = parsePolicy(yaml);
    const fromJson = parsePolicy(JSON.stringify(fromFile));
    const { mailboxes = [], ...rest } = fromFile;
    const bare = mailboxes.map(({ address }) => ({ address }));
    const version = versionOf({ mailboxes: bare, policy: fromFile });
    expect(versionOf({ mailboxes: bare, policy: fromJson })).toBe(version);
    expect(versionOf({ mailboxes, ...rest })).toBe(version);
    const facts = fromFile.facts?.map((fact) =>
      fact.pattern === undefined ? fact : { ...fact, pattern: new RegExp(fact.pattern) },
    );
    expect(versionOf({ mailboxes, ...rest, ...(facts && { facts }) })).toBe(version);
  });

  it.each<[string, PolicyOptions]>([
    ['a mode', { mailboxes: [{ address: 'news@acme.example', oversight: 'autonomous' }] }],
    ['a budget', { budgets: { sendsPerRun: 1 } }],
    ['an offer', { offers: [{ id: 'o', percent: 5, startsAt: 1, endsAt: 2 }] }],
    ['a host', { allowedLinkHosts: ['docs.partner.example'] }],
    ['a colleague', { internalDomains: ['acme.example'] }],
    ['a country', { audience: { unknownCountry: 'US' } }],
  ])('gives another version when %s changes', (_what, policy) => {
    expect(versionOf({ policy })).not.toBe(versionOf({}));
  });
});
