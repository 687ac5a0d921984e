import type { DecideGroupOptions, GroupDecision } from '@mailwarden/core';
import type { Io } from '../io.ts';
import { createStyle } from '../output/style.ts';
import { toPrintableJson } from '../output/to-printable.ts';
import { resolveGroupId } from '../resolve-group-id.ts';
import { type GlobalOptions, requireReviewer, withWarden } from '../session.ts';

/** Messages named beside the counts. */
const SHOWN = 20;

/** Decides on a group that was looked at; 1 when a message is not what was decided. */
export async function decideGroup(
  io: Io,
  options: GlobalOptions,
  call: {
    readonly id: string;
    readonly decision: 'approve' | 'reject';
    readonly with: DecideGroupOptions;
  },
): Promise<number> {
  const name = requireReviewer(io, options);
  const result = await withWarden(io, options, async (warden) => {
    const reviewer = warden.reviewer(name);
    const id = await resolveGroupId(reviewer, call.id);
    return reviewer.decideGroup(id, call.decision, call.with);
  });
  io.stdout.write(options.json === true ? `${toPrintableJson(result)}\n` : render(io, result));
  return listOthers(result).length > 0 ? 1 : 0;
}

function listOthers({ decision, items }: GroupDecision): GroupDecision['items'] {
  const wanted = decision === 'approve' ? 'queued' : 'rejected';
  return items.filter(({ state }) => state !== wanted);
}

function render(io: Io, result: GroupDecision): string {
  const style = createStyle(io, io.stdout);
  const { decision, items, joined, unavailable } = result;
  const others = listOthers(result);
  const word = decision === 'approve' ? 'Approved' : 'Rejected';
  const done = items.length - others.length;
  const lines = [`${style('good', word)}  ${done} of ${items.length} messages`];
  if (others.length > 0)
    lines.push(`${style('bad', `Not ${word.toLowerCase()}`)}  ${others.length}`);
  for (const { messageId, code, state } of others.slice(0, SHOWN)) {
    lines.push(`  ${messageId}  ${code}${state === undefined ? '' : ` (now ${state})`}`);
  }
  if (others.length > SHOWN) lines.push(`  … and ${others.length - SHOWN} more (--json has all)`);
  if (unavailable > 0) lines.push(`Run the same command again for the ${unavailable} unavailable.`);
  if (joined > 0) lines.push(`${joined} came since you looked; look at the group again.`);
  return `${lines.join('\n')}\n`;
}
