import * as dripSequence from '@mailwarden-examples/drip-sequence';
import * as feedbackRequest from '@mailwarden-examples/feedback-request';
import * as leadQualification from '@mailwarden-examples/lead-qualification';
import * as orderConfirmation from '@mailwarden-examples/order-confirmation';
import * as productAnnouncement from '@mailwarden-examples/product-announcement';
import { runWorkflows, type World } from '@mailwarden-examples/support';
import * as winbackApproval from '@mailwarden-examples/winback-approval';
import { printAccount } from './print-account.ts';

function introduce({ print, addresses: { smtp, imap, http } }: World): Promise<void> {
  print.section('Mailwarden', 'six workflows, six mailboxes, one database');
  print.step(
    `SMTP ${smtp}, IMAP ${imap}, HTTP ${http} and a SQLite file, all ` +
      'started for this run. The models follow a script; everything else is real.',
  );
  return Promise.resolve();
}

await runWorkflows([
  { run: introduce },
  orderConfirmation,
  dripSequence,
  winbackApproval,
  feedbackRequest,
  leadQualification,
  productAnnouncement,
  { run: printAccount },
]);
