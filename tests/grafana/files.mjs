// The dashboards of the folder DASHBOARDS, and whether SOURCES has the data sources that each asks.
import fs from 'node:fs';
import path from 'node:path';
export const sources = JSON.parse(process.env.SOURCES ?? '[]');
export function files() {
  const folder = process.env.DASHBOARDS;
  const names = fs.readdirSync(folder).filter((name) => name.endsWith('.json')).sort();
  return names.map((file) => {
    const dashboard = JSON.parse(fs.readFileSync(path.join(folder, file)));
    const asks = dashboard.templating.list.filter((v) => v.type === 'datasource').map((v) => v.current.value);
    return { file, dashboard, isAsked: asks.every((uid) => sources.some((source) => source.uid === uid)) };
  });
}
