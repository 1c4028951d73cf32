import React from 'react';
import { createRoot } from 'react-dom/client';
import { MemoryRouter } from 'react-router-dom';
import { ThemeContext } from '@grafana/data';
import { GlobalStyles, PortalContainer } from '@grafana/ui';
import {
  EmbeddedScene,
  SceneGridLayout,
  SceneGridItem,
  VizPanel,
  SceneQueryRunner,
  SceneDataTransformer,
  SceneTimeRange,
  SceneVariableSet,
  QueryVariable,
  DataSourceVariable,
  TextBoxVariable,
  SceneDataLayerSet,
  dataLayers,
  VariableValueSelectors,
  SceneTimePicker,
  behaviors,
  sceneGraph,
} from '@grafana/scenes';
import { boot, addSource, show, calls, sources } from './boot.js';
import { drawn } from './panels.jsx';
import { api } from './api.js';
window.api = api;

const q = new URLSearchParams(location.search);
const theme = boot(q.get('theme') ?? 'light');
document.body.style.background = theme.colors.background.canvas;

function variable(v) {
  const chosen = q.getAll('var-' + v.name);
  const choice = v.multi ? chosen : chosen[0];
  const value = chosen.length ? choice : v.current?.value,
    text = chosen.length ? choice : v.current?.text;
  const common = { name: v.name, label: v.label, hide: v.hide, value, text };
  if (v.type === 'datasource')
    return new DataSourceVariable({ ...common, pluginId: v.query, regex: v.regex, refresh: v.refresh });
  if (v.type === 'query')
    return new QueryVariable({
      ...common,
      query: v.query,
      datasource: v.datasource,
      regex: v.regex,
      refresh: v.refresh,
      sort: v.sort,
      isMulti: v.multi,
      includeAll: v.includeAll,
    });
  if (v.type === 'textbox') return new TextBoxVariable({ ...common, value: value ?? v.query });
  throw new Error('variable of type ' + v.type);
}
function panel(p) {
  return new SceneGridItem({
    x: p.gridPos.x,
    y: p.gridPos.y,
    width: p.gridPos.w,
    height: p.gridPos.h,
    key: 'griditem-' + p.id,
    body: new VizPanel({
      key: 'panel-' + p.id,
      title: p.title,
      description: p.description,
      displayMode: p.transparent ? 'transparent' : 'default',
      pluginId: p.type,
      options: p.options ?? {},
      fieldConfig: p.fieldConfig ?? { defaults: {}, overrides: [] },
      seriesLimit: 1000,
      $data: p.targets && new SceneDataTransformer({
        transformations: p.transformations ?? [],
        $data: new SceneQueryRunner({
          queries: p.targets,
          datasource: p.datasource,
          minInterval: p.interval,
          maxDataPoints: p.maxDataPoints,
          maxDataPointsFromWidth: true,
          dataLayerFilter: { panelId: p.id },
        }),
      }),
    }),
  });
}
async function main() {
  for (const s of await (await fetch('/sources.json')).json()) addSource(s);
  const d = await (await fetch('/dashboards/' + q.get('d'))).json();
  const scene = new EmbeddedScene({
    $timeRange: new SceneTimeRange({
      from: q.get('from') ?? d.time.from,
      to: q.get('to') ?? d.time.to,
      timeZone: q.get('tz') ?? d.timezone,
      weekStart: d.weekStart,
    }),
    $variables: new SceneVariableSet({ variables: d.templating.list.map(variable) }),
    $data: new SceneDataLayerSet({
      layers: d.annotations.list.map(
        (a, i) =>
          new dataLayers.AnnotationsDataLayer({
            key: 'annotations-' + i,
            name: a.name,
            query: structuredClone(a),
            isEnabled: a.enable,
            isHidden: a.hide,
          }),
      ),
    }),
    $behaviors: [new behaviors.CursorSync({ key: 'sync', sync: d.graphTooltip })],
    controls: [new VariableValueSelectors({}), new SceneTimePicker({})],
    body: new SceneGridLayout({ children: d.panels.map(panel), isDraggable: false, isResizable: false }),
  });
  show(scene);
  window.probe = {
    calls,
    drawn,
    scene,
    sources,
    layers: () =>
      scene.state.$data.state.layers.map((l) => ({
        name: l.state.name,
        enabled: l.state.isEnabled,
        state: l.state.data?.state,
        rows: l.state.data?.series?.map((f) => f.length),
        errors: l.state.data?.errors,
        first: l.state.data?.series?.map((f) => f.fields.map((x) => [x.name, x.values[0]])),
      })),
    links: () =>
      d.panels.flatMap((p) => (p.links ?? []).map((l) => [p.title, l.title, sceneGraph.interpolate(scene, l.url)])),
    // Tables whose columns do not fit into their panel: a reader does not see the last ones.
    wide: () =>
      [...document.querySelectorAll('[role=grid]')]
        .filter((g) => g.scrollWidth > g.clientWidth + 1)
        .map((g) => ({
          panel: g.closest('section')?.querySelector('h2')?.textContent,
          width: g.clientWidth,
          needed: g.scrollWidth,
          hidden: [...g.querySelectorAll('[role=columnheader]')]
            .filter((h) => h.getBoundingClientRect().right > g.getBoundingClientRect().right + 1)
            .map((h) => h.textContent),
        })),
    // Words that are longer than their panel, and titles that are cut.
    cut: () =>
      [...document.querySelectorAll('[data-words]')]
        .filter((x) => x.scrollHeight > x.clientHeight + 1)
        .map((x) => x.textContent.slice(0, 40))
        .concat(
          [...document.querySelectorAll('section h2')]
            .filter((x) => x.scrollWidth > x.clientWidth + 1)
            .map((x) => x.textContent),
        ),
    // Where the rows of tables, tiles and bars lead.
    rows: () => [...document.querySelectorAll('section a[href*="/d/"]')].map((a) => a.getAttribute('href')),
    variables: () =>
      scene.state.$variables.state.variables.map((v) => ({
        name: v.state.name,
        value: v.state.value,
        text: v.state.text,
        error: v.state.error && String(v.state.error),
        options: (v.state.options ?? []).map((o) => [o.label, o.value]),
      })),
  };
  createRoot(document.getElementById('app')).render(
    <MemoryRouter>
      <ThemeContext.Provider value={theme}>
        <GlobalStyles hackNoBackdropBlur={true} isExtensionSidebarOpen={false} />
        <h2 style={{ margin: '8px 16px' }}>{d.title}</h2>
        <div style={{ padding: 16 }}>
          <scene.Component model={scene} />
        </div>
        <PortalContainer />
      </ThemeContext.Provider>
    </MemoryRouter>,
  );
}
main().catch((e) => {
  console.error(e);
  document.body.append(String(e));
});
