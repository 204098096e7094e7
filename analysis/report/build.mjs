// Bundles the page into one source file of C++, or into HTML: node build.mjs FILE.cpp|FILE.html.
import {build} from 'esbuild';
import {createHash} from 'node:crypto';
import {existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname} from 'node:path';
import {fileURLToPath} from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const MARK = '@@HANSA_DATA@@';

async function bundle() {
  const built = await build({
    entryPoints: [`${here}/src/main.js`],
    absWorkingDir: here,
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    loader: {'.json': 'json'},
    write: false,
    metafile: true,
  });
  // Nothing in the script may end the element that it stands in.
  const script = built.outputFiles[0].text.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
  return {script, inputs: Object.keys(Object.values(built.metafile.outputs)[0].inputs)};
}

/** Name, version and licence, with its text, of each package of which something is in the page. */
function licences(inputs) {
  const names = new Set();
  for (const input of inputs) {
    const found = input.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//);
    if (found) names.add(found[1]);
  }
  return [...names].sort().map(name => {
    const folder = `${here}/node_modules/${name}`;
    const {version, license} = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
    const file = readdirSync(folder).find(each => /^licen[cs]e/i.test(each));
    if (!file) throw new Error(`${name} has no text of its licence`);
    return {name, version, license, text: readFileSync(`${folder}/${file}`, 'utf8').trim()};
  });
}

const escaped = text => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function credits(packages) {
  const list = packages.map(each => `${each.name} ${each.version} (${each.license})`).join(', ');
  const texts = packages.map(each => `${each.name} ${each.version}\n\n${each.text}`).join('\n\n----\n\n');
  return (
    `<p>Drawn with ${escaped(list)}.</p>\n<details><summary>Licences of these libraries</summary>` +
    `<pre tabindex="0">${escaped(texts)}</pre></details>`
  );
}

async function page() {
  const {script, inputs} = await bundle();
  const css = readFileSync(`${here}/src/style.css`, 'utf8').replace(/\n\s*/g, '\n').trim();
  const hash = createHash('sha256').update(script).digest('base64');
  const parts = {STYLE: css, HASH: hash, CREDITS: credits(licences(inputs)), SCRIPT: script};
  const text = readFileSync(`${here}/src/page.html`, 'utf8').replace(
    /@@(STYLE|HASH|CREDITS|SCRIPT)@@/g,
    (_, name) => parts[name],
  );
  if (text.split(MARK).length !== 2) throw new Error('the page must have one place for its data');
  return text;
}

/** A string of C++ in pieces that every compiler takes. */
function source(text) {
  const pieces = [];
  for (let at = 0; at < text.length; at += 8000) pieces.push(text.slice(at, at + 8000));
  const literals = pieces.map(piece => `R"hansapage(${piece})hansapage"`).join('\n    ');
  return (
    `/// The page of hansa report, bundled from analysis/report.\n#include "tell/page_template.hpp"\n\nnamespace hansa {\n\n` +
    `namespace {\n\nconstexpr char bundled_page[] =\n    ${literals};\n\n}  // namespace\n\n` +
    `std::string_view page_template() noexcept {\n  return {bundled_page, sizeof(bundled_page) - 1};\n}\n\n}  // namespace hansa\n`
  );
}

const target = process.argv[2];
if (!target) throw new Error('node build.mjs FILE.cpp|FILE.html');
const text = await page();
const made = target.endsWith('.html') ? text : source(text);
mkdirSync(dirname(target), {recursive: true});
if (!existsSync(target) || readFileSync(target, 'utf8') !== made) writeFileSync(target, made);
