/** The two encodings that columns are made of: LEB128 varints and length-prefixed bytes. */

/** A section that does not have the shape it must have. The message says where, for the developer. */
export class SectionError extends Error {}

/** Grows as it is written. */
export class ByteWriter {
  private bytes = Buffer.allocUnsafe(1024);
  private length = 0;

  private reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const grown = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.length + more));
    this.bytes.copy(grown, 0, 0, this.length);
    this.bytes = grown;
  }

  /** An unsigned integer below 2^53. */
  varint(value: number): void {
    this.reserve(8);
    let rest = value;
    while (rest >= 0x80) {
      this.bytes[this.length++] = (rest % 0x80) | 0x80;
      rest = rest < 0x8000_0000 ? rest >>> 7 : Math.floor(rest / 0x80);
    }
    this.bytes[this.length++] = rest;
  }

  /** UTF-8; returns the number of bytes written. */
  text(text: string): number {
    this.reserve(text.length * 3);
    const written = this.bytes.write(text, this.length);
    this.length += written;
    return written;
  }

  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** A varint of the length, then the bytes. */
  block(bytes: Uint8Array): void {
    this.varint(bytes.length);
    this.raw(bytes);
  }

  done(): Buffer {
    return this.bytes.subarray(0, this.length);
  }
}

/** Reads what ByteWriter wrote. Throws SectionError at the end of the bytes or for a varint beyond 2^53. */
export class ByteReader {
  private position = 0;

  constructor(private readonly bytes: Buffer) {}

  get isAtEnd(): boolean {
    return this.position === this.bytes.length;
  }

  varint(): number {
    const { bytes } = this;
    let byte = bytes[this.position++];
    if (byte === undefined) throw new SectionError("number cut off");
    if (byte < 0x80) return byte;
    let value = byte & 0x7f;
    for (let scale = 0x80; scale <= 2 ** 49; scale *= 0x80) {
      byte = bytes[this.position++];
      if (byte === undefined) throw new SectionError("number cut off");
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) {
        if (value > Number.MAX_SAFE_INTEGER) break;
        return value;
      }
    }
    throw new SectionError("number too large");
  }

  take(length: number): Buffer {
    const end = this.position + length;
    if (end > this.bytes.length) throw new SectionError("bytes cut off");
    const taken = this.bytes.subarray(this.position, end);
    this.position = end;
    return taken;
  }

  block(): Buffer {
    return this.take(this.varint());
  }
}

/** Signed integers as unsigned ones, small ones small: 0, -1, 1, -2 ... become 0, 1, 2, 3 ... */
export function zigzag(value: number): number {
  return value >= 0 ? value * 2 : -value * 2 - 1;
}

export function unzigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

/** `count` varints and nothing else. */
export function readVarints(bytes: Buffer, count: number): Float64Array {
  if (count > bytes.length) throw new SectionError("fewer numbers than announced");
  const numbers = new Float64Array(count);
  return fill(numbers, bytes, Number.MAX_SAFE_INTEGER);
}

/** The same of places and counts, which take half the memory. */
export function readPlaces(bytes: Buffer, count: number): Uint32Array {
  if (count > bytes.length) throw new SectionError("fewer numbers than announced");
  return fill(new Uint32Array(count), bytes, 2 ** 32 - 1);
}

function fill<N extends Float64Array | Uint32Array>(numbers: N, bytes: Buffer, max: number): N {
  const { length } = bytes;
  let position = 0;
  for (let index = 0; index < numbers.length; index++) {
    if (position >= length) throw new SectionError("fewer numbers than announced");
    let byte = bytes[position++] as number;
    let value = byte & 0x7f;
    for (let scale = 0x80; byte >= 0x80; scale *= 0x80) {
      if (position >= length || scale > 2 ** 49) throw new SectionError("number cut off or too large");
      byte = bytes[position++] as number;
      value += (byte & 0x7f) * scale;
    }
    if (value > max) throw new SectionError("number too large");
    numbers[index] = value;
  }
  if (position !== length) throw new SectionError("more numbers than announced");
  return numbers;
}
