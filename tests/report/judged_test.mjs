// Pages of judged fits, of statistics and of interrupted runs: their numbers are those that h5py reads.
import assert from 'node:assert/strict';
import test, {after, before} from 'node:test';
import {close as agree, known, numbersIn, open, rowsOf, saved, start, stop, until} from './browser.mjs';

before(start);
after(stop);
const {bags, stats, bagstats, cut} = known;
const csvOf = async (page, figure) => {
  const {text} = await saved(page, () => page.locator(figure).getByRole('button', {name: 'CSV'}).click());
  const [head, ...rows] = rowsOf(text);
  return {head, rows};
};
const near = (text, number, what) =>
  assert.ok(
    number == null ? text === '' : Math.abs(Number(text) - number) <= 1e-6 * Math.max(1, Math.abs(number)),
    `${what}: ${text} ${number}`,
  );

test('hypotheses stand by AIC, with the weights of the file, and the finding names the first', async () => {
  const {page, faults, close} = await open('bags');
  const {head, rows} = await csvOf(page, '[id^="hypotheses-"]');
  assert.deepEqual(
    rows.map(row => row[0]),
    bags.ranked_name,
  );
  for (const [name, numbers] of [
    ['aic', bags.ranked_aic],
    ['weight', bags.ranked_weight],
    ['parameters', bags.ranked_parameters],
  ])
    rows.forEach((row, k) => near(row[head.indexOf(name)], numbers[k], `${row[0]} ${name}`));
  const best = bags.ranked_aic.indexOf(Math.min(...bags.ranked_aic));
  const said = await page.locator('.findings li', {hasText: 'data speak most for'}).innerText();
  assert.ok(said.includes(`“${bags.ranked_name[best]}”`), said);
  assert.ok(
    numbersIn(said).some(each => Math.abs(each - 100 * bags.ranked_weight[best]) <= 0.5),
    said,
  );
  assert.match(await page.locator('section.key .source').innerText(), /estimate, covariance, ranked_weight, .*goodness_p in bags.h5/);
  const near2 = bags.ranked_name.filter((_, k) => k !== best && bags.ranked_aic[k] - bags.ranked_aic[best] < 2);
  for (const name of near2) assert.ok(said.includes(`“${name}”`), said);
  const cells = await page
    .locator('table', {hasText: 'on the same rows'})
    .locator('tbody tr')
    .first()
    .locator('th, td')
    .allInnerTexts();
  assert.equal(cells[0], bags.ranked_name[0]);
  assert.ok(Math.abs(numbersIn(cells[3])[0] - bags.ranked_aic[0]) <= 0.005, cells.join());
  assert.deepEqual(faults, []);
  await close();
});

test('envelopes have the numbers of the file, and say what stands out', async () => {
  const {page, faults, close} = await open('bags');
  let stands = 0;
  for (const [part, name] of bags.goodness_part.entries()) {
    const figure = `[id^="goodness-${name.replaceAll('.', '-')}-"]`;
    const {rows} = await csvOf(page, figure);
    const of = [...bags.goodness_part_of.keys()].filter(k => bags.goodness_part_of[k] === part);
    assert.deepEqual(
      rows.map(row => `${name}.${row[0]}`),
      of.map(k => bags.goodness_value[k]),
    );
    rows.forEach((row, k) => {
      near(row[1], bags.goodness_observed[of[k]], row[0]);
      near(row[5], bags.goodness_lower[of[k]], row[0]);
      near(row[6], bags.goodness_upper[of[k]], row[0]);
    });
    const filled = of.filter(
      k => bags.goodness_observed[k] < bags.goodness_lower[k] || bags.goodness_observed[k] > bags.goodness_upper[k],
    ).length;
    assert.equal(await page.locator(`${figure} svg circle[fill="#1b1f24"]`).count(), filled, name);
    assert.equal(
      (await page.locator(`${figure} .note`).innerText()).includes('does not stand out'),
      bags.goodness_p[part] >= 0.05,
    );
    stands += bags.goodness_p[part] < 0.05;
  }
  const said = await page.locator('.findings li', {hasText: 'reproduce what happened'}).innerText();
  assert.ok(numbersIn(said).includes(bags.histories), said);
  assert.equal(/Not in all/.test(said), stands > 0, said);
  assert.deepEqual(faults, []);
  await close();
});

test('a fit without hypotheses or envelopes says which command gives them', async () => {
  const {page, close} = await open('fit');
  assert.match(await page.locator('main').innerText(), /hansa fit SCENARIO --goodness 500/);
  assert.equal(await page.locator('[id^="goodness-"], [id^="hypotheses-"]').count(), 0);
  await close();
});

test('a posterior has the ends that hold 95 % of its particles, and no p', async () => {
  const {page, faults, close} = await open('posterior');
  const {head, rows} = await csvOf(page, '[id^="coefficients-"]');
  assert.equal(rows.length, known.posterior.term.length);
  rows.forEach((row, k) => {
    assert.equal(row[0], known.posterior.term[k]);
    near(row[1], known.posterior.estimate[k], row[0]);
    near(row[head.indexOf('low')], known.posterior.low[k], `low ${row[0]}`);
    near(row[head.indexOf('high')], known.posterior.high[k], `high ${row[0]}`);
    assert.equal(row[head.indexOf('p')], '');
  });
  assert.doesNotMatch(await page.locator('main').innerText(), /goes with|hansa fit SCENARIO/);
  assert.deepEqual(faults, []);
  await close();
});

test('statistics of data: curve, survival with its band, thresholds, categories and Moran’s I', async () => {
  const {page, faults, close} = await open('stats');
  assert.match(await page.locator('section.key .source').innerText(), /curve_hazard.* km.* in stats.h5/);
  const share = await csvOf(page, '[id^="curve_share-"]');
  share.rows.forEach((row, k) => near(row[1], stats.curve_share[k], row[0]));
  assert.equal(share.rows.length, stats.time.length);
  const hazard = await csvOf(page, '[id^="curve_hazard-"]');
  const rates = stats.curve_hazard.filter(each => each != null);
  hazard.rows.forEach((row, k) => near(row[1], rates[k], row[0]));
  const km = await csvOf(page, '[id^="km-"]');
  km.rows.forEach((row, k) => {
    const [s, error] = [stats.km[k], stats.km_se[k]];
    near(row[1], s, row[0]);
    const width = s > 0 && s < 1 ? (1.959963984540054 * error) / (s * -Math.log(s)) : 0;
    near(row[2], width ? s ** Math.exp(width) : s, `low ${row[0]}`);
    near(row[3], width ? s ** Math.exp(-width) : s, `high ${row[0]}`);
  });
  const needed = await csvOf(page, '[id^="thresholds-"]');
  const byId = new Map(stats.ids.map((id, i) => [id, stats.thresholds[i]]));
  assert.equal(needed.rows.length, stats.thresholds.filter(each => each != null).length);
  for (const row of needed.rows) near(row[2], byId.get(row[0]), row[0]);
  const classes = await csvOf(page, '[id^="rogers-"]');
  assert.deepEqual(
    classes.rows.map(row => Number(row[1])),
    stats.classes,
  );
  const moran = await page
    .locator('table', {hasText: 'Moran’s I'})
    .locator('tbody tr', {hasText: 'where'})
    .locator('th, td')
    .allInnerTexts();
  assert.ok(agree(numbersIn(moran[1])[0], stats.where), moran.join());
  assert.deepEqual(faults, []);
  await close();
});

test('a city of statistics has its exposure by year and its threshold', async () => {
  const {page, close} = await open('stats');
  const i = stats.thresholds.findIndex(each => each > 0);
  await page.getByRole('searchbox', {name: 'Find'}).fill(stats.names[i]);
  await page.locator('.found button').first().click();
  await until(page, () => document.querySelectorAll('.city svg').length === 1);
  const {rows} = await csvOf(page, '.city [id^="exposure-"]');
  const seen = stats.seen[i].filter(each => each != null);
  rows.forEach((row, k) => near(row[2], seen[k], row[1]));
  assert.equal(rows.length, seen.length);
  const entries = await page.locator('.city dl').innerText();
  assert.ok(
    numbersIn(entries).some(each => agree(each, stats.thresholds[i])),
    entries,
  );
  await close();
});

test('statistics of runs: bands over runs; exposures stand on the pages of the result’s cities', async () => {
  const {page, faults, close} = await open('both');
  const {head, rows} = await csvOf(page, '[id^="curve_share-"]');
  assert.deepEqual(head.slice(1), ['q05', 'median', 'q95']);
  rows.forEach((row, k) => [0, 1, 2].forEach(q => near(row[1 + q], bagstats.curve_share[q][k], row[0])));
  const classes = await csvOf(page, '[id^="rogers-"]');
  classes.rows.forEach((row, k) => assert.ok(Math.abs(Number(row[1]) - bagstats.classes[k]) < 1e-3, `${row}`));
  const result = page.locator('section', {has: page.locator('.map')});
  await result.getByRole('searchbox').fill('san jose');
  await page.keyboard.press('Enter');
  await until(page, () => document.querySelectorAll('.city [id^="exposure-"] svg').length === 1);
  const name = await page.locator('.city h3').first().innerText();
  const i = known.stats.names.indexOf(name.replace(/ \(.*\)$/, ''));
  const at = bagstats.ids.indexOf(known.stats.ids[i]);
  const exposure = await csvOf(page, '.city [id^="exposure-"]');
  exposure.rows.forEach((row, k) => assert.ok(Math.abs(Number(row[2]) - bagstats.seen[at][k]) < 1e-6, `${row}`));
  await page.locator('.city > details summary').click();
  const told = await page.locator('.city > details').innerText();
  assert.match(told, /output\.events=true/);
  assert.doesNotMatch(told, /hansa stats/);
  assert.deepEqual(faults, []);
  await close();
});

test('names that look like markup are text in statistics too', async () => {
  const {page, faults, close} = await open('lampstats');
  for (const name of known.hostile) {
    await page.getByRole('searchbox', {name: 'Find'}).fill(name);
    await page.locator('.found button').first().click();
    assert.equal(await page.locator('.city h3').first().textContent(), name);
  }
  assert.equal(await page.locator('img, main b b, iframe').count(), 0);
  assert.equal(await page.locator('script').count(), 2);
  assert.deepEqual(faults, []);
  await close();
});

test('an interrupted run is shown, and says first how much of it there is', async () => {
  const {page, faults, close} = await open('cut');
  assert.ok(cut.finished > 0 && cut.finished < cut.asked);
  const warning = page.locator('section.key .warn');
  assert.deepEqual(numbersIn(await warning.innerText()).slice(0, 2), [cut.finished, cut.asked]);
  assert.ok((await warning.boundingBox()).y < 450, 'seen without scrolling');
  const [low, high] = numbersIn(await page.innerText('.hero .big'));
  assert.deepEqual([low, high], [Math.round(cut.quantile[0].at(-1)), Math.round(cut.quantile[4].at(-1))]);
  assert.deepEqual(faults, []);
  await close();
});
