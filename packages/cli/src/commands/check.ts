import type { CheckOptions, SuppressionCheck } from '@mailwarden/core';
import type { Io } from '../io.ts';
import { createStyle } from '../output/style.ts';
import { toPrintableJson, toPrintableLine } from '../output/to-printable.ts';
import { type GlobalOptions, withWarden } from '../session.ts';

/** Says what stands against writing to an address; exit code 1 when marketing would not pass. */
export async function check(
  io: Io,
  options: GlobalOptions,
  call: { readonly address: string; readonly with: CheckOptions },
): Promise<number> {
  const answer = await withWarden(io, options, (warden) =>
    warden.system().check(call.address, call.with),
  );
  io.stdout.write(options.json === true ? `${toPrintableJson(answer)}\n` : render(io, answer));
  return answer.marketing ? 0 : 1;
}

function render(io: Io, { address, marketing, other, ...why }: SuppressionCheck): string {
  const style = createStyle(io, io.stdout);
  const word = (may: boolean) => (may ? style('good', 'may be sent') : style('bad', 'is stopped'));
  const lines = [
    toPrintableLine(address),
    `  marketing   ${word(marketing)}`,
    `  other mail  ${word(other)}`,
    ...why.suppressions.map(({ scope, reason, since, senderId, wholeDomain }) => {
      const date = new Date(since).toISOString().slice(0, 10);
      const sender = senderId === undefined ? '' : `  sender ${senderId}`;
      const whole = wholeDomain ? '  whole domain' : '';
      return toPrintableLine(`  ${date}  ${reason}  ${scope}${sender}${whole}`);
    }),
    ...why.staleSources.map((name) => toPrintableLine(`  source ${name} is not fresh`)),
  ];
  return `${lines.join('\n')}\n`;
}
