/** Call on each frame that the browser draws, until what is returned is called. */
export function everyFrame(turn: (now: number) => void): () => void {
  let request = requestAnimationFrame(function again(now) {
    turn(now);
    request = requestAnimationFrame(again);
  });
  return () => cancelAnimationFrame(request);
}
