/** Pictures of pixels, made of pictures that stand alone: a PNG of one, a GIF of a run. */

const LARGEST = 8192; // pixels each way, which every browser can draw
const WIDEST_FILM = 1280;

/** How large a picture of an SVG is, at a scale that is lowered where it would be too large. */
export function sizeOf(width: number, height: number, scale: number, most: number): { width: number; height: number } {
  const fits = Math.min(scale, most / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * fits)), height: Math.max(1, Math.round(height * fits)) };
}

/** Draw an SVG document. Rejects where the browser cannot. */
async function rasterised(svg: string, scale: number, most: number): Promise<HTMLCanvasElement> {
  const href = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = href;
    await image.decode();
    const canvas = document.createElement('canvas');
    const { width, height } = sizeOf(image.naturalWidth, image.naturalHeight, scale, most);
    Object.assign(canvas, { width, height });
    canvas.getContext('2d')?.drawImage(image, 0, 0, width, height);
    return canvas;
  } finally {
    URL.revokeObjectURL(href);
  }
}

/** Make a PNG, with so many pixels for each of the picture's own. */
export async function pngOf(svg: string, scale: number): Promise<Blob> {
  const canvas = await rasterised(svg, scale, LARGEST);
  return new Promise((done, failed) =>
    canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error('the browser made no picture'))), 'image/png'),
  );
}

/** Which steps a film shows: all, or evenly chosen ones where there are too many; the first and the last always. */
export function stepsOfFilm(steps: number, most: number): number[] {
  const count = Math.min(steps + 1, most);
  return Array.from({ length: count }, (_, i) => Math.round((i * steps) / Math.max(1, count - 1)));
}

/** How long each frame of a film stays, in milliseconds: a short run slowly, a long one within half a minute; the end stays. */
export function delaysOf(frames: number): number[] {
  const each = Math.round(Math.max(100, Math.min(900, 14_000 / frames)));
  return Array.from({ length: frames }, (_, i) => (i === frames - 1 ? 2500 : each));
}

/** Make an animated GIF of pictures, which are drawn one by one; all get the size of the first. */
export async function gifOf(pictures: AsyncIterable<string>, frames: number): Promise<ArrayBuffer> {
  const { encode } = await import('modern-gif');
  const page = document.createElement('canvas');
  const context = page.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('the browser draws no canvas');
  const delays = delaysOf(frames);
  const shown: { data: Uint8ClampedArray<ArrayBuffer>; delay: number }[] = [];
  for await (const picture of pictures) {
    const drawn = await rasterised(picture, 1, WIDEST_FILM);
    if (!shown.length) Object.assign(page, { width: drawn.width, height: drawn.height });
    context.fillStyle = '#fff';
    context.fillRect(0, 0, page.width, page.height);
    context.drawImage(drawn, 0, 0);
    shown.push({ data: context.getImageData(0, 0, page.width, page.height).data, delay: delays[shown.length] ?? 100 });
  }
  return encode({ width: page.width, height: page.height, frames: shown, maxColors: 255 });
}
