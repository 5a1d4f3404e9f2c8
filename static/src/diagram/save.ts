const INLINED = [
  'fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linecap', 'opacity',
  'font-family', 'font-size', 'font-weight', 'font-style', 'text-anchor', 'font-variant-numeric', 'paint-order',
];

/** Write each element's computed style into the copy: a file has no style sheet of ours to look them up in. */
function inline(original: Element, copy: Element): void {
  const style = getComputedStyle(original);
  const own = INLINED.map((name) => `${name}:${style.getPropertyValue(name)}`).join(';');
  copy.setAttribute('style', own);
  copy.removeAttribute('class');
  [...original.children].forEach((child, i) => {
    const twin = copy.children[i];
    if (twin) inline(child, twin);
  });
}

/** Write a drawn picture as an SVG document that stands by itself, with a title, on the paper's colour. */
export function standAlone(svg: SVGSVGElement, title: string): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  inline(svg, copy);
  copy.removeAttribute('aria-hidden'); // on the page the sentence speaks for it
  copy.setAttribute('role', 'img');
  const name = document.createElementNS('http://www.w3.org/2000/svg', 'title');
  name.textContent = title;
  copy.prepend(name);
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('style', `background:${getComputedStyle(svg).getPropertyValue('--card')}`);
  return new XMLSerializer().serializeToString(copy);
}

/** Hand a text to the visitor as a file. */
export function download(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

/** Copy a text for the visitor; false over plain http, or in a frame that may not. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text); // there is no clipboard at all over plain http
    return true;
  } catch {
    return false;
  }
}
