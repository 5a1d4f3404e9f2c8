/** Generated from docs/trace.schema.json by `npm run wire`: change unrolled/trace.py instead. */

/**
 * Hold the whole record of one run; see docs/trace.md for each field with an example.
 *
 * `x` (T_x, n_x) is what the first layer read at each step, after embedding; `x_labels` what a reader
 * knows it as. `y_hat` (T_y, n_y) holds the full outputs where there are few classes, else None. Where outputs
 * collapse there is one for each frame, `y_hat` is (T_x, n_y), `reading` (T_y,) is what is left of them, and
 * `readings` are the labellings considered, the likeliest first; both are None where nothing collapses.
 * `places` names the P parts of the one input, where their mean was read (a picture); None where x has no parts.
 * `attention` is (T_y, T_x), or (T_y, P) over places. `running` is what the head would say after each step of a
 * network that answers once, at the end. `unit` says what the `value` of each output is measured in, None where
 * outputs have none; `truth` (T_y,) what really came, measured like the outputs, None where it is not known.
 * `source` is the picture, the sound or the points that were read, of which each label is a slice; None where text was
 * read. `seconds` says of each column how long it takes, where time is real; None where steps are no time. `reads` and
 * `writes` say what steps and outputs are, `y_values` (n_y,) what number each class stands for where classes are
 * numbers, `spans` which outputs belong together; None where the example does not say.
 */
export interface Trace {
  version: 1;
  network: NetworkRecord;
  T_x: number;
  T_y: number;
  columns: Column[];
  x: number[][];
  x_labels: Label[];
  layers: LayerRecord[];
  outputs: Output[];
  y_hat: number[][] | null;
  reading: Span[] | null;
  readings: Reading[] | null;
  running: Output[] | null;
  unit: string | null;
  truth: number[] | null;
  source: (Pixels | Recording | Points) | null;
  seconds: number[] | null;
  reads:
    | (
        | 'words'
        | 'pieces'
        | 'characters'
        | 'bases'
        | 'numbers'
        | 'pixels'
        | 'strokes'
        | 'poses'
        | 'tags'
        | 'classes'
      )
    | null;
  writes:
    | (
        | 'words'
        | 'pieces'
        | 'characters'
        | 'bases'
        | 'numbers'
        | 'pixels'
        | 'strokes'
        | 'poses'
        | 'tags'
        | 'classes'
      )
    | null;
  y_values: number[] | null;
  spans: Span[] | null;
  places: Label[] | null;
  attention: number[][] | null;
  gradient: GradientRecord | null;
  decoding: Decoding | null;
  interventions: (Clamp | Freeze | Force)[];
  answer: string;
  check: Check;
}
/**
 * Describe the network that ran, without its weights; `blank` is the class that says nothing (outputs collapse).
 */
export interface NetworkRecord {
  topology: TopologyRecord;
  cell: CellRecord;
  hidden: number;
  n_y: number;
  output: 'softmax' | 'sigmoid' | 'identity';
  end: number | null;
  blank: number | null;
  parameters: number;
}
/**
 * Describe how the network was wired: a `Topology`, and what follows from it for whoever draws it.
 *
 * `parts` run in this order; `answers_each_step` says that an encoder's head reads every state and not only the last
 * ones, `carries` that states are handed on from step to step.
 */
export interface TopologyRecord {
  kind: 'one_to_one' | 'one_to_many' | 'many_to_one' | 'many_to_many' | 'encoder_decoder';
  layers: number;
  directions: 1 | 2;
  attention: ('dot' | 'additive') | null;
  collapse: 'ctc' | null;
  parts: ('encoder' | 'decoder')[];
  answers_each_step: boolean;
  carries: boolean;
}
/**
 * Describe the cell that ran: its values in order of computation, with the equations that ran.
 *
 * `kind` is one of `CELLS`, or a cell of one's own.
 */
export interface CellRecord {
  kind: string;
  values: Value[];
  states: string[];
}
/**
 * Name one recorded quantity of a cell: its role, the range of its entries and its equation in LaTeX.
 */
export interface Value {
  name: string;
  role: 'gate' | 'candidate' | 'state';
  low: number | null;
  high: number | null;
  latex: string;
}
/**
 * Describe one unrolled step, as it is drawn.
 *
 * `t` counts the columns from 0; `step` counts within the part. `x` is the index of the input that the
 * column reads, `y_prev` that of the earlier output that is fed back to it, `y` that of the output that it
 * emits; None where it does not.
 */
export interface Column {
  t: number;
  part: 'encoder' | 'decoder';
  step: number;
  x: number | null;
  y_prev: number | null;
  y: number | null;
}
/**
 * Say what was read at one step: the text of it, and a note where it needs one.
 *
 * `note` is `unknown` for a word that the network has no vector for. `read_as` is what a word was replaced by before
 * it was read, `value` its number, where it is one, in the visitor's unit. `slice` is the part of the trace's source
 * that was read, where the source is no text.
 */
export interface Label {
  text: string;
  note: 'unknown' | null;
  read_as: string | null;
  value: number | null;
  slice: (Rect | TimeRange | Figure | Stretch) | null;
}
/**
 * Name a part of a picture, in its pixels: left, top, width and height.
 */
export interface Rect {
  kind: 'rect';
  x: number;
  y: number;
  width: number;
  height: number;
}
/**
 * Name a part of a sound, in seconds from its beginning.
 */
export interface TimeRange {
  kind: 'time';
  first: number;
  last: number;
}
/**
 * Name one frame of points that move, counted from 0.
 */
export interface Figure {
  kind: 'figure';
  frame: number;
}
/**
 * Name a part of the points of the first frame, counted from 0, both ends included.
 */
export interface Stretch {
  kind: 'stretch';
  first: number;
  last: number;
}
/**
 * Hold every named value of one layer in one direction, in one part.
 *
 * `values` are (T, hidden), `initial` the states before the first step, (hidden,). Row s belongs to the
 * part's step s in *input* order, for both directions: a backward layer computed its last row first.
 * `seen_x[s]` and `seen_y[s]` are the half-open ranges of inputs and of fed-back outputs that the state at
 * s depends on.
 */
export interface LayerRecord {
  part: 'encoder' | 'decoder';
  layer: number;
  direction: 'forward' | 'backward';
  initial: {
    [k: string]: number[];
  };
  values: {
    [k: string]: number[][];
  };
  seen_x: [number, number][];
  seen_y: [number, number][];
}
/**
 * Hold one emitted output: the choice and the best alternatives, the likeliest first.
 *
 * `index` is the class chosen; None for an output of real numbers, whose values are in `alternatives`. All of
 * these are the network's own numbers. `value` is what a number means outside of the network, in the trace's
 * `unit`; None where the network's own number is what it means, and for classes.
 */
export interface Output {
  index: number | null;
  label: string;
  p: number;
  alternatives: Alternative[];
  forced: boolean;
  value: number | null;
}
/**
 * Name one possible output and how much the network believes in it (or its value, for a regression).
 */
export interface Alternative {
  index: number;
  label: string;
  p: number;
}
/**
 * Name a stretch of outputs, both ends included, that mean one thing together: an entity, or a label of a reading.
 *
 * `label` is the network's own name for it, `name` that of a reader, `kind` numbers the names from 0. `p` of an entity
 * is the probability of its least certain output. In a reading `kind` is the class, and `p` the probability that at
 * least one of its frames says it, 1 - (1 - p_first) ... (1 - p_last).
 */
export interface Span {
  label: string;
  name: string;
  kind: number;
  first: number;
  last: number;
  p: number;
}
/**
 * Hold one labelling that outputs may collapse to: in a row, label by label, and how likely all its paths are.
 */
export interface Reading {
  text: string;
  labels: string[];
  p: number;
}
/**
 * Hold a picture as an address that a browser can show, `data:image/png;base64,...`, and its size in pixels.
 */
export interface Pixels {
  kind: 'pixels';
  href: string;
  width: number;
  height: number;
}
/**
 * Hold a sound as an address that a browser can play, `rate` samples a second.
 *
 * `picture` is the address of its waveform or spectrogram, `width` x `height` pixels, which spans its `seconds` from
 * left to right.
 */
export interface Recording {
  kind: 'sound';
  href: string;
  rate: number;
  seconds: number;
  picture: string;
  width: number;
  height: number;
}
/**
 * Hold points that move: `frames` (T, joints, 2), on a sheet of `width` x `height`, y downwards.
 *
 * `bones` are the pairs of points of a frame between which a line is drawn: those of a body, or of strokes, whose
 * points stand in the order in which they were drawn, in one frame.
 */
export interface Points {
  kind: 'points';
  frames: [number, number][][];
  bones: [number, number][];
  width: number;
  height: number;
}
/**
 * Hold the gradients of one score with respect to every state and input: back-propagation through time.
 *
 * The score is the log-probability of the output chosen at step `y` (the sum of its numbers, for a regression), or
 * that of the whole reading, over all paths, where outputs collapse: then `y` is None. L = -score, so |dL/dh_t| (T,)
 * and |d score/dh_t| are the same. `h` has a row for each layer record, in the same order; so has `c`, |dL/dc_t|,
 * where the cell carries one; `x` is |d score/dx_t|, (T_x,). `x_entries` (1, n_x) is d score/dx_1 entry by entry,
 * where one step alone was read (a picture); else None. `places` (P,) is how much each place adds to the score to
 * first order, gradient times place (Selvaraju et al. 2017 without the cut at 0); None where there are none.
 */
export interface GradientRecord {
  y: number | null;
  label: string;
  score: number;
  h: number[][];
  c: number[][] | null;
  x: number[];
  x_entries: number[][] | null;
  places: number[] | null;
}
/**
 * Say how outputs are chosen.
 *
 * `greedy` takes the likeliest, `sample` draws from softmax(logits / temperature) with a seeded generator,
 * `beam` keeps the `width` likeliest beginnings and divides each log-probability by its length. Of outputs that
 * collapse, `greedy` is the best path, and `beam` adds up all paths that read the same, divided by nothing.
 */
export interface Decoding {
  method: 'greedy' | 'sample' | 'beam';
  temperature: number;
  seed: number;
  width: number;
}
/**
 * Hold one unit of a state (h, or c where the cell carries one) at a value, as soon as it has been computed.
 */
export interface Clamp {
  part: 'encoder' | 'decoder';
  layer: number;
  direction: 'forward' | 'backward';
  steps: number[] | null;
  kind: 'clamp';
  state: 'h' | 'c';
  unit: number;
  value: number;
}
/**
 * Hold a gate (or a candidate) at a value: one unit of it, or all of them.
 */
export interface Freeze {
  part: 'encoder' | 'decoder';
  layer: number;
  direction: 'forward' | 'backward';
  steps: number[] | null;
  kind: 'freeze';
  gate: string;
  unit: number | null;
  value: number;
}
/**
 * Set the output of a decoder at one step: a class, or a vector of real numbers.
 */
export interface Force {
  kind: 'force';
  step: number;
  y: number | number[];
}
/**
 * Say how the record was made, and how far it lies from what the network's own modules compute for the same run.
 *
 * `reference` is what those modules run: `torch`, a kernel of `torch.nn`, or `cell`, the cell's own equations, where
 * torch has no such cell. `max_abs_error` is None where an intervention makes the two differ on purpose.
 */
export interface Check {
  path: 'fast' | 'step';
  reference: 'torch' | 'cell';
  max_abs_error: number | null;
}
