import { MAILBOX_PROVIDERS } from './mailbox-providers.ts';

/** Providers that are at home under many country domains: whatever stands before the suffix. */
const NAMES = new Set(
  `126 139 163 189 1und1 aim aliyun aol bigpond bluewin centrum china email excite facebook fastmail foxmail
  freemail freenet gmail gmx googlemail guerrillamail hey hotmail hushmail icloud inbox kolabnow live lycos mac
  mail mailbox mailfence mailinator mozmail msn myyahoo naver netscape o2 online orange outlook passport posteo
  post proton protonmail qq rambler rediff rediffmail rocketmail runbox seznam sina sky skymail sohu startmail
  swisscom telia terra tiscali tom tuta tutamail tutanota uol virgilio vodafone wanadoo web windowslive yahoo
  yandex yeah yepmail ymail yopmail zoho zohomail`.split(/\s+/),
);

/** Domains, in lower case. */
const DOMAINS = new Set([
  ...MAILBOX_PROVIDERS.flatMap(({ domains }) => domains),
  // Apple, Proton, private and paid mail, and services that hide an address.
  ...`me.com pm.me hush.com hush.ai riseup.net disroot.org autistici.org inventati.org systemli.org
  cock.li airmail.cc dismail.de mailo.com net-c.com ctemplar.com counter-mail.com countermail.com criptext.com
  tutamail.com tuta.io keemail.me hey.com duck.com simplelogin.com simplelogin.co simplelogin.io slmail.me
  slmails.com aleeas.com 8alias.com 8shield.net dralias.com passmail.net passinbox.com passfwd.com addy.io
  anonaddy.com anonaddy.me privaterelay.appleid.com relay.firefox.com mozmail.com erine.email firemail.de
  opayq.com 33mail.com spamgourmet.com trashmail.com tempmail.com temp-mail.org guerrillamail.info
  sharklasers.com grr.la maildrop.cc dispostable.com getnada.com moakt.com mailnesia.com mintemail.com
  10minutemail.com emailondeck.com fakeinbox.com throwawaymail.com discard.email spam4.me mytemp.email
  fastmail.fm 123mail.org sent.com sent.as fmail.co.uk imap.cc mailcan.com mailforce.net eml.cc elitemail.org
  messagingengine.com letterboxes.org speedpost.net internet-mail.org warpmail.net ml1.net mm.st myfastmail.com
  pobox.com pobox.sk onlinemail.com the-fastest.net vfemail.net safe-mail.net lavabit.com migadu.com
  purelymail.com thexyz.com skiff.com murena.io e.email infomaniak.com ik.me etik.com ikmail.com bk.ru
  gawab.com bigfoot.com bigmailbox.com mail2world.com mail2.com myself.com inorbit.com iname.com usa.com
  usa.net europe.com asia.com consultant.com contractor.net engineer.com dr.com doctor.com lawyer.com
  accountant.com cheerful.com post.com writeme.com techie.com minister.com mindless.com musician.org
  programmer.net london.com berlin.com paris.com tokyo.com rome.com swissmail.net swissmail.org email.com
  groupmail.com earthling.net cyberdude.com humanoid.net reborn.com workmail.com execs.com job4u.com
  alumni.com alumnidirector.com graduate.org clerk.com collector.org columnist.com bartender.net
  chef.net cyber-wizard.com diplomats.com journalist.com linuxmail.org lovecat.com mad.scientist.com
  photographer.net politician.com realtyagent.com representative.com salesperson.net scientist.com
  secretary.net socialworker.net sociologist.com teachers.org technologist.com therapist.net worker.com
  inbox.com zoho.eu lycosmail.com altavista.com excite.com netzero.net netzero.com juno.com ameritech.net
  operamail.com myopera.com hotpop.com walla.com walla.co.il nana.co.il bezeqint.net netvision.net.il 012.net.il
  zahav.net.il barak.net.il`.split(/\s+/),
  // German, Austrian, Swiss.
  ...`web.de t-online.de magenta.de mail.de posteo.de posteo.net mailbox.org arcor.de online.de 1und1.de email.de
  vodafone.de vodafonemail.de kabelmail.de unitybox.de unity-mail.de kabelbw.de freenet.de freenetmail.de
  ewetel.net ewe.net osnanet.de htp-tel.de netcologne.de nc-mail.de mnet-online.de mnet-mail.de ish.de alice.de
  alice-dsl.net alice-dsl.de hansenet.de o2mail.de o2online.de versatel.de versanet.de tele2.de 1und1.com
  gmx.info bluemail.de smart-mail.de directbox.com emailn.de firemail.eu jpberlin.de so36.net snafu.de
  genion.de compuserve.de compuserve.com epost.de mein.gmx netic.de fn.de abwesend.de lycos.de wolke7.net
  justmail.de loveyouforever.de quantentunnel.de mymail.ch sms.at a1.net aon.at a1business.at chello.at
  upcmail.at kabsi.at liwest.at inode.at utanet.at eunet.at drei.at tele2.at telering.at vol.at cable.vol.at
  bluewin.ch hispeed.ch sunrise.ch swissonline.ch bluemail.ch freesurf.ch tele2.ch netplus.ch quickline.ch
  vtxmail.ch vtxnet.ch citycable.ch besonet.ch sensemail.ch gmail.ch`.split(/\s+/),
  // French, Belgian, Dutch, Luxembourgish.
  ...`wanadoo.fr free.fr aliceadsl.fr sfr.fr neuf.fr 9online.fr cegetel.net club-internet.fr laposte.net bbox.fr
  numericable.fr noos.fr gmx.fr voila.fr caramail.com caramail.fr dartybox.com worldonline.fr mailo.fr netcourrier.com
  net-c.fr la-poste.net nordnet.fr evhr.net estvideo.fr modulonet.fr vialis.net libertysurf.fr infonie.fr
  mageos.com ifrance.com francite.com nomade.fr skynet.be belgacom.net telenet.be proximus.be scarlet.be voo.be
  base.be edpnet.be brutele.be pandora.be tvcablenet.be versateladsl.be ziggo.nl ziggomail.nl kpnmail.nl kpnplanet.nl
  planet.nl home.nl xs4all.nl hetnet.nl casema.nl chello.nl upcmail.nl tele2.nl zonnet.nl quicknet.nl solcon.nl
  telfort.nl telfortglasvezel.nl online.nl caiway.nl caiway.net delta.nl zeelandnet.nl freeler.nl wxs.nl versatel.nl
  kabelfoon.nl kabelfoon.net multikabel.nl orange.nl onsbrabantnet.nl onsneteindhoven.nl glasoperator.nl concepts.nl
  dds.nl luna.nl 12move.nl wanadoo.nl hccnet.nl ision.nl tiscali.nl pt.lu internet.lu vo.lu tango.lu
  monaco.mc monaco.net`.split(/\s+/),
  // Italian, Spanish, Portuguese, and of Latin America.
  ...`libero.it blu.it giallo.it iol.it virgilio.it tin.it alice.it tim.it tiscali.it tiscalinet.it fastwebnet.it
  inwind.it poste.it postecert.it pec.it legalmail.it arubapec.it email.it katamail.com interfree.it supereva.it
  jumpy.it kataweb.it teletu.it infostrada.it aruba.it technet.it vodafone.it teleu.it cheapnet.it
  telefonica.net telefonica.es movistar.es ono.com jazztel.es jazzfree.com euskaltel.net euskalnet.net mundo-r.com
  mundo-r.net telecable.es terra.es ya.com wanadoo.es eresmas.com orange.es orangemail.es vodafone.es andorra.ad
  sapo.pt iol.pt clix.pt netcabo.pt meo.pt nos.pt mail.telepac.pt telepac.pt portugalmail.pt vodafone.pt oninet.pt
  kanguru.pt aeiou.pt uol.com.br bol.com.br terra.com.br ig.com.br ibest.com.br globo.com globomail.com oi.com.br
  zipmail.com.br r7.com superig.com.br pop.com.br click21.com.br brturbo.com.br veloxmail.com.br telemar.com.br
  arnet.com.ar fibertel.com.ar speedy.com.ar ciudad.com.ar uolsinectis.com.ar cablevision.com.ar telecentro.com.ar
  prodigy.net.mx prodigy.com.mx infinitum.com.mx telmex.com cablevision.net.mx megacable.com.mx axtel.net
  une.net.co etb.net.co epm.net.co cable.net.co cantv.net vtr.net entelchile.net adinet.com.uy
  netgate.com.uy speedy.com.pe terra.com.pe terra.cl latinmail.com starmedia.com uolmail.com`.split(
    /\s+/,
  ),
  // British, Irish, Nordic, Baltic.
  ...`btinternet.com btopenworld.com btconnect.com talk21.com sky.com virginmedia.com virgin.net ntlworld.com
  ntlworld.co.uk talktalk.net tiscali.co.uk blueyonder.co.uk plus.com plusnet.com plus.net force9.co.uk
  freeserve.co.uk fsnet.co.uk fsmail.net wanadoo.co.uk orange.net ukgateway.net o2.co.uk supanet.com tesco.net
  toucansurf.com zen.co.uk demon.co.uk uwclub.net madasafish.com lineone.net onetel.com onetel.net aol.ie
  cwgsy.net jerseymail.co.uk manx.net mail.im eircom.net eircom.ie eir.ie iol.ie indigo.ie oceanfree.net ireland.com
  vodafone.ie telia.com bredband.net bredband2.com comhem.se spray.se swipnet.se tele2.se passagen.se home.se
  glocalnet.net bahnhof.se ownit.nu riksnet.se brikks.se tyfon.se online.no broadpark.no getmail.no lyse.net
  altiboxmail.no nextgentel.com start.no frisurf.no c2i.net c2i.no ebnett.no sf-nett.no haugnett.no
  mail.dk live.dk tdcadsl.dk mail.tele.dk tele.dk jubii.dk ofir.dk stofanet.dk youmail.dk privat.dk get2net.dk
  webspeed.dk tdc.dk adr.dk city.dk sol.dk mail.telia.dk fibermail.dk elisanet.fi kolumbus.fi saunalahti.fi
  welho.com suomi24.fi luukku.com pp.inet.fi inet.fi netti.fi dnainternet.net dnasurf.fi phnet.fi mbnet.fi
  surffi.fi nic.fi simnet.is internet.is mmedia.is hot.ee mail.ee online.ee neti.ee inbox.lv inbox.lt
  inbox.ee apollo.lv one.lv takas.lt delfi.lt delfi.ee delfi.lv`.split(/\s+/),
  // Polish, Czech, Slovak, Hungarian, Romanian, of the Balkans, Greek, Turkish.
  ...`wp.pl o2.pl tlen.pl go2.pl onet.pl onet.eu poczta.onet.pl vp.pl op.pl onet.com.pl poczta.fm interia.pl
  interia.eu interia.com intmail.pl gazeta.pl buziaczek.pl neostrada.pl autograf.pl amorki.pl republika.pl vip.onet.pl
  spoko.pl poczta.pl gery.pl seznam.cz email.cz post.cz spoluzaci.cz stream.cz firmy.cz centrum.cz atlas.cz
  volny.cz tiscali.cz quick.cz iol.cz wo.cz azet.sk zoznam.sk centrum.sk atlas.sk post.sk pobox.sk inmail.sk
  stonline.sk szm.sk orangemail.sk freemail.hu citromail.hu t-online.hu indamail.hu vipmail.hu mailbox.hu
  chello.hu upcmail.hu invitel.hu digikabel.hu t-email.hu axelero.hu enternet.hu fibermail.hu
  k.ro rdslink.ro rdsmail.ro email.ro home.ro mail.md abv.bg mail.bg dir.bg gbg.bg
  net.hr inet.hr t-com.hr htnet.hr vip.hr iskon.hr zg.t-com.hr siol.net t-2.net amis.net volja.net telemach.net
  eunet.rs sbb.rs open.telekom.rs ptt.rs beotel.net mts.rs sezampro.rs bih.net.ba t-home.mk unet.com.mk
  otenet.gr in.gr forthnet.gr hol.gr freemail.gr pathfinder.gr mailbox.gr vivodinet.gr cytanet.com.cy
  primehome.com cablenet.com.cy mynet.com ttnet.net.tr superonline.com ttmail.com onvol.net go.net.mt
  maltanet.net melita.com`.split(/\s+/),
  // Russian, Ukrainian, and of Central Asia.
  ...`ya.ru yandex.by yandex.kz list.ru internet.ru xmail.ru inbox.ru lenta.ru autorambler.ru myrambler.ru ro.ru
  rambler.ua pochta.ru qip.ru hotbox.ru land.ru front.ru e-mail.ru nm.ru smtp.ru krovatka.su km.ru aport.ru
  newmail.ru bigmir.net ukr.net i.ua meta.ua online.ua ua.fm email.ua voliacable.com tut.by mail.by open.by
  tyt.by nur.kz mail.kz namba.kg mail.kg elcat.kg mail.uz umail.uz inbox.uz mail.tj mail.am freenet.am
  box.az mail.az day.az mail.ge gol.ge`.split(/\s+/),
  // Chinese, Japanese, Korean, of South and South-East Asia.
  ...`foxmail.com yeah.net 139.com 188.com 189.cn wo.cn wo.com.cn vip.163.com vip.126.com vip.qq.com vip.sina.com
  sina.cn sina.com.cn sohu.com tom.com 21cn.com 263.net 263.net.cn eyou.com chinaren.com aliyun.com citiz.net
  netvigator.com hkbn.net i-cable.com hinet.net ms1.hinet.net seed.net.tw pchome.com.tw kimo.com url.com.tw
  giga.net.tw so-net.net.tw tm.net.my streamyx.com jaring.my yahoo.co.jp ymail.ne.jp docomo.ne.jp ezweb.ne.jp
  au.com softbank.ne.jp i.softbank.jp softbank.jp vodafone.ne.jp disney.ne.jp ymobile.ne.jp y-mobile.ne.jp
  emobile.ne.jp willcom.com pdx.ne.jp uqmobile.jp rakuten.jp rakumail.jp nifty.com nifty.ne.jp ocn.ne.jp plala.or.jp
  plala.ne.jp biglobe.ne.jp so-net.ne.jp dion.ne.jp auone.jp auone-net.jp jcom.home.ne.jp jcom.zaq.ne.jp zaq.ne.jp
  home.ne.jp asahi-net.or.jp infoseek.jp goo.jp mail.goo.ne.jp goo.ne.jp excite.co.jp livedoor.com hotmail.co.jp
  live.jp outlook.jp infoweb.ne.jp hi-ho.ne.jp eonet.ne.jp commufa.jp tiki.ne.jp wakwak.com dti.ne.jp t-com.ne.jp
  itscom.net kcn.jp kcn.ne.jp odn.ne.jp odn.or.jp sakura.ne.jp me.com daum.net hanmail.net hanmail2.net kakao.com
  nate.com empal.com empas.com lycos.co.kr korea.com dreamwiz.com paran.com chol.com hanafos.com hitel.net
  freechal.com netian.com rediffmail.com rediff.com indiatimes.com sify.com vsnl.com vsnl.net bsnl.in bsnl.co.in
  dataone.in airtelmail.in in.com mtnl.net.in sancharnet.in eth.net singnet.com.sg starhub.net.sg pacific.net.sg
  m1net.com.sg telkom.net indosat.net.id plasa.com cbn.net.id centrin.net.id indo.net.id fpt.vn vnn.vn hn.vnn.vn
  hcm.vnn.vn viettel.vn thaimail.com pldtdsl.net skybroadband.com.ph sltnet.lk bttb.net.bd`.split(
    /\s+/,
  ),
  // North America, Oceania, Africa, the Near East.
  ...`comcast.net xfinity.com verizon.net vzw.com vtext.com att.net att.com.mx sbcglobal.net bellsouth.net swbell.net
  pacbell.net prodigy.net snet.net nvbell.net flash.net wans.net ameritech.net cox.net coxmail.com charter.net
  spectrum.net rr.com twc.com roadrunner.com brighthouse.com earthlink.net mindspring.com netcom.com ix.netcom.com
  optonline.net optimum.net suddenlink.net cebridge.net frontier.com frontiernet.net windstream.net centurylink.net
  centurytel.net embarqmail.com q.com qwest.net qwestoffice.net tds.net cableone.net sparklight.net mchsi.com
  mediacombb.net wowway.com wideopenwest.com rcn.com hughes.net wildblue.net exede.net consolidated.net
  fairpoint.net fuse.net zoominternet.net armstrong.com atlanticbb.net metrocast.net epix.net ptd.net hargray.com
  knology.net surewest.net sonic.net grandecom.net gci.net mtaonline.net hawaii.rr.com hawaiiantel.net juno.com
  peoplepc.com netscape.net netscape.com tmomail.net mymetropcs.com bellatlantic.net gte.net adelphia.net
  insightbb.com cs.com wmconnect.com usa.net lycos.com angelfire.com sympatico.ca bell.net bellaliant.net
  nb.sympatico.ca ns.sympatico.ca aliant.net rogers.com rogers.ca shaw.ca shawcable.net telus.net telus.com
  videotron.ca videotron.qc.ca cogeco.ca cogeco.net eastlink.ca sasktel.net mts.net mymts.net tbaytel.net
  teksavvy.com execulink.com primus.ca look.ca distributel.net ebox.ca nexicom.net xplornet.com xplornet.ca
  northwestel.net nl.rogers.com persona.ca bigpond.com bigpond.net.au telstra.com optusnet.com.au iinet.net.au
  internode.on.net adam.com.au westnet.com.au tpg.com.au dodo.com.au aapt.net.au ozemail.com.au netspace.net.au
  iprimus.com.au exetel.com.au aussiebroadband.com.au southernphone.com.au amnet.net.au spin.net.au
  xtra.co.nz slingshot.co.nz orcon.net.nz clear.net.nz paradise.net.nz ihug.co.nz vodafone.co.nz vodafone.net.nz
  inspire.net.nz actrix.co.nz snap.net.nz kinect.co.nz mweb.co.za webmail.co.za vodamail.co.za telkomsa.net
  iafrica.com absamail.co.za lantic.net polka.co.za axxess.co.za cybersmart.co.za safaricom.co.ke africaonline.com
  menara.ma topnet.tn planet.tn gnet.tn link.net tedata.net.eg emirates.net.ae eim.ae du.ae
  saudi.net.sa awalnet.net.sa batelco.com.bh qatar.net.qa omantel.net.om cyberia.net.lb idm.net.lb
  maktoob.com chmail.ir chapar.ir irib.ir`.split(/\s+/),
]);

/**
 * Whether anybody gets an address at a domain (registrable, lower case), so that two addresses there
 * have nothing to do with each other. It is a list, of free and paid mail, connection providers and
 * mobile networks; there is no register of them, so a small one can be missing.
 *
 * @param name the label before the public suffix
 */
export function isPublicMailbox(domain: string, name: string | null): boolean {
  return DOMAINS.has(domain) || (name !== null && NAMES.has(name));
}
