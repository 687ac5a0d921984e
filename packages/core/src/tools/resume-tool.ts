import type { DeliveryState } from '../deliveries/delivery-state.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { toMailwardenError } from '../errors/to-mailwarden-error.ts';
import type { SendResult } from '../operations/outcome.ts';
import type { DeliveryView } from '../operations/results.ts';
import { toRefusal } from '../operations/to-refusal.ts';
import type { AgentHandle } from '../principal/handles.ts';
import { reportFault } from '../principal/registry.ts';
import { renderRefusal } from './render/render-refusal.ts';
import { renderSend } from './render/render-send.ts';
import { type SentMessage, sentMessages } from './sent-messages.ts';
import type { ToolResult } from './tool.ts';

/**
 * How the messages of an earlier answer stand now: what a framework shows after its pause for an
 * approval. The answer is the record in core; what the framework was told does not count.
 *
 * @param earlier - What `runTool` answered to the send or the reply.
 */
export async function resumeTool(agent: AgentHandle, earlier: ToolResult): Promise<ToolResult> {
  try {
    const messages = await Promise.all(
      sentMessages(earlier).map((message) => describeNow(agent, message)),
    );
    const [first] = messages;
    return first === undefined ? earlier : renderSend({ ...first, messages });
  } catch (error) {
    if (!(error instanceof MailwardenError)) reportFault(agent, error);
    return renderRefusal(toRefusal(toMailwardenError(error)));
  }
}

async function describeNow(agent: AgentHandle, message: SentMessage): Promise<SendResult> {
  const { status, messageId, ...rest } = message;
  if (messageId === undefined) return { ...rest, status: status === 'ok' ? 'unknown' : status };
  const view = await agent.readEmail({ messageId });
  if (view.status !== 'ok') return { ...view, messageId };
  const delivery = leastFinished(view.deliveries ?? []);
  return {
    status: toStatus(delivery?.state ?? 'held'),
    messageId: view.id,
    threadId: view.threadId,
    to: view.to,
    code: delivery?.code ?? 'HELD',
    reason: `It is ${delivery?.state ?? 'held'}. ${delivery?.reason ?? ''}`.trim(),
  };
}

function leastFinished(deliveries: readonly DeliveryView[]): DeliveryView | undefined {
  return (
    deliveries.find(({ state }) => state === 'held') ??
    deliveries.find(({ state }) => state !== 'sent') ??
    deliveries[0]
  );
}

function toStatus(state: DeliveryState): SendResult['status'] {
  switch (state) {
    case 'held':
      return 'held';
    case 'queued':
    case 'claimed':
    case 'sending':
    case 'deferred':
    case 'sent':
      return 'queued';
    case 'unknown':
      return 'unknown';
    case 'blocked':
    case 'rejected':
    case 'failed':
    case 'expired':
    case 'cancelled':
      return 'blocked';
  }
}
