// Cities on a world map, drawn on canvas: projection, zoom, pan, hover and choice; what colours mean is others' business.
import {geoEqualEarth, geoGraticule10, geoPath} from 'd3-geo';
import {feature} from 'topojson-client';
import world from 'world-atlas/land-110m.json';
import {el} from './dom.js';
import {mapSvg} from './map_svg.js';
import {squares} from './pixels.js';

const LAND = feature(world, world.objects.land);
const MANY = 20000; // from here on dots are pixels, which are written faster
const MOST_ZOOM = 40;

export class CityMap {
  /** `lon`, `lat` in degrees (null: unknown); `describe(city)` → lines of text; `pick(city)`. */
  constructor({lon, lat, describe, pick, label}) {
    this.places = Array.from(lon, (x, i) => (x == null || lat[i] == null ? -1 : i)).filter(i => i >= 0);
    this.lon = lon;
    this.lat = lat;
    this.describe = describe;
    this.pick = pick;
    this.zoom = {k: 1, x: 0, y: 0};
    this.buckets = new Uint8Array(lon.length);
    this.palette = ['#9aa3ab'];
    this.arcs = [];
    this.marked = new Set();
    this.chosen = null;
    this.hovered = null;
    this.canvas = el('canvas', {tabindex: '0', role: 'img', 'aria-label': label});
    this.tip = el('div', {class: 'maptip', hidden: true});
    this.element = el('div', {class: 'map'}, this.canvas, this.tip, this.buttons());
    this.base = document.createElement('canvas');
    this.listen();
    new ResizeObserver(() => this.resize()).observe(this.element);
  }

  buttons() {
    const button = (text, name, act) => el('button', {type: 'button', 'aria-label': name, title: name, click: act}, text);
    return el(
      'div',
      {class: 'zoom'},
      button('+', 'Zoom in', () => this.zoomBy(1.6)),
      button('−', 'Zoom out', () => this.zoomBy(1 / 1.6)),
      button('⌂', 'Whole world', () => this.reset()),
    );
  }

  resize() {
    const width = Math.min(1060, this.element.clientWidth);
    if (width === 0 || width === this.width) return;
    this.width = width;
    this.height = Math.round(width * (width < 560 ? 0.56 : 0.5));
    this.dpr = Math.min(2, devicePixelRatio || 1);
    for (const each of [this.canvas, this.base]) {
      each.width = width * this.dpr;
      each.height = this.height * this.dpr;
    }
    this.canvas.style.height = `${this.height}px`;
    this.projection = geoEqualEarth().fitExtent(
      [
        [2, 2],
        [width - 2, this.height - 2],
      ],
      {type: 'Sphere'},
    );
    this.xy = new Float32Array(2 * this.lon.length);
    for (const i of this.places) [this.xy[2 * i], this.xy[2 * i + 1]] = this.projection([this.lon[i], this.lat[i]]);
    this.stale = true;
    this.draw();
  }

  /** Draws the coasts once for each view. */
  drawBase() {
    const many = this.places.length > MANY;
    const to = this.base.getContext('2d', {willReadFrequently: many});
    const {k, x, y} = this.zoom;
    to.setTransform(this.dpr, 0, 0, this.dpr, 0, 0);
    to.clearRect(0, 0, this.width, this.height);
    to.setTransform(this.dpr * k, 0, 0, this.dpr * k, this.dpr * x, this.dpr * y);
    const path = geoPath(this.projection, to);
    const shape = (object, fill, stroke) => {
      to.beginPath();
      path(object);
      if (fill) {
        to.fillStyle = fill;
        to.fill();
      }
      if (stroke) {
        to.strokeStyle = stroke;
        to.lineWidth = 0.7 / k;
        to.stroke();
      }
    };
    shape({type: 'Sphere'}, '#f3f6f9');
    shape(geoGraticule10(), null, '#e2e7ec');
    shape(LAND, '#e8ebee', '#d2d7dc');
    this.coasts = many ? to.getImageData(0, 0, this.base.width, this.base.height) : null;
    this.stale = false;
  }

  /** Colours by bucket: `buckets[city]` is a position in `palette`; later buckets lie on top. */
  colour(buckets, palette) {
    this.buckets = buckets;
    this.palette = palette;
    this.order = null;
    this.draw();
  }

  /** Cities by bucket, so that each colour is set once. */
  sorted() {
    if (this.order) return this.order;
    const starts = new Uint32Array(this.palette.length + 1);
    for (const i of this.places) ++starts[this.buckets[i] + 1];
    for (let b = 0; b < this.palette.length; ++b) starts[b + 1] += starts[b];
    const cities = new Uint32Array(this.places.length);
    const next = starts.slice();
    for (const i of this.places) cities[next[this.buckets[i]]++] = i;
    return (this.order = {starts, cities});
  }

  draw() {
    if (!this.width) return;
    if (this.stale) this.drawBase();
    const to = this.canvas.getContext('2d');
    to.setTransform(1, 0, 0, 1, 0, 0);
    if (this.coasts) this.drawMany(to);
    else {
      to.clearRect(0, 0, this.canvas.width, this.canvas.height);
      to.drawImage(this.base, 0, 0);
    }
    to.setTransform(this.dpr, 0, 0, this.dpr, 0, 0);
    this.drawArcs(to);
    if (!this.coasts) this.drawDots(to);
    for (const i of this.marked) this.drawMark(to, i);
    for (const i of [this.hovered, this.chosen]) if (i != null) this.ring(to, i);
  }

  drawMany(to) {
    const side = Math.max(2, Math.round(2 * this.radius() * this.dpr));
    to.putImageData(
      squares(this.coasts, {...this.sorted(), colours: this.palette, xy: this.xy, zoom: this.zoom, dpr: this.dpr, side}),
      0,
      0,
    );
  }

  radius() {
    const n = this.places.length;
    const size = n > MANY ? 1.1 : n > 3000 ? 1.8 : n > 800 ? 2.6 : 3.6;
    return size * Math.sqrt(this.width / 900) * Math.min(3, Math.sqrt(this.zoom.k));
  }

  at(i) {
    const {k, x, y} = this.zoom;
    return [this.xy[2 * i] * k + x, this.xy[2 * i + 1] * k + y];
  }

  drawDots(to) {
    const {starts, cities} = this.sorted();
    const {k, x, y} = this.zoom;
    const r = this.radius();
    for (let b = 0; b < this.palette.length; ++b) {
      if (starts[b] === starts[b + 1]) continue;
      to.fillStyle = this.palette[b];
      to.beginPath();
      for (let n = starts[b]; n < starts[b + 1]; ++n) {
        const i = cities[n];
        const px = this.xy[2 * i] * k + x,
          py = this.xy[2 * i + 1] * k + y;
        if (px < -r || py < -r || px > this.width + r || py > this.height + r) continue;
        to.moveTo(px + r, py);
        to.arc(px, py, r, 0, 2 * Math.PI);
      }
      to.fill();
      if (r > 2) {
        to.strokeStyle = 'rgba(255,255,255,.75)';
        to.lineWidth = 0.5;
        to.stroke();
      }
    }
  }

  /** An arc from a city to one that follows it, thicker where it is surer; it bends to the left of its way. */
  arc({from, to, share}) {
    const [ax, ay] = this.at(from),
      [bx, by] = this.at(to);
    const strength = (share / this.surest) ** 1.5;
    return {
      ...{ax, ay, bx, by, mx: (ax + bx) / 2 + (by - ay) * 0.18, my: (ay + by) / 2 - (bx - ax) * 0.18},
      ...{opacity: 0.12 + 0.5 * strength, width: 0.4 + 2.2 * strength},
    };
  }

  get surest() {
    return Math.max(...this.arcs.map(each => each.share), 1e-9);
  }

  drawArcs(to) {
    to.lineCap = 'round';
    for (const each of this.arcs) {
      const {ax, ay, mx, my, bx, by, opacity, width} = this.arc(each);
      to.strokeStyle = `rgba(92,44,120,${opacity})`;
      to.lineWidth = width;
      to.beginPath();
      to.moveTo(ax, ay);
      to.quadraticCurveTo(mx, my, bx, by);
      to.stroke();
    }
  }

  /** What is seen now, as a file of SVG. */
  svg() {
    return mapSvg(this, LAND, this.canvas.getAttribute('aria-label'));
  }

  drawMark(to, i) {
    const [x, y] = this.at(i);
    const r = Math.max(4.5, this.radius() * 1.5);
    to.beginPath();
    to.moveTo(x, y - r);
    to.lineTo(x + r, y);
    to.lineTo(x, y + r);
    to.lineTo(x - r, y);
    to.closePath();
    to.fillStyle = '#E69F00';
    to.fill();
    to.strokeStyle = '#1b1f24';
    to.lineWidth = 1.2;
    to.stroke();
  }

  ring(to, i) {
    const [x, y] = this.at(i);
    to.beginPath();
    to.arc(x, y, this.radius() + 4, 0, 2 * Math.PI);
    to.strokeStyle = '#1b1f24';
    to.lineWidth = 2;
    to.stroke();
  }

  /** The nearest city within reach of a point of the canvas, or null. */
  nearest(px, py, reach = 14) {
    const {k, x, y} = this.zoom;
    let best = null,
      least = reach * reach;
    for (const i of this.places) {
      const dx = this.xy[2 * i] * k + x - px,
        dy = this.xy[2 * i + 1] * k + y - py;
      const d = dx * dx + dy * dy;
      if (d < least) {
        least = d;
        best = i;
      }
    }
    return best;
  }

  hover(city, px, py) {
    if (city !== this.hovered) {
      this.hovered = city;
      this.draw();
    }
    this.tip.hidden = city == null;
    if (city == null) return;
    const [name, ...lines] = this.describe(city);
    this.tip.replaceChildren(el('strong', {}, name), ...lines.map(each => el('span', {}, each)));
    const left = Math.min(px + 14, this.width - this.tip.offsetWidth - 4);
    this.tip.style.left = `${Math.max(4, left)}px`;
    this.tip.style.top = `${py + 18}px`;
  }

  /** Chooses a city, and looks at it from nearer by if asked to. */
  choose(city, {approach = false} = {}) {
    this.chosen = city;
    if (approach && city != null && this.places.includes(city)) {
      const k = Math.max(this.zoom.k, 4);
      this.zoom = {k, x: this.width / 2 - this.xy[2 * city] * k, y: this.height / 2 - this.xy[2 * city + 1] * k};
      this.bound();
    }
    this.draw();
  }

  zoomBy(factor, px = this.width / 2, py = this.height / 2) {
    const {k, x, y} = this.zoom;
    const next = Math.min(MOST_ZOOM, Math.max(1, k * factor));
    this.zoom = {k: next, x: px - ((px - x) * next) / k, y: py - ((py - y) * next) / k};
    this.bound();
    this.draw();
  }

  pan(dx, dy) {
    this.zoom.x += dx;
    this.zoom.y += dy;
    this.bound();
    this.draw();
  }

  reset() {
    this.zoom = {k: 1, x: 0, y: 0};
    this.stale = true;
    this.draw();
  }

  bound() {
    const {k} = this.zoom;
    this.zoom.x = Math.min(0, Math.max(this.width * (1 - k), this.zoom.x));
    this.zoom.y = Math.min(0, Math.max(this.height * (1 - k), this.zoom.y));
    this.stale = true;
  }

  point(event) {
    const box = this.canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  listen() {
    const {canvas} = this;
    let drag = null;
    canvas.addEventListener('pointerdown', event => {
      drag = {at: this.point(event), moved: false};
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener('pointermove', event => {
      const [x, y] = this.point(event);
      if (drag) {
        const [dx, dy] = [x - drag.at[0], y - drag.at[1]];
        if (drag.moved || Math.hypot(dx, dy) > 4) {
          drag = {at: [x, y], moved: true};
          this.pan(dx, dy);
        }
      } else this.hover(this.nearest(x, y), x, y);
    });
    canvas.addEventListener('pointerup', event => {
      const clicked = drag && !drag.moved;
      drag = null;
      if (!clicked) return;
      const city = this.nearest(...this.point(event));
      if (city != null) this.pick(city);
    });
    canvas.addEventListener('pointercancel', () => {
      drag = null;
    });
    canvas.addEventListener('pointerleave', () => this.hover(null));
    canvas.addEventListener('dblclick', event => this.zoomBy(1.8, ...this.point(event)));
    canvas.addEventListener(
      'wheel',
      event => {
        if (!event.ctrlKey && !event.metaKey && document.activeElement !== canvas) return; // the page scrolls
        event.preventDefault();
        this.zoomBy(Math.exp(-event.deltaY / 300), ...this.point(event));
      },
      {passive: false},
    );
    canvas.addEventListener('keydown', event => {
      const acts = {
        '+': () => this.zoomBy(1.4),
        '=': () => this.zoomBy(1.4),
        '-': () => this.zoomBy(1 / 1.4),
        0: () => this.reset(),
        ArrowLeft: () => this.pan(60, 0),
        ArrowRight: () => this.pan(-60, 0),
        ArrowUp: () => this.pan(0, 60),
        ArrowDown: () => this.pan(0, -60),
      };
      if (!acts[event.key]) return;
      event.preventDefault();
      acts[event.key]();
    });
  }
}
