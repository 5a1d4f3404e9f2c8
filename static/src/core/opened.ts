import { Unfit, fit } from './form';
import { checkLaws } from './laws';
import { schemas } from './schema';
import type { Trace } from './wire';

const VERSION = schemas['Trace']?.properties?.['version']?.const;

/** Say why a text is no JSON. */
function notJson(text: string, error: unknown): string {
  if (text.trimStart().startsWith('<'))
    return 'This is a web page, not the JSON of a trace. A page that Unrolled wrote draws its own: open it in the browser.';
  if (/[[,:\s]-?(?:NaN|Infinity)\b/.test(text))
    return 'This file holds NaN or Infinity, which JSON cannot hold: the run that it records was not finite.';
  if (text.trim() === '') return 'This file is empty.';
  return `This file is not JSON: ${error instanceof Error ? error.message : String(error)}.`;
}

/** Check what was parsed. Throws Unfit with a sentence that says what is wrong, and where. */
export function checked(content: unknown): Trace {
  if (typeof content !== 'object' || content === null || !('version' in content) || !('columns' in content))
    throw new Unfit('This is JSON, but not a trace. Trace.to_json() writes one.');
  const { version } = content;
  if (version !== VERSION)
    throw new Unfit(
      `This trace is of version ${JSON.stringify(version)}, and this page reads version ${VERSION}. Open it where Unrolled is newer.`,
    );
  try {
    fit(content, { $ref: 'Trace' }, schemas, '');
    checkLaws(content as unknown as Trace);
  } catch (error) {
    throw error instanceof Unfit ? new Unfit(`This trace cannot be drawn: ${error.message}.`) : error;
  }
  return content as unknown as Trace;
}

/** Read the text of a file as a trace. Throws Unfit with a sentence for whoever opened it. */
export function readTrace(text: string): Trace {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new Unfit(notJson(text, error));
  }
  return checked(content);
}
