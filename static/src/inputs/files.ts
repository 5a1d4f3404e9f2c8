import type { Attachment } from 'svelte/attachments';

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
