import { deflateSync, inflateSync } from 'fflate';

/** How values become the letters of an address, as models/inputs/packed.py writes them. */

/** Deflate bytes, and write them in base64 for addresses, without padding. */
export function deflated(bytes: Uint8Array): string {
  const packed = Array.from(deflateSync(bytes, { level: 9 }), (byte) => String.fromCharCode(byte)).join('');
  return btoa(packed).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Read what `deflated` wrote: `size` bytes, or all if that is not known; null for anything else. */
export function inflated(letters: string, size?: number): Uint8Array | null {
  if (!/^[\w-]*$/.test(letters)) return null;
  try {
    const bytes = Uint8Array.from(atob(letters.replaceAll('-', '+').replaceAll('_', '/')), (l) => l.charCodeAt(0));
    return inflateSync(bytes, size === undefined ? undefined : { out: new Uint8Array(size) });
  } catch {
    return null;
  }
}

/** Write whole numbers, the small ones in one byte: seven bits each, low ones first, the sign in the lowest bit. */
export function written(numbers: readonly number[]): Uint8Array {
  const bytes: number[] = [];
  for (const number of numbers) {
    let left = number >= 0 ? 2 * number : -2 * number - 1;
    for (; left > 0x7f; left >>>= 7) bytes.push((left & 0x7f) | 0x80);
    bytes.push(left);
  }
  return Uint8Array.from(bytes);
}

/** Read what `written` wrote; null if it breaks off or holds a number of more than 28 bits. */
export function numbersOf(bytes: Uint8Array): number[] | null {
  const numbers: number[] = [];
  let [number, shift] = [0, 0];
  for (const byte of bytes) {
    number |= (byte & 0x7f) << shift;
    if (byte & 0x80) {
      shift += 7;
      if (shift > 21) return null;
      continue;
    }
    numbers.push(number & 1 ? -(number >> 1) - 1 : number >> 1);
    [number, shift] = [0, 0];
  }
  return shift || number ? null : numbers;
}
