// The page: which phones are open, asking for news, the tabs of a narrow screen.

import { setUpClock } from "./clock.js";
import { element } from "./elements.js";
import { PhoneView } from "./phone.js";
import { get, post } from "./server.js";
import { Trace } from "./trace.js";
import { CITIZENS, HINTS, PARTS } from "./words.js";

const MOST_PHONES = 4;
const QUIET_MS = 500;
const LIVELY_MS = 120;
const LIVELY_ROUNDS = 12;
const SAID_MS = 6000;
const KEPT = "thuky-phones";
const NARROW = matchMedia("(max-width: 760px)");
const $ = (id) => document.getElementById(id);

class Page {
  views = [];
  #people = new Map();
  #lively = 0;
  #round = 0;
  #timer = 0;
  #said = 0;
  #unread = {};
  #trace = new Trace($("happened"));

  async begin() {
    const cast = await get("people");
    $("body-name").textContent = cast.body;
    this.units = cast.units;
    this.citizens = cast.citizens;
    for (const person of [...cast.units.flatMap((unit) => unit.people), ...cast.citizens]) this.#people.set(person.code, person);
    this.suggested = cast.suggested;
    this.parts = cast.suggested?.parts ?? [];
    this.#guide(cast.suggested);
    this.clock = setUpClock(this);
    $("add").addEventListener("click", () => this.#add());
    $("fold").addEventListener("click", () => this.#fold($("fold").getAttribute("aria-expanded") === "false"));
    if (innerWidth < 1250 && !NARROW.matches) this.#fold(false);
    await Promise.all(this.#kept().map((phone) => this.open(phone)));
    this.#select(this.views[0]);
    document.addEventListener("visibilitychange", () => this.#ask());
    await this.#ask();
  }

  person(address) {
    return this.#people.get(address);
  }

  acted() {
    this.#lively = LIVELY_ROUNDS;
    this.#ask();
  }

  say(text) {
    $("status").textContent = text;
    clearTimeout(this.#said);
    if (!this.isLost) this.#said = setTimeout(() => { $("status").textContent = ""; }, SAID_MS);
  }

  chosen(view) {
    this.active = view;
    for (const other of this.views) other.root.classList.toggle("active", other === view);
  }

  async open(phone, instead = null) {
    const view = new PhoneView(this, phone, this.person(phone.address), { choices: this.#choices(), hint: this.#hint(phone.address) });
    const at = instead ? this.views.indexOf(instead) : this.views.length;
    this.views.splice(at, instead ? 1 : 0, view);
    if (instead) instead.root.replaceWith(view.root);
    else $("phones").append(view.root);
    if (this.parts.some((one) => one.part === "head" && one.code === phone.address)) view.point([this.suggested.meeting, this.suggested.date]);
    this.#arranged();
    await post("open", phone);
    return view;
  }

  async exchange(view, phone) {
    const there = this.views.find((other) => other !== view && other.phone.address === phone.address);
    if (there) {
      view.root.querySelector(".who").value = view.phone.address;
      this.say(`Máy của ${there.person.name} đang mở.`);
      this.#select(there);
      return;
    }
    const opened = await this.open(phone, view);
    this.#select(opened);
    this.acted();
  }

  close(view) {
    view.root.remove();
    this.views = this.views.filter((other) => other !== view);
    this.#arranged();
    this.#select(this.views[0]);
  }

  #kept() {
    let kept = [];
    try {
      kept = JSON.parse(localStorage.getItem(KEPT)) ?? [];
    } catch {
      // What cannot be read is as good as nothing.
    }
    kept = kept.filter((phone) => this.person(phone.address)).slice(0, MOST_PHONES);
    return kept.length ? kept : this.#suggested();
  }

  #suggested() {
    const codes = this.parts.length ? this.parts.map((part) => part.code) : [...this.#people.keys()].slice(0, 3);
    return codes.slice(0, innerWidth < 1700 && !NARROW.matches ? 3 : MOST_PHONES).map((address) => ({ channel: "simulator", address }));
  }

  #guide(suggested) {
    if (!suggested) return;
    const name = (part) => this.person(suggested.parts.find((one) => one.part === part)?.code)?.name ?? "";
    $("guide").hidden = false;
    $("guide").open = !NARROW.matches;
    $("guide").append(
      element("summary", {}, element("strong", {}, "Thử trong một phút: "), `${suggested.meeting}, ${suggested.when}`),
      element("ol", {},
        element("li", {}, element("b", {}, name("head")), " xin vắng, cử người dự thay"),
        element("li", {}, element("b", {}, name("chair")), " chọn Đồng ý"),
        element("li", {}, element("b", {}, name("substitute")), " được báo dự thay")),
      element("button", { type: "button", onclick: () => this.#again() }, "Mở lại các máy này"));
  }

  async #again() {
    for (const view of this.views) view.root.remove();
    this.views = [];
    await Promise.all(this.#suggested().map((phone) => this.open(phone)));
    this.#select(this.views[0]);
    this.acted();
  }

  #hint(address) {
    const part = this.parts.find((one) => one.code === address)?.part;
    if (part) return HINTS[part];
    return CITIZENS[address] ?? this.person(address).unit;
  }

  #choices() {
    const option = ({ code, name, title }) => {
      const label = title ? `${name}, ${title}` : name;
      return element("option", { value: code, "data-label": label }, label);
    };
    return [...this.units.filter((unit) => unit.people.length).map((unit) => element("optgroup", { label: unit.name }, ...unit.people.map(option))),
      element("optgroup", { label: "Người dân" }, ...this.citizens.map(option))];
  }

  #arranged() {
    localStorage.setItem(KEPT, JSON.stringify(this.views.map((view) => view.phone)));
    this.clock.whose(this.views.map((view) => view.person));
    this.#tabs();
  }

  #tabs() {
    const tab = (view) => element("button", { type: "button", "aria-pressed": String(view === this.selected), onclick: () => this.#select(view) },
      this.#short(view.person.name), element("b", { class: "badge", "data-address": view.phone.address }), element("small", {}, PARTS[this.parts.find((one) => one.code === view.phone.address)?.part] ?? ""));
    $("add").hidden = this.views.length >= MOST_PHONES;
    const all = this.views.map(tab);
    all.push(element("button", { type: "button", class: "to-trace", "aria-pressed": String(this.selected === null), onclick: () => this.#select(null) }, "Vừa xảy ra"));
    $("tabs").replaceChildren(...all);
    this.#count();
  }

  #short(name) {
    return name.split(" ").slice(-2).join(" ");
  }

  async #add() {
    const free = [...this.parts.map((part) => part.code), ...this.#people.keys()].find((code) => !this.views.some((view) => view.phone.address === code));
    const view = await this.open({ channel: "simulator", address: free });
    this.#select(view);
    this.acted();
    view.root.querySelector(".who").focus();
  }

  // On a narrow screen one thing is seen at a time; null stands for what happened.
  #select(view) {
    this.selected = view ?? null;
    for (const other of this.views) other.root.classList.toggle("selected", other === view);
    $("trace").classList.toggle("selected", !view);
    if (view) this.chosen(view);
    this.#tabs();
    this.#ask();
  }

  #fold(open) {
    $("fold").setAttribute("aria-expanded", String(open));
    document.body.classList.toggle("folded", !open);
    if (open) this.#tell();
  }

  async #ask() {
    clearTimeout(this.#timer);
    const mine = ++this.#round;
    if (!document.hidden) {
      try {
        this.#answered(await post("chats", { chats: this.views.filter((view) => view.isVisible).map((view) => ({ ...view.phone, since: view.changed })) }));
        if (this.isLost) {
          this.isLost = false;
          this.say("");
        }
        if ($("happened").offsetParent) await this.#tell();
      } catch {
        this.isLost = true;
        this.say("Mất kết nối với máy chủ; đang thử lại.");
      }
    }
    // A newer round has its own timer.
    if (mine === this.#round) this.#timer = setTimeout(() => this.#ask(), this.#lively-- > 0 ? LIVELY_MS : QUIET_MS);
  }

  #answered({ now, chats, unread }) {
    this.clock.show(now);
    this.#counted(unread);
    for (const chat of chats) {
      const view = this.views.find((one) => one.phone.channel === chat.channel && one.phone.address === chat.address);
      // Two rounds may overlap: an older answer must not bring back what was edited since.
      if (view && chat.changed >= view.changed) view.show(chat);
    }
  }

  #counted(unread) {
    const counts = {};
    for (const { address, number } of unread) counts[address] = (counts[address] ?? 0) + number;
    if (JSON.stringify(counts) === JSON.stringify(this.#unread)) return;
    this.#unread = counts;
    this.#count();
  }

  #count() {
    for (const view of this.views) view.count(this.#unread);
    for (const badge of document.querySelectorAll(".badge")) badge.textContent = this.#unread[badge.dataset.address] ?? "";
  }

  async #tell() {
    this.#trace.show(await get("trace"));
  }
}

new Page().begin();
