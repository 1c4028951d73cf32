// node pictures.mjs [folder] — draws every dashboard of DASHBOARDS at 1400 and 800 pixels, light and dark, to look at.
import fs from 'node:fs';
import path from 'node:path';
import { open } from './page.mjs';
import { files } from './files.mjs';
const folder = process.argv[2] ?? 'out/pictures';
const language = path.basename(path.resolve(process.env.DASHBOARDS));
const only = process.argv.slice(3);
fs.mkdirSync(folder, { recursive: true });
const browser = await open();
for (const { file, isAsked } of files()) {
  if (!isAsked || (only.length && !only.some((name) => file.includes(name)))) continue;
  for (const width of [1400, 800]) {
    for (const theme of ['light', 'dark']) {
      const drawn = await browser.draw(file, { theme }, { width });
      const picture = path.join(folder, `${language}-${file.replace('.json', '')}-${width}-${theme}.png`);
      await drawn.page.screenshot({ path: picture });
      await drawn.page.close();
      console.log(picture);
    }
  }
}
await browser.close();
