import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/**
 * Emoji for models/scenes: the few drawings of emoji.json, out of the packages of their makers into dist/emoji.
 *
 * `<vendor>/<thing>.svg` is what a thing looks like; other drawings of it, `<thing>-1.svg` and so on, only teach.
 */
interface Listed {
  /** What a vendor calls a drawing, where it does not go by the name in Unicode; nothing where it has none. */
  vendors: Record<string, Record<string, string>>;
  /** The names in Unicode of a thing's drawings. */
  things: Record<string, string[]>;
}
interface Icon {
  body: string;
  left?: number;
  top?: number;
  width?: number;
  height?: number;
}
interface Icons extends Omit<Icon, 'body'> {
  icons: Record<string, Icon>;
  aliases?: Record<string, { parent: string }>;
}
interface About {
  name: string;
  author: { name: string; url: string };
  license: { title: string; url: string };
}

const { resolve } = createRequire(import.meta.url);
const read = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;

/** Write one drawing as a file of its own; undefined where a vendor has none of that name. */
function svgOf(set: Icons, name: string): string | undefined {
  const icon = set.icons[name] ?? set.icons[set.aliases?.[name]?.parent ?? ''];
  if (!icon) return undefined;
  const { left = 0, top = 0, width = 16, height = 16 } = { ...set, ...icon };
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${left} ${top} ${width} ${height}">${icon.body}</svg>\n`;
}

/** Say whose drawings these are: this stands beside them. */
function creditOf({ name, author, license }: About): string {
  return `${name} by ${author.name}, ${author.url}\n${license.title}, ${license.url}\n`;
}

/** Write a vendor's drawings of all things into a folder. Throws where a thing has none, and that is not said. */
function writeVendor(folder: string, vendor: string, { vendors, things }: Listed) {
  const path = (file: string) => resolve(`@iconify-json/${vendor}/${file}.json`);
  const set = read<Icons>(path('icons'));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'LICENCE.txt'), creditOf(read<About>(path('info'))));
  for (const [thing, names] of Object.entries(things)) {
    const drawn = names.map((name) => svgOf(set, vendors[vendor]?.[name] ?? name));
    if (!drawn[0] && vendors[vendor]?.[names[0] ?? ''] !== '')
      throw new Error(`${vendor} has no drawing of ${thing} (${names[0] ?? ''})`);
    drawn.forEach((svg, i) => svg && writeFileSync(join(folder, `${thing}${i ? `-${i}` : ''}.svg`), svg));
  }
}

export const emoji: Plugin = {
  name: 'emoji',
  writeBundle({ dir = '' }) {
    const listed = read<Listed>(join(import.meta.dirname, 'emoji.json'));
    for (const vendor of Object.keys(listed.vendors)) writeVendor(join(dir, 'emoji', vendor), vendor, listed);
  },
};
