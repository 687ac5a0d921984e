import type { Context } from '../context.ts';
import { domainOf } from '../identity/address.ts';
import type { OutboundContent } from '../messages/outbound-content.ts';

/** Hosts that the policy vouches for: the operator's own, the allowed ones, the template's. */
export function declaredHosts(
  { settings, mailboxes, templates }: Pick<Context, 'settings' | 'mailboxes' | 'templates'>,
  { template = '' }: Pick<OutboundContent, 'template'>,
): readonly string[] {
  const { publicUrl, internalDomains, content } = settings;
  const own = [
    ...[...mailboxes.values()].map((mailbox) => domainOf(mailbox.address)),
    ...internalDomains,
    ...(publicUrl === undefined ? [] : [new URL(publicUrl).hostname]),
  ];
  const source = templates.get(template)?.body ?? '';
  return [...new Set(own), ...content.allowedLinkHosts, ...hostsOfTemplate(source)];
}

/** Hosts that stand in a template's own text; `https://{{ host }}/` names none. */
function hostsOfTemplate(source: string): readonly string[] {
  return [...source.matchAll(/https?:\/\/([a-z0-9.-]+)(?=[/?#:)\s"'>\]]|$)/gi)].map((match) =>
    (match[1] ?? '').toLowerCase().replace(/\.$/, ''),
  );
}
