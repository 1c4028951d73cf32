// What Grafana's own core does before a data source or a panel may be used: the services that the packages ask for by
// setX()/getX(). Every one is a stand-in of ours; the packages themselves are untouched.
import { from, of, map, catchError } from 'rxjs';
import {
  createTheme,
  toDataFrame,
  standardTransformers,
  standardTransformersRegistry,
  standardFieldConfigEditorRegistry,
  standardEditorsRegistry,
  unitOverrideProcessor,
  numberOverrideProcessor,
  displayNameOverrideProcessor,
  thresholdsOverrideProcessor,
  valueMappingsOverrideProcessor,
  dataLinksOverrideProcessor,
  identityOverrideProcessor,
  EventBusSrv,
  LoadingState,
  getDefaultTimeRange,
} from '@grafana/data';
import {
  config,
  setBackendSrv,
  setTemplateSrv,
  setDataSourceSrv,
  setRunRequest,
  setPluginImportUtils,
  setEchoSrv,
  setAppEvents,
  setCurrentUser,
  setLocationSrv,
} from '@grafana/runtime';
import { sceneGraph } from '@grafana/scenes';
import { PrometheusDatasource } from '@grafana/prometheus';

export const calls = [];

// ---- backendSrv: fetch() and its short forms, with a written record of every call
function withQuery(url, params) {
  const q = new URLSearchParams();
  for (const [k, v] of Object.entries(params ?? {}))
    for (const one of [v].flat()) if (one !== undefined && one !== null) q.append(k, one);
  const s = q.toString();
  return s ? url + (url.includes('?') ? '&' : '?') + s : url;
}
function asForm(data) {
  return data instanceof URLSearchParams ? data.toString() : withQuery('', data).slice(1);
}
const backend = {
  fetch(o) {
    const headers = { ...(o.headers ?? {}) };
    const method = (o.method ?? 'GET').toUpperCase();
    let body;
    if (o.data !== undefined && method !== 'GET') {
      const form = /urlencoded/.test(headers['Content-Type'] ?? '');
      body = form ? asForm(o.data) : JSON.stringify(o.data);
      headers['Content-Type'] ??= 'application/json';
    }
    const url = withQuery(o.url, o.params);
    const note = { method, url, body, at: performance.now() | 0 };
    calls.push(note);
    return from(
      (async () => {
        const r = await fetch('/' + url.replace(/^\//, ''), { method, headers, body });
        const text = await r.text();
        let data;
        try {
          data = JSON.parse(text);
        } catch {
          data = text;
        }
        note.status = r.status;
        note.bytes = text.length;
        if (!r.ok) throw { status: r.status, statusText: r.statusText, data, config: o };
        return {
          data,
          status: r.status,
          statusText: r.statusText,
          ok: r.ok,
          headers: r.headers,
          url,
          type: 'basic',
          redirected: false,
          config: o,
        };
      })(),
    );
  },
  datasourceRequest(o) {
    return backend.fetch(o).toPromise();
  },
  request(o) {
    return backend
      .fetch(o)
      .toPromise()
      .then((r) => r.data);
  },
  get(url, params, requestId, o) {
    return backend.request({ ...o, url, params, method: 'GET' });
  },
  post(url, data, o) {
    return backend.request({ ...o, url, data, method: 'POST' });
  },
  put(url, data) {
    return backend.request({ url, data, method: 'PUT' });
  },
  delete(url) {
    return backend.request({ url, method: 'DELETE' });
  },
  resolveCancelerIfExists() {},
};

// ---- data sources: one PrometheusDatasource per provisioned entry
const meta = {
  id: 'prometheus',
  name: 'Prometheus',
  type: 'datasource',
  metrics: true,
  annotations: true,
  module: '',
  baseUrl: '',
  info: {
    author: { name: '' },
    description: '',
    links: [],
    logos: { large: '', small: '' },
    screenshots: [],
    updated: '',
    version: '',
  },
};
export const sources = {};
const settings = [];
export function addSource(s) {
  const full = {
    id: settings.length + 1,
    type: 'prometheus',
    access: 'proxy',
    readOnly: true,
    meta,
    ...s,
    url: '/api/datasources/proxy/uid/' + s.uid,
  };
  settings.push(full);
}
function pick(ref, scoped) {
  let uid = typeof ref === 'string' ? ref : ref?.uid;
  if (uid && uid.includes('$')) uid = templates.replace(uid, scoped);
  return (
    settings.find((s) => s.uid === uid || s.name === uid) ??
    (uid && uid !== 'default' ? undefined : settings.find((s) => s.isDefault))
  );
}
// Grafana's "-- Mixed --" lives in its core: ask each source for its own targets, join the answers.
const mixed = {
  uid: '-- Mixed --',
  name: '-- Mixed --',
  type: 'datasource',
  meta: { ...meta, id: 'mixed', mixed: true },
  interval: '1d',
  getRef: () => ({ type: 'datasource', uid: '-- Mixed --' }),
  query(request) {
    return from(
      Promise.all(
        request.targets.map(async (t) => {
          const ds = await srv.get(t.datasource, request.scopedVars);
          return ds.query({ ...request, requestId: request.requestId + t.refId, targets: [t] }).toPromise();
        }),
      ).then((all) => ({ data: all.flatMap((r) => r.data), errors: all.flatMap((r) => r.errors ?? []) })),
    );
  },
};
const srv = {
  async get(ref, scoped) {
    if ((ref?.uid ?? ref) === mixed.uid) return mixed;
    const s = pick(ref, scoped);
    if (!s) throw new Error('data source not found: ' + JSON.stringify(ref));
    if (!sources[s.uid]) {
      sources[s.uid] = new PrometheusDatasource(s);
      sources[s.uid].meta = meta;
    }
    return sources[s.uid];
  },
  getInstanceSettings: (ref, scoped) =>
    (ref?.uid ?? ref) === mixed.uid ? { ...mixed, id: -1, jsonData: {} } : pick(ref, scoped),
  getList: (f) =>
    settings.filter((s) => !f?.pluginId || s.type === f.pluginId).filter((s) => !f?.type || s.type === f.type),
  reload() {},
  registerRuntimeDataSource() {},
};

// ---- template variables: handed to the scene that is shown, by Grafana's own interpolation
let scene;
export function show(s) {
  scene = s;
}
const templates = {
  replace(text, scoped, format) {
    const at = scoped?.__sceneObject?.value?.valueOf?.() ?? scene;
    return at ? sceneGraph.interpolate(at, text, scoped, format) : (text ?? '');
  },
  containsTemplate: (t) => /\$\w|\[\[/.test(t ?? ''),
  getVariables: () => [],
  getAdhocFilters: () => [],
  updateTimeRange() {},
  getAllVariablesInTarget: () => ({}),
};

// ---- the runner of queries (Grafana's is in its core): one answer, no streaming
export const frames = [];
function runRequest(ds, request, own) {
  const done = (r) => ({
    state: r.error || r.errors?.length ? LoadingState.Error : LoadingState.Done,
    series: (r.data ?? [])
      .filter((f) => f.meta?.dataTopic !== 'annotations')
      .map((f) => (f.fields ? toDataFrame(f) : f)),
    annotations: [],
    errors: r.errors?.length ? r.errors : r.error ? [r.error] : undefined,
    error: r.error,
    timeRange: request.range ?? getDefaultTimeRange(),
    request,
  });
  const asked = own ? own(request) : ds.query(request);
  return from(asked).pipe(
    map(done),
    catchError((e) => of(done({ data: [], error: { message: e?.data?.message ?? e?.message ?? String(e) } }))),
  );
}

// ---- field options that every panel has; Grafana's core registers these
const std = (id, path, override, more = {}) => ({
  id,
  path,
  name: id,
  description: '',
  process: override,
  override: () => null,
  editor: () => null,
  shouldApply: () => true,
  ...more,
});
const standard = () => [
  std('displayName', 'displayName', displayNameOverrideProcessor),
  std('unit', 'unit', unitOverrideProcessor),
  std('min', 'min', numberOverrideProcessor),
  std('max', 'max', numberOverrideProcessor),
  std('fieldMinMax', 'fieldMinMax', identityOverrideProcessor),
  std('decimals', 'decimals', numberOverrideProcessor),
  std('noValue', 'noValue', identityOverrideProcessor),
  std('color', 'color', identityOverrideProcessor),
  std('mappings', 'mappings', valueMappingsOverrideProcessor),
  std('thresholds', 'thresholds', thresholdsOverrideProcessor),
  std('links', 'links', dataLinksOverrideProcessor),
  std('filterable', 'filterable', identityOverrideProcessor),
];

export function boot(mode) {
  config.theme2 = createTheme({ colors: { mode } });
  config.featureToggles ??= {};
  config.buildInfo ??= { version: '13.2.3' };
  config.bootData ??= { user: { timezone: 'utc', orgRole: 'Viewer' } };
  setBackendSrv(backend);
  setDataSourceSrv(srv);
  setTemplateSrv(templates);
  setRunRequest(runRequest);
  setAppEvents(new EventBusSrv());
  setEchoSrv({ addBackend() {}, addEvent() {}, flush() {} });
  setCurrentUser?.({ id: 1, login: 'viewer', isSignedIn: false });
  setLocationSrv?.({ update() {} });
  setPluginImportUtils({
    importPanelPlugin: () => Promise.reject(new Error('no such panel')),
    getPanelPluginFromCache: () => undefined,
  });
  standardEditorsRegistry.setInit(() => []);
  standardFieldConfigEditorRegistry.setInit(standard);
  standardTransformersRegistry.setInit(() =>
    [...new Map(Object.values(standardTransformers).map((t) => [t.id, t])).values()].map((t) => ({
      id: t.id,
      name: t.name,
      transformation: async () => t,
      editor: () => null,
      imageDark: '',
      imageLight: '',
    })),
  );
  return config.theme2;
}
