import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { OLDEST, PURE } from './vite.config.ts';

/** A page that needs no server: one script and one style sheet with everything in them, for unrolled/viewer to write into a file. */
export default defineConfig({
  plugins: [svelte()],
  build: {
    outDir: '../unrolled/viewer/built',
    emptyOutDir: true,
    copyPublicDir: false,
    target: OLDEST,
    cssTarget: OLDEST,
    cssCodeSplit: false,
    modulePreload: false,
    assetsInlineLimit: Infinity, // the fonts
    reportCompressedSize: false,
    rolldownOptions: {
      input: 'src/islands/viewer.ts',
      treeshake: PURE,
      // Half of all that is drawn otherwise, for the few traces with a score; they show the piano roll.
      external: ['abcjs'],
      output: { codeSplitting: false, entryFileNames: 'viewer.js', assetFileNames: 'viewer[extname]' },
    },
  },
});
