const LARGE = 1_000_000; // bytes
const SHARP = 0.9; // of 1, the quality of a JPEG
const STILL = 'image/jpeg'; // never moves
const OTHERS = ['image/png', 'image/webp'];

/** Say what a picture is made smaller to: its longer side is `most` at the greatest, its shape stays. */
export function fitted(width: number, height: number, most: number): { width: number; height: number } {
  const share = Math.min(1, most / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * share)), height: Math.max(1, Math.round(height * share)) };
}

/**
 * Say whether a file is made smaller before it is sent. A small picture that may move goes as it is, because the server
 * refuses one that does; so does what is no photo at all, because the server says why.
 */
export function shrinks({ type, size }: Pick<Blob, 'type' | 'size'>): boolean {
  return type === STILL || (OTHERS.includes(type) && size > LARGE);
}

/** Draw a picture as a JPEG whose longer side is `most`: upright, on white, without place, time and camera. */
export async function shrunk(picture: ImageBitmap | HTMLVideoElement, most: number): Promise<Blob> {
  const [wide, high] =
    picture instanceof ImageBitmap ? [picture.width, picture.height] : [picture.videoWidth, picture.videoHeight];
  const canvas = document.createElement('canvas');
  const { width, height } = fitted(wide, high, most);
  Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser draws no pictures.');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, width, height);
  return new Promise((done, failed) => {
    canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error('This browser writes no JPEG.'))), STILL, SHARP);
  });
}

/** Bring a file to what is sent of it; what the browser cannot read goes as it is, and the server says what is wrong. */
export async function prepared(file: Blob, most: number): Promise<Blob> {
  if (!shrinks(file)) return file;
  try {
    const picture = await createImageBitmap(file);
    return await shrunk(picture, most).finally(() => picture.close());
  } catch {
    return file;
  }
}
