import type { DecideOptions, DecideResult } from '@mailwarden/core';
import type { Io } from '../io.ts';
import { createStyle } from '../output/style.ts';
import { toPrintableJson, toPrintableLine } from '../output/to-printable.ts';
import { resolveMessageId } from '../resolve-message-id.ts';
import { type GlobalOptions, requireReviewer, withWarden } from '../session.ts';

/** Records a person's decision; 1 when an approved message is held again for something new. */
export async function decide(
  io: Io,
  options: GlobalOptions,
  call: {
    readonly id: string;
    readonly decision: 'approve' | 'reject';
    readonly with: DecideOptions;
  },
): Promise<number> {
  const name = requireReviewer(io, options);
  const result = await withWarden(io, options, async (warden) => {
    const reviewer = warden.reviewer(name);
    const id = await resolveMessageId(reviewer, call.id);
    return reviewer.decide(id, call.decision, call.with);
  });
  io.stdout.write(options.json === true ? `${toPrintableJson(result)}\n` : render(io, result));
  return isRefused(result) ? 1 : 0;
}

function isRefused({ decision, state }: DecideResult): boolean {
  return decision === 'approve' && (state === 'held' || state === 'blocked');
}

function render(io: Io, result: DecideResult): string {
  const style = createStyle(io, io.stdout);
  const reason = toPrintableLine(result.reason);
  if (isRefused(result)) {
    return `${style('bad', `Not approved, now ${result.state}`)}  ${result.code}: ${reason}\n`;
  }
  const word = result.decision === 'approve' ? 'Approved' : 'Rejected';
  const about = `revision ${result.revision}, now ${result.state}`;
  return `${style('good', word)}  ${result.messageId}  ${style('soft', about)}\n`;
}
