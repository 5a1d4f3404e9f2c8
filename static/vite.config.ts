import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

/** The oldest browsers that are served: an iPad of 2022, a school's Chrome. Newer CSS and syntax is compiled down to them. */
const OLDEST = ['chrome100', 'firefox104', 'safari15.4'];

/** The pages find the built files through dist/.vite/manifest.json, one entry for each island. */
export default defineConfig({
  plugins: [svelte()],
  base: '/static/dist/',
  build: {
    outDir: 'dist',
    manifest: true,
    target: OLDEST,
    cssTarget: OLDEST,
    assetsInlineLimit: 0, // a font as data: could not be fetched again for an export: connect-src is 'self'
    rollupOptions: { input: { example: 'src/islands/example.ts', site: 'src/islands/site.ts' } },
  },
  test: { include: ['src/**/*.test.ts'] },
});
