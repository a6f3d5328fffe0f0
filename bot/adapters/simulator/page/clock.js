// The clock bar: the present simulated moment, and the ways to move it.

import { element } from "./elements.js";
import { post } from "./server.js";

const NOWHERE = "Không có thời điểm ấy: ngày giờ không đúng, hoặc không có cuộc họp nào sắp tới.";
const WIDE = matchMedia("(min-width: 761px)");

function given(text) {
  const [day, month, year, hour, minute] = text.match(/\d+/g);
  const two = (part) => part.padStart(2, "0");
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${minute}`;
}

export function setUpClock(page) {
  const now = document.getElementById("now");
  const whose = document.getElementById("whose");
  const moment = document.getElementById("moment");
  const moves = document.getElementById("clock-moves");
  moves.open = WIDE.matches;

  async function move(content) {
    try {
      const answer = await post("clock", content);
      page.say(answer.is_moved ? `Đã chuyển đến ${answer.now.text}.` : NOWHERE);
    } catch {
      page.say("Chưa chuyển được đồng hồ.");
    }
    page.acted();
  }

  for (const button of moves.querySelectorAll("[data-step]")) {
    button.addEventListener("click", () => move({ step: button.dataset.step, address: whose.value }));
  }
  document.getElementById("moment-form").addEventListener("submit", (event) => {
    event.preventDefault();
    move({ step: "given", moment: given(moment.value) });
  });

  return {
    show({ text, iso, local }) {
      now.textContent = text;
      now.dateTime = iso;
      if (!moment.value && document.activeElement !== moment) moment.value = local;
    },
    whose(people) {
      const chosen = whose.value;
      whose.replaceChildren(element("option", { value: "" }, "của bất kỳ ai"),
        ...people.map((person) => element("option", { value: person.code }, `của ${person.name}`)));
      whose.value = people.some((person) => person.code === chosen) ? chosen : "";
    },
  };
}
