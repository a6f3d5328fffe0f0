// One phone: its holder, the chat, and what the holder can do.

import { element, linked, marked, size } from "./elements.js";
import { attach, post } from "./server.js";
import { KINDS } from "./words.js";

const NO_COMMANDS = [["menu", "Các việc có thể làm"]];
let phones = 0;

export class PhoneView {
  changed = 0;
  #bubbles = new Map();
  #pointedAt = null;
  #commands = NO_COMMANDS;

  // `page` is told of acts, problems and wishes: acted(), say(text), exchange(view, phone), close(view), chosen(view).
  constructor(page, phone, person, options) {
    this.page = page;
    this.phone = phone;
    this.person = person;
    this.number = ++phones;
    this.root = this.#draw(options);
  }

  get isVisible() {
    return this.root.offsetParent !== null;
  }

  get hasButtons() {
    return this.phone.channel === "simulator";
  }

  show(chat) {
    this.changed = chat.changed;
    if (chat.commands.length) this.#commands = chat.commands;
    if (!chat.bubbles.length) return;
    const isAtEnd = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 80;
    for (const bubble of chat.bubbles) this.#place(bubble);
    this.start.hidden = true;
    if (isAtEnd) this.log.scrollTop = this.log.scrollHeight;
    if (this.#pointedAt) this.point(this.#pointedAt);
  }

  // Bring the first message with all these words into view, and keep it there until the holder acts.
  point(words) {
    const found = [...this.log.querySelectorAll(".bubble.ours")].find((bubble) => words.every((word) => bubble.textContent.includes(word)));
    this.#pointedAt = this.log.querySelector(".bubble.theirs") ? null : words;
    for (const other of this.log.querySelectorAll(".here")) other.classList.remove("here");
    if (!found || !this.#pointedAt) return;
    found.classList.add("here");
    this.log.scrollTop += found.getBoundingClientRect().top - this.log.getBoundingClientRect().top - 24;
  }

  // How many messages each person has not seen, told in the list of people.
  count(unread) {
    for (const option of this.root.querySelectorAll(".who option")) {
      const number = unread[option.value];
      // The holder's own title stands below the list.
      const label = option.value === this.phone.address ? this.person.name : option.dataset.label;
      option.textContent = number ? `${label} (${number} tin mới)` : label;
    }
  }

  #draw({ choices, hint }) {
    const id = `phone-${this.number}`;
    this.log = element("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": `Tin nhắn của ${this.person.name}`, tabindex: "0" });
    this.start = element("button", { type: "button", class: "start", onclick: () => this.#say("/start") }, "Bắt đầu");
    this.log.append(this.start);
    const root = element("section", { class: `phone ${this.phone.channel}`, "aria-labelledby": `${id}-name`, onfocusin: () => this.page.chosen(this) },
      this.#head(id, choices), element("p", { class: "hint" }, hint), this.log, this.#composer(id));
    root.dataset.address = this.phone.address;
    return root;
  }

  #head(id, choices) {
    // The list is the name itself: who holds the phone is changed where it is read.
    const initials = this.person.name.split(" ").slice(-2).map((word) => word[0]).join("");
    const who = element("select", { class: "who", "aria-label": "Người cầm máy" }, ...choices);
    who.value = this.phone.address;
    who.addEventListener("change", () => this.page.exchange(this, { ...this.phone, address: who.value }));
    const kind = element("select", { class: "kind", "aria-label": "Kiểu máy" },
      ...Object.entries(KINDS).map(([value, label]) => element("option", { value }, label)));
    kind.value = this.phone.channel;
    kind.addEventListener("change", () => this.page.exchange(this, { ...this.phone, channel: kind.value }));
    return element("header", {},
      element("span", { class: "avatar", "aria-hidden": "true" }, initials),
      element("h2", { class: "hidden", id: `${id}-name` }, this.person.name),
      who,
      element("button", { type: "button", class: "icon close", "aria-label": `Cất máy của ${this.person.name}`, onclick: () => this.page.close(this) }, "×"),
      element("p", {}, this.person.title || "Người dân"), kind);
  }

  #composer(id) {
    this.input = element("textarea", { id: `${id}-text`, rows: "1", maxlength: "20000", placeholder: "Nhắn tin", autocomplete: "off", onkeydown: (event) => this.#key(event) });
    const file = element("input", { id: `${id}-file`, type: "file", class: "hidden", onchange: () => this.#attach(file) });
    this.list = element("ul", { class: "commands", id: `${id}-commands`, hidden: true });
    this.menu = element("button", { type: "button", class: "icon", "aria-label": "Các lệnh", "aria-expanded": "false", "aria-controls": `${id}-commands`, onclick: () => this.#toggle() }, "☰");
    return element("form", { class: "composer", onsubmit: (event) => { event.preventDefault(); this.#send(); }, onkeydown: (event) => event.key === "Escape" && this.#toggle(false) },
      this.list, this.menu,
      element("label", { class: "icon clip", for: file.id, title: "Gửi tệp" }, element("span", { class: "hidden" }, "Gửi tệp")), file,
      element("label", { class: "hidden", for: this.input.id }, `Tin nhắn của ${this.person.name}`), this.input,
      element("button", { type: "submit", class: "icon send", "aria-label": "Gửi tin" }, "➤"));
  }

  #toggle(open = this.list.hidden) {
    this.list.hidden = !open;
    this.menu.setAttribute("aria-expanded", String(open));
    if (!open) return;
    this.list.replaceChildren(...this.#commands.map(([name, description]) => element("li", {},
      element("button", { type: "button", onclick: () => { this.#toggle(false); this.#say(`/${name}`); } },
        element("code", {}, `/${name}`), ` ${description}`))));
    this.list.querySelector("button")?.focus();
  }

  #key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.#send();
    }
  }

  #send() {
    const text = this.input.value.trim();
    if (!text) return;
    this.input.value = "";
    this.#say(text);
  }

  #say(text) {
    this.#act(() => post("say", { ...this.phone, text }), "Chưa gửi được tin này.");
  }

  #attach(input) {
    const [file] = input.files;
    if (!file) return;
    const caption = this.input.value.trim();
    this.#act(() => attach(this.phone, file, caption), "Chưa gửi được tệp này.");
    this.input.value = input.value = "";
  }

  async #act(act, problem) {
    this.#pointedAt = null;
    this.log.scrollTop = this.log.scrollHeight;
    try {
      await act();
    } catch {
      this.page.say(problem);
    }
    this.page.acted();
  }

  #place(bubble) {
    const made = this.#bubble(bubble);
    const old = this.#bubbles.get(bubble.id);
    this.#bubbles.set(bubble.id, made);
    if (old) {
      const hadFocus = old.contains(document.activeElement);
      old.replaceWith(made);
      if (hadFocus) made.focus();
      return;
    }
    if (this.day !== bubble.day) this.log.append(element("p", { class: "day" }, bubble.day));
    this.day = bubble.day;
    this.log.append(made);
  }

  #bubble(bubble) {
    const made = element("article", { class: `bubble ${bubble.is_ours ? "ours" : "theirs"}`, tabindex: "-1" });
    const body = element("div", { class: "said" });
    if (bubble.kind === "secret") body.append(element("em", {}, "Nội dung này không được lưu."));
    else if (bubble.text) body.append(element("div", { class: "text" }, this.#words(bubble)));
    if (bubble.picture) body.append(element("img", { class: "picture", src: new URL(bubble.picture).pathname, alt: "Ảnh" }));
    body.append(...bubble.files.map(file));
    body.append(element("p", { class: "at" }, bubble.is_edited ? `đã sửa ${bubble.time}` : bubble.time));
    made.append(body);
    if (this.hasButtons) made.append(...bubble.rows.map((row) => element("div", { class: "row" }, ...row.map((one) => this.#button(bubble, one)))));
    return made;
  }

  #words(bubble) {
    if (!bubble.is_ours) return bubble.text;
    return this.hasButtons ? marked(bubble.text) : linked(bubble.text);
  }

  #button(bubble, [label, token, url, style]) {
    if (url) return element("a", { class: `choice ${style}`, href: url, target: "_blank", rel: "noopener noreferrer" }, label);
    const made = element("button", { type: "button", class: `choice ${style}` }, label);
    made.addEventListener("click", () => {
      made.classList.add("pressed");
      setTimeout(() => made.classList.remove("pressed"), 900);
      this.#act(() => post("press", { ...this.phone, message_id: String(bubble.id), token }), "Chưa bấm được nút này.");
    });
    return made;
  }
}

function file({ name, size: bytes, url }) {
  const content = [element("span", { class: "name" }, name), element("span", { class: "size" }, size(bytes))];
  return url ? element("a", { class: "file", href: url, download: name }, ...content) : element("span", { class: "file" }, ...content);
}
