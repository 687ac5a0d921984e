import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { POLICY_NAMES } from '../../packages/core/src/options/join-policy.ts';
import { POLICY } from '../../packages/core/src/options/policy-members.ts';
import { checkPolicy } from '../../packages/core/src/policy-file/check-policy.ts';
import { findIssues } from '../../packages/core/src/shapes/require-shape.ts';
import { fitsSchema } from '../support/fits-schema.ts';
import { readPolicySchema, renderPolicySchema } from './policy-schema.ts';

/** Every option once, with a value that can be used. */
const WHOLE = {
  senders: { acme: { legalName: 'Acme, Inc.', postalAddress: '1 Main St' } },
  mailboxes: [
    {
      address: 'news@acme.example',
      name: 'Acme',
      sender: 'acme',
      oversight: { default: 'gated_send', transactional: 'autonomous' },
      ceiling: 'monitored',
      tighten: [{ when: { category: 'marketing', lapsedDays: 365 }, to: 'gated_send' }],
      fourEyes: true,
      dailyLimit: 200,
    },
  ],
  templates: [{ id: 'a', subject: 'Hi {{ who }}', body: 'Hi', variables: { who: 'text' } }],
  offers: [{ id: 'o', percent: 20, startsAt: '2027-03-01T00:00:00Z', endsAt: 1_900_000_000_000 }],
  facts: [{ id: 'f', pattern: 'free trial' }],
  allowedLinkHosts: ['docs.acme.example'],
  internalDomains: ['acme.example'],
  budgets: { sendsPerRun: 3 },
  audience: { unknownCountry: 'US' },
  jurisdictions: [
    {
      id: 'jp',
      version: '1',
      title: 'Japan',
      countries: ['JP'],
      rows: [{ when: { proven: true }, effect: 'allow', code: 'A', law: 'B', message: 'C' }],
    },
  ],
  reviewExpiry: 1000,
};

const PAGE = join(import.meta.dirname, '../../packages/core/docs/policy-file.md');

/** As `Math.random` gives it: 1 would name a value behind the last one. */
const PICK = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

/** Puts odd values and odd names into random places of a document. */
function mutate(value: unknown, pick: () => number): unknown {
  const odd = [null, '', 0, -1, true, [], {}, 'x', 1.5];
  if (pick() < 0.05) return odd[Math.floor(pick() * odd.length)];
  if (Array.isArray(value)) return value.map((item: unknown) => mutate(item, pick));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(() => pick() > 0.05);
  const renamed = entries.map(([name, item]) => [pick() < 0.02 ? `${name}x` : name, item] as const);
  return Object.fromEntries(renamed.map(([name, item]) => [name, mutate(item, pick)]));
}

describe('the JSON Schema of policies', () => {
  const schema = JSON.parse(renderPolicySchema()) as object;

  it('says what the options say', async () => {
    expect(await readPolicySchema()).toBe(renderPolicySchema());
  });

  it('takes a policy in which everything stands, and says of every name what it is', () => {
    expect(findIssues(POLICY, WHOLE)).toEqual([]);
    expect(fitsSchema(schema, WHOLE)).toBe(true);
    expect(JSON.stringify(schema)).not.toContain('"description":""');
  });

  it('takes whatever the checker takes, and refuses the names that it refuses', () => {
    let refused = 0;
    fc.assert(
      fc.property(fc.infiniteStream(PICK), (stream) => {
        const document = mutate(WHOLE, () => stream.next().value ?? 0.5);
        const issues = findIssues(POLICY, document);
        if (issues.length === 0) expect(fitsSchema(schema, document)).toBe(true);
        else refused += 1;
        if (issues.some(({ code }) => code === 'OPTION_UNKNOWN')) {
          expect(fitsSchema(schema, document)).toBe(false);
        }
      }),
      { numRuns: 500 },
    );
    expect(refused).toBeGreaterThan(50);
  });
});

describe('the page about policy files', () => {
  it('shows a policy in which every option stands, and that can be used', async () => {
    const [, yaml = ''] = /```yaml\n(.*?)```/s.exec(await readFile(PAGE, 'utf8')) ?? [];
    const { issues, policy } = checkPolicy(yaml);
    expect(issues).toEqual([]);
    expect(fitsSchema(JSON.parse(renderPolicySchema()) as object, policy)).toBe(true);
    expect(Object.keys(policy ?? {}).toSorted()).toEqual([...POLICY_NAMES].toSorted());
  });
});
