// Serves the page and stands in for Grafana's Go backend, which no registry has: POST /api/ds/query (step, alignment of the span
// to the step, macros, names of series, frames as JSON) and the resource calls, which are passed on as they come.
// A stand-in, not Grafana: what it gets wrong, Grafana may do right, and the other way round.
import http from 'node:http';
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
const { rangeUtil } = require('@grafana/data');
const port = +(process.env.PORT ?? 8321),
  dash = process.env.DASHBOARDS;
const sources = JSON.parse(process.env.SOURCES ?? '[]');
export const upstream = [];
const byUid = Object.fromEntries(sources.map((s) => [s.uid, s]));
const here = path.dirname(new URL(import.meta.url).pathname);

// As Go writes a duration: 24h0m0s
function goTime(ms) {
  const s = ms / 1000,
    h = Math.floor(s / 3600),
    m = Math.floor(s / 60) % 60;
  return s < 60 ? `${s}s` : s < 3600 ? `${m}m${s % 60}s` : `${h}h${m}m${s % 60}s`;
}
const num = (ms) => String(ms / 1000);
function step(qy, ds, from, to) {
  const scrape = rangeUtil.intervalToMs(ds.jsonData?.timeInterval ?? '15s');
  let min = qy.interval && !qy.interval.includes('$') ? rangeUtil.intervalToMs(qy.interval) : qy.intervalMs || scrape;
  const per = rangeUtil.roundInterval((to - from) / (qy.maxDataPoints || 100));
  const safe = rangeUtil.roundInterval((to - from) / 11000);
  return Math.max(Math.max(per, min), safe) * (qy.intervalFactor || 1);
}
function expr(qy, st, from, to, ds) {
  const scrape = rangeUtil.intervalToMs(
    qy.interval && !qy.interval.includes('$') ? qy.interval : (ds.jsonData?.timeInterval ?? '15s'),
  );
  const values = {
    __interval_ms: st,
    __interval: rangeUtil.secondsToHms(st / 1000),
    __range_ms: to - from,
    __range_s: Math.round((to - from) / 1000),
    __range: Math.round((to - from) / 1000) + 's',
    __rate_interval: goTime(Math.max((qy.intervalMs || st) + scrape, 4 * scrape)),
  };
  return qy.expr.replace(/\$(?:\{(\w+)\}|(\w+))/g, (all, a, b) => values[a ?? b] ?? all);
}
async function ask(ds, api, params, note) {
  const body = new URLSearchParams(params).toString();
  const r = await fetch(ds.url + api, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': 'Grafana' },
    body,
  });
  const text = await r.text();
  upstream.push({
    ds: ds.uid,
    api,
    params,
    status: r.status,
    bytes: text.length,
    ...note,
    error: r.ok ? undefined : text.slice(0, 300),
  });
  let j;
  try {
    j = JSON.parse(text);
  } catch {
    j = { status: 'error', error: text.slice(0, 200) };
  }
  return { status: r.status, j };
}
function legend(qy, metric) {
  const { __name__, ...labels } = metric,
    keys = Object.keys(labels).sort();
  if (qy.legendFormat === '__auto' && Object.keys(metric).length) return '';
  if (qy.legendFormat && qy.legendFormat !== '__auto')
    return qy.legendFormat.replace(/\{\{\s*(.+?)\s*\}\}/g, (_, k) => metric[k] ?? '');
  if (!keys.length) return __name__ ?? qy.expr;
  return `${__name__ ?? ''}{${keys.map((k) => `${k}="${labels[k]}"`).join(', ')}}`;
}
const ranAs = (ran, st) => `Expr: ${ran}\nStep: ${goTime(st)}`;
function frame(qy, metric, samples, type, st) {
  const t = [],
    v = [],
    odd = { NaN: [], Inf: [], NegInf: [] };
  for (const [at, s] of samples) {
    const i = t.push(Math.round(at * 1000)) - 1,
      kind = { NaN: 'NaN', '+Inf': 'Inf', '-Inf': 'NegInf' }[s];
    v.push(kind ? null : Number(s));
    if (kind) odd[kind].push(i);
  }
  const shown = legend(qy, metric);
  return {
    schema: {
      refId: qy.refId,
      meta: { type: 'timeseries-multi', typeVersion: [0, 1], custom: { resultType: type } },
      fields: [
        { name: 'Time', type: 'time', typeInfo: { frame: 'time.Time' }, config: { interval: st } },
        {
          name: metric.__name__ ?? 'Value',
          type: 'number',
          typeInfo: { frame: 'float64' },
          labels: metric,
          config: shown ? { displayNameFromDS: shown } : {},
        },
      ],
    },
    data: { values: [t, v], entities: [null, Object.values(odd).some((x) => x.length) ? odd : null] },
  };
}
async function one(qy, from, to) {
  const ds = byUid[qy.datasource.uid];
  const st = step(qy, ds, from, to);
  const ran = expr(qy, st, from, to, ds);
  const off = (qy.utcOffsetSec ?? 0) * 1000;
  const floor = (t) => Math.floor((t + off) / st) * st - off;
  const range = qy.range || !qy.instant;
  const { status, j } = range
    ? await ask(
        ds,
        '/api/v1/query_range',
        { query: ran, start: num(floor(from)), end: num(floor(to)), step: num(st) },
        { ref: qy.refId },
      )
    : await ask(ds, '/api/v1/query', { query: ran, time: num(to) }, { ref: qy.refId });
  if (j.status !== 'success')
    return {
      status,
      error: `${j.errorType ?? 'error'}: ${j.error ?? j.detail ?? ''}`,
      errorSource: 'downstream',
      frames: [],
    };
  const r = j.data,
    notices = (j.warnings ?? []).map((text) => ({ severity: 'warning', text }));
  let frames;
  if (r.resultType === 'string')
    frames = [
      {
        schema: {
          refId: qy.refId,
          meta: { type: 'timeseries-multi', custom: { resultType: 'string' } },
          fields: [
            { name: 'Time', type: 'time' },
            { name: 'Value', type: 'string' },
          ],
        },
        data: { values: [[r.result[0] * 1000], [r.result[1]]] },
      },
    ];
  else if (r.resultType === 'scalar') frames = [frame(qy, {}, [r.result], 'scalar', st)];
  else frames = r.result.map((s) => frame(qy, s.metric, s.values ?? [s.value], r.resultType, st));
  if (!frames.length) frames = [{ schema: { refId: qy.refId, meta: {}, fields: [] }, data: { values: [] } }];
  frames[0].schema.meta.executedQueryString = ranAs(ran, st);
  if (notices.length) frames[0].schema.meta.notices = notices;
  return { status: 200, frames };
}
const kinds = {
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.html': 'text/html',
};
export const server = http.createServer(async (req, res) => {
  const u = new URL(req.url, 'http://x');
  const send = (code, type, body) => {
    res.writeHead(code, { 'content-type': type });
    res.end(body);
  };
  try {
    const chunks = [];
    for await (const c of req) chunks.push(c);
    const body = Buffer.concat(chunks);
    if (u.pathname === '/api/ds/query') {
      const { queries, from, to } = JSON.parse(body);
      const results = {};
      await Promise.all(
        queries.map(async (qy) => {
          results[qy.refId] = await one(qy, +from, +to);
        }),
      );
      return send(
        Object.values(results).some((r) => r.status >= 400) ? 400 : 200,
        'application/json',
        JSON.stringify({ results }),
      );
    }
    const m = u.pathname.match(/^\/api\/datasources\/uid\/([^/]+)\/(resources|health)\/?(.*)$/);
    if (m) {
      const ds = byUid[m[1]];
      if (m[2] === 'health') {
        const { j } = await ask(ds, '/api/v1/query', { query: '1+1', time: num(Date.now()) }, { ref: 'health' });
        return send(
          200,
          'application/json',
          JSON.stringify(
            j.status === 'success'
              ? { status: 'OK', message: 'Successfully queried the Prometheus API.' }
              : { status: 'ERROR', message: j.error },
          ),
        );
      }
      const r = await fetch(ds.url + '/' + m[3] + u.search, {
        method: req.method,
        headers: { 'content-type': req.headers['content-type'] ?? '' },
        body: req.method === 'GET' ? undefined : body,
      });
      const text = await r.text();
      upstream.push({
        ds: ds.uid,
        api: '/' + m[3],
        method: req.method,
        params: u.search || body.toString(),
        status: r.status,
        bytes: text.length,
      });
      return send(r.status, r.headers.get('content-type') ?? 'application/json', text);
    }
    if (u.pathname === '/sources.json')
      return send(200, 'application/json', JSON.stringify(sources.map(({ url, ...s }) => s)));
    if (u.pathname === '/upstream.json') return send(200, 'application/json', JSON.stringify(upstream));
    if (u.pathname.startsWith('/dashboards/'))
      return send(200, 'application/json', fs.readFileSync(path.join(dash, path.normalize(u.pathname.slice(12)))));
    if (u.pathname === '/') return send(200, 'text/html', fs.readFileSync(path.join(here, 'index.html')));
    const icon = u.pathname.match(/img\/icons\/(.+\.svg)$/);
    const file = icon
      ? path.join(here, 'node_modules/@grafana/ui/dist/public/img/icons', path.normalize(icon[1]))
      : path.join(here, 'out', path.normalize(u.pathname));
    if (fs.existsSync(file) && fs.statSync(file).isFile())
      return send(200, kinds[path.extname(file)] ?? 'application/octet-stream', fs.readFileSync(file));
    send(404, 'application/json', '{"message":"Not found"}');
  } catch (e) {
    send(500, 'application/json', JSON.stringify({ message: String(e) }));
  }
});
if (process.argv[1] === new URL(import.meta.url).pathname)
  server.listen(port, '127.0.0.1', () => console.log('listening', port));
