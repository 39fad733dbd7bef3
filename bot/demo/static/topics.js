// The topics of a work chat as tabs: all of them together, or one ticket's.

import { appendText, element } from "./dom.js";

export class Topics {
  constructor(node, onChoose) {
    this.node = node;
    this.onChoose = onChoose;
    this.chosen = "";
    this.list = [];
  }

  titleOf(thread) {
    return this.list.find((topic) => topic.thread === thread);
  }

  draw(chat, list) {
    this.list = list;
    this.node.hidden = !chat.has_topics;
    if (!chat.has_topics) this.chosen = "";
    if (this.chosen && !this.titleOf(this.chosen)) this.chosen = "";
    const focused = this.node.contains(document.activeElement) ? document.activeElement.dataset.thread : null;
    const left = this.node.scrollLeft;
    const tabs = [this.tab("", "Все темы"), ...list.map((topic) => this.tab(topic.thread, titled(topic)))];
    this.node.replaceChildren(...tabs);
    this.node.scrollLeft = left;
    if (focused !== null) tabs.find((tab) => tab.dataset.thread === focused)?.focus();
  }

  tab(thread, says) {
    const tab = element("button", "topic");
    tab.type = "button";
    tab.dataset.thread = thread;
    tab.title = says;
    tab.setAttribute("aria-pressed", String(thread === this.chosen));
    appendText(tab, says);
    tab.addEventListener("click", () => {
      this.chosen = thread;
      this.onChoose();
    });
    return tab;
  }
}

// The title begins with a mark of its own; the icon would say the same twice, in a picture that not every computer has.
export function titled(topic) {
  return topic.title;
}
