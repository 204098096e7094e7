// Pages of comparisons, sweeps and fits: findings first, and the numbers of the file.
import assert from 'node:assert/strict';
import test, {after, before} from 'node:test';
import {close as agree, differ, known, numbersIn, open, pixels, rowsOf, saved, start, stop} from './browser.mjs';

before(start);
after(stop);
const {fund} = known;

test('a comparison begins with the difference, and ends with the curves', async () => {
  const {page, close} = await open('fund');
  const [low, high] = numbersIn(await page.innerText('.hero .big'));
  const [q05, , q95] = fund.quantile.at(-1);
  assert.ok(agree(low, q05) && agree(high, q95), `${low} ${high}`);
  assert.ok(agree(numbersIn(await page.locator('.hero strong').last().innerText())[0], fund.mean.at(-1)));
  assert.deepEqual(await page.$$eval('h2', all => all.map(each => each.textContent)), [
    'Key findings',
    'What changes',
    'The curves behind it',
    'Where the numbers come from',
  ]);
  const followers = page.locator('.findings li', {hasText: 'followers'}).first();
  assert.ok(agree(numbersIn(await followers.innerText())[0], fund.followers));
  assert.ok(
    agree(numbersIn(await page.locator('.findings li', {hasText: 'would have adopted anyway'}).innerText())[0], fund.deadweight),
  );
  await close();
});

test('cities by name: funded left, followers right, chances before and after', async () => {
  const {page, close} = await open('fund');
  const lists = page.locator('.people');
  const read = async k => (await lists.nth(k).locator('li').allInnerTexts()).map(each => each.split('\n'));
  const chances = each => numbersIn(each.slice(1).join(' '));
  const byName = new Map(fund.names.map((name, i) => [name, i]));
  const funded = await read(0);
  assert.equal(
    funded.length,
    fund.funded.reduce((a, b) => a + b, 0),
  );
  for (const each of funded) assert.equal(fund.funded[byName.get(each[0])], 1, each[0]);
  const moved = fund.names
    .map((name, i) => ({i, gain: fund.with[i] - fund.without[i]}))
    .filter(each => !fund.funded[each.i])
    .sort((a, b) => b.gain - a.gain);
  const followers = await read(1);
  followers.forEach((each, k) => {
    const i = byName.get(each[0].replace(/ \([A-Z]{3}\)$/, ''));
    assert.ok(Math.abs(fund.with[i] - fund.without[i] - moved[k].gain) < 1e-6, each[0]);
    const [before, after] = chances(each);
    assert.ok(Math.abs(before - 100 * fund.without[i]) <= 0.5 && Math.abs(after - 100 * fund.with[i]) <= 0.5, each.join(' '));
  });
  assert.ok((await lists.first().boundingBox()).y < 700, 'on page one');
  await close();
});

test('the difference over time has its zero line, the start of what is done, and the numbers of the file', async () => {
  const {page, close} = await open('fund');
  const figure = page.locator('[id^="difference-fund-twenty"]').first();
  assert.match(await figure.locator('svg').innerHTML(), />fund-20</);
  const csv = await saved(page, () => figure.getByRole('button', {name: 'CSV'}).click());
  rowsOf(csv.text)
    .slice(1)
    .forEach((row, k) => {
      const expected = [fund.mean[k], ...fund.bound[k], ...fund.quantile[k]];
      expected.forEach((each, c) => assert.ok(Math.abs(Number(row[1 + c]) - each) < 1e-9, `${row}`));
    });
  await close();
});

test('arcs can be taken away, and a funded city tells who follows it', async () => {
  const {page, close} = await open('fund');
  const canvas = page.locator('.map canvas');
  await canvas.scrollIntoViewIfNeeded();
  const before = await pixels(canvas);
  await page.getByRole('button', {name: 'Arcs: who follows whom'}).click();
  assert.ok(await differ(page, await pixels(canvas), before));
  await page.locator('.people').first().getByRole('button').first().click();
  const name = await page.locator('.people').first().getByRole('button').first().innerText();
  assert.equal(await page.locator('.city h3').first().innerText(), name);
  assert.match(await page.innerText('.city'), new RegExp(`Who follows ${name}`));
  assert.match(await page.innerText('main'), /is from \d+ reruns of 60 replicates/);
  await close();
});

test('the map as SVG has coasts, arcs, each city and each mark', async () => {
  const {page, close} = await open('fund');
  const {text} = await saved(page, () => page.locator('[id^="map-fund"]').getByRole('button', {name: 'SVG'}).click());
  const found = await page.evaluate(svg => {
    const root = new DOMParser().parseFromString(svg, 'image/svg+xml');
    return ['parsererror', 'circle', 'path[stroke-opacity]', 'path[fill="#E69F00"]', 'title'].map(
      each => root.querySelectorAll(each).length,
    );
  }, text);
  assert.deepEqual(found, [0, fund.names.length, 100, fund.funded.reduce((a, b) => a + b, 0), 1]);
  await close();
});

test('luck, precision and strengths stand apart', async () => {
  const {page, close} = await open('fund');
  assert.deepEqual(await page.locator('.kinds dt').allInnerTexts(), ['Luck', 'Precision', 'Strengths', 'The model']);
  const csv = await saved(page, () => page.locator('[id^="sureness-"]').getByRole('button', {name: 'CSV'}).click());
  const rows = new Map(
    rowsOf(csv.text)
      .slice(1)
      .map(row => [row[0], row.slice(1, 4).map(Number)]),
  );
  assert.deepEqual(rows.get('luck'), [fund.quantile.at(-1)[0], fund.quantile.at(-1)[1], fund.quantile.at(-1)[2]]);
  assert.ok(Math.abs(rows.get('precision')[0] - fund.bound.at(-1)[0]) < 1e-9);
  assert.ok(!rows.has('strengths'), 'which are taken as certain here');
  await close();
});

test('draws of the strengths are told apart from luck, and several what-ifs have a section each', async () => {
  const {page, close} = await open('drawn');
  assert.equal(await page.locator('.hero').count(), 2);
  assert.match(await page.locator('.hero').first().innerText(), /data leave open of the strengths makes it [+−]?[\d.]+ to/);
  const titles = await page.$$eval('h2', all => all.map(each => each.textContent));
  assert.deepEqual(titles.slice(1, 3), ['fund-twenty', 'mandate-2015']);
  const csv = await saved(page, () => page.locator('[id^="sureness-fund"]').getByRole('button', {name: 'CSV'}).click());
  assert.deepEqual(
    rowsOf(csv.text)
      .slice(1)
      .map(row => row[0]),
    ['luck', 'precision', 'strengths'],
  );
  await close();
});

for (const [name, shown] of Object.entries({morris: 'morris', tornado: 'tornado', random: 'correlations'})) {
  test(`a ${name} design has its own chart`, async () => {
    const {page, close} = await open(name);
    const figure = page.locator(`[id^="${shown}-final_share"]`);
    const csv = await saved(page, () => figure.getByRole('button', {name: 'CSV'}).click());
    const parameters = await page.locator('[id^="surface-"]').getByRole('combobox', {name: 'Across'}).locator('option').count();
    assert.equal(rowsOf(csv.text).length, 1 + parameters);
    assert.ok((await figure.locator('svg').getAttribute('aria-label')).includes('baseline'));
    await close();
  });
}

test('a sweep shows its indices, luck apart, and a surface over two parameters of choice', async () => {
  const {page, close} = await open('sweep');
  const figure = page.locator('[id^="surface-"]');
  const csv = await saved(page, () => figure.getByRole('button', {name: 'CSV'}).click());
  const [head, ...rows] = rowsOf(csv.text);
  const column = head.indexOf('final_share');
  rows.forEach((row, k) => assert.ok(Math.abs(Number(row[column]) - known.sweep.final_share[k]) < 1e-12));
  const before = await figure.locator('svg').innerHTML();
  await figure.getByRole('combobox', {name: 'Across'}).selectOption({index: 3});
  assert.notEqual(await figure.locator('svg').innerHTML(), before);
  assert.equal(await page.locator('[id^="sobol-"] svg').count(), 1);
  assert.match(await page.innerText('[id^="noise-"]'), /luck of single runs \([<\d]/);
  await page.getByRole('combobox', {name: 'Measure'}).selectOption({index: 2});
  assert.match(await page.locator('[id^="sobol-"]').getAttribute('id'), /peak_time/);
  await close();
});

test('pairs of parameters are a heat map of what they do together', async () => {
  const {page, faults, close} = await open('pairs');
  const figure = page.locator('[id^="interactions-"]');
  const {inputs, matrix} = known.pairs.interactions;
  const csv = await saved(page, () => figure.getByRole('button', {name: 'CSV'}).click());
  const [head, ...rows] = rowsOf(csv.text);
  assert.deepEqual(head, ['parameter', 'with', 'S2', 'S2_low', 'S2_high']);
  assert.equal(rows.length, (inputs.length * (inputs.length - 1)) / 2);
  for (const [a, b, value, low, high] of rows) {
    assert.ok(Math.abs(Number(value) - matrix[inputs.indexOf(a)][inputs.indexOf(b)]) < 1e-9, `${a} ${b} ${value}`);
    assert.ok(Number(low) < Number(value) && Number(value) < Number(high));
  }
  const drawn = figure.locator('svg');
  const cells = inputs.length * (inputs.length - 1);
  assert.equal(await drawn.locator('rect').count(), cells);
  const colours = await drawn.locator('rect').evaluateAll(all => new Set(all.map(each => each.getAttribute('fill'))).size);
  assert.ok(colours > 1 && colours <= cells / 2, `${colours} colours`);
  assert.ok((await drawn.getAttribute('aria-label')).startsWith('Interactions: '));
  assert.deepEqual(faults, []);
  await close();
  const first = await open('sweep'); // whose design has no pairs
  assert.equal(await first.page.locator('[id^="interactions-"]').count(), 0);
  await first.close();
});

test('a fit shows each coefficient with its interval', async () => {
  const {page, close} = await open('fit');
  const csv = await saved(page, () => page.locator('[id^="coefficients-"]').getByRole('button', {name: 'CSV'}).click());
  const rows = rowsOf(csv.text).slice(1);
  assert.deepEqual(
    rows.map(row => row[0]),
    known.fit.term,
  );
  rows.forEach((row, k) => {
    const {estimate, error} = {estimate: known.fit.estimate[k], error: known.fit.error[k]};
    [estimate, error, estimate - 1.959964 * error, estimate + 1.959964 * error].forEach((each, c) =>
      assert.ok(Math.abs(Number(row[1 + c]) - each) < 1e-5, `${row}`),
    );
    const z = Math.abs(estimate / error);
    assert.ok(z < 1.96 === Number(row[6]) > 0.05, `${row}`);
  });
  const cells = await page.locator('table').first().locator('tbody tr').first().locator('th, td').allInnerTexts();
  assert.ok(agree(numbersIn(cells[1])[0], known.fit.estimate[0]));
  await close();
});
