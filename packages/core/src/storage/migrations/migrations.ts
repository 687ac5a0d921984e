import { initial } from './0001-initial.ts';
import { consent } from './0002-consent.ts';
import { audit } from './0003-audit.ts';
import { remembered } from './0004-remembered.ts';
import { frequency } from './0005-frequency.ts';
import { contacts } from './0006-contacts.ts';
import { rights } from './0007-rights.ts';
import { review } from './0008-review.ts';
import { decisionFacts } from './0009-decision-facts.ts';
import { campaignStep } from './0011-campaign-step.ts';
import { optIn } from './0013-opt-in.ts';
import { sendingFacts } from './0014-sending-facts.ts';
import { pause } from './0015-pause.ts';
import { requested } from './0016-requested.ts';
import { resend } from './0017-resend.ts';
import { webhooks } from './0018-webhooks.ts';
import { inboundConsequences } from './0019-inbound-consequences.ts';
import { inboundProof } from './0020-inbound-proof.ts';
import { refusal } from './0021-refusal.ts';
import { budgetPlaces } from './0022-budget-places.ts';
import { throttle } from './0023-throttle.ts';
import { sentCopy } from './0025-sent-copy.ts';
import { absence } from './0026-absence.ts';
import { inboxCount } from './0027-inbox-count.ts';
import type { Migration } from './migration.ts';

/** Every migration, in order. */
export const MIGRATIONS: readonly Migration[] = [
  initial,
  consent,
  audit,
  remembered,
  frequency,
  contacts,
  rights,
  review,
  decisionFacts,
  campaignStep,
  optIn,
  sendingFacts,
  pause,
  requested,
  resend,
  webhooks,
  inboundConsequences,
  inboundProof,
  refusal,
  budgetPlaces,
  throttle,
  sentCopy,
  absence,
  inboxCount,
];
