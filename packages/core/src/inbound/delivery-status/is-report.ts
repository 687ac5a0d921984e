import type { HeaderField } from '../authentication.ts';
import { fieldOf, type MimePart } from './split-mime-parts.ts';

/** How surely a message is a report of a mail system, by its form alone. */
export type ReportForm = 'report' | 'from_system' | 'perhaps' | 'no';

const SYSTEM =
  /mailer[-_. ]?daemon|post[-_]?master|mail[-_ ]?delivery|delivery[-_ ]?(?:sub)?system|mail[-_ ]?(?:administrator|system)\b|mdaemon|courier mail server|mail[-_ ]?router|bounce|mailmarshal|interscan|internet mail service|microsoft exchange|system administrator|systemadministrator|administrator@|sysadmin@|no-?reply@\.|\.dion\.ne\.jp|-admin@|maildaemon|smtp(?:32|d)?@|smtp[-_ ]?(?:mail[-_ ]?)?(?:service|gateway)|mail[-_ ]?service|antivirus|complaints@|mailer@|daemon@/i;

/** Subjects of mail systems, at the beginning. Answers and forwards of people begin otherwise. */
const SUBJECT =
  /^\s*(?:\*+\s?)?(?:\[[^\]]{1,30}\] ?)?(?:un ?deliver(?:able|ed)|un-?deliverable|non[ -_]?(?:delivery|deliverable|remis|recapit)|not delivered|mail (?:could|delivery|failed|failure|system error|undeliverable|returned|not delivered|error)|delivery (?:status|failure|notification|has failed|failed|problem|report|delayed|error)|delivery_failure|failure (?:notice|delivery)|failed (?:delivery|mail)|returned (?:mail|to sender)|message (?:non remis|delivery|frozen|status|undeliverable|not delivered|you sent|delayed)|notice: mail|warning: (?:could not|delayed|message|mail)|\[bounce\]|bounced? (?:mail|e-?mail|message)|there was an error sending|email delivery failure|problem delivering|warning: .{0,80}(?:user unknown|quota)|rejected mail|automatically rejected|processing error|permanent (?:delivery )?(?:failure|error)|could not (?:deliver|send)|unable to deliver|unzustellbar|nicht zustellbar|unzugestellt|mailzustellung|zustellung|fehlgeschlagen|échec|echec|non remis|non distribu|mancato recapito|impossibile recapit|no se puede entregar|no entregado|correo devuelto|mensaje no entregado|não (?:foi )?entreg|falha (?:na|no|de) |onbestelbaar|niet (?:bezorgd|afgeleverd)|niedostarczon|nie można dostarczyć|olevererbar|går inte att leverera|kunde inte levereras|не (?:доставлено|удалось доставить)|недоставлен|возврат|配信(?:不能|失敗|エラー)|送信(?:エラー|失敗)|メール.{0,8}(?:返送|不達|エラー)|退信|系统退信|(?:投递|传输|发送)失败|邮件.{0,4}(?:失败|退回))/i;
/** Some mark an answer so, too. */
const SUBJECT_END =
  /^\s*re:.{1,500}(?:non remis|delivery failed|undeliverable|user unknown)\W{0,4}$/i;
const ANSWER =
  /^\s*(?:re|aw|antw|sv|vs|fwd?|wg|tr|rv|enc|odp|doorst|i|r|回复|答复|转发|返信|転送)\s?(?:\[\d+\])?[:：]/i;

/** Names that no person writes under, whatever the subject: some answer "Re:" to what they return. */
const DAEMON = /(?:mailer[-_.]?daemon|post_master|mail-?daemon)@/i;

/** Fields that only reports have. */
const REPORT_FIELDS = new Set([
  'x-failed-recipients',
  'x-ahmailid',
  'x-ms-embedded-report',
  'x-mlserver',
  'x-mx-bounce',
  'x-ms-exchange-message-is-ndr',
]);

/** How a program begins to say it. */
export const RETURNED =
  /(?:your|the(?: following)?|this|following) (?:e-?mail |mail )?(?:message|e-?mail|mail)\b.{0,80}(?:could ?n.t|could not|cannot|was not|has not|has been delayed|undeliver|unable|not be)|delivery (?:of .{0,60})?(?:has )?(?:failed|been (?:delayed|postponed))|votre message n.a pas pu/i;
const REFUSED = /was automatically (?:rejected|refused)|message was refused by/i;

/** Looks at the form; what the report says is for `readDeliveryStatus`. */
export function findReportForm(
  fields: readonly HeaderField[],
  listParts: () => readonly MimePart[],
): ReportForm {
  const type = fieldOf(fields, 'content-type').toLowerCase();
  const isReport = /^\s*multipart\/report\b/.test(type);
  if (isReport && !/report-type\s*=\s*"?(?!delivery-status)[\w-]/.test(type)) return 'report';
  if (isReport && listParts().some((part) => part.type === 'message/delivery-status'))
    return 'report';
  // Sieve and delivery agents refuse by a notification (RFC 5429 §2.1.2).
  if (isReport) return isRefusal(listParts()) ? 'report' : 'no';
  const subject = fieldOf(fields, 'subject').slice(0, 998);
  const from = fieldOf(fields, 'from').slice(0, 998);
  const isFromSystem = SYSTEM.test(from) && !ANSWER.test(subject);
  const isUnanswerable = fields.some(
    ({ key, value }) => key === 'return-path' && /^<\s*>$/.test(value.trim()),
  );
  const hasField = fields.some(({ key }) => REPORT_FIELDS.has(key));
  if (DAEMON.test(from)) return hasField ? 'report' : 'from_system';
  if (hasField && isFromSystem) return 'report';
  if (hasField || (isFromSystem && (isUnanswerable || SUBJECT.test(subject)))) return 'from_system';
  const isSaid = SUBJECT_END.test(subject) || (SUBJECT.test(subject) && !ANSWER.test(subject));
  if ((isFromSystem || isSaid) && isFormal(listParts())) return 'from_system';
  return isFromSystem || isUnanswerable || isSaid ? 'perhaps' : 'no';
}

/** Whether a mail system says under its own name and as its subject that something came back. */
export function isTitled(fields: readonly HeaderField[]): boolean {
  const subject = fieldOf(fields, 'subject').slice(0, 998);
  return SYSTEM.test(fieldOf(fields, 'from').slice(0, 998)) && SUBJECT.test(subject);
}

function isRefusal(parts: readonly MimePart[]): boolean {
  return (
    parts.some(({ type }) => type === 'message/disposition-notification') &&
    parts.some(({ text, type }) => type === 'text/plain' && REFUSED.test(text.slice(0, 1_000)))
  );
}

/** The text begins as programs begin, under nothing but a title between rules. */
function isFormal(parts: readonly MimePart[]): boolean {
  const text = parts.find(({ type }) => type.startsWith('text/'))?.text.slice(0, 1_000) ?? '';
  const words = text.replace(/^\s*[-=*#_]{3,}.*$/gm, '').replace(/\s+/g, ' ');
  const begin = RETURNED.exec(words);
  return begin !== null && /^[\s"]{0,3}$/.test(words.slice(0, begin.index));
}
