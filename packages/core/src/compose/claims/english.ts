import type { ClaimLanguage } from './claim-pattern.ts';

const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\b\\.?';
const DAY = '\\d{1,2}(?:st|nd|rd|th)?';
const WEEKDAY = '(?:mon|tues|wednes|thurs|fri|satur|sun)day';
const DATE = `(?:(?:this |next )?${WEEKDAY}|${MONTH} ${DAY}\\b|${DAY} (?:of )?${MONTH}|\\d{4}-\\d\\d-\\d\\d|(?:the end of )?(?:this|the) (?:week|month|weekend)|month end)`;
const OFFER = '(?:offer|sale|deal|discount|promotion|promo|code|coupon|voucher|prices?|savings)';
const NOUN =
  '(?!(?:to|up|of|from|time|and|or|as|if|on|at|in|for|by|this|that|next|tomorrow|today|tonight|after|before|until|when|with|around|again|now|all|most|the|some|any|slots?|hours?|days?|afternoon|morning|evening|enough|space|software|speech|market|text|form|fall|will|agents?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\\b)[\\w-]+';

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
        /\burgent(?:ly)?\b|\bimmediate(?:ly)?\b|\baction (?:required|needed)\b|\bfinal warning\b|\btoday!|\bnow or never\b|\bexpires? in\b|\bclock is ticking\b|\brespond now\b/gi,
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
        `(?<![-\\w])(?<!\\b(?:feel|feels|you|i|we|are|is|be|you['’]re|i['’]m|we['’]re|them|it|stay|set|break|keep|remains?|when|if|was|were|any) )free ${NOUN}(?: (?:trial|month|months|shipping|delivery|gift|week|consultation|upgrade|copy|account|plan|return|returns))?`,
        'gi',
      ),
    },
    {
      kind: 'free',
      pattern:
        /\bfor free\b|\bfree of charge\b|\bfree for (?:life|ever|\d+)\b|\bat no (?:extra |additional )?(?:cost|charge)\b|\bcomplimentary [\w-]+|\b(?:shipping|delivery|returns?|trial|setup|installation|webinar|event|entry|admission|workshop|course|guide|plan|version|month|everything) (?:is|are) (?:completely |totally |absolutely |always |now )?free\b|\bbuy (?:one|two|1|2),? get (?:one|1)\b(?: free)?|\b(?:2|two)[- ]for[- ](?:1|one)\b|\bon the house\b/gi,
    },
    {
      kind: 'comparative',
      pattern:
        /\bcheapest\b|\b(?:lowest|best|unbeatable) (?:prices?|rates?|deals?|value)\b|#1\b|\bnumber one\b|\bno\. ?1\b|\bworld['’]s (?:best|first|leading|largest|fastest|only)\b|\b(?:market|industry|world|category)[- ](?:leading|leader)\b|\b(?:the )?(?:leading|top|best|only) (?:provider|platform|solution|choice|tool|product|software|company)\b|\brisk[- ]free\b|\bunbeatable\b|\bunmatched\b|\bthe fastest\b|\bmost (?:popular|secure|trusted|advanced|reliable|powerful)\b|\b(?:better|faster|cheaper|safer) than (?:any|all|every|our|the|[A-Z])[\w-]*(?: [\w-]+)?|\baward[- ]winning\b|\bbest in (?:class|the)\b|\bbest[- ]in[- ]class\b|\bbest[- ]selling\b/gi,
    },
    {
      kind: 'comparative',
      pattern:
        /(?<!\b(?:not|cannot|can['’]t|no|never|don['’]t|without|nobody can|be|to) )\bguarantee(?:d|s)?\b|\bmoney[- ]back\b|\b(?:clinically|scientifically) proven\b|\bproven to\b/gi,
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
        /\b(?:[Ii]ntegrates|[Ii]ntegration|[Ss]yncs|[Ww]orks) with [A-Z][\w-]+(?: [A-Z][\w-]+)?|\b[Nn]ow (?:supports|includes|integrates|offers|comes with|connects|reads|writes|runs)\b[^.!?;]{3,60}|\b[Yy]ou can now\b[^.!?;]{3,60}/g,
    },
  ],
};
