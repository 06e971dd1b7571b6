// Colours as deck.gl wants them.

export function rgb(hex, alpha = 255) {
  const bits = parseInt(hex.slice(1), 16);
  return [bits >> 16, (bits >> 8) & 255, bits & 255, alpha];
}
