// The page of a result: its numbers are those that h5py reads, and its map, slider, search and files work.
import assert from 'node:assert/strict';
import test, {after, before} from 'node:test';
import {
  accessibility,
  close as agree,
  differ,
  known,
  numbersIn,
  open,
  pixels,
  rowsOf,
  saved,
  start,
  stop,
  until,
} from './browser.mjs';

before(start);
after(stop);
const last = known.bike.time.length - 1;

test('the finding at the top is the range of nine of ten runs', async () => {
  const {page, close} = await open('bike');
  const [low, high, all] = numbersIn(await page.innerText('.hero .big'));
  const [q05, , q50, , q95] = known.bike.quantile.map(each => each[last]);
  assert.deepEqual([low, high, all], [Math.round(q05), Math.round(q95), known.bike.ids.length]);
  assert.ok((await page.innerText('.hero .words')).includes(`${Math.round(q50)} (`));
  const hero = await page.locator('.hero').boundingBox();
  assert.ok(hero.y + hero.height < 450, 'seen without scrolling');
  assert.equal(await page.innerText('.hero .source'), 'From adopters in bike.h5');
  await close();
});

test('the curves as CSV, table and SVG have the numbers of the file', async () => {
  const {page, close} = await open('bike');
  const figure = page.locator('#adopters-bike');
  const csv = await saved(page, () => figure.getByRole('button', {name: 'CSV'}).click());
  const [head, ...rows] = rowsOf(csv.text);
  assert.deepEqual(head, ['policy', 'year', 'q05', 'q25', 'median', 'q75', 'q95', 'observed']);
  assert.equal(rows.length, last + 1);
  rows.forEach((row, k) => {
    assert.deepEqual([row[0], Number(row[1])], ['bike_share', known.bike.time[k]]);
    known.bike.quantile.forEach((each, q) => assert.ok(Math.abs(Number(row[2 + q]) - each[k]) < 1e-9, `${row}`));
    assert.equal(row[7], known.bike.observed[k] < 0 ? '' : String(known.bike.observed[k]));
  });
  await figure.locator('summary').click();
  const cells = await figure.locator('tbody tr').last().locator('th, td').allInnerTexts();
  assert.ok(agree(numbersIn(cells[4])[0], known.bike.quantile[2][last]), cells.join());
  const svg = await saved(page, () => figure.getByRole('button', {name: 'SVG'}).click());
  assert.match(svg.text, /^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
  assert.equal(
    await page.evaluate(text => new DOMParser().parseFromString(text, 'image/svg+xml').querySelector('parsererror'), svg.text),
    null,
  );
  await close();
});

test('single runs are drawn on request, by keyboard', async () => {
  const {page, close} = await open('bike');
  const figure = page.locator('#adopters-bike');
  const paths = () => figure.locator('svg path').count();
  const before = await paths();
  const button = figure.getByRole('button', {name: 'Single runs'});
  await button.focus();
  await page.keyboard.press('Enter');
  assert.equal(await button.getAttribute('aria-pressed'), 'true');
  assert.ok((await paths()) >= before + 20);
  await close();
});

test('the slider tells and draws the year, by mouse and by keyboard', async () => {
  const {page, faults, close} = await open('bike');
  const slider = page.locator('input[type=range]'),
    canvas = page.locator('.map canvas'),
    says = page.locator('.mapsays');
  await slider.scrollIntoViewIfNeeded();
  const end = await pixels(canvas);
  const box = await slider.boundingBox();
  await page.mouse.move(box.x + box.width - 8, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height / 2, {steps: 6});
  await page.mouse.up();
  const k = Number(await slider.inputValue());
  assert.ok(Math.abs(k - last / 2) <= 2, `at ${k}`);
  const mean = known.bike.adopted[k].reduce((a, b) => a + b, 0);
  const [year, adopters] = numbersIn(await says.innerText());
  assert.deepEqual([year, adopters], [known.bike.time[k], Math.round(mean)]);
  assert.ok(await differ(page, await pixels(canvas), end));
  await slider.focus();
  await page.keyboard.press('Home');
  assert.equal(await page.locator('output.year').innerText(), String(known.bike.time[0]));
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.locator('output.year').innerText(), String(known.bike.time[1]));
  await page.keyboard.press('End');
  assert.ok(!(await differ(page, await pixels(canvas), end)), 'another picture');
  assert.deepEqual(faults, []);
  await close();
});

test('play runs through the years, and stops when told to', async () => {
  const {page, close} = await open('bike');
  await page.getByRole('button', {name: /Play/}).click();
  await until(page, first => Number(document.querySelector('output.year').value) >= first + 3, known.bike.time[0]);
  await page.getByRole('button', {name: /Pause/}).click();
  const stopped = await page.locator('output.year').innerText();
  await page.waitForTimeout(600);
  assert.equal(await page.locator('output.year').innerText(), stopped);
  await close();
});

test('colours change with what is coloured, zoom by button and keyboard', async () => {
  const {page, close} = await open('bike');
  const canvas = page.locator('.map canvas');
  await canvas.scrollIntoViewIfNeeded();
  const chance = await pixels(canvas);
  await page.getByRole('combobox', {name: 'Colour'}).selectOption('median');
  assert.ok(await differ(page, await pixels(canvas), chance));
  await page.getByRole('combobox', {name: 'Colour'}).selectOption('chance');
  assert.ok(!(await differ(page, await pixels(canvas), chance)), 'another picture');
  await page.getByRole('button', {name: 'Zoom in'}).click();
  const nearer = await pixels(canvas);
  assert.notEqual(nearer, chance);
  await canvas.focus();
  await page.keyboard.press('ArrowLeft');
  assert.ok(await differ(page, await pixels(canvas), nearer));
  await page.keyboard.press('0');
  assert.ok(!(await differ(page, await pixels(canvas), chance)), 'another picture');
  await close();
});

test('a city is found by its name without accents; its page has its numbers, and the map shows it', async () => {
  const {page, close} = await open('bike');
  const canvas = page.locator('.map canvas');
  const before = await pixels(canvas);
  await page.getByRole('searchbox', {name: 'Find'}).fill('bogota');
  await page.keyboard.press('Enter');
  const city = page.locator('.city');
  assert.equal(await city.locator('h3').first().innerText(), 'Bogotá');
  assert.ok(await differ(page, await pixels(canvas), before));
  const i = known.bike.ids.findIndex(each => each.startsWith('bogota'));
  const csv = await saved(page, () => city.getByRole('button', {name: 'CSV'}).first().click());
  rowsOf(csv.text)
    .slice(1)
    .forEach((row, k) => assert.ok(Math.abs(Number(row[2]) - known.bike.adopted[k][i]) < 1e-9, `${row}`));
  await close();
});

test('hover names a city with its numbers, a click opens its page', async () => {
  const {page, close} = await open('bike');
  const canvas = page.locator('.map canvas');
  await canvas.scrollIntoViewIfNeeded();
  const box = await canvas.boundingBox();
  let found = false; // somewhere over western Europe
  for (let x = 0.46; x < 0.56 && !found; x += 0.01) {
    await page.mouse.move(box.x + box.width * x, box.y + box.height * 0.17);
    found = await page.locator('.maptip').isVisible();
  }
  assert.ok(found);
  const [name, ...lines] = (await page.locator('.maptip').innerText()).split('\n');
  assert.match(lines.join(' '), /by 2024 in \d+.*% of runs/);
  await page.mouse.down();
  await page.mouse.up();
  assert.equal(await page.locator('.city h3').first().innerText(), name);
  await close();
});

test('cities as CSV have the shares of the file', async () => {
  const {page, close} = await open('lamps');
  const csv = await saved(page, () => page.locator('#map-lamps').getByRole('button', {name: 'CSV'}).click());
  const [head, ...rows] = rowsOf(csv.text);
  assert.deepEqual(
    head.slice(4),
    known.lamps.time.map(each => `adopted_by_${each}`),
  );
  assert.equal(rows.length, known.lamps.ids.length);
  rows.forEach((row, i) =>
    known.lamps.time.forEach((_, k) => assert.ok(Math.abs(Number(row[4 + k]) - known.lamps.adopted[k][i]) < 1e-9)),
  );
  await close();
});

test('attribution is signed and sums to what the file has', async () => {
  const {page, close} = await open('bike');
  const csv = await saved(page, () =>
    page.locator('#attribution-bike-share-bike, [id="attribution-bike_share-bike"]').getByRole('button', {name: 'CSV'}).click(),
  );
  for (const [name, mean] of rowsOf(csv.text).slice(1))
    assert.ok(Math.abs(Number(mean) - known.bike.attribution[known.bike.mechanisms.indexOf(name)]) < 1e-9, name);
  await close();
});

test('names that look like markup are text, wherever they stand', async () => {
  const {page, faults, close} = await open('lamps');
  assert.match(await page.title(), /^Lamps <\/title><script>/);
  for (const name of known.hostile) {
    await page.getByRole('searchbox', {name: 'Find'}).fill(name);
    await page.locator('.found button').first().click();
    assert.equal(await page.locator('.city h3').first().textContent(), name);
  }
  assert.equal(await page.locator('img, main b b, iframe').count(), 0);
  assert.equal(await page.locator('script').count(), 2);
  const csv = await saved(page, () => page.locator('#map-lamps').getByRole('button', {name: 'CSV'}).click());
  const names = rowsOf(csv.text)
    .slice(1)
    .map(row => row[1]);
  assert.equal(names[0], known.hostile[0]);
  assert.equal(names[3], `'${known.hostile[3]}`, 'a spreadsheet takes it for no formula');
  assert.deepEqual(faults, []);
  await close();
});

test('what has been opened can be read by everybody too', async () => {
  const {page, faults, close} = await open('lamps', {bypassCSP: true});
  await page.getByRole('searchbox', {name: 'Find'}).fill('Place 20');
  await page.locator('.found button').first().click();
  for (const each of await page.locator('main summary').all()) await each.click();
  assert.ok((await page.locator('main table').count()) > 5);
  assert.deepEqual(await accessibility(page), []);
  assert.deepEqual(faults, []);
  await close();
});

test('the choice of a policy changes map, words and attribution together', async () => {
  const {page, close} = await open('lamps');
  const before = await pixels(page.locator('.map canvas'));
  await page.locator('#map-lamps').getByRole('combobox', {name: 'Policy'}).selectOption({label: 'trams'});
  assert.ok(await differ(page, await pixels(page.locator('.map canvas')), before));
  assert.match(await page.innerText('.mapsays'), /trams/);
  assert.equal(await page.locator('[id^="attribution-trams"]').count(), 1);
  const other = page.locator('section', {has: page.locator('[id^="attribution-trams"]')}).getByRole('combobox', {name: 'Policy'});
  assert.equal(await other.inputValue(), '1');
  await other.selectOption({label: 'led'});
  assert.match(await page.innerText('.mapsays'), /led/);
  await close();
});

test('cities without places have pages too, with what they believe', async () => {
  const {page, close} = await open('beliefs');
  assert.equal(await page.locator('.map').count(), 0);
  await page.getByRole('searchbox', {name: 'Find'}).fill('7');
  await page.locator('.found button').first().click();
  await until(page, () => document.querySelectorAll('.city svg').length === 2);
  assert.match(await page.locator('.city [id^="beliefs-"] .source').innerText(), /belief_mean/);
  await close();
});

test('fifty thousand cities are drawn in less than a tenth of a second', async () => {
  const {page, faults, close} = await open('large');
  await page.locator('.map canvas').scrollIntoViewIfNeeded();
  const times = await page.evaluate(() => {
    const slider = document.querySelector('input[type=range]');
    return Array.from({length: Number(slider.max) + 1}, (_, k) => {
      const before = performance.now();
      slider.value = k;
      slider.dispatchEvent(new Event('input'));
      return performance.now() - before;
    }).sort((a, b) => a - b);
  });
  assert.ok(times[Math.floor(times.length / 2)] < 100, `${times} ms`);
  assert.deepEqual(faults, []);
  await close();
});
