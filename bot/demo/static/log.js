// A conversation as it is seen: bubbles in order of time, or comments in threads under a post.

import { avatar, bubble } from "./bubble.js";
import { element } from "./dom.js";
import { dayName } from "./words.js";

const NEAR = 80;

export class Log {
  // `acts`: { onAnswer(id), onPress(message, button, node), onPicture(file), onScroll() }
  constructor(node, person, acts) {
    this.node = node;
    this.person = person;
    this.acts = acts;
    node.addEventListener("click", (event) => {
      if (event.target.closest("a, button:not(.reply)") || String(getSelection())) return;
      const message = event.target.closest(".bubble")?.closest(".message");
      if (message) acts.onAnswer(message.dataset.id);
    });
    node.addEventListener("keydown", (event) => this.walk(event));
    node.addEventListener("scroll", acts.onScroll);
  }

  open(chat, messages) {
    this.chat = chat;
    this.drawn = new Map();
    this.node.replaceChildren();
    this.node.className = `log ${chat.shape}`;
    if (chat.post) this.node.append(this.post());
    this.draw(messages);
    this.toEnd();
  }

  get isAtEnd() {
    return this.node.scrollHeight - this.node.scrollTop - this.node.clientHeight < NEAR;
  }

  toEnd() {
    this.node.scrollTop = this.node.scrollHeight;
  }

  // Draws what is new or changed; `count` messages were there before.
  update(messages, count, isFirst) {
    const wasAtEnd = this.isAtEnd;
    const hasNew = messages.length > count;
    const isOwn = hasNew && messages.at(-1).user === this.person.id;
    this.draw(messages);
    if (this.chat.shape === "comments" && !isFirst && hasNew) {
      this.drawn.get(messages.at(-1).id).node.scrollIntoView({ block: "nearest" });
    } else if (wasAtEnd || isOwn || isFirst) {
      this.toEnd();
    }
  }

  draw(messages) {
    this.node.classList.toggle("empty", !messages.length);
    let lastDay = "";
    for (const message of messages) {
      const signature = JSON.stringify(message);
      const known = this.drawn.get(message.id);
      const day = dayName(new Date(message.at));
      if (known?.signature !== signature) {
        const node = this.bubble(message, messages);
        if (known) this.replace(known.node, node);
        else if (this.chat.shape === "comments") this.thread(message, node);
        else this.node.append(...(day === lastDay ? [] : [element("div", "day", day)]), node);
        this.drawn.set(message.id, { signature, node });
      }
      lastDay = day;
    }
  }

  replace(old, node) {
    for (const name of ["chosen", "answer"]) node.classList.toggle(name, old.classList.contains(name));
    if (old.dataset.root) node.dataset.root = old.dataset.root;
    old.replaceWith(node);
  }

  // A reply to a comment stands below it, with the other replies.
  thread(message, node) {
    const root = this.drawn.get(message.reply_to)?.node.dataset.root ?? message.id;
    node.dataset.root = root;
    node.classList.toggle("answer", root !== message.id);
    const before = [...this.node.querySelectorAll(".message")].filter((one) => one.dataset.root === root).at(-1);
    if (before) before.after(node);
    else this.node.append(node);
  }

  post() {
    const card = element("div", "post");
    const head = element("div", "post-head");
    head.append(avatar(this.chat.title), element("strong", "", this.chat.title));
    card.append(head, element("p", "", this.chat.post));
    return card;
  }

  bubble(message, messages) {
    return bubble(message, {
      isOwn: message.user === this.person.id,
      shape: this.chat.shape,
      quoted: this.chat.shape !== "comments" && message.reply_to && messages.find((one) => one.id === message.reply_to),
      onQuote: () => this.point(message.reply_to),
      onPress: this.acts.onPress,
      onPicture: this.acts.onPicture,
      // A picture that has come later must not push the last words out of sight.
      onSize: () => {
        if (this.node.scrollHeight - this.node.scrollTop - this.node.clientHeight < 5 * NEAR) this.toEnd();
      },
    });
  }

  // Shows where a message is.
  point(id) {
    const node = this.drawn.get(id)?.node;
    if (!node) return;
    node.scrollIntoView({ block: "center" });
    node.classList.remove("pointed");
    requestAnimationFrame(() => node.classList.add("pointed"));
  }

  // Arrow keys walk through the messages, Enter answers the chosen one.
  walk(event) {
    if (event.target !== this.node) return;
    const nodes = [...this.node.querySelectorAll(".message")];
    const at = nodes.findIndex((node) => node.classList.contains("chosen"));
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step) {
      event.preventDefault();
      const next = at < 0 ? nodes.length - 1 : Math.min(Math.max(at + step, 0), nodes.length - 1);
      nodes[at]?.classList.remove("chosen");
      nodes[next]?.classList.add("chosen");
      nodes[next]?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      this.acts.onAnswer(nodes[at].dataset.id);
    }
  }
}
