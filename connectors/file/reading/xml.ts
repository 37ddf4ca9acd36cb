/** What a reader of XML is told. Attributes come as their raw text, to be asked for with `attribute`. */
export interface XmlListener {
  open(name: string, attributes: string): void;
  close(name: string): void;
  text(text: string): void;
}

/**
 * Reads the plain XML of workbooks piece by piece. Documents that declare a type or an entity are refused, so nothing
 * can be expanded or fetched.
 */
export class XmlReader {
  #rest = '';

  constructor(readonly listener: XmlListener) {}

  push(piece: string): void {
    const text = this.#rest === '' ? piece : this.#rest + piece;
    let at = 0;
    for (;;) {
      const tag = text.indexOf('<', at);
      if (tag === -1) break;
      if (tag > at) this.listener.text(unescapeXml(text.slice(at, tag)));
      const end = endOfTag(text, tag);
      if (end === -1) {
        at = tag;
        break;
      }
      this.#tag(text.slice(tag + 1, end), text, tag);
      at = end + 1;
    }
    this.#rest = text.slice(at);
    if (this.#rest.length > 4 * 1024 * 1024) throw new RangeError('a tag or text in it is too long');
  }

  #tag(body: string, text: string, at: number): void {
    const first = body.charCodeAt(0);
    if (first === 0x2f) this.listener.close(localName(body.slice(1).trim()));
    else if (first === 0x21) this.#declaration(body, text, at);
    else if (first !== 0x3f) this.#opening(body);
  }

  #declaration(body: string, text: string, at: number): void {
    if (body.startsWith('![CDATA[')) this.listener.text(text.slice(at + 9, at + 1 + body.length - 2));
    else if (!body.startsWith('!--')) throw new RangeError('it declares a document type');
  }

  #opening(body: string): void {
    const isEmpty = body.charCodeAt(body.length - 1) === 0x2f;
    const inner = isEmpty ? body.slice(0, -1) : body;
    const space = inner.search(/\s/);
    const name = localName(space === -1 ? inner : inner.slice(0, space));
    this.listener.open(name, space === -1 ? '' : inner.slice(space));
    if (isEmpty) this.listener.close(name);
  }
}

function endOfTag(text: string, at: number): number {
  if (text.startsWith('<!--', at)) {
    const end = text.indexOf('-->', at + 4);
    return end === -1 ? -1 : end + 2;
  }
  if (text.startsWith('<![CDATA[', at)) {
    const end = text.indexOf(']]>', at + 9);
    return end === -1 ? -1 : end + 2;
  }
  for (let from = at + 1; ; ) {
    const end = text.indexOf('>', from);
    if (end === -1) return -1;
    const quote = text.slice(from, end).search(/["']/);
    if (quote === -1) return end;
    const close = text.indexOf(text[from + quote] as string, from + quote + 1);
    if (close === -1) return -1;
    from = close + 1;
  }
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
}

const attributeAt = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** One attribute by its full name, e.g. `r:id`; null where it is absent. */
export function attribute(attributes: string, name: string): string | null {
  for (const match of attributes.matchAll(attributeAt)) {
    if (match[1] === name) return unescapeXml(match[2] ?? match[3] ?? '');
  }
  return null;
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescapeXml(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(#x[0-9a-fA-F]{1,6}|#[0-9]{1,7}|\w+);/g, (_, name: string) => {
    if (name.startsWith('#')) {
      const code = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
      return code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
    }
    const known = entities[name];
    if (known === undefined) throw new RangeError(`it uses the unknown entity \`${name.slice(0, 20)}\``);
    return known;
  });
}

/** Workbooks write characters that XML cannot hold as `_x0000_`. */
export function unescapeCell(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
