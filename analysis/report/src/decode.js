// Numbers that the page has packed: little-endian bytes in base64.

function bytes(text) {
  const letters = atob(text);
  const made = new Uint8Array(letters.length);
  for (let k = 0; k < letters.length; ++k) made[k] = letters.charCodeAt(k);
  return made.buffer;
}
export const floats = text => new Float32Array(bytes(text));
export const counts = (text, size) => (size === 2 ? new Uint16Array(bytes(text)) : new Uint32Array(bytes(text)));

/** Names of cities as people read them: where two have the same name, with their country or id. */
export function cityNames(cities) {
  const names = (cities.city_name ?? cities.id).map((name, k) => name || cities.id[k]);
  const seen = new Map();
  for (const name of names) seen.set(name, (seen.get(name) ?? 0) + 1);
  return names.map((name, k) => (seen.get(name) > 1 ? `${name} (${cities.country?.[k] || cities.id[k]})` : name));
}
