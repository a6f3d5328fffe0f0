// Making elements, and showing the bot's markup without ever trusting it.

const TAGS = new Set(["b", "i", "u", "code"]);
const ENTITIES = { "&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"' };
const TOKENS = /<\/?[a-z]+>|&(?:#\d+|lt|gt|amp|quot);|[^<&]+|[<&]/g;

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value != null) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child != null && child !== ""));
  return made;
}

export function marked(text) {
  const root = document.createDocumentFragment();
  let current = root;
  for (const token of text.match(TOKENS) ?? []) {
    const name = token.replace(/[</>]/g, "");
    if (token.startsWith("</") && current.localName === name) current = current.parentNode;
    else if (token.startsWith("<") && TAGS.has(name) && !token.startsWith("</")) current = current.appendChild(element(name));
    else current.append(character(token));
  }
  return root;
}

export function linked(text) {
  const root = document.createDocumentFragment();
  const parts = text.split(/(https?:\/\/\S+)/);
  root.append(...parts.map((part, number) => number % 2 ? element("a", { href: part, target: "_blank", rel: "noopener noreferrer" }, part) : part));
  return root;
}

function character(token) {
  if (token.startsWith("&#")) return String.fromCodePoint(Number(token.slice(2, -1)));
  return ENTITIES[token] ?? token;
}

export function size(bytes) {
  const kilobytes = bytes / 1024;
  const [value, unit] = kilobytes < 1024 ? [kilobytes, "KB"] : [kilobytes / 1024, "MB"];
  return `${value.toLocaleString("vi", { maximumFractionDigits: value < 10 ? 1 : 0 })} ${unit}`;
}
