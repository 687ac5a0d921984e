import type { ClaimLanguage } from './claim-pattern.ts';

const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\b\\.?';
const DAY = '\\d{1,2}(?:st|nd|rd|th)?';
const WEEKDAY = '(?:mon|tues|wednes|thurs|fri|satur|sun)day';
const DATE = `(?:(?:this |next )?${WEEKDAY}|${MONTH} ${DAY}\\b|${DAY} (?:of )?${MONTH}|\\d{4}-\\d\\d-\\d\\d|(?:the end of )?(?:this|the) (?:week|month|weekend)|month end)`;
const OFFER = '(?:offer|sale|deal|discount|promotion|promo|code|coupon|voucher|prices?|savings)';
const NOUN =
  '(?!(?:to|up|of|from|time|and|or|as|if|on|at|in|for|by|this|that|next|tomorrow|today|tonight|after|before|until|when|with|around|again|now|all|most|the|some|any|slots?|hours?|days?|afternoon|morning|evening|enough|space|software|speech|market|text|form|fall|will|agents?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\\b)[\\w-]+';

/** A message that does one of these sells something. */
const PROMOTION = [
  '\\b(?:shop|buy|order|upgrade|subscribe|save|switch|act) (?:now|today|online today)\\b',
  '\\b(?:exclusive|special|limited(?:[- ]time)?|unbeatable|amazing|great|hot|flash|best|irresistible) (?:\\w+ )?(?:offers?|deals?|sales?|discounts?|savings)\\b',
  "\\bdon['’]t miss (?:out|our|this|these|the chance)\\b",
  '\\b(?:check out|discover|explore|browse|introducing|try) (?:our|these|the new|the latest|all-new)\\b',
  '\\b(?:(?<!\\b(?:if|whether|when|what|how|where|as|unless) )you (?:may|might|will|would) (?:also )?(?:like|love)|recommended for you|picked for you|(?:customers|people|others) (?:who \\w+ this )?also (?:bought|like|liked|love))\\b',
  '\\b(?:our|the) (?:new|latest|spring|summer|autumn|fall|winter|holiday)(?: \\w+)? (?:collection|range|line-?up|arrivals|sale|products|models|catalogue|catalog)\\b',
  '\\b(?:save|get|take|enjoy|receive|claim|grab|unlock|earn) (?:an? )?(?:extra |up to |additional |further )*[$€£]?\\d{1,3}(?: ?%| percent| points)',
  '\\d ?% off (?:on |your|all|every|any|the|our|everything|selected|when|with|if)',
  '\\b(?:promo|promotional|discount|coupon|voucher)[- ]codes? (?!(?:has|have|was|were|you|applied|used|is not|on)\\b)',
  '\\b(?:refer|invite|bring|recommend us to) (?:a|your) friends?\\b.{0,40}(?:\\d|free|reward)',
  '\\b(?:black friday|cyber monday|(?:our|the|a|this|big|flash|huge) (?:\\w+ )?sale (?:starts|ends|is on|has started|now on)|now on sale|while stocks? lasts?|today only|for a limited time|last chance to (?:buy|save|get|order))\\b',
  '\\b(?:off|discount|credit|voucher|gift)\\b.{0,25}\\b(?:on|for|off) your next (?:order|purchase|booking|stay|visit)\\b',
  '\\bupgrade (?:now |today )?(?:to|and (?:get|save|enjoy|unlock))\\b',
  '\\b(?:why not|treat yourself|complete your look|complete the set|pairs? (?:perfectly|well) with|fall in love with)\\b',
  '\\b(?:free gift|buy one,? get one|2 for 1|two for one|as little as [$€£]|from (?:just|only) [$€£]|only [$€£]\\d)',
];

const number = (percent: number, words: string) => ({
  kind: 'percentage' as const,
  pattern: new RegExp(`\\b${words} ?(?:%|per ?cent)(?: off| discount)?`, 'gi'),
  percent,
});

/** English, checked against the ordinary and bad messages in test/fixtures/content. */
export const ENGLISH: ClaimLanguage = {
  discount:
    /\b(?:off|discount(?:ed|s)?|save|saves|saving|savings|less|cheaper|reduced|reduction|rebate)\b/i,
  months: {
    jan: 1,
    feb: 2,
    mar: 3,
    apr: 4,
    may: 5,
    jun: 6,
    jul: 7,
    aug: 8,
    sep: 9,
    oct: 10,
    nov: 11,
    dec: 12,
  },
  weekdays: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'],
  promotion: new RegExp(PROMOTION.join('|'), 'i'),
  patterns: [
    { kind: 'percentage', pattern: /\bhalf[- ](?:price|off)\b|\bhalf the price\b/gi, percent: 50 },
    number(10, 'ten'),
    number(15, 'fifteen'),
    number(20, 'twenty'),
    number(25, 'twenty[- ]five'),
    number(30, 'thirty'),
    number(40, 'forty'),
    number(50, 'fifty'),
    {
      kind: 'deadline',
      urgency: 'today',
      pattern:
        /\b(?:ends?|ending|expires?|expiring|closes?|closing|over|gone) (?:today|tonight|at midnight|by midnight)\b|\b(?:today|tonight) only\b|\bonly (?:today|tonight)\b|\b(?:until|till|before) (?:midnight|tonight)\b|\b(?:last|final) (?:day|hours?|minutes?|call)\b(?! of)|\b(?:\d{1,2}|few|a few) (?:hours?|minutes?) (?:left|remaining|to go)\b|\bonly hours left\b/gi,
    },
    {
      kind: 'deadline',
      urgency: 'tomorrow',
      pattern:
        /\b(?:ends?|ending|expires?|closes?|over|gone) tomorrow\b|\buntil tomorrow\b|\b(?:24|48) hours only\b|\bonly (?:24|48) hours\b/gi,
    },
    {
      kind: 'deadline',
      urgency: 'soon',
      pattern:
        /\b(?:last|final) (?:chance|reminder|notice)\b|\blimited[- ]time\b|\bwhile (?:supplies|stocks?) lasts?\b|\b(?:ends?|ending|expires?|expiring|going) (?:soon|fast)\b|\bhurry\b|\bact (?:now|fast|today)\b|\bdon['’]t miss out\b|\balmost gone\b|\bselling out\b|\b(?:only|just) (?:\d{1,3}|a few|one|two|three) (?:days? |spots? |seats? |places? |items? |units? )?left\b|\b\d{1,2} days? (?:left|to go)\b|\bbefore it['’]?s too late\b|\btime is running out\b/gi,
    },
    {
      kind: 'deadline',
      subjectOnly: true,
      pattern:
        /\burgent(?:ly)?\b|\bimmediate(?:ly)?\b|\baction (?:required|needed)\b|\bfinal warning\b|\btoday!|\bnow or never\b|\bexpires? in\b|\bclock is ticking\b|\brespond now\b|\bextended\b(?! (?:opening|hours|warranty|family|edition|version|play))|\b(?:in|within|next|only) \d{1,2} ?(?:hours?|hrs?|h|minutes?|mins?)\b|\bdisappears?\b|\bdon['’]t (?:lose|wait|delay)\b|\bwill be (?:closed|suspended|deleted|cancelled|canceled|deactivated)\b|\bending\b/gi,
    },
    {
      kind: 'deadline',
      urgency: 'date',
      pattern: new RegExp(
        `\\b${OFFER}\\b[^.!?]{0,40}? (?:until|till|through|by|before|on) ${DATE}|\\b(?:ends?|expires?|valid|available|yours) (?:on |until |till |through |only until )?${DATE}`,
        'gi',
      ),
    },
    {
      kind: 'free',
      pattern: new RegExp(
        `(?<![-\\w])(?<!\\b(?:feel|feels|you|i|we|(?<!there )are|(?<!there )is|be|you['’]re|i['’]m|we['’]re|them|it|stay|set|break|keep|remains?|when|if|was|were|any) )free ${NOUN}(?: (?:trial|month|months|shipping|delivery|gift|week|consultation|upgrade|copy|account|plan|return|returns))?`,
        'gi',
      ),
    },
    {
      kind: 'free',
      pattern:
        /\b(?!(?:you|we|i|they|he|she|who|everyone|anyone|somebody|people)\b)[\w-]+ (?:is|are|stays?|comes?) (?:completely |totally |absolutely |always |now |entirely )?free(?=[.,;:!?)]|$| (?:and|or|but|with|because|too|forever)\b| for (?!(?:a|the|an) (?:call|chat|meeting|coffee|talk)\b))/gi,
    },
    {
      kind: 'free',
      pattern:
        /\bfor free\b|\bfree of charge\b|\bfree for (?:life|ever|\d+)\b|\bat no (?:extra |additional )?(?:cost|charge)\b|\bcomplimentary [\w-]+|\bbuy (?:one|two|1|2),? get (?:one|1)\b(?: free)?|\b(?:2|two)[- ]for[- ](?:1|one)\b|\bon the house\b/gi,
    },
    {
      kind: 'comparative',
      pattern:
        /\bcheapest\b|\b(?:lowest|best|unbeatable) (?:prices?|rates?|deals?|value)\b|#1\b|\bnumber one\b|\bno\. ?1\b|\bworld['’]s (?:best|first|leading|largest|fastest|only)\b|\b(?:market|industry|world|category)[- ](?:leading|leader)\b|\b(?:the )?(?:leading|top|best|only) (?:provider|platform|solution|choice|tool|product|software|company)\b|\brisk[- ]free\b|\bunbeatable\b|\bunmatched\b|\bthe fastest\b|\bmost (?:popular|secure|trusted|advanced|reliable|powerful)\b|\b(?:better|faster|cheaper|safer) than (?:any|all|every|our|the|[A-Z])[\w-]*(?: [\w-]+)?|\b(?:no ?(?:one|body)|nothing|no other [\w-]+|none of them) (?:else )?(?:comes? close|beats?|compares?|can (?:match|beat))\b|\bsecond to none\b|\bunrivall?ed\b|\bunparalleled\b|\bbeats? (?:every|all|any|the competition)\b|\b(?:biggest|lowest|best|largest|greatest) (?:[\w-]+ ){0,2}ever\b|\bnever been (?:cheaper|lower|easier|better)\b|\bin the (?:world|industry|market)\b(?! (?:bank|cup|of))|\bon the market\b|\baward[- ]winning\b|\bbest in (?:class|the)\b|\bbest[- ]in[- ]class\b|\bbest[- ]selling\b/gi,
    },
    {
      kind: 'comparative',
      pattern:
        /(?<!\b(?:not|cannot|can['’]t|no|never|don['’]t|without|nobody can|be|to) )\bguarantee(?:d|s)?\b|\bmoney[- ]back\b|\blifetime (?:warranty|guarantee|access|deal)\b|\b(?:clinically|scientifically) proven\b|\bproven to\b/gi,
    },
    {
      kind: 'product',
      pattern:
        /\b(?:HIPAA|SOC ?2|ISO ?\d{4,5}|PCI(?: DSS)?|GDPR|FedRAMP|CCPA|FDA)[- ](?:compliant|certified|approved|ready|certification|accredited)\b|\b(?:certified|approved|accredited) by [\w-]+/gi,
    },
    {
      kind: 'product',
      pattern:
        /\b(?:\d{1,4}(?:\.\d)?x|(?:\d{1,4}|two|three|five|ten|twice|a hundred) times|twice) (?:as |more |faster|cheaper|better|the )[\w-]*|\bunlimited [\w-]+|\btrusted by (?:over |more than )?[\d,.]+ ?[km]?\+?(?: [\w-]+)?|\bpatented\b/gi,
    },
    {
      kind: 'product',
      pattern:
        /\b(?:join|used by|loved by|chosen by|over|more than|serving|helped|helping) (?:over |more than |nearly |almost )?(?:\d[\d,.]*|thousands|millions|hundreds) ?(?:k|m|million|thousand)?\+?(?: of)? (?:[\w-]+ ){0,2}(?:customers|users|teams|companies|businesses|members|subscribers|developers|clients|brands|marketers|professionals|families|shoppers)\b/gi,
    },
    {
      kind: 'product',
      pattern:
        /\b(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine) (?:out of|of|in)(?: every)? (?:\d{1,3}|two|three|four|five|ten|a hundred) (?:of )?(?:our |all )?(?:customers|people|users|teams|companies|members|readers|clients|subscribers|experts|doctors)\b/gi,
    },
    {
      kind: 'product',
      pattern:
        /\b(?:cuts?|reduces?|lowers?|slash(?:es)?|halves?|doubles?|triples?|boosts?|increases?|grows?) (?:your|their|you|them|our customers['’]?) (?:[\w-]+ ){1,4}?(?:by (?:a|one|half|two|up)\b(?: (?:third|quarter|half|thirds))?|in half\b|overnight\b)|\b(?:doubles?|triples?|halves?) (?:your|their) [\w-]+|\bsaves? (?:(?:you|teams|them|customers|people|everyone|up to|over|about) )*(?:an? |\d+ |two |three |four |five |six |eight |ten |eleven |several |many |countless )?(?:hours?|days?|weeks?|minutes?)\b/gi,
    },
    {
      kind: 'product',
      pattern:
        /\b[Oo]ur (?:brand[- ]new |new |latest |built-in )?(?:AI|assistant|app|bot|agent|tool|platform|software|engine|system|robot|copilot|planner|feature)(?: \w+)? (?:writes|does|handles|replaces|automates|translates|predicts|answers|books|creates|generates|builds|fixes|detects|learns|manages|runs)\b|\b(?:and|the|an) (?:AI|assistant|bot|copilot) (?:writes|does|handles|replaces|automates|translates|predicts|answers|books|creates|generates|builds|fixes)\b/g,
    },
    {
      kind: 'product',
      pattern:
        /\b(?:[Ii]ntegrates|[Ii]ntegration|[Ss]yncs|[Ww]orks) with [A-Z][\w-]+(?: [A-Z][\w-]+)?|\b[Nn]ow (?:supports|includes|integrates|offers|comes with|connects|reads|writes|runs)\b[^.!?;]{3,60}|\b[Yy]ou can now\b[^.!?;]{3,60}/g,
    },
  ],
};
