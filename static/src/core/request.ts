import type { Description } from './description';
import type { Run } from './url';
import type { Trace } from './wire';

/** What the API answers with when it cannot do as asked (RFC 9457). */
export interface Problem {
  title: string;
  status: number;
  detail: string;
  errors: { field: string; message: string }[];
}

/** What a problem says to the visitor: what is wrong with each field, else the whole of it. */
export function wordsOf({ errors, detail, title }: Problem): string {
  return errors.map((e) => e.message).join('; ') || detail || title;
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
  const decoding = description.decoding && { ...description.decoding, seed: run.seed, temperature: run.temperature };
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

/** Ask the server to run an example. Throws Refused with the server's words, or with ours if it cannot be reached. */
export async function requestTrace(slug: string, body: object, signal: AbortSignal): Promise<Trace> {
  const response = await fetch(tracePath(slug), {
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
  return (await response.json()) as Trace;
}
