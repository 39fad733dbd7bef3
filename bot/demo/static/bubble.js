// One message as a bubble, or as a comment under a post.

import { appendText, element, icon, link } from "./dom.js";
import { titled } from "./topics.js";
import { clockTime, hue, initials, size } from "./words.js";

// `look`: { isOwn, shape, quoted, topic, mayReact, person, onQuote, onPress, onPicture, onSize, onMore, onSign }
export function bubble(message, look) {
  const isBot = message.author === "bot";
  const box = element("article", "message");
  box.dataset.id = message.id;
  box.classList.toggle("own", look.isOwn);
  box.classList.toggle("bot", isBot);
  if (look.shape !== "private" && !look.isOwn) box.append(avatar(message.name || "Бот"));
  const body = element("div", "bubble");
  if (look.shape === "comments" || (look.shape === "group" && !look.isOwn)) body.append(author(message, isBot));
  if (message.is_deleted) {
    box.classList.add("deleted");
    body.append(element("p", "text", "Сообщение удалено"), meta(message, look));
    box.append(body);
    return box;
  }
  if (look.topic) body.append(topicOf(look.topic));
  if (look.quoted) body.append(quote(look));
  if (message.text) {
    const text = element("p", "text");
    appendText(text, message.text);
    body.append(text);
  }
  body.append(...files(message.files, look), ...message.places.map(place), meta(message, look));
  const column = element("div", "column");
  column.append(body, ...signs(message.reactions, look), ...keyboard(message, look));
  box.append(column);
  return box;
}

export function avatar(name) {
  const circle = element("span", `avatar hue-${hue(name)}`, initials(name));
  circle.setAttribute("aria-hidden", "true");
  return circle;
}

function author(message, isBot) {
  const name = element("strong", `author hue-${hue(message.name || "Бот")}`);
  name.append(element("span", "", message.name || "Бот"));
  if (isBot) name.append(element("span", "badge", "бот"));
  return name;
}

function topicOf(topic) {
  const line = element("span", "in-topic");
  appendText(line, titled(topic));
  return line;
}

function place(about) {
  const anchor = link(about.url, "");
  anchor.classList.add("file", "place");
  anchor.append(icon("pin"), element("span", "file-name", "Место на карте"), element("span", "file-size", about.title));
  return anchor;
}

// What people put under a message or a post: pressing one's own takes it away.
export function signs(reactions, look) {
  if (!reactions.length) return [];
  const line = element("div", "signs");
  for (const each of reactions) {
    const isOwn = each.by.includes(look.person.id);
    const button = element("button", `sign${isOwn ? " own-sign" : ""}`);
    button.type = "button";
    button.disabled = !look.mayReact;
    button.setAttribute("aria-pressed", String(isOwn));
    button.setAttribute("aria-label", `Реакция ${each.sign}: ${each.count}`);
    button.append(each.sign, " ", String(each.count));
    button.addEventListener("click", () => look.onSign(each.sign));
    line.append(button);
  }
  return [line];
}

function quote(look) {
  const button = element("button", "quote");
  button.type = "button";
  button.append(element("strong", "", look.quoted.name || "Бот"));
  button.append(element("span", "", look.quoted.text || "Вложение"));
  button.addEventListener("click", look.onQuote);
  return button;
}

function files(list, look) {
  const photos = list.filter((file) => file.is_photo);
  const made = [];
  if (photos.length) {
    const album = element("div", `album album-${Math.min(photos.length, 3)}`);
    for (const file of photos) {
      const button = element("button", "photo");
      button.type = "button";
      button.setAttribute("aria-label", `Открыть картинку ${file.name}`);
      const image = element("img");
      image.src = file.url;
      image.alt = file.name;
      image.addEventListener("load", look.onSize);
      button.append(image);
      button.addEventListener("click", () => look.onPicture(file));
      album.append(button);
    }
    made.push(album);
  }
  for (const file of list.filter((one) => !one.is_photo)) {
    const anchor = element("a", "file");
    anchor.href = file.url;
    anchor.download = file.name;
    anchor.append(icon("file"), element("span", "file-name", file.name), element("span", "file-size", size(file.size)));
    made.push(anchor);
  }
  return made;
}

function meta(message, look) {
  const line = element("span", "meta");
  if (message.edited) line.append(element("span", "", "изм."));
  const time = element("time", "", clockTime(new Date(message.at)));
  time.dateTime = message.at;
  line.append(time);
  if (look.isOwn) {
    const ticks = element("span", `ticks${message.is_taken ? " twice" : ""}`);
    ticks.title = message.is_taken ? "Принято программой" : "Отправлено";
    ticks.append(icon("check"), ...(message.is_taken ? [icon("check")] : []));
    line.append(ticks);
  }
  if (message.is_deleted) {
    if (look.isOwn && look.shape === "comments") line.append(act("restore", "Вернуть", look.onRestore));
    return line;
  }
  const reply = act("reply", "Ответить");
  reply.tabIndex = -1;
  reply.prepend(icon("reply"));
  const more = act("more", "");
  more.append(icon("more"));
  more.setAttribute("aria-label", "Что сделать с сообщением");
  more.setAttribute("aria-haspopup", "menu");
  more.addEventListener("click", () => look.onMore(message, more));
  line.append(reply, more);
  return line;
}

function act(name, says, onClick) {
  const button = element("button", name);
  button.type = "button";
  if (says) button.append(element("span", "", says));
  if (onClick) button.addEventListener("click", onClick);
  return button;
}

function keyboard(message, look) {
  if (!message.buttons.length) return [];
  const board = element("div", "keyboard");
  for (const row of message.buttons) {
    const line = element("div", "keyboard-row");
    for (const button of row) line.append(key(message, button, look));
    board.append(line);
  }
  return [board];
}

function key(message, button, look) {
  if (button.url) {
    const anchor = link(button.url, button.text);
    anchor.classList.add("key");
    return anchor;
  }
  const made = element("button", "key", button.text);
  made.type = "button";
  made.addEventListener("click", () => look.onPress(message, button, made));
  return made;
}
