import { inRow, isBlank, readSoFar } from './collapse';
import type { Focus } from './focus';
import { inputText } from './layout';
import { fromOne } from './notation';
import { said } from './said';
import { percent } from './scales';
import { type Frame, type Timetable, progressOf, stepOf } from './timeline';
import { HIDDEN } from './veil';
import { nounOf, trackOf } from './verdict';
import type { Column, Output, Trace } from './wire';

function reading(trace: Trace, column: Column): string {
  const text = inputText(trace, column);
  if (column.x !== null) {
    const label = trace.x_labels[column.x];
    if (label?.note === 'unknown') return `reads “${text}”, which is not in its vocabulary`;
    if (label?.note === 'interpolated') return `reads “${text}”, interpolated: there was no number`;
    const replaced = label?.read_as;
    return replaced ? `reads “${text}” as “${replaced}”` : `reads “${text}”`;
  }
  if (column.y_prev === null) return 'reads nothing';
  return trace.outputs[column.y_prev]?.forced ? `reads the dictated “${text}”` : `reads back its own output “${text}”`;
}

/** Two chains read two ends at the same time; only the lowest layer reads the input itself. */
function readings(trace: Trace, column: Column, frame: Frame): string {
  const { topology } = trace.network;
  if (topology.directions === 1 || column.part === 'decoder') return reading(trace, column);
  const other = trace.columns[trace.T_x - 1 - column.step] ?? column;
  const layer = Math.floor((frame.step - 1) / trace.T_x);
  const above = topology.layers > 1 ? `layer ${layer + 1}, ` : '';
  if (layer > 0) return `${above}forward at step ${column.step + 1}, backward at step ${other.step + 1}`;
  return `${above}forward ${reading(trace, column)}, backward ${reading(trace, other)}`;
}

/** A class with its probability; a number is all there is to say of a regression, and a blank has no word. */
function belief(output: Output, blank = false): string {
  if (blank) return `blank, ${percent(output.p)}`;
  return output.index === null ? said(output) : `“${output.label}”, ${percent(output.p)}`;
}

/** Of this step, only what can be seen already is said. */
function hasCome(times: Timetable, frame: Frame, id: string): boolean {
  const span = times.items.get(id);
  return span !== undefined && stepOf(span) === frame.step && progressOf(frame, id) > 0;
}

function emitted(trace: Trace, times: Timetable, frame: Frame): string[] {
  const now = trace.columns.filter(({ y }) => y !== null && hasCome(times, frame, `y.${y}`));
  const track = trackOf(trace);
  const words = (output: Output) =>
    output.index === null && track
      ? `${track.scale.title} = ${track.scale.write(track.scale.read(output))}`
      : belief(output, isBlank(trace, output));
  return now.flatMap(({ y }) => {
    const output = y === null ? undefined : trace.outputs[y];
    if (y === null || !output || (trace.answer && trace.outputs.length === 1)) return []; // the answer, which follows, says it
    return [`output ${y + 1} ${output.forced ? 'was dictated:' : 'is'} ${words(output)}`];
  });
}

/** A backward chain has read nothing of the beginning alone yet: its verdict there belongs to a run of its own. */
function verdict(trace: Trace, times: Timetable, frame: Frame): string[] {
  const t = frame.column;
  const column = trace.columns[t];
  const track = trackOf(trace);
  const output = column && track?.running ? track.at(column) : undefined;
  if (!output || column?.y !== null || !hasCome(times, frame, `verdict.${t}`)) return [];
  if (trace.network.topology.directions === 1) return [`${nounOf(trace, output)} so far ${belief(output)}`];
  return [
    `if the input ended after “${inputText(trace, column)}”, the ${nounOf(trace, output)} would be ${belief(output)}`,
  ];
}

/** What is left of the outputs so far, where they collapse. */
function collapsed(trace: Trace, times: Timetable, frame: Frame): string[] {
  if (!trace.reading || !trace.columns.some(({ y }) => y !== null && hasCome(times, frame, `y.${y}`))) return [];
  const outputs = trace.outputs.map((output, y) =>
    progressOf(frame, `y.${y}`) > 0 ? output : { ...output, label: HIDDEN },
  );
  return [`read so far: “${inRow(readSoFar({ ...trace, outputs }), trace)}”`];
}

/** Say in one sentence what happens in the step under way, as far as it has come: for screen readers, and for everybody under the picture. */
export function sentenceAt(trace: Trace, times: Timetable, frame: Frame): string {
  const column = trace.columns[frame.column];
  if (frame.step === 0 || !column) return `Before step 1 of ${times.steps}: the state is ${startState(trace)}.`;
  const parts = [
    readings(trace, column, frame),
    ...verdict(trace, times, frame),
    ...emitted(trace, times, frame),
    ...collapsed(trace, times, frame),
  ];
  return `Step ${frame.step} of ${times.steps}: ${parts.join('; ')}.`;
}

/** Say in the words of the inspector's title which state was pinned or let go, for those who do not see the outline. */
export function pinSentence({ pinned, unit }: Focus, title: string): string {
  const what = `${unit === null ? '' : `unit ${fromOne(unit)} of the `}${title}`;
  return pinned
    ? `Pinned: ${what}. The inspector stays there.`
    : `Let go: ${what}. The inspector follows the steps again.`;
}

function startState(trace: Trace): string {
  const first = trace.layers.filter((l) => l.part === trace.columns[0]?.part);
  const zero = first.every((l) => Object.values(l.initial).every((v) => v.every((x) => x === 0)));
  return zero ? 'zero' : 'not zero';
}
