/** Presenting: the picture, its sentence and the cell alone, as large as a projector needs them. */

const SMALLEST = 10; // pixels of the smallest type, --size-tiny
const READ_FROM_AFAR = 18; // pixels that it should have on a projector ...
const PROJECTOR = 1920; // ... of so many across
const LEAST_HEIGHT = 560; // pixels of the page's own that the picture and the cell need
/** Windows in which the cell has room beside the picture, also in a frame. */
export const LARGE = `(width >= 1067px) and (height >= ${LEAST_HEIGHT}px)`;

/** How many times larger all is drawn in a window of this size. */
export function zoomOf(width: number, height: number): number {
  const across = (width / PROJECTOR) * (READ_FROM_AFAR / SMALLEST);
  return Math.max(1, Math.round(100 * Math.min(across, height / LEAST_HEIGHT)) / 100);
}

/** Make the page present, or stop it, and follow the window's size. Gives what undoes it. */
export function present(root: HTMLElement, window: Window, onleave: () => void): () => void {
  const { document } = window;
  const resize = () => root.style.setProperty('--zoom', String(zoomOf(window.innerWidth, window.innerHeight)));
  const changed = () => {
    if (!document.fullscreenElement) onleave(); // Esc has left the full screen
  };
  root.classList.add('presenting');
  resize();
  window.addEventListener('resize', resize);
  document.addEventListener('fullscreenchange', changed);
  return () => {
    window.removeEventListener('resize', resize);
    document.removeEventListener('fullscreenchange', changed);
    root.classList.remove('presenting');
    root.style.removeProperty('--zoom');
    if (document.fullscreenElement) void document.exitFullscreen();
  };
}
