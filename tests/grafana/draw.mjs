// node draw.mjs uebersicht.json picture.png [name=value …] — values: from, to, theme, var-area …; W sets the width, CLIP=top,height cuts a
// part out.
import { open } from './page.mjs';
const [file, png, ...rest] = process.argv.slice(2);
const b = await open();
const r = await b.draw(
  file,
  rest.map((x) => [x.slice(0, x.indexOf('=')), x.slice(x.indexOf('=') + 1)]),
  { width: +(process.env.W ?? 1400) },
);
const width = +(process.env.W ?? 1400);
const [top, height] = (process.env.CLIP ?? '').split(',').map(Number);
await r.page.screenshot({ path: png, clip: height ? { x: 0, y: top, width, height } : undefined });
for (const p of Object.values(r.drawn))
  console.log(
    p.state,
    '|',
    p.title,
    '|',
    p.error ?? '',
    p.shown
      ? p.shown.map((x) => x.slice(0, 2).join(' ')).join('; ')
      : p.frames.map((f) => f.rows + ' × ' + f.fields.map((x) => x.name).join(', ')).join('; '),
  );
for (const c of r.upstream)
  console.log(c.status, c.bytes, c.api, typeof c.params === 'string' ? c.params : JSON.stringify(c.params));
for (const l of r.log) console.log('!', l);
await b.close();
