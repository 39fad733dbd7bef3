// A conversation as it is seen: bubbles in order of time, or comments in threads under a post.

import { avatar, bubble, signs } from "./bubble.js";
import { element, icon } from "./dom.js";
import { dayName } from "./words.js";

const NEAR = 80;

export class Log {
  // `acts`: { person(), topic(message), onAnswer(id), onPress(message, button, node), onPicture(file), onScroll(),
  // onMore(message, node), onSign(message, sign), onRestore(message) }; a message that is null is the post itself.
  constructor(node, acts) {
    this.node = node;
    this.acts = acts;
    node.addEventListener("click", (event) => {
      if (event.target.closest("a, button:not(.reply)") || String(getSelection())) return;
      const message = event.target.closest(".message:not(.deleted) .bubble")?.closest(".message");
      if (message) acts.onAnswer(message.dataset.id);
    });
    node.addEventListener("keydown", (event) => this.walk(event));
    node.addEventListener("scroll", acts.onScroll);
  }

  open(chat, messages, post = []) {
    this.chat = chat;
    this.reactions = post;
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
    const isOwn = hasNew && messages.at(-1).user === this.acts.person().id;
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
        node.hidden = isEmpty(message);
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
    const card = element("article", "post");
    const head = element("div", "post-head");
    head.append(avatar(this.chat.title), element("strong", "", this.chat.title));
    const look = { person: this.acts.person(), mayReact: true, onSign: (sign) => this.acts.onSign(null, sign) };
    const react = element("button", "react-post");
    react.type = "button";
    react.setAttribute("aria-haspopup", "menu");
    react.append(icon("smile"), element("span", "", "Реакция"));
    react.addEventListener("click", () => this.acts.onMore(null, react));
    const under = element("div", "post-signs");
    under.append(...signs(this.reactions, look), react);
    card.append(head, element("p", "", this.chat.post), under);
    return card;
  }

  drawPost(reactions) {
    this.reactions = reactions;
    this.node.querySelector(".post")?.replaceWith(this.post());
  }

  bubble(message, messages) {
    return bubble(message, {
      isOwn: message.user === this.acts.person().id,
      person: this.acts.person(),
      topic: this.acts.topic(message),
      mayReact: this.chat.shape !== "group",
      onMore: this.acts.onMore,
      onSign: (sign) => this.acts.onSign(message, sign),
      onRestore: () => this.acts.onRestore(message),
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

// The first message of a topic has no words; it only gives the topic its number.
function isEmpty(message) {
  return !message.is_deleted && !message.text && !message.files.length && !message.places.length;
}
