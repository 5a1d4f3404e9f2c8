import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

/** The pages find the built files through dist/.vite/manifest.json, one entry for each island. */
export default defineConfig({
  plugins: [svelte()],
  base: '/static/dist/',
  build: {
    outDir: 'dist',
    manifest: true,
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'], // they know light-dark()
    rollupOptions: { input: { example: 'src/islands/example.ts', site: 'src/islands/site.ts' } },
  },
  test: { include: ['src/**/*.test.ts'] },
});
