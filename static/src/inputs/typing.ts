type Field = HTMLInputElement | HTMLTextAreaElement;

/** Run the network on Enter, as a field of one line does; with Shift it begins a new line. */
export function runOnEnter(event: KeyboardEvent & { currentTarget: HTMLTextAreaElement }): void {
  if (event.key !== 'Enter' || event.shiftKey) return;
  event.preventDefault();
  event.currentTarget.form?.requestSubmit();
}

/** Put text where the cursor stands, in place of what is marked; gives all that the field holds then. */
export function insert(field: Field, text: string): string {
  field.setRangeText(text, field.selectionStart ?? 0, field.selectionEnd ?? 0, 'end');
  return field.value;
}
