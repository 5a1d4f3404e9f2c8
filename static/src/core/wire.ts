/** Generated from docs/openapi.json by `make wire`: change the Python that it describes instead. */
export interface components {
  schemas: {
    /** @description Name one possible output and how much the network believes in it (or its value, for a regression). */
    Alternative: {
      index: number;
      label: string;
      p: number;
    };
    /** @description Name one thing in which the variants differ (the cell, the scale, the direction), and its settings. */
    Axis: {
      choices: components['schemas']['Choice'][];
      id: string;
      label: string;
    };
    /** @description Tell where a network comes from, what was measured and where it fails; read from card.json. */
    Card: {
      beside: string;
      data: string;
      evaluated_with: string;
      fails: string[];
      licence: string;
      metric: string;
      results: {
        [key: string]: {
          [key: string]: number;
        };
      };
      source: string;
      split: string;
      trained_with: string;
    };
    /**
     * @description Describe the cell that ran: its values in order of computation, with the equations that ran.
     *
     *     `kind` is one of `CELLS`, or a cell of one's own.
     */
    CellRecord: {
      /**
       * @example rnn
       * @example rnn_relu
       * @example gru
       * @example mgu
       * @example lstm
       * @example peephole
       */
      kind: string;
      states: string[];
      values: components['schemas']['Value'][];
    };
    /**
     * @description Say how the record was made, and how far it lies from what the network's own modules compute for the same run.
     *
     *     `reference` is what those modules run: `torch`, a kernel of `torch.nn`, or `cell`, the cell's own equations, where
     *     torch has no such cell. `max_abs_error` is None where an intervention makes the two differ on purpose.
     */
    Check: {
      max_abs_error: number | null;
      /** @enum {string} */
      path: 'fast' | 'step';
      /** @enum {string} */
      reference: 'torch' | 'cell';
    };
    /** @description Name one setting of an axis. */
    Choice: {
      id: string;
      label: string;
      /** @default  */
      note: string;
    };
    /** @description Tell what there is to choose from. */
    ChoiceSpec: {
      /** @default  */
      help: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'choice';
      label: string;
      max_steps: number;
      options: components['schemas']['Option'][];
      /** @default true */
      required: boolean;
    };
    /** @description Hold what was chosen, by its id. */
    Chosen: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'choice';
      /** @description the id of one of the example's options */
      value: string;
    };
    /** @description Hold one unit of a state (h, or c where the cell carries one) at a value, as soon as it has been computed. */
    Clamp: {
      /**
       * @default forward
       * @enum {string}
       */
      direction: 'forward' | 'backward';
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'clamp';
      /** @default 0 */
      layer: number;
      /**
       * @default encoder
       * @enum {string}
       */
      part: 'encoder' | 'decoder';
      /**
       * @default h
       * @enum {string}
       */
      state: 'h' | 'c';
      steps?: number[] | null;
      unit: number;
      value: number;
    };
    /**
     * @description Describe one unrolled step, as it is drawn.
     *
     *     `t` counts the columns from 0; `step` counts within the part. `x` is the index of the input that the
     *     column reads, `y_prev` that of the earlier output that is fed back to it, `y` that of the output that it
     *     emits; None where it does not.
     */
    Column: {
      /** @enum {string} */
      part: 'encoder' | 'decoder';
      step: number;
      t: number;
      x: number | null;
      y: number | null;
      y_prev: number | null;
    };
    /**
     * @description Say how outputs are chosen.
     *
     *     `greedy` takes the likeliest, `sample` draws from softmax(logits / temperature) with a seeded generator,
     *     `beam` keeps the `width` likeliest beginnings and divides each log-probability by its length. Of outputs that
     *     collapse, `greedy` is the best path, and `beam` adds up all paths that read the same, divided by nothing.
     */
    Decoding: {
      /**
       * @default greedy
       * @enum {string}
       */
      method: 'greedy' | 'sample' | 'beam';
      /** @default 0 */
      seed: number;
      /** @default 1 */
      temperature: number;
      /** @default 4 */
      width: number;
    };
    /** @description Hold a grey picture: one byte a pixel, 0 for paper to 255 for ink, row by row, in base64. */
    Drawing: {
      /** @description pixels from top to bottom */
      height: number;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'drawing';
      /** @description one byte a pixel, 0 for paper to 255 for ink, row by row, in base64 */
      pixels: string;
      /** @description pixels from left to right */
      width: number;
    };
    /** @description Tell how large a drawing is, in pixels, and how thick the pen. */
    DrawingSpec: {
      height: number;
      /** @default  */
      help: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'drawing';
      label: string;
      max_steps: number;
      pen: number;
      /** @default true */
      required: boolean;
      width: number;
    };
    /** @description Describe one example: what it reads, how it was trained, what was measured and where it fails. */
    ExampleDescription: {
      axes: components['schemas']['Axis'][];
      card: components['schemas']['Card'];
      decoding: components['schemas']['Decoding'] | null;
      default_variant: string;
      input:
        | components['schemas']['TextSpec']
        | components['schemas']['ChoiceSpec']
        | components['schemas']['DrawingSpec']
        | components['schemas']['PhotoSpec']
        | components['schemas']['StrokesSpec']
        | components['schemas']['PoseSpec']
        | components['schemas']['SceneSpec']
        | components['schemas']['SoundSpec'];
      samples: components['schemas']['Sample'][];
      slug: string;
      story: string;
      task: string;
      title: string;
      topology_page: string;
      variants: string[];
    };
    /** @description Introduce one example in a list. */
    ExampleSummary: {
      /** @description path of its page */
      page: string;
      slug: string;
      story: string;
      task: string;
      title: string;
      /** @description slug of the topology that it shows, see /api/v1/topologies */
      topology_page: string;
      /** @description path that takes a POST of a TraceRequest */
      trace: string;
      variants: string[];
    };
    /** @description Say what is wrong with one field of a request, and what is allowed. */
    FieldError: {
      /** @description dotted path of the field, empty for the body as a whole */
      field: string;
      /** @description what is wrong and what is allowed */
      message: string;
    };
    /** @description Name one frame of points that move, counted from 0. */
    Figure: {
      frame: number;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'figure';
    };
    /** @description Ask for a figure as a file. */
    FigureFileRequest: {
      /**
       * @description arcs from the encoder's states to the last output
       * @default false
       */
      attention: boolean;
      /**
       * @description without T_x and T_y and their brackets
       * @default false
       */
      bare: boolean;
      /**
       * @description a second chain of states that reads from the end
       * @default false
       */
      bidirectional: boolean;
      /**
       * @description many_to_many: what each output says before repeats and blanks (_) go, as in `_hhel_llo`
       * @default
       */
      collapse: string;
      /**
       * @description of boxes; grey is for print
       * @default unrolled
       * @enum {string}
       */
      colours: 'unrolled' | 'lecture' | 'grey';
      /**
       * @description svg, pdf, png, or tex: TikZ in a LaTeX document of its own
       * @default svg
       * @enum {string}
       */
      format: 'svg' | 'pdf' | 'png' | 'tex';
      /**
       * @description the states before the first step, too
       * @default false
       */
      initial: boolean;
      /**
       * @description which steps read x, and which emit an output
       * @default many_to_one
       * @enum {string}
       */
      kind: 'one_to_one' | 'one_to_many' | 'many_to_one' | 'many_to_many' | 'encoder_decoder';
      /**
       * @description recurrent layers
       * @default 1
       */
      layers: number;
      /**
       * @description a⟨t⟩ of the lectures, or h_t of most papers
       * @default lectures
       * @enum {string}
       */
      notation: 'lectures' | 'papers';
      /**
       * @description what stands behind; none: nothing, for slides
       * @default white
       * @enum {string}
       */
      paper: 'white' | 'none';
      /** @description inputs; null: as many as words, or a few */
      T_x?: number | null;
      /** @description outputs; null: as many as words, or a few */
      T_y?: number | null;
      /**
       * @description what stands in the boxes of x, parted by spaces, or by |
       * @default
       */
      x_words: string;
      /**
       * @description what stands in the boxes of y, parted by spaces, or by |
       * @default
       */
      y_words: string;
    };
    /** @description Set the output of a decoder at one step: a class, or a vector of real numbers. */
    Force: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'force';
      step: number;
      y: number | number[];
    };
    /** @description Hold a gate (or a candidate) at a value: one unit of it, or all of them. */
    Freeze: {
      /**
       * @default forward
       * @enum {string}
       */
      direction: 'forward' | 'backward';
      gate: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'freeze';
      /** @default 0 */
      layer: number;
      /**
       * @default encoder
       * @enum {string}
       */
      part: 'encoder' | 'decoder';
      steps?: number[] | null;
      unit?: number | null;
      value: number;
    };
    /**
     * @description Hold the gradients of one score with respect to every state and input: back-propagation through time.
     *
     *     The score is the log-probability of the output chosen at step `y` (the sum of its numbers, for a regression), or
     *     that of the whole reading, over all paths, where outputs collapse: then `y` is None. L = -score, so |dL/dh_t| (T,)
     *     and |d score/dh_t| are the same. `h` has a row for each layer record, in the same order; so has `c`, |dL/dc_t|,
     *     where the cell carries one; `x` is |d score/dx_t|, (T_x,). `x_entries` (1, n_x) is d score/dx_1 entry by entry,
     *     where one step alone was read (a picture); else None. `places` (P,) is how much each place adds to the score to
     *     first order, gradient times place (Selvaraju et al. 2017 without the cut at 0); None where there are none.
     */
    GradientRecord: {
      c: number[][] | null;
      h: number[][];
      label: string;
      places: number[] | null;
      score: number;
      x: number[];
      x_entries: number[][] | null;
      y: number | null;
    };
    /** @description Say that the service answers, and what it has loaded. */
    Health: {
      examples: string[];
      /** @default ok */
      status: string;
    };
    /** @description Say what a network really reads: its steps, and what is unknown to it. */
    InputReading: {
      /** @description what each step is known as, one for each */
      labels: components['schemas']['Label'][];
      /** @description what was changed before it was read, and what else to know of it */
      remarks: string[];
      /** @description steps that it reads; 0 for a network that starts from nothing */
      T_x: number;
    };
    Item: [string, number, number, number, number];
    /** @description Say how the input that was made of a file is asked for. */
    KeptInput: {
      /** @description until when it is kept at most; then it is answered 410, and can be sent again */
      expires: string | null;
      /** @description its name, if it is too long for an address and is kept */
      id: string | null;
      /** @description what to send as `input`, in a body or an address: its text form, or `@` and id */
      input: string;
    };
    /**
     * @description Say what was read at one step: the text of it, and a note where it needs one.
     *
     *     `note` is `unknown` for a word that the network has no vector for, and `interpolated` for a number that was not
     *     there and lies between its neighbours. `read_as` is what a word was replaced by before
     *     it was read, `value` its number, where it is one, in the visitor's unit. `slice` is the part of the trace's source
     *     that was read, where the source is no text.
     */
    Label: {
      note: ('unknown' | 'interpolated') | null;
      read_as: string | null;
      slice:
        | (
            | components['schemas']['Rect']
            | components['schemas']['TimeRange']
            | components['schemas']['Figure']
            | components['schemas']['Stretch']
          )
        | null;
      text: string;
      value: number | null;
    };
    /**
     * @description Hold every named value of one layer in one direction, in one part.
     *
     *     `values` are (T, hidden), `initial` the states before the first step, (hidden,). Row s belongs to the
     *     part's step s in *input* order, for both directions: a backward layer computed its last row first.
     *     `seen_x[s]` and `seen_y[s]` are the half-open ranges of inputs and of fed-back outputs that the state at
     *     s depends on.
     */
    LayerRecord: {
      /** @enum {string} */
      direction: 'forward' | 'backward';
      initial: {
        [key: string]: number[];
      };
      layer: number;
      /** @enum {string} */
      part: 'encoder' | 'decoder';
      seen_x: [number, number][];
      seen_y: [number, number][];
      values: {
        [key: string]: number[][];
      };
    };
    /** @description Describe the network that ran, without its weights; `blank` is the class that says nothing (outputs collapse). */
    NetworkRecord: {
      blank: number | null;
      cell: components['schemas']['CellRecord'];
      end: number | null;
      hidden: number;
      n_y: number;
      /** @enum {string} */
      output: 'softmax' | 'sigmoid' | 'identity';
      parameters: number;
      topology: components['schemas']['TopologyRecord'];
    };
    /** @description Name one thing that can be chosen. */
    Option: {
      id: string;
      label: string;
      /** @default  */
      note: string;
    };
    /**
     * @description Hold one emitted output: the choice and the best alternatives, the likeliest first.
     *
     *     `index` is the class chosen; None for an output of real numbers, whose values are in `alternatives`. All of
     *     these are the network's own numbers. `value` is what a number means outside of the network, in the trace's
     *     `unit`; None where the network's own number is what it means, and for classes.
     */
    Output: {
      alternatives: components['schemas']['Alternative'][];
      /** @default false */
      forced: boolean;
      index: number | null;
      label: string;
      p: number;
      value: number | null;
    };
    /** @description Hold a photo as a file. */
    Photo: {
      /** @description a JPEG, PNG or WebP file, in base64 */
      data: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'photo';
    };
    /** @description Tell how large a photo is read, in pixels of its longer side. */
    PhotoSpec: {
      /** @default  */
      help: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'photo';
      label: string;
      max_steps: number;
      /** @default true */
      required: boolean;
      side: number;
    };
    /** @description Hold a picture as an address that a browser shows, `data:image/png;base64,...`, or jpeg, its size in pixels. */
    Pixels: {
      height: number;
      href: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'pixels';
      width: number;
    };
    /**
     * @description Hold points that move: `frames` (T, joints, 2), on a sheet of `width` x `height`, y downwards.
     *
     *     `bones` are the pairs of points of a frame between which a line is drawn: those of a body, or of strokes, whose
     *     points stand in the order in which they were drawn, in one frame.
     */
    Points: {
      bones: [number, number][];
      frames: [number, number][][];
      height: number;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'points';
      width: number;
    };
    /** @description Hold a movement: x and y of each joint in each frame, as shares of the picture, y downwards. */
    Pose: {
      /** @description x and y of each joint in each frame (T x joints x 2) as little-endian 32-bit floats, in base64: shares of the picture's width and height, y downwards */
      frames: string;
      /** @description how many there are in each frame */
      joints: number;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'pose';
    };
    /** @description Tell which joints a body has, which are joined by bones, and how many frames a second has. */
    PoseSpec: {
      /** @default [] */
      bones: [number, number][];
      /** @default  */
      help: string;
      joints: string[];
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'pose';
      label: string;
      max_frames: number;
      max_steps: number;
      rate: number;
      /** @default true */
      required: boolean;
    };
    /** @description Describe an error, as RFC 9457 wants it. */
    Problem: {
      /** @description what happened this time, and the way out */
      detail: string;
      /**
       * @description the fields at fault
       * @default []
       */
      errors: components['schemas']['FieldError'][];
      /** @description the path of the request; for status 500 followed by `#` and the id in the log */
      instance: string;
      /** @description the HTTP status code */
      status: number;
      /** @description the kind of problem in a few words */
      title: string;
      /** @description identifies the kind of problem; opens its explanation */
      type: string;
    };
    /** @description Hold one labelling that outputs may collapse to: in a row, label by label, and how likely all its paths are. */
    Reading: {
      labels: string[];
      p: number;
      text: string;
    };
    /** @description Ask how one of an example's networks reads an input. */
    ReadRequest: {
      /**
       * @description What the network reads: text as a visitor types it, or an object of the example's kind. A string always means the kind's text form, as in an address; the example's `input` says its kind and its limits.
       * @default
       */
      input:
        | string
        | (
            | components['schemas']['Chosen']
            | components['schemas']['Drawing']
            | components['schemas']['Photo']
            | components['schemas']['Strokes']
            | components['schemas']['Pose']
            | components['schemas']['Scene']
            | components['schemas']['Sound']
          );
      /** @description Which of the example's networks; null: its default. */
      variant?: string | null;
    };
    /**
     * @description Hold a sound as an address that a browser can play, `rate` samples a second.
     *
     *     `picture` is the address of its waveform or spectrogram, `width` x `height` pixels, which spans its `seconds` from
     *     left to right.
     */
    Recording: {
      height: number;
      href: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'sound';
      picture: string;
      rate: number;
      seconds: number;
      width: number;
    };
    /** @description Name a part of a picture, in its pixels: left, top, width and height. */
    Rect: {
      height: number;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'rect';
      width: number;
      x: number;
      y: number;
    };
    /**
     * @description Offer one preset input, in its text form, and say in a few words why it is worth watching.
     *
     *     An input that has no text form is a `file` in the example's folder; its `input` is then the reference to it.
     */
    Sample: {
      file: string | null;
      /** @default  */
      input: string;
      note: string;
      /** @default 0 */
      seed: number;
      variant: string | null;
    };
    /** @description Hold a scene: things in the order in which they are drawn, the last one in front. */
    Scene: {
      /** @description name, x, y, size (1 is its own), turn in degrees; the last one stands in front */
      items: components['schemas']['Item'][];
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'scene';
    };
    /**
     * @description Tell which things there are, how many may stand in a scene, how large it is, and how large things may be.
     *
     *     A thing of size 1 is `side` wide and high. `art` is where a page finds the drawing of a `{name}`; the ids of axes in
     *     braces stand for what the variant chooses on them.
     */
    SceneSpec: {
      art: string | null;
      height: number;
      /** @default  */
      help: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'scene';
      label: string;
      /** @default 4 */
      largest: number;
      max_items: number;
      max_steps: number;
      /** @default 1 */
      min_items: number;
      names: string[];
      /** @default true */
      required: boolean;
      /** @default 1 */
      side: number;
      /** @default 0.25 */
      smallest: number;
      width: number;
    };
    /**
     * @description Hold a tune in ABC notation, in pieces, and the notes of it that sound.
     *
     *     `head` and then one of `pieces` for each output is the whole tune, or as much of it as is written so far: no piece
     *     depends on a later one. `meter` is the time signature, `eighth` the seconds of an eighth note.
     */
    Sheet: {
      eighth: number;
      head: string;
      meter: [number, number];
      notes: components['schemas']['SheetNote'][];
      pieces: string[];
    };
    /** @description Hold one note that sounds: the output that wrote it, its pitch (MIDI, 60 is middle C), its place in eighths. */
    SheetNote: {
      length: number;
      pitch: number;
      start: number;
      y: number;
    };
    /** @description Hold a sound in one channel, or name one that was sent before. */
    Sound: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'sound';
      /** @description in their place: the id that POST /api/v1/media gave */
      media?: string | null;
      /** @description samples a second */
      rate?: number | null;
      /** @description the samples as little-endian 16-bit numbers, one channel, in base64 */
      samples?: string | null;
    };
    /** @description Tell how many samples a second the network wants, and how long a sound may be. */
    SoundSpec: {
      /** @default  */
      help: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'sound';
      label: string;
      max_seconds: number;
      max_steps: number;
      /** @default 0.1 */
      min_seconds: number;
      rate: number;
      /** @default true */
      required: boolean;
    };
    /**
     * @description Name a stretch of outputs, both ends included, that mean one thing together: an entity, or a label of a reading.
     *
     *     `label` is the network's own name for it, `name` that of a reader, `kind` numbers the names from 0. `p` of an entity
     *     is the probability of its least certain output. In a reading `kind` is the class, and `p` the probability that at
     *     least one of its frames says it, 1 - (1 - p_first) ... (1 - p_last).
     */
    Span: {
      first: number;
      kind: number;
      label: string;
      last: number;
      name: string;
      p: number;
    };
    /** @description Name a part of the points of the first frame, counted from 0, both ends included. */
    Stretch: {
      first: number;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'stretch';
      last: number;
    };
    /** @description Hold strokes as triples x, y, lift in a square of 0 to 1000, y downwards; lift is 1 at the end of a stroke. */
    Strokes: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'strokes';
      /** @description x, y and lift of each point as little-endian 16-bit numbers, in base64: x and y from 0 to 1000, y downwards, lift 1 at the last point of a stroke and 0 elsewhere */
      points: string;
    };
    /** @description Tell how many points are read, and whether a dot alone is something. */
    StrokesSpec: {
      /** @default false */
      dots: boolean;
      /** @default  */
      help: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'strokes';
      label: string;
      max_points: number;
      max_steps: number;
      /** @default true */
      required: boolean;
    };
    /**
     * @description Tell how a text is typed; `max_length` counts characters.
     *
     *     `text` is a line of text that becomes x; `prefix` is an optional beginning that a network with x = ∅ is made
     *     to write, `bases` a string of A C G T N, `series` numbers separated by commas. `keeps` are marks that the first step
     *     of every text (`cleaning.py`) leaves as they are, since the network was taught with them. `language` is the one that
     *     is read, `capitals` false where a text all in capitals is not read as what it says.
     */
    TextSpec: {
      /** @default true */
      capitals: boolean;
      /** @default  */
      help: string;
      /** @default  */
      keeps: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'bases' | 'prefix' | 'series' | 'text';
      label: string;
      language: ('en' | 'fr') | null;
      max_length: number;
      max_steps: number;
      /** @default  */
      placeholder: string;
      /** @default true */
      required: boolean;
    };
    /** @description Name a part of a sound, in seconds from its beginning. */
    TimeRange: {
      first: number;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'time';
      last: number;
    };
    /**
     * @description Describe how the network was wired: a `Topology`, and what follows from it for whoever draws it.
     *
     *     `parts` run in this order; `answers_each_step` says that an encoder's head reads every state and not only the last
     *     ones, `carries` that states are handed on from step to step.
     */
    TopologyRecord: {
      answers_each_step: boolean;
      attention: ('dot' | 'additive') | null;
      carries: boolean;
      collapse: 'ctc' | null;
      /** @enum {integer} */
      directions: 1 | 2;
      /** @enum {string} */
      kind: 'one_to_one' | 'one_to_many' | 'many_to_one' | 'many_to_many' | 'encoder_decoder';
      layers: number;
      parts: ('encoder' | 'decoder')[];
    };
    /** @description Introduce one topology of the lecture figure. */
    TopologySummary: {
      /** @description slugs of the examples that show it */
      examples: string[];
      page: string;
      slug: string;
      T_x: string;
      T_y: string;
      title: string;
      what: string;
    };
    /**
     * @description Hold the whole record of one run; see docs/trace.md for each field with an example.
     *
     *     `x` (T_x, n_x) is what the first layer read at each step, after embedding; `x_labels` what a reader
     *     knows it as. `y_hat` (T_y, n_y) holds the full outputs where there are few classes, else None. Where outputs
     *     collapse there is one for each frame, `y_hat` is (T_x, n_y), `reading` (T_y,) is what is left of them, and
     *     `readings` are the labellings considered, the likeliest first; both are None where nothing collapses.
     *     `places` names the P parts of the one input, where their mean was read (a picture); None where x has no parts.
     *     `attention` is (T_y, T_x), or (T_y, P) over places. `running` is what the head would say after each step of a
     *     network that answers once, at the end. `unit` says what the `value` of each output is measured in, None where
     *     outputs have none; `truth` (T_y,) what really came, measured like the outputs, None where it is not known.
     *     `source` is the picture, the sound or the points that were read, of which each label is a slice; None where text was
     *     read. `seconds` says of each column how long it takes, where time is real; None where steps are no time. `reads` and
     *     `writes` say what steps and outputs are, `y_values` (n_y,) what number each class stands for where classes are
     *     numbers, `spans` which outputs belong together, `sheet` how outputs that are music are engraved and when they sound;
     *     None where the example does not say. `remarks` are sentences about what was done to an input before it was read,
     *     and what else a reader should know of the run, without a full stop.
     */
    Trace: {
      /** @default  */
      answer: string;
      attention: number[][] | null;
      check: components['schemas']['Check'];
      columns: components['schemas']['Column'][];
      decoding: components['schemas']['Decoding'] | null;
      gradient: components['schemas']['GradientRecord'] | null;
      /** @default [] */
      interventions: (
        components['schemas']['Clamp'] | components['schemas']['Freeze'] | components['schemas']['Force']
      )[];
      layers: components['schemas']['LayerRecord'][];
      network: components['schemas']['NetworkRecord'];
      outputs: components['schemas']['Output'][];
      places: components['schemas']['Label'][] | null;
      reading: components['schemas']['Span'][] | null;
      readings: components['schemas']['Reading'][] | null;
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
            | 'notes'
          )
        | null;
      /** @default [] */
      remarks: string[];
      running: components['schemas']['Output'][] | null;
      seconds: number[] | null;
      sheet: components['schemas']['Sheet'] | null;
      source:
        (components['schemas']['Pixels'] | components['schemas']['Recording'] | components['schemas']['Points']) | null;
      spans: components['schemas']['Span'][] | null;
      T_x: number;
      T_y: number;
      truth: number[] | null;
      unit: string | null;
      /**
       * @default 1
       * @constant
       */
      version: 1;
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
            | 'notes'
          )
        | null;
      x: number[][];
      x_labels: components['schemas']['Label'][];
      y_hat: number[][] | null;
      y_values: number[] | null;
    };
    /** @description Ask for one run of an example's network. */
    TraceRequest: {
      /** @description How a decoder chooses its outputs; null: the example's default. */
      decoding?: components['schemas']['Decoding'] | null;
      /**
       * @description Significant digits; 9 tell any two floats apart.
       * @default 4
       */
      digits: number;
      /** @description Output step, from 0, whose gradients to record; -1: the last; null: none. */
      gradient?: number | null;
      /**
       * @description What the network reads: text as a visitor types it, or an object of the example's kind. A string always means the kind's text form, as in an address; the example's `input` says its kind and its limits.
       * @default
       */
      input:
        | string
        | (
            | components['schemas']['Chosen']
            | components['schemas']['Drawing']
            | components['schemas']['Photo']
            | components['schemas']['Strokes']
            | components['schemas']['Pose']
            | components['schemas']['Scene']
            | components['schemas']['Sound']
          );
      /**
       * @description What to change while the network runs.
       * @default []
       */
      interventions: (
        components['schemas']['Clamp'] | components['schemas']['Freeze'] | components['schemas']['Force']
      )[];
      /** @description How many alternatives to list for each output; null: the example's own. */
      top_k?: number | null;
      /** @description Which of the example's networks; null: its default. */
      variant?: string | null;
    };
    /** @description Name one recorded quantity of a cell: its role, the range of its entries and its equation in LaTeX. */
    Value: {
      high: number | null;
      latex: string;
      low: number | null;
      name: string;
      /** @enum {string} */
      role: 'gate' | 'candidate' | 'state';
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type Alternative = components['schemas']['Alternative'];
export type Axis = components['schemas']['Axis'];
export type Card = components['schemas']['Card'];
export type CellRecord = components['schemas']['CellRecord'];
export type Check = components['schemas']['Check'];
export type Choice = components['schemas']['Choice'];
export type ChoiceSpec = components['schemas']['ChoiceSpec'];
export type Chosen = components['schemas']['Chosen'];
export type Clamp = components['schemas']['Clamp'];
export type Column = components['schemas']['Column'];
export type Decoding = components['schemas']['Decoding'];
export type Drawing = components['schemas']['Drawing'];
export type DrawingSpec = components['schemas']['DrawingSpec'];
export type ExampleDescription = components['schemas']['ExampleDescription'];
export type ExampleSummary = components['schemas']['ExampleSummary'];
export type FieldError = components['schemas']['FieldError'];
export type Figure = components['schemas']['Figure'];
export type FigureFileRequest = components['schemas']['FigureFileRequest'];
export type Force = components['schemas']['Force'];
export type Freeze = components['schemas']['Freeze'];
export type GradientRecord = components['schemas']['GradientRecord'];
export type Health = components['schemas']['Health'];
export type InputReading = components['schemas']['InputReading'];
export type Item = components['schemas']['Item'];
export type KeptInput = components['schemas']['KeptInput'];
export type Label = components['schemas']['Label'];
export type LayerRecord = components['schemas']['LayerRecord'];
export type NetworkRecord = components['schemas']['NetworkRecord'];
export type Option = components['schemas']['Option'];
export type Output = components['schemas']['Output'];
export type Photo = components['schemas']['Photo'];
export type PhotoSpec = components['schemas']['PhotoSpec'];
export type Pixels = components['schemas']['Pixels'];
export type Points = components['schemas']['Points'];
export type Pose = components['schemas']['Pose'];
export type PoseSpec = components['schemas']['PoseSpec'];
export type Problem = components['schemas']['Problem'];
export type Reading = components['schemas']['Reading'];
export type ReadRequest = components['schemas']['ReadRequest'];
export type Recording = components['schemas']['Recording'];
export type Rect = components['schemas']['Rect'];
export type Sample = components['schemas']['Sample'];
export type Scene = components['schemas']['Scene'];
export type SceneSpec = components['schemas']['SceneSpec'];
export type Sheet = components['schemas']['Sheet'];
export type SheetNote = components['schemas']['SheetNote'];
export type Sound = components['schemas']['Sound'];
export type SoundSpec = components['schemas']['SoundSpec'];
export type Span = components['schemas']['Span'];
export type Stretch = components['schemas']['Stretch'];
export type Strokes = components['schemas']['Strokes'];
export type StrokesSpec = components['schemas']['StrokesSpec'];
export type TextSpec = components['schemas']['TextSpec'];
export type TimeRange = components['schemas']['TimeRange'];
export type TopologyRecord = components['schemas']['TopologyRecord'];
export type TopologySummary = components['schemas']['TopologySummary'];
export type Trace = components['schemas']['Trace'];
export type TraceRequest = components['schemas']['TraceRequest'];
export type Value = components['schemas']['Value'];
