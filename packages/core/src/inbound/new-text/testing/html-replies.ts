/** Replies of our own writing in HTML, one per program, with what is new in them. */
export interface HtmlReplyFixture {
  readonly client: string;
  readonly html: string;
  readonly newText?: string;
}

const OLD = '<p>Hello Ana, shall we deliver on Tuesday?</p>';
const BLOCK =
  '<b>From:</b> Pump Shop<br><b>Sent:</b> Saturday<br><b>To:</b> Ana<br><b>Subject:</b> Delivery';

/** Where `newText` is absent it is "Yes.\nAna". */
export const HTML_REPLIES: readonly HtmlReplyFixture[] = [
  {
    client: 'Gmail',
    html: `<div dir="ltr">Yes.<div>Ana</div></div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Sat, Nov 21, 2026 at 9:00 AM Pump Shop &lt;<a href="mailto:shop@acme.example">shop@acme.example</a>&gt; wrote:<br></div><blockquote class="gmail_quote">${OLD}</blockquote></div>`,
  },
  {
    client: 'Gmail with a signature',
    html: `<div>Yes.<br>Ana<br>-- <br><div class="gmail_signature" data-smartmail="gmail_signature">Ana Weber<br>Pumps</div></div><div class="gmail_quote gmail_quote_container">${OLD}</div>`,
  },
  {
    client: 'Gmail, typed into the signature',
    html: `<div class="gmail_signature"><div>We will wait for the pump.</div><div>Ana</div></div><div class="gmail_quote"><div class="gmail_attr">On Sat, Nov 21, 2026 at 9:00 AM Pump Shop &lt;shop@acme.example&gt; wrote:<br></div><blockquote class="gmail_quote">${OLD}</blockquote></div>`,
    newText: 'We will wait for the pump.\nAna',
  },
  {
    client: 'Outlook on the web',
    html: `<div>Yes.</div><div>Ana</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg">${BLOCK}</div><div>${OLD}</div>`,
  },
  {
    client: 'Outlook desktop',
    html: `<div class=WordSection1><p class=MsoNormal>Yes.<o:p></o:p></p><p class=MsoNormal>Ana</p><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal>${BLOCK}</p></div>${OLD}</div>`,
  },
  {
    client: 'Outlook for phones',
    html: `<div>Yes.<br>Ana</div><div id="ms-outlook-mobile-signature">Get Outlook for iOS</div><hr><div id="divRplyFwdMsg">${BLOCK}</div>${OLD}`,
  },
  {
    client: 'Outlook for Mac',
    html: `<div>Yes.</div><div>Ana</div><span id="OLK_SRC_BODY_SECTION"><div>${BLOCK}</div>${OLD}</span>`,
  },
  {
    client: 'new Outlook',
    html: `<div>Yes.</div><div>Ana</div><div id="mail-editor-reference-message-container"><div>${BLOCK}</div>${OLD}</div>`,
  },
  {
    client: 'Apple Mail',
    html: `<html><body>Yes.<div>Ana<br><div><br><blockquote type="cite"><div>On Nov 21, 2026, at 9:00 AM, Pump Shop &lt;shop@acme.example&gt; wrote:</div>${OLD}</blockquote></div></div></body></html>`,
  },
  {
    client: 'iOS',
    html: `<body>Yes.<div>Ana<br><div dir="ltr">Sent from my iPhone</div><div dir="ltr"><br><blockquote type="cite">On 21 Nov 2026, at 09:00, Pump Shop &lt;shop@acme.example&gt; wrote:<br>${OLD}</blockquote></div></div></body>`,
  },
  {
    client: 'Thunderbird',
    html: `<p>Yes.<br>Ana</p><pre class="moz-signature">-- \nAna Weber</pre><div class="moz-cite-prefix">On 21/11/2026 09:00, Pump Shop wrote:<br></div><blockquote type="cite">${OLD}</blockquote>`,
  },
  {
    client: 'Yahoo',
    html: `<div class="ydp1a2b3cyahoo-style-wrap"><div>Yes.</div><div>Ana</div></div><div id="yahoo_quoted_123" class="yahoo_quoted"><div>On Saturday, Pump Shop said so:</div><div>${OLD}</div></div>`,
  },
  {
    client: 'ProtonMail',
    html: `<div>Yes.</div><div>Ana</div><div class="protonmail_signature_block">Sent with Proton Mail</div><div class="protonmail_quote">On Saturday Pump Shop:<br><blockquote class="protonmail_quote" type="cite">${OLD}</blockquote></div>`,
  },
  {
    client: 'Zoho',
    html: `<div>Yes.<br>Ana</div><div class="zmail_extra"><div>---- On Sat, 21 Nov 2026 Pump Shop ----</div>${OLD}</div>`,
  },
  {
    client: 'Windows Mail',
    html: `<div>Yes.</div><div>Ana</div><div class="OutlookMessageHeader">${BLOCK}</div>${OLD}`,
  },
  {
    client: 'GMX, web.de',
    html: `<div>Yes.<br>Ana</div><div class="mail_android_quote"><div>Am 21.11.26, 09:00 schrieb Pumpenladen:</div>${OLD}</div>`,
  },
  {
    client: 'QQ',
    html: `<div>Yes.</div><div>Ana</div><div class="includetail">${BLOCK}${OLD}</div>`,
  },
  {
    client: 'NetEase',
    html: `<div>Yes.</div><div>Ana</div><div id="isReplyContent"><br>At 2026-11-21 09:00:00, "Pump Shop" &lt;shop@acme.example&gt; wrote:<br>${OLD}</div>`,
  },
  {
    client: 'Spark',
    html: `<div name="messageBodySection">Yes.<br>Ana</div><div name="messageSignatureSection">Ana Weber</div><div name="messageReplySection">On 21 Nov 2026, 09:00 +0100, Pump Shop &lt;shop@acme.example&gt;, wrote:<blockquote type="cite" class="spark_quote">${OLD}</blockquote></div>`,
  },
  {
    client: 'Samsung',
    html: `<div>Yes.</div><div>Ana</div><div id="composer_signature">Sent from my Galaxy</div><div>-------- Original message --------</div><div>From: Pump Shop</div>`,
  },
  {
    client: 'Front',
    html: `<div>Yes.<br>Ana</div><div class="front-signature">Ana</div><blockquote type="cite" class="front-blockquote">${OLD}</blockquote>`,
  },
  {
    client: 'answers between the quotations of Gmail',
    html: `<div class="gmail_quote"><div class="gmail_attr">On Sat, Nov 21, 2026 at 9:00 AM Pump Shop &lt;shop@acme.example&gt; wrote:</div><blockquote class="gmail_quote">Tuesday?</blockquote><div>Yes.</div><blockquote class="gmail_quote">Ten?</blockquote><div>Nine.</div></div>`,
    newText: '> Tuesday?\nYes.\n> Ten?\nNine.',
  },
  {
    client: 'WebKit with a paragraph set off',
    html: `Yes.<div>Ana</div><blockquote style="margin: 0 0 0 40px; border: none; padding: 0px;"><div>Tuesday</div></blockquote><div>See you</div><blockquote type="cite"><div>On Nov 21, 2026, at 9:00 AM, Pump Shop &lt;shop@acme.example&gt; wrote:</div>${OLD}</blockquote>`,
    newText: 'Yes.\nAna\nTuesday\nSee you',
  },
  {
    client: 'Gmail with a quotation by hand',
    html: `<div>Yes, as they say:</div><blockquote class="gmail_quote"><div>Pumps are patient.</div></blockquote><div class="gmail_quote"><div class="gmail_attr">On Sat, Nov 21, 2026 Pump Shop &lt;shop@acme.example&gt; wrote:<br></div><blockquote class="gmail_quote">${OLD}</blockquote></div>`,
    newText: 'Yes, as they say:\n> Pumps are patient.',
  },
  {
    client: 'Gmail with words set off',
    html: `<div>Yes.</div><blockquote class="gmail_quote"><div>Ana</div></blockquote>`,
  },
  {
    client: 'a program that names its letters',
    html: `<p>&Agrave; mardi, c&rsquo;est r&eacute;gl&eacute;.</p><p>Gr&uuml;&szlig;e &#128;5&#146;</p><p>Le 21/11/2026 09:00, Pump Shop a &eacute;crit&nbsp;:</p>${OLD}`,
    newText: 'À mardi, c’est réglé.\n\nGrüße €5’',
  },
  {
    client: 'Spark',
    html: `<div name="messageBodySection">Yes.<br>Ana</div><div name="messageReplySection">Pump Shop, Saturday:<div>${OLD}</div></div>`,
  },
  {
    client: 'a program that holds an answer alone in the place of the quotation',
    html: '<div name="messageReplySection"><div>Yes.</div><div>Ana</div></div>',
  },
  {
    client: 'somebody who quotes a page',
    html: '<p>Yes.</p><blockquote cite="https://pumps.example/"><p>Pumps are patient.</p></blockquote>',
    newText: 'Yes.\n\nPumps are patient.',
  },
  {
    client: 'Gmail of old, with an answer below the quotation',
    html: `<div>Yes.<br><div class="gmail_extra"><br><div class="gmail_quote">On Sat, Nov 21, 2026 at 9:00 AM, Pump Shop <span dir="ltr">&lt;shop@acme.example&gt;</span> wrote:<br><blockquote class="gmail_quote">${OLD}</blockquote></div><br></div><div class="gmail_extra">Ana</div></div>`,
    newText: 'Yes.\n\nAna',
  },
  {
    client: 'Gmail with its element of late alone',
    html: `<div>Yes.</div><div>Ana</div><div class="gmail_quote_container">${OLD}</div>`,
  },
  {
    client: 'Gmail with the line above the quotation on its own',
    html: '<div>Yes.</div><div>Ana</div><div class="gmail_attr">Monday, Pump Shop:</div>',
  },
  {
    client: 'a company whose notice and card stand in elements',
    html: '<div>Yes.</div><div>Ana</div><div>It is done.</div><div>This e-mail may contain confidential data.</div>',
    newText: 'Yes.\nAna\nIt is done.',
  },
  {
    client: 'Outlook desktop, after a server that writes styles anew',
    html: `<div>Yes.</div><div>Ana</div><div style="border : none ; border-top :  solid #E1E1E1 1.0mm ; padding : 3.0pt 0in 0in 0in"><p><b>From:</b> Pump Shop</p></div>${OLD}`,
  },
  {
    client: 'Fernand',
    html: `<div>Yes.</div><div>Ana</div><div class="fernand_quote">${OLD}</div>`,
  },
  {
    client: 'Intercom',
    html: `<div>Yes.</div><div>Ana</div><div class="history">${OLD}</div>`,
  },
  {
    client: 'a program that sends text as it was written',
    html: '<pre>Yes,\nall of it.\n\nRegards,\n\n-- \nAna Weber\nPumps\n</pre>',
    newText: 'Yes,\nall of it.\n\nRegards,',
  },
  {
    client: 'a program that keeps the breaks by a style',
    html: '<div style="white-space: pre-wrap;">Yes.\n<div>Ana\nWeber</div>\n\n-- \nPumps</div><div>See\nyou.</div>',
    newText: 'Yes.\nAna\nWeber',
  },
  {
    client: 'a program that quotes below words that nobody knows',
    html: `<div>Yes.</div><div>Ana</div><div class="gmail_quote"><div>Pump Shop, Saturday</div><blockquote class="gmail_quote">${OLD}</blockquote></div>`,
  },
  {
    client: 'Gmail with words below its line and answers between the quotations',
    html: '<div>Yes.</div><div class="gmail_quote"><div>See below:</div><blockquote>Tuesday?</blockquote><div>No.</div><blockquote>Ten?</blockquote><div>Nine.</div></div>',
    newText: 'Yes.\nSee below:\n> Tuesday?\nNo.\n> Ten?\nNine.',
  },
  {
    client: 'Gmail with an answer between the quotations, below nothing of their own',
    html: '<div class="gmail_quote"><div>In short:</div><blockquote>Tuesday?</blockquote><div>Yes.</div></div>',
    newText: 'In short:\n> Tuesday?\nYes.',
  },
  {
    client: 'a company that names the element after what it holds',
    html: '<div>Yes.</div><div>Ana</div><div class="email-signature">Ana Weber, Pumps</div>',
  },
  {
    client: 'a gateway that warns in a table above an answer',
    html: `<table><tr><td>CAUTION: This email originated from outside. Do not click links.</td></tr></table><div>Yes.</div><div>Ana</div><blockquote type="cite">${OLD}</blockquote>`,
  },
  {
    client: 'a list with a link by which one leaves it',
    html: '<div>Yes.</div><div>Ana</div><div><a href="https://list.example/u">Unsubscribe</a> from this list</div><div>Canal Street 2, Berlin</div>',
  },
  {
    client: 'a list with such a link above a sentence',
    html: '<div>Yes.</div><div><a href="https://list.example/u">Abmelden</a></div><div>Ana is here until ten, call her.</div>',
    newText: 'Yes.\nAna is here until ten, call her.',
  },
  {
    client: 'somebody who asks for it, with a link and without',
    html: '<div>Please <a href="https://list.example/u">unsubscribe</a> me.</div><div>Unsubscribe Bo, too.</div>',
    newText: 'Please unsubscribe me.\nUnsubscribe Bo, too.',
  },
  {
    client: 'somebody whose words are that link alone',
    html: '<div><a href="https://list.example/u">Unsubscribe</a></div>',
    newText: 'Unsubscribe',
  },
  {
    client: 'Gmail with a forward and no word about it',
    html: '<div class="gmail_quote"><div class="gmail_attr">---------- Forwarded message ---------<br>From: shop@acme.example<br>Subject: Delivery</div><p>Tuesday?</p></div>',
    newText:
      '---------- Forwarded message ---------\nFrom: shop@acme.example\nSubject: Delivery\nTuesday?',
  },
];
