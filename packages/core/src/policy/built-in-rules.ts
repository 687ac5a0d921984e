import { DEFAULT_CAPS } from '../frequency/frequency-cap.ts';
import type { FrequencySettings } from '../frequency/resolve-frequency.ts';
import { BUILT_IN_PACKS } from './jurisdictions/built-in-packs.ts';
import type { JurisdictionPack } from './jurisdictions/jurisdiction-pack.ts';
import type { Rule } from './rule.ts';
import { aiDisclosure } from './rules/ai-disclosure.ts';
import { bouncesObserved } from './rules/bounces-observed.ts';
import { budgets } from './rules/budgets.ts';
import { categoryProof } from './rules/category-proof.ts';
import { claims } from './rules/claims.ts';
import { conversationLimits } from './rules/conversation-limits.ts';
import { digest } from './rules/digest.ts';
import { frequency } from './rules/frequency.ts';
import { headerSafety } from './rules/header-safety.ts';
import { htmlSize } from './rules/html-size.ts';
import { jurisdictionRule } from './rules/jurisdiction.ts';
import { links } from './rules/links.ts';
import { loopGuard } from './rules/loop-guard.ts';
import { marketingShape } from './rules/marketing-shape.ts';
import { offerExtended } from './rules/offer-extended.ts';
import { oversight } from './rules/oversight.ts';
import { pause } from './rules/pause.ts';
import { placeholders } from './rules/placeholders.ts';
import { preferences } from './rules/preferences.ts';
import { primaryPurposeRule } from './rules/primary-purpose.ts';
import { provider } from './rules/provider.ts';
import { quietHours } from './rules/quiet-hours.ts';
import { recipientSyntax } from './rules/recipient-syntax.ts';
import { roleAddress } from './rules/role-address.ts';
import { senderIdentity } from './rules/sender-identity.ts';
import { stopRequest } from './rules/stop-request.ts';
import { suppression } from './rules/suppression.ts';
import { suppressionSource } from './rules/suppression-source.ts';
import { variables } from './rules/variables.ts';
import { withdrawal } from './rules/withdrawal.ts';

/** In the order in which a decision names its first reason; the answer does not depend on it. */
export const builtInRules = (
  packs: readonly JurisdictionPack[] = BUILT_IN_PACKS,
  limits: Pick<FrequencySettings, 'caps' | 'quietHours'> = {
    caps: DEFAULT_CAPS,
    quietHours: undefined,
  },
): readonly Rule[] => [
  recipientSyntax,
  suppression,
  suppressionSource,
  stopRequest,
  jurisdictionRule(packs),
  withdrawal,
  preferences,
  roleAddress,
  headerSafety,
  loopGuard,
  marketingShape,
  provider,
  bouncesObserved,
  senderIdentity,
  digest,
  placeholders,
  htmlSize,
  links,
  claims,
  offerExtended,
  variables,
  categoryProof,
  conversationLimits,
  primaryPurposeRule,
  budgets,
  frequency(limits.caps),
  quietHours(limits.quietHours),
  pause,
  oversight,
  aiDisclosure,
];
