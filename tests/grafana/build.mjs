// Bundles the page. The aliases: a package that need not be installed, a wrapper that esbuild refuses (it imports names that may be
// missing), and one router instead of two.
import { build } from 'esbuild';
const r = await build({
  entryPoints: ['src/main.jsx'],
  outfile: 'out/main.js',
  bundle: true,
  format: 'esm',
  target: 'es2022',
  jsx: 'transform',
  metafile: true,
  logLevel: 'warning',
  mainFields: ['module', 'browser', 'main'],
  conditions: ['module', 'import', 'browser'],
  define: { 'process.env.NODE_ENV': '"production"', 'process.env': '{}', global: 'globalThis' },
  loader: { '.svg': 'dataurl', '.png': 'dataurl', '.woff': 'empty', '.woff2': 'empty', '.ttf': 'empty' },
  alias: {
    '@grafana/assistant': './src/assistant.js',
    '@grafana/plugin-compat/datasources': './src/compat.js',
    'react-router-dom-v5-compat': 'react-router-dom',
  },
});
for (const [file, o] of Object.entries(r.metafile.outputs)) console.log(file, o.bytes);
