import { describe, expect, it } from 'vitest';
import { findPlaceholders } from './find-placeholders.ts';

const inBody = (body: string) => findPlaceholders('Your order', body).map(({ text }) => text);
const inSubject = (subject: string) => findPlaceholders(subject, 'Hi Ana').map(({ text }) => text);

describe('findPlaceholders', () => {
  it.each([
    ['Hi {{first_name}},', '{{first_name}}'],
    ['Hi {{ contact.first_name | default: "x" }},', '{{ contact.first_name | default: "x" }}'],
    ['Hi {{{name}}},', '{{{name}}}'],
    ['{% if vip %}Thanks', '{% if vip %}'],
    ['Hi <%= user.name %>,', '<%= user.name %>'],
    ['Hi {name},', '{name}'],
    ['Hi {firstName}, how is {company_name}?', '{firstName}'],
    [`Hi ${'$'}{user.firstName}!`, `${'$'}{user.firstName}`],
    ['Hi [First Name],', '[First Name]'],
    ['Hi [[first_name]],', '[[first_name]]'],
    ['Best,\n[Your Name]\n[Your Title]', '[Your Name]'],
    ['Call us at [your direct line].', '[your direct line]'],
    ['See you on [insert date and time].', '[insert date and time]'],
    ["Dear [Recipient's Name],", "[Recipient's Name]"],
    ['Hi %name%, hi %%first_name%%', '%name%'],
    ['Hi <first_name>,', '<first_name>'],
    ['Hi *|FNAME|*,', '*|FNAME|*'],
    ['Hi **{{name}}**,', '{{name}}'],
    ['- for {company}\n- x', '{company}'],
    ['# Welcome, [Name]', '[Name]'],
    ['Hi undefined,', 'Hi undefined'],
    ['Dear null null,', 'Dear null'],
    ['Hello NaN!', 'Hello NaN'],
    ['Thanks for joining, undefined undefined.', 'undefined undefined'],
    ['Your trial for undefined.', 'for undefined'],
    ['We met you at null, in spring.', 'at null'],
    ['Company: null', ': null'],
    ['Name: undefined, City: Berlin', ': undefined'],
    ['Order #undefined has shipped', '#undefined'],
    ['You save $NaN today', '$NaN'],
    ['You save NaN% today', 'NaN%'],
    ['Your undefined plan ends', 'Your undefined plan'],
    ['Data: [object Object]', '[object Object]'],
    ['Best regards,\nnull', 'null'],
    ['undefined, your order is ready', 'undefined,'],
    ['Hi ,\n\nnice to meet you', 'Hi ,'],
    ['Hello  , nice to meet you', 'Hello  ,'],
    ['Dear ,', 'Dear ,'],
    ['Dear,', 'Dear,'],
    ['good morning , all', 'good morning ,'],
    ['see {{footer}} below', '{{footer}}'],
    ['a\n\n{{footer}}\n\nb\n\n{{footer}}', '{{footer}}'],
    ['```\n{{footer}}\n```\n\nHi {{name}}', '{{name}}'],
  ])('finds what is unfilled in %j', (body, text) => {
    expect(inBody(body).join('\n')).toContain(text);
  });

  it.each([
    'Hi Ana,\n\nyour order is on its way.',
    'Hi,\n\nthanks for writing.',
    'Hello!\n\nGood to hear from you.',
    'Hi there,',
    'Hello, everyone',
    'Dear Ms Null,\n\nthank you.',
    'Dear Null,\n\nyour family name is fine with us.',
    'The contract is null and void.',
    'Null results are results, too.',
    'Reading an undefined variable is undefined behaviour.',
    'The value is undefined.',
    'We now check for null. It was missing.',
    'Testing for undefined, as you asked, is done.',
    'It returns null, undefined or a number.',
    'Division by zero gives NaN in JavaScript.',
    'The field may be null; we compare it to null.',
    'His role is still undefined, he says.',
    'The rate is 5 % to 10 % a year, so 100%.',
    'Discount: 10%–20% off',
    'Use `{{name}}` in your template.',
    '```\nHi {{first_name}},\nDear undefined,\n```',
    '    const a = {name};\n\nindented code is code',
    '> Hi {{name}},\n> this is what you sent\n\nIt was a test mail.',
    'See [the guide](https://acme.example/?u={{name}}&v=%name%).',
    'See https://acme.example/undefined/{name} for it.',
    '[Name](https://acme.example) is our guide.',
    '[name]\n\n[name]: https://acme.example',
    'The set {a, b, c} and the list [1] [2].',
    'As she said [sic], it works [see below].',
    'a < b and b > c, <3',
    'Costs: $5 [approx.] {net}',
    'Reach me at ana@example.com or <bo@example.com>.',
    '- [x] done\n- [ ] open',
    '| name | value |\n|---|---|\n| a | 1 |',
    'Hi Ana,\n\nnew things.\n\n{{footer}}\n\nPS: bye',
    'Hi Ana\n{{footer}}',
    'The interval is ]0, 1[ and f: x → x.',
    'To be, or not to be: null hypothesis testing explained',
    'We were at Null Island, for undefined reasons.',
    '',
  ])('passes %j', (body) => {
    expect(inBody(body)).toEqual([]);
  });

  it('looks at the subject as plain text', () => {
    expect(inSubject('{{first_name}}, your order')).toEqual(['{{first_name}}']);
    expect(inSubject('Order #undefined')).toEqual(['#undefined']);
    expect(inSubject(', your order is ready')).toEqual([',']);
    expect(inSubject('undefined, welcome')).toEqual(['undefined,']);
    expect(inSubject('Re: null pointer in release 3')).toEqual([]);
    expect(inSubject('')).toEqual([]);
  });

  it('names the kind and lists each text once, at most twenty', () => {
    expect(findPlaceholders('{{a}}', '{{a}} [Your Name] Dear\n\nHi undefined, x')).toEqual([
      { text: '{{a}}', kind: 'template' },
      { text: '[Your Name]', kind: 'merge_tag' },
      { text: 'Hi undefined', kind: 'missing_value' },
    ]);
    const many = Array.from({ length: 100 }, (_, index) => `{{v${index}}}`).join(' ');
    expect(inBody(many)).toHaveLength(20);
  });

  it.each(['{{', '{', '[', '%a', '<a ', '*|A', 'Hi ', 'null ', '${', ': ', 'for ', '[your '])(
    'ends on a megabyte of %j',
    (piece) => {
      const text = piece.repeat(Math.floor(1_000_000 / piece.length));
      expect(findPlaceholders(text, text).length).toBeLessThanOrEqual(20);
    },
  );
});
