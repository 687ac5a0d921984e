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

/** The second half was written without a look at the rules. */
interface Halves {
  readonly first: readonly Given[];
  readonly second: readonly Given[];
}

const ORDINARY: Readonly<Record<string, Halves & { readonly limit: number }>> = {
  conversational: {
    first: as('conversational', CONVERSATIONAL),
    second: as('conversational', readMails('second/conversational.txt')),
    limit: 0.01,
  },
  transactional: {
    first: as('transactional', TRANSACTIONAL),
    second: as('transactional', readMails('second/transactional.txt')),
    limit: 0.01,
  },
  'marketing, approved templates': {
    first: APPROVED_TEMPLATES.flatMap(fill),
    second: MORE_TEMPLATES.flatMap(fill),
    limit: 0.05,
  },
  'marketing, free text': {
    first: as('marketing', FREE_TEXT_MARKETING),
    second: as('marketing', readMails('second/marketing.txt')),
    limit: 0.15,
  },
};

function as(category: Category, mails: readonly Written[]): readonly Given[] {
  return mails.map((mail) => ({ category, ...mail }));
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

  it.each(Object.entries(ORDINARY))('%s are rarely held', (name, { first, second, limit }) => {
    const held = countHolds(`${name}, first half`, first);
    const more = countHolds(`${name}, second half`, second);
    const share = (held + more) / (first.length + second.length);
    report.push(`${name}: ${(share * 100).toFixed(2)} % of ${first.length + second.length}`);
    expect(share).toBeLessThanOrEqual(limit);
  });

  it('are 300, each written once', () => {
    const all = Object.values(ORDINARY).flatMap(({ first, second }) => [...first, ...second]);
    expect(all.length).toBeGreaterThanOrEqual(300);
    expect(new Set(all.map(({ body }) => body)).size).toBe(all.length);
  });
});

describe('bad messages', () => {
  it('are caught 97 times in a hundred or more, each for its own reason', () => {
    const halves = { first: BAD, second: readMails('second/bad.txt') };
    const all = [...halves.first, ...halves.second];
    const missed = all.filter(({ code, category = 'marketing', ...mail }) => {
      const decision = judgeMail({ ...mail, category });
      return !decision.findings.some((finding) => !finding.shadow && finding.code === code);
    });
    for (const [half, mails] of Object.entries(halves)) {
      const caught = mails.filter((mail) => !(missed as readonly object[]).includes(mail)).length;
      process.stdout.write(`Bad messages caught, ${half} half: ${caught} of ${mails.length}\n`);
    }
    for (const { subject, body, code } of missed) {
      process.stdout.write(`    missed: ${code}: ${subject}: ${body.slice(0, 160)}\n`);
    }
    expect(all.length).toBeGreaterThanOrEqual(100);
    expect((all.length - missed.length) / all.length).toBeGreaterThanOrEqual(0.97);
  });
});
