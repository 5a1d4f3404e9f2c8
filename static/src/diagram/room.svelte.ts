import { MediaQuery } from 'svelte/reactivity';
import type { Size } from '../core/layout';

/** Where the buttons that play stand at the window's foot, whatever is scrolled: as in Transport.svelte. */
const SMALL = '(width <= 700px) or (height <= 600px)';
const BAR = 58; // pixels of that foot
const OVERVIEW = 32; // the strip under a long picture
const NOTICED = 60; // of the first panel, so that it is noticed
const LEAST = 180;
const MOST = 620;

/** The pixels that the picture may fill, so that it is on the first screen with the buttons that play it. */
export class Room {
  width = $state(960);
  /** How high the controls under the picture are. */
  under = $state(48);
  private top = $state(300);
  private window = $state(900);
  private box = $state(300);
  private element: HTMLElement | null = null;
  private readonly small = new MediaQuery(SMALL);

  /**
   * In a frame the picture takes what heading and controls leave, alone on a page what the controls leave; else it may
   * run a little out of a low window.
   */
  constructor(
    private readonly framed: () => boolean,
    private readonly alone: () => boolean,
  ) {}

  get size(): Size {
    const below = this.small.current ? BAR : this.under + OVERVIEW;
    const free = this.window - this.top - below;
    const height = Math.max(
      LEAST,
      Math.min(MOST, this.small.current || this.alone() ? free : Math.max(free - NOTICED, Math.min(free, 420))),
    );
    return { width: this.width, height: this.framed() ? this.box : height };
  }

  /** Attach to the element that holds the picture. */
  readonly measure = (element: HTMLElement) => {
    this.element = element;
    this.read();
    const observer = new ResizeObserver(this.read); // what stands above may grow: a message, a second line
    observer.observe(element);
    observer.observe(element.ownerDocument.body);
    return () => observer.disconnect();
  };

  readonly read = () => {
    if (!this.element) return;
    const zoom = this.element.currentCSSZoom ?? 1; // of a projector: frame.css
    const root = this.element.ownerDocument.documentElement;
    this.top = (this.element.getBoundingClientRect().top + window.scrollY) / zoom;
    this.window = root.clientHeight / zoom; // not innerHeight, which changes while a phone hides its address bar
    this.width = this.element.clientWidth;
    this.box = this.element.clientHeight;
  };
}
