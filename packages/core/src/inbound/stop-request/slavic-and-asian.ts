import type { StopLanguage } from './stop-language.ts';

const PL_LIST =
  '(?:(?:tej|tego|panstwa|waszej|waszego|swojej|wszystkich|swoich|waszych) ){0,2}(?:list[ya]?(?: (?:mailingow(?:ej|ych)|wysyłkow(?:ej|ych)|subskrybentow|odbiorcow|adresow(?:ej|ych)|mailowej|dystrybucyjnej))?|newslettera?|newsletterow|baz[ya](?: (?:danych|mailingow(?:ej|ych)|kontaktow|adresow(?:ej|ych)|e-?mail))?|mailingu|mailingow|subskrypcji|wiadomosci|maili|e-?maili)';

const POLISH: StopLanguage = {
  name: 'Polish',
  open: [
    'dzien dobry|witam|czesc|szanowni panstwo|szanown[aey] pani?e?',
    '(?:uprzejmie )?(?:prosze|poprosze)(?: panstwa)?(?: o)?|chce|chciał(?:a)?bym|i|wiec|ponownie|nie,? dziekuje|dziekuje,? ale|(?:nie jestem|nie) zainteresowan[ya]',
  ],
  ask: ['czy (?:mozecie|moga panstwo|moglibyscie|mogliby panstwo)|czy moge prosic o'],
  core: [
    `(?:wypisac|wypisanie|wypiszcie|wypisz|usunac|usuniecie|usuncie|usun|skreslic|skreslcie|wykreslic|wykreslcie|wyrejestrowac)(?: (?:mnie|nas|mojego (?:adresu|maila|e-?maila)(?: e-?mail)?|moj(?:ego)? (?:adres|e-?mail|mail)(?: e-?mail)?))? z ${PL_LIST}`,
    '(?:wypiszcie|wypisz|wypisac) (?:mnie|nas)',
    '(?:do mnie |mi )?nie (?:wysyłajcie|wysyłac|wysyłaj|przysyłajcie|przysyłac|przysyłaj|piszcie|pisac|pisz|kontaktujcie sie|kontaktowac sie)(?: (?:mi|nam|do mnie|do nas|ze mna|z nami))?(?: (?:juz|wiecej)){1,2}(?: (?:maili|e-?maili|wiadomosci|reklam|newslettera|niczego|takich maili))?(?: do mnie)?',
    '(?:wiecej|juz) nie (?:wysyłajcie|wysyłac|wysyłaj|piszcie|pisac|pisz)(?: (?:mi|do mnie))?',
    '(?:przestancie|przestan|przestac) (?:do mnie |mi )?(?:pisac|wysyłac|przysyłac)(?: (?:do mnie|mi))?(?: (?:maile|e-?maile|wiadomosci|reklamy|newsletter|spam))?',
    'nie (?:chce|chcemy|zycze sobie|zyczymy sobie)(?: (?:juz|wiecej))?(?: (?:otrzymywac|dostawac))?(?: (?:juz|wiecej))? (?:(?:od was|od panstwa|waszych|panstwa|takich|tych) ){0,2}(?:maili|e-?maili|wiadomosci|reklam|newslettera|newsletterow|ofert)(?: od (?:was|panstwa))?',
    `rezygnuje z (?:${PL_LIST}|subskrypcji newslettera|otrzymywania (?:${PL_LIST}|ofert|reklam))`,
  ],
  tail: [
    'prosze|dziekuje|natychmiast|teraz|bo|poniewaz|gdyz|i|lub|pozdrawiam|z powazaniem|z gory|wiecej|juz',
  ],
  bare: ['wypisz|wypisz mnie|rezygnuje|stop|wypisuje sie|unsubscribe'],
  hint: [
    'wypis(?:z|ac|anie|uje)|rezygnuj|nie (?:wysył|przysył)a|nie pisz|nie (?:chce|zycze sobie).{0,15}(?:otrzym|dosta)|przesta(?:n|c).{0,15}(?:pisa|wysył)|usun(?:ac|cie|iecie)?.{0,25}(?:list|baz)',
  ],
  footer: [
    'aby (?:sie )?(?:wypisac|zrezygnowac)|jesli nie (?:chcesz|chca)|otrzymujesz te|otrzymali panstwo',
  ],
};

const RU_LIST =
  '(?:(?:вашей|вашего|ваших|этой|этого|этих|всех|всей|своей|своего|своих|почтовой) ){0,2}(?:рассылки|рассылок|списка|списков|базы|подписки|писем)(?: (?:рассылки|рассылок|контактов|адресатов|данных))?';
const RU_MAIL =
  '(?:письма|писем|сообщения|сообщений|рассылку|рассылки|рекламу|рекламы|спам|спама|ничего)';

const RUSSIAN: StopLanguage = {
  name: 'Russian',
  open: [
    '(?:здравствуйте|добрый (?:день|вечер)|доброе утро|привет|уважаем(?:ые|ый|ая))(?: [\\p{L}.-]{1,20}){0,2}',
    'пожалуйста|прошу(?: вас)?|просьба|хочу|хотела? бы|я|и|срочно|немедленно|нет,? спасибо|спасибо,? но|(?:мне )?(?:это )?не интересн?(?:ует|о)',
  ],
  ask: ['можете|не могли бы вы|могли бы вы|можно'],
  core: [
    `(?:отпишите|отписать|отпиши|отключите|отключить) (?:меня|нас|мой (?:адрес|e-?mail|имейл))(?:,? пожалуйста,?)?(?: (?:от|из) ${RU_LIST})?`,
    `отписаться(?: от ${RU_LIST})?`,
    `(?:удалите|удалить|уберите|убрать|исключите|исключить|вычеркните) (?:пожалуйста,? )?(?:меня|нас|мой (?:адрес|e-?mail|имейл)|мою почту|мои данные)(?:,? пожалуйста,?)? из ${RU_LIST}`,
    `(?:больше )?(?:мне )?(?:больше )?не (?:присылайте|присылать|шлите|слать|пишите|писать|отправляйте|отправлять|беспокойте|беспокоить)(?: (?:мне|нам|меня|больше|никаких|ваших|ваши|такие|эти)){0,4}(?: ${RU_MAIL})?`,
    `(?:прекратите|хватит|перестаньте) (?:мне )?(?:присылать|слать|писать|отправлять|спамить|рассылать)(?: (?:мне|нам|ваши|эти|свои)){0,2}(?: ${RU_MAIL})?`,
    'прекратите (?:эту |вашу )?рассылку',
    `(?:больше )?не (?:хочу|желаю)(?: больше)? (?:получать|видеть)(?: (?:ваши|ваших|от вас|эти|этих|такие|больше)){0,2} ${RU_MAIL}(?: от вас)?`,
  ],
  tail: ['пожалуйста|спасибо|заранее|немедленно|сейчас|так как|потому|я|и|или|с уважением|больше'],
  bare: ['отписаться|отписка|отпишите|отпишите меня|стоп|stop|отказ от рассылки|unsubscribe'],
  hint: [
    'отпи[шс]|(?:от|из) (?:\\p{L}+ )?рассылк|не (?:присылайте|шлите|пишите|отправляйте)|не (?:хочу|желаю).{0,15}получать|прекратите|перестаньте (?:присылать|писать|слать)|прекратить рассылку',
  ],
  footer: ['чтобы отписаться|если вы (?:не|больше)|вы получили|для отписки'],
};

const JAPANESE: StopLanguage = {
  name: 'Japanese',
  open: [
    'お世話になって(?:おり|い)ます|こんにちは|はじめまして|すみませんが?|申し訳(?:ありません|ございません)が|お手数ですが|恐れ入りますが|至急|今後は?|もう|メール(?:の|マガジンの)?|メルマガの?|こちらの|この|貴社の|御社の|私の(?:アドレス|メールアドレス)を|私を',
  ],
  ask: [],
  core: [
    '(?:配信|送信|購読|登録)(?:を|の)?(?:停止|解除|中止|抹消)(?:(?:を|して|の手続きを|手続きを)?(?:ください|下さい|頂けますか|いただけますか|もらえますか|ほしいです|欲しいです|(?:お|御)願い(?:し|致し|いたし|申し上げ)ます|希望(?:し|いたし|致し)ます|したいです|します))',
    '(?:メール|メルマガ|案内|連絡|広告)(?:の(?:配信|送信))?(?:を|は)(?:停止して|止めて|やめて|送らないで|送付しないで|送信しないで|しないで)(?:ください|下さい|頂けますか|いただけますか|ほしいです|欲しいです)',
    '(?:一切)?(?:送らないで|送ってこないで|送信しないで|連絡しないで)(?:ください|下さい|ほしいです|欲しいです)',
    '(?:配信|送信|メーリング)?リストから(?:私を|私のアドレスを|このアドレスを)?(?:削除|除外|外)(?:して|し)(?:ください|下さい|頂けますか|いただけますか|(?:お|御)願い(?:し|致し|いたし)ます)',
    '(?:退会|配信停止|購読解除)(?:を)?(?:希望(?:し|いたし|致し)ます|したいです|します|させてください|お願いします)',
  ],
  tail: ['よろしくお願い(?:し|いたし|致し)ます|お願い(?:し|いたし|致し)ます'],
  bare: ['配信停止|停止|解除|退会|購読解除|配信解除|配信不要'],
  hint: [
    '(?:配信|購読)(?:を|の)?(?:停止|解除|中止)|登録(?:を)?解除|退会|送らないで|(?:メール|メルマガ).{0,6}(?:不要|やめて|止めて|停止)|リストから',
  ],
  footer: ['.{0,40}(?:こちら|下記|以下|url)'],
  unspaced: true,
};

const ZH_MAIL =
  '(?:邮件|郵件|电子邮件|電子郵件|信息|信|广告|廣告|东西|東西|消息|电子报|電子報|推广|推廣|垃圾邮件)';

const CHINESE: StopLanguage = {
  name: 'Chinese',
  open: [
    '你好|您好|请你们|请您|请|請|麻烦|麻煩|我要|我想要|我希望|我|以后|今后|不需要|不感兴趣|谢谢|謝謝|帮我|幫我|为我|尽快|立即',
  ],
  ask: ['能否|可否|可以'],
  core: [
    `(?:退订|退訂|取消订阅|取消訂閱|取消我的订阅|取消我的訂閱)(?:(?:你们的|貴公司的|贵公司的|这个|此|所有|该|这些|这类)?${ZH_MAIL})?`,
    `(?:不要|别|別|勿|停止|请勿)(?:再)?(?:继续|繼續)?(?:给我|給我|向我|往我邮箱)?(?:发送|發送|发|發|寄|推送)(?:任何|这些|這些|此类|你们的|垃圾|广告|营销|推广|更多){0,2}(?:${ZH_MAIL})?(?:给我|給我)?`,
    `(?:不想|不希望|不愿意|不願意)(?:再)?(?:收到|接收)(?:任何|这些|這些|此类|你们的|你們的){0,2}${ZH_MAIL}`,
    '(?:把|将|將)(?:我|我的邮箱|我的地址|我的邮箱地址|我的电子邮件|我的郵箱)从.{0,12}(?:列表|名单|数据库|群发|邮件组)(?:中|里|上)?(?:移除|删除|删掉|去掉|去除|剔除|移出)',
    '(?:把|将|將)我從.{0,12}(?:列表|名單|資料庫)(?:中|裡|上)?(?:移除|刪除|去除)',
    '(?:不要|别|別|勿|请勿|請勿)再(?:联系|聯繫|打扰|打擾|骚扰|騷擾)我',
  ],
  tail: ['了|吧|谢谢|謝謝|好吗|吗'],
  bare: ['退订|退訂|取消订阅|取消訂閱|td'],
  hint: [
    '退[订訂]|取消[订訂][阅閱]|(?:不要|别|別|勿)再.{0,6}(?:发|發|寄|联系|聯繫)|(?:移除|删除|刪除).{0,8}(?:列表|名单|名單)|[从從].{0,10}(?:列表|名单|名單)|不想再?收到',
  ],
  footer: ['.{0,40}(?:点击|點擊|请点|链接)|如(?:果)?(?:您|你)?不'],
  unspaced: true,
};

/** Polish, Russian, Japanese and Chinese. */
export const SLAVIC_AND_ASIAN: readonly StopLanguage[] = [POLISH, RUSSIAN, JAPANESE, CHINESE];
