import { onDestroy } from 'svelte';
import type { Attachment } from 'svelte/attachments';
import { requestInput } from '../core/request';

/**
 * Make what sends the files of a field, for as long as the field is there.
 *
 * It gives what stands for a file in an address, or null for one that was not taken, and tells what is wrong with it.
 */
export function sender(tell: (problem: string) => void): (slug: string, file: Blob) => Promise<string | null> {
  const leaving = new AbortController();
  onDestroy(() => leaving.abort());
  return async (slug, file) => {
    tell('');
    try {
      return (await requestInput(slug, file, leaving.signal)).input;
    } catch (error) {
      if (!leaving.signal.aborted) tell(error instanceof Error ? error.message : '');
      return null;
    }
  };
}

/** Take the file that is dropped on an element, or pasted into it; what is no file goes its usual way. */
export function takesFiles(onfile: (file: File) => void): Attachment<HTMLElement> {
  return (element) => {
    const heard = new AbortController();
    const { signal } = heard;
    const take = (event: Event, file: File | undefined) => {
      if (!file) return;
      event.preventDefault();
      onfile(file);
    };
    element.addEventListener('dragover', (event) => event.preventDefault(), { signal });
    element.addEventListener('drop', (event) => take(event, event.dataTransfer?.files[0]), { signal });
    element.addEventListener('paste', (event) => take(event, event.clipboardData?.files[0]), { signal });
    return () => heard.abort();
  };
}
