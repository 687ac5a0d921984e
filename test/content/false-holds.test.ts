import type { Category, Decision, SendFacts, TemplateOptions } from '@mailwarden/core';
import { afterAll, describe, expect, it } from 'vitest';
import { renderContent } from '../../packages/core/src/compose/render-content.ts';
import type { Policy } from '../../packages/core/src/context.ts';
import { parseAddress } from '../../packages/core/src/identity/address.ts';
import { builtInRules } from '../../packages/core/src/policy/built-in-rules.ts';
import { decide } from '../../packages/core/src/policy/decide.ts';
import { renderTemplate } from '../../packages/core/src/templates/render-template.ts';
import { APPROVED_TEMPLATES } from '../fixtures/content/approved-templates.ts';
import { BAD } from '../fixtures/content/bad.ts';
import { CONVERSATIONAL } from '../fixtures/content/conversational.ts';
import { CORPUS_NOW, FACTS, OFFERS } from '../fixtures/content/declared.ts';
import { FREE_TEXT_MARKETING } from '../fixtures/content/free-text-marketing.ts';
import { TRANSACTIONAL } from '../fixtures/content/transactional.ts';
import type { Written } from '../fixtures/content/written.ts';

const POLICY: Policy = {
  rules: builtInRules(),
  jurisdictions: [],
  version: 'corpus',
  epoch: 1,
};
const SENDER = { id: 'acme', legalName: 'Acme, Inc.', postalAddress: '123 Main St, Springfield' };
const PUBLIC_URL = 'https://mail.acme.example';
const report: string[] = [];

interface Given extends Written {
  readonly category: Category;
  /** Present: from an approved template, with these text values. */
  readonly variables?: readonly string[];
  readonly hosts?: readonly string[];
}

/** What every rule in force says of a message that nothing else stands against. */
function judge(given: Given): Decision {
  return decide(POLICY, toFacts(given));
}

function toFacts({ category, subject, body, variables, hosts = [] }: Given): SendFacts {
  const rendered = renderContent({
    subject,
    body,
    category,
    mailboxAddress: 'news@acme.example',
    sender: SENDER,
    publicUrl: PUBLIC_URL,
    nonce: 'nonce-of-the-corpus',
  });
  const approved = variables !== undefined || category === 'transactional';
  return {
    phase: 'request',
    now: CORPUS_NOW,
    mailbox: {
      address: parseAddress('news@acme.example'),
      mode: 'autonomous',
      observed: true,
      paused: false,
      tighten: [],
      sender: SENDER,
      publicUrl: PUBLIC_URL,
    },
    content: {
      category,
      tags: [],
      subject,
      body,
      text: rendered.text,
      html: rendered.html,
      headers: [],
      headerFindings: [],
      toCount: 1,
      ccCount: 0,
      bccCount: 0,
      hasFooter: rendered.hasFooter,
      digest: 'd',
      storedDigest: 'd',
      ...(approved ? { template: { id: 't', approved }, variables: variables ?? [] } : {}),
    },
    recipients: [
      {
        address: parseAddress('ana@example.com'),
        suppressions: [],
        firstContact: false,
        own: false,
        internal: false,
        lastHeardFromAt: CORPUS_NOW - 1_000,
        tags: [],
        audience: { country: 'US', countryFrom: 'contact', noticeSent: false, consents: [] },
      },
    ],
    thread: {
      parentFrom: parseAddress('ana@example.com'),
      parentAuthenticated: true,
      loopSigns: [],
      agentRepliesToday: 0,
      recipientsWroteHere: true,
    },
    history: { campaignSent: true, stepSent: true },
    budgets: [],
    support: { offers: OFFERS, facts: FACTS, claims: [], hosts: ['acme.example', ...hosts] },
  };
}

/** The share that is not let through, and who stopped what. */
function countHolds(name: string, all: readonly Given[]): number {
  const held = all.map((given) => ({ given, decision: judge(given) }));
  const stopped = held.filter(({ decision }) => decision.effect !== 'allow');
  const rules = new Map<string, number>();
  for (const { decision } of stopped) {
    for (const rule of new Set(decision.findings.map((finding) => finding.rule))) {
      rules.set(rule, (rules.get(rule) ?? 0) + 1);
    }
  }
  const share = stopped.length / all.length;
  const byRule = [...rules].map(([rule, count]) => `${rule} ${count}`).join(', ') || 'none';
  report.push(
    `${name}: ${stopped.length} of ${all.length} (${(share * 100).toFixed(1)} %): ${byRule}`,
  );
  for (const { given, decision } of stopped) {
    report.push(`  ${given.subject}: ${decision.code} ${decision.message}`);
  }
  return share;
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

describe('ordinary messages', () => {
  afterAll(() => {
    process.stdout.write(`False holds\n${report.join('\n')}\n`);
  });

  it('are held at most once in a hundred as answers', () => {
    const all = CONVERSATIONAL.map((mail) => ({ ...mail, category: 'conversational' as const }));
    expect(countHolds('conversational', all)).toBeLessThanOrEqual(0.01);
  });

  it('are held at most once in a hundred as transactional mail', () => {
    const all = TRANSACTIONAL.map((mail) => ({ ...mail, category: 'transactional' as const }));
    expect(countHolds('transactional', all)).toBeLessThanOrEqual(0.01);
  });

  it('are held at most five times in a hundred from approved templates', () => {
    const all = APPROVED_TEMPLATES.flatMap(fill);
    expect(countHolds('marketing, approved templates', all)).toBeLessThanOrEqual(0.05);
  });

  it('are held at most fifteen times in a hundred as free-text marketing', () => {
    const all = FREE_TEXT_MARKETING.map((mail) => ({ ...mail, category: 'marketing' as const }));
    expect(countHolds('marketing, free text', all)).toBeLessThanOrEqual(0.15);
  });

  it('are 120 or more', () => {
    const templates = APPROVED_TEMPLATES.reduce((sum, [, values]) => sum + values.length, 0);
    const others = CONVERSATIONAL.length + TRANSACTIONAL.length + FREE_TEXT_MARKETING.length;
    expect(templates + others).toBeGreaterThanOrEqual(120);
  });
});

describe('bad messages', () => {
  it('are caught 97 times in a hundred or more, each for its own reason', () => {
    const missed = BAD.filter(({ code, category = 'marketing', ...mail }) => {
      const { findings } = judge({ ...mail, category });
      return !findings.some((finding) => finding.code === code);
    });
    const caught = BAD.length - missed.length;
    process.stdout.write(`Bad messages caught: ${caught} of ${BAD.length}\n`);
    for (const { subject, body, code } of missed) {
      process.stdout.write(`  missed: ${code}: ${subject}: ${body.slice(0, 80)}\n`);
    }
    expect(BAD.length).toBeGreaterThanOrEqual(60);
    expect(caught / BAD.length).toBeGreaterThanOrEqual(0.97);
  });
});
