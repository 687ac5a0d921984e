import type { RuleFeedback } from '@mailwarden/core';
import type { Io } from '../io.ts';
import { createStyle, type Style } from '../output/style.ts';
import { toPrintableJson, toPrintableLine } from '../output/to-printable.ts';
import { findReviewer, type GlobalOptions, withWarden } from '../session.ts';

/** How the last holds of each rule ended with people, and what to change. */
export async function feedback(io: Io, options: GlobalOptions): Promise<number> {
  const list = await withWarden(io, options, (warden) =>
    warden.reviewer(findReviewer(io, options) ?? 'cli').listRuleFeedback(),
  );
  const style = createStyle(io, io.stdout);
  const text =
    list.length === 0
      ? 'Nobody has decided on held mail yet.\n'
      : `${list.map((each) => renderRule(each, style)).join('\n\n')}\n`;
  io.stdout.write(options.json === true ? `${toPrintableJson(list)}\n` : text);
  return 0;
}

function renderRule(each: RuleFeedback, style: Style): string {
  const { code, rule, of, approved, edited, rejected, expired, proposal, places } = each;
  const head = `${style('title', code)}  ${style('soft', `rule ${rule}`)}`;
  const others = [
    edited > 0 ? `${edited} edited` : '',
    rejected > 0 ? `${rejected} rejected` : '',
    expired > 0 ? `${expired} expired` : '',
  ].filter(Boolean);
  const counts = [`${approved} of the last ${of} approved unchanged`, ...others].join(', ');
  const where = places.map((place) => {
    return `  ${toPrintableLine(place.mailbox)}, ${place.category}: ${place.approved} of ${place.of}`;
  });
  const change =
    proposal === undefined
      ? []
      : [
          `  ${style('warn', 'Change')}  ${toPrintableLine(proposal.option)}`,
          `  ${proposal.change}`,
        ];
  return [head, `  ${counts}`, ...(each.isDue ? where : []), ...change].join('\n');
}
