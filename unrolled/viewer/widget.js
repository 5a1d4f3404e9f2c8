// Shows the page of a trace in a frame of its own, so that neither its styles nor its keys touch the notebook, and keeps the
// playhead and the pinned unit in step with the model. The frame speaks first: static/src/islands/notebook.svelte.ts.

/** Say whether what stands behind an element is dark: notebooks name their themes differently, colours are the same. */
function isDark(element) {
  for (let node = element; node; node = node.parentElement) {
    const [r, g, b, a = 1] =
      getComputedStyle(node)
        .backgroundColor.match(/[\d.]+/g)
        ?.map(Number) ?? [];
    if (a > 0 && r !== undefined) return 0.299 * r + 0.587 * g + 0.114 * b < 128;
  }
  return matchMedia('(prefers-color-scheme: dark)').matches;
}

function render({ model, el }) {
  const frame = document.createElement('iframe');
  frame.title = 'The unrolled network';
  frame.setAttribute('sandbox', 'allow-scripts allow-downloads allow-modals');
  frame.allow = 'fullscreen';
  frame.style.cssText = 'display: block; width: 100%; border: 0';
  const seen = {}; // what the frame said last: no need to tell it again

  const tell = (names) => {
    const state = Object.fromEntries(names.map((name) => [name, model.get(name)]));
    const news = Object.entries(state).filter(([name, value]) => seen[name] !== value);
    if (news.length) frame.contentWindow?.postMessage({ unrolled: Object.fromEntries(news) }, '*');
  };
  const tint = () => frame.contentWindow?.postMessage({ unrolled: { theme: isDark(el) ? 'dark' : 'light' } }, '*');
  const heard = ({ source, data }) => {
    if (source !== frame.contentWindow || !data?.unrolled) return;
    const { ready, step, unit } = data.unrolled;
    if (ready) {
      const state = { step: model.get('step'), unit: model.get('unit'), theme: isDark(el) ? 'dark' : 'light' };
      frame.contentWindow.postMessage({ unrolled: state }, '*');
      return;
    }
    Object.assign(seen, { step, unit });
    model.set('step', step);
    model.set('unit', unit);
    model.save_changes();
  };
  const follow = () => tell(['step', 'unit']);
  const fit = () => (frame.style.height = `${model.get('height')}px`);
  const load = () => (frame.srcdoc = model.get('_page'));
  const changes = { 'change:step': follow, 'change:unit': follow, 'change:height': fit, 'change:_page': load };

  window.addEventListener('message', heard);
  for (const [event, act] of Object.entries(changes)) model.on(event, act);
  const watch = new MutationObserver(tint);
  for (const element of [document.documentElement, document.body]) watch.observe(element, { attributes: true });
  fit();
  load();
  el.append(frame);
  return () => {
    window.removeEventListener('message', heard);
    for (const [event, act] of Object.entries(changes)) model.off(event, act);
    watch.disconnect();
  };
}

export default { render };
