// One headless Chromium and one server for as many dashboards as are asked for.
import fs from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { execFileSync } from 'node:child_process';
import { server, upstream } from './server.mjs';
// A reader of the English dashboards has an English browser: 7,509, not 7.509.
const locale = path.basename(path.resolve(process.env.DASHBOARDS)) === 'en' ? 'en-GB' : 'de-DE';
export async function open(port = +(process.env.PORT ?? 8321)) {
  await new Promise((done, no) => server.once('error', no).listen(port, '127.0.0.1', done));
  const executablePath =
    process.env.CHROMIUM ??
    execFileSync('sh', ['-c', 'command -v chromium || command -v chromium-browser || command -v google-chrome'])
      .toString()
      .trim();
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  return {
    async draw(file, extra = {}, size = { width: 1400 }) {
      const page = await browser.newPage({ timezoneId: 'Europe/Berlin', locale });
      const log = [],
        from = upstream.length;
      page.on('pageerror', (e) => log.push(String(e.stack ?? e).slice(0, 600)));
      // Panels are drawn when they come into view: the window is as high as the page.
      const dashboard = JSON.parse(fs.readFileSync(path.join(process.env.DASHBOARDS, file)));
      const rows = Math.max(...dashboard.panels.map((p) => p.gridPos.y + p.gridPos.h));
      await page.setViewportSize({ width: size.width, height: Math.max(size.height ?? 0, rows * 38 + 150) });
      await page.goto(`http://127.0.0.1:${port}/?${new URLSearchParams([['d', file], ...(Array.isArray(extra) ? extra : Object.entries(extra))])}`);
      const quiet = () =>
        page.waitForFunction(
          () => {
            const p = window.probe;
            if (!p || !p.calls.length || p.calls.some((c) => !c.status)) {
              window.still = 0;
              return false;
            }
            return (window.still = (window.still ?? 0) + 1) > 15;
          },
          null,
          { timeout: 60000, polling: 100 },
        );
      await quiet().catch((e) => log.push('never became quiet: ' + String(e).slice(0, 100)));
      const seen = await page.evaluate(
        () =>
          window.probe && {
            drawn: window.probe.drawn,
            calls: window.probe.calls,
            links: window.probe.links(),
            layers: window.probe.layers(),
            variables: window.probe.variables(),
            wide: window.probe.wide(),
            cut: window.probe.cut(),
            rows: window.probe.rows(),
          },
      );
      return { page, log, ...seen, upstream: upstream.slice(from) };
    },
    async close() {
      await browser.close();
      server.close();
      server.closeAllConnections();
    },
  };
}
