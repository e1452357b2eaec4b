// What a key stands for: one small letter, arrows as j and k; null where the browser needs it.
const ARROWS = { ArrowDown: "j", ArrowUp: "k", Escape: "escape" };

export function letterOf(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return null;
  const isField = event.target.matches("input, select, textarea");
  if (isField && event.key.startsWith("Arrow")) return null; // arrows choose within a field
  if (ARROWS[event.key]) return ARROWS[event.key];
  return /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : null;
}
