import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import { defineConfig, globalIgnores } from 'eslint/config';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/** What a type checker does not see. svelte-check holds the types, prettier the looks. */
export default defineConfig(
  globalIgnores(['dist', 'node_modules']),
  js.configs.recommended,
  ts.configs.recommended,
  svelte.configs.recommended,
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { extraFileExtensions: ['.svelte'], parser: ts.parser, svelteConfig } },
  },
  {
    rules: {
      'no-undef': 'off', // svelte-check knows the names
      'no-console': 'error',
      '@typescript-eslint/no-unused-vars': 'off', // tsconfig.json asks for it, and lets _ stand for what is not looked at
      'svelte/no-at-html-tags': 'off', // one place writes markup of its own: cells/Formula.svelte
      'svelte/prefer-svelte-reactivity': 'off', // a Map that keeps answers is not drawn from
      'svelte/no-useless-mustaches': 'off', // a space that must stay is written {' '}
    },
  },
);
