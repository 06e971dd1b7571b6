// Web Mercator: the world is a square of side 1; how many pixels that is depends on the zoom.

const TILE = 512;

export function mercator([lon, lat]) {
  const y = Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360));
  return [(lon + 180) / 360, 0.5 + y / (2 * Math.PI)];
}

export function degrees([x, y]) {
  return [x * 360 - 180, (Math.atan(Math.exp((y - 0.5) * 2 * Math.PI)) * 360) / Math.PI - 90];
}

export function pixelsPerUnit(zoom) {
  return TILE * 2 ** zoom;
}
