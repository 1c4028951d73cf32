// node check.mjs — draws every dashboard of DASHBOARDS and says what a reader of it would miss. Last line: N passed, N failed.
import { open } from './page.mjs';
import { files, sources } from './files.mjs';

// Codes that stand in no text for people. In English the words of stages and bases are the codes of some.
const CODES = {
  de: /(^|[ (])(counted|reported|basis|agreed|connected|interested|live|pilot|ready|rolling_out|reuses|type)($|[ )])/,
  en: /(^|[ (])(rolling_out|rolled_out|basis|BY|DE|ozg|leika|dienst)($|[ )])/,
};
const WIDTHS = [1400, 800];

let passed = 0;
let failed = 0;
function say(isRight, what, why = '') {
  isRight ? passed++ : failed++;
  if (!isRight || process.env.VERBOSE) console.log(isRight ? 'ok  ' : 'FAIL', what, isRight ? '' : why);
}

const browser = await open();
const all = files();
const uids = new Set(all.map(({ dashboard }) => dashboard.uid));

function checkData(name, dashboard, seen) {
  say(!seen.log.length, name('no error in the page'), seen.log.join(' | '));
  const refused = seen.upstream.find((call) => call.status !== 200);
  say(!refused, name('every request is answered'), JSON.stringify(refused));
  const missing = dashboard.panels.filter((panel) => !seen.drawn[panel.id]).map((panel) => panel.title);
  say(!missing.length, name('every panel is drawn'), missing.join());
  for (const panel of dashboard.panels.filter((panel) => panel.targets)) {
    const drawn = seen.drawn[panel.id];
    say(drawn?.state === 'Done' && !drawn.error, name(panel.title + ': parsed'), drawn?.error);
    // What nobody has recorded is empty, and says so in words.
    const says = panel.fieldConfig.defaults.noValue?.length > 0;
    say(says || drawn?.frames.some((frame) => frame.rows), name(panel.title + ': not empty without a word'));
  }
}

function checkVariables(name, seen) {
  for (const variable of seen.variables.filter((variable) => variable.options.length)) {
    const values = [variable.value].flat();
    const known = (value) => value === '$__all' || variable.options.some((option) => option[1] === value);
    say(values.every(known), name(`variable ${variable.name} begins with a value that exists`), String(values));
    const codes = variable.options.filter((option) => /^[a-z]+:/.test(option[0]));
    say(!codes.length, name(`variable ${variable.name} is read in words`), codes[0]?.[0]);
  }
}

function checkMarks(name, seen) {
  const rows = seen.layers.map((layer) => layer.rows);
  say(rows.every((rows) => rows?.length === 1 && rows[0] === 1), name('each mark is drawn once'), JSON.stringify(rows));
  const bytes = (calls) => calls.reduce((sum, call) => sum + call.bytes, 0);
  const marks = bytes(seen.upstream.filter((call) => /^vector\(\d{13}\)/.test(call.params.query ?? '')));
  const fetched = bytes(seen.upstream);
  say(marks * 10 < fetched, name('marks are less than a tenth of what is fetched'), `${marks} of ${fetched} bytes`);
}

function checkWords(name, dashboard, seen) {
  const names = (panel) =>
    panel.shown ? panel.shown.map((shown) => shown[0]) : panel.frames.flatMap((frame) => frame.fields.map((x) => x.name));
  const asked = dashboard.panels.filter((panel) => panel.targets).map((panel) => seen.drawn[panel.id]);
  const language = dashboard.tags.some((tag) => tag.startsWith('ozg-de')) ? 'de' : 'en';
  const codes = asked.filter(Boolean).flatMap(names).filter((text) => CODES[language].test(text));
  say(!codes.length, name('no codes where words belong'), [...new Set(codes)].slice(0, 12).join(', '));
}

// Rows, tiles and bars lead to dashboards that exist, with one Land or topic and the data source that was chosen.
function checkLinks(name, seen) {
  const wrong = seen.rows.filter((href) => {
    const url = new URL(href, 'http://grafana');
    const choice = url.searchParams.get('var-area') ?? url.searchParams.get('var-topic');
    return !uids.has(url.pathname.split('/')[2]) || !/^[A-Za-z_]{2,}$/.test(choice ?? '') || !url.searchParams.get('var-datasource');
  });
  say(!wrong.length, name('rows lead to a Land or a topic'), wrong[0]);
}

for (const { file, dashboard, isAsked } of all) {
  if (!isAsked) {
    console.log('skip', file, 'asks a data source that is not in SOURCES');
    continue;
  }
  for (const width of WIDTHS) {
    const name = (what) => `${file} at ${width} px: ${what}`;
    const seen = await browser.draw(file, {}, { width });
    if (width === WIDTHS[0]) {
      checkData(name, dashboard, seen);
      checkVariables(name, seen);
      checkMarks(name, seen);
      checkWords(name, dashboard, seen);
      checkLinks(name, seen);
      const hidden = seen.wide.map((table) => `${table.panel}: ${table.hidden.join(', ')}`).join(' | ');
      say(!seen.wide.length, name('all columns of tables are seen'), hidden);
    }
    say(!seen.cut.length, name('no title and no text is cut'), seen.cut.join(' | '));
    await seen.page.close();
  }
  const short = await browser.draw(file, { from: 'now-6h', to: 'now' });
  const lines = dashboard.panels.filter((panel) => panel.type === 'timeseries').map((panel) => short.drawn[panel.id]);
  const flat = lines.filter((drawn) => drawn?.frames.some((x) => x.rows) && drawn.frames.every((x) => x.rows < 2));
  say(!flat.length, `${file}: six hours still draw lines`, flat.map((drawn) => drawn.title).join(', '));
  await short.page.close();
}

async function checkDataSource() {
  const expressions = all.flatMap(({ dashboard }) =>
    dashboard.panels.flatMap((panel) => panel.targets ?? []).map((target) => target.expr.replace(/\$(area|topic|service)/g, 'x')),
  );
  const { page } = await browser.draw(all.at(-1).file);
  const asked = ([source, expressions]) => window.api(source, expressions);
  const told = await page.evaluate(asked, [sources[0], [...new Set(expressions)]]);
  const result = (question) => told[question]?.result;
  for (const method of ['POST', 'GET']) {
    for (const question of Object.keys(told).filter((question) => question.startsWith(method + ' ') && !/up\{/.test(question)))
      say(result(question) && !result(question).threw, 'data source: ' + question, JSON.stringify(result(question)));
    const start = result(method + ' start');
    say(start.metrics > 0 && start.labels.includes('area'), `data source: ${method} start finds metrics and labels`);
    const reason = result(method + ' variable query_result(up{)')?.threw ?? '';
    say(/parse error/.test(reason), `data source: ${method} a wrong variable shows the reason`, reason);
  }
  const text = (question) => JSON.stringify(result(question)).replace(/\d{13}/g, 'T');
  const posts = Object.keys(told).filter((question) => question.startsWith('POST '));
  const differ = posts.filter((question) => text(question) !== text(question.replace('POST', 'GET')));
  say(!differ.length, 'data source: POST and GET say the same', differ.join());
  const joins = result('incremental: second request asks for the tail and joins').same;
  say(joins, 'data source: incremental querying joins to the same');
  const forms = ['range and instant at once (Explore "both")', 'table of a span', 'heatmap', 'exemplars', 'scalar', 'string', 'NaN and Inf'];
  for (const form of forms)
    say(result(form).n > 0 && !result(form).errors, 'data source: ' + form, JSON.stringify(result(form)));
  const errors = result('two errors beside an answer');
  say(errors.errors?.length === 2 && errors.n === 1, 'data source: errors stay with their query');
  const lost = told.builder.filter((expression) => /^threw/.test(expression.filtered)).map((expression) => expression.e);
  say(!lost.length, 'data source: an ad hoc filter can be put into every expression', lost.join(' | '));
}

await checkDataSource();
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
