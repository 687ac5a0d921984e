/** Hosts that hide where a link leads; filters distrust them, and nobody can review them. */
export const LINK_SHORTENERS: ReadonlySet<string> = new Set(
  [
    'adf.ly amzn.to b.link bc.vc bit.do bit.ly bitly.com bl.ink buff.ly chilp.it clck.ru cli.gs',
    'cutt.ly db.tt dlvr.it dub.sh fb.me flip.it goo.gl goo.su hyperurl.co ift.tt is.gd j.mp',
    'kurzelinks.de kutt.it linktr.im lnk.to lnkd.in lnkiy.in mcaf.ee ow.ly po.st q.gs qr.ae',
    'rb.gy rebrand.ly reurl.cc s.id s2r.co short.gy short.io shorte.st shorturl.asia shorturl.at',
    'shrtco.de smarturl.it snip.ly soo.gd su.pr surl.li t.co t.ly t1p.de t2m.io tiny.cc tiny.one',
    'tiny.pl tinyurl.com tr.im trib.al u.to urlz.fr v.gd v.ht vurl.com wp.me x.co x.gd xurl.es zpr.io',
  ]
    .join(' ')
    .split(' '),
);
