import { describe, expect, it } from 'vitest';
import { checkPolicy } from './check-policy.ts';
import { definePolicy } from './define-policy.ts';
import { parsePolicy } from './parse-policy.ts';

const lines = (text: string) =>
  checkPolicy(text).issues.map(({ line, column, message }) => `${line}:${column} ${message}`);

describe('checkPolicy', () => {
  it('reads YAML, and JSON with the schema that its editor wants', () => {
    const policy = {
      mailboxes: [{ address: 'a@acme.example', oversight: { default: 'monitored' } }],
    };
    const yaml = 'mailboxes:\n  - address: a@acme.example\n    oversight: { default: monitored }\n';
    expect(checkPolicy(yaml)).toEqual({ issues: [], policy });
    const json = JSON.stringify({ $schema: './policy.schema.json', ...policy }, null, 2);
    expect(checkPolicy(json)).toEqual({ issues: [], policy });
    expect(definePolicy(parsePolicy(yaml))).toEqual(policy);
  });

  it('points at a misspelt name and names the nearest one', () => {
    expect(lines('mailboxes:\n  - address: a@acme.example\n    oversigth: monitored\n')).toEqual([
      '3:5 mailboxes[0] has no "oversigth". Did you mean "oversight"? It has address, name, sender, oversight, ceiling, tighten, disclosure, fourEyes, dailyLimit, timeZone, bounces.',
    ]);
  });

  it('points at a value, says what was expected and what came, and lists every mistake', () => {
    const text = [
      'budgets:',
      '  sendsPerRun: many',
      'reviewExpiry: 0',
      'mailboxes:',
      '  - oversight: gated_sent',
      '    address: nobody',
      'audience: { unknownCountry: UK }',
    ].join('\n');
    expect(lines(text)).toEqual([
      '2:16 budgets.sendsPerRun has to be a number of at least 0; got "many".',
      '3:15 reviewExpiry has to be a number of at least 1; got 0.',
      '5:16 mailboxes[0].oversight has to be one of read_only, gated_all, gated_send, monitored, autonomous; got "gated_sent". Did you mean "gated_send"?',
      '6:14 mailboxes[0].address has to be an email address; got "nobody".',
      '7:29 audience.unknownCountry has to be "strictest" or an ISO 3166-1 alpha-2 code such as "US"; got "UK".',
    ]);
  });

  it('says what is missing, what has no sender, and what Liquid does not understand', () => {
    expect(lines('mailboxes:\n  - name: Support\n')).toEqual([
      '2:5 mailboxes[0] needs address, an email address.',
    ]);
    expect(
      lines('senders: {}\nmailboxes:\n  - address: a@acme.example\n    sender: acme\n'),
    ).toEqual(['4:13 mailboxes[0].sender is "acme", which is not in senders: .']);
    expect(lines('templates:\n  - { id: a, subject: "{{ who }}", body: Hi }\n')).toEqual([
      '2:5 templates[0] uses who without declaring it.',
    ]);
  });

  it.each([
    ['a tag that would make code', 'budgets: !!js/function "f"', 'Tags are not understood here.'],
    ['a set', 'budgets: !!set { sendsPerRun }', 'Tags are not understood here.'],
    ['a name twice', 'budgets: {}\nbudgets: {}', '"budgets" stands twice.'],
    ['a second document', 'budgets: {}\n---\nbudgets: {}', 'multiple documents'],
    ['a merge key', 'budgets:\n  <<: { sendsPerRun: 3 }', 'budgets has no "<<".'],
    ['a prototype', '__proto__: { budgets: 1 }', 'It has no "__proto__".'],
    ['nothing', '# all commented out', 'It has to be an object; got null.'],
    ['an unknown alias', 'budgets: *all', 'aliases are unknown'],
    ['a list as a name', '? [a]\n: 1', 'keys must be strings'],
    ['too much', `# ${'x'.repeat(1_000_000)}`, 'at most 1000000 characters'],
    ['depth', '['.repeat(20_000), 'too many levels'],
    ['an anchor that names itself', 'budgets: &a { sendsPerRun: *a }', 'got an object'],
  ])('refuses %s', (_what, text, message) => {
    expect(lines(text).join('\n')).toContain(message);
  });

  it('lets an alias stand for a part, and refuses one that stands for too much', () => {
    const modes = 'oversight: &o { default: monitored }';
    const shared = `mailboxes:\n  - { address: a@acme.example, ${modes} }\n  - { address: b@acme.example, oversight: *o }`;
    expect(checkPolicy(shared).policy?.mailboxes?.[1]?.oversight).toEqual({ default: 'monitored' });
    const levels = ['a', 'b', 'c', 'd', 'e'].map((name, index, all) => {
      const item = index === 0 ? 'x' : `*${all[index - 1]}`;
      return `${name}: &${name} [${Array.from({ length: 9 }, () => item).join(', ')}]`;
    });
    expect(lines(levels.join('\n'))).toEqual([expect.stringContaining('more than 100 things')]);
    const many = `internalDomains: [&d acme.example${', *d'.repeat(101)}]`;
    expect(lines(many)).toEqual([expect.stringContaining('at most 100 aliases')]);
  });

  it('names ten mistakes in one error, with the file', () => {
    const text = Array.from({ length: 12 }, (_, index) => `x${index}: 1`).join('\n');
    expect(() => parsePolicy(text, { name: 'mail.yaml' })).toThrow(
      expect.objectContaining({
        code: 'POLICY_INVALID',
        message: expect.stringMatching(/mail\.yaml:1:1 It has no "x0".*2 more\./) as string,
      }),
    );
  });
});
