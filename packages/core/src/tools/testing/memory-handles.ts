import { parseAddress } from '../../identity/address.ts';
import type { SendOutcome } from '../../operations/outcome.ts';
import type { AttachmentText, EmailView, MessageSummary } from '../../operations/results.ts';
import type { AgentHandle, ReviewerHandle } from '../../principal/handles.ts';
import type { AgentPrincipal, ReviewerPrincipal } from '../../principal/principal.ts';
import { bindPrincipal } from '../../principal/registry.ts';

/** One operation that was called, and with what. */
export interface Recorded {
  readonly operation: string;
  readonly input: unknown;
  readonly call?: unknown;
}

const AGENT: AgentPrincipal = {
  kind: 'agent',
  id: 'bot',
  mailboxes: [parseAddress('lifecycle@acme.example')],
};
const REVIEWER: ReviewerPrincipal = { kind: 'reviewer', id: 'ops@acme.example' };

export const QUEUED: SendOutcome = {
  status: 'queued',
  code: 'QUEUED',
  reason: 'The message goes out now.',
  messageId: 'm1',
  threadId: 't1',
  to: ['ann@example.com'],
  messages: [
    {
      status: 'queued',
      code: 'QUEUED',
      reason: 'The message goes out now.',
      messageId: 'm1',
      threadId: 't1',
      to: ['ann@example.com'],
    },
  ],
};

/** An agent handle that records what it is asked and answers as told; unit tests of tools only. */
export function memoryAgent(answers: Partial<AgentHandle> = {}): {
  readonly agent: AgentHandle;
  readonly calls: Recorded[];
} {
  const calls: Recorded[] = [];
  const recorded =
    <T>(operation: string, answer: T) =>
    async (input?: unknown, call?: unknown): Promise<T> => {
      calls.push(call === undefined ? { operation, input } : { operation, input, call });
      return answer;
    };
  const agent: AgentHandle = {
    principal: AGENT,
    send: recorded('send', QUEUED),
    async *sendMany(inputs) {
      for await (const input of inputs) yield recorded('sendMany', QUEUED)(input);
    },
    reply: recorded('reply', QUEUED),
    preview: recorded('preview', {
      status: 'ok',
      decision: 'hold',
      code: 'REVIEW',
      reason: 'A person decides.',
      category: 'marketing',
      subject: 'Hi',
      text: 'Hello',
      html: '<p>Hello</p>',
      notices: [],
    } as const),
    cancel: recorded('cancel', { status: 'ok', messageId: 'm1' } as const),
    checkInbox: recorded('checkInbox', { status: 'ok', total: 0, emails: [] } as const),
    readEmail: recorded('readEmail', { status: 'ok', ...email() } as const),
    readAttachment: recorded('readAttachment', { status: 'ok', ...attachmentText() } as const),
    getThread: recorded('getThread', {
      status: 'ok',
      threadId: 't1',
      subject: 'Hi',
      participants: [],
      emails: [email()],
    } as const),
    tag: recorded('tag', { status: 'ok', added: ['mql'], removed: [], tags: ['mql'] } as const),
    contacts: recorded('contacts', { status: 'ok', total: 0, contacts: [] } as const),
    suppress: recorded('suppress', {
      status: 'ok',
      address: 'ann@example.com',
      scope: 'marketing',
    } as const),
    limitContact: recorded('limitContact', {
      ...{ status: 'ok', address: 'ana@example.com', declinedTopics: [] },
    } as const),
    reportConsent: recorded('reportConsent', { status: 'ok', consentId: 'c1' } as const),
    listPending: recorded('listPending', { status: 'ok', total: 0, messages: [] } as const),
    ...answers,
  };
  return { agent: bindPrincipal(agent, AGENT), calls };
}

/** A reviewer handle of the same kind. */
export function memoryReviewer(answers: Partial<ReviewerHandle> = {}): {
  readonly reviewer: ReviewerHandle;
  readonly calls: Recorded[];
} {
  const calls: Recorded[] = [];
  const refuse = (): never => {
    throw new Error('not part of this test');
  };
  const reviewer: ReviewerHandle = {
    principal: REVIEWER,
    listPending: async (input) => {
      calls.push({ operation: 'listPending', input });
      return { total: 0, messages: [] };
    },
    decide: async (messageId, decision, options) => {
      calls.push({ operation: 'decide', input: [messageId, decision, options] });
      return {
        messageId,
        decision,
        revision: 1,
        state: decision === 'approve' ? 'queued' : 'rejected',
        code: decision === 'approve' ? 'APPROVED' : 'REJECTED',
        reason: 'Decided.',
      };
    },
    show: refuse,
    listGroups: refuse,
    showGroup: refuse,
    decideGroup: refuse,
    listRuleFeedback: refuse,
    listRemembered: refuse,
    forget: refuse,
    listTemplates: refuse,
    showTemplate: refuse,
    recordRelationship: refuse,
    withdrawRelationship: refuse,
    approveTemplate: refuse,
    setMode: refuse,
    pause: refuse,
    resume: refuse,
    pauses: refuse,
    suppress: refuse,
    check: refuse,
    liftSuppression: refuse,
    liftProvisional: refuse,
    stopRequests: refuse,
    decideStopRequest: refuse,
    reportedConsents: refuse,
    confirmConsent: refuse,
    listUnknown: refuse,
    rawMessage: refuse,
    resendUnknown: refuse,
    resolveUnknown: refuse,
    deliveries: refuse,
    ...answers,
  };
  return { reviewer: bindPrincipal(reviewer, REVIEWER), calls };
}

/** An inbound message. */
export function email(over: Partial<EmailView> = {}): EmailView {
  return {
    id: 'm9',
    threadId: 't1',
    mailbox: 'lifecycle@acme.example',
    direction: 'inbound',
    from: 'Ann <ann@example.com>',
    to: ['lifecycle@acme.example'],
    cc: [],
    subject: 'Re: Hi',
    at: Date.UTC(2027, 0, 2, 3, 4, 5),
    tags: [],
    body: 'Thanks!',
    truncated: false,
    attachments: [],
    ...over,
  };
}

/** The text of an attachment. */
export function attachmentText(over: Partial<AttachmentText> = {}): AttachmentText {
  return {
    ...{ id: 'm9.1', messageId: 'm9', name: 'plan.txt', type: 'text/plain', size: 8 },
    ...{ kind: 'plain', text: 'The plan', truncated: false },
    ...over,
  };
}

/** A row of a list. */
export function summary(over: Partial<MessageSummary> = {}): MessageSummary {
  return {
    id: 'm9',
    threadId: 't1',
    mailbox: 'lifecycle@acme.example',
    direction: 'inbound',
    from: 'Ann <ann@example.com>',
    to: ['lifecycle@acme.example'],
    subject: 'Re: Hi',
    at: Date.UTC(2027, 0, 2, 3, 4, 5),
    tags: ['mql'],
    unread: true,
    replyIds: [],
    ...over,
  };
}
