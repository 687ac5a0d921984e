import type { Category, Decision, SendFacts } from '@mailwarden/core';
import { renderContent } from '../../packages/core/src/compose/render-content.ts';
import type { Policy } from '../../packages/core/src/context.ts';
import { parseAddress } from '../../packages/core/src/identity/address.ts';
import { builtInRules } from '../../packages/core/src/policy/built-in-rules.ts';
import { decide } from '../../packages/core/src/policy/decide.ts';
import { CORPUS_NOW, FACTS, OFFERS } from '../fixtures/content/declared.ts';
import type { Written } from '../fixtures/content/written.ts';

/** A message of the corpus in the situation that it was written for. */
export interface Given extends Written {
  readonly category: Category;
  /** Present: from an approved template, with these text values. */
  readonly variables?: readonly string[];
  /** Besides the operator's own. */
  readonly hosts?: readonly string[];
  /** Nobody knows in which country the person is; the mailbox says that a machine writes. */
  readonly countryUnknown?: true;
}

const POLICY: Policy = { rules: builtInRules(), jurisdictions: [], version: 'corpus', epoch: 1 };
const SENDER = { id: 'acme', legalName: 'Acme, Inc.', postalAddress: '123 Main St, Springfield' };
const DISCLOSURE = 'Written by the AI assistant of Acme.';
const PUBLIC_URL = 'https://mail.acme.example';

/** What every rule in force says of a message that nothing but its content could stand against. */
export function judgeMail(given: Given): Decision {
  return decide(POLICY, {
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
    content: toContent(given),
    recipients: [given.countryUnknown === true ? SOMEWHERE : RECIPIENT],
    thread: {
      parentFrom: RECIPIENT.address,
      parentAuthenticated: true,
      loopSigns: [],
      agentRepliesToday: 0,
      recipientsWroteHere: true,
      quotesThread: true,
    },
    history: { campaignSent: true, stepSent: true },
    budgets: [],
    support: {
      offers: OFFERS,
      facts: FACTS,
      claims: [],
      hosts: ['acme.example', ...(given.hosts ?? [])],
    },
  });
}

/** Somebody in the United States who asked for the newsletter. */
const RECIPIENT: SendFacts['recipients'][number] = {
  address: parseAddress('ana@example.com'),
  suppressions: [],
  firstContact: false,
  own: false,
  internal: false,
  lastHeardFromAt: CORPUS_NOW - 1_000,
  tags: [],
  audience: {
    country: 'US',
    countryFrom: 'contact',
    noticeSent: false,
    consents: [{ id: 'c', basis: 'express', obtainedAt: CORPUS_NOW - 1_000, proven: true }],
  },
};

/** The same person, of whom nobody knows the country. */
const SOMEWHERE: SendFacts['recipients'][number] = {
  ...RECIPIENT,
  audience: {
    countryFrom: 'unknown',
    noticeSent: false,
    consents: RECIPIENT.audience.consents,
  },
};

function toContent({
  category,
  subject,
  body,
  variables,
  countryUnknown,
}: Given): SendFacts['content'] {
  const rendered = renderContent({
    subject,
    body,
    category,
    mailboxAddress: 'news@acme.example',
    sender: SENDER,
    publicUrl: PUBLIC_URL,
    nonce: 'nonce-of-the-corpus',
    ...(countryUnknown === true ? { disclosure: DISCLOSURE } : {}),
  });
  const approved = variables !== undefined || category === 'transactional';
  return {
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
    disclosed: rendered.text.includes(DISCLOSURE),
    ...(approved ? { template: { id: 't', approved }, variables: variables ?? [] } : {}),
  };
}
