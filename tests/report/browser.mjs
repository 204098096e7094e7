// Debian's Chromium without network, and pages in it of which every error, message and request is kept.
import {chromium} from 'playwright-core';
import {existsSync, readFileSync} from 'node:fs';
import {createRequire} from 'node:module';

const FOLDER = process.env.HANSA_PAGES;
export const known = JSON.parse(readFileSync(`${FOLDER}/known.json`, 'utf8'));
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

let browser;
export async function start() {
  const executablePath = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync);
  browser = await chromium.launch({executablePath, args: ARGUMENTS});
}
export const stop = () => browser?.close();

/** Waits until a function of the page says so: the page's own policy forbids what Playwright does for this. */
export async function until(page, holds, ...given) {
  for (let k = 0; k < 400; ++k) {
    if (await page.evaluate(holds, ...given)) return;
    await new Promise(done => setTimeout(done, 25));
  }
  throw new Error(`never: ${holds}`);
}

/** A page of its own; `faults` must stay empty. */
export async function open(name, {width = 1180, height = 900, bypassCSP = false} = {}) {
  const context = await browser.newContext({
    viewport: {width, height},
    offline: true,
    acceptDownloads: true,
    reducedMotion: 'reduce',
    bypassCSP,
  });
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', error => faults.push(String(error)));
  page.on('console', message => ['error', 'warning'].includes(message.type()) && faults.push(message.text()));
  const address = `file://${FOLDER}/${name}.html`;
  page.on(
    'request',
    request => request.url() !== address && !/^(data|blob):/.test(request.url()) && faults.push(`asks for ${request.url()}`),
  );
  await page.goto(address);
  await until(page, () => document.documentElement.dataset.drawn);
  return {page, faults, close: () => context.close()};
}

/** What axe-core finds fault with, whatever its weight. */
export async function accessibility(page) {
  await page.evaluate(AXE);
  const found = await page.evaluate(() => globalThis.axe.run(document));
  return found.violations.map(each => `${each.id}: ${each.nodes.length} times, ${each.nodes[0].html.slice(0, 160)}`);
}

/** The text of what a click saves. */
export async function saved(page, click) {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  return {name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8')};
}

/** Rows of CSV (RFC 4180). */
export function rowsOf(csv) {
  const rows = [[]];
  for (const [, quoted, bare, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1).push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end === '\r\n') rows.push([]);
    if (end === '') break;
  }
  if (rows.at(-1).length <= 1) rows.pop();
  return rows;
}

/** Numbers in a text, in their order. */
export const numbersIn = text =>
  [
    ...text
      .replaceAll('−', '-')
      .replaceAll(',', '')
      .matchAll(/[-+]?\d+(?:\.\d+)?/g),
  ].map(each => Number(each[0]));
/** Whether two numbers agree to the three digits that the page shows. */
export const close = (shown, exact) => Math.abs(shown - exact) <= Math.max(0.005, 0.006 * Math.abs(exact));
/** A picture as it is now, kept in the page under a number. */
export const pixels = canvas =>
  canvas.evaluate(each => {
    const copy = new OffscreenCanvas(each.width, each.height).getContext('2d', {willReadFrequently: true});
    copy.drawImage(each, 0, 0);
    return (globalThis.kept ??= []).push(copy.getImageData(0, 0, each.width, each.height).data) - 1;
  });
/** Whether two of them show something else: edges are smoothed anew each time, which is no difference. */
export const differ = (page, a, b) =>
  page.evaluate(
    ([k, l]) => {
      const [one, other] = [globalThis.kept[k], globalThis.kept[l]];
      let count = 0;
      for (let at = 0; at < one.length; at += 4)
        if (Math.abs(one[at] - other[at]) + Math.abs(one[at + 1] - other[at + 1]) + Math.abs(one[at + 2] - other[at + 2]) > 150)
          ++count;
      return one.length !== other.length || count >= 20;
    },
    [a, b],
  );
