import type { Context } from '../../context.ts';
import type { RuleFeedback } from '../../operations/review-results.ts';
import { builtInRules } from '../../policy/built-in-rules.ts';

type Asked = Pick<RuleFeedback, 'rule' | 'code' | 'places'>;
type Proposal = NonNullable<RuleFeedback['proposal']>;

/** What an operator could change so that people are asked only where it helps. */
export function proposeChange(ctx: Pick<Context, 'policy' | 'mailboxes'>, asked: Asked): Proposal {
  const known = PROPOSALS.get(asked.rule);
  if (known !== undefined) return known(ctx, asked);
  if (builtInRules([]).some(({ id }) => id === asked.rule)) return DEFAULT;
  return {
    option: `rules: ${asked.rule}`,
    change: `Make the rule narrower, or let it report only: defineRule({ id: '${asked.rule}', shadow: true, … }).`,
  };
}

const DEFAULT: Proposal = {
  option: 'templates',
  change: 'Move what agents keep writing here into a template and approve that once.',
};

const PROPOSALS: ReadonlyMap<string, (ctx: Pick<Context, 'mailboxes'>, asked: Asked) => Proposal> =
  new Map([
    ['oversight', proposeMode],
    [
      'category-proof',
      () => ({
        option: 'trustedAuthservId',
        change:
          'Name the server whose Authentication-Results count (trustedAuthservId), so that proven senders are answered without a look; colleagues belong into internalDomains.',
      }),
    ],
    [
      'jurisdiction',
      (_, { code }) => ({
        option: 'system().recordConsent',
        change: `Record on what basis these people are written to, so that nobody has to look (${code}).`,
      }),
    ],
    [
      'placeholders',
      () => ({
        option: 'templates',
        change:
          'Let agents fill an approved template instead of writing text that looks unfinished; put examples of code into code blocks.',
      }),
    ],
  ]);

/** For the place that asked most: the next looser mode there, and what keeps a look at what is new. */
function proposeMode({ mailboxes }: Pick<Context, 'mailboxes'>, { places }: Asked): Proposal {
  const [most] = places;
  if (most === undefined) return DEFAULT;
  const { mailbox, category } = most;
  const tightened = (mailboxes.get(mailbox)?.tighten ?? []).some(
    ({ when, to }) => to === 'gated_send' && (when.category ?? category) === category,
  );
  const option = `mailboxes: ${mailbox}`;
  const keep = `tighten: [{ when: { category: '${category}', firstOf: 'step' }, to: 'gated_send' }]`;
  return tightened
    ? { option, change: `Narrow the tighten rule that asks for ${category}, e.g. to ${keep}.` }
    : {
        option,
        change: `oversight: { ${category}: 'monitored' } with ${keep}: people see the first of each kind and are told of the rest.`,
      };
}
