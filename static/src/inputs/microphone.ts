/** What a microphone hears, while it hears. */
export interface Recording {
  /** How loud it is now, from 0 to 1. */
  level: () => number;
  /** End it; the recording is handed over. */
  stop: () => void;
  /** End it, and throw the recording away. */
  drop: () => void;
}

const ELSE = 'send a file, or choose a sample.';
const INSTEAD = 'Send a file, or choose a sample.';

/** Say why there is no microphone, or no camera, and what else there is. */
export function whyNot(error: unknown, secure: boolean, device = 'microphone'): string {
  if (!secure) return `Browsers give the ${device} to secure addresses only (https, or localhost). ${INSTEAD}`;
  switch (error instanceof DOMException ? error.name : '') {
    case 'NotAllowedError':
      return `The ${device} was refused. Allow it for this page in the browser’s address bar, ${ELSE}`;
    case 'NotFoundError':
      return `No ${device} was found. Connect one, ${ELSE}`;
    case 'NotReadableError':
      return `The ${device} is taken by another program. Close that one, ${ELSE}`;
    default:
      return `This browser gives no ${device}. ${INSTEAD}`;
  }
}

/** Begin to record; `onend` gets what was heard. Rejects where there is no microphone, or none for this page. */
export async function listen(onend: (heard: Blob) => void): Promise<Recording> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(analyser);
  const now = new Float32Array(analyser.fftSize);
  const recorder = new MediaRecorder(stream);
  const pieces: Blob[] = [];
  let wanted = true;
  recorder.ondataavailable = ({ data }) => pieces.push(data);
  recorder.onstop = () => {
    stream.getTracks().forEach((track) => track.stop());
    void context.close();
    if (wanted) onend(new Blob(pieces, { type: recorder.mimeType }));
  };
  recorder.start();
  const end = () => recorder.state !== 'inactive' && recorder.stop();
  return {
    level() {
      analyser.getFloatTimeDomainData(now);
      return Math.min(1, 4 * Math.sqrt(now.reduce((sum, value) => sum + value * value, 0) / now.length));
    },
    stop: end,
    drop() {
      wanted = false;
      end();
    },
  };
}
