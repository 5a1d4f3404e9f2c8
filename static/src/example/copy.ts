/** Copy a text for the visitor; false over plain http, or in a frame that may not. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text); // there is no clipboard at all over plain http
    return true;
  } catch {
    return false;
  }
}
