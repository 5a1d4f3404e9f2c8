import type { Description } from './description';
import type { Run } from './url';
import type { Label, Trace } from './wire';

/** What the API answers with when it cannot do as asked (RFC 9457). */
export interface Problem {
  title: string;
  status: number;
  detail: string;
  errors: { field: string; message: string }[];
}

/** A message beside the text field needs no name; one about another field says which. */
function named({ field, message }: Problem['errors'][number]): string {
  const name = field.split('.').at(-1) ?? '';
  return ['', 'input', 'body'].includes(name) || message.includes(name) ? message : `${name}: ${message}`;
}

/** What a problem says to the visitor: what is wrong with each field, else the whole of it. */
export function wordsOf({ errors, detail, title }: Problem): string {
  return errors.map(named).join('; ') || detail || title;
}

/** Says that a trace could not be had, in words for the visitor. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(wordsOf(problem));
  }
}

export const tracePath = (slug: string) => `/api/v1/examples/${slug}/trace`;

/** The body of the request that makes a run's trace. */
export function bodyOf(run: Run, description: Description, gradient: number | null = null): object {
  const usual = description.decoding;
  const decoding = usual && {
    method: run.method ?? usual.method,
    temperature: run.temperature,
    seed: run.seed,
    width: run.width ?? usual.width,
  };
  return { input: run.input, variant: run.variant, ...(decoding && { decoding }), ...(gradient !== null && { gradient }) };
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'title' in value && 'errors' in value && Array.isArray(value.errors);
}

async function refusal(response: Response): Promise<Refused> {
  const answer: unknown = await response.json().catch(() => null);
  if (isProblem(answer)) return new Refused(answer);
  const detail = `The server answered ${response.status} ${response.statusText}. Try again in a moment.`;
  return new Refused({ title: response.statusText, status: response.status, detail, errors: [] });
}

/** Post a body as JSON. Throws Refused with the server's words, or with ours if it cannot be reached. */
async function post<Answer>(path: string, body: object, signal: AbortSignal): Promise<Answer> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    signal,
  }).catch((error: unknown) => {
    if (signal.aborted) throw error;
    const detail = 'The server cannot be reached. Check the connection and try again.';
    throw new Refused({ title: 'Unreachable', status: 0, detail, errors: [] });
  });
  if (!response.ok) throw await refusal(response);
  return (await response.json()) as Answer;
}

/** Ask the server to run an example. */
export function requestTrace(slug: string, body: object, signal: AbortSignal): Promise<Trace> {
  return post<Trace>(tracePath(slug), body, signal);
}

/** What a network would read of an input. */
export interface Reading {
  T_x: number;
  labels: Label[];
}

/** Ask the server how an input would be read; nothing runs. */
export function requestReading(slug: string, body: Pick<Run, 'input' | 'variant'>, signal: AbortSignal): Promise<Reading> {
  return post<Reading>(`/api/v1/examples/${slug}/read`, body, signal);
}
