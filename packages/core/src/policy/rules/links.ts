import { parse } from 'tldts';
import { findLinks, type Link } from '../../compose/find-links.ts';
import { rememberReading } from '../../compose/remember-reading.ts';
import type { SendFacts } from '../facts.ts';
import { LINK_SHORTENERS } from '../link-shorteners.ts';
import { namedDomains } from '../named-domains.ts';
import type { Rule, RuleFinding } from '../rule.ts';

/** Most that get a finding of their own. */
const MAX_FINDINGS = 20;

/**
 * A link leads where it says. Credentials in a URL, shorteners and a label that names another
 * domain than the target are blocked in every category (RFC 3986 §7.6: misleading userinfo). A host
 * that nobody has vouched for holds marketing, and transactional mail: who approves a template
 * approves its links, and not where an author's `url` variable leads.
 */
export const links: Rule = {
  id: 'links',
  version: '2',
  evaluate(facts) {
    const found = new Map<string, RuleFinding>();
    for (const link of readLinks('', facts.content.body)) {
      const finding = 'problem' in link ? link.problem : judgeHost(link.host, facts);
      if (finding !== undefined) found.set(JSON.stringify(finding.evidence), finding);
    }
    const findings = [...found.values()];
    const blocks = findings.filter(({ effect }) => effect === 'block');
    const holds = findings.filter(({ effect }) => effect === 'hold');
    return blocks.length > 0 ? blocks.slice(0, MAX_FINDINGS) : bounded(holds);
  },
};

/** A person who approves has been shown every host. */
function bounded(holds: readonly RuleFinding[]): readonly RuleFinding[] {
  const others = holds.slice(MAX_FINDINGS).map(({ evidence }) => String(evidence.host));
  const [first] = holds;
  if (first === undefined || others.length === 0) return holds;
  const message = `Links lead to ${others.length} more hosts that nobody has vouched for.`;
  return [...holds.slice(0, MAX_FINDINGS), { ...first, message, evidence: { hosts: others } }];
}

/** What is wrong with a link whoever gets it, or the host that somebody has to vouch for. */
type ReadLink = { readonly problem: RuleFinding } | { readonly host: string };

const readLinks = rememberReading((_subject, body): readonly ReadLink[] =>
  findLinks(body).flatMap((link) => readLink(link) ?? []),
);

function readLink({ url, label }: Link): ReadLink | undefined {
  const target = new URL(url);
  if (target.protocol === 'mailto:') return readMailto(target, label);
  const host = target.hostname.replace(/\.$/, '');
  if (target.username !== '' || target.password !== '') {
    return problem('LINK_CREDENTIALS', 'has a user name or password in its URL', { host });
  }
  if (LINK_SHORTENERS.has(host.replace(/^www\./, ''))) {
    return problem('LINK_SHORTENER', 'hides its target; link to the page itself', { host });
  }
  return namesAnother(label, target, host) ?? { host };
}

function judgeHost(host: string, facts: SendFacts): RuleFinding | undefined {
  if (facts.content.category === 'conversational' || isKnownHost(host, facts)) return undefined;
  return {
    effect: 'hold',
    needs: 'look',
    code: 'LINK_HOST_UNKNOWN',
    message: `The link to ${host} leads to a host that nobody has vouched for; a person looks first.`,
    evidence: { host },
  };
}

function readMailto(target: URL, label: string): ReadLink | undefined {
  const domain = /@([^@?]+)/.exec(target.pathname)?.[1]?.toLowerCase();
  return domain === undefined ? undefined : namesAnother(label, target, domain);
}

/** The registrable domain decides: `www.acme.example` may lead to `shop.acme.example`. */
function namesAnother(label: string, target: URL, host: string): ReadLink | undefined {
  const domain = toDomain(host);
  const other = namedDomains(label, target).find((named) => toDomain(named) !== domain);
  if (other === undefined) return undefined;
  return problem('LINK_TEXT_MISMATCH', `reads ${other} and leads to ${host}`, {
    reads: other,
    host,
  });
}

function toDomain(host: string): string {
  return parse(host, { allowPrivateDomains: true }).domain ?? host;
}

/** Vouched for: our own, the operator's list, this thread's, or one that a reviewer remembered. */
function isKnownHost(host: string, { support }: SendFacts): boolean {
  return (support?.hosts ?? []).some((known) => host === known || host.endsWith(`.${known}`));
}

function problem(code: string, reads: string, evidence: RuleFinding['evidence']): ReadLink {
  return { problem: { effect: 'block', code, message: `A link ${reads}.`, evidence } };
}
