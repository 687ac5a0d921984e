import type { Category, TemplateOptions } from '@mailwarden/core';
import { afterAll, describe, expect, it } from 'vitest';
import { renderTemplate } from '../../packages/core/src/templates/render-template.ts';
import { APPROVED_TEMPLATES } from '../fixtures/content/approved-templates.ts';
import { BAD } from '../fixtures/content/bad.ts';
import { CONVERSATIONAL } from '../fixtures/content/conversational.ts';
import { FREE_TEXT_MARKETING } from '../fixtures/content/free-text-marketing.ts';
import { readMails } from '../fixtures/content/read-mails.ts';
import { MORE_TEMPLATES } from '../fixtures/content/second/templates.ts';
import { TRANSACTIONAL } from '../fixtures/content/transactional.ts';
import type { Written } from '../fixtures/content/written.ts';
import { type Given, judgeMail } from './judge-mail.ts';

/**
 * The rules were made for the first part; the second was written without a look at them, measured,
 * and then learned from; the third was written after that.
 */
interface Parts {
  readonly first: readonly Given[];
  readonly second: readonly Given[];
  readonly third: readonly Given[];
}

const ORDINARY: Readonly<Record<string, Parts & { readonly limit: number }>> = {
  conversational: {
    first: as('conversational', CONVERSATIONAL),
    second: as('conversational', readMails('second/conversational.txt')),
    third: as('conversational', readMails('third/conversational.txt')),
    limit: 0.01,
  },
  transactional: {
    first: as('transactional', TRANSACTIONAL),
    second: as('transactional', readMails('second/transactional.txt')),
    third: as('transactional', readMails('third/transactional.txt')),
    limit: 0.01,
  },
  'marketing, approved templates': {
    first: APPROVED_TEMPLATES.flatMap(fill),
    second: MORE_TEMPLATES.flatMap(fill),
    third: [],
    limit: 0.05,
  },
  'marketing, free text': {
    first: as('marketing', FREE_TEXT_MARKETING),
    second: as('marketing', readMails('second/marketing.txt')),
    third: as('marketing', readMails('third/marketing.txt')),
    limit: 0.15,
  },
};

function as(category: Category, mails: readonly Written[]): readonly Given[] {
  // The shop's own policy allows links to the carrier that brings its parcels.
  const hosts = category === 'transactional' ? ['carrier.example'] : [];
  return mails.map((mail) => ({ category, hosts, ...mail }));
}

function fill([template, values]: (typeof APPROVED_TEMPLATES)[number]): readonly Given[] {
  return values.map((given) => ({
    ...renderTemplate(template, given),
    category: 'marketing' as const,
    variables: textsOf(template, given),
    hosts: ['guide.partner.example'],
  }));
}

function textsOf({ variables = {} }: TemplateOptions, given: Readonly<Record<string, string>>) {
  return Object.entries(given)
    .filter(([name]) => variables[name] === 'text')
    .map(([, value]) => value);
}

const report: string[] = [];

/** How many are not let through, and what stopped them. */
function countHolds(name: string, all: readonly Given[]): number {
  const held = all.map((given) => ({ given, decision: judgeMail(given) }));
  const stopped = held.filter(({ decision }) => decision.effect !== 'allow');
  const rules = new Map<string, number>();
  for (const { decision } of stopped) {
    const enforced = decision.findings.filter(({ shadow }) => !shadow);
    for (const rule of new Set(enforced.map((finding) => finding.rule))) {
      rules.set(rule, (rules.get(rule) ?? 0) + 1);
    }
  }
  if (all.length === 0) return 0;
  const percent = ((stopped.length / all.length) * 100).toFixed(1);
  const byRule = [...rules].map(([rule, count]) => `${rule} ${count}`).join(', ') || 'none';
  report.push(`${name}: ${stopped.length} of ${all.length} (${percent} %): ${byRule}`);
  for (const { given, decision } of stopped) {
    report.push(`    ${given.subject}: ${decision.code} ${decision.message}`);
  }
  return stopped.length;
}

describe('ordinary messages', () => {
  afterAll(() => {
    process.stdout.write(`False holds\n${report.join('\n')}\n`);
  });

  it.each(Object.entries(ORDINARY))('%s are rarely held', (name, { limit, ...parts }) => {
    const held = Object.entries(parts).map(([part, mails]) =>
      countHolds(`${name}, ${part} part`, mails),
    );
    const count = Object.values(parts).flat().length;
    const share = held.reduce((sum, one) => sum + one, 0) / count;
    report.push(`${name}: ${(share * 100).toFixed(2)} % of ${count}`);
    expect(share).toBeLessThanOrEqual(limit);
  });

  it('that are answers are as rarely held where the country is not known', () => {
    const parts = ORDINARY.conversational;
    const all = [parts?.first, parts?.second, parts?.third].flatMap((mails) => mails ?? []);
    const unknown = all.map((given) => ({ ...given, countryUnknown: true }) as const);
    const held = countHolds('conversational, country unknown, disclosure', unknown);
    expect(held / all.length).toBeLessThanOrEqual(parts?.limit ?? 0);
  });

  it('are 300, each written once', () => {
    const all = Object.values(ORDINARY).flatMap(({ first, second, third }) => [
      ...first,
      ...second,
      ...third,
    ]);
    expect(all.length).toBeGreaterThanOrEqual(300);
    expect(new Set(all.map(({ body }) => body)).size).toBe(all.length);
  });
});

describe('bad messages', () => {
  it('are caught 97 times in a hundred or more, each for its own reason', () => {
    const parts = {
      first: BAD,
      second: readMails('second/bad.txt'),
      third: readMails('third/bad.txt'),
    };
    const all = [...parts.first, ...parts.second, ...parts.third];
    const missed = all.filter(({ code, category = 'marketing', ...mail }) => {
      const decision = judgeMail({ ...mail, category });
      return !decision.findings.some((finding) => !finding.shadow && finding.code === code);
    });
    for (const [part, mails] of Object.entries(parts)) {
      const caught = mails.filter((mail) => !(missed as readonly object[]).includes(mail)).length;
      process.stdout.write(`Bad messages caught, ${part} part: ${caught} of ${mails.length}\n`);
    }
    for (const { subject, body, code } of missed) {
      process.stdout.write(`    missed: ${code}: ${subject}: ${body.slice(0, 160)}\n`);
    }
    expect(all.length).toBeGreaterThanOrEqual(100);
    expect((all.length - missed.length) / all.length).toBeGreaterThanOrEqual(0.97);
  });
});
