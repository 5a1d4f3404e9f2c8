/** A sound in one channel: samples from -1 to 1. */
export interface Wave {
  samples: Float32Array;
  rate: number;
}

const LOUDEST = 32767;
const HEAD = 44; // bytes before the samples of a WAV file

/** Decode a file as the browser can, in one channel, at the rate that a network wants. Rejects what is no sound. */
export async function decoded(file: Blob, rate: number): Promise<Wave> {
  const sound = await new OfflineAudioContext(1, 1, rate).decodeAudioData(await file.arrayBuffer());
  const samples = new Float32Array(sound.length);
  for (let channel = 0; channel < sound.numberOfChannels; channel += 1)
    sound
      .getChannelData(channel)
      .forEach((value, i) => (samples[i] = (samples[i] ?? 0) + value / sound.numberOfChannels));
  return { samples, rate };
}

/** Give the file that stands in an address, `data:audio/wav;base64,...`: a page may not fetch it there. */
export function fileOf(href: string): Blob {
  const [head = '', letters = ''] = href.split(',');
  const bytes = Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));
  return new Blob([bytes], { type: head.slice('data:'.length).split(';')[0] ?? '' });
}

/** Keep a part of a sound, given by shares of its length. */
export function cut({ samples, rate }: Wave, from: number, to: number): Wave {
  return { samples: samples.slice(Math.floor(from * samples.length), Math.ceil(to * samples.length)), rate };
}

/** How long a sound is, in seconds. */
export const secondsOf = ({ samples, rate }: Wave): number => samples.length / rate;

/** The loudest sample of each of so many equal parts, from 0 to 1. */
export function peaksOf({ samples }: Wave, count: number): number[] {
  return Array.from({ length: count }, (_, i) => {
    let peak = 0;
    const end = Math.ceil(((i + 1) * samples.length) / count);
    for (let at = Math.floor((i * samples.length) / count); at < end; at += 1)
      peak = Math.max(peak, Math.abs(samples[at] ?? 0));
    return peak;
  });
}

/** The outline of peaks as an SVG path: a bar each, one unit wide, around a middle line. */
export function outlineOf(peaks: readonly number[], height: number): string {
  const loudest = Math.max(1e-3, ...peaks);
  const half = (peak: number) => Math.max(0.5, (peak / loudest) * (height / 2 - 1));
  return peaks.map((peak, x) => `M${x + 0.5} ${height / 2 - half(peak)}v${2 * half(peak)}`).join('');
}

/** Write a sound as a WAV file, 16 bit. */
export function wavOf({ samples, rate }: Wave): Blob {
  const view = new DataView(new ArrayBuffer(HEAD + 2 * samples.length));
  const tag = (at: number, letters: string) => [...letters].forEach((l, i) => view.setUint8(at + i, l.charCodeAt(0)));
  tag(0, 'RIFF');
  view.setUint32(4, HEAD - 8 + 2 * samples.length, true);
  tag(8, 'WAVEfmt ');
  view.setUint32(16, 16, true); // bytes of what follows, up to the samples
  view.setUint16(20, 1, true); // plain numbers
  view.setUint16(22, 1, true); // channels
  view.setUint32(24, rate, true);
  view.setUint32(28, 2 * rate, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  tag(36, 'data');
  view.setUint32(40, 2 * samples.length, true);
  samples.forEach((s, i) => view.setInt16(HEAD + 2 * i, Math.round(Math.max(-1, Math.min(1, s)) * LOUDEST), true));
  return new Blob([view.buffer], { type: 'audio/wav' });
}
