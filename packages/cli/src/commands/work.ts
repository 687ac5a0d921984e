import type { MailwardenError } from '@mailwarden/core';
import type { Io } from '../io.ts';
import { loadWarden } from '../load-warden.ts';
import { createStyle } from '../output/style.ts';
import { toPrintableLine } from '../output/to-printable.ts';
import type { GlobalOptions } from '../session.ts';

/** Sends what is due, and reads the inboxes, until the process is asked to end. */
export async function work(
  io: Io,
  options: GlobalOptions,
  { inbox }: { readonly inbox: boolean },
): Promise<number> {
  const stopped = io.untilStopped();
  // Without this nobody would hear of what goes wrong in the background.
  const onError = (error: MailwardenError): void => {
    io.stderr.write(`${error.code}  ${toPrintableLine(error.message)}\n`);
  };
  const warden = await loadWarden(io, options.config, { onError });
  try {
    await (inbox ? warden.start() : warden.startWorker());
    tell(io, options, 'working', inbox ? 'It sends, and reads the inboxes.' : 'It sends.');
    await stopped;
    tell(io, options, 'stopping', 'What is in flight ends first.');
  } finally {
    await warden.stop();
  }
  return 0;
}

function tell(io: Io, { json }: GlobalOptions, status: string, message: string): void {
  if (json === true) {
    // A line each: whoever watches reads them as they come.
    io.stdout.write(`${JSON.stringify({ status })}\n`);
    return;
  }
  const style = createStyle(io, io.stdout);
  io.stdout.write(`${style('good', status === 'working' ? 'Working' : 'Stopping')}  ${message}\n`);
}
