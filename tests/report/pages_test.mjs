// Every kind of page: nothing fails, nothing is asked for, everybody can read it, and it opens at once.
import assert from 'node:assert/strict';
import {statSync} from 'node:fs';
import {after, before, describe, it as test} from 'node:test';
import {accessibility, open, start, stop} from './browser.mjs';

const PAGES = ['bike', 'fund', 'sweep', 'pairs', 'bags', 'stats', 'lamps', 'all'];
before(start);
after(stop);

const SEEN_ONCE = [
  'drawn',
  'morris',
  'random',
  'tornado',
  'acts',
  'bare',
  'beliefs',
  'fit',
  'posterior',
  'both',
  'lampstats',
  'cut',
];

describe('every page', {concurrency: 4}, () => {
  for (const name of [...PAGES, ...SEEN_ONCE]) {
    test(`${name}: no error, no request, sound headings, no violation of axe's rules`, async () => {
      const {page, faults, close} = await open(name, {bypassCSP: true});
      assert.deepEqual(faults, []);
      const levels = await page.$$eval('h1,h2,h3,h4,h5,h6', all => all.map(each => Number(each.tagName[1])));
      assert.equal(levels.filter(each => each === 1).length, 1);
      assert.ok(
        levels.every((each, k) => k === 0 || each <= levels[k - 1] + 1),
        `levels of headings: ${levels}`,
      );
      assert.equal(await page.$$eval('[id]', all => all.length - new Set(all.map(each => each.id)).size), 0, 'ids that repeat');
      for (const each of await page.$$eval('.plot svg', all => all.map(svg => svg.getAttribute('aria-label'))))
        assert.ok(each.length > 10 && !/NaN|undefined/.test(each), each);
      assert.doesNotMatch(await page.innerText('main'), /NaN|undefined|\[object|Infinity/);
      assert.deepEqual(await accessibility(page), []);
      await close();
    });

    if (SEEN_ONCE.includes(name)) continue;

    test(`${name}: readable at 390 pixels`, async () => {
      const {page, faults, close} = await open(name, {width: 390, height: 800, bypassCSP: true});
      assert.deepEqual(faults, []);
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 390);
      const outside = await page.$$eval('.plot svg text', all =>
        all
          .filter(each => {
            const box = each.getBoundingClientRect();
            return box.width > 0 && (box.right > 392 || box.left < -2);
          })
          .map(each => each.textContent),
      );
      assert.deepEqual(outside, []);
      if (['bike', 'fund'].includes(name)) assert.deepEqual(await accessibility(page), []);
      await close();
    });

    test(`${name}: prints all of its charts`, async () => {
      const {page, faults, close} = await open(name);
      await page.emulateMedia({media: 'print'});
      const charts = await page.$$eval('.plot', all => all.filter(each => !each.querySelector('svg')).length);
      assert.equal(charts, 0);
      assert.ok((await page.pdf()).length > 20000);
      assert.deepEqual(faults, []);
      await close();
    });
  }
});

test('the report of bike share is small and opens within a second', async () => {
  assert.ok(statSync(`${process.env.HANSA_PAGES}/bike.html`).size < 1.5e6);
  const times = [];
  for (let k = 0; k < 3; ++k) {
    const {page, close} = await open('bike');
    times.push(Number(await page.evaluate(() => document.documentElement.dataset.ready)));
    await close();
  }
  assert.ok(Math.min(...times) < 1000, `${times} ms`);
});

test('no script but the page’s own runs', async () => {
  const {page, faults, close} = await open('bike');
  await page.evaluate(() => {
    const each = document.createElement('script');
    each.textContent = 'document.title = "caught"';
    document.body.append(each);
  });
  assert.notEqual(await page.title(), 'caught');
  assert.ok(
    faults.some(each => /Content Security Policy/.test(each)),
    'the browser says that it refused',
  );
  await close();
});

test('the libraries and the sources of data are named, with their licences', async () => {
  const {page, close} = await open('bike');
  const foot = await page.locator('footer').textContent();
  for (const each of [
    'GeoNames',
    'Natural Earth',
    '@observablehq/plot',
    'd3-geo',
    'topojson-client',
    'world-atlas',
    'Permission to use, copy, modify',
  ])
    assert.ok(foot.includes(each), each);
  await close();
});

test('several files stand below each other, comparisons first', async () => {
  const {page, close} = await open('all');
  assert.deepEqual(await page.$$eval('nav .file', all => all.map(each => each.textContent)), ['fund.h5', 'bike.h5', 'fit.h5']);
  const targets = await page.$$eval('nav a', all =>
    all.map(each => document.querySelector(each.getAttribute('href'))?.textContent),
  );
  assert.deepEqual(targets, await page.$$eval('nav a', all => all.map(each => each.textContent)));
  await close();
});
