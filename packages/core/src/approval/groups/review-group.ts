import { createHash } from 'node:crypto';
import { canonicalJson } from '../../compose/canonical-json.ts';
import type { Context } from '../../context.ts';
import type { OutboundContent } from '../../messages/outbound-content.ts';
import { toOutboundContent } from '../../messages/to-outbound-content.ts';
import type { RecipientFacts, SendFacts } from '../../policy/facts.ts';
import type { Decision, TracedFinding } from '../../policy/finding.ts';
import type { Message } from '../../storage/tables/message.ts';
import { type ContentShape, contentShape } from '../shape/content-shape.ts';

const FRAME_LENGTH = 24;
/** 128 bits: nobody finds two texts with the same one. */
const SHAPE_LENGTH = 32;

/** A message that waits for a person, and what that follows from. */
export interface HeldMessage {
  readonly content: OutboundContent;
  readonly variables: Readonly<Record<string, string>>;
  readonly agent: string;
  readonly decision: Decision;
  readonly facts: Pick<SendFacts, 'recipients'>;
}

/**
 * What a held message is decided together with: the same mailbox and author, reasons, hosts that
 * nobody vouched for, sources of the recipients, campaign and content shape. Null for what no person is asked about.
 */
export function reviewGroup(ctx: Pick<Context, 'settings'>, held: HeldMessage): string | null {
  const { content, decision, facts } = held;
  const codes = [...new Set(openFindings(decision).map(({ rule, code }) => `${rule} ${code}`))];
  if (codes.length === 0) return null;
  const frame = canonicalJson({
    mailbox: content.mailbox,
    agent: held.agent,
    category: content.category,
    campaign: content.campaign ?? null,
    codes: codes.toSorted(),
    hosts: unknownHosts(decision),
    sources: [...new Set(facts.recipients.map(({ audience }) => audience.source ?? ''))].toSorted(),
    recipients: (['to', 'cc', 'bcc'] as const).map((field) =>
      content[field].map((address) => toKind(facts.recipients, address)).toSorted(),
    ),
  });
  const hash = createHash('sha256').update(frame, 'utf8').digest('hex');
  return hash.slice(0, FRAME_LENGTH) + shapeOf(ctx, held).shape.slice(0, SHAPE_LENGTH);
}

/** Where links lead that somebody has to vouch for: who approves a group vouches for these. */
function unknownHosts(decision: Decision): readonly string[] {
  const all = openFindings(decision).flatMap(({ evidence: { host, hosts } }) => [
    ...(typeof host === 'string' ? [host] : []),
    ...(Array.isArray(hosts) ? (hosts as readonly string[]) : []),
  ]);
  return [...new Set(all)].toSorted();
}

/** The same for a stored message. */
export function reviewGroupOf(
  ctx: Pick<Context, 'settings'>,
  message: Message,
  { decision, facts }: Pick<HeldMessage, 'decision' | 'facts'>,
): string | null {
  return reviewGroup(ctx, { ...toHeld(message), decision, facts });
}

/** The shape of a message that was put into this group; `undefined` when it has another by now. */
export function shapeOfMember(
  ctx: Pick<Context, 'settings'>,
  message: Message,
  group: string,
): ContentShape | undefined {
  const found = shapeOf(ctx, toHeld(message));
  return found.shape.slice(0, SHAPE_LENGTH) === group.slice(FRAME_LENGTH) ? found : undefined;
}

/** What stands in the way, as a person is shown it. */
export function openFindings({ findings }: Decision): readonly TracedFinding[] {
  return findings.filter(({ shadow, discharged }) => !shadow && !discharged);
}

/** A stored message as the shape sees it. */
function toHeld(message: Message): Pick<HeldMessage, 'content' | 'variables' | 'agent'> {
  return {
    content: toOutboundContent(message),
    variables:
      message.variables === null
        ? {}
        : (JSON.parse(message.variables) as Readonly<Record<string, string>>),
    agent: message.agent ?? '',
  };
}

function shapeOf(
  { settings }: Pick<Context, 'settings'>,
  { content, variables }: Pick<HeldMessage, 'content' | 'variables'>,
): ContentShape {
  return contentShape({ content, variables, publicUrl: settings.publicUrl });
}

/** Colleagues, our own mailboxes and strangers are not decided on together. */
function toKind(recipients: readonly RecipientFacts[], address: string): string {
  const known = recipients.find((recipient) => recipient.address === address);
  if (known === undefined) return 'done';
  if (known.own) return 'own';
  return known.internal ? 'internal' : 'external';
}
