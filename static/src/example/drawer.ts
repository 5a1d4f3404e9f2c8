/** Draws the picture as documents that stand alone, for whoever makes files of them. */
export interface Drawer {
  /** What a file of this step is called, without its ending; and one of the whole run. */
  name: string;
  film: string;
  steps: number;
  /** Draw what is seen, on paper or on nothing. */
  draw: (paper: boolean) => Promise<string>;
  /** Draw the picture at a step. */
  at: (step: number) => Promise<string>;
  /** Go back to the step where the playhead was. */
  back: () => void;
}
