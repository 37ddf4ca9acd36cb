import { crc32, deflateSync, inflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const mostColours = 256;

/** A browser's screenshot (8 bits a channel, not interlaced) with its 256 most frequent colours: a third of the size. */
export function smallPng(png: Buffer): Buffer {
  const chunks = chunksOf(png);
  const header = partOf(chunks, 'IHDR');
  const [width, height, channels] = [header.readUInt32BE(0), header.readUInt32BE(4), header[9] === 6 ? 4 : 3];
  const lines = unfiltered(inflateSync(partOf(chunks, 'IDAT')), { width, height, channels });
  const colours = new Uint32Array(width * height);
  const counts = new Map<number, number>();
  for (let pixel = 0; pixel < colours.length; pixel += 1) {
    const at = pixel * channels;
    const colour = ((lines[at] ?? 0) << 16) | ((lines[at + 1] ?? 0) << 8) | (lines[at + 2] ?? 0);
    colours[pixel] = colour;
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const palette = [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, mostColours)
    .map(([colour]) => colour);
  const places = new Map([...counts.keys()].map((colour) => [colour, nearest(palette, colour)]));
  const rows = Buffer.alloc(height * (width + 1));
  for (let pixel = 0; pixel < colours.length; pixel += 1) {
    const row = Math.floor(pixel / width);
    rows[row * (width + 1) + 1 + (pixel % width)] = places.get(colours[pixel] ?? 0) ?? 0;
  }
  // One byte a pixel is the place in the palette.
  const indexed = Buffer.from(header);
  indexed[8] = 8;
  indexed[9] = 3;
  const table = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  return Buffer.concat([
    signature,
    chunk('IHDR', indexed),
    chunk('PLTE', table),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

interface Chunk {
  readonly kind: string;
  readonly body: Buffer;
}

function chunksOf(png: Buffer): readonly Chunk[] {
  const found: Chunk[] = [];
  for (let at = signature.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    found.push({ kind: png.toString('latin1', at + 4, at + 8), body: png.subarray(at + 8, at + 8 + length) });
    at += length + 12;
  }
  return found;
}

function partOf(chunks: readonly Chunk[], kind: string): Buffer {
  return Buffer.concat(chunks.filter((each) => each.kind === kind).map(({ body }) => body));
}

function chunk(kind: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), body]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** Each line tells how its bytes were written: as they are, or as the difference to neighbours. */
function unfiltered(raw: Buffer, of: { width: number; height: number; channels: number }): Buffer {
  const stride = of.width * of.channels;
  const lines = Buffer.alloc(of.height * stride);
  for (let y = 0; y < of.height; y += 1) {
    const filter = raw[y * (stride + 1)] ?? 0;
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x;
      const left = x < of.channels ? 0 : (lines[at - of.channels] ?? 0);
      const up = y === 0 ? 0 : (lines[at - stride] ?? 0);
      const corner = x < of.channels || y === 0 ? 0 : (lines[at - stride - of.channels] ?? 0);
      const guesses = [0, left, up, (left + up) >> 1, paeth(left, up, corner)];
      lines[at] = ((raw[y * (stride + 1) + 1 + x] ?? 0) + (guesses[filter] ?? 0)) & 255;
    }
  }
  return lines;
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

function nearest(palette: readonly number[], colour: number): number {
  const distance = (other: number): number =>
    ((other >> 16) - (colour >> 16)) ** 2 +
    (((other >> 8) & 255) - ((colour >> 8) & 255)) ** 2 +
    ((other & 255) - (colour & 255)) ** 2;
  let best = 0;
  for (let place = 1; place < palette.length; place += 1) {
    if (distance(palette[place] ?? 0) < distance(palette[best] ?? 0)) best = place;
  }
  return best;
}
