import { describe, expect, it } from 'vitest';
import { readMails } from '../../../../../test/fixtures/content/read-mails.ts';
import { parseAddress } from '../../identity/address.ts';
import { bodyMarks } from './body-marks.ts';

const TEXT =
  'Hi Ana,\n\nthank you for your question. The export is under Settings, then Data. It takes up to 10 minutes, and we send a link when it is ready.\n\nKim, Acme support';

const marks = (body: string, recipient = 'ana@example.com') =>
  bodyMarks({ body, recipients: [parseAddress(recipient)] });
const share = (one: readonly string[], other: readonly string[]) =>
  one.some((mark) => other.includes(mark));

describe('bodyMarks', () => {
  it.each([
    ['other names and numbers', (text: string) => text.replace('Ana', 'Örjan').replace('10', '45')],
    ['another greeting', (text: string) => text.replace('Hi Ana,', 'Good morning Ben!')],
    ['one word', (text: string) => text.replace('ready', 'done')],
    [
      'another order of sentences',
      (text: string) =>
        text.replace(/(The export.*Data\.) (It takes.*ready\.)/, '$2 $1').replace('Kim, ', ''),
    ],
    ['capitals, accents of width and invisible characters', (text: string) => wide(text)],
    ['a signature', (text: string) => `${text}\n\n-- \nAcme, Inc., 123 Main St, Springfield`],
  ])('are shared by bodies that differ by %s', (_what, change) => {
    expect(marks(TEXT)).toHaveLength(6);
    expect(share(marks(TEXT), marks(change(TEXT), 'orjan@other.example'))).toBe(true);
  });

  it('are shared by links that differ in what follows the host', () => {
    const link = (id: string) => marks(`Hi,\n\nsee https://shop.example/${id}?for=${id}`);
    expect(link('a1')).toHaveLength(6);
    expect(link('a1')).toEqual(link('b2'));
    expect(share(link('a1'), marks('Hi,\n\nlook https://other.example/x'))).toBe(false);
  });

  it('read what hides behind the mark of a signature', () => {
    const hidden = (text: string) => marks(`Hi,\n\n-- \n${text.repeat(4)}`);
    expect(share(hidden(TEXT), hidden(TEXT.replace('ready', 'done')))).toBe(true);
  });

  it('read what is written without spaces', () => {
    const text =
      'ご質問ありがとうございます。データの書き出しは設定画面から行えます。完了するとリンクをお送りします。';
    expect(marks(text)).toHaveLength(6);
    expect(share(marks(text), marks(text.replace('完了', '終了')))).toBe(true);
    expect(
      share(
        marks(text),
        marks('請求書は三月に二度支払われたため、二通目は無効となります。返金は来週です。'),
      ),
    ).toBe(false);
  });

  it('are not given to a body that says next to nothing', () => {
    expect(marks('Hi Ana,\n\nthank you, it is done.\n\nKim')).toEqual([]);
    expect(marks('')).toEqual([]);
  });

  it('tell answers of different contents apart: of 70 no two share one', () => {
    const mails = ['second', 'third'].flatMap((part) => readMails(`${part}/conversational.txt`));
    const all = mails.map(({ body }) => marks(body));
    const pairs = all.flatMap((one, at) => all.slice(at + 1).filter((each) => share(one, each)));
    expect(pairs).toEqual([]);
  });

  it('take a text of any length', () => {
    const long = Array.from({ length: 100_000 }, (_, at) => `w${'x'.repeat(at % 40)}y`).join(' ');
    expect(marks(long)).toHaveLength(6);
    for (const line of [`${'a'.repeat(20_000)}1`, `${'見'.repeat(20_000)}。`]) {
      expect(
        marks(`${line}\nThis is where it goes on, in enough other words to count.`),
      ).toHaveLength(6);
    }
  });
});

function wide(text: string): string {
  return text.toUpperCase().replace('EXPORT', 'ＥＸＰＯＲＴ').replace('LINK', 'LI\u200bNK');
}
