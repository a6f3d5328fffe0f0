// The pane "Chuyện gì vừa xảy ra": event, route, acts in the log, messages; newest first.

import { element } from "./elements.js";
import { ACTS, CAUSES, EVENT_STATES, KINDS, MESSAGE_KINDS, MESSAGE_STATES } from "./words.js";

export class Trace {
  #root;
  #shown = "";
  #open = new Set();

  constructor(root) {
    this.#root = root;
  }

  show(items) {
    const content = JSON.stringify(items);
    if (content === this.#shown) return;
    const isFirst = !this.#shown;
    this.#shown = content;
    // The newest one is unfolded, the others stay as the reader left them.
    if (items.length && !isFirst && !this.#knows(items[0].key)) this.#open = new Set([items[0].key]);
    if (items.length && isFirst) this.#open.add(items[0].key);
    this.#root.replaceChildren(...items.map((item) => this.#item(item)));
    if (!items.length) this.#root.append(element("p", { class: "quiet" }, "Chưa có gì. Mỗi việc làm trên máy sẽ được kể lại ở đây: sự kiện, tuyến, nghiệp vụ, tin gửi đi."));
  }

  #knows(key) {
    return [...this.#root.children].some((child) => child.dataset.key === key);
  }

  #item(item) {
    const title = item.kind === "clock" ? (CAUSES[item.text] ?? `Đồng hồ: ${item.text}`) : `${item.who} ${ACTS[item.kind](item)}`;
    const made = element("details", { "data-key": item.key, open: this.#open.has(item.key) },
      element("summary", {}, element("span", { class: "at" }, item.time), " ", title),
      element("dl", {}, ...event(item), ...route(item), ...audit(item), ...messages(item)));
    made.addEventListener("toggle", () => this.#open[made.open ? "add" : "delete"](item.key));
    return made;
  }
}

function row(name, ...content) {
  return [element("dt", {}, name), ...content.map((one) => element("dd", {}, ...[one].flat()))];
}

function event(item) {
  if (item.kind === "clock") return [];
  if (!item.event) return row("Sự kiện", "chưa vào hộp đến");
  const incident = item.event.incident ? `, sự cố ${item.event.incident}` : "";
  return row("Sự kiện", `số ${item.event.id}, ${EVENT_STATES[item.event.state]}${incident}`);
}

function route(item) {
  if (!item.route) return [];
  const name = item.token || item.route.name || "không tuyến nào hợp";
  return row("Tuyến", [element("code", {}, name), item.route.name && item.token ? ` (${item.route.name})` : "",
    item.route.handler ? element("code", { class: "handler" }, item.route.handler) : ""]);
}

function audit(item) {
  if (!item.audit.length) return row("Nghiệp vụ", "không thay đổi gì phải ghi nhật ký");
  return row("Nghiệp vụ", ...item.audit.map((entry) => [element("code", {}, entry.action), ` ${entry.subject}, nhật ký số ${entry.number}`]),
    ...more(item.more_audit, "mục"));
}

function messages(item) {
  if (!item.messages.length) return row("Tin gửi", "không có");
  return row("Tin gửi", ...item.messages.map(message), ...more(item.more_messages, "tin"));
}

function more(number, what) {
  return number ? [`và ${number} ${what} khác`] : [];
}

function message(one) {
  const kind = KINDS[one.channel] ? `, ${KINDS[one.channel].toLowerCase()}` : "";
  return [element("strong", {}, one.to), `: ${MESSAGE_KINDS[one.kind]}, `,
    element("span", { class: `state ${one.state}` }, MESSAGE_STATES[one.state]), kind,
    element("q", {}, one.text)];
}
