import type { Description } from './description';
import type { Run } from './url';
import type { InputReading, KeptInput, Problem, Trace } from './wire';

/** Why there is no answer: a problem document of the API, or the page's own words in the same form. */
export type Failure = Omit<Problem, 'type' | 'instance'>;

/** A message beside the text field needs no name; one about another field says which. */
function named({ field, message }: Failure['errors'][number]): string {
  const name = field.split('.').at(-1) ?? '';
  return ['', 'input', 'body'].includes(name) || message.includes(name) ? message : `${name}: ${message}`;
}

/** What a problem says to the visitor: what is wrong with each field, else the whole of it. */
export function wordsOf({ errors, detail, title }: Failure): string {
  return errors.map(named).join('; ') || detail || title;
}

/** Says that a trace could not be had, in words for the visitor; `after`: in how many seconds to ask again, if that helps. */
export class Refused extends Error {
  constructor(
    readonly problem: Failure,
    readonly after: number | null = null,
  ) {
    super(wordsOf(problem));
  }
}

const LONGEST = 60; // seconds for which it is worth waiting

/** Read a header Retry-After, which names seconds or a date; null if it is missing, or asks for too long a wait. */
export function secondsOf(header: string | null, now: number): number | null {
  if (!header) return null;
  const seconds = /^\d+$/.test(header) ? Number(header) : Math.ceil((Date.parse(header) - now) / 1000);
  return seconds <= LONGEST ? Math.max(1, seconds) : null; // false for NaN, too
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
  return {
    input: run.input,
    variant: run.variant,
    ...(decoding && { decoding }),
    ...(gradient !== null && { gradient }),
  };
}

function isProblem(value: unknown): value is Problem {
  return (
    typeof value === 'object' && value !== null && 'title' in value && 'errors' in value && Array.isArray(value.errors)
  );
}

/** Wait for so many seconds; rejects at once where what was asked is no longer wanted. */
function pause(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((done, stopped) => {
    signal.throwIfAborted();
    const timer = setTimeout(done, seconds * 1000);
    signal.addEventListener('abort', () => (clearTimeout(timer), stopped(signal.reason)), { once: true });
  });
}

/** Ask, and ask once more after the time that the server names when it is busy; `tell` gets the words for the wait. */
export async function patiently<Answer>(
  ask: () => Promise<Answer>,
  signal: AbortSignal,
  tell: (words: string) => void,
): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof Refused) || error.after === null) throw error;
    tell(`${error.message}. This page does so by itself, in ${error.after} s.`);
    await pause(error.after, signal);
    return ask();
  }
}

export async function refusal(response: Response): Promise<Refused> {
  const answer: unknown = await response.json().catch(() => null);
  const after = secondsOf(response.headers.get('Retry-After'), Date.now());
  if (isProblem(answer)) return new Refused(answer, after);
  const detail = `The server answered ${response.status} ${response.statusText}. Try again in a moment.`;
  return new Refused({ title: response.statusText, status: response.status, detail, errors: [] }, after);
}

/** Say whether the page stands in a sandboxed frame, which belongs to no site: a browser lets it send requests to none, not even to its own. */
export const alone = (): boolean => globalThis.origin === 'null';

export const UNREACHABLE = 'The server cannot be reached. Check the connection and try again.';
const SANDBOXED =
  'This frame is sandboxed, so the page in it may not ask the server. Open the page by itself, or give the frame “allow-same-origin”.';

/** Post a body. Throws Refused with the server's words, or with ours if it cannot be reached. */
async function post<Answer>(path: string, body: Blob | string, type: string, signal: AbortSignal): Promise<Answer> {
  const response = await fetch(path, { method: 'POST', headers: { 'Content-Type': type }, body, signal }).catch(
    (error: unknown) => {
      if (signal.aborted) throw error;
      throw new Refused({ title: 'Unreachable', status: 0, detail: alone() ? SANDBOXED : UNREACHABLE, errors: [] });
    },
  );
  if (!response.ok) throw await refusal(response);
  return (await response.json()) as Answer;
}

const JSON_TYPE = 'application/json';
const GONE = 410;

const own = new Map<string, Blob>(); // the files that this page has sent, by what stands for them

/** Ask the server to run an example. A file of this page's own that the server has forgotten is sent once more. */
export async function requestTrace(slug: string, body: object, signal: AbortSignal): Promise<Trace> {
  const ask = () => post<Trace>(tracePath(slug), JSON.stringify(body), JSON_TYPE, signal);
  try {
    return await ask();
  } catch (error) {
    const file = 'input' in body ? own.get(String(body.input)) : undefined;
    if (!file || !(error instanceof Refused) || error.problem.status !== GONE) throw error;
    await requestInput(slug, file, signal);
    return ask();
  }
}

/** Ask the server how an input would be read; nothing runs. */
export function requestReading(
  slug: string,
  body: Pick<Run, 'input' | 'variant'>,
  signal: AbortSignal,
): Promise<InputReading> {
  return post<InputReading>(`/api/v1/examples/${slug}/read`, JSON.stringify(body), JSON_TYPE, signal);
}

/** Send a file that becomes an input of an example; gives what stands for it in an address. */
export async function requestInput(slug: string, file: Blob, signal: AbortSignal): Promise<KeptInput> {
  const kept = await post<KeptInput>(`/api/v1/media?example=${slug}`, file, file.type, signal);
  if (kept.id !== null) own.set(kept.input, file);
  return kept;
}
