import { constants, crc32, deflateRawSync } from 'node:zlib';
import type { JsonObject, JsonValue } from '../../../core/json.js';
import type { ColumnType } from '../settings.js';
import { RefusedValue } from './encoders.js';

/** Rows of one sheet, as spreadsheets know them. */
export const maxSheetRows = 1_048_576;
const maxCellChars = 32_767;

/** How far the sheet of a workbook was written: enough to go on in another process. */
export interface SheetState {
  /** Checksum and size of the sheet's XML so far, before compression. */
  readonly crc: number;
  readonly size: number;
  readonly packedSize: number;
}

interface Part {
  readonly name: string;
  readonly bytes: Buffer;
}

interface PlacedPart {
  readonly name: Buffer;
  readonly method: number;
  readonly flags: number;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  readonly headerAt: number;
}

const xmlHead = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const types = 'http://schemas.openxmlformats.org';
const sheetPath = 'xl/worksheets/sheet1.xml';
/** The sizes of the sheet stand behind it, since it grows. */
const sizesFollow = 0x08;
/** 1 January 1980, the first day that archives know: equal content gives equal files. */
const dosDate = 0x21;

/**
 * A workbook with one sheet that grows batch by batch: the sheet is the archive's last part, its XML is compressed in
 * pieces that end on whole bytes, and what closes the archive is written again behind every batch.
 */
export class WorkbookFile {
  /** Everything in front of the sheet's content. */
  readonly head: Buffer;
  readonly #parts: readonly PlacedPart[];
  readonly #sheetAt: number;

  constructor(sheetName: string) {
    const pieces: Buffer[] = [];
    const parts: PlacedPart[] = [];
    let at = 0;
    for (const part of fixedParts(sheetName)) {
      const placed: PlacedPart = {
        name: Buffer.from(part.name),
        method: 0,
        flags: 0,
        crc: crc32(part.bytes),
        packedSize: part.bytes.length,
        size: part.bytes.length,
        headerAt: at,
      };
      const header = localHeader(placed);
      pieces.push(header, part.bytes);
      at += header.length + part.bytes.length;
      parts.push(placed);
    }
    this.#sheetAt = at;
    this.#parts = parts;
    pieces.push(localHeader(this.#sheet(emptySheet)));
    this.head = Buffer.concat(pieces);
  }

  /** One more piece of the sheet. */
  piece(xml: string, before: SheetState): { readonly bytes: Buffer; readonly state: SheetState } {
    const plain = Buffer.from(xml, 'utf8');
    const bytes = deflateRawSync(plain, { finishFlush: constants.Z_SYNC_FLUSH });
    return {
      bytes,
      state: {
        crc: crc32(plain, before.crc),
        size: before.size + plain.length,
        packedSize: before.packedSize + bytes.length,
      },
    };
  }

  /** What makes a whole workbook of what stands before. */
  tail(before: SheetState): Buffer {
    const plain = Buffer.from('</sheetData></worksheet>');
    const bytes = deflateRawSync(plain);
    const sheet = this.#sheet({
      crc: crc32(plain, before.crc),
      size: before.size + plain.length,
      packedSize: before.packedSize + bytes.length,
    });
    const descriptor = Buffer.alloc(16);
    descriptor.writeUInt32LE(0x08074b50, 0);
    descriptor.writeUInt32LE(sheet.crc, 4);
    descriptor.writeUInt32LE(sheet.packedSize, 8);
    descriptor.writeUInt32LE(sheet.size, 12);
    const directory = Buffer.concat([...this.#parts, sheet].map(directoryEntry));
    const directoryAt = this.head.length + sheet.packedSize + descriptor.length;
    return Buffer.concat([
      bytes,
      descriptor,
      directory,
      directoryEnd(this.#parts.length + 1, directory.length, directoryAt),
    ]);
  }

  #sheet(state: SheetState): PlacedPart {
    return { ...state, name: Buffer.from(sheetPath), method: 8, flags: sizesFollow, headerAt: this.#sheetAt };
  }
}

export const emptySheet: SheetState = { crc: 0, size: 0, packedSize: 0 };
export const sheetOpening = `${xmlHead}<worksheet xmlns="${types}/spreadsheetml/2006/main"><sheetData>`;

function fixedParts(sheetName: string): Part[] {
  const text = (name: string, xml: string): Part => ({ name, bytes: Buffer.from(xmlHead + xml) });
  return [
    text(
      '[Content_Types].xml',
      `<Types xmlns="${types}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/${sheetPath}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
    ),
    text(
      '_rels/.rels',
      `<Relationships xmlns="${types}/package/2006/relationships"><Relationship Id="rId1" Type="${types}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ),
    text(
      'xl/workbook.xml',
      `<workbook xmlns="${types}/spreadsheetml/2006/main" xmlns:r="${types}/officeDocument/2006/relationships"><sheets><sheet name="${escapeXml(sheetName)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ),
    text(
      'xl/_rels/workbook.xml.rels',
      `<Relationships xmlns="${types}/package/2006/relationships"><Relationship Id="rId1" Type="${types}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    ),
  ];
}

function localHeader(part: PlacedPart): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(part.flags, 6);
  header.writeUInt16LE(part.method, 8);
  header.writeUInt16LE(dosDate, 12);
  header.writeUInt32LE(part.crc, 14);
  header.writeUInt32LE(part.packedSize, 18);
  header.writeUInt32LE(part.size, 22);
  header.writeUInt16LE(part.name.length, 26);
  return Buffer.concat([header, part.name]);
}

function directoryEntry(part: PlacedPart): Buffer {
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(20, 4);
  entry.writeUInt16LE(20, 6);
  entry.writeUInt16LE(part.flags, 8);
  entry.writeUInt16LE(part.method, 10);
  entry.writeUInt16LE(dosDate, 14);
  entry.writeUInt32LE(part.crc, 16);
  entry.writeUInt32LE(part.packedSize, 20);
  entry.writeUInt32LE(part.size, 24);
  entry.writeUInt16LE(part.name.length, 28);
  entry.writeUInt32LE(part.headerAt, 42);
  return Buffer.concat([entry, part.name]);
}

function directoryEnd(count: number, size: number, at: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(at, 16);
  return end;
}

/** The XML of one row; texts are typed as text, so no cell can become a formula. */
export function rowXml(
  row: number,
  columns: readonly string[],
  types: Readonly<Record<string, ColumnType>>,
  fields: JsonObject,
): string {
  let xml = `<row r="${row}">`;
  for (const [index, name] of columns.entries()) {
    const value = fields[name];
    if (value !== null && value !== undefined)
      xml += cellXml(`${columnLetters(index)}${row}`, name, value, types[name]);
  }
  return `${xml}</row>`;
}

export function headerXml(columns: readonly string[]): string {
  return rowXml(1, columns, {}, Object.fromEntries(columns.map((name) => [name, name])));
}

function cellXml(place: string, name: string, value: JsonValue, type: ColumnType | undefined): string {
  if (typeof value === 'boolean') return `<c r="${place}" t="b"><v>${value ? 1 : 0}</v></c>`;
  if (typeof value === 'number') return `<c r="${place}"><v>${value}</v></c>`;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (isNumberCell(text, type)) return `<c r="${place}"><v>${text.replace(/^\+/, '')}</v></c>`;
  if (text.length > maxCellChars) {
    throw new RefusedValue(`\`${name}\` has ${text.length} characters, and a cell of a workbook takes ${maxCellChars}`);
  }
  return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(escapeCell(text))}</t></is></c>`;
}

/** A number in a column of numbers, as long as a spreadsheet keeps all its digits. */
function isNumberCell(text: string, type: ColumnType | undefined): boolean {
  if (type !== 'integer' && type !== 'decimal' && type !== 'money') return false;
  return /^[+-]?\d+(\.\d+)?$/.test(text) && text.replace(/\D/g, '').replace(/^0+/, '').length <= 15;
}

/** What XML cannot hold stands as `_x0000_`, and text that looks so is escaped itself. */
function escapeCell(text: string): string {
  return text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_').replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that XML refuses or changes
    /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]|\p{Surrogate}/gu,
    (character) => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
  );
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function columnLetters(index: number): string {
  let letters = '';
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}
