// Every way in which Grafana's data source asks, beyond the panels: what it sends, and what it makes of the answer.
import { dateTime, toDataFrame, CoreApp } from '@grafana/data';
import {
  PrometheusDatasource,
  buildVisualQueryFromString,
  getQueryHints,
  addLabelToQuery,
  PromQueryModeller,
} from '@grafana/prometheus';
import { lastValueFrom } from 'rxjs';
import { calls } from './boot.js';
const range = (from, to) => ({
  from: dateTime(from),
  to: dateTime(to),
  raw: { from: dateTime(from), to: dateTime(to) },
});
const all = range('2017-01-01T00:00:00Z', Date.now());
async function step(out, name, f) {
  const at = calls.length;
  let r;
  try {
    r = await f();
  } catch (e) {
    r = { threw: e?.data?.error ?? e?.data?.message ?? e?.data?.detail ?? e?.message ?? String(e) };
  }
  out[name] = {
    result: r,
    sent: calls.slice(at).map((c) => [c.method, c.status, c.url, c.body].join(' ').slice(0, 260)),
  };
}
const few = (a) => (Array.isArray(a) ? { n: a.length, first: a.slice(0, 3) } : a);
export async function api(settings, exprs) {
  const out = {};
  const meta = { id: 'prometheus', name: 'Prometheus' };
  for (const httpMethod of ['POST', 'GET']) {
    const ds = new PrometheusDatasource({
      ...settings,
      meta,
      access: 'proxy',
      jsonData: { ...settings.jsonData, httpMethod, incrementalQuerying: false },
    });
    ds.meta = meta;
    const t = (n, f) => step(out, httpMethod + ' ' + n, f);
    await t('init', () => ds.init().then(() => ({ exemplars: ds.exemplarsAvailable, rules: ds.ruleMappings })));
    await t('start', () =>
      ds.languageProvider
        .start(all)
        .then(() => ({
          metrics: ds.languageProvider.retrieveMetrics().length,
          histograms: ds.languageProvider.retrieveHistogramMetrics(),
          labels: ds.languageProvider.retrieveLabelKeys(),
          metadata: Object.keys(ds.languageProvider.retrieveMetricsMetadata()).length,
          one: ds.languageProvider.retrieveMetricsMetadata().ozg_services_rolled_out,
        })),
    );
    await t('label keys of a metric', () =>
      ds.languageProvider.queryLabelKeys(all, '{__name__="ozg_services_launched"}'),
    );
    await t('label values', async () =>
      few(await ds.languageProvider.queryLabelValues(all, 'area', 'ozg_services_launched')),
    );
    await t('label values, "utf8" name', async () =>
      few(await ds.languageProvider.queryLabelValues(all, 'a.b', undefined)),
    );
    await t('tag keys', () =>
      ds.getTagKeys({
        filters: [{ key: 'area', operator: '=', value: 'HH' }],
        timeRange: all,
        queries: [{ refId: 'A', expr: 'ozg_services_launched{area="HH"}' }],
      }),
    );
    await t('tag values', async () =>
      few(
        await ds.getTagValues({
          key: 'topic',
          filters: [{ key: 'area', operator: '=', value: 'HH' }],
          timeRange: all,
          queries: [{ refId: 'A', expr: 'ozg_services_launched{area="HH"}' }],
        }),
      ),
    );
    for (const q of [
      'label_names()',
      'label_names(ozg_claim)',
      'label_values(area)',
      'label_values(ozg_services_launched{topic!="all"},topic)',
      'metrics(ozg_serv.*)',
      'query_result(ozg_area_info{area!="DE"})',
      'query_result(scalar(vector(4)))',
      'query_result(topk(3, ozg_services_rolled_out))',
      'ozg_area_info',
      'query_result(up{)',
    ])
      await t('variable ' + q, async () => few(await ds.metricFindQuery(q, { range: all })));
    await t('health', () => ds.callHealthCheck());
  }
  const ds = new PrometheusDatasource({
    ...settings,
    meta,
    access: 'proxy',
    jsonData: { ...settings.jsonData, httpMethod: 'POST' },
  });
  ds.meta = meta;
  const request = (targets, more = {}) => ({
    requestId: 'x',
    range: all,
    timezone: 'utc',
    interval: '1d',
    intervalMs: 86400000,
    maxDataPoints: 900,
    scopedVars: {},
    app: CoreApp.Explore,
    targets: targets.map((x, i) => ({ refId: 'ABCDEF'[i], ...x })),
    ...more,
  });
  const shape = (r) => ({
    errors: r.errors?.map((e) => e.message),
    frames: r.data
      .map((f) => ({
        ref: f.refId,
        name: f.name,
        rows: f.length,
        type: f.meta?.preferredVisualisationType,
        kind: f.meta?.type,
        fields: f.fields.map((x) => x.name + ':' + x.type).slice(0, 8),
      }))
      .slice(0, 4),
    n: r.data.length,
  });
  const q = (targets, more) => lastValueFrom(ds.query(request(targets, more))).then(shape);
  await step(out, 'range and instant at once (Explore "both")', () =>
    q([
      {
        expr: 'ozg_services_launched{area="DE",topic="all",unit="ozg"}',
        range: true,
        instant: true,
        legendFormat: '__auto',
      },
    ]),
  );
  await step(out, 'table of a span', () =>
    q([{ expr: 'ozg_services_launched{area="DE",topic="all",unit="ozg"}', range: true, format: 'table' }]),
  );
  await step(out, 'heatmap', () =>
    q([{ expr: 'ozg_services_launched{area="DE",topic="all"}', range: true, format: 'heatmap' }]),
  );
  await step(out, 'exemplars', () =>
    q([{ expr: 'ozg_services_launched{area="DE",topic="all"}', range: true, exemplar: true }]),
  );
  await step(out, 'scalar', () => q([{ expr: 'scalar(vector(7))', instant: true }]));
  await step(out, 'string', () => q([{ expr: '"words"', instant: true }]));
  await step(out, 'NaN and Inf', () => q([{ expr: 'vector(0)/0 or vector(1)/0', instant: true }]));
  await step(out, 'two errors beside an answer', () =>
    q([
      { expr: 'ozg_reuses +', instant: true },
      { expr: 'foo bar', range: true },
      { expr: 'vector(1)', instant: true },
    ]),
  );
  await step(out, 'too many points', () => q([{ expr: '{__name__=~"ozg_.+"}', range: true }]));
  const inc = new PrometheusDatasource({
    ...settings,
    meta,
    access: 'proxy',
    jsonData: { ...settings.jsonData, httpMethod: 'POST', incrementalQuerying: true },
  });
  inc.meta = meta;
  await step(out, 'incremental: second request asks for the tail and joins', async () => {
    const end = Math.floor(Date.now() / 86400000) * 86400000,
      r1 = { ...range(end - 90 * 864e5, end), raw: { from: 'now-90d', to: 'now' } },
      r2 = { ...range(end - 89 * 864e5, end + 864e5), raw: { from: 'now-90d', to: 'now' } };
    const t = [
      { expr: 'ozg_services_launched{area="DE",topic="all",unit="ozg"}', range: true, legendFormat: '{{basis}}' },
    ];
    const a = await lastValueFrom(inc.query(request(t, { range: r1, dashboardUID: 'd', panelId: 1 }))),
      b = await lastValueFrom(inc.query(request(t, { range: r2, dashboardUID: 'd', panelId: 1 }))),
      c = await lastValueFrom(ds.query(request(t, { range: r2, panelId: 1 })));
    const vals = (r) => r.data.map((f) => f.fields.map((x) => x.values.slice()));
    return {
      first: a.data.map((f) => f.length),
      second: b.data.map((f) => f.length),
      whole: c.data.map((f) => f.length),
      same: JSON.stringify(vals(b)) === JSON.stringify(vals(c)),
    };
  });
  const odd = [],
    modeller = new PromQueryModeller();
  for (const e of exprs) {
    const v = buildVisualQueryFromString(e);
    const filtered = (() => {
      try {
        return addLabelToQuery(e, 'area', 'HH');
      } catch (x) {
        return 'threw ' + x;
      }
    })();
    const back = v.errors.length ? null : modeller.renderQuery(v.query);
    odd.push({
      e,
      errors: v.errors.map((x) => x.text),
      back: back === e ? 'same' : back,
      filtered,
      hints: (() => {
        try {
          return getQueryHints(e, [], ds).map((h) => h.type);
        } catch (x) {
          return String(x);
        }
      })(),
    });
  }
  out.builder = odd;
  return out;
}
