// The four kinds of panel that the dashboards use. What draws them is published (@grafana/ui); the plugins around it are in
// Grafana's core and are imitated here as thinly as possible: options in, component out.
import React from 'react';
import {
  PanelPlugin,
  getFieldDisplayValues,
  getDisplayValueAlignmentFactors,
  VizOrientation,
  identityOverrideProcessor,
  getFieldDisplayName,
  renderTextPanelMarkdown,
} from '@grafana/data';
import { TimeSeries, BigValue, BarGauge, VizRepeater, useTheme2, BigValueTextMode } from '@grafana/ui';
import { TableNG } from '@grafana/ui/unstable';
import { registerRuntimePanelPlugin } from '@grafana/scenes';

export const drawn = {};
function note(props, more) {
  drawn[props.id] = {
    title: props.title,
    state: props.data.state,
    error: props.data.error?.message ?? props.data.errors?.[0]?.message,
    frames: props.data.series.map((f) => ({
      ref: f.refId,
      rows: f.length,
      step: f.meta?.executedQueryString,
      fields: f.fields.map((x) => ({
        name: getFieldDisplayName(x, f, props.data.series),
        type: x.type,
        unit: x.config.unit,
        last: String(x.values[f.length - 1]),
        shown: x.display
          ? [x.display(x.values[f.length - 1])].map((d) => (d.prefix ?? '') + d.text + (d.suffix ?? ''))[0]
          : undefined,
      })),
    })),
    annotations: (props.data.annotations ?? []).map((f) =>
      f.fields
        .filter((x) => ['time', 'timeEnd', 'title', 'text', 'color'].includes(x.name))
        .map((x) => [x.name, x.values.slice(0, 3)]),
    ),
    ...more,
  };
}

function marks(builder, data, theme) {
  builder.addHook('draw', (u) => {
    const { ctx, bbox } = u;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    for (const f of data.annotations ?? []) {
      const t = f.fields.find((x) => x.name === 'time'),
        c = f.fields.find((x) => x.name === 'color');
      for (let i = 0; i < f.length; i++) {
        const x = Math.round(u.valToPos(t.values[i], 'x', true));
        ctx.strokeStyle = theme.visualization.getColorByName(c?.values[i] ?? 'red');
        ctx.lineWidth = 2;
        ctx.setLineDash([6, 4]);
        ctx.beginPath();
        ctx.moveTo(x, bbox.top);
        ctx.lineTo(x, bbox.top + bbox.height);
        ctx.stroke();
      }
    }
    ctx.restore();
  });
}
function Chart(p) {
  const theme = useTheme2();
  note(p);
  // As Grafana's panel does before it draws: what is no finite number is a gap.
  const frames = React.useMemo(
    () =>
      p.data.series
        .filter((f) => f.fields.some((x) => x.type === 'number') && f.length > 0)
        .map((f) => ({
          ...f,
          fields: f.fields.map((x) =>
            x.type === 'number' ? { ...x, values: x.values.map((v) => (Number.isFinite(v) ? v : null)) } : x,
          ),
        })),
    [p.data.series],
  );
  if (!frames.length) return <Empty p={p} />;
  return (
    <TimeSeries
      frames={frames}
      structureRev={p.data.structureRev}
      width={p.width}
      height={p.height}
      timeRange={p.timeRange}
      timeZone={p.timeZone}
      legend={p.options.legend}
      options={p.options}
    >
      {(builder) => {
        marks(builder, p.data, theme);
        return null;
      }}
    </TimeSeries>
  );
}
function Empty({ p }) {
  return (
    <div data-empty style={{ display: 'flex', alignItems: 'center', justifyContent: 'center', height: p.height }}>
      {p.data.error?.message ?? p.data.errors?.[0]?.message ?? p.fieldConfig.defaults.noValue ?? 'No data'}
    </div>
  );
}
function values(p, theme) {
  return getFieldDisplayValues({
    fieldConfig: p.fieldConfig,
    reduceOptions: p.options.reduceOptions,
    replaceVariables: p.replaceVariables,
    theme,
    data: p.data.series,
    sparkline: p.options.graphMode !== 'none' && !!p.options.graphMode,
    timeZone: p.timeZone,
  });
}
function Stat(p) {
  const theme = useTheme2();
  const v = values(p, theme);
  note(p, {
    shown: v.map((x) => [
      x.display.title,
      (x.display.prefix ?? '') + x.display.text + (x.display.suffix ?? ''),
      x.display.color,
    ]),
  });
  const mode = p.options.textMode === 'auto' ? (v.length > 1 ? 'value_and_name' : 'value') : p.options.textMode;
  return (
    <VizRepeater
      getValues={() => v}
      getAlignmentFactors={getDisplayValueAlignmentFactors}
      source={p.data}
      width={p.width}
      height={p.height}
      renderCounter={p.renderCounter}
      autoGrid
      orientation={orient(p)}
      itemSpacing={3}
      renderValue={({ value, width, height, alignmentFactors, count }) => (
        <BigValue
          value={value.display}
          count={count}
          sparkline={value.sparkline}
          colorMode={p.options.colorMode}
          graphMode={p.options.graphMode}
          justifyMode={p.options.justifyMode}
          textMode={mode}
          alignmentFactors={alignmentFactors}
          text={p.options.text}
          width={width}
          height={height}
          theme={theme}
          disableWideLayout={!p.options.wideLayout}
          percentChangeColorMode={p.options.percentChangeColorMode}
        />
      )}
    />
  );
}
function orient(p) {
  if (p.options.orientation === 'auto' || !p.options.orientation)
    return p.width > p.height ? VizOrientation.Vertical : VizOrientation.Horizontal;
  return p.options.orientation;
}
function Bars(p) {
  const theme = useTheme2();
  const v = values(p, theme);
  note(p, {
    shown: v.map((x) => [
      x.display.title,
      (x.display.prefix ?? '') + x.display.text + (x.display.suffix ?? ''),
      x.display.color,
      x.field.min,
      x.field.max,
    ]),
  });
  const o = p.options;
  return (
    <div style={{ width: p.width, height: p.height, overflow: 'auto' }}>
      <VizRepeater
        getValues={() => v}
        getAlignmentFactors={getDisplayValueAlignmentFactors}
        source={p.data}
        width={p.width}
        height={p.height}
        renderCounter={p.renderCounter}
        orientation={orient(p)}
        itemSpacing={o.displayMode === 'lcd' ? 2 : 10}
        minVizWidth={o.minVizWidth}
        minVizHeight={o.minVizHeight}
        maxVizHeight={o.maxVizHeight}
        renderValue={({ value, width, height, alignmentFactors, orientation, count }) => (
          <BarGauge
            value={value.display}
            width={width}
            height={height}
            orientation={orientation}
            field={value.field}
            text={o.text}
            display={value.view?.getFieldDisplayProcessor(value.colIndex) ?? null}
            theme={theme}
            itemSpacing={10}
            displayMode={o.displayMode}
            alignmentFactors={count > 1 ? alignmentFactors : undefined}
            showUnfilled={o.showUnfilled}
            valueDisplayMode={o.valueMode}
            namePlacement={o.namePlacement}
            isOverflow={false}
          />
        )}
      />
    </div>
  );
}
function Grid(p) {
  note(p);
  const frame = p.data.series[p.options.frameIndex ?? 0];
  if (!frame || !frame.length) return <Empty p={p} />;
  return (
    <TableNG
      data={frame}
      width={p.width}
      height={p.height}
      noHeader={!p.options.showHeader}
      resizable
      sortBy={p.options.sortBy}
      cellHeight={p.options.cellHeight}
      timeRange={p.timeRange}
      fieldConfig={p.fieldConfig}
      getActions={() => []}
      enableVirtualization={false}
      structureRev={p.data.structureRev}
    />
  );
}
// Markdown as Grafana cleans and draws it.
function Words(p) {
  note(p);
  const html = renderTextPanelMarkdown(p.replaceVariables(p.options.content ?? ''));
  return <div className="markdown-html" data-words style={{ height: p.height, overflow: 'auto' }} dangerouslySetInnerHTML={{ __html: html }} />;
}
const customs = {
  timeseries: [
    'drawStyle',
    'lineInterpolation',
    'lineWidth',
    'lineStyle',
    'fillOpacity',
    'gradientMode',
    'showPoints',
    'pointSize',
    'spanNulls',
    'thresholdsStyle',
    'axisPlacement',
    'axisLabel',
    'axisColorMode',
    'axisWidth',
    'axisSoftMin',
    'axisSoftMax',
    'axisGridShow',
    'axisBorderShow',
    'axisCenteredZero',
    'scaleDistribution',
    'stacking',
    'hideFrom',
    'barAlignment',
    'lineColor',
    'fillColor',
    'insertNulls',
    'transform',
    'fillBelowTo',
  ],
  table: ['align', 'inspect', 'filterable', 'width', 'minWidth', 'cellOptions', 'hideFrom', 'footer', 'wrapHeaderText'],
  stat: ['hideFrom'],
  bargauge: ['hideFrom'],
  text: [],
};
const defaults = {
  timeseries: {
    drawStyle: 'line',
    lineWidth: 1,
    axisPlacement: 'auto',
    axisLabel: '',
    axisColorMode: 'text',
    scaleDistribution: { type: 'linear' },
    stacking: { mode: 'none', group: 'A' },
    hideFrom: { viz: false, legend: false, tooltip: false },
    axisBorderShow: false,
    axisCenteredZero: false,
    gradientMode: 'none',
    pointSize: 5,
    barAlignment: 0,
  },
  table: { cellOptions: { type: 'auto' }, hideFrom: { viz: false } },
};
for (const [id, view] of Object.entries({ timeseries: Chart, stat: Stat, bargauge: Bars, table: Grid, text: Words })) {
  const plugin = new PanelPlugin(view);
  plugin.useFieldConfig({
    useCustomConfig: (b) => {
      for (const path of customs[id])
        b.addCustomEditor({
          id: path,
          path,
          name: path,
          defaultValue: defaults[id]?.[path],
          editor: () => null,
          override: () => null,
          process: identityOverrideProcessor,
          shouldApply: () => true,
        });
    },
  });
  if (id === 'timeseries') plugin.setDataSupport({ annotations: true, alertStates: true });
  registerRuntimePanelPlugin({ pluginId: id, plugin });
}
