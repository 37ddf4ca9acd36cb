import { posix } from 'node:path';
import { attribute, unescapeCell, XmlReader } from './xml.js';
import { refused, type ZipArchive, type ZipEntry } from './zip.js';

const maxSharedChars = 64 * 1024 * 1024;

/** What the cells of a workbook refer to. */
export interface Workbook {
  readonly sheet: ZipEntry;
  readonly sharedTexts: readonly string[];
  /** By number of a cell's style: whether its number is a date, a time of day or both. */
  readonly isDateStyle: readonly boolean[];
  readonly isFrom1904: boolean;
}

export async function readWorkbook(archive: ZipArchive, sheetName: string | null): Promise<Workbook> {
  const book = await readBook(archive);
  const wanted = sheetName === null ? book.sheets[0] : book.sheets.find((sheet) => sheet.name === sheetName);
  if (wanted === undefined) {
    throw refused(
      archive.path,
      sheetName === null
        ? 'it has no sheets'
        : `it has no sheet \`${sheetName}\` (its sheets: ${book.sheets.map((sheet) => sheet.name).join(', ')})`,
    );
  }
  const targets = await readRelations(archive);
  const sheet = archive.entries.get(targets.get(wanted.relation) ?? '');
  if (sheet === undefined) throw refused(archive.path, `its sheet \`${wanted.name}\` is missing`);
  return {
    sheet,
    sharedTexts: await readSharedTexts(archive),
    isDateStyle: await readDateStyles(archive),
    isFrom1904: book.isFrom1904,
  };
}

async function feed(archive: ZipArchive, name: string, reader: XmlReader): Promise<boolean> {
  const entry = archive.entries.get(name);
  if (entry === undefined) return false;
  const decoder = new TextDecoder('utf-8');
  for await (const chunk of archive.read(entry)) reader.push(decoder.decode(chunk, { stream: true }));
  return true;
}

async function readBook(
  archive: ZipArchive,
): Promise<{ sheets: { name: string; relation: string }[]; isFrom1904: boolean }> {
  const sheets: { name: string; relation: string }[] = [];
  let isFrom1904 = false;
  const reader = new XmlReader({
    open: (name, attributes) => {
      if (name === 'sheet') {
        sheets.push({
          name: attribute(attributes, 'name') ?? '',
          relation: attribute(attributes, 'r:id') ?? '',
        });
      } else if (name === 'workbookPr') isFrom1904 = ['1', 'true'].includes(attribute(attributes, 'date1904') ?? '');
    },
    close: () => undefined,
    text: () => undefined,
  });
  if (!(await feed(archive, 'xl/workbook.xml', reader))) throw refused(archive.path, 'it is not a workbook');
  return { sheets, isFrom1904 };
}

async function readRelations(archive: ZipArchive): Promise<Map<string, string>> {
  const targets = new Map<string, string>();
  const reader = new XmlReader({
    open: (name, attributes) => {
      if (name !== 'Relationship') return;
      const target = attribute(attributes, 'Target') ?? '';
      const id = attribute(attributes, 'Id') ?? '';
      targets.set(id, target.startsWith('/') ? target.slice(1) : posix.join('xl', target));
    },
    close: () => undefined,
    text: () => undefined,
  });
  await feed(archive, 'xl/_rels/workbook.xml.rels', reader);
  return targets;
}

async function readSharedTexts(archive: ZipArchive): Promise<string[]> {
  const texts: string[] = [];
  let current = '';
  let total = 0;
  let isText = false;
  let isPhonetic = false;
  const reader = new XmlReader({
    open: (name) => {
      if (name === 'si') current = '';
      else if (name === 'rPh') isPhonetic = true;
      else if (name === 't') isText = true;
    },
    close: (name) => {
      if (name === 't') isText = false;
      else if (name === 'rPh') isPhonetic = false;
      else if (name === 'si') {
        texts.push(unescapeCell(current));
        total += current.length;
        if (total > maxSharedChars) throw refused(archive.path, 'its texts are too large to hold');
      }
    },
    text: (text) => {
      if (isText && !isPhonetic) current += text;
    },
  });
  await feed(archive, 'xl/sharedStrings.xml', reader);
  return texts;
}

/** Number formats that every workbook knows without declaring them. */
function isBuiltInDate(id: number): boolean {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
}

async function readDateStyles(archive: ZipArchive): Promise<boolean[]> {
  const isDate: boolean[] = [];
  const custom = new Map<number, boolean>();
  let isInCells = false;
  const reader = new XmlReader({
    open: (name, attributes) => {
      if (name === 'numFmt') {
        const code = attribute(attributes, 'formatCode') ?? '';
        custom.set(Number(attribute(attributes, 'numFmtId')), isDateFormat(code));
      } else if (name === 'cellXfs') isInCells = true;
      else if (name === 'xf' && isInCells) {
        const id = Number(attribute(attributes, 'numFmtId') ?? 0);
        isDate.push(custom.get(id) ?? isBuiltInDate(id));
      }
    },
    close: (name) => {
      if (name === 'cellXfs') isInCells = false;
    },
    text: () => undefined,
  });
  await feed(archive, 'xl/styles.xml', reader);
  return isDate;
}

function isDateFormat(code: string): boolean {
  const bare = code.replace(/"[^"]*"|\\.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|_./gi, '');
  return /[ymdhs]/i.test(bare);
}

const dayMs = 86_400_000;

/** A spreadsheet's day number as ISO text: a date, or date and time without a zone, since the file names none. */
export function dateText(serial: number, isFrom1904: boolean): string | null {
  if (!Number.isFinite(serial) || serial < 0 || serial > 2_958_466) return null;
  // Day 60 is the 29 February 1900 that never was; days before it count from one day later.
  const days = isFrom1904 ? serial + 1_462 : serial < 60 ? serial + 1 : serial;
  const iso = new Date(Math.round((days - 25_569) * dayMs)).toISOString();
  const [date = '', time = ''] = iso.slice(0, 23).split('T');
  if (serial < 1 && !isFrom1904) return time.replace(/\.000$/, '');
  return time === '00:00:00.000' ? date : `${date}T${time.replace(/\.000$/, '')}`;
}
