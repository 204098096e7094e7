// Where and when: the map of a result by step, with its slider; the same choice of policy and city as in the city's page.
import {choice, csv, el, newId, policyChoice, save, source} from './dom.js';
import {CityMap} from './map.js';
import {keyed} from './figure.js';
import {chanceRamp, yearRamp} from './palette.js';
import {citySearch} from './search.js';
import {cities, count, label, pct, plain, upper} from './words.js';

const CHANCES = 10;
const NEVER = '#aab2ba';

/** Chances in tenths, nought apart. */
const chancePalette = [NEVER, ...Array.from({length: CHANCES}, (_, k) => chanceRamp(k / (CHANCES - 1)))];

export class Atlas {
  constructor(result, pick) {
    this.result = result;
    this.policy = 0;
    this.step = result.time.length - 1;
    this.mode = 'chance';
    this.map = new CityMap({
      lon: result.cities.lon,
      lat: result.cities.lat,
      pick,
      label: 'World map of cities',
      describe: i => this.describe(i),
    });
    this.heard = el('p', {class: 'mapsays', role: 'status'});
    this.key = el('div', {class: 'legend'});
    this.element = this.lay(pick);
    this.show();
  }

  get of() {
    return this.result.policies[this.policy];
  }
  counted(city, step = this.step) {
    return this.of.numbers[step * this.result.cities.count + city];
  }

  /** The first step by which half of the runs have adopted; -1: none. */
  medianStep(city) {
    const half = this.result.finished / 2;
    for (let t = 0; t < this.result.time.length; ++t) if (this.counted(city, t) >= half) return t;
    return -1;
  }

  describe(i) {
    const {result} = this;
    const median = this.medianStep(i);
    const seen = this.of.observed_adoption_time?.[i];
    return [
      result.names[i],
      [result.cities.country?.[i], result.cities.region?.[i]].filter(Boolean).join(', '),
      `by ${result.time[this.step]} in ${pct(this.counted(i) / result.finished)} of runs`,
      median < 0 ? `in half of the runs not by ${result.time.at(-1)}` : `median ${result.unit} ${result.time[median]}`,
      seen != null ? `observed in ${seen}` : '',
      this.of.city_at_risk[i] === 0 ? 'does not decide here' : '',
    ].filter(Boolean);
  }

  controls(pick) {
    const {result} = this;
    return el(
      'div',
      {class: 'controls'},
      result.policies.length > 1 &&
        policyChoice(
          result,
          result.policies.map(each => plain(each.name)),
          p => {
            this.policy = p;
            this.show();
          },
        ),
      choice(
        'Colour',
        [
          ['chance', 'chance to have adopted'],
          ['median', `median ${result.unit} of adoption`],
        ],
        this.mode,
        value => {
          this.mode = value;
          this.show();
        },
      ),
      citySearch(result.names, city => {
        this.map.choose(city, {approach: true});
        pick(city);
      }),
    );
  }

  lay(pick) {
    const {result} = this;
    const id = newId('year');
    this.slider = el('input', {
      id,
      type: 'range',
      min: 0,
      max: result.time.length - 1,
      step: 1,
      value: this.step,
      input: () => {
        this.step = Number(this.slider.value);
        this.stop();
      },
    });
    this.shownYear = el('output', {for: id, class: 'year'});
    this.button = el('button', {type: 'button', class: 'play', click: () => (this.timer ? this.stop() : this.play())}, '▶ Play');
    const savings = [
      el(
        'button',
        {type: 'button', class: 'small', click: () => save(`map-${result.key}.svg`, this.map.svg(), 'image/svg+xml')},
        'SVG',
      ),
      el('button', {type: 'button', class: 'small', click: () => this.saveCsv()}, 'CSV'),
    ];
    return el(
      'figure',
      {id: `map-${result.key}`, 'aria-label': 'Map'},
      this.controls(pick),
      el('div', {class: 'controls time'}, this.button, el('label', {for: id}, upper(result.unit)), this.slider, this.shownYear),
      this.heard,
      this.map.element,
      this.key,
      el(
        'div',
        {class: 'below'},
        source(result.file, ['adoption_time', 'lat', 'lon', 'city_name', 'at_risk']),
        el('span', {class: 'savings'}, savings),
      ),
      this.map.places.length < result.cities.count &&
        el(
          'p',
          {class: 'soft'},
          `${cities(result.cities.count - this.map.places.length)} without coordinates are not on the map.`,
        ),
      el(
        'p',
        {class: 'soft hint'},
        `${result.left ? 'Cities that have left a policy since still count as having adopted. ' : ''}Drag to move; the buttons, Ctrl and the wheel, or + and − zoom. A click opens a city’s own page below.`,
      ),
    );
  }

  saveCsv() {
    const {result, of} = this;
    save(
      `cities-${of.name}.csv`,
      csv(
        ['city_id', 'city_name', 'lat', 'lon', ...result.time.map(t => `adopted_by_${t}`)],
        result.names.map((_, i) => [
          result.cities.id[i],
          result.cities.city_name?.[i] ?? null,
          result.cities.lat[i],
          result.cities.lon[i],
          ...result.time.map((_, t) => this.counted(i, t) / result.finished),
        ]),
      ),
      'text/csv',
    );
  }

  /** Draws the step; returns nothing. Cost: one pass over the cities. */
  show() {
    const {result} = this;
    const n = result.cities.count;
    const buckets = new Uint8Array(n);
    let adopted = 0;
    let palette = chancePalette;
    if (this.mode === 'chance') {
      for (let i = 0; i < n; ++i) {
        const share = this.counted(i) / result.finished;
        adopted += share;
        buckets[i] = share <= 0 ? 0 : 1 + Math.min(CHANCES - 1, Math.floor(share * CHANCES));
      }
    } else {
      const classes = Math.min(40, result.time.length);
      palette = [NEVER, ...Array.from({length: classes}, (_, k) => yearRamp(k / Math.max(1, classes - 1)))];
      this.medians ??= new Map();
      if (!this.medians.has(this.policy))
        this.medians.set(
          this.policy,
          Int32Array.from({length: n}, (_, i) => this.medianStep(i)),
        );
      const medians = this.medians.get(this.policy);
      for (let i = 0; i < n; ++i) {
        adopted += this.counted(i) / result.finished;
        if (medians[i] >= 0 && medians[i] <= this.step)
          buckets[i] = 1 + Math.floor((medians[i] * (classes - 1)) / Math.max(1, result.time.length - 1));
      }
    }
    this.map.colour(buckets, palette);
    this.tell(adopted);
  }

  tell(adopted) {
    const {result} = this;
    const now = result.time[this.step];
    this.slider.value = this.step;
    this.slider.setAttribute('aria-valuetext', String(now));
    this.shownYear.value = now;
    const words = `By ${label(result, now)}: ${count(adopted)} of ${cities(result.cities.count)} have adopted ${plain(this.of.name)}, mean over runs (${pct(adopted / result.cities.count)}).`;
    if (!this.timer) this.heard.textContent = words;
    this.map.canvas.setAttribute(
      'aria-label',
      `World map of cities, coloured by ${this.mode === 'chance' ? 'their chance to have adopted' : `the median ${result.unit} of adoption`}. ${words}`,
    );
    const stops = Array.from({length: 9}, (_, k) => (this.mode === 'chance' ? chanceRamp : yearRamp)(k / 8)).join(',');
    this.key.replaceChildren(
      keyed(NEVER, this.mode === 'chance' ? 'in no run' : `not by ${now} in half of the runs`, 'dot'),
      el(
        'span',
        {class: 'key'},
        this.mode === 'chance' ? 'in few runs' : String(result.time[0]),
        el('i', {class: 'ramp', style: `--r:${stops}`}),
        this.mode === 'chance' ? 'in all runs' : String(result.time.at(-1)),
      ),
    );
  }

  play() {
    if (this.step >= this.result.time.length - 1) this.step = 0;
    this.button.textContent = '❚❚ Pause';
    this.timer = setInterval(
      () => {
        this.step = Math.min(this.step + 1, this.result.time.length - 1);
        if (this.step === this.result.time.length - 1) this.stop();
        this.show();
      },
      Math.max(120, 6000 / this.result.time.length),
    );
    this.show();
  }

  stop() {
    clearInterval(this.timer);
    this.timer = null;
    this.button.textContent = '▶ Play';
    this.show();
  }
}
