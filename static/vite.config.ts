import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { type Options, svelte } from '@sveltejs/vite-plugin-svelte';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { emoji } from './emoji.ts';

/** The oldest browsers that are served: an iPad of 2022, a school's Chrome. Newer CSS and syntax is compiled down to them. */
export const OLDEST = ['chrome100', 'firefox104', 'safari15.4'];

const WORTH_IT = 1024; // bytes

/** Write a file compressed by Brotli beside each script and style sheet; app/assets.py serves it to whoever reads it. */
const compressed: Plugin = {
  name: 'compressed',
  writeBundle({ dir = '' }, bundle) {
    for (const name of Object.keys(bundle).filter((name) => /\.(js|css)$/.test(name))) {
      const content = readFileSync(join(dir, name));
      if (content.length > WORTH_IT) writeFileSync(join(dir, `${name}.br`), brotliCompressSync(content)); // the best that it can
    }
  },
};

/** Svelte's maps, sets and dates, which nothing here uses, come along with its media queries unless this is said. */
export const PURE = { moduleSideEffects: [{ test: /\/svelte\/src\/reactivity\//, sideEffects: false }] };

/** In a test, what a component draws brings its styles along, under its own name: a picture is written without a browser. */
const DRAWN_ALONE: Options = { emitCss: false, compilerOptions: { cssHash: ({ name }) => `of-${name}` } };

/** In a test, a canvas is painted by its component's own code on the stand-in of fixtures/picture.ts, which says where it is. */
const paintedAlone: Plugin = {
  name: 'painted-alone',
  enforce: 'pre',
  transform: (code, id) =>
    process.env['VITEST'] && id.endsWith('.svelte')
      ? code.replace(/<canvas([^>]*) \{@attach (\w+)\}>/g, '<canvas$1 data-painted={globalThis.painted?.($2)}>')
      : undefined,
};

/** The pages find the built files through dist/.vite/manifest.json, one entry for each island. */
export default defineConfig({
  plugins: [paintedAlone, svelte(process.env['VITEST'] ? DRAWN_ALONE : {}), compressed, emoji],
  base: '/static/dist/',
  build: {
    outDir: 'dist',
    manifest: true,
    target: OLDEST,
    cssTarget: OLDEST,
    assetsInlineLimit: 0, // a font as data: could not be fetched again for an export: connect-src is 'self'
    rolldownOptions: {
      input: {
        example: 'src/islands/example.ts',
        figure: 'src/islands/figure.ts',
        site: 'src/islands/site.ts',
        view: 'src/islands/view.ts',
      },
      treeshake: PURE,
      // What several panels share is one file and not a dozen; a few would bring libraries into it, or are large and seldom wanted.
      output: {
        codeSplitting: {
          groups: [
            {
              name: 'shared',
              test: /\/node_modules\/svelte\/|\/islands\/following|\/src\/example\/(Desk|Player|Inspector|Tabs|tabs|Equations|Formulas|Unit|considered|copy|view\.)|\/src\/(core|cells|diagram|charts|panels)\/(?!lines|linear|slope|drawing|packed|strokes|movement|bones|things|save|TimeAxis|axis|\w*Drawing)/,
              minShareCount: 2,
            },
            { name: 'movement', test: /\/src\/core\/(movement|bones)/ },
          ],
        },
      },
    },
  },
  test: { include: ['src/**/*.test.ts'], css: { include: /styles/ } },
});
