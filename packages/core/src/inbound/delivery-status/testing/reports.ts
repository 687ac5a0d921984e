import { GATEWAY_REPORTS } from './gateway-reports.ts';
import { GROUPWARE_REPORTS } from './groupware-reports.ts';
import { MAILBOX_REPORTS } from './mailbox-reports.ts';
import type { ReportFixture } from './report-fixture.ts';
import { TERSE_REPORTS } from './terse-reports.ts';
import { UNIX_REPORTS } from './unix-reports.ts';
import { WORDY_REPORTS } from './wordy-reports.ts';

/** All of them. */
export const REPORTS: readonly ReportFixture[] = [
  ...UNIX_REPORTS,
  ...GROUPWARE_REPORTS,
  ...MAILBOX_REPORTS,
  ...GATEWAY_REPORTS,
  ...WORDY_REPORTS,
  ...TERSE_REPORTS,
];
