import { type Address, domainOf } from '../identity/address.ts';

/** What a local part is for, when it names no person. */
export type RoleAddress = 'technical' | 'business';

/**
 * Machines, and people who keep the network running: RFC 2142 §4–§6 (abuse, noc, security,
 * postmaster, hostmaster, usenet, news, webmaster, www, uucp, ftp), RFC 5321 §4.5.1 (postmaster),
 * RFC 3834 §2 (mailer-daemon, lists), addresses that nobody reads, and accounts of operating
 * systems. Mail to them is reported, not read.
 */
const TECHNICAL = words(`
  abuse spam phishing fraud noc security cert csirt soc dmarc dkim tlsrpt fbl
  postmaster hostmaster dnsadmin dns domains domainadmin registrar whois usenet news webmaster
  www uucp ftp root sysadmin sysop nobody daemon mailerdaemon bounce bounces
  unsubscribe unsub optout devnull spamtrap honeypot listserv majordomo mailman listmaster
  noreply donotreply dontreply neverreply nichtantworten keineantwort nepasrepondre noresponder
  nonrispondere nietbeantwoorden naoresponda autoreply autoresponder notification notifications
  alerts cron`);

/**
 * Shared mailboxes of a business: RFC 2142 §3 (info, marketing, sales, support), and what websites
 * print in the languages of the jurisdiction packs. Nobody in particular agreed to be written to.
 */
const BUSINESS = words(`
  info information infos sales marketing support help helpdesk hello hi hey contact contacts
  contactus enquiries enquiry inquiries inquiry office offices reception frontdesk team staff
  all everyone company general mail mailbox inbox service services customerservice customercare
  customersupport care feedback orders order billing invoice invoices accounts accounting
  accountspayable ap ar finance payments payroll purchasing procurement jobs job careers career
  recruiting recruitment hr people press media pr editor editorial newsroom legal privacy
  dataprotection dpo gdpr compliance partners partner partnerships investors ir events admin
  administrator booking bookings reservations reservation shop store webshop returns shipping
  logistics management board secretary it tech dev developers engineering
  kontakt buro buero post poststelle zentrale verwaltung vertrieb verkauf einkauf buchhaltung
  rechnung rechnungen bewerbung personal presse datenschutz kundenservice kundendienst anfrage
  empfang accueil bonjour commercial compta comptabilite secretariat direction recrutement
  facturation contacto ventas compras comercial administracion facturacion atencion hola
  informacion segreteria amministrazione vendite acquisti ufficio contatto contatti verkoop
  inkoop administratie klantenservice receptie vacatures vendas contato geral biuro sekretariat
  sprzedaz myynti asiakaspalvelu kundtjanst faktura firmapost obchod`);

/** RFC 2142 §6: `list-request` reaches the software of a list, `owner-list` its keeper. */
const LIST = /[-_.]request$|^owner[-_.]|[-_.](?:owner|bounces?)$/;

/** `noreply-invoices`, `bounces+123`: what nobody reads, with more behind it. */
const NEVER_READ = /^(?:no|do[-_.]?not|dont|never)[-_.]?reply|^bounces?[-_.+=]|^mailer[-_.]?daemon/;

/**
 * Whether an address names a role instead of a person. Letter case, accents, a `+tag` and the
 * separators `.`, `_` and `-` do not matter; short ones such as `a.p` are initials.
 */
export function findRoleAddress(address: Address): RoleAddress | undefined {
  const local = address.slice(0, -domainOf(address).length - 1);
  const plain = withoutAccents(local).toLowerCase();
  const untagged = plain.split('+', 1)[0] ?? plain;
  const joined = untagged.replace(/[-_.]/g, '');
  const name = joined.length < 4 ? untagged : joined;
  if (TECHNICAL.has(name) || LIST.test(untagged) || NEVER_READ.test(plain)) return 'technical';
  return BUSINESS.has(name) ? 'business' : undefined;
}

function withoutAccents(text: string): string {
  return /^[ -~]*$/.test(text) ? text : text.normalize('NFKD').replace(/\p{M}/gu, '');
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
