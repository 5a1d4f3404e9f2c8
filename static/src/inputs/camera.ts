/** A camera that shows what it sees, until it is stopped. */
export interface Camera {
  stream: MediaStream;
  stop: () => void;
}

/** Open the camera, the one at the back where there are two. Rejects where there is none, or none for this page. */
export async function openCamera(): Promise<Camera> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
  return { stream, stop: () => stream.getTracks().forEach((track) => track.stop()) };
}
