import type { ReviewerSuppressOptions } from '@mailwarden/core';
import type { Io } from '../io.ts';
import { createStyle } from '../output/style.ts';
import { toPrintableJson, toPrintableLine } from '../output/to-printable.ts';
import { findReviewer, type GlobalOptions, withWarden } from '../session.ts';

/** Stops mail to an address; without a reviewer's name the application itself is on record. */
export async function suppress(
  io: Io,
  options: GlobalOptions,
  call: {
    readonly address: string;
    readonly with: ReviewerSuppressOptions & { readonly scope: string };
  },
): Promise<number> {
  const reviewer = findReviewer(io, options);
  await withWarden(io, options, (warden) => {
    const handle = reviewer === undefined ? warden.system() : warden.reviewer(reviewer);
    return handle.suppress(call.address, call.with);
  });
  const { address } = call;
  const { scope } = call.with;
  const done = createStyle(io, io.stdout)('good', 'Suppressed');
  io.stdout.write(
    options.json === true
      ? `${toPrintableJson({ status: 'ok', address, scope })}\n`
      : `${done}  ${toPrintableLine(address)}  ${scope}\n`,
  );
  return 0;
}
