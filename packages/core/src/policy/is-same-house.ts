import { parse } from 'tldts';
import { type Address, domainOf } from '../identity/address.ts';
import { toCanonicalAddress } from '../keys/canonical-address.ts';
import { MAILBOX_PROVIDERS } from './providers/mailbox-providers.ts';

/**
 * Where anybody gets an address: two of them at one such domain have nothing to do with each other.
 * The large ones of the languages that the product reads; companies' own domains are not among them.
 */
const PUBLIC = new Set([
  ...MAILBOX_PROVIDERS.flatMap(({ domains }) => domains),
  ...[
    'icloud.com',
    'me.com',
    'mac.com',
    'proton.me',
    'protonmail.com',
    'pm.me',
    'gmx.com',
    'gmx.de',
  ],
  ...['gmx.net', 'gmx.at', 'gmx.ch', 'web.de', 't-online.de', 'freenet.de', 'mail.de', 'posteo.de'],
  ...[
    'mailbox.org',
    'arcor.de',
    'online.de',
    '1und1.de',
    'email.de',
    'vodafone.de',
    'kabelmail.de',
  ],
  ...[
    'bluewin.ch',
    'hispeed.ch',
    'a1.net',
    'aon.at',
    'chello.at',
    'mail.com',
    'email.com',
    'usa.com',
  ],
  ...['zoho.com', 'zohomail.com', 'zohomail.eu', 'fastmail.com', 'fastmail.fm', 'tutanota.com'],
  ...[
    'tutanota.de',
    'tuta.io',
    'tuta.com',
    'hey.com',
    'yandex.com',
    'yandex.ru',
    'mail.ru',
    'bk.ru',
  ],
  ...['list.ru', 'inbox.ru', 'rambler.ru', 'qq.com', '163.com', '126.com', 'sina.com', 'naver.com'],
  ...['daum.net', 'hanmail.net', 'orange.fr', 'wanadoo.fr', 'free.fr', 'sfr.fr', 'neuf.fr'],
  ...['laposte.net', 'bbox.fr', 'numericable.fr', 'libero.it', 'virgilio.it', 'tin.it', 'alice.it'],
  ...['tiscali.it', 'tim.it', 'fastwebnet.it', 'inwind.it', 'poste.it', 'email.it', 'terra.es'],
  ...['telefonica.net', 'ono.com', 'sapo.pt', 'iol.pt', 'uol.com.br', 'bol.com.br', 'terra.com.br'],
  ...['ig.com.br', 'globo.com', 'ziggo.nl', 'kpnmail.nl', 'planet.nl', 'home.nl', 'xs4all.nl'],
  ...[
    'hetnet.nl',
    'casema.nl',
    'skynet.be',
    'telenet.be',
    'proximus.be',
    'wp.pl',
    'o2.pl',
    'onet.pl',
  ],
  ...[
    'interia.pl',
    'op.pl',
    'seznam.cz',
    'email.cz',
    'centrum.cz',
    'post.cz',
    'azet.sk',
    'zoznam.sk',
  ],
  ...['telia.com', 'bredband.net', 'comhem.se', 'spray.se', 'online.no', 'mail.dk', 'live.dk'],
  ...[
    'elisanet.fi',
    'kolumbus.fi',
    'saunalahti.fi',
    'btinternet.com',
    'sky.com',
    'virginmedia.com',
  ],
  ...[
    'ntlworld.com',
    'talktalk.net',
    'blueyonder.co.uk',
    'btopenworld.com',
    'eircom.net',
    'comcast.net',
  ],
  ...[
    'verizon.net',
    'att.net',
    'sbcglobal.net',
    'bellsouth.net',
    'cox.net',
    'charter.net',
    'earthlink.net',
  ],
  ...[
    'juno.com',
    'optonline.net',
    'frontier.com',
    'windstream.net',
    'shaw.ca',
    'rogers.com',
    'bell.net',
  ],
  ...[
    'sympatico.ca',
    'telus.net',
    'videotron.ca',
    'bigpond.com',
    'bigpond.net.au',
    'optusnet.com.au',
  ],
  ...['iinet.net.au', 'tpg.com.au', 'xtra.co.nz', 'slingshot.co.nz', 'singnet.com.sg', 'inbox.lv'],
  ...[
    'abv.bg',
    'mail.bg',
    'freemail.hu',
    'citromail.hu',
    'otenet.gr',
    'in.gr',
    'ukr.net',
    'rediffmail.com',
  ],
]);

/**
 * Whether one address may speak for another: the same person's, or at a registrable domain (public
 * suffix list) of their own. At a public mailbox provider a neighbour is a stranger.
 */
export function isSameHouse(one: Address, other: Address): boolean {
  if (toCanonicalAddress(one) === toCanonicalAddress(other)) return true;
  const house = toHouse(one);
  return house !== undefined && house === toHouse(other);
}

/** `undefined`: a public provider, an address literal, or a public suffix itself. */
function toHouse(address: Address): string | undefined {
  const { domain } = parse(domainOf(address), { allowPrivateDomains: true });
  if (domain === null || PUBLIC.has(domain) || PUBLIC.has(domainOf(address))) return undefined;
  return domain;
}
