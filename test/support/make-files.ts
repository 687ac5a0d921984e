import { crc32, deflateRawSync } from 'node:zlib';

/** A file of a ZIP archive; what is not told is what an honest program writes. */
export interface ZipFile {
  readonly name: string;
  readonly content: string | Buffer;
  /** What the directory says of its size. */
  readonly declared?: number;
  readonly flags?: number;
}

/** A ZIP archive. */
export function makeZip(files: readonly ZipFile[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, declared, flags = 0 } of files) {
    const plain = Buffer.from(content);
    const packed = deflateRawSync(plain);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(plain), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(declared ?? plain.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(
      Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000'), common, tail, Buffer.from(name)]),
    );
    locals.push(local);
    offset += local.length;
  }
  const size = Buffer.concat(directory).length;
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(size, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, ...directory, Buffer.from('PK\u0005\u0006'), end]);
}

const TYPES = '<?xml version="1.0"?><Types xmlns="http://example.com/types"/>';

/** A Word document with this in its body, and other parts if there are any. */
export function makeDocx(body: string, others: readonly ZipFile[] = []): Buffer {
  return makeZip([
    { name: '[Content_Types].xml', content: TYPES },
    { name: 'word/document.xml', content: wordPart('document', `<w:body>${body}</w:body>`) },
    ...others,
  ]);
}

/** A part of a Word document. */
export function wordPart(root: string, content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<w:${root} xmlns:w="http://example.com/w">${content}</w:${root}>`;
}

/** A paragraph; `settings` are those of its run. */
export function wordParagraph(text: string, settings = ''): string {
  return `<w:p><w:r><w:rPr>${settings}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
}

/** What a PDF is made of. */
export interface PdfOptions {
  /** Drawing operators of each page. */
  readonly pages: readonly (string | Buffer)[];
  /** Of the streams, such as `/Filter /FlateDecode`. */
  readonly filter?: string;
  readonly count?: number;
  /** Entries of the trailer. */
  readonly trailer?: string;
  /** Entries of the catalog. */
  readonly catalog?: string;
  /** Replaces the font `/F1`. */
  readonly font?: string;
  /** Replaces `/Kids` of the root of the page tree. */
  readonly kids?: string;
}

/** A PDF with a page for each content. */
export function makePdf(options: PdfOptions): Buffer {
  const { pages, filter = '', count = pages.length, trailer = '', catalog = '' } = options;
  const kids = options.kids ?? pages.map((_, index) => `${4 + index * 2} 0 R`).join(' ');
  const objects: Buffer[] = [
    Buffer.from(`<< /Type /Catalog /Pages 2 0 R ${catalog} >>`),
    Buffer.from(`<< /Type /Pages /Kids [${kids}] /Count ${count} >>`),
    Buffer.from(options.font ?? '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'),
  ];
  for (const [index, page] of pages.entries()) {
    const content = Buffer.from(page);
    objects.push(
      Buffer.from(
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents ${5 + index * 2} 0 R ` +
          '/Resources << /Font << /F1 3 0 R >> >> >>',
      ),
      Buffer.concat([
        Buffer.from(`<< /Length ${content.length} ${filter} >>\nstream\n`),
        content,
        Buffer.from('\nendstream'),
      ]),
    );
  }
  const parts = [Buffer.from('%PDF-1.7\n')];
  const offsets: number[] = [];
  let at = parts[0]?.length ?? 0;
  for (const [index, object] of objects.entries()) {
    const part = Buffer.concat([
      Buffer.from(`${index + 1} 0 obj\n`),
      object,
      Buffer.from('\nendobj\n'),
    ]);
    offsets.push(at);
    at += part.length;
    parts.push(part);
  }
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  parts.push(
    Buffer.from(
      `xref\n0 ${size}\n0000000000 65535 f \n${rows}` +
        `trailer << /Size ${size} /Root 1 0 R ${trailer} >>\nstartxref\n${at}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}

/** Lines of text on a page, from the top. */
export function pdfPage(...lines: readonly string[]): string {
  const shown = lines.map((line) => `(${line.replace(/[\\()]/g, '\\$&')}) Tj 0 -16 Td`).join('\n');
  return `BT /F1 12 Tf 72 720 Td ${shown} ET`;
}

/** A file as it is attached. */
export interface AttachedFile {
  readonly name: string;
  readonly type: string;
  readonly content: string | Buffer;
}

/** A message with files. */
export function mailWithFiles(
  to: string,
  files: readonly AttachedFile[],
  text = 'See there.',
): Buffer {
  const parts = files.map(({ name, type, content }) =>
    [
      '--b',
      `Content-Type: ${type}`,
      `Content-Disposition: attachment; filename="${name}"`,
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(content).toString('base64').replace(/.{76}/g, '$&\r\n'),
    ].join('\r\n'),
  );
  return Buffer.from(
    [
      'From: Ana <ana@customer.example>',
      `To: ${to}`,
      'Subject: Files',
      `Message-ID: <files-${crc32(parts.join())}@customer.example>`,
      'Date: Mon, 02 Mar 2026 09:00:00 +0000',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary="b"',
      '',
      '--b',
      'Content-Type: text/plain; charset=utf-8',
      '',
      text,
      ...parts,
      '--b--',
      '',
    ].join('\r\n'),
  );
}
